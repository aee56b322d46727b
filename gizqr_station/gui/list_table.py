"""The lines of a list, however many: only those in sight are ever worded."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gizqr_station.domain.identity_list import ListLine, Verdict
from gizqr_station.gui.list_words import reason_words, verdict_words
from gizqr_station.gui.tokens import WARNING_MARK

_ROW_HEIGHT = 30
_COLUMNS = 3
_LINE, _TEXT, _VERDICT = range(_COLUMNS)
_NO_PARENT = QModelIndex()


class ListModel(QAbstractTableModel):
    """Line number, text, and why it is not printed, or that it will be."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ListLine, ...] = ()
        self._language = "en"
        self._headings: tuple[str, ...] = ("",) * _COLUMNS

    def show_lines(self, lines: tuple[ListLine, ...], language: str) -> bool:
        """Whether anything changed."""
        if lines is self._lines and language == self._language:
            return False
        self.beginResetModel()
        self._lines, self._language = lines, language
        self._headings = (self.tr("Line"), self.tr("As it stands there"), self.tr("What becomes of it"))
        self.endResetModel()
        return True

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """All lines; a line has none below it."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Always the same."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """What a cell says, or its colour."""
        line = self._lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _VERDICT and line.verdict is not Verdict.GOOD:
            return QColor(WARNING_MARK)
        return None

    def _cell(self, line: ListLine, column: int) -> str:
        if column == _LINE:
            return str(line.number)
        if column == _TEXT:
            # A range is one line and many devices.
            return line.text if line.identity is None else line.identity.readable
        return reason_words(line, self._language) or verdict_words(line.verdict)


class ListTable(QTableView):
    """Shows the lines; nothing in it can be changed or pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = ListModel()
        self.setModel(self.lines)
        self.setObjectName("units")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_VERDICT, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: tuple[ListLine, ...], language: str) -> None:
        """The only place that touches it."""
        self.setAccessibleName(self.tr("Lines of the list"))
        if not self.lines.show_lines(lines, language):
            return
        metrics = self.fontMetrics()
        self.setColumnWidth(_LINE, metrics.horizontalAdvance("1000000") + 12)
        self.setColumnWidth(_TEXT, metrics.horizontalAdvance("00-000000-000000-0") + 14)
        self.scrollToTop()
