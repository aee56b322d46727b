"""Everything about one device: its labels, its history, and what can be done about a label."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.people import Permission
from gizqr_station.gui.awaited_pane import AwaitedPane
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.correction_form import CorrectionForm
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.record_file import RecordFile
from gizqr_station.gui.records_state import RecordsState, Section
from gizqr_station.gui.records_words import SIGNS, serial_words
from gizqr_station.gui.settle_pane import SettlePane
from gizqr_station.gui.tokens import ACTION_HEIGHT, LABELS_WIDTH, SPACE
from gizqr_station.gui.unit_history import UnitHistory
from gizqr_station.gui.unit_labels import UnitLabels
from gizqr_station.wording import state_word
from gizqr_station.workflows.record_happenings import RecordWork


class UnitRecordPane(QFrame):
    """``section`` carries what somebody wants to see; ``left`` when they go back to what was found."""

    section = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._identity = ElidedLabel()
        self._identity.setObjectName("title")
        self._state = MarkedLine()
        self.back = HandButton()
        self.labels = UnitLabels()
        self.sections = Choice(tuple(Section))
        self.history = UnitHistory()
        self.form = CorrectionForm()
        self.settle = SettlePane()
        self.awaited = AwaitedPane()
        self.evidence = QWidget()
        self._how = QLabel()
        self._how.setWordWrap(True)
        self.file = RecordFile(RecordWork.EVIDENCE)
        self._stack = PageStack()

        self.back.setMinimumHeight(ACTION_HEIGHT)
        self.back.clicked.connect(self.left)
        self.sections.changed.connect(self._chose)
        self._lay_out()

    def _lay_out(self) -> None:
        of_file = QVBoxLayout(self.evidence)
        of_file.setContentsMargins(0, 0, 0, 0)
        of_file.setSpacing(SPACE)
        of_file.addWidget(self._how)
        of_file.addWidget(self.file)
        of_file.addStretch(1)
        for page in (self.history, self.form, self.settle, self.awaited, self.evidence):
            self._stack.addWidget(page)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._identity)
        names.addWidget(self._state)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addLayout(names, 1)
        head.addWidget(self.back)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self.sections)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(2 * SPACE)
        self.labels.setMinimumWidth(LABELS_WIDTH[0])
        self.labels.setMaximumWidth(LABELS_WIDTH[1])
        body.addWidget(self.labels, 1)
        body.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addLayout(body, 1)

    def show_state(self, state: RecordsState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        unit = state.unit
        if unit is not None:
            job = unit.job
            self._identity.show_text(job.identity.readable)
            tone, icon = SIGNS[job.state]
            self._state.show_words(tone, f"{serial_words(job)} · {state_word(job.state.value, language)}", icon=icon)
        self.back.setText(self.tr("Back to the labels"))
        self.back.setAccessibleName(self.back.text())
        words: dict[object, str] = {
            Section.HISTORY: self.tr("History"),
            Section.CORRECT: self._correct_word(state),
            Section.EVIDENCE: self.tr("Evidence"),
        }
        self.sections.set_words(self.tr("What is seen of it"), words)
        may_export = state.allowed(Permission.EXPORT)
        self.sections.offer([each for each in Section if each is not Section.EVIDENCE or may_export])
        self.sections.choose(state.section)
        self.labels.show_state(state, language)
        self.history.show_state(state, language)
        self.form.show_state(state)
        self.settle.show_state(state)
        self.awaited.show_state(state)
        self._how.setText(
            self.tr("One file that somebody else can check without this station: labels, history, seals, checkpoints.")
        )
        file = self.tr("Write the evidence into a file"), self.tr("evidence.json"), self.tr("Write")
        self.file.show_state(state, file, language)
        self._stack.setCurrentWidget(self._page(state))

    def _page(self, state: RecordsState) -> QWidget:
        if state.section is Section.HISTORY:
            return self.history
        if state.section is Section.EVIDENCE:
            return self.evidence
        if state.awaited is not None:
            return self.awaited
        return self.form if state.replaceable else self.settle

    def _correct_word(self, state: RecordsState) -> str:
        if state.awaited is not None:
            return self.tr("Scan it")
        return self.tr("Settle") if state.unsettled else self.tr("Reprint or void")

    @Slot()
    def _chose(self) -> None:
        self.section.emit(self.sections.value)
