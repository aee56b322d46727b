"""The tables as they stand after the newest revision; ``migrations`` builds them, a test compares the two.

Moments are whole microseconds since 1970 in UTC: sortable, the same in every database, and no driver's business.
The database writes an order of its own (``jobs.id``, ``entries.sequence``), because clocks jump.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    false,
    text,
)

from gizqr_station.domain.job import ENDED

ENDED_STATES = sorted(state.value for state in ENDED)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite numbers rows by itself only in a column that is called INTEGER; elsewhere that would be 32 bits.
Number = BigInteger().with_variant(Integer(), "sqlite")

meta = Table(
    "meta",
    METADATA,
    Column("ledger_id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("station", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("openings", BigInteger, nullable=False),
)

serials = Table(
    "serials",
    METADATA,
    Column("name", String(16), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

jobs = Table(
    "jobs",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("label_serial", String(32), nullable=False, unique=True),
    Column("identity", String(15), nullable=False),
    Column("identity_kind", String(8), nullable=False),
    Column("product_key", String(32), nullable=False),
    Column("product_name", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("code_source", String(16), nullable=False),
    Column("code_task", Text, nullable=False),
    Column("image_digest", String(64), nullable=False),
    Column("template", Text, nullable=False),
    Column("dpi", Integer, nullable=False),
    Column("printer", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("scan_back_due", Boolean, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("moved_at", BigInteger, nullable=False),
    Column("sent_to", Text),
    Column("work_order", Text, nullable=False, server_default=""),
    Column("code_service", Text, nullable=False, server_default=""),
    Column("replaces", String(32), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("allowed_by", Text, nullable=False, server_default=""),
    Column("origin", String(32), nullable=False, server_default=""),
    Column("origin_job", BigInteger, nullable=False, server_default="0"),
    Column("contested", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,
)

MOVING_COLUMNS = frozenset({"state", "outcome", "moved_at", "sent_to", "contested"})
"""All that may ever change of a job, ``sent_to`` once; triggers hold the rest.

``sent_to`` is the printer that it was sent to, which is not the draft's for a job that was moved while it waited.
"""

_live = and_(jobs.c.state.not_in(ENDED_STATES), ~jobs.c.contested)

# The claim: no program, however many at once, can open a second live label for one device. A label that another ledger
# brings for a device that has one here is contested: it stands beside the claim, never in its place.
Index("one_live_label", jobs.c.product_key, jobs.c.identity, unique=True, sqlite_where=_live, postgresql_where=_live)
Index("jobs_by_identity", jobs.c.identity, jobs.c.product_key, jobs.c.state)
Index("jobs_by_state", jobs.c.state, jobs.c.moved_at)
Index("jobs_by_state_and_number", jobs.c.state, jobs.c.id)
Index("jobs_by_content", jobs.c.content_digest)
Index(
    "jobs_of_order",
    jobs.c.product_key,
    jobs.c.work_order,
    jobs.c.state,
    jobs.c.scan_back_due,
    jobs.c.outcome,
    jobs.c.contested,
)
_merged = jobs.c.origin != ""
Index("jobs_of_origin", jobs.c.origin, jobs.c.origin_job, unique=True, sqlite_where=_merged, postgresql_where=_merged)
Index("contested_jobs", jobs.c.id, sqlite_where=text("contested = 1"), postgresql_where=jobs.c.contested)

entries = Table(
    "entries",
    METADATA,
    Column("sequence", Number, primary_key=True, autoincrement=False),
    Column("job", Number, ForeignKey("jobs.id")),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("clock", String(8), nullable=False),
    Column("who", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)
"""The record, each line sealed as ``sealed_rows`` says; an act is about no job. The journal counts ``sequence`` itself,
because a database leaves gaps where a transaction was undone, and a gap is a line that somebody took out."""

Index("entries_by_job", entries.c.job, entries.c.sequence)

_act = entries.c.job.is_(None)
Index("entries_by_subject", entries.c.subject, entries.c.sequence, sqlite_where=_act, postgresql_where=_act)

images = Table(
    "images",
    METADATA,
    Column("job", Number, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("dpi", Integer, nullable=False),
    Column("dots", LargeBinary, nullable=False),
)
"""The dots packed with zlib: a label of 40 x 30 mm is 9.6 kB unpacked, some 1 kB packed."""

labelled_devices = Table(
    "labelled_devices",
    METADATA,
    Column("product_key", String(32), primary_key=True),
    Column("devices", BigInteger, nullable=False),
)
"""How many devices of a product have a label that binds, as ``device_count`` says; a product without any has no row."""

queue = Table(
    "queue",
    METADATA,
    Column("job", Number, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("printer", Text, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("acted_by", Text, nullable=False),
    Column("acted_at", BigInteger, nullable=False),
)
"""Jobs that wait, all of them INTENDED; a row goes in the very transaction in which its job moves."""

Index("queue_by_printer", queue.c.printer, queue.c.job)

supplies = Table(
    "supplies",
    METADATA,
    Column("printer", Text, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("remaining", Integer, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("warn_below", Integer, nullable=False),
)
"""What is counted now; a printer whose rolls nobody counts has no row."""

supply_loads = Table(
    "supply_loads",
    METADATA,
    Column("sequence", Number, primary_key=True),
    Column("printer", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("remaining", Integer),
    Column("capacity", Integer, nullable=False),
    Column("warn_below", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Every roll that was put in, append-only like ``entries``, where an act tells of it too. ``remaining`` is what the
count said of the roll before, NULL where nobody counted; ``capacity`` 0 says that counting ended."""
