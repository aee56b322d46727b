"""Shifts as rows, and back, and what was done in one as the record tells it."""

from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Row, Select, Table, Text, func, select, true

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.work_order import Shift, ShiftTotals, accounted_for
from gizqr_station.ledger.rows import DAMAGE, moment_of
from gizqr_station.ledger.tables import METADATA, Number, entries, jobs

shifts = Table(
    "shifts",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("station", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("first_entry", BigInteger, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("closed_at", BigInteger),
    Column("last_entry", BigInteger, nullable=False),
    Column("remark", Text, nullable=False),
    sqlite_autoincrement=True,
)

_runs = shifts.c.closed_at.is_(None)
Index("one_open_shift", shifts.c.station, unique=True, sqlite_where=_runs, postgresql_where=_runs)


def running(station: str) -> Select[Any]:
    """The shift that runs at a station; without a name at any, oldest first."""
    mine = shifts.c.station == station if station else true()
    return select(shifts).where(mine, _runs).order_by(shifts.c.id).limit(1)


def shift_of(row: Row[Any], path: str) -> Shift:
    """A row of ``shifts``; LedgerDamaged where it is none."""
    try:
        return Shift(
            id=row.id,
            station=row.station,
            opened_by=row.opened_by,
            opened_at=moment_of(row.opened_at),
            first_entry=row.first_entry,
            closed_by=row.closed_by,
            closed_at=None if row.closed_at is None else moment_of(row.closed_at),
            last_entry=row.last_entry,
            remark=row.remark,
        )
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"shift {row.id}: {broken}") from broken


def totals_of(connection: Connection, shift: Shift, station: str) -> ShiftTotals:
    """Of the labels made at its station, without a name at any, that moved within it, where each stood at its end.

    Counted by the record's own order, so that a clock that jumps moves nothing into another shift. What waits and was
    not sent is in no doubt: it counts where it is sent, or fails.
    """
    stood = {"verified": 0, "handed_over": 0, "voided": 0, "failed": 0, "unknown": 0}
    for state, due, outcome, labels in connection.execute(_where_they_stood(shift, station)):
        place = _place(JobState(state), None if outcome is None else PrintOutcome(outcome), due=bool(due))
        if place:
            stood[place] += labels
    reasons: dict[str, int] = {}
    opened = 0
    for replaces, reason, labels in connection.execute(_opened(shift, station)):
        opened += labels
        if replaces:
            name = reason.partition(":")[0]
            reasons[name] = reasons.get(name, 0) + labels
    return ShiftTotals(opened=opened, **stood, reprints=tuple(sorted(reasons.items())))


def _place(state: JobState, outcome: PrintOutcome | None, *, due: bool) -> str:
    if state in {JobState.VERIFIED, JobState.VOIDED, JobState.FAILED}:
        return str(state.value)
    if state is JobState.INTENDED:
        return ""
    return "handed_over" if accounted_for(state, outcome, scan_back_due=due) else "unknown"


def _within(shift: Shift, station: str) -> tuple[Any, ...]:
    mine = (jobs.c.station == station if station else true(), jobs.c.origin == "")
    begun = (entries.c.sequence >= shift.first_entry, entries.c.kind == "move", *mine)
    return (*begun, entries.c.sequence <= shift.last_entry) if shift.closed_at is not None else begun


def _where_they_stood(shift: Shift, station: str) -> Select[Any]:
    newest = (
        select(func.max(entries.c.sequence).label("sequence"))
        .join(jobs, jobs.c.id == entries.c.job)
        .where(*_within(shift, station))
        .group_by(entries.c.job)
        .subquery()
    )
    how = (entries.c.state, jobs.c.scan_back_due, jobs.c.outcome)
    return (
        select(*how, func.count())
        .join(newest, newest.c.sequence == entries.c.sequence)
        .join(jobs, jobs.c.id == entries.c.job)
        .group_by(*how)
    )


def _opened(shift: Shift, station: str) -> Select[Any]:
    how = (jobs.c.replaces != "", jobs.c.reason)
    begun = (*_within(shift, station), entries.c.state == JobState.INTENDED.value)
    return (
        select(*how, func.count())
        .select_from(entries.join(jobs, jobs.c.id == entries.c.job))
        .where(*begun)
        .group_by(*how)
    )
