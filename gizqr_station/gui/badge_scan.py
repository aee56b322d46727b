"""One scan that is somebody's badge, or a label for a page, and no device: kept from the line for whoever asked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from gizqr_station.gui.next_scan import NextScan


class BadgeScan(QObject):
    """Armed by a page for one scan; ``changed`` tells each second, and when it is over.

    While a label waits for its scan nothing is armed: that scan is the line's, whatever a page wants.
    """

    changed = Signal()

    def __init__(self, in_hand: Callable[[], int], parent: QObject | None = None) -> None:
        """``in_hand``: the slot whose label waits for its scan, 0 for none."""
        super().__init__(parent)
        self._next = NextScan(in_hand, parent=self)
        self._next.changed.connect(self.changed)
        self._taker: Callable[[str], None] | None = None
        self.for_label = False
        """What is waited for is a label, and no badge."""

    @property
    def left_s(self) -> int:
        """Whole seconds that the next scan is waited for; 0: it is the line's."""
        return self._next.left_s

    @property
    def held_by(self) -> int:
        """The slot whose label kept it from being armed."""
        return self._next.held_by

    def arm(self, taker: Callable[[str], None], *, for_label: bool = False) -> None:
        """The next scan is for ``taker``."""
        self._taker, self.for_label = taker, for_label
        self._next.arm()

    @Slot()
    def disarm(self) -> None:
        """The next scan is the line's."""
        self._taker = None
        self._next.disarm()

    @Slot()
    def look(self) -> None:
        """Something happened at the line."""
        self._next.look()

    def take(self, text: str) -> bool:
        """Whether it was kept from the line."""
        taken = self._next.take(text)
        if taken is None:
            return False
        taker, self._taker = self._taker, None
        if taken and taker is not None:
            taker(taken)
        return True
