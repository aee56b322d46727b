"""Seconds that run down by themselves, for whoever shows them: the timer only says that another one is over."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_TICK_MS = 200


class Countdown(QObject):
    """``changed`` whenever ``left_s`` is another whole number, the last time with 0."""

    changed = Signal()

    def __init__(self, now: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        """``now``: seconds on a clock that never jumps."""
        super().__init__(parent)
        self._now = now
        self._ends = 0.0
        self._told = 0
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.tick)

    @property
    def left_s(self) -> int:
        """Whole seconds, the one that has begun counted in; 0 when it is over or was never begun."""
        return max(0, math.ceil(self._ends - self._now())) if self._ticks.isActive() else 0

    def start(self, seconds: float) -> None:
        """From now on so many; anything before is forgotten. Nothing for 0 or less."""
        self.stop()
        if seconds > 0:
            self._ends = self._now() + seconds
            self._ticks.start()
            self._told = self.left_s

    def stop(self) -> None:
        """Nothing is counted; tells nothing."""
        self._ticks.stop()
        self._told = 0

    @Slot()
    def tick(self) -> None:
        """Time has passed."""
        left = self.left_s
        if left == self._told:
            return
        self._told = left
        if not left:
            self._ticks.stop()
        self.changed.emit()
