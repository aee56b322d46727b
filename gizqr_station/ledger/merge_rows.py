"""How far other ledgers were merged, and how what they bring is written in this one."""

from datetime import UTC

from sqlalchemy import BigInteger, Column, Connection, String, Table, Text, select

from gizqr_station.domain.audit import SealedEntry
from gizqr_station.ledger.tables import METADATA, jobs

merged_ledgers = Table(
    "merged_ledgers",
    METADATA,
    Column("origin", String(32), primary_key=True),
    Column("last_sequence", BigInteger, nullable=False),
    Column("head", String(64), nullable=False),
    Column("merged_at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("station", Text, nullable=False),
)
"""Changed in the very transaction that takes the entries up to there over."""

MERGED = "merged "
"""How the subject of a merged entry begins."""

_SHORTEST = 4
"""Digits of its origin behind a label serial that another label has here."""


def told_of(origin: str, entry: SealedEntry) -> str:
    """The subject of a merged entry: of which ledger it is, which one there, when, and how its seal there begins."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{MERGED}{origin[:12]} {entry.sequence} {at} {entry.seal[:16]}"


def serial_here(connection: Connection, serial: str, origin: str) -> str:
    """What a merged label is called: as it is printed, or with the beginning of its origin where that is taken."""
    names = [serial, *(f"{serial}~{origin[:size]}" for size in range(_SHORTEST, len(origin) + 1, _SHORTEST))]
    taken = set(connection.execute(select(jobs.c.label_serial).where(jobs.c.label_serial.in_(names))).scalars())
    return next(name for name in names if name not in taken)


def called_here(connection: Connection, serial: str, origin: str) -> str:
    """What a label that was merged before is called; the serial itself for one that is not found."""
    if not serial:
        return ""
    names = [serial, *(f"{serial}~{origin[:size]}" for size in range(_SHORTEST, len(origin) + 1, _SHORTEST))]
    wanted = select(jobs.c.label_serial).where(jobs.c.label_serial.in_(names), jobs.c.origin == origin)
    return str(connection.execute(wanted).scalar() or serial)
