"""Jobs and their entries, written and read within a transaction that the caller holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.audit import FIRST_SEAL, Act
from gizqr_station.domain.job import ENDED, JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, LedgerDamaged, NothingRecorded
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.sealing import seal_of
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.ledger import contests, device_count, hot_path, order_gate, queries, search_index
from gizqr_station.ledger.clock_watch import ClockWatch
from gizqr_station.ledger.rows import DAMAGE, draft_values, entry_of, image_of, image_values, job_of, micros
from gizqr_station.ledger.sealed_rows import OPENING, draft_document, entry_document
from gizqr_station.ledger.supply_rows import count_key, counted
from gizqr_station.ledger.tables import images, jobs
from gizqr_station.ledger.told_jobs import told_outcome
from gizqr_station.workflows.ports import Clock, Entry

Line = tuple[dict[str, object], dict[str, object] | None]
"""Columns of an entry, and the draft of the job that it opens."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is written beside a move."""

    at: datetime
    who: str
    evidence: str = ""
    outcome: PrintOutcome | None = None


class Journal:
    """The only writer of jobs and entries; ``path`` names the ledger in failures, ``station`` who writes."""

    def __init__(self, path: str, *, station: str, clock: Clock, own: str = "") -> None:
        """``own``: the station whose printers and lists these are, where others work on the ledger too; else empty."""
        self.path = path
        self.station = station
        self.own = own
        self._watch = ClockWatch(clock)

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
        search_index.keep(connection, job)
        return job

    def require_room(
        self, connection: Connection, opened: Sequence[JobDraft], at_most: int | None, quota: Quota | None
    ) -> None:
        """Raise OrderComplete if an order of these labels, which this transaction has opened, has more than it may.

        Asked after they are claimed, so each identity is counted once, and so is nobody's label that was there before.
        QuotaReached if there are more devices now than may register; what ``order_gate.require_open`` raises for an
        order of the book.
        """
        order_gate.require_open(connection, opened, self.path)
        device_count.require_quota(connection, opened, quota)
        if at_most is None:
            return
        for product_key, order in {(draft.product_key, draft.work_order) for draft in opened}:
            if connection.execute(queries.live_of_order(product_key, order)).scalar_one() > at_most:
                raise OrderComplete(order, at_most)

    def move(
        self, connection: Connection, job: PrintJob, state: JobState, known: Known, *, counted: bool = True
    ) -> PrintJob:
        """Write a move from the job's own state, and all that goes with it; IllegalMove if it has moved meanwhile.

        ``counted``: not where a label is only told of that was printed long ago, whatever roll is in now.

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
        if sent and counted:
            self._use_one(connection, row.sent_to)
        elif state is JobState.FAILED and job.state is not JobState.INTENDED and _refused(known):
            connection.execute(hot_path.GIVEN_BACK, {"of": count_key(row.sent_to or row.printer, self.own)})
        if moves and state is JobState.FAILED:
            device_count.count_failed(connection, moved.draft)
        outcome = "" if known.outcome is None else known.outcome.value
        evidence = known.evidence or outcome
        told = told_outcome(known.outcome, sent=sent)
        self.enter(connection, moved, "move" if moves else "note", Known(known.at, known.who, evidence), told)
        return contests.ended(self, connection, moved, known) if moves and state in ENDED else moved

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
        evidence = f"to {row.printer}"
        self.enter(connection, taken, "move", replace(known, evidence=evidence), told_outcome(None, sent=True))
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

    def enter(self, connection: Connection, job: PrintJob, kind: str, known: Known, told: str = "") -> None:
        """Write one line of the record; ``told``: what ``told_outcome`` says."""
        self.enter_each(connection, [job], kind, known, told)

    def enter_each(
        self, connection: Connection, about: Sequence[PrintJob], kind: str, known: Known, told: str = ""
    ) -> None:
        """Write the same line about each of these jobs, of which there is at least one."""
        lines = [
            (
                {"kind": kind, "job": job.id, "state": job.state.value, "subject": told, "evidence": known.evidence},
                opened_with(job) if (kind, job.state.value) == OPENING else None,
            )
            for job in about
        ]
        self._seal(connection, lines, known)

    def enter_lines(self, connection: Connection, lines: Sequence[Line], at: datetime) -> None:
        """Write lines that tell ``who`` and ``station`` themselves, in their order."""
        if lines:
            self._seal(connection, lines, Known(at, ""))

    def act(self, connection: Connection, act: Act, known: Known) -> int:
        """Write one line that is about no job, and return its sequence; its facts are the evidence, not ``known``'s.

        ValueError for a fact that is told twice.
        """
        facts = dict(act.facts)
        if len(facts) != len(act.facts):
            raise ValueError(f"{act.kind.value} {act.subject}: a fact is told twice")
        told = json.dumps(facts, ensure_ascii=False)
        line: dict[str, object] = {
            "kind": act.kind.value,
            "job": None,
            "state": "",
            "subject": act.subject,
            "evidence": told,
        }
        return self._seal(connection, [(line, None)], known)

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

    def _seal(
        self,
        connection: Connection,
        lines: Sequence[Line],
        known: Known,
    ) -> int:
        """Write lines and the drafts that go with them behind the newest entry, each behind the seal of the one before.

        Nobody else writes meanwhile, for the caller's transaction is the only writing one.
        """
        head = connection.execute(hot_path.HEAD).first()
        sequence, seal, before_us = (0, FIRST_SEAL, None) if head is None else head
        at_us = micros(known.at)
        by = {"at": at_us, "clock": self._watch.mark(at_us, before_us).value, "who": known.who, "station": self.station}
        rows = []
        for line, draft in lines:
            sequence += 1
            row = {**by, **line, "sequence": sequence}
            seal = seal_of(entry_document(row, seal, draft))
            rows.append({**row, "seal": seal})
        connection.execute(hot_path.ENTER, rows)
        return int(sequence)

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
        ended = supply_failure(counted(connection, printer, self.path, self.own))
        if ended is not None:
            raise ended
        connection.execute(hot_path.USED, {"of": count_key(printer, self.own), "labels": 1})

    def _out_of_queue(self, connection: Connection, job: PrintJob, *, sent: bool) -> str | None:
        """Let a job wait no more; the printer that it waited for, None when it did not wait."""
        row = connection.execute(hot_path.LEAVE_QUEUE, {"number": job.id}).first()
        if row is None:
            return None
        if row.held and sent:
            raise JobHeld(job.id, row.reason)
        return str(row.printer)


def opened_with(job: PrintJob) -> dict[str, object]:
    """The draft of a job as it is sealed."""
    came_from = {"origin": job.origin, "origin_job": job.origin_job}
    return draft_document({**draft_values(job.draft), **came_from, "opened_at": micros(job.opened_at)})


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
