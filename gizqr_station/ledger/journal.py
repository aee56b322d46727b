"""Jobs and their entries, written and read within a transaction that the caller holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, LedgerDamaged, NothingRecorded
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.ledger import device_count, hot_path, queries
from gizqr_station.ledger.rows import DAMAGE, draft_values, entry_of, image_of, image_values, job_of, micros
from gizqr_station.ledger.supply_rows import counted
from gizqr_station.ledger.tables import images, jobs
from gizqr_station.workflows.ports import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """What is written beside a move."""

    at: datetime
    who: str
    evidence: str = ""
    outcome: PrintOutcome | None = None


class Journal:
    """The only writer of jobs and entries; ``path`` names the ledger in failures."""

    def __init__(self, path: str) -> None:
        self.path = path

    def open(
        self, connection: Connection, draft: JobDraft, image: LabelImage, at: datetime, remark: str = ""
    ) -> PrintJob:
        """Write job, first entry and image; AlreadyLabelled for a claimed identity, ValueError for drafts at odds.

        At odds: an image that is not the draft's, a label serial that another job has.
        """
        if image.digest != draft.image_digest:
            raise ValueError(f"the image of {draft.label_serial} is not the one its draft names")
        placed = {"state": JobState.INTENDED.value, "opened_at": micros(at), "moved_at": micros(at)}
        try:
            with connection.begin_nested():  # a collision undoes the INSERT alone: the claim is read behind it
                values = {**draft_values(draft), **placed}
                job = self.job(connection.execute(insert(jobs).returning(jobs), values).one())
        except IntegrityError as collision:
            live = self.one(connection, queries.live_of(draft.product_key, draft.identity))
            if live is None:
                raise ValueError(f"label serial {draft.label_serial} was used before") from collision
            raise already(live) from collision
        self.enter(connection, job, "move", Known(at, draft.operator))
        if remark:
            self.enter(connection, job, "note", Known(at, draft.operator, remark))
        connection.execute(insert(images), image_values(job.id, image))
        device_count.count_opened(connection, draft)
        return job

    def require_room(
        self, connection: Connection, opened: Sequence[JobDraft], at_most: int | None, quota: Quota | None
    ) -> None:
        """Raise OrderComplete if an order of these labels, which this transaction has opened, has more than it may.

        Asked after they are claimed, so each identity is counted once, and so is nobody's label that was there before.
        QuotaReached if there are more devices now than may register.
        """
        device_count.require_quota(connection, opened, quota)
        if at_most is None:
            return
        for product_key, order in {(draft.product_key, draft.work_order) for draft in opened}:
            if connection.execute(queries.live_of_order(product_key, order)).scalar_one() > at_most:
                raise OrderComplete(order, at_most)

    def move(self, connection: Connection, job: PrintJob, state: JobState, known: Known) -> PrintJob:
        """Write a move from the job's own state, and all that goes with it; IllegalMove if it has moved meanwhile.

        A job that waits leaves the queue, but a held one is not sent: JobHeld. A job that is sent takes a label and
        a piece of ribbon of the printer that it goes to, and a refused one gives them back.
        """
        moves = state is not job.state
        sent = moves and state is JobState.SENT
        changed: dict[str, object] = {"state": state.value}
        if moves:
            changed["moved_at"] = micros(known.at)
        if known.outcome is not None:
            changed["outcome"] = known.outcome.value
        if sent:
            waited_for = self._out_of_queue(connection, job, sent=True)
            changed["sent_to"] = job.draft.printer if waited_for is None else waited_for
        elif moves and job.state is JobState.INTENDED:
            self._out_of_queue(connection, job, sent=False)
        row = self._changed(connection, job.id, job.state, state, changed)
        moved = self.job(row)
        if sent:
            self._use_one(connection, row.sent_to)
        elif state is JobState.FAILED and job.state is not JobState.INTENDED and _refused(known):
            connection.execute(hot_path.GIVEN_BACK, {"of": row.sent_to or row.printer})
        if moves and state is JobState.FAILED:
            device_count.count_failed(connection, moved.draft)
        outcome = "" if known.outcome is None else known.outcome.value
        evidence = known.evidence or outcome
        self.enter(connection, moved, "move" if moves else "note", Known(known.at, known.who, evidence))
        return moved

    def take(self, connection: Connection, number: int, printer: str, known: Known) -> PrintJob:
        """INTENDED out of the queue to SENT; ``printer`` is where the caller believes that it goes, or empty."""
        row = connection.execute(hot_path.LEAVE_QUEUE, {"number": number}).first()
        if row is None:
            raise NotQueued(number, self.must(connection, number).state.value)
        if row.held:
            raise JobHeld(number, row.reason)
        if printer not in ("", row.printer):
            raise NotQueued(number, f"it waits for {row.printer}")
        changed = {"state": JobState.SENT.value, "moved_at": micros(known.at), "sent_to": row.printer}
        taken = self.job(self._changed(connection, number, JobState.INTENDED, JobState.SENT, changed))
        self._use_one(connection, row.printer)
        self.enter(connection, taken, "move", replace(known, evidence=f"to {row.printer}"))
        return taken

    def image(self, connection: Connection, number: int) -> LabelImage | None:
        """The very dots of a job; LedgerDamaged if they no longer are."""
        row = connection.execute(hot_path.IMAGE, {"number": number}).first()
        if row is None:
            return None
        try:
            return image_of(row.width, row.height, row.dpi, row.dots, row.image_digest)
        except DAMAGE as broken:
            raise LedgerDamaged(self.path, f"image of job {number}: {broken}") from broken

    def enter(self, connection: Connection, job: PrintJob, kind: str, known: Known) -> None:
        """Write one line of the record."""
        self.enter_each(connection, [job], kind, known)

    def enter_each(self, connection: Connection, about: Sequence[PrintJob], kind: str, known: Known) -> None:
        """Write the same line about each of these jobs, of which there is at least one."""
        line = {"kind": kind, "at": micros(known.at), "who": known.who, "evidence": known.evidence}
        connection.execute(hot_path.ENTER, [{**line, "job": job.id, "state": job.state.value} for job in about])

    def many(self, connection: Connection, query: Select[Any]) -> list[PrintJob]:
        """The jobs that a question finds."""
        return [self.job(row) for row in connection.execute(query)]

    def one(self, connection: Connection, query: Select[Any]) -> PrintJob | None:
        """The first of them."""
        return next(iter(self.many(connection, query)), None)

    def must(self, connection: Connection, number: int) -> PrintJob:
        """The job of this number; NothingRecorded if there is none."""
        found = self.one(connection, queries.job_with(number))
        if found is None:
            raise NothingRecorded(str(number))
        return found

    def job(self, row: Row[Any]) -> PrintJob:
        """A row as a job; LedgerDamaged if it is none."""
        try:
            return job_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self.path, f"job {row.id}: {broken}") from broken

    def entry(self, row: Row[Any]) -> Entry:
        """A row as an entry; LedgerDamaged if it is none."""
        try:
            return entry_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self.path, f"entry {row.sequence}: {broken}") from broken

    def _changed(
        self, connection: Connection, number: int, was: JobState, state: JobState, changed: Mapping[str, object]
    ) -> Row[Any]:
        values = {f"new_{name}": value for name, value in changed.items()}
        where_it_was = {"number": number, "was": was.value}
        row = connection.execute(hot_path.job_update(changed), {**where_it_was, **values}).first()
        if row is None:
            raise IllegalMove(number, self.must(connection, number).state.value, state.value)
        return row

    def _use_one(self, connection: Connection, printer: str) -> None:
        """A label and its ribbon; RollEnded or RibbonEnded, and nothing of all this written, where none is left."""
        ended = supply_failure(counted(connection, printer, self.path))
        if ended is not None:
            raise ended
        connection.execute(hot_path.USED, {"of": printer, "labels": 1})

    def _out_of_queue(self, connection: Connection, job: PrintJob, *, sent: bool) -> str | None:
        """Let a job wait no more; the printer that it waited for, None when it did not wait."""
        row = connection.execute(hot_path.LEAVE_QUEUE, {"number": job.id}).first()
        if row is None:
            return None
        if row.held and sent:
            raise JobHeld(job.id, row.reason)
        return str(row.printer)


def already(live: PrintJob) -> AlreadyLabelled:
    """What an attempt to label once more is told."""
    return AlreadyLabelled(
        identity=str(live.identity),
        at=live.opened_at,
        station=live.draft.station,
        label_serial=live.draft.label_serial,
        state=live.state.value,
    )


def _refused(known: Known) -> bool:
    return known.outcome is PrintOutcome.REFUSED
