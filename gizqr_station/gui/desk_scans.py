"""Scans that belong to the reprint desk: all of them while the records page is looked at, but never a line's label.

A scan-back comes before everything: while a label of any slot waits for its scan, the line has every scan. A command
is the line's in any case, and so is a badge, unless the desk waits for a second person's.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.scans import ScanKind, sort_scan


class DeskScans(QObject):
    """``taken`` carries the text of a scan for the desk, ``badge`` that of a second person's badge.

    ``changed`` whenever it is somebody else's turn to have the scans.
    """

    taken = Signal(str)
    badge = Signal(str)
    changed = Signal()
    awaits = Signal()
    """Whether a second person's badge is waited for has changed."""

    def __init__(self, in_hand: Callable[[], int], rules: ScanRules = PLAIN, parent: QObject | None = None) -> None:
        """``in_hand``: the slot whose label waits for its scan, 0 for none."""
        super().__init__(parent)
        self._in_hand = in_hand
        self._told = (False, 0)
        self.rules = rules
        """How badges look; those that nothing is known of are the line's."""
        self.standing = False
        """Somebody looks at the desk."""
        self._badge_awaited = False

    @property
    def badge_awaited(self) -> bool:
        """The desk waits for a second person."""
        return self._badge_awaited

    @badge_awaited.setter
    def badge_awaited(self, awaited: bool) -> None:
        if awaited != self._badge_awaited:
            self._badge_awaited = awaited
            self.awaits.emit()

    @property
    def held_by(self) -> int:
        """The slot whose label comes first; 0 where there is none, and where nobody looks."""
        return self._in_hand() if self.standing else 0

    @property
    def taking(self) -> bool:
        """Whether a scan goes to the desk."""
        return self.standing and not self.held_by

    def stand(self, *, on: bool) -> None:
        """Somebody looks at the desk, or nobody does any more."""
        self.standing = on
        self.look()

    @Slot()
    def look(self) -> None:
        """Something happened at the line: perhaps a label waits there now."""
        now = (self.taking, self.held_by)
        if now != self._told:
            self._told = now
            self.changed.emit()

    def take(self, text: str) -> bool:
        """Whether the desk took it; else it is the line's."""
        self.look()
        if not self.taking:
            return False
        scan = sort_scan(text, self.rules)
        if scan.what is ScanKind.COMMAND:
            return False
        # Without a pattern of badges, what means nothing else may be one, but only while one is waited for.
        unknown_kind = self.rules.badge is None and scan.meaningless
        if scan.what is ScanKind.BADGE or (self.badge_awaited and unknown_kind):
            if self.badge_awaited:
                self.badge.emit(scan.text)
            return self.badge_awaited
        self.taken.emit(text)
        return True
