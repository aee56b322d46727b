"""The part of the ledger in which jobs wait: every act in one transaction with the entry that tells of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from gizqr_station.domain.job import STATE_AFTER, JobDraft, JobState, PrintJob, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.print_queue_failures import NotQueued
from gizqr_station.domain.queued import QueuedJob, WaitingLabel
from gizqr_station.domain.quota import Quota
from gizqr_station.ledger import hot_path, queries
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.rows import DAMAGE, micros, moment_of
from gizqr_station.ledger.supply_rows import counted
from gizqr_station.ledger.tables import jobs, queue
from gizqr_station.workflows.ports import Clock
from gizqr_station.workflows.queue_ports import Told


class QueueTables:
    """The JobQueue of ``workflows.ports``; the ledger that it is a part of brings database, clock and journal."""

    _database: Database
    _clock: Clock
    _journal: Journal
    _own: str
    """The station whose queue this is; empty where no other works on the ledger."""

    def enqueue(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        who: str,
        held_because: str = "",
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob:
        """Open the job and let it wait for the draft's printer; raises what ``open`` raises."""
        self._database.require_room()
        with self._database.writing() as connection:
            job = self._enqueue(connection, draft, image, who, held_because=held_because, remark=remark)
            self._journal.require_room(connection, [draft], at_most, quota)
            return job

    def enqueue_all(
        self,
        labels: Sequence[tuple[JobDraft, LabelImage]],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        """Enqueue several: all of them, or nothing."""
        self._database.require_room()
        with self._database.writing() as connection:
            queued = [self._enqueue(connection, draft, image, who) for draft, image in labels]
            self._journal.require_room(connection, [draft for draft, _ in labels], at_most, quota)
            return queued

    def queued(self, printer: str = "") -> Sequence[QueuedJob]:
        """Oldest first; of one printer, or of all. In a shared ledger this station's."""
        with self._database.reading() as connection:
            return [self._queued(row) for row in connection.execute(queries.waiting(printer, self._own))]

    def queued_job(self, job: int) -> QueuedJob:
        """One job that waits."""
        with self._database.reading() as connection:
            return self._must_wait(connection, job)

    def waiting_label(self, job: int) -> WaitingLabel:
        """One job that waits, its dots, and what its printer has left; all of one moment."""
        with self._database.reading() as connection:
            queued = self._must_wait(connection, job)
            return WaitingLabel(
                queued,
                self._journal.image(connection, job),
                counted(connection, queued.printer, self._database.path, self._own),
            )

    def held_count(self, printer: str) -> int:
        """How many jobs for a printer wait for a person's word."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.number_held(printer, self._own)).scalar_one())

    def hold(self, job: int, *, who: str, reason: str) -> QueuedJob:
        """Not sent until somebody releases it; a later reason takes the place of an earlier one."""
        return self._act(job, who, _held(reason), held=True, reason=reason)

    def hold_waiting(self, printer: str, *, who: str, reason: str) -> Sequence[QueuedJob]:
        """Hold all that still wait for a printer, in one transaction; those that were held before stay as they are."""
        with self._database.writing() as connection:
            return self._hold_all(connection, printer, who, reason)

    def release(self, job: int, *, who: str) -> QueuedJob:
        """It may be sent."""
        with self._database.writing() as connection:
            return self._release(connection, job, who)

    def reassign(self, job: int, printer: str, *, who: str) -> QueuedJob:
        """It will go to another printer; held or waiting as before."""
        return self._act(job, who, f"moved to {printer}", printer=printer)

    def cancel(self, job: int, *, who: str) -> PrintJob:
        """FAILED: nothing was sent, the identity is free."""
        with self._database.writing() as connection:
            waiting = self._must_wait(connection, job).job
            return self._journal.move(connection, waiting, JobState.FAILED, Known(self._clock.now(), who, "cancelled"))

    def take(self, job: int, *, who: str, printer: str = "", release: bool = False) -> PrintJob:
        """Out of the queue and SENT; of any number that try, one gets it. Raises NotQueued and JobHeld."""
        self._database.require_room()
        with self._database.writing() as connection:
            if release:
                self._release(connection, job, who)
            return self._journal.take(connection, job, printer, Known(self._clock.now(), who))

    def settle_and_take(self, told: Told, job: int, *, who: str, printer: str = "") -> tuple[PrintJob, PrintJob]:
        """What became of one label, and the next one taken; raises what ``move`` and ``take`` raise."""
        state = STATE_AFTER[told.outcome]
        if state is not told.job.state:
            require_legal(told.job.id, told.job.state, state)
        known = Known(self._clock.now(), who, told.evidence, told.outcome)
        self._database.require_room()
        with self._database.writing() as connection:
            settled = self._journal.move(connection, told.job, state, known)
            return settled, self._journal.take(connection, job, printer, Known(self._clock.now(), who))

    def _enqueue(
        self,
        connection: Connection,
        draft: JobDraft,
        image: LabelImage,
        who: str,
        *,
        held_because: str = "",
        remark: str = "",
    ) -> PrintJob:
        known = Known(self._clock.now(), who, _held(held_because) if held_because else "queued")
        job = self._journal.open(connection, draft, image, known.at, remark)
        row = {"job": job.id, "printer": draft.printer, "held": bool(held_because), "reason": held_because}
        connection.execute(insert(queue), {**row, **_acted(known)})
        self._journal.enter(connection, job, "note", known)
        return job

    def _release(self, connection: Connection, job: int, who: str) -> QueuedJob:
        return self._acted(connection, job, Known(self._clock.now(), who, "released"), held=False, reason="")

    def _act(self, job: int, who: str, evidence: str, **changed: object) -> QueuedJob:
        known = Known(self._clock.now(), who, evidence)
        with self._database.writing() as connection:
            return self._acted(connection, job, known, **changed)

    def _acted(self, connection: Connection, job: int, known: Known, **changed: object) -> QueuedJob:
        self._must_wait(connection, job)
        connection.execute(update(queue).where(queue.c.job == job).values(**changed, **_acted(known)))
        acted = self._must_wait(connection, job)
        self._journal.enter(connection, acted.job, "note", known)
        return acted

    def _reassign_all(self, connection: Connection, was: str, now: str, who: str) -> None:
        known = Known(self._clock.now(), who, f"moved to {now}")
        for row in connection.execute(queries.waiting(was, self._own)).all():
            self._acted(connection, row.id, known, printer=now)

    def _hold_all(self, connection: Connection, printer: str, who: str, reason: str) -> list[QueuedJob]:
        """Hold what waits, of one printer or of all; those that were not held before."""
        known = Known(self._clock.now(), who, _held(reason))
        free = [
            self._queued(row) for row in connection.execute(queries.waiting(printer, self._own).where(~queue.c.held))
        ]
        if not free:
            return []
        wanted = update(queue).where(~queue.c.held)
        if self._own:
            wanted = wanted.where(queue.c.job.in_(select(jobs.c.id).where(jobs.c.station == self._own)))
        if printer:
            wanted = wanted.where(queue.c.printer == printer)
        connection.execute(wanted.values(held=True, reason=reason, **_acted(known)))
        self._journal.enter_each(connection, [each.job for each in free], "note", known)
        return [QueuedJob(each.job, each.printer, True, reason, who, known.at) for each in free]

    def _must_wait(self, connection: Connection, job: int) -> QueuedJob:
        row = connection.execute(hot_path.WAITING_JOB, {"number": job}).first()
        if row is None:
            raise NotQueued(job, self._journal.must(connection, job).state.value)
        return self._queued(row)

    def _queued(self, row: Row[Any]) -> QueuedJob:
        job = self._journal.job(row)
        try:
            since = moment_of(row.acted_at)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"queued job {row.id}: {broken}") from broken
        return QueuedJob(job, row.goes_to, bool(row.held), row.held_because, row.acted_by, since)


def _held(reason: str) -> str:
    return f"held: {reason}"


def _acted(known: Known) -> dict[str, object]:
    return {"acted_by": known.who, "acted_at": micros(known.at)}
