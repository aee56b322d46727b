"""How far a batch is, told at every label without asking the ledger each time."""

import time
from dataclasses import replace

from gizqr_station.domain.batch import Batch, ItemState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.workflows.batch_happenings import BatchSeen
from gizqr_station.workflows.happenings import Happening, JobChanged, Tell
from gizqr_station.workflows.ports import Ledger


class Progress:
    """One run of a batch: its counts, label by label, and its pace."""

    def __init__(self, ledger: Ledger, batch: Batch, tell: Tell) -> None:
        self._ledger = ledger
        self._tell = tell
        self._out: set[int] = set()
        self._began = time.monotonic()
        self.batch = batch
        self.in_hand: PrintJob | None = None
        """The label that is at the printer, or of which nobody has written down what became of it."""

    @property
    def number(self) -> int:
        """Of the batch."""
        return self.batch.number

    @property
    def labels_a_minute(self) -> float:
        """Of this run so far, with what was made ahead of the labels; 0 until one has come out."""
        elapsed_s = time.monotonic() - self._began
        return len(self._out) / elapsed_s * 60.0 if self._out and elapsed_s > 0 else 0.0

    def hear(self, happening: Happening) -> None:
        """What a run through the queue tells. Its jobs are no unit of the line: of them the batch alone is told."""
        if not isinstance(happening, JobChanged):
            self._tell(happening)
            return
        job = happening.job
        self.in_hand = job if job.state is JobState.SENT and job.outcome is None else None
        if job.outcome is not None and job.state is not JobState.FAILED and job.id not in self._out:
            self._out.add(job.id)
            counts = dict(self.batch.counts)
            counts[ItemState.QUEUED] = max(0, counts.get(ItemState.QUEUED, 0) - 1)
            counts[ItemState.SENT] = counts.get(ItemState.SENT, 0) + 1
            self._see(replace(self.batch, counts=counts))

    def caught_up(self) -> None:
        """As the ledger has it."""
        self._see(self._ledger.batch(self.number))

    def ended(self, batch: Batch, failure: Failure | None) -> BatchSeen:
        """The last that is told of this run."""
        self.batch = batch
        seen = BatchSeen(batch, failure, self.labels_a_minute)
        self._tell(seen)
        return seen

    def _see(self, batch: Batch) -> None:
        self.batch = batch
        self._tell(BatchSeen(batch, None, self.labels_a_minute))
