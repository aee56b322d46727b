"""How something is, in place: an icon, what is known, what to do, and a quiet line. Never a dialog."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gizqr_station.domain.failures import Failure
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import LINE, QUIET_TEXT, SPACE, TONES, WARNING_MARK, Tone
from gizqr_station.wording import words_for

ICON_SIZE = 28


@dataclass(frozen=True, slots=True)
class Said:
    """All of a panel."""

    tone: Tone
    icon: str
    what: str
    do: str = ""
    quiet: str = ""


def said_of(failure: Failure, tone: Tone, owner: str, language: str) -> Said:
    """A failure's words; ``owner`` is the line that names who can mend it, with ``{owner}`` in it."""
    words = words_for(failure, language)
    icon = "stop" if tone is Tone.STOP else "attention"
    return Said(tone, icon, words.what, words.do, f"{owner.format(owner=words.owner)}   {words.code}")


def mark_colour(tone: Tone) -> str:
    """Of an icon on a card."""
    return {Tone.CALM: QUIET_TEXT, Tone.ATTENTION: WARNING_MARK}.get(tone, TONES[tone].ground)


class StatusPanel(QFrame):
    """Shows one Said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said: Said | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(ICON_SIZE, ICON_SIZE)
        self._what = QLabel()
        self._what.setObjectName("strong")
        self._do = QLabel()
        self._quiet = QLabel()
        self._quiet.setObjectName("quiet")
        for text in (self._what, self._do, self._quiet):
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)

        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE + SPACE // 2, SPACE // 2, SPACE, SPACE // 2)
        grid.setHorizontalSpacing(SPACE + SPACE // 2)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._what, 0, 1)
        grid.addWidget(self._do, 1, 1)
        grid.addWidget(self._quiet, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)

    def show_said(self, said: Said) -> None:
        """The only place that touches the widgets."""
        if said == self.said:
            return
        self.said = said
        colour = mark_colour(said.tone)
        edge = LINE if said.tone is Tone.CALM else TONES[said.tone].ground
        self._icon.setPixmap(icon_pixmap(said.icon, colour, ICON_SIZE, self.devicePixelRatioF()))
        for label, text in ((self._what, said.what), (self._do, said.do), (self._quiet, said.quiet)):
            label.setText(text)
            label.setVisible(bool(text))
        self.setStyleSheet(
            f"StatusPanel {{ border: 1px solid {LINE}; border-left: 6px solid {edge}; border-radius: 6px; }}"
        )
        self.setAccessibleName(" ".join(part for part in (said.what, said.do, said.quiet) if part))
