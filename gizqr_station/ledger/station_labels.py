"""Labels of a station that are not settled: what a changeover and the end of a shift ask about.

A ledger that is a file belongs to one station, which may have been renamed since: there every label is its own, and the
name asked for is empty.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select, true

from gizqr_station.domain.job import JobState
from gizqr_station.ledger.tables import jobs

_SENT, _PRINTED = JobState.SENT.value, JobState.PRINTED.value


@dataclass(frozen=True, slots=True)
class Out:
    """How many, and the oldest one's serial."""

    number: int
    first: str


def labels_out(connection: Connection, station: str, *, waiting: bool) -> Out:
    """What is being printed, is in doubt or awaits its scan; with ``waiting`` also what is not sent."""
    number = int(connection.execute(_out(station, func.count(), waiting=waiting)).scalar_one())
    if not number:
        return Out(0, "")
    oldest = _out(station, jobs.c.label_serial, waiting=waiting).order_by(jobs.c.id).limit(1)
    return Out(number, str(connection.execute(oldest).scalar_one()))


def jobs_out(station: str) -> Select[Any]:
    """The jobs that keep a shift from being closed, oldest first."""
    return _out(station, jobs, waiting=False).order_by(jobs.c.id)


def _out(station: str, what: ColumnElement[Any] | Table, *, waiting: bool) -> Select[Any]:
    answered = jobs.c.outcome.is_not(None)
    in_flight = and_(jobs.c.state == _SENT, ~answered)
    due = and_(jobs.c.scan_back_due, jobs.c.state.in_([_SENT, _PRINTED]))
    wanted = or_(jobs.c.state == JobState.UNKNOWN.value, due, in_flight)
    if waiting:
        wanted = or_(wanted, jobs.c.state == JobState.INTENDED.value)
    # Of all states but these there may be millions: the index by state is what finds them.
    states = [_SENT, _PRINTED, JobState.UNKNOWN.value, *([JobState.INTENDED.value] if waiting else [])]
    mine = jobs.c.station == station if station else true()
    return select(what).where(mine, jobs.c.origin == "", jobs.c.state.in_(states), wanted)
