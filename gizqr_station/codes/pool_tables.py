"""The tables of the pool, at its second version; each fact stands in one place.

Moments are whole microseconds since 1970 in UTC. An identity is kept as its text: texts of one kind and length sort as
their numbers do, so that a range is one stretch of an index.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

VERSION = 2
"""In the file's ``user_version``; a newer one is not touched. The first one had no ``rejected_codes``."""
APPLICATION_ID = 0x47515243
"""``GQRC`` in the file's ``application_id``, so that nothing else's database is taken for a pool."""

METADATA = MetaData()

issuers = Table(
    "issuers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("product_key", String(32), nullable=False),
    Column("service", Text, nullable=False),
    UniqueConstraint("product_key", "service"),
)

zips = Table(
    "zips",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("issuer", ForeignKey("issuers.id"), nullable=False),
    Column("source", String(16), nullable=False),
    Column("task", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    # Written with the codes, in one transaction, for counting a million would take too long.
    Column("brought", Integer, nullable=False),
    UniqueConstraint("issuer", "digest", "source", "task", "file"),
)

codes = Table(
    "codes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("issuer", ForeignKey("issuers.id"), nullable=False),
    Column("identity", String(15), nullable=False),
    Column("zip", ForeignKey("zips.id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("seal", BigInteger, nullable=False),
    # The claim: no program, however many at once, can give an identity a second code.
    UniqueConstraint("issuer", "identity"),
)
"""``mark`` finds a content, ``seal`` tells a row whose bytes were changed on the disk (``pool_rows``)."""

# Not unique: the same service may come to have another address.
Index("codes_by_mark", codes.c.mark)

rejected_codes = Table(
    "rejected_codes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("issuer", ForeignKey("issuers.id"), nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Contents that a proof showed to bind nothing or another device; none of them stands among the codes."""

Index("rejected_codes_by_mark", rejected_codes.c.mark)

tasks = Table(
    "tasks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("issuer", ForeignKey("issuers.id"), nullable=False),
    Column("task", String(31), nullable=False),
    Column("accepted_at", BigInteger),
    UniqueConstraint("issuer", "task"),
)

known_files = Table(
    "known_files",
    METADATA,
    Column("task", ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", Text, primary_key=True),
    Column("updated_at", Text, primary_key=True),
    Column("file", Text, primary_key=True),
)

fetches = Table(
    "fetches",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("issuer", ForeignKey("issuers.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

fetch_ranges = Table(
    "fetch_ranges",
    METADATA,
    Column("fetch", ForeignKey("fetches.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("first", String(15), nullable=False),
    Column("last", String(15), nullable=False),
)
