"""A table of labels, however many: only those in sight are ever worded. A row that is picked is looked at."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.records_words import SIGNS, minute_words, serial_words
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import MARK_ICON, RECORD_COLUMNS_WIDE, RECORD_ROW_HEIGHT, SPACE
from gizqr_station.wording import state_word

_COLUMNS = 7
_IDENTITY, _SERIAL, _STATE, _ORDER, _OPERATOR, _STATION, _WHEN = range(_COLUMNS)
_NO_PARENT = QModelIndex()
_SIGN = MARK_ICON - 4


class RecordModel(QAbstractTableModel):
    """Who the device is, which label, how it stands, and where it comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: tuple[PrintJob, ...] = ()
        self.language = "en"
        self._headings: tuple[str, ...] = ("",) * _COLUMNS
        self._signs: dict[JobState, QPixmap] = {}

    def show_jobs(self, jobs: tuple[PrintJob, ...], language: str) -> None:
        """The only place that changes what is told; rows that only join at the end leave the others alone."""
        if jobs == self.jobs and language == self.language:
            return
        before = len(self.jobs)
        if language == self.language and 0 < before < len(jobs) and jobs[:before] == self.jobs:
            self.beginInsertRows(_NO_PARENT, before, len(jobs) - 1)
            self.jobs = jobs
            self.endInsertRows()
            return
        self.beginResetModel()
        self.jobs, self.language = jobs, language
        self._headings = (
            self.tr("Device"), self.tr("Label"), self.tr("State"), self.tr("Order"), self.tr("Operator"),
            self.tr("Station"), self.tr("Made"),
        )  # fmt: skip
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """All that were told so far."""
        return 0 if parent.isValid() else len(self.jobs)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Always the same."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Qt lets input methods in at a cell that can be typed in; they would eat a scan."""
        del index
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """What a cell says, or the sign of its state."""
        job = self.jobs[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cell(job, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _STATE:
            return self._sign(job.state)
        return None

    def _sign(self, state: JobState) -> QPixmap:
        if state not in self._signs:
            tone, icon = SIGNS[state]
            self._signs[state] = icon_pixmap(icon, mark_colour(tone), _SIGN)
        return self._signs[state]

    def _cell(self, job: PrintJob, column: int) -> str:
        match column:
            case 0:
                return job.identity.readable
            case 1:
                return serial_words(job)
            case 2:
                return state_word(job.state.value, self.language)
            case 3:
                return job.draft.work_order
            case 4:
                return job.draft.operator
            case 5:
                return job.draft.station
            case _:
                return minute_words(job.opened_at)


class RecordTable(QTableView):
    """``picked`` carries the number of a label: pressed, or Enter on its row. Arrows only move."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records = RecordModel()
        self.setModel(self.records)
        self.setObjectName("units")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(RECORD_ROW_HEIGHT)
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
        header.setMinimumSectionSize(SPACE)
        self.clicked.connect(self._pick)

    def show_jobs(self, jobs: tuple[PrintJob, ...], language: str, chosen: int) -> None:
        """The only place that touches it; the row of the chosen label stays marked while it is told anew."""
        marked = chosen or self._current
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if jobs else Qt.FocusPolicy.NoFocus)
        blocked = QSignalBlocker(self.selectionModel())
        self.records.show_jobs(jobs, language)
        row = next((row for row, job in enumerate(jobs) if job.id == marked), None)
        if row is None:
            self.setCurrentIndex(_NO_PARENT)
        elif self.currentIndex().row() != row:
            self.setCurrentIndex(self.records.index(row, _IDENTITY))
        del blocked
        self._fit()
        self.viewport().update()

    def enter(self) -> None:
        """The keys come in from the search field."""
        if self.records.jobs:
            self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by a key sees where they are."""
        super().focusInEvent(event)
        if self.records.jobs and not self.currentIndex().isValid():
            self.setCurrentIndex(self.records.index(0, _IDENTITY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks at the marked label, which changes nothing; a key that is leaned on looks once."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if self.currentIndex().isValid() and not event.isAutoRepeat():
                self._pick(self.currentIndex())
            event.accept()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            row = 0 if event.key() == Qt.Key.Key_Home else len(self.records.jobs) - 1
            self.setCurrentIndex(self.records.index(row, _IDENTITY))
        else:
            # Letters look for nothing here: Qt would jump about in the table.
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the station gives way first, and then the operator."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _current(self) -> int:
        row = self.currentIndex().row()
        return self.records.jobs[row].id if 0 <= row < len(self.records.jobs) else 0

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        states = [state_word(state.value, self.records.language) for state in JobState]
        widest = {
            _IDENTITY: ["00-000000-000000-0"],
            _SERIAL: ["W1-000000 R2"],
            _STATE: states,
            _WHEN: ["2026-12-28 20:58"],
        }
        fixed = {
            column: max(map(metrics.horizontalAdvance, texts))
            + 3 * SPACE
            + (_SIGN + 2 * SPACE if column == _STATE else 0)
            for column, texts in widest.items()
        }
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        room = self.viewport().width() - sum(fixed.values())
        seen = [_ORDER] if room < RECORD_COLUMNS_WIDE[0] else [_ORDER, _OPERATOR]
        seen += [_STATION] if room >= RECORD_COLUMNS_WIDE[1] else []
        for column in (_ORDER, _OPERATOR, _STATION):
            self.setColumnHidden(column, column not in seen)
            if column in seen:
                self.setColumnWidth(column, max(room // len(seen), SPACE))

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.records.jobs):
            self.picked.emit(self.records.jobs[index.row()].id)
