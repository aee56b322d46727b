"""Whether each job stands as its entries tell: its state, when it moved there, and what its printer said."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from gizqr_station.domain.audit import AuditFault, AuditFaultKind
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.merge_rows import MERGED
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.tables import entries, jobs

_PAGE = 2_000
_OUTCOME = "outcome "
_NONE = f"{_OUTCOME}none"
_STANDS = [jobs.c[name] for name in ("id", "state", "outcome", "moved_at", "origin")]
_LINES = [entries.c[name] for name in ("sequence", "job", "kind", "state", "subject", "at")]
_REFUSED = PrintOutcome.REFUSED.value


def told_outcome(outcome: PrintOutcome | None, *, sent: bool) -> str:
    """The subject of an entry that tells what the printer said, or of the one that sends a job: nothing so far.

    A job whose entries tell nothing at all was sent before this was written down.
    """
    if outcome is not None:
        return f"{_OUTCOME}{outcome.value}"
    return _NONE if sent else ""


def first_untold_job(database: Database, stop: Stop) -> AuditFault | None:
    """The first, by its number, that stands otherwise; one transaction a page."""
    after = 0
    while True:
        stop.check()
        with database.reading() as connection:
            page = connection.execute(select(*_STANDS).where(jobs.c.id > after).order_by(jobs.c.id).limit(_PAGE)).all()
            if not page:
                return None
            told = _told(connection, page[0].id, page[-1].id)
        for row in page:
            fault = _fault(row, told.get(row.id, ()))
            if fault is not None:
                return fault
        after = page[-1].id


def _told(connection: Connection, first: int, last: int) -> dict[int, list[Row[Any]]]:
    wanted = select(*_LINES).where(entries.c.job >= first, entries.c.job <= last)
    told: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(wanted.order_by(entries.c.job, entries.c.sequence)):
        told.setdefault(row.job, []).append(row)
    return told


def _fault(job: Row[Any], told: Sequence[Row[Any]]) -> AuditFault | None:
    for sequence, complaint in _complaints(job, told):
        return AuditFault(AuditFaultKind.JOB_CHANGED, sequence, complaint)
    return None


def _complaints(job: Row[Any], told: Sequence[Row[Any]]) -> Iterator[tuple[int, str]]:
    opening = told[0].sequence if told else 0
    last = told[-1].state if told else None
    if job.state != last:
        yield opening, f"job {job.id} is {job.state}, its last entry says {last}"
        return
    moves = [line for line in told if line.kind == "move"]
    if moves and (due := _moved_at(moves)) not in (None, job.moved_at):
        yield moves[-1].sequence, f"job {job.id} moved at {job.moved_at}, its entry says {due}"
    if job.origin:  # what the other ledger knew at the merge: its own entries tell it
        return
    said = [line for line in told if str(line.subject).startswith(_OUTCOME)]
    if said:
        due = said[-1].subject.removeprefix(_OUTCOME)
        if due != (job.outcome or "none"):
            yield said[-1].sequence, f"job {job.id} has the outcome {job.outcome}, its entry says {due}"
    elif job.outcome is not None and not _may_have_one(job, moves):
        yield opening, f"job {job.id} has the outcome {job.outcome}, and was never sent"


def _may_have_one(job: Row[Any], moves: Sequence[Row[Any]]) -> bool:
    """Without a word of it: sent before outcomes were told, or refused at once."""
    sent = any(line.state == JobState.SENT.value for line in moves)
    return sent or (job.state == JobState.FAILED.value and job.outcome == _REFUSED)


def _moved_at(moves: Sequence[Row[Any]]) -> int | None:
    """Microseconds since 1970; None where a merged entry does not tell."""
    last = moves[-1]
    if not str(last.subject).startswith(MERGED):
        return int(last.at) if isinstance(last.at, int) else None
    if len(moves) == 1:  # opened there at a moment that is sealed as its draft
        return None
    try:
        return micros(datetime.fromisoformat(last.subject.split()[3]))
    except (ValueError, IndexError):
        return None
