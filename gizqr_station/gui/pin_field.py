"""A field for a PIN: never legible, never kept longer than it takes to ask."""

from PySide6.QtCore import QRegularExpression, Qt, Slot
from PySide6.QtGui import QHideEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from gizqr_station.gui.tokens import FIELD_HEIGHT

LONGEST_PIN = 32


class PinField(QLineEdit):
    """Digits behind dots; nothing of them can be copied, and nothing stays when it is not seen any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pin")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST_PIN)
        self.setFixedHeight(FIELD_HEIGHT)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))

    def taken(self) -> str:
        """What stood in it; it stands there no more."""
        pin = self.text()
        self.forget()
        return pin

    @Slot()
    def forget(self) -> None:
        """Nothing stands in it. Setting a text drops what could be brought back, as clearing it would not."""
        self.setText("")

    @Slot(str)
    def add(self, digit: str) -> None:
        """A key of the pad."""
        if len(self.text()) < LONGEST_PIN:
            self.setText(self.text() + digit)

    @Slot()
    def take_last(self) -> None:
        """One less."""
        self.setText(self.text()[:-1])

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away leaves nothing behind."""
        self.forget()
        super().hideEvent(event)
