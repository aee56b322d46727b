"""Scanners that type: whatever has the focus, a scan goes to one place and never presses a button.

A wedge scanner types a key every few milliseconds, a person never does. Every key is held back until it is clear which
it was: a run of at least six, each within the gap of the one before and ended by Enter or silence, is a scan with all
that came in it, and so is whatever begins with the programmed prefix; anything else is given on as if nothing had been
held. The events' own time stamps count, and a silence only while the window is alive, so a busy moment of the window
turns no scan into typing. Figures: 7 to 16 ms a key in the field, 35 ms as the gap.
"""

import logging
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputEvent, QKeyEvent, QWindow

from gizqr_station.domain.scan_text import LONGEST_SCAN
from gizqr_station.gui.scanner_keys import (
    ENTER_PAUSE_MS,
    PREFIX_PAUSE_MS,
    SCAN_PAUSE_MS,
    SHORTEST_SCAN,
    SILENCE_MS,
    SILENT_KEYS,
    TYPING_SCANNER,
    ScannerKeys,
    adds,
    elapsed_ms,
    key_of,
    types,
)

log = logging.getLogger(__name__)

_TICK_MS = 25
_LATE_TICK_MS = 125
"""The window was busy: what was typed meanwhile may still be on its way here."""
_WATCHED = "scans_are_routed"
_ELSEWHERE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.FocusAboutToChange,
}


@dataclass(frozen=True, slots=True)
class _Held:
    event: QKeyEvent
    receiver: QObject

    @property
    def pressed(self) -> bool:
        return self.event.type() is QEvent.Type.KeyPress


