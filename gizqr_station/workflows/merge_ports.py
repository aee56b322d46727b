"""What a merge needs of the ledger that takes over, and of the one that is taken over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from gizqr_station.domain.audit import SealedEntry
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.merging import Brought, Conflict, MergedUpTo, MergePage, Taken


class ForeignRecord(Protocol):
    """Another ledger, found whole, that nobody writes meanwhile."""

    def ledger_id(self) -> str:
        """What tells it from every other."""
        ...

    def last_entry(self) -> int:
        """Sequence of the newest; 0 for none."""
        ...

    def seal_at(self, sequence: int) -> str:
        """The seal of one entry; empty where there is none."""
        ...

    def entries(self, after: int, limit: int) -> Sequence[SealedEntry]:
        """The next of them in their order, of every kind."""
        ...

    def brought(self, numbers: Iterable[int]) -> Mapping[int, Brought]:
        """These labels as they stand there, with their images."""
        ...


class MergeStore(Protocol):
    """The ledger that takes over."""

    def ledger_id(self) -> str:
        """What tells it from every other."""
        ...

    def with_serial(self, label_serial: str) -> PrintJob | None:
        """The label that has exactly this serial."""
        ...

    def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
        """The label that claims each of these devices, where one does."""
        ...

    def merged_upto(self, origin: str) -> MergedUpTo:
        """How far another ledger was merged."""
        ...

    def take_over(self, page: MergePage, so_far: Taken, *, who: str, last: bool) -> Taken:
        """All of a page in one transaction, or nothing; what it was.

        ``last``: the act that tells of the merge is written with it, and ``so_far`` is what the pages before brought.
        Raises LedgerDiverged, MergedMeanwhile where the page does not follow what was merged before.
        """
        ...

    def conflicts(self) -> Sequence[Conflict]:
        """Devices that two ledgers have labelled, in the order in which that was found."""
        ...

    def keep(self, number: int, *, who: str, reason: str) -> tuple[PrintJob, Sequence[PrintJob]]:
        """Void all other live labels of the label's device; it, and those. Raises NotContested, RivalUnsent."""
        ...
