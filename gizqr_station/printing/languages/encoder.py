"""What every language offers: set the printer up, print one label, measure the media."""

from typing import Protocol

from gizqr_station.domain.label import LabelImage


class Encoder(Protocol):
    """Pure: made from a PrinterConfig, the same dots give the same bytes."""

    def setup(self) -> bytes:
        """What the printer keeps until it is told otherwise; prints nothing.

        Sent before each label, for others print too. Empty where the language has nothing of the kind.
        """
        ...

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """Exactly one label of these very dots.

        Raises LabelTooLarge, and ValueError for a job name of more than letters, digits and hyphens.
        """
        ...

    def calibration(self) -> bytes | None:
        """Lets the printer measure its media; None where the language has no such command."""
        ...
