"""A field for what a badge says: scanned or typed, never legible, and gone once it was asked for."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE

_LONGEST = 200


class BadgeField(QWidget):
    """``wanted`` when the next scan is to be taken, ``changed`` when there is something else in it."""

    wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit()
        self._scan = QPushButton()
        self.text.setEchoMode(QLineEdit.EchoMode.Password)
        self.text.setMaxLength(_LONGEST)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.text.setAcceptDrops(False)
        for widget in (self.text, self._scan):
            widget.setFixedHeight(FIELD_HEIGHT)
        self._scan.setAutoDefault(False)
        self._scan.clicked.connect(self.wanted)
        self.text.textChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.text, 1)
        row.addWidget(self._scan)

    def show_armed(self, left_s: int, held_by: int) -> None:
        """Whether the next scan is taken, and what keeps it from being."""
        words = self.tr("Scan it")
        if left_s:
            words = self.tr("Scan now: {seconds} s").format(seconds=left_s)
        elif held_by:
            words = self.tr("Scan the label first")
        self._scan.setText(words)
        self._scan.setAccessibleName(self.tr("Scan a badge into the field"))
        # As wide as it ever gets, so that nothing moves while seconds run down.
        longest = (
            self.tr("Scan it"),
            self.tr("Scan now: {seconds} s").format(seconds=30),
            self.tr("Scan the label first"),
        )
        self._scan.setMinimumWidth(max(map(self._scan.fontMetrics().horizontalAdvance, longest)) + 4 * SPACE)
        self.text.setAccessibleName(self.tr("Badge"))

    @Slot(str)
    def take(self, text: str) -> None:
        """A scanner read this."""
        self.text.setText(text.strip())

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.text.text().strip())

    def taken(self) -> str:
        """What stood in it; it stands there no more."""
        badge = self.text.text().strip()
        self.forget()
        return badge

    @Slot()
    def forget(self) -> None:
        """Nothing stands in it."""
        self.text.setText("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away leaves nothing behind."""
        self.forget()
        super().hideEvent(event)
