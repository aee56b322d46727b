"""A table that is only read: lines of a few short texts, of which one column takes what room is left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_LINE_HEIGHT = 26


class RowTable(QTableWidget):
    """``wide`` is the number of the column that gives way; the others are as wide as what they hold."""

    def __init__(self, columns: int, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(0, columns, parent)
        self._lines: tuple[tuple[str, ...], ...] = ()
        self.setObjectName("units")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINE_HEIGHT)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setMinimumHeight(3 * _LINE_HEIGHT)
        # The tab key leads on, and does not walk through the cells.
        self.setTabKeyNavigation(False)
        # Nothing is typed here: an input method would only take a scanner's keys away. Qt gives it to cells that can be
        # edited too, so those of this table cannot.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(columns):
            mode = QHeaderView.ResizeMode.Stretch if column == wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)

    def show_lines(self, headings: Sequence[str], lines: Sequence[tuple[str, ...]]) -> None:
        """The only place that touches the cells."""
        self.setHorizontalHeaderLabels(list(headings))
        # There is nothing to scroll in an empty one, so that a frame around it would only frighten.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if lines else Qt.FocusPolicy.NoFocus)
        shown = tuple(lines)
        if shown == self._lines:
            return
        self._lines = shown
        self.setRowCount(len(shown))
        for row, line in enumerate(shown):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(text)
                self.setItem(row, column, item)
