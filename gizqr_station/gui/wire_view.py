"""The byte log of a trial: it follows the end, unless somebody has scrolled up to read."""

from PySide6.QtGui import QColor, QFont, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gizqr_station.gui.devices_state import MOST_LINES, DevicesState
from gizqr_station.gui.tokens import FOCUS, PAGE, WIRE_TEXT

_ARROW_AT = 14
_FAMILIES = ("DejaVu Sans Mono", "Consolas", "Menlo", "Liberation Mono", "Noto Sans Mono", "Courier New", "monospace")


class WireView(QPlainTextEdit):
    """What went out in blue with an arrow to the right, what came in with one to the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn = 0
        self.setObjectName("wire")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(MOST_LINES)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(96)
        font = QFont(list(_FAMILIES))
        font.setPixelSize(WIRE_TEXT)
        font.setStyleHint(QFont.StyleHint.Monospace)
        # The style sheet would give it the page's own.
        self.setStyleSheet(
            f"QPlainTextEdit {{ font-family: {', '.join(map(repr, _FAMILIES))}; font-size: {WIRE_TEXT}px; }}"
        )
        self.document().setDefaultFont(font)

    def show_lines(self, state: DevicesState) -> None:
        """Draw what is new since the last time; all of it where a new trial has begun."""
        if state.heard < self._drawn:
            self.clear()
            self._drawn = 0
        new = state.heard - self._drawn
        if not new:
            return
        self._drawn = state.heard
        bar = self.verticalScrollBar()
        at_end, was = bar.value() >= bar.maximum() - bar.singleStep(), bar.value()
        before = self.document().blockCount()
        lines = state.lines[-new:]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for line in lines:
            if not self.document().isEmpty():
                cursor.insertBlock()
            cursor.insertText(line, _FORMATS[line[_ARROW_AT : _ARROW_AT + 1] == "→"])
        cursor.endEditBlock()
        if at_end:
            bar.setValue(bar.maximum())
        else:
            # Lines that fell off the top took those that are read with them.
            fell = max(0, before + len(lines) - MOST_LINES)
            bar.setValue(max(0, was - fell))

    def copy_all(self) -> None:
        """All that is on screen, or what is marked, into the clipboard."""
        marked = self.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(marked or self.toPlainText())


def _format(colour: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QColor(colour))
    return form


_FORMATS = {True: _format(FOCUS), False: _format(PAGE.text)}
