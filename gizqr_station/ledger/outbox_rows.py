"""How far each destination is, and which results it did not take; results themselves are entries of the record."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Row, Select, String, Table, Text, and_, func, or_, select

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.result import DeliveryTries, ResultKind
from gizqr_station.ledger.merge_rows import MERGED
from gizqr_station.ledger.rows import moment_of
from gizqr_station.ledger.tables import METADATA, entries, jobs

outbox = Table(
    "outbox",
    METADATA,
    Column("destination", String(16), primary_key=True),
    Column("upto", BigInteger, nullable=False),
    Column("staged", BigInteger, nullable=False),
    Column("staged_by", Text, nullable=False),
    Column("staged_at", BigInteger, nullable=False),
)
"""One place a destination, for all stations: whichever of them has it set up hands over what any of them has made.

``staged_by`` is the station that is handing one over, since ``staged_at``; the others wait until it has, or has had
long enough.
"""

outbox_tries = Table(
    "outbox_tries",
    METADATA,
    Column("destination", String(16), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("tries", Integer, nullable=False),
    Column("first_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_up", Boolean, nullable=False),
)

KINDS = {
    JobState.VERIFIED.value: ResultKind.VERIFIED,
    JobState.VOIDED.value: ResultKind.VOIDED,
    JobState.SENT.value: ResultKind.HANDED_OVER,
    JobState.PRINTED.value: ResultKind.HANDED_OVER,
}
"""What an entry with this state says to whoever takes results in."""

_earlier = entries.alias("earlier")
_SETTLED = and_(entries.c.kind == "move", entries.c.state.in_([JobState.VERIFIED.value, JobState.VOIDED.value]))
# A spooler that took a label moves it no further: its answer is the first note beside SENT.
_FIRST_NOTE = entries.c.sequence == (
    select(func.min(_earlier.c.sequence))
    .where(_earlier.c.job == entries.c.job, _earlier.c.kind == "note", _earlier.c.state == JobState.SENT.value)
    .scalar_subquery()
)
_TAKEN = and_(
    entries.c.kind == "note",
    entries.c.state == JobState.SENT.value,
    jobs.c.outcome == PrintOutcome.ACCEPTED.value,
    _FIRST_NOTE,
)
_CONFIRMED = and_(entries.c.kind == "move", entries.c.state == JobState.PRINTED.value)
_OURS = entries.c.subject.not_like(f"{MERGED}%")
IS_RESULT = and_(_OURS, or_(_SETTLED, and_(~jobs.c.scan_back_due, or_(_CONFIRMED, _TAKEN))))
"""Which entries, joined with their jobs, are results. What was merged its own ledger hands over, or would twice."""


def results() -> Select[Any]:
    """All results in their order: the entry's columns with names of their own."""
    said = (
        entries.c.sequence.label("entry_sequence"),
        entries.c.state.label("entry_state"),
        entries.c.at.label("entry_at"),
        entries.c.who.label("entry_who"),
        entries.c.station.label("entry_station"),
        entries.c.seal.label("entry_seal"),
    )
    found = select(jobs, *said).join(jobs, jobs.c.id == entries.c.job).where(IS_RESULT)
    return found.order_by(entries.c.sequence)


def tries_of(row: Row[Any]) -> DeliveryTries:
    """A row of ``outbox_tries``."""
    return DeliveryTries(
        row.sequence, row.tries, moment_of(row.first_at), moment_of(row.last_at), row.reason, bool(row.given_up)
    )
