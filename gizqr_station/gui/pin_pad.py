"""The digits on a screen, large enough for gloves, for a PIN that nobody else should read."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from gizqr_station.gui.tokens import KEY_LEAST, KEY_MM, KEY_MOST, SPACE

_MM_IN_AN_INCH = 25.4
_KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "C", "0", "⌫")
_WIPE, _BACK = "C", "⌫"


class PinPad(QWidget):
    """``digit`` carries one digit; ``back`` takes the last one away, ``wiped`` all of them.

    No key takes the focus: what is typed meanwhile still goes where it went.
    """

    digit = Signal(str)
    back = Signal()
    wiped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = {text: QPushButton(text) for text in _KEYS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        for at, (text, key) in enumerate(self._keys.items()):
            key.setObjectName("key")
            key.setProperty("digit", text)
            key.setAutoDefault(False)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(self._pressed)
            grid.addWidget(key, at // 3, at % 3)
        self.fit(None)

    def key(self, text: str) -> QPushButton:
        """The one that says this."""
        return self._keys[text]

    def fit(self, screen: QScreen | None) -> None:
        """As large as a finger in a glove, in millimetres of this screen."""
        side = key_side(0.0 if screen is None else screen.physicalDotsPerInch())
        for key in self._keys.values():
            key.setFixedSize(side, side)

    def speak(self) -> None:
        """What the keys are called aloud, in the language of the moment."""
        self._keys[_WIPE].setAccessibleName(self.tr("Clear the PIN"))
        self._keys[_BACK].setAccessibleName(self.tr("Take the last digit away"))
        for text, key in self._keys.items():
            if text.isdigit():
                key.setAccessibleName(text)

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        assert sender is not None
        text = str(sender.property("digit"))
        if text == _BACK:
            self.back.emit()
        elif text == _WIPE:
            self.wiped.emit()
        else:
            self.digit.emit(text)


def key_side(dots_an_inch: float) -> int:
    """Pixels of a key's side on a screen of so many dots an inch; 0 where nobody knows."""
    return min(KEY_MOST, max(KEY_LEAST, round(KEY_MM / _MM_IN_AN_INCH * dots_an_inch)))
