"""A voided label was scanned: what it is, which one counts, and one key for whoever destroyed it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import ACTION_HEIGHT, BUTTON_HEIGHT, SPACE, TONES

_ICON = 40


class AlarmPanel(QFrame):
    """Hidden while there is no alarm. ``destroyed`` when somebody says that they destroyed the old label."""

    destroyed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: BandWords | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON, _ICON)
        self._word = QLabel()
        self._word.setObjectName("title")
        self._line = QLabel()
        for label in (self._word, self._line):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.key = HandButton()
        self.key.setMinimumHeight(ACTION_HEIGHT)
        self.key.clicked.connect(self.destroyed)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._word)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self.key)
        self.setMinimumHeight(BUTTON_HEIGHT)
        self.hide()

    def show_words(self, words: BandWords | None) -> None:
        """The only place that touches the widgets; said aloud when it is new."""
        self.key.setText(self.tr("F7  Old label destroyed"))
        self.key.setAccessibleName(self.key.text())
        self.setVisible(words is not None)
        if words == self.words:
            return
        self.words = words
        if words is None:
            return
        paint = TONES[words.tone]
        self.setStyleSheet(
            f"AlarmPanel {{ background: {paint.ground}; border-radius: 6px; }}"
            f" AlarmPanel QLabel {{ color: {paint.text}; background: transparent; }}"
        )
        self._icon.setPixmap(icon_pixmap(words.icon, paint.text, _ICON, self.devicePixelRatioF()))
        self._word.setText(words.word)
        self._line.setText(words.line)
        self.setAccessibleName(f"{words.word}. {words.line}")
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
