"""Passes what is pressed and scanned on to the station once it is open; before that there is nothing it could mean."""

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.station_page import LineControls


class LineBehind:
    """The line, or nobody yet."""

    def __init__(self) -> None:
        self.target: LineControls | None = None

    def scanned(self, text: str) -> None:
        """A scanner typed this."""
        if self.target is not None:
            self.target.scanned(text)

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        if self.target is not None:
            self.target.no_usable_label(job)

    def try_again(self) -> None:
        """Try the refused unit again."""
        if self.target is not None:
            self.target.try_again()

    def new_roll(self, kind: SupplyKind) -> None:
        """A roll or ribbon was changed."""
        if self.target is not None:
            self.target.new_roll(kind)


class DeskBehind:
    """The printer desk, or nobody yet. Whether the page is looked at is told to it as soon as it is there."""

    def __init__(self) -> None:
        self._desk: PrinterControls | None = None
        self._visible = False

    def open(self, desk: PrinterControls) -> None:
        """From now on there is one."""
        self._desk = desk
        desk.shown(self._visible)

    def close(self) -> None:
        """From now on there is none."""
        self._desk = None

    def look_for_printers(self) -> None:
        """Search."""
        if self._desk is not None:
            self._desk.look_for_printers()

    def look_at(self, name: str) -> None:
        """Ask a printer for its state."""
        if self._desk is not None:
            self._desk.look_at(name)

    def save(self, config: PrinterConfig, was: str) -> None:
        """Keep a printer's settings."""
        if self._desk is not None:
            self._desk.save(config, was)

    def remove(self, name: str) -> None:
        """Forget a printer."""
        if self._desk is not None:
            self._desk.remove(name)

    def use_for_line(self, name: str) -> None:
        """Let the line print there."""
        if self._desk is not None:
            self._desk.use_for_line(name)

    def test_label(self, name: str) -> None:
        """Print one test label."""
        if self._desk is not None:
            self._desk.test_label(name)

    def calibrate(self, name: str) -> None:
        """Let it measure its media."""
        if self._desk is not None:
            self._desk.calibrate(name)

    def new_roll(self, name: str, kind: SupplyKind, full: int, warn_below: int) -> None:
        """A new roll was put in."""
        if self._desk is not None:
            self._desk.new_roll(name, kind, full, warn_below)

    def hold(self, job: int) -> None:
        """Do not send it."""
        if self._desk is not None:
            self._desk.hold(job)

    def release(self, job: int) -> None:
        """Print this one label."""
        if self._desk is not None:
            self._desk.release(job)

    def cancel(self, job: int) -> None:
        """Let it wait no more."""
        if self._desk is not None:
            self._desk.cancel(job)

    def move(self, job: int, printer: str) -> None:
        """Let it go to another printer."""
        if self._desk is not None:
            self._desk.move(job, printer)

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page."""
        self._visible = visible
        if self._desk is not None:
            self._desk.shown(visible)
