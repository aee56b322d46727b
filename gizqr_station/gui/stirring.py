"""Tells that somebody is at work here: a key or a touch anywhere in the window, once a second at most."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow

EVERY_S = 1.0
_STIRS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}
)


class Stirring(QObject):
    """An event filter that only looks on; ``tell`` puts off the lock of whoever works here."""

    def __init__(
        self, tell: Callable[[], None], now: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        """``now``: seconds on a clock that never jumps."""
        super().__init__(parent)
        self._tell = tell
        self._now = now
        self._told: float | None = None
        self._watched: QWindow | None = None

    def watch(self, window: QWindow) -> None:
        """Keys and touches arrive at this window."""
        if window is not self._watched:
            self._watched = window
            window.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Look on; nothing is held."""
        del receiver
        if event.type() in _STIRS:
            now = self._now()
            if self._told is None or now - self._told >= EVERY_S:
                self._told = now
                self._tell()
        return False
