"""The counters and the last units: verified is large, everything that is less than verified says so."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gizqr_station.domain.job import PrintJob
from gizqr_station.gui.tokens import SPACE
from gizqr_station.wording import state_word
from gizqr_station.workflows.happenings import Tally

ROOM_FOR_TIME = 420


class TallyPanel(QFrame):
    """Counted since midnight, as the ledger says; the tool tip says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._headings = [QLabel() for _ in range(4)]
        self._numbers = [QLabel("0") for _ in range(4)]
        self._table = QTableWidget(0, 4)
        self._table.setObjectName("units")
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.verticalHeader().setDefaultSectionSize(26)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        # A label's number gives way before its state does: two states may begin alike.
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

        counters = QGridLayout()
        counters.setHorizontalSpacing(SPACE)
        counters.setVerticalSpacing(0)
        for column, (heading, number) in enumerate(zip(self._headings, self._numbers, strict=True)):
            heading.setObjectName("heading")
            number.setObjectName("number")
            counters.addWidget(number, 0, column)
            counters.addWidget(heading, 1, column)
            counters.setColumnStretch(column, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column_layout.addLayout(counters)
        column_layout.addSpacing(SPACE)
        column_layout.addWidget(self._table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the time gives way, so that the state is never cut."""
        super().resizeEvent(event)
        self._table.setColumnHidden(0, self.width() < ROOM_FOR_TIME)

    def show_tally(self, tally: Tally, language: str) -> None:
        """The only place that touches the widgets."""
        titles = (self.tr("verified"), self.tr("not scanned"), self.tr("unknown"), self.tr("failed"))
        values = (tally.verified, tally.handed_over, tally.unknown, tally.failed)
        for heading, number, title, value in zip(self._headings, self._numbers, titles, values, strict=True):
            heading.setText(title)
            number.setText(str(value))
            number.setAccessibleName(f"{title}: {value}")
        self.setToolTip(self.tr("Counted since midnight; unknown ones since ever."))
        self._table.setHorizontalHeaderLabels([self.tr("Time"), self.tr("Device"), self.tr("Label"), self.tr("State")])
        self._table.setAccessibleName(self.tr("The last units"))
        self._table.setRowCount(len(tally.latest))
        for row, job in enumerate(tally.latest):
            for column, text in enumerate(_cells(job, language)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._table.setItem(row, column, item)


def _cells(job: PrintJob, language: str) -> tuple[str, str, str, str]:
    serial = f"{job.draft.label_serial} {job.mark}".strip()
    when = job.moved_at.astimezone().strftime("%H:%M:%S")
    return when, job.identity.readable, serial, state_word(job.state.value, language)
