"""The two parts of the ledger that printers need: jobs that wait, and rolls that are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gizqr_station.domain.job import JobDraft, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.queued import QueuedJob, WaitingLabel
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.supplies import Supply, SupplyKind


@dataclass(frozen=True, slots=True)
class Told:
    """What a printer made of a label that the ledger has as SENT; not written yet."""

    job: PrintJob
    outcome: PrintOutcome
    evidence: str


class JobQueue(Protocol):
    """Jobs that wait for a printer and a person; part of the ledger, so they survive whatever it survives.

    Every act is also an entry of its job, with who did it. All raise NotQueued for a job that waits no more.
    """

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
        """Open the job (INTENDED) and let it wait for the draft's printer, in one transaction; as ``open`` does."""
        ...

    def enqueue_all(
        self,
        labels: Sequence[tuple[JobDraft, LabelImage]],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        """Enqueue several in one transaction: all of it, or nothing."""
        ...

    def queued(self, printer: str = "") -> Sequence[QueuedJob]:
        """Oldest first; of one printer, or of all."""
        ...

    def hold(self, job: int, *, who: str, reason: str) -> QueuedJob:
        """It is not sent until somebody releases it."""
        ...

    def queued_job(self, job: int) -> QueuedJob:
        """One job that waits."""
        ...

    def waiting_label(self, job: int) -> WaitingLabel:
        """The same, with its dots and what its printer has left."""
        ...

    def held_count(self, printer: str) -> int:
        """How many jobs for a printer are held; asked every second, whatever the queue's length."""
        ...

    def hold_waiting(self, printer: str, *, who: str, reason: str) -> Sequence[QueuedJob]:
        """Hold all that still wait for a printer, at once; those that were not held before."""
        ...

    def release(self, job: int, *, who: str) -> QueuedJob:
        """It may be sent."""
        ...

    def reassign(self, job: int, printer: str, *, who: str) -> QueuedJob:
        """It will go to another printer, and stays held or waiting as it is."""
        ...

    def cancel(self, job: int, *, who: str) -> PrintJob:
        """It waits no more and is FAILED: nothing was sent, the identity is free."""
        ...

    def take(self, job: int, *, who: str, printer: str = "", release: bool = False) -> PrintJob:
        """Out of the queue and SENT, in one transaction: nobody else can take it. Raises JobHeld too.

        With ``printer``, NotQueued if somebody has moved it to another one meanwhile. With ``release``, a held job is
        released by the same act. Raises RollEnded and RibbonEnded where none is left by count.
        """
        ...

    def settle_and_take(self, told: Told, job: int, *, who: str, printer: str = "") -> tuple[PrintJob, PrintJob]:
        """Write what became of one label and take the next, in one transaction; both as they are afterwards.

        One durable write a label is what lets a batch keep ahead of the fastest print head. What raises wrote nothing.
        """
        ...


class SupplyCounter(Protocol):
    """Labels and ribbon by count; part of the ledger.

    A job that becomes SENT takes one of each of its printer, and gives it back when the printer refused it.
    """

    def supplies(self, printer: str) -> tuple[Supply, ...]:
        """What is counted for a printer, labels first."""
        ...

    def load_supply(self, printer: str, kind: SupplyKind, full: int, warn_below: int, *, who: str) -> None:
        """A new roll was put in; with ``full`` 0 nobody counts any more."""
        ...

    def use_supply(self, printer: str, labels: int) -> None:
        """Labels that no job stands for: test labels, calibration."""
        ...

    def rename_printer(self, was: str, now: str, *, who: str) -> None:
        """What waits for a printer, and what is counted of it, goes on under its new name, in one transaction."""
        ...
