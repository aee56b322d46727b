"""A line of words behind a mark: what is so, and how much it matters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import MARK_ICON, SPACE, Tone

_ICONS = {Tone.CALM: "ledger", Tone.GOOD: "check", Tone.ATTENTION: "attention", Tone.STOP: "stop", Tone.ACT: "question"}


class MarkedLine(QWidget):
    """Never only a colour: each tone has an icon of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[Tone, str] | None = None
        self._mark = QLabel()
        self._mark.setFixedSize(MARK_ICON, MARK_ICON)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_words(self, tone: Tone, words: str, *, icon: str = "") -> None:
        """The only place that touches the widgets; hidden where there is nothing to say."""
        self.setVisible(bool(words))
        if (tone, words) == self._drawn:
            return
        self._drawn = (tone, words)
        self._mark.setPixmap(icon_pixmap(icon or _ICONS[tone], mark_colour(tone), MARK_ICON, self.devicePixelRatioF()))
        self._words.setText(words)
        self.setAccessibleName(words)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()
