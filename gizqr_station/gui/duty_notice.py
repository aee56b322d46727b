"""A line over the station page while its ledger knows nobody: calm, or blue where the line waits for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gizqr_station.domain.people import Permission
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import CARD, FIELD_HEIGHT, LINE, MARK_ICON, QUIET_TEXT, SPACE, TONES, Tone
from gizqr_station.workflows.people_happenings import OnDuty


class DutyNotice(QFrame):
    """``pressed`` leads to where the first lead is made."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._go = QPushButton()
        self._go.setAutoDefault(False)
        self._go.setFixedHeight(FIELD_HEIGHT)
        self._go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._go.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 2, 2 * SPACE, 2)
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._go)

    def show_duty(self, duty: OnDuty | None) -> None:
        """The only place that touches the widgets."""
        # As the settings say: else whoever they name labels meanwhile.
        waits = duty is not None and Permission.LABEL not in duty.allowed
        paint = TONES[Tone.ACT] if waits else CARD
        self._icon.setPixmap(
            icon_pixmap("person", paint.text if waits else QUIET_TEXT, MARK_ICON, self.devicePixelRatioF())
        )
        self.setStyleSheet(
            f"DutyNotice {{ background: {paint.ground}; border: none; border-bottom: 1px solid {LINE}; }}"
            f" QLabel {{ color: {paint.text}; background: transparent; }}"
        )
        words = self.tr("This station knows no people yet: approvals wait until the first lead is made.")
        if waits:
            words = self.tr("No label is made before the first lead is: it takes a minute.")
        self._words.setText(words)
        self._go.setText(self.tr("Make the first lead"))
        self._go.setAccessibleName(self._go.text())
        self.setAccessibleName(words)
