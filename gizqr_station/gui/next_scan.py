"""One scan that a person wants judged instead of handed to the line.

A scan-back comes before everything: while a label of any slot waits for its scan nothing is armed, and what was armed
before is let go, so that no scan of such a label is ever taken from the line. A command is the line's in any case.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from gizqr_station.domain.scan_rules import PLAIN
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.gui.countdown import Countdown

ARMED_FOR_S = 30.0
SAME_PULL_S = 0.5
"""What comes so soon after the scan that was taken was read with it: a module has several codes side by side."""


class NextScan(QObject):
    """Armed for one scan, for half a minute, or until ``disarm``; ``changed`` tells all of it, each second too."""

    changed = Signal()

    def __init__(
        self, in_hand: Callable[[], int], now: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        """``in_hand``: the slot whose label waits for its scan, 0 for none."""
        super().__init__(parent)
        self._in_hand = in_hand
        self._now = now
        self._taken = ""
        self._taken_at = 0.0
        self._left = Countdown(now, self)
        self._left.changed.connect(self.changed)
        self.held_by = 0
        """The slot whose label kept it from being armed, or ended it."""

    @property
    def armed(self) -> bool:
        """Whether the next scan is taken."""
        return self._left.left_s > 0

    @property
    def left_s(self) -> int:
        """Whole seconds that it stays armed."""
        return self._left.left_s

    def arm(self) -> None:
        """A person wants the next scan judged."""
        self.held_by = self._in_hand()
        self._left.start(0.0 if self.held_by else ARMED_FOR_S)
        self.changed.emit()

    @Slot()
    def disarm(self) -> None:
        """Nothing is taken; why it was held is no longer said either."""
        if self.armed or self.held_by:
            self._left.stop()
            self.held_by = 0
            self.changed.emit()

    @Slot()
    def look(self) -> None:
        """Something happened at the line: a label that waits for its scan ends it."""
        slot = self._in_hand()
        if self.armed and slot:
            self._left.stop()
            self.held_by = slot
            self.changed.emit()
        elif self.held_by and not slot:
            self.held_by = 0
            self.changed.emit()

    def take(self, text: str) -> str | None:
        """The text to judge, empty for what goes with a scan that was taken just now; None: it is the line's."""
        self.look()
        scan = sort_scan(text, PLAIN)
        if scan.what is ScanKind.COMMAND:
            return None
        if self.armed:
            self._taken, self._taken_at = scan.text, self._now()
            self.disarm()
            return scan.text
        return "" if self._same_pull(scan.text) else None

    def _same_pull(self, text: str) -> bool:
        """Whether one pull of the trigger read it with what was judged: once more, or beside it."""
        if not self._taken or self._in_hand():
            return False
        since_s = self._now() - self._taken_at
        return since_s <= SAME_PULL_S or (text == self._taken and since_s <= PLAIN.repeat_s)
