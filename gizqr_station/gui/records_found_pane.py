"""What a search found: labels that nobody can account for on top, the others newest first, a page at a time."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.people import Permission
from gizqr_station.gui.codes_words import number_words
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.record_file import RecordFile
from gizqr_station.gui.record_table import RecordTable
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.status_panel import StatusPanel, said_of
from gizqr_station.gui.tokens import FIELD_HEIGHT, RECORD_ROW_HEIGHT, SPACE, Tone
from gizqr_station.workflows.record_happenings import RecordWork

UNKNOWN_AT_MOST = 4
"""Rows in sight of those that nobody can account for; the others by scrolling."""


class RecordsFoundPane(QFrame):
    """``picked`` carries the number of a label, ``export`` a path; ``more`` when the next page is wanted."""

    picked = Signal(int)
    more = Signal()
    export = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = QLabel()
        self._title.setObjectName("title")
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self._said = StatusPanel()
        self._unknown_title = MarkedLine()
        self.unknown = RecordTable()
        self._jobs_title = QLabel()
        self._jobs_title.setObjectName("heading")
        self.jobs = RecordTable()
        self._none = QLabel()
        self._none.setObjectName("quiet")
        self._none.setWordWrap(True)
        self.next = HandButton()
        self.file = RecordFile(RecordWork.EXPORT)

        self.next.setFixedHeight(FIELD_HEIGHT)
        self.next.clicked.connect(self.more)
        for table in (self.unknown, self.jobs):
            table.picked.connect(self.picked)
        self.file.write.connect(self.export)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        head.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        for widget in (self._said, self._unknown_title, self.unknown, self._jobs_title, self._none):
            column.addWidget(widget)
        column.addWidget(self.jobs, 1)
        column.addWidget(self.file)

    @Slot()
    def enter(self) -> None:
        """The keys come in from the search: first what nobody can account for."""
        (self.unknown if self.unknown.records.jobs else self.jobs).enter()

    def show_state(self, state: RecordsState, language: str) -> None:
        """The only place that touches the widgets."""
        self._title.setText(self.tr("Labels"))
        self._count.setText(self._counted(state))
        self._count.setAccessibleName(self._count.text())
        self._said.setVisible(state.failure is not None)
        if state.failure is not None:
            self._said.show_said(said_of(state.failure, Tone.STOP, self.tr("Who can mend it: {owner}"), language))
        self._show_unknown(state, language)
        self._jobs_title.setText(self.tr("All other labels, newest first"))
        self._jobs_title.setVisible(bool(state.unknown))
        self.jobs.setAccessibleName(self.tr("Labels that were found"))
        self.jobs.show_jobs(state.jobs, language, state.chosen)
        self._none.setText(
            self.tr("No label is like this. Look for less of it, or press Clear.")
            if state.answered
            else self.tr("Looking …")
        )
        self._none.setVisible(not state.jobs and not state.unknown and state.failure is None)
        self.next.setText(self.tr("More"))
        self.next.setAccessibleName(self.tr("More labels"))
        self.next.setVisible(state.onward is not None)
        self.next.setEnabled(state.answered and not state.asked_more)
        self.file.setVisible(state.allowed(Permission.EXPORT))
        words = self.tr("Write what was found into a file"), self.tr("labels.xlsx or labels.csv"), self.tr("Export")
        self.file.show_state(state, words, language)

    def _show_unknown(self, state: RecordsState, language: str) -> None:
        number = len(state.unknown)
        line = self.tr("Nobody knows whether these came out: {number}. Find each one and scan it, or settle it.")
        self._unknown_title.show_words(Tone.ACT, line.format(number=number) if number else "")
        self.unknown.setVisible(bool(number))
        self.unknown.setAccessibleName(self.tr("Labels that nobody can account for"))
        self.unknown.show_jobs(state.unknown, language, state.chosen)
        rows = min(number, UNKNOWN_AT_MOST)
        header = self.unknown.horizontalHeader().sizeHint().height()
        self.unknown.setFixedHeight(rows * RECORD_ROW_HEIGHT + header + 4)

    def _counted(self, state: RecordsState) -> str:
        if not state.answered:
            return self.tr("Looking …")
        number = number_words(len(state.jobs) + len(state.unknown))
        if state.onward is not None:
            return self.tr("{number} of more").format(number=number)
        return self.tr("Found: {number}").format(number=number)
