"""How scanners that type are told from people: the figures, and what each key of theirs adds to a scan."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

GAP_MS = 35
SHORTEST_SCAN = 6
"""Keys. Fewer, however fast, may have been typed."""
SILENCE_MS = 100
"""After so long without a key nothing more belongs to what was typed."""
SCAN_PAUSE_MS = 250
"""The same for what is a scan by now: radio scanners and busy computers make pauses, and half a code is none."""
PREFIX_PAUSE_MS = 200
"""The same for a scan that began with the programmed prefix: slow scanners take 50 ms a key."""
ENTER_PAUSE_MS = 500
SILENT_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
"""They change what other keys say, and say nothing themselves."""
ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CLOCK = 1 << 32
# As numbers: every key comes by here, and Python's flags are slow.
_CONTROL = Qt.KeyboardModifier.ControlModifier.value
_ALT = Qt.KeyboardModifier.AltModifier.value
_META = Qt.KeyboardModifier.MetaModifier.value


@dataclass(frozen=True, slots=True)
class ScannerKeys:
    """As the station's scanners are programmed."""

    gap_ms: int = GAP_MS
    prefix: str = ""
    suffix: Literal["enter", "tab", "none"] = "enter"

    def ends_scan(self, key: int) -> bool:
        """Whether this key is the last of a scan. Enter always is: nothing that is scanned has one inside."""
        return key in ENTERS or (key == Qt.Key.Key_Tab and self.suffix == "tab")


TYPING_SCANNER = ScannerKeys()
"""As they come out of the box."""


def adds(event: QKeyEvent) -> str:
    """What a key of a scan adds to its text: control characters too, which whoever sorts the scan drops and logs."""
    chord = event.modifiers().value & (_CONTROL | _ALT | _META)
    # Control and Alt together are AltGr on Windows, which types.
    if chord & (_ALT | _META) and chord != _CONTROL | _ALT:
        return ""
    return event.text()


def types(event: QKeyEvent) -> bool:
    """Whether a key types a character, and is no shortcut, no command to a field and no end of a line."""
    text = adds(event)
    return text.isprintable() and bool(text) and event.modifiers().value & (_CONTROL | _ALT) != _CONTROL


def key_of(event: QKeyEvent) -> int:
    """The same for the press and the release of one key, even where Shift was let go between them."""
    return event.nativeScanCode() or -event.key()


def elapsed_ms(since: int, until: int) -> int:
    """Between two time stamps of the window system, whose clock begins again after 49 days; negative if backwards."""
    return (until - since + _CLOCK // 2) % _CLOCK - _CLOCK // 2
