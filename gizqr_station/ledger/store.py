"""The ledger: jobs, moves and notes, each written in one transaction and durable when the call returns."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.failures import Failure, LedgerFailure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, LedgerDamaged, NothingRecorded
from gizqr_station.ledger import queries
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.integrity import require_whole_file, require_whole_record
from gizqr_station.ledger.rows import DAMAGE, draft_values, entry_of, image_of, image_values, job_of, micros
from gizqr_station.ledger.tables import entries, images, jobs, serials
from gizqr_station.workflows.ports import Clock, Entry

_PAGE = 500


class SqlLedger:
    """The Ledger of ``workflows.ports`` in SQL tables; used from any number of threads and processes."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def close(self) -> None:
        """Give back the file."""
        self._database.close()

    def next_label_serial(self) -> str:
        """Count up; a serial whose label never came about is not given out again."""
        with self._database.writing() as connection:
            connection.execute(update(serials).where(serials.c.name == "label").values(last=serials.c.last + 1))
            last = connection.execute(select(serials.c.last).where(serials.c.name == "label")).scalar()
            if not isinstance(last, int):
                raise LedgerDamaged(self._database.path, "the counter of label serials is gone")
        return f"L-{last:06d}"

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        """Raise AlreadyLabelled if a live label exists now; ``open`` is what decides."""
        with self._database.reading() as connection:
            live = self._one(connection, queries.live_of(product_key, identity))
        if live is not None:
            raise _already(live)

    def open(self, draft: JobDraft, image: LabelImage) -> PrintJob:
        """Write job, first entry and image; AlreadyLabelled for a claimed identity, ValueError for drafts at odds.

        At odds: an image that is not the draft's, a label serial that another job has.
        """
        if image.digest != draft.image_digest:
            raise ValueError(f"the image of {draft.label_serial} is not the one its draft names")
        at = self._clock.now()
        placed = {"state": JobState.INTENDED.value, "opened_at": micros(at), "moved_at": micros(at)}
        with self._database.writing() as connection:
            try:
                with connection.begin_nested():  # a collision undoes the INSERT alone: the claim is read behind it
                    values = {**draft_values(draft), **placed}
                    job = self._job(connection.execute(insert(jobs).returning(jobs), values).one())
            except IntegrityError as collision:
                live = self._one(connection, queries.live_of(draft.product_key, draft.identity))
                if live is None:
                    raise ValueError(f"label serial {draft.label_serial} was used before") from collision
                raise _already(live) from collision
            self._enter(connection, job, "move", at, draft.operator, "")
            connection.execute(insert(images), image_values(job.id, image))
        return job

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        """Write a legal move from the job's own state; IllegalMove with the true state if it has moved meanwhile.

        With the job's own state as ``state``, the outcome alone is written, and a note. Without evidence, the
        outcome is the evidence.
        """
        if state is not job.state or outcome is None:
            require_legal(job.id, job.state, state)
        with self._database.writing() as connection:
            return self._move(connection, job, state, who, evidence, outcome)

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        """Write an entry that moves nothing, beside the state that the job has in the ledger."""
        with self._database.writing() as connection:
            self._enter(connection, self._must(connection, job.id), "note", self._clock.now(), who, evidence)

    def settle_interrupted(self, who: str) -> Sequence[PrintJob]:
        """Settle what was left behind when the station ended; all in one transaction.

        Of every name: the folder is held by one station, which may have been renamed since.
        """
        with self._database.writing() as connection:
            left = self._many(connection, queries.interrupted())
            return [self._move(connection, job, *_settlement(job, who), None) for job in left]

    def open_jobs(self) -> Sequence[PrintJob]:
        """Of every station, oldest first."""
        return self._read(queries.still_open())

    def latest(self, product_key: str, identity: Identity) -> PrintJob | None:
        """The newest job of an identity, whatever became of it."""
        return next(iter(self._read(queries.of_identity(product_key, identity).limit(1))), None)

    def revision_for(self, product_key: str, identity: Identity) -> int:
        """How many labels of the identity were voided."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.voided_of(product_key, identity)).scalar_one())

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        """Newest first, by any part of identity or label serial; separators and case do not matter."""
        return self._read(queries.matching(text, limit))

    def with_content(self, content: str) -> PrintJob | None:
        """The newest job whose label says exactly this."""
        return next(iter(self._read(queries.saying(content))), None)

    def history(self, job: int) -> Sequence[Entry]:
        """Everything written about one job, in order."""
        with self._database.reading() as connection:
            return [self._entry(row) for row in connection.execute(queries.history_of(job))]

    def image(self, job: int) -> LabelImage | None:
        """The very dots that were sent; LedgerDamaged if they no longer are."""
        with self._database.reading() as connection:
            row = connection.execute(queries.image_with_digest(job)).first()
        if row is None:
            return None
        try:
            return image_of(row.width, row.height, row.dpi, row.dots, row.image_digest)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"image of job {job}: {broken}") from broken

    def all_jobs(self) -> Iterator[PrintJob]:
        """Every job in order, a page and a transaction at a time: no export keeps a station waiting."""
        after = 0
        while page := self._read(queries.jobs_after(after, _PAGE)):
            yield from page
            after = page[-1].id

    def count(self, state: JobState, since: datetime | None = None) -> int:
        """How many jobs stand in a state, moved there at or after ``since``."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.number_in(state, since)).scalar_one())

    def verify(self) -> Failure | None:
        """Check the file, every job against its last entry, every image against its digest; the first fault."""
        try:
            require_whole_file(self._database, thorough=True)
            require_whole_record(self._database)
        except LedgerFailure as fault:
            return fault
        return None

    def _move(
        self,
        connection: Connection,
        job: PrintJob,
        state: JobState,
        who: str,
        evidence: str,
        outcome: PrintOutcome | None,
    ) -> PrintJob:
        at = self._clock.now()
        moves = state is not job.state
        changed: dict[str, object] = {"state": state.value}
        if moves:
            changed["moved_at"] = micros(at)
        if outcome is not None:
            changed["outcome"] = outcome.value
        where_it_was = (jobs.c.id == job.id, jobs.c.state == job.state.value)
        if connection.execute(update(jobs).where(*where_it_was).values(**changed)).rowcount == 0:
            actual = self._must(connection, job.id)
            raise IllegalMove(job.id, actual.state.value, state.value)
        moved = self._must(connection, job.id)
        known = evidence or (outcome.value if outcome is not None else "")
        self._enter(connection, moved, "move" if moves else "note", at, who, known)
        return moved

    def _enter(self, connection: Connection, job: PrintJob, kind: str, at: datetime, who: str, evidence: str) -> None:
        values = {"job": job.id, "kind": kind, "state": job.state.value, "at": micros(at)}
        connection.execute(insert(entries), {**values, "who": who, "evidence": evidence})

    def _read(self, query: Select[Any]) -> list[PrintJob]:
        with self._database.reading() as connection:
            return self._many(connection, query)

    def _many(self, connection: Connection, query: Select[Any]) -> list[PrintJob]:
        return [self._job(row) for row in connection.execute(query)]

    def _one(self, connection: Connection, query: Select[Any]) -> PrintJob | None:
        return next(iter(self._many(connection, query)), None)

    def _must(self, connection: Connection, number: int) -> PrintJob:
        found = self._one(connection, queries.job_with(number))
        if found is None:
            raise NothingRecorded(str(number))
        return found

    def _job(self, row: Row[Any]) -> PrintJob:
        try:
            return job_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"job {row.id}: {broken}") from broken

    def _entry(self, row: Row[Any]) -> Entry:
        try:
            return entry_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"entry {row.sequence}: {broken}") from broken


def _settlement(job: PrintJob, who: str) -> tuple[JobState, str, str]:
    if job.state is JobState.INTENDED:
        return JobState.FAILED, who, "interrupted before sending"
    if job.outcome is None:
        return JobState.UNKNOWN, who, "interrupted while sending"
    return JobState.UNKNOWN, who, "not scanned back before the station ended"


def _already(live: PrintJob) -> AlreadyLabelled:
    return AlreadyLabelled(
        identity=str(live.identity),
        at=live.opened_at,
        station=live.draft.station,
        label_serial=live.draft.label_serial,
        state=live.state.value,
    )
