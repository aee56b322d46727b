"""The table of labels that wait for a printer and a person."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gizqr_station.domain.queued import QueuedJob
from gizqr_station.gui.printer_words import held_words, when_words
from gizqr_station.gui.tokens import WARNING_MARK

_ROW_HEIGHT = 30
_STATE = 5


class QueueTable(QTableWidget):
    """One row a job; the chosen row stays chosen while the table is told anew. ``picked`` after any change of it."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 7, parent)
        self._jobs: tuple[QueuedJob, ...] = ()
        self._spoken = ""
        self.setObjectName("units")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(7):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(self._selected)

    @property
    def job(self) -> QueuedJob | None:
        """The chosen one."""
        rows = self.selectionModel().selectedRows()
        return self._jobs[rows[0].row()] if rows and rows[0].row() < len(self._jobs) else None

    def show_jobs(self, jobs: tuple[QueuedJob, ...], language: str) -> None:
        """Told ever so often, mostly with the same jobs: the rows are made anew only when there is something new."""
        if (jobs, language) != (self._jobs, self._spoken):
            self._spoken = language
            self._make_rows(jobs)
        self.picked.emit()

    def _make_rows(self, jobs: tuple[QueuedJob, ...]) -> None:
        """The only place that touches them."""
        chosen = self.job
        self.blockSignals(True)
        self._jobs = jobs
        self.setHorizontalHeaderLabels(
            [
                self.tr("Job"), self.tr("Device"), self.tr("Label"), self.tr("Printer"), self.tr("Since"),
                self.tr("State"), self.tr("By"),
            ]
        )  # fmt: skip
        self.setAccessibleName(self.tr("Labels that wait"))
        self.setRowCount(len(jobs))
        now = datetime.now(UTC)
        for row, job in enumerate(jobs):
            for column, text in enumerate(self._cells(job, now)):
                item = QTableWidgetItem(text)
                # Qt lets input methods in at a row that can be typed in; they would eat a scan.
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(text)
                if column == _STATE and job.held:
                    item.setForeground(QColor(WARNING_MARK))
                self.setItem(row, column, item)
        kept = next((row for row, job in enumerate(jobs) if chosen is not None and job.job.id == chosen.job.id), 0)
        if jobs:
            self.selectRow(kept)
        self.blockSignals(False)

    def _cells(self, job: QueuedJob, now: datetime) -> tuple[str, ...]:
        serial = f"{job.job.draft.label_serial} {job.job.mark}".strip()
        state = self.tr("waits")
        if job.held:
            reason = held_words(job.reason)
            state = self.tr("held: {reason}").format(reason=reason) if reason else self.tr("held")
        since = when_words(job.since, now)
        return str(job.job.id), job.job.identity.readable, serial, job.printer, since, state, job.by

    @Slot()
    def _selected(self) -> None:
        self.picked.emit()
