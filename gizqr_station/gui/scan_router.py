"""Scanners that type: whatever has the focus, a scan goes to one place and never presses a button.

A wedge scanner types a key every few milliseconds, a person never does. Keys are held back until it is clear which
it was: a run of at least six, each within the gap of the one before and ended by Enter, Tab or silence, is a scan;
anything else is given on as if nothing had been held. The event's own time stamps count, so a busy moment of the
window does not turn a scan into typing. Figures: 7 to 16 ms a key in the field, 35 ms as the gap.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

GAP_MS = 35
SHORTEST_SCAN = 6
LONGEST_SCAN = 4096
SILENCE_MS = 100
ENTER_PAUSE_MS = 500
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_ELSEWHERE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.FocusAboutToChange,
}
_SILENT_KEYS = {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr}


class ScanRouter(QObject):
    """An event filter for a window (a QWindow, which sees each key once). ``scanned`` carries the text."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._last_ms = 0
        self._typed_ms: int | None = None
        self._receiver: QObject | None = None
        self._replaying = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._end)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Hold, swallow or let through one event."""
        if event.type() in _ELSEWHERE and not self._replaying:
            # Whatever is pressed now is pressed after what was typed.
            self._end()
        if self._replaying or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() in _SILENT_KEYS or event.isAutoRepeat():
            return False
        if event.type() is QEvent.Type.KeyRelease:
            return bool(self._held)
        self._receiver = receiver
        if self._held and event.timestamp() - self._last_ms > GAP_MS:
            self._end()
        self._last_ms = event.timestamp()
        if event.key() not in _ENDS and _types(event):
            self._typed_ms = event.timestamp()
        if event.key() in _ENDS and self._is_scan():
            self._end()
            return True
        if not _types(event):
            self._end()
            return False
        if len(self._held) < LONGEST_SCAN:
            self._held.append(QKeyEvent(event))
        self._silence.start()
        return True

    def ends_typing(self, event: QKeyEvent) -> bool:
        """Whether an Enter stands so close behind typed keys that it may be the end of a slow or short scan."""
        return self._typed_ms is not None and 0 <= event.timestamp() - self._typed_ms < ENTER_PAUSE_MS

    def forget(self) -> None:
        """As if nothing had ever been typed."""
        self._silence.stop()
        self._held.clear()
        self._typed_ms = None

    def _is_scan(self) -> bool:
        return len(self._held) >= SHORTEST_SCAN

    @Slot()
    def _end(self) -> None:
        self._silence.stop()
        held, self._held = self._held, []
        if len(held) >= SHORTEST_SCAN:
            self.scanned.emit("".join(event.text() for event in held))
        elif held and self._receiver is not None:
            self._replay(held, self._receiver)

    def _replay(self, held: list[QKeyEvent], receiver: QObject) -> None:
        self._replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(receiver, event)
                release = QKeyEvent(QEvent.Type.KeyRelease, event.key(), event.modifiers(), event.text())
                QCoreApplication.sendEvent(receiver, release)
        finally:
            self._replaying = False


def _types(event: QKeyEvent) -> bool:
    """Whether this key types something, and is no shortcut."""
    shortcut = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.text()) and not event.modifiers() & shortcut and event.key() != Qt.Key.Key_Escape
