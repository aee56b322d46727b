"""What the printers page asks for; the workflows' printer desk is it."""

from typing import Protocol

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.supplies import SupplyKind


class PrinterControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def look_for_printers(self) -> None:
        """Search: PrinterFound for each, then SearchEnded."""
        ...

    def look_at(self, name: str) -> None:
        """Ask a printer for its state: PrinterLooked."""
        ...

    def save(self, config: PrinterConfig, was: str) -> None:
        """Keep a printer's settings; ``was`` is its old name, empty for a new one. PrintersKnown, DeskDone(SAVE)."""
        ...

    def remove(self, name: str) -> None:
        """Forget a printer. PrintersKnown, DeskDone(SAVE)."""
        ...

    def use_for_line(self, name: str) -> None:
        """The line prints there from its next label on. PrintersKnown, DeskDone(SAVE)."""
        ...

    def test_label(self, name: str) -> None:
        """Print one test label. DeskDone(TEST_LABEL) with the outcome."""
        ...

    def calibrate(self, name: str) -> None:
        """Let it measure its media. DeskDone(CALIBRATE)."""
        ...

    def new_roll(self, name: str, kind: SupplyKind, full: int, warn_below: int) -> None:
        """A new roll was put in; with ``full`` 0 nobody counts. DeskDone(NEW_ROLL), PrinterLooked."""
        ...

    def hold(self, job: int) -> None:
        """A waiting job is not sent until it is released. DeskDone(QUEUE), QueueSeen."""
        ...

    def release(self, job: int) -> None:
        """Print this one label. DeskDone(QUEUE) with the outcome, QueueSeen."""
        ...

    def cancel(self, job: int) -> None:
        """It waits no more; nothing was sent. DeskDone(QUEUE), QueueSeen."""
        ...

    def move(self, job: int, printer: str) -> None:
        """It will go to another printer. DeskDone(QUEUE), QueueSeen."""
        ...

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: only then are the printers asked again and again."""
        ...
