"""What the ledger answers and writes for labels that replace others."""

from collections.abc import Sequence
from typing import Protocol

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, PrintJob
from gizqr_station.domain.label import LabelImage


class CorrectionStore(Protocol):
    """Labels by what tells them apart, and the exchange of one for another."""

    def with_serial(self, label_serial: str) -> PrintJob | None:
        """The label that has exactly this serial."""
        ...

    def labels_of(self, product_key: str, identity: Identity) -> Sequence[PrintJob]:
        """All labels of one device, newest first."""
        ...

    def replace(
        self,
        old: PrintJob,
        draft: JobDraft,
        image: LabelImage,
        *,
        who: str,
        evidence: str,
        at_most: int | None = None,
    ) -> tuple[PrintJob, PrintJob]:
        """Void the old label, unless it is VOIDED already, and open the one that takes its place: both or neither.

        IllegalMove where the old one has moved meanwhile, NotTheNewest where the device has got another label since,
        OrderComplete as ``open``; ValueError for a draft that does not name the old one, is not of its device or does
        not say the same, or is not the revision that follows.
        """
        ...
