"""Plain stand-ins for the parts that workflows are handed; each passes the contract suite of what it stands for."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, STATE_AFTER, JobDraft, JobState, PrintJob, PrintOutcome, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, NothingRecorded
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.queued import QueuedJob, WaitingLabel
from gizqr_station.domain.supplies import Supply, SupplyKind, supply_failure
from gizqr_station.workflows.ports import Clock, Entry
from gizqr_station.workflows.queue_ports import Told


class SteppingClock:
    """A Clock that goes on by one second each time it is looked at."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self.time = start

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@dataclass
class Kept:
    """What a FakeLedger keeps; two that share it are one ledger opened twice."""

    jobs: dict[int, PrintJob] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    images: dict[int, LabelImage] = field(default_factory=dict)
    serials: int = 0
    queue: dict[int, QueuedJob] = field(default_factory=dict)
    sent_to: dict[int, str] = field(default_factory=dict)
    supplies: dict[tuple[str, SupplyKind], Supply] = field(default_factory=dict)
    loads: list[tuple[str, SupplyKind, int, int, str]] = field(default_factory=list)
    """Printer, kind, full, warn below, who; in the order in which they were put in."""


class FakeLedger:
    """A Ledger in memory, for one thread.

    Set ``failing`` to have every call that writes raise it, and write nothing.
    """

    def __init__(self, clock: Clock | None = None, station: str = "bench-1", kept: Kept | None = None) -> None:
        self.clock = clock or SteppingClock()
        self.station = station
        self.kept = kept or Kept()
        self.failing: Failure | None = None

    def next_label_serial(self) -> str:
        self._require_writable()
        self.kept.serials += 1
        return f"L-{self.kept.serials:06d}"

    def label_serials(self, count: int) -> Sequence[str]:
        if count < 1:
            raise ValueError(f"{count} serials")
        return [self.next_label_serial() for _ in range(count)]

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        for job in self._of(product_key, identity):
            if job.state not in ENDED:
                drawn = job.draft
                raise AlreadyLabelled(str(identity), job.opened_at, drawn.station, drawn.label_serial, job.state.value)

    def open(self, draft: JobDraft, image: LabelImage) -> PrintJob:
        self._require_writable()
        if image.digest != draft.image_digest:
            raise ValueError(f"the image of {draft.label_serial} is not the one its draft names")
        self.require_unlabelled(draft.product_key, draft.identity)
        if any(job.draft.label_serial == draft.label_serial for job in self.kept.jobs.values()):
            raise ValueError(f"label serial {draft.label_serial} was used before")
        at = self.clock.now()
        job = PrintJob(len(self.kept.jobs) + 1, draft, JobState.INTENDED, None, at, at)
        self.kept.images[job.id] = image
        return self._keep(job, "move", at, draft.operator, "")

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        moves = state is not job.state
        if moves or outcome is None:
            require_legal(job.id, job.state, state)
        self._require_writable()
        actual = self._must(job.id)
        if actual.state is not job.state:
            raise IllegalMove(job.id, actual.state.value, state.value)
        if moves:
            self._goes_with(actual, state, outcome)
        at = self.clock.now()
        moved = replace(
            actual, state=state, outcome=outcome or actual.outcome, moved_at=at if moves else actual.moved_at
        )
        known = evidence or (outcome.value if outcome else "")
        return self._keep(moved, "move" if moves else "note", at, who, known)

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        self._require_writable()
        self._keep(self._must(job.id), "note", self.clock.now(), who, evidence)

    def settle_interrupted(self, who: str) -> Sequence[PrintJob]:
        self.hold_waiting("", who=who, reason="station restarted")
        touched = []
        for job in list(self.kept.jobs.values()):
            if job.id in self.kept.queue:
                continue
            if job.state is JobState.INTENDED:
                touched.append(self.move(job, JobState.FAILED, who=who, evidence="interrupted before sending"))
            elif job.state is JobState.SENT and job.outcome is None:
                touched.append(self.move(job, JobState.UNKNOWN, who=who, evidence="interrupted while sending"))
            elif job.state is JobState.SENT and job.outcome is PrintOutcome.ACCEPTED and job.draft.scan_back_due:
                evidence = "not scanned back before the station ended"
                touched.append(self.move(job, JobState.UNKNOWN, who=who, evidence=evidence))
        return touched

    def open_jobs(self) -> Sequence[PrintJob]:
        return [job for job in self.kept.jobs.values() if job.open]

    def job(self, number: int) -> PrintJob:
        return self._must(number)

    def latest(self, product_key: str, identity: Identity) -> PrintJob | None:
        return next(iter(reversed(self._of(product_key, identity))), None)

    def revision_for(self, product_key: str, identity: Identity) -> int:
        return sum(job.state is JobState.VOIDED for job in self._of(product_key, identity))

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        needle = re.sub(r"[:.\-\s]", "", text).lower()
        found = [
            job
            for job in reversed(self.kept.jobs.values())
            if needle in job.identity.text or needle in job.draft.label_serial.replace("-", "").lower()
        ]
        return found[:limit]

    def with_content(self, content: str) -> PrintJob | None:
        return next((job for job in reversed(self.kept.jobs.values()) if job.draft.content == content), None)

    def history(self, job: int) -> Sequence[Entry]:
        return [entry for entry in self.kept.entries if entry.job == job]

    def image(self, job: int) -> LabelImage | None:
        return self.kept.images.get(job)

    def all_jobs(self) -> Iterator[PrintJob]:
        yield from list(self.kept.jobs.values())

    def count(self, state: JobState, since: datetime | None = None) -> int:
        return sum(job.state is state and (since is None or job.moved_at >= since) for job in self.kept.jobs.values())

    def verify(self) -> Failure | None:
        return None

    # the queue, and what is counted

    def enqueue(self, draft: JobDraft, image: LabelImage, *, who: str, held_because: str = "") -> PrintJob:
        job = self.open(draft, image)
        at = self.clock.now()
        self.kept.queue[job.id] = QueuedJob(job, draft.printer, bool(held_because), held_because, who, at)
        return self._keep(job, "note", at, who, f"held: {held_because}" if held_because else "queued")

    def enqueue_all(self, labels: Sequence[tuple[JobDraft, LabelImage]], *, who: str) -> Sequence[PrintJob]:
        before = deepcopy(self.kept)
        try:
            return [self.enqueue(draft, image, who=who) for draft, image in labels]
        except Exception:
            vars(self.kept).update(vars(before))
            raise

    def queued(self, printer: str = "") -> Sequence[QueuedJob]:
        return [waiting for _, waiting in sorted(self.kept.queue.items()) if printer in ("", waiting.printer)]

    def queued_job(self, job: int) -> QueuedJob:
        return self._must_wait(job)

    def waiting_label(self, job: int) -> WaitingLabel:
        queued = self._must_wait(job)
        return WaitingLabel(queued, self.image(job), self.supplies(queued.printer))

    def held_count(self, printer: str) -> int:
        return sum(waiting.held for waiting in self.queued(printer) if printer == waiting.printer)

    def hold(self, job: int, *, who: str, reason: str) -> QueuedJob:
        return self._act(job, who, f"held: {reason}", held=True, reason=reason)

    def hold_waiting(self, printer: str, *, who: str, reason: str) -> Sequence[QueuedJob]:
        self._require_writable()
        free = [waiting.job.id for waiting in self.queued(printer) if not waiting.held]
        return [self.hold(job, who=who, reason=reason) for job in free]

    def release(self, job: int, *, who: str) -> QueuedJob:
        return self._act(job, who, "released", held=False, reason="")

    def reassign(self, job: int, printer: str, *, who: str) -> QueuedJob:
        return self._act(job, who, f"moved to {printer}", printer=printer)

    def cancel(self, job: int, *, who: str) -> PrintJob:
        return self.move(self._must_wait(job).job, JobState.FAILED, who=who, evidence="cancelled")

    def take(self, job: int, *, who: str, printer: str = "", release: bool = False) -> PrintJob:
        waiting = self._must_wait(job)
        if printer not in ("", waiting.printer):
            raise NotQueued(job, f"it waits for {waiting.printer}")
        self._require_left(waiting.printer)
        if release:
            self.release(job, who=who)
        return self.move(waiting.job, JobState.SENT, who=who, evidence=f"to {waiting.printer}")

    def settle_and_take(self, told: Told, job: int, *, who: str, printer: str = "") -> tuple[PrintJob, PrintJob]:
        before = deepcopy(self.kept)
        try:
            state = STATE_AFTER[told.outcome]
            settled = self.move(told.job, state, who=who, evidence=told.evidence, outcome=told.outcome)
            return settled, self.take(job, who=who, printer=printer)
        except Exception:
            vars(self.kept).update(vars(before))
            raise

    def supplies(self, printer: str) -> tuple[Supply, ...]:
        return tuple(self.kept.supplies[printer, kind] for kind in SupplyKind if (printer, kind) in self.kept.supplies)

    def load_supply(self, printer: str, kind: SupplyKind, full: int, warn_below: int, *, who: str) -> None:
        if full < 0 or warn_below < 0:
            raise ValueError(f"a roll of {full} labels, a warning below {warn_below}")
        self._require_writable()
        self.kept.supplies.pop((printer, kind), None)
        if full:
            self.kept.supplies[printer, kind] = Supply(printer, kind, full, full, warn_below)
        self.kept.loads.append((printer, kind, full, warn_below, who))

    def use_supply(self, printer: str, labels: int) -> None:
        if labels < 0:
            raise ValueError(f"{labels} labels")
        self._require_writable()
        self._count(printer, -labels)

    def rename_printer(self, was: str, now: str, *, who: str) -> None:
        self._require_writable()
        for waiting in self.queued(was):
            self.reassign(waiting.job.id, now, who=who)
        for kind in SupplyKind:
            self.kept.supplies.pop((now, kind), None)
            supply = self.kept.supplies.pop((was, kind), None)
            if supply is not None:
                self.kept.supplies[now, kind] = replace(supply, printer=now)
                self.kept.loads.append((now, kind, supply.full, supply.warn_below, who))

    def _require_left(self, printer: str) -> None:
        ended = supply_failure(self.supplies(printer))
        if ended is not None:
            raise ended

    def _count(self, printer: str, labels: int) -> None:
        for supply in self.supplies(printer):
            left = min(max(supply.left + labels, 0), supply.full)
            self.kept.supplies[printer, supply.kind] = replace(supply, left=left)

    def _act(self, job: int, who: str, evidence: str, **changed: Any) -> QueuedJob:
        self._require_writable()
        at = self.clock.now()
        acted = replace(self._must_wait(job), by=who, since=at, **changed)
        self.kept.queue[job] = acted
        self._keep(acted.job, "note", at, who, evidence)
        return acted

    def _must_wait(self, job: int) -> QueuedJob:
        if job not in self.kept.queue:
            raise NotQueued(job, self._must(job).state.value)
        return self.kept.queue[job]

    def _goes_with(self, job: PrintJob, state: JobState, outcome: PrintOutcome | None) -> None:
        """What goes with a move: out of the queue, and counted."""
        if job.state is JobState.INTENDED:
            waiting = self.kept.queue.get(job.id)
            if waiting is not None and waiting.held and state is JobState.SENT:
                raise JobHeld(job.id, waiting.reason)
            self.kept.queue.pop(job.id, None)
            if state is JobState.SENT:
                self._require_left(waiting.printer if waiting else job.draft.printer)
                self.kept.sent_to[job.id] = waiting.printer if waiting else job.draft.printer
                self._count(self.kept.sent_to[job.id], -1)
        elif state is JobState.FAILED and outcome is PrintOutcome.REFUSED:
            self._count(self.kept.sent_to[job.id], 1)

    def _of(self, product_key: str, identity: Identity) -> list[PrintJob]:
        jobs = self.kept.jobs.values()
        return [job for job in jobs if job.identity == identity and job.draft.product_key == product_key]

    def _must(self, number: int) -> PrintJob:
        if number not in self.kept.jobs:
            raise NothingRecorded(str(number))
        return self.kept.jobs[number]

    def _keep(self, job: PrintJob, kind: str, at: datetime, who: str, evidence: str) -> PrintJob:
        self.kept.jobs[job.id] = job
        entry = Entry(len(self.kept.entries) + 1, job.id, kind, job.state, at, who, evidence)
        self.kept.entries.append(entry)
        return job

    def _require_writable(self) -> None:
        if self.failing is not None:
            raise self.failing
