"""The state band: full width, icon and word and colour, to be read from three metres."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import (
    BAND_BELOW_LAMPS,
    BAND_HEIGHT,
    BAND_LINE,
    BAND_WORD,
    BAND_WORD_BELOW_LAMPS,
    SPACE,
    TONES,
)


class BandView(QFrame):
    """Shows one BandWords; says it aloud to assistive technology whenever it changes."""

    def __init__(self, *, below_lamps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._largest_px = BAND_WORD_BELOW_LAMPS if below_lamps else BAND_WORD
        self.words: BandWords | None = None
        self._icon = QLabel()
        self._word = QLabel()
        self._line = QLabel()

        for label in (self._word, self._line):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)

        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(self._word)
        texts.addWidget(self._line)
        texts.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        row.setSpacing(4 * SPACE)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        self.setFixedHeight(BAND_BELOW_LAMPS if below_lamps else BAND_HEIGHT)

    def show_words(self, words: BandWords, *, aloud: bool = True) -> None:
        """The only place that touches the widgets; not ``aloud`` where only a number runs down."""
        if words == self.words:
            return
        self.words = words
        paint = TONES[words.tone]
        self.setStyleSheet(f"BandView {{ background: {paint.ground}; }} QLabel {{ color: {paint.text}; }}")
        self._icon.setPixmap(icon_pixmap(words.icon, paint.text, self._icon_size, self.devicePixelRatioF()))
        self._word.setText(words.word)
        self._line.setText(words.line)
        self._fit()
        self.setAccessibleName(f"{words.word}. {words.line}")
        if aloud and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower window gets smaller letters rather than cut ones."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _icon_size(self) -> int:
        return self.minimumHeight() - 5 * SPACE

    def _fit(self) -> None:
        room = self.width() - self._icon_size - 12 * SPACE
        self._word.setFont(_fitting(self._word.font(), self._word.text(), self._largest_px, room, bold=True))
        self._line.setFont(_fitting(self._line.font(), self._line.text(), BAND_LINE, room, bold=False))


def _fitting(like: QFont, text: str, largest_px: int, room_px: int, *, bold: bool) -> QFont:
    """The largest size down from the token at which the text fits on one line; never under half of it."""
    font = QFont(like)
    font.setBold(bold)
    for size in range(largest_px, largest_px // 2 - 1, -1):
        font.setPixelSize(size)
        if QFontMetrics(font).horizontalAdvance(text) <= room_px:
            break
    return font
