"""Passes what is pressed and scanned on to the station once it is open; scans wait for it, for a while."""

import logging
import time
from collections import deque
from collections.abc import Callable

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.scan_failures import StillOpening
from gizqr_station.domain.scan_text import escaped, in_short, printable
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.workflows.happenings import ScanRefused, Tell

log = logging.getLogger(__name__)

MOST_EARLY_SCANS = 100
EARLY_FOR_S = 10.0
"""A device that was scanned longer ago may be another one by now."""


class LineBehind:
    """The line, or nobody yet. What is scanned before there is one is for it, unless that was long ago."""

    def __init__(self, tell: Tell, now: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._now = now
        self._target: LineControls | None = None
        self._closed = False
        self._early: deque[tuple[float, str]] = deque()

    def open(self, target: LineControls) -> None:
        """From now on there is one; it hears what was scanned meanwhile."""
        self._target = target
        early, self._early = self._early, deque()
        for at, text in early:
            if self._now() - at <= EARLY_FOR_S:
                target.scanned(text, at)
            else:
                self._too_early(text)

    def close(self) -> None:
        """From now on there is none, and there will be none: no scan waits any longer."""
        self._target = None
        self._closed = True
        early, self._early = self._early, deque()
        for _, text in early:
            self._too_early(text)

    def scanned(self, text: str, at: float | None = None) -> None:
        """A scanner typed this, now or ``at``."""
        if self._target is not None:
            self._target.scanned(text, at)
            return
        log.info("scanned while no station is open: %s", escaped(text))
        if self._closed:
            self._too_early(text)
            return
        self._early.append((self._now() if at is None else at, text))
        if len(self._early) > MOST_EARLY_SCANS:
            self._too_early(self._early.popleft()[1])

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        if self._target is not None:
            self._target.no_usable_label(job)

    def try_again(self, slot: int) -> None:
        """Try the refused unit of this slot again."""
        if self._target is not None:
            self._target.try_again(slot)

    def new_roll(self, kind: SupplyKind) -> None:
        """A roll or ribbon was changed."""
        if self._target is not None:
            self._target.new_roll(kind)

    def _too_early(self, text: str) -> None:
        self._tell(ScanRefused(StillOpening(in_short(printable(text)))))


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
