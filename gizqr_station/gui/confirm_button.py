"""A button that wants to be pressed twice, for what cannot be taken back; a bouncing key does not count as two."""

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gizqr_station.gui.tokens import BUTTON_HEIGHT, CONFIRM_NOT_BEFORE_MS, CONFIRM_WITHIN_MS, SPACE


class ConfirmButton(QPushButton):
    """``confirmed`` after a second press in time; the words change after the first one."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ""
        self._really = ""
        self._since = QElapsedTimer()
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(CONFIRM_WITHIN_MS)

        self._back.timeout.connect(self.disarm)
        self.clicked.connect(self._pressed)
        self.setAutoDefault(False)
        self.setMinimumHeight(BUTTON_HEIGHT)

    def set_words(self, ask: str, really: str) -> None:
        """What it says before and after the first press."""
        if (ask, really) == (self._ask, self._really):
            return
        self._ask, self._really = ask, really
        # As wide as the longer of the two, so that nothing on the page moves at the first press.
        self.setMinimumWidth(max(self.fontMetrics().horizontalAdvance(words) for words in (ask, really)) + 4 * SPACE)
        self._show()

    @property
    def armed(self) -> bool:
        """Whether the next press counts."""
        return self._back.isActive()

    @Slot()
    def disarm(self) -> None:
        """Back to the first press."""
        self._back.stop()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the first press back."""
        if event.key() == Qt.Key.Key_Escape and self.armed:
            self.disarm()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _pressed(self) -> None:
        if not self.armed:
            self._back.start()
            self._since.start()
            self._show()
        elif self._since.elapsed() >= CONFIRM_NOT_BEFORE_MS:
            self.disarm()
            self.confirmed.emit()

    def _show(self) -> None:
        words = self._really if self.armed else self._ask
        self.setText(words)
        self.setAccessibleName(words)
        if self.property("armed") is not self.armed:
            self.setProperty("armed", self.armed)
            self.style().unpolish(self)
            self.style().polish(self)
