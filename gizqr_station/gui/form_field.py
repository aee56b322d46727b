"""A field with its name and unit above it, and what is wrong with it beside or under it."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import QUIET_TEXT, SMALL_TEXT, SPACE, TONES, WARNING_MARK, Tone

NOTE_HEIGHT = 20
ICON_SIZE = 16


class Mark(Enum):
    """Why a field stands out."""

    NONE = ""
    WRONG = "wrong"
    """It cannot be saved like this."""
    LOOK = "look"
    """This is what a failure says to change."""


_ICONS = {Mark.WRONG: "stop", Mark.LOOK: "attention"}
_COLOURS = {Mark.NONE: QUIET_TEXT, Mark.WRONG: TONES[Tone.STOP].ground, Mark.LOOK: WARNING_MARK}


class FormField(QWidget):
    """Keeps room for its note, so that nothing jumps; with ``note_below`` a line of its own, else the heading's end."""

    def __init__(self, editor: QWidget, *, note_below: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._name = ""
        self._label = QLabel()
        self._label.setObjectName("heading")
        self._label.setBuddy(editor)
        self._icon = QLabel()
        self._icon.hide()
        self._note = ElidedLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        for text in (self._label, self._note):
            text.setFixedHeight(NOTE_HEIGHT)

        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(self._label)
        foot = head
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(editor)
        if note_below:
            head.addStretch(1)
            foot = QHBoxLayout()
            foot.setSpacing(SPACE // 2)
            column.addLayout(foot)
        foot.addWidget(self._icon)
        foot.addWidget(self._note, 1)

    def set_words(self, name: str, unit: str = "") -> None:
        """How it is called, and what its numbers count."""
        self._name = f"{name} ({unit})" if unit else name
        self._label.setText(self._name)
        self.editor.setAccessibleName(self._name)

    def show_note(self, note: str, mark: Mark = Mark.NONE) -> None:
        """What is wrong, or how it is to be understood; the only place that touches the marking."""
        self._note.show_text(note)
        self.editor.setAccessibleDescription(note)
        if self.editor.property("mark") != mark.value:
            colour = _COLOURS[mark]
            self._note.setStyleSheet(f"color: {colour}; font-size: {SMALL_TEXT}px;")
            self._icon.setVisible(mark in _ICONS)
            if mark in _ICONS:
                self._icon.setPixmap(icon_pixmap(_ICONS[mark], colour, ICON_SIZE, self.devicePixelRatioF()))
            self.editor.setProperty("mark", mark.value)
            self.editor.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    @property
    def note(self) -> str:
        """What it says now."""
        return self._note.text()

    @property
    def mark(self) -> Mark:
        """How it stands out now."""
        return Mark(self.editor.property("mark") or "")
