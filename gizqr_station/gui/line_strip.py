"""The line's state on one line, for pages that are not the station's: a scan always counts, and is always answered."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import MARK_ICON, SPACE, STRIP_HEIGHT, TONES

_KEY = re.compile(r"F[0-9]")


class LineStrip(QPushButton):
    """Pressed it leads back to the station's page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: BandWords | None = None
        self._icon = QLabel()
        self._word = QLabel()
        self._line = ElidedLabel()
        self._hint = QLabel()
        self.setFixedHeight(STRIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        for part in (self._icon, self._word, self._line, self._hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self._icon)
        row.addWidget(self._word)
        row.addWidget(self._line, 1)
        row.addWidget(self._hint)

    def show_words(self, words: BandWords) -> None:
        """The only place that touches the widgets."""
        if words == self.words:
            return
        self.words = words
        paint = TONES[words.tone]
        self.setStyleSheet(
            f"LineStrip {{ background: {paint.ground}; border: none; border-radius: 0; }}"
            f" LineStrip:focus {{ border: 3px solid {paint.text}; }}"
            f" QLabel {{ color: {paint.text}; background: transparent; font-weight: 400; }}"
        )
        self._icon.setPixmap(icon_pixmap(words.icon, paint.text, MARK_ICON, self.devicePixelRatioF()))
        self._word.setStyleSheet("font-weight: 700;")
        self._word.setText(words.word)
        self._line.show_text(words.line)
        # The key acts only where the label it is about is seen.
        hint = self.tr("Ctrl+1: station page") if _KEY.search(words.line) else ""
        self._hint.setStyleSheet("font-weight: 700;")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(" ".join(part for part in (f"{words.word}. {words.line}", hint) if part))
