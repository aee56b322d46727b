"""Passes what is asked on the printers page on to the station once it is open."""

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.printer_controls import PrinterControls


class PrintersBehind(DeskBehind[PrinterControls]):
    """The printer desk, or nobody yet."""

    def look_for_printers(self) -> None:
        """Search."""
        self._ask(lambda desk: desk.look_for_printers())

    def look_at(self, name: str) -> None:
        """Ask a printer for its state."""
        self._ask(lambda desk: desk.look_at(name))

    def save(self, config: PrinterConfig, was: str) -> None:
        """Keep a printer's settings."""
        self._ask(lambda desk: desk.save(config, was))

    def remove(self, name: str) -> None:
        """Forget a printer."""
        self._ask(lambda desk: desk.remove(name))

    def use_for_line(self, name: str) -> None:
        """Let the line print there."""
        self._ask(lambda desk: desk.use_for_line(name))

    def test_label(self, name: str) -> None:
        """Print one test label."""
        self._ask(lambda desk: desk.test_label(name))

    def calibrate(self, name: str) -> None:
        """Let it measure its media."""
        self._ask(lambda desk: desk.calibrate(name))

    def new_roll(self, name: str, kind: SupplyKind, full: int, warn_below: int) -> None:
        """A new roll was put in."""
        self._ask(lambda desk: desk.new_roll(name, kind, full, warn_below))

    def hold(self, job: int) -> None:
        """Do not send it."""
        self._ask(lambda desk: desk.hold(job))

    def release(self, job: int) -> None:
        """Print this one label."""
        self._ask(lambda desk: desk.release(job))

    def cancel(self, job: int) -> None:
        """Let it wait no more."""
        self._ask(lambda desk: desk.cancel(job))

    def move(self, job: int, printer: str) -> None:
        """Let it go to another printer."""
        self._ask(lambda desk: desk.move(job, printer))
