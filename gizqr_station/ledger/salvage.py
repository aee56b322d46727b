"""Takes over from a damaged ledger file what its copy does not know yet: label by label, whatever can still be read."""

import logging
import shutil
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.restoring import Salvaged
from gizqr_station.ledger.rows import DAMAGE, image_of, job_of
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import entries, images, jobs, meta, serials

log = logging.getLogger(__name__)

_PAGE = 500
SALVAGED = "salvaged from a damaged ledger"
NOT_READABLE = Salvaged(0, 0, 0, readable=False)
_NOT_TAKEN_OVER = [kind.value for kind in (ActKind.ORDER, ActKind.SHIFT, ActKind.BATCH, ActKind.SUPPLY)]
_UNSURE = {JobState.INTENDED, JobState.SENT}
"""Of these the last word may be among what is lost: they become UNKNOWN, and a person decides."""


@contextmanager
def scratch_copy(damaged: Path) -> Iterator[Path]:
    """A copy to read from, with its journal: reading may roll back, and the damaged file has to stay as it is."""
    scratch = damaged.with_name(f"{damaged.name}.salvaging")
    try:
        # Left by one that was killed, it would be rolled back into this one.
        Path(f"{scratch}-journal").unlink(missing_ok=True)
        shutil.copyfile(damaged, scratch)
        journal = Path(f"{damaged}-journal")
        if journal.exists():
            shutil.copyfile(journal, f"{scratch}-journal")
        yield scratch
    finally:
        for left in (scratch, Path(f"{scratch}-journal")):
            with suppress(OSError):
                left.unlink()


def salvage(damaged: Path, ledger: SqlLedger, *, who: str, since: int, signed: int = 0) -> tuple[Salvaged, int]:
    """Write into ``ledger`` what the damaged file knows beyond it; what that was, and the last label serial given out.

    ``since``: so many entries the copy has; ``signed``: so many the file has to have. Of another ledger nothing is
    taken, as of a file that cannot be read.
    -1 for a counter that cannot be read. Raises what the ledger raises, and OSError for a file that cannot be copied.
    """
    with scratch_copy(damaged) as scratch, closing(SqliteDatabase(scratch, busy_timeout_s=1.0)) as database:
        try:
            with database.reading() as connection:
                if connection.execute(select(meta.c.ledger_id)).scalar() != ledger.ledger_id():
                    return NOT_READABLE, -1
                last = int(connection.execute(select(func.max(jobs.c.id))).scalar() or 0)
                counter = connection.execute(select(serials.c.last).where(serials.c.name == "label")).scalar()
        except (Failure, *DAMAGE):
            return NOT_READABLE, -1
        reaches = _last_entry(database) >= signed
        known = {job.id: job.state for job in ledger.all_jobs()}
        further, begun, unreadable = [], [], 0
        for number, job in _jobs(database, last):
            if job is None:
                unreadable += number not in known
            elif number not in known:
                begun.append(number)
            elif job.state is not known[number]:
                further.append(job)
        # Moves first: a label that was voided since makes room for the one that took its place.
        moved = sum(_go_on(ledger, job, who) for job in further)
        taken = [_take_over(ledger, database, number, who) for number in begun]
        found = Salvaged(
            taken.count(True), moved, unreadable + taken.count(False), reaches=reaches, acts=_acts(database, since)
        )
        return found, -1 if counter is None else int(counter)


def _last_entry(database: SqliteDatabase) -> int:
    try:
        with database.reading() as connection:
            return int(connection.execute(select(func.max(entries.c.sequence))).scalar() or 0)
    except (Failure, *DAMAGE):
        return -1


def _jobs(database: SqliteDatabase, last: int) -> Iterator[tuple[int, PrintJob | None]]:
    """Each number up to the last with its job; None for one that is gone or cannot be read."""
    for first in range(1, last + 1, _PAGE):
        numbers = range(first, min(first + _PAGE, last + 1))
        try:
            with database.reading() as connection:
                rows = connection.execute(select(jobs).where(jobs.c.id.in_(numbers))).all()
                found = {row.id: job_of(row) for row in rows}
            yield from ((number, found.get(number)) for number in numbers)
        except (Failure, *DAMAGE):
            yield from ((number, _job(database, number)) for number in numbers)


def _job(database: SqliteDatabase, number: int) -> PrintJob | None:
    try:
        with database.reading() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == number)).first()
            return None if row is None else job_of(row)
    except (Failure, *DAMAGE):
        return None


def _take_over(ledger: SqlLedger, database: SqliteDatabase, number: int, who: str) -> bool:
    """Whether the label of this number could be read, and stands in the ledger now."""
    try:
        with database.reading() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == number)).one()
            dots = connection.execute(select(images).where(images.c.job == number)).one()
            job, image = job_of(row), image_of(dots.width, dots.height, dots.dpi, dots.dots, row.image_digest)
    except (Failure, NoResultFound, *DAMAGE):
        return False
    try:
        ledger.take_in(job, image, way_to(JobState.INTENDED, _sure(job)), who=who, remark=SALVAGED)
    except (Failure, ValueError) as refused:
        log.warning("%s could not be taken over: %s", job.draft.label_serial, refused)
        return False
    return True


def _go_on(ledger: SqlLedger, job: PrintJob, who: str) -> bool:
    """Along legal moves to where the damaged file has it; False where it is there already or no way leads there."""
    here = ledger.job(job.id)
    way = way_to(here.state, _sure(job))
    if way:
        ledger.take_further(here, job, way, who=who, remark=SALVAGED)
    return bool(way)


def _sure(job: PrintJob) -> JobState:
    """Where a label stands for sure: of one whose last word may be among what is lost a person decides."""
    handed_over = job.outcome is not None and not job.draft.scan_back_due
    return JobState.UNKNOWN if job.state in _UNSURE and not handed_over else job.state


def _acts(database: SqliteDatabase, since: int) -> int:
    """How many acts behind this entry are about orders, shifts, batches or rolls, which nobody takes over."""
    wanted = select(func.count()).where(entries.c.sequence > since, entries.c.kind.in_(_NOT_TAKEN_OVER))
    try:
        with database.reading() as connection:
            return int(connection.execute(wanted).scalar_one())
    except (Failure, *DAMAGE):
        return 1


def way_to(state: JobState, wanted: JobState) -> tuple[JobState, ...]:
    """The shortest legal way; empty where none leads there."""
    ways: deque[tuple[JobState, tuple[JobState, ...]]] = deque([(state, ())])
    seen = {state}
    while ways:
        here, way = ways.popleft()
        if here is wanted:
            return way
        for onward in sorted(MOVES[here] - seen, key=lambda each: each.value):
            seen.add(onward)
            ways.append((onward, (*way, onward)))
    return ()