class ScanRouter(QObject):
    """An event filter for every window of the application (a QWindow sees each key once).

    ``scanned`` carries the text, without prefix and suffix, at most one character longer than the longest scan.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None, keys: ScannerKeys = TYPING_SCANNER) -> None:
        super().__init__(parent)
        self._keys = keys
        self._held: list[_Held] = []
        self._texts: list[str] = []
        self._prefixed = False
        self._behind_scan = False
        self._last_ms: int | None = None
        self._typed_ms: int | None = None
        self._down: set[int] = set()
        """Keys that are held back and not released yet."""
        self._swallowed: set[int] = set()
        """Keys whose release is to be swallowed as well."""
        self._given_on: QKeyEvent | None = None
        self._closed = False
        self._quiet_ms = 0
        self._since_tick = QElapsedTimer()
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._found)

    def watch(self, window: QWindow) -> None:
        """Keys arrive at this window; any other is found as soon as it has the focus."""
        window.setProperty(_WATCHED, True)
        window.installEventFilter(self)

    @Slot(QWindow)
    def _found(self, window: QWindow | None) -> None:
        if window is not None and not window.property(_WATCHED) and not self._closed:
            self.watch(window)

    def close(self) -> None:
        """Find no more windows: the one that this router belongs to goes."""
        self._closed = True
        self.forget()

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Hold, swallow or let through one event."""
        if event is self._given_on:
            return False
        kind = event.type()
        if not isinstance(event, QKeyEvent):
            if kind in _ELSEWHERE:
                self._something_else(event)
            return False
        if event.key() in SILENT_KEYS:
            return False
        if kind is QEvent.Type.ShortcutOverride:
            return self._overrides(event)
        if kind is QEvent.Type.KeyRelease:
            return self._release(_Held(QKeyEvent(event), receiver))
        return kind is QEvent.Type.KeyPress and self._press(_Held(QKeyEvent(event), receiver))

    def ends_typing(self, event: QKeyEvent) -> bool:
        """Whether an Enter stands so close behind typed keys that it may be the end of a slow or short scan."""
        return self._typed_ms is not None and 0 <= elapsed_ms(self._typed_ms, event.timestamp()) < ENTER_PAUSE_MS

    def forget(self) -> None:
        """As if nothing had ever been typed."""
        self._ticks.stop()
        self._held.clear()
        self._texts.clear()
        self._down.clear()
        self._swallowed.clear()
        self._prefixed = self._behind_scan = False
        self._last_ms = self._typed_ms = None

    def _overrides(self, event: QKeyEvent) -> bool:
        """Qt asks before it looks for a shortcut: a key within a scan is none."""
        if self._joins(event):
            event.accept()
            return True
        return False

    def _press(self, held: _Held) -> bool:
        event, key = held.event, key_of(held.event)
        if event.isAutoRepeat():
            # A key that is leaned on. One that a scanner was unplugged on is held down for ever.
            if key not in self._swallowed:
                self._end()
            return key in self._swallowed
        self._swallowed.discard(key)
        if not self._joins(event):
            self._end()
            self._behind_scan = False
        self._last_ms = event.timestamp()
        if types(event):
            self._typed_ms = event.timestamp()
        self._hold(held)
        return True

    def _hold(self, held: _Held) -> None:
        if not self._keys.ends_scan(held.event.key()) or not self._is_scan():
            if len(self._texts) <= LONGEST_SCAN:
                self._held.append(held)
                self._down.add(key_of(held.event))
                self._texts.append(adds(held.event))
            else:
                self._swallowed.add(key_of(held.event))
            self._prefixed = self._prefixed or self._begins_with_prefix()
            self._quiet_ms = 0
            self._since_tick.start()
            self._ticks.start()
            return
        self._swallowed.add(key_of(held.event))
        self._end()

    def _release(self, held: _Held) -> bool:
        key, again = key_of(held.event), held.event.isAutoRepeat()
        if key in self._down:
            if again:
                self._end()
                return key in self._swallowed
            self._down.discard(key)
            self._held.append(held)
            return True
        swallowed = key in self._swallowed
        if swallowed and not again:
            self._swallowed.discard(key)
        return swallowed

    def _joins(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to what is held, or right behind the scan that has just ended."""
        if self._last_ms is None or not (self._held or self._behind_scan):
            return False
        gap_ms = self._keys.gap_ms
        if self._held and (self._prefixed or self._may_become_prefix(event)):
            gap_ms = PREFIX_PAUSE_MS
        elif self._held and self._is_scan():
            gap_ms = max(gap_ms, self._pause_ms)
        elif self._keys.ends_scan(event.key()) and not self._held:
            gap_ms = max(gap_ms, SILENCE_MS)
        return abs(elapsed_ms(self._last_ms, event.timestamp())) <= gap_ms

    def _begins_with_prefix(self) -> bool:
        prefix = self._keys.prefix
        return 0 < len(self._texts) <= len(prefix) and "".join(self._texts).startswith(prefix)

    def _may_become_prefix(self, event: QKeyEvent) -> bool:
        prefix = self._keys.prefix
        return len(self._texts) < len(prefix) and prefix.startswith("".join(self._texts) + adds(event))

    def _is_scan(self) -> bool:
        if self._prefixed:
            return len(self._texts) > len(self._keys.prefix)
        return len(self._texts) >= SHORTEST_SCAN or (self._behind_scan and bool(self._texts))

    def _something_else(self, event: QEvent) -> None:
        """Something is pressed elsewhere: after what was typed, but perhaps in the middle of a scan."""
        if self._last_ms is None:
            return
        if isinstance(event, QInputEvent):
            amid = abs(elapsed_ms(self._last_ms, event.timestamp())) <= self._keys.gap_ms
        else:
            amid = len(self._texts) > 1
        if not amid:
            self._end()

    @Slot()
    def _tick(self) -> None:
        self._quiet_ms = 0 if self._since_tick.restart() > _LATE_TICK_MS else self._quiet_ms + _TICK_MS
        if self._quiet_ms >= self._pause_ms:
            self._end()

    @property
    def _pause_ms(self) -> int:
        """After so long without a key what is held has ended."""
        begun = len(self._texts) <= len(self._keys.prefix) and self._keys.prefix.startswith("".join(self._texts))
        if self._prefixed or begun:
            return PREFIX_PAUSE_MS
        return SCAN_PAUSE_MS if self._is_scan() and self._keys.suffix != "none" else SILENCE_MS

    @Slot()
    def _end(self) -> None:
        """Nothing more belongs to what is held: it was a scan, or it was typed."""
        self._ticks.stop()
        if not self._held:
            return
        was_scan, prefixed = self._is_scan(), self._prefixed
        held, texts = self._held, self._texts
        self._held, self._texts, self._prefixed = [], [], False
        self._down.clear()
        if was_scan:
            self._behind_scan = True
            self._swallow(held)
            text = "".join(texts).removeprefix(self._keys.prefix if prefixed else "").rstrip("\r\n\t")
            if text:
                self.scanned.emit(text)
        else:
            self._give_on(held, len(texts))

    def _swallow(self, held: list[_Held]) -> None:
        for one in held:
            (self._swallowed.add if one.pressed else self._swallowed.discard)(key_of(one.event))

    def _give_on(self, held: list[_Held], presses: int) -> None:
        """As it was pressed. Of several keys that came as fast as a scanner's only what types is: no hand does that."""
        lost: set[int] = set()
        for one in held:
            key = key_of(one.event)
            if one.pressed and presses > 1 and not types(one.event):
                log.info("a key in a short run of fast ones was dropped: %#x", one.event.key())
                lost.add(key)
                self._swallow([one])
            elif not one.pressed and key in lost:
                lost.discard(key)
                self._swallow([one])
            else:
                self._send(one)

    def _send(self, one: _Held) -> None:
        receiver: QObject | None = one.receiver
        if not shiboken6.isValid(one.receiver):
            receiver = QGuiApplication.focusWindow()
        if receiver is None:
            return
        before, self._given_on = self._given_on, one.event
        try:
            QCoreApplication.sendEvent(receiver, one.event)
        finally:
            self._given_on = before
