"""The part of the ledger that batches need: which lists were accepted, and what became of each of their identities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gizqr_station.domain.batch import Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.quota import Quota


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """What a person said yes to."""

    name: str
    product_key: str
    order: str
    printer: str
    identities: tuple[Identity, ...]
    """Without repeats, in the order of printing."""


@dataclass(frozen=True, slots=True)
class BatchLabel:
    """A label of a batch, drawn and ready to wait for its printer."""

    position: int
    """Of its item."""
    draft: JobDraft
    image: LabelImage
    remark: str = ""
    """Noted of its job as it is opened; empty for nothing."""


@dataclass(frozen=True, slots=True)
class BatchMove:
    """One line of a batch's append-only record."""

    state: BatchState
    """After it."""
    at: datetime
    who: str
    evidence: str
    """Why, or where it goes on: ``E-PRN-05``, ``paused``, ``on printer B``."""


class BatchStore(Protocol):
    """Batches, as durable as the rest of the ledger."""

    def begin_batch(self, draft: BatchDraft, *, who: str) -> Batch:
        """Keep the whole list (READY, all WAITING) in one transaction; ValueError for repeats, or for no list."""
        ...

    def batches(self, limit: int = 50) -> Sequence[Batch]:
        """Newest first."""
        ...

    def batch(self, number: int) -> Batch:
        """One of them; raises BatchUnknown."""
        ...

    def batch_items(
        self, number: int, states: Sequence[ItemState] = tuple(ItemState), *, after: int = 0, limit: int = 500
    ) -> Sequence[BatchItem]:
        """Those in one of these states behind position ``after``, in order."""
        ...

    def batch_history(self, number: int) -> Sequence[BatchMove]:
        """Everything that was written about a batch, in order."""
        ...

    def mark_items(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        """Write the state, job and reason of these items, in one transaction; identity and position never change.

        Raises BatchUnknown and BatchEnded; ValueError for an item that the batch does not have.
        """
        ...

    def enqueue_items(
        self,
        number: int,
        labels: Sequence[BatchLabel],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        """Enqueue the labels of WAITING items, which become QUEUED, in one transaction: all of it, or nothing.

        Raises what ``enqueue_all`` raises, BatchUnknown and BatchEnded; ValueError for an item that does not wait or
        is another identity's.
        """
        ...

    def catch_up(self, number: int, *, who: str, again: bool = False) -> Sequence[PrintJob]:
        """Bring the items in line with what became of their jobs; the batch's labels in doubt (UNKNOWN), oldest first.

        QUEUED becomes SENT where the job left, WAITING where the printer refused it, and REFUSED (``cancelled``)
        where a person cancelled it. With ``again``, as a person lets the batch go on, SENT becomes WAITING where the
        label was voided or never went out: it still has none. Raises BatchUnknown and BatchEnded.
        """
        ...

    def take_back(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        """Cancel the jobs of these QUEUED items, which wait again; in one transaction. What left already has left."""
        ...

    def move_batch(self, number: int, state: BatchState, *, who: str, reason: str = "", printer: str = "") -> Batch:
        """Write a legal move and who made it; raises BatchUnknown, BatchEnded, and BatchUnderWay when another runs.

        ``printer``: it goes on there; empty where that stays as it is.
        """
        ...

    def cancel_batch(self, number: int, *, who: str) -> Batch:
        """CANCELLED, its QUEUED items taken back, in one transaction; raises BatchUnknown and BatchEnded."""
        ...

    def pause_interrupted_batches(self, who: str) -> Sequence[Batch]:
        """What still says RUNNING becomes PAUSED (``stopped``); for who knows that it no longer runs, as at start.

        Caught up as well; labels of it that are SENT, and that nobody answered for, become UNKNOWN.
        """
        ...

    def labels_of_order(self, product_key: str, order: str) -> int:
        """How many identities have a live label under this order."""
        ...
