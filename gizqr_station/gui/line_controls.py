"""What the station page asks of the lines; the workflows' slots are it."""

from typing import Protocol

from gizqr_station.domain.supplies import SupplyKind


class LineControls(Protocol):
    """What the page may ask of the lines; every call returns at once."""

    def scanned(self, text: str, at: float | None = None) -> None:
        """A scanner typed this, now or ``at`` (monotonic, s)."""
        ...

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        ...

    def try_again(self, slot: int) -> None:
        """Try the refused unit of this slot again."""
        ...

    def new_roll(self, kind: SupplyKind) -> None:
        """A roll or ribbon like the last one was put into the line's printer."""
        ...
