"""Python's cyclic garbage is collected on the GUI thread alone.

The collector runs on whichever thread happens to allocate. Should a cycle hold a widget, a lane's thread would then
destroy it, and Qt ends the process when its objects die on a foreign thread.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1000


class GarbageCollection(QObject):
    """From its making until ``end`` nothing is collected but here, a generation at a time, between events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """The oldest generation that is due by Python's own thresholds."""
        for generation, (count, threshold) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > threshold:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Collect once more, here, and leave the rest to Python again."""
        self._timer.stop()
        gc.collect()
        if self._was_enabled:
            gc.enable()
