"""What went wrong, in place: what happened, what to do, who owns it. Never a dialog."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gizqr_station.domain.failures import Failure
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import SPACE, TONES, Tone
from gizqr_station.wording import words_for

ICON_SIZE = 32


class MessagePanel(QFrame):
    """One failure in words; keeps its place when it has nothing to say, so that nothing on the page jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        self._what = QLabel()
        self._what.setObjectName("strong")
        self._do = QLabel()
        self._owner = QLabel()
        self._owner.setObjectName("quiet")
        for label in (self._what, self._do, self._owner):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)

        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._what, 0, 1)
        grid.addWidget(self._do, 1, 1)
        grid.addWidget(self._owner, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)

    def show_failure(self, failure: Failure | None, tone: Tone, language: str) -> None:
        """The only place that touches the widgets."""
        if failure is None:
            self._icon.clear()
            for label in (self._what, self._do, self._owner):
                label.clear()
            self.setStyleSheet("")
            self.setAccessibleName(self.tr("No message"))
            return
        words = words_for(failure, language)
        icon = {Tone.STOP: "stop", Tone.ATTENTION: "attention", Tone.ACT: "question"}.get(tone, "attention")
        edge = TONES[tone].ground if tone is not Tone.CALM else TONES[Tone.CALM].text
        self._icon.setPixmap(icon_pixmap(icon, edge, ICON_SIZE, self.devicePixelRatioF()))
        self._what.setText(words.what)
        self._do.setText(words.do)
        self._owner.setText(self.tr("Who can mend it: {owner}").format(owner=words.owner) + f"   {words.code}")
        self.setStyleSheet(f"MessagePanel {{ border-left: 6px solid {edge}; }}")
        self.setAccessibleName(words.line)

    def show_aside(self, line: str) -> None:
        """A quiet line at the place of what to do, while there is nothing to do."""
        if line:
            self._do.setText(line)
            self.setAccessibleName(" ".join(part for part in (self._what.text(), line) if part))

    def show_note(self, note: str) -> None:
        """A quiet line that is no failure: what a looked-up label is. Only seen while no failure is."""
        if note:
            self._what.setText(note)
            self.setAccessibleName(note)
