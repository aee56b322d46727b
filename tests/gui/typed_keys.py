"""Keys as they arrive at a native window: from a scanner, which is fast, or from a hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Key:
    """One press and its release."""

    key: int
    text: str = ""
    modifiers: Qt.KeyboardModifier = NONE


ENTER = Key(Qt.Key.Key_Return, "\r")
TAB = Key(Qt.Key.Key_Tab, "\t")
ESCAPE = Key(Qt.Key.Key_Escape, "\x1b")
F8 = Key(Qt.Key.Key_F8)


def letters(text: str) -> list[Key]:
    """A key for each character; what a keyboard has no key for arrives with its character alone."""
    return [Key(ord(letter.upper()) if len(letter.upper()) == 1 else 0, letter) for letter in text]


def chord(letter: str, modifiers: Qt.KeyboardModifier = CONTROL) -> Key:
    """Control and a letter, as scanners type what is in a code before the blank; the letter @ A … Z [ \\ ] ^ _."""
    return Key(ord(letter), chr(ord(letter) - 64) if modifiers == CONTROL else letter.lower(), modifiers)


class Typist:
    """Types at a window, each key stamped so long after the one before."""

    def __init__(self, window: QWidget, *, asking: bool = True) -> None:
        """``asking``: whether Qt asks before each key if anybody wants it for himself, as it does."""
        self._window = window
        self.asking = asking
        self.clock = 1000

    @property
    def handle(self) -> QWindow:
        """Where keys arrive."""
        return self._window.windowHandle()

    def type(self, keys: Iterable[Key], gap_ms: float, pause_ms: int = 1000) -> None:
        """First a pause, then the keys."""
        at = float(self.clock + pause_ms)
        for key in keys:
            self.send(key, round(at))
            self.clock = round(at)
            at += gap_ms

    def scan(self, text: str, gap_ms: float = 8, end: tuple[Key, ...] = (ENTER,), pause_ms: int = 1000) -> None:
        """As a scanner does."""
        self.type([*letters(text), *end], gap_ms, pause_ms)

    def send(self, key: Key, at_ms: int) -> None:
        """Press and release, as the window system would: first it asks whether the key is a shortcut."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        for kind in kinds if self.asking else kinds[1:]:
            self._sent(QKeyEvent(kind, key.key, key.modifiers, key.text), at_ms)

    def press_only(self, key: Key, at_ms: int, *, again: bool = False) -> None:
        """Without the release."""
        self._sent(QKeyEvent(QEvent.Type.KeyPress, key.key, key.modifiers, key.text, autorep=again), at_ms)

    def release_only(self, key: Key, at_ms: int) -> None:
        """Without the press."""
        self._sent(QKeyEvent(QEvent.Type.KeyRelease, key.key, key.modifiers, key.text), at_ms)

    def click(self, on: QWidget, later_ms: int) -> None:
        """The mouse, so long after the last key."""
        at = QPointF(on.mapTo(self._window, on.rect().center()))
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            event = QMouseEvent(
                kind, at, self.handle.mapToGlobal(at), Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, NONE
            )
            event.setTimestamp(self.clock + later_ms)
            QCoreApplication.sendEvent(self.handle, event)

    def _sent(self, event: QKeyEvent, at_ms: int) -> None:
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(self.handle, event)
