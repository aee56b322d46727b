"""People and wrong tries as rows, and back; no row holds a badge or a PIN as anybody could read it."""

import hashlib
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Row, Select, String, Table, Text, func, select

from gizqr_station.domain.people import Person, Role
from gizqr_station.domain.sign_in import name_key
from gizqr_station.ledger.rows import micros, moment_of
from gizqr_station.ledger.tables import METADATA, Number
from gizqr_station.workflows.people_ports import Tries

people = Table(
    "people",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("badge_digest", String(64), unique=True),
    Column("pin_hash", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger),
    Column("locked_out", Boolean, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""Never deleted, and a name never changes: records say it."""

badge_tries = Table(
    "badge_tries",
    METADATA,
    Column("station", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger),
)
"""Unknown badges at a station, one after the other; a station without any has no row."""


def badge_digest(salt: str, badge: str) -> str:
    """What a badge is found by: SHA-256 in hexadecimal over the ledger's own salt and the text."""
    return hashlib.sha256(f"{salt}\n{badge}".encode()).hexdigest()


def person_of(row: Row[Any]) -> Person:
    """A row of ``people``."""
    return Person(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        active=bool(row.active),
        has_badge=row.badge_digest is not None,
        has_pin=bool(row.pin_hash),
        language=row.language,
        failures=row.failures,
        locked_until=None if row.locked_until is None else moment_of(row.locked_until),
        locked_out=bool(row.locked_out),
    )


def tries_values(tries: Tries) -> dict[str, object]:
    """The columns that a person's tries and a station's have in common."""
    until = tries.locked_until
    return {"failures": tries.failures, "locked_until": None if until is None else micros(until)}


def everybody() -> Select[Any]:
    """All people by name, those that have left too."""
    return select(people).order_by(people.c.name_key)


def with_number(number: int) -> Select[Any]:
    """One person."""
    return select(people).where(people.c.id == number)


def with_name(name: str) -> Select[Any]:
    """One person, case aside."""
    return select(people).where(people.c.name_key == name_key(name))


def with_badge(digest: str) -> Select[Any]:
    """One person."""
    return select(people).where(people.c.badge_digest == digest)


def other_leads(number: int) -> Select[Any]:
    """How many leads there are beside one person who could sign in."""
    can = people.c.badge_digest.is_not(None) | (people.c.pin_hash != "")
    lead = (people.c.role == Role.LEAD.value, people.c.active, people.c.id != number)
    return select(func.count()).where(*lead, can)
