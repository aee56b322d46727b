"""The parts of a FakeLedger in which jobs wait and rolls are counted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gizqr_station.domain.job import STATE_AFTER, JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.queued import QueuedJob, WaitingLabel
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.supplies import Supply, SupplyKind, supply_failure
from gizqr_station.workflows.queue_ports import Told
from tests.fake_devices import FakeDevices


class FakeQueue(FakeDevices):
    """A JobQueue and SupplyCounter in memory, for one thread."""

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
        job = self.open(draft, image, at_most=at_most, quota=quota, remark=remark)
        at = self.clock.now()
        self.kept.queue[job.id] = QueuedJob(job, draft.printer, bool(held_because), held_because, who, at)
        return self._keep(job, "note", at, who, f"held: {held_because}" if held_because else "queued")

    def enqueue_all(
        self,
        labels: Sequence[tuple[JobDraft, LabelImage]],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        with self.at_once():
            self._require_quota([draft for draft, _ in labels], quota)
            return [self.enqueue(draft, image, who=who, at_most=at_most) for draft, image in labels]

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
        with self.at_once():
            state = STATE_AFTER[told.outcome]
            settled = self.move(told.job, state, who=who, evidence=told.evidence, outcome=told.outcome)
            return settled, self.take(job, who=who, printer=printer)

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
