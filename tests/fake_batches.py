"""The part of a FakeLedger in which accepted lists are kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gizqr_station.domain.batch import BATCH_MOVES, Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.job import ENDED, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.list_failures import BatchEnded, BatchUnderWay, BatchUnknown
from gizqr_station.domain.quota import Quota
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel, BatchMove
from tests.fake_kept import KeptBatches
from tests.fake_queue import FakeQueue


class FakeBatches(FakeQueue):
    """A BatchStore in memory, for one thread."""

    def begin_batch(self, draft: BatchDraft, *, who: str) -> Batch:
        self._require_writable()
        if not draft.identities or len(set(draft.identities)) != len(draft.identities):
            raise ValueError(f"{draft.name}: {len(draft.identities)} identities")
        number = len(self._batches.batches) + 1
        at, counts = self.clock.now(), {ItemState.WAITING: len(draft.identities)}
        placed = (draft.name, draft.product_key, draft.order, draft.printer, who, at)
        self._batches.batches[number] = Batch(number, *placed, BatchState.READY, counts)
        items = enumerate(draft.identities, start=1)
        self._batches.items[number] = {at: BatchItem(at, identity, ItemState.WAITING) for at, identity in items}
        self._batches.moves[number] = [BatchMove(BatchState.READY, at, who, "")]
        return self.batch(number)

    def batches(self, limit: int = 50) -> Sequence[Batch]:
        return [self.batch(number) for number in sorted(self._batches.batches, reverse=True)][:limit]

    def batch(self, number: int) -> Batch:
        if number not in self._batches.batches:
            raise BatchUnknown(number)
        counted = Counter(item.state for item in self._batches.items[number].values())
        return replace(self._batches.batches[number], counts={state: counted[state] for state in ItemState})

    def batch_items(
        self, number: int, states: Sequence[ItemState] = tuple(ItemState), *, after: int = 0, limit: int = 500
    ) -> Sequence[BatchItem]:
        self.batch(number)
        items = self._batches.items[number].values()
        return [item for item in items if item.state in states and item.position > after][:limit]

    def batch_history(self, number: int) -> Sequence[BatchMove]:
        self.batch(number)
        return list(self._batches.moves[number])

    def mark_items(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        self._require_writable()
        self._must_go_on(number)
        with self.at_once():
            self._mark(number, items)

    def enqueue_items(
        self,
        number: int,
        labels: Sequence[BatchLabel],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        self._must_go_on(number)
        with self.at_once():
            for label in labels:
                self.require_unlabelled(label.draft.product_key, label.draft.identity)
            self._require_quota([label.draft for label in labels], quota)
            jobs = [self._enqueued(label, who, at_most) for label in labels]
            for label, job in zip(labels, jobs, strict=True):
                queued = BatchItem(label.position, job.identity, ItemState.QUEUED, job.id)
                self._mark(number, [queued], was=ItemState.WAITING)
            return jobs

    def catch_up(self, number: int, *, who: str, again: bool = False) -> Sequence[PrintJob]:
        self._require_writable()
        self._must_go_on(number)
        return self._caught_up(number, again=again)

    def take_back(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        self._require_writable()
        self._must_go_on(number)
        for item in items:
            if item.job in self.kept.queue:
                self.cancel(item.job, who=who)
                self._mark(number, [BatchItem(item.position, item.identity, ItemState.WAITING)], was=ItemState.QUEUED)

    def move_batch(self, number: int, state: BatchState, *, who: str, reason: str = "", printer: str = "") -> Batch:
        self._require_writable()
        stands = self._must_go_on(number)
        running = [one.number for one in self.batches() if one.state is BatchState.RUNNING]
        if state is BatchState.RUNNING and running:
            raise BatchUnderWay(running[0])
        if state not in BATCH_MOVES[stands.state]:
            raise ValueError(f"{stands.state} to {state}")
        changed = printer not in ("", stands.printer)
        moved = replace(self._batches.batches[number], state=state, reason=reason, printer=printer or stands.printer)
        self._batches.batches[number] = moved
        evidence = f"{reason} on {printer}".strip() if changed else reason
        self._batches.moves[number].append(BatchMove(state, self.clock.now(), who, evidence))
        return self.batch(number)

    def cancel_batch(self, number: int, *, who: str) -> Batch:
        self._require_writable()
        self._must_go_on(number)
        self._caught_up(number)
        self.take_back(number, self.batch_items(number, [ItemState.QUEUED], limit=1_000_000), who=who)
        return self.move_batch(number, BatchState.CANCELLED, who=who)

    def pause_interrupted_batches(self, who: str) -> Sequence[Batch]:
        self._require_writable()
        running = [one.number for one in reversed(self.batches(1_000_000)) if one.state is BatchState.RUNNING]
        for number in running:
            for job in [self.kept.jobs[item.job] for item in self._batches.items[number].values() if item.job]:
                if job.state is JobState.SENT and job.outcome is None:
                    self.move(job, JobState.UNKNOWN, who=who, evidence="interrupted while sending")
            self._caught_up(number)
            self.move_batch(number, BatchState.PAUSED, who=who, reason="stopped")
        return [self.batch(number) for number in running]

    def labels_of_order(self, product_key: str, order: str) -> int:
        live = (job.draft for job in self._jobs if job.state not in ENDED)
        return sum((draft.product_key, draft.work_order) == (product_key, order) for draft in live)

    def rename_printer(self, was: str, now: str, *, who: str) -> None:
        super().rename_printer(was, now, who=who)
        for number, batch in self._batches.batches.items():
            if batch.printer == was and BATCH_MOVES[batch.state]:
                self._batches.batches[number] = replace(batch, printer=now)
                self._batches.moves[number].append(BatchMove(batch.state, self.clock.now(), who, f"on {now}"))

    @property
    def _batches(self) -> KeptBatches:
        return self.kept.batches

    @property
    def _jobs(self) -> Iterator[PrintJob]:
        yield from self.kept.jobs.values()

    def _enqueued(self, label: BatchLabel, who: str, at_most: int | None) -> PrintJob:
        return self.enqueue(label.draft, label.image, who=who, at_most=at_most, remark=label.remark)

    def _caught_up(self, number: int, *, again: bool = False) -> list[PrintJob]:
        doubtful = []
        for item in list(self._batches.items[number].values()):
            job = None if item.job is None else self.kept.jobs[item.job]
            if job is None:
                continue
            if item.state is ItemState.QUEUED:
                item = self._followed(item, job)
            if again and item.state is ItemState.SENT and job.state in ENDED:
                item = BatchItem(item.position, item.identity, ItemState.WAITING)
            self._batches.items[number][item.position] = item
            if job.state is JobState.UNKNOWN:
                doubtful.append(job)
        return sorted(doubtful, key=lambda job: job.id)

    def _followed(self, item: BatchItem, job: PrintJob) -> BatchItem:
        if job.state is JobState.INTENDED:
            return item
        if job.state is not JobState.FAILED:
            return replace(item, state=ItemState.SENT)
        if job.outcome is PrintOutcome.REFUSED:
            return replace(item, state=ItemState.WAITING, job=None)
        return replace(item, state=ItemState.REFUSED, reason="cancelled")

    def _mark(self, number: int, items: Sequence[BatchItem], *, was: ItemState | None = None) -> None:
        for item in items:
            stood = self._batches.items[number].get(item.position)
            if stood is None or stood.identity != item.identity or was not in (None, stood.state):
                raise ValueError(f"batch {number} has no {item.identity} at {item.position}")
            self._batches.items[number][item.position] = item

    def _must_go_on(self, number: int) -> Batch:
        found = self.batch(number)
        if not BATCH_MOVES[found.state]:
            raise BatchEnded(number, found.state.value)
        return found
