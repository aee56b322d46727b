"""A list of large rows to choose one of, for fingers and keys alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import MARK_ICON, ROW_HEIGHT, SPACE


@dataclass(frozen=True, slots=True)
class RowWords:
    """All of a row."""

    key: str
    icon: str
    """May be empty."""
    colour: str
    """Of the icon."""
    title: str
    state: str
    line: str
    note: str = ""
    chip: str = ""
    """A word in the upper right corner."""
    chosen: bool = False
    enabled: bool = True


class ListRow(QPushButton):
    """One row; pressed it says its key."""

    picked = Signal(str)
    stepped = Signal(int)
    """An arrow key: one row down, or up (-1)."""

    def __init__(self, height: int = ROW_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._key = ""
        self.words: RowWords | None = None
        self.setObjectName("row")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._icon = QLabel()
        self._title = ElidedLabel()
        self._title.setObjectName("strong")
        self._chip = QLabel()
        self._chip.setObjectName("chip")
        self._state = ElidedLabel()
        self._state.setObjectName("small")
        self._line = ElidedLabel()
        self._line.setObjectName("quiet")
        self._note = ElidedLabel()
        self._note.setObjectName("quiet")
        self._chip.setTextFormat(Qt.TextFormat.PlainText)
        for part in (self._icon, self._title, self._chip, self._state, self._line, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

        self.clicked.connect(self._pressed)

        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addLayout(head)
        for part in (self._state, self._line, self._note):
            texts.addWidget(part)
        texts.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        whole.setSpacing(SPACE)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(texts, 1)

    def sizeHint(self) -> QSize:
        """A finger high; as wide as there is room."""
        return QSize(240, self._height)

    def minimumSizeHint(self) -> QSize:
        """The same height, and not much width."""
        return QSize(160, self._height)

    def show_words(self, words: RowWords) -> None:
        """The only place that touches the widgets."""
        self.setChecked(words.chosen)
        if words == self.words:
            return
        self.words = words
        self._key = words.key
        self._icon.setVisible(bool(words.icon))
        if words.icon:
            self._icon.setPixmap(icon_pixmap(words.icon, words.colour, MARK_ICON, self.devicePixelRatioF()))
        self._title.show_text(words.title)
        for label, text in ((self._state, words.state), (self._line, words.line), (self._note, words.note)):
            label.show_text(text)
            label.setVisible(bool(text))
        self._chip.setText(words.chip)
        self._chip.setVisible(bool(words.chip))
        self.setEnabled(words.enabled)
        said = (words.title, words.chip, words.state, words.line, words.note)
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setToolTip(words.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows stay in the list; Qt would go on to whatever comes next on the page."""
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.stepped.emit(steps[event.key()])
        else:
            super().keyPressEvent(event)

    @Slot()
    def _pressed(self) -> None:
        # Whether it is the chosen one is for the state to say, not for the press.
        self.setChecked(self.words is not None and self.words.chosen)
        self.picked.emit(self._key)


class RowList(QScrollArea):
    """Rows below each other; ``picked`` carries the key of the one that was pressed."""

    picked = Signal(str)

    def __init__(self, row_height: int = ROW_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: list[ListRow] = []
        inside = QWidget()
        inside.setObjectName("rows")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE // 2)
        self._column.addStretch(1)
        self.setWidget(inside)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """From the top."""
        return tuple(self._rows)

    def show_rows(self, words: Sequence[RowWords]) -> None:
        """The only place that makes, fills and drops rows; a row keeps the focus as long as there are as many."""
        while len(self._rows) < len(words):
            row = ListRow(self._row_height)
            row.picked.connect(self.picked)
            row.stepped.connect(self._step)
            self._rows.append(row)
            self._column.insertWidget(len(self._rows) - 1, row)
        while len(self._rows) > len(words):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for row, of_row in zip(self._rows, words, strict=True):
            row.show_words(of_row)

    @Slot()
    def bring_chosen(self) -> None:
        """Scroll to the row that is chosen."""
        for row in self._rows:
            if row.isChecked():
                self.ensureWidgetVisible(row, 0, SPACE)

    @Slot(int)
    def _step(self, by: int) -> None:
        focused = self.window().focusWidget()
        at = next((at for at, row in enumerate(self._rows) if row is focused), 0)
        ahead = self._rows[at + 1 :] if by > 0 else self._rows[:at][::-1]
        for row in ahead:
            if row.isEnabled():
                row.setFocus()
                self.ensureWidgetVisible(row)
                return
