"""What a list is worth, line by line, and the one place where a person says yes to it."""

from PySide6.QtCore import QElapsedTimer, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gizqr_station.domain.identity_list import Verdict
from gizqr_station.domain.worst_first import ORDER
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.list_table import ListTable
from gizqr_station.gui.list_words import verdict_words
from gizqr_station.gui.lists_state import ListsState
from gizqr_station.gui.printer_choice import PrinterChoice
from gizqr_station.gui.status_panel import StatusPanel, said_of
from gizqr_station.gui.tokens import ACTION_HEIGHT, BUTTON_HEIGHT, CONFIRM_NOT_BEFORE_MS, SPACE, Tone

_ORDER = (Verdict.GOOD, *(verdict for verdict in ORDER if verdict is not Verdict.GOOD))
_NAME_WIDTH = 380
"""Of a printer in the words of the yes; a longer name is shortened in its middle."""


class VerdictPane(QFrame):
    """``accepted`` after the one yes; ``only`` carries a verdict to show alone, ``printer`` a printer's name."""

    accepted = Signal()
    only = Signal(object)
    printer = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shown_since = QElapsedTimer()
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._back = QPushButton()
        self._counts = {verdict: QPushButton() for verdict in _ORDER}
        self._table = ListTable()
        self._said = StatusPanel()
        self._printers = PrinterChoice()
        self._yes = HandButton()
        self._request = 0

        for verdict, button in self._counts.items():
            button.setObjectName("option")
            button.setCheckable(True)
            button.setFixedHeight(BUTTON_HEIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("verdict", verdict.value)
            button.clicked.connect(self._filter)
        self._printers.picked.connect(self.printer)
        for button in (self._back, *self._counts.values()):
            button.setAutoDefault(False)
        self._back.setMinimumHeight(ACTION_HEIGHT)
        self._yes.setMinimumHeight(BUTTON_HEIGHT)
        self._back.clicked.connect(self.left)
        self._yes.clicked.connect(self._pressed_yes)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        counts = QHBoxLayout()
        counts.setSpacing(SPACE // 2)
        for button in self._counts.values():
            counts.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addLayout(counts)
        column.addWidget(self._table, 1)
        column.addWidget(self._said)
        column.addWidget(self._printers)
        column.addWidget(self._yes)

    def show_state(self, state: ListsState, language: str) -> None:
        """The only place that touches the widgets."""
        self._title.show_text(state.name)
        self._back.setText(self.tr("Another list"))
        self._back.setAccessibleName(self._back.text())
        for verdict, button in self._counts.items():
            number = state.counts.get(verdict, 0)
            words = verdict_words(verdict)
            button.setText(f"{number}\n{words}")
            button.setAccessibleName(f"{words}: {number}")
            button.setToolTip(self.tr("Show these lines only"))
            button.setEnabled(number > 0)
            button.setChecked(state.only is verdict)
        self._table.show_lines(state.lines, language)
        self._show_why(state, language)
        names = tuple(printer.name for printer in state.printers)
        self._printers.show_printers(names, state.printer, enabled=not state.asked)
        self._word_yes(state)

    def _show_why(self, state: ListsState, language: str) -> None:
        self._said.setVisible(state.failure is not None)
        if state.failure is not None:
            owner = self.tr("Who can mend it: {owner}")
            self._said.show_said(said_of(state.failure, Tone.ATTENTION, owner, language))

    def _word_yes(self, state: ListsState) -> None:
        running = state.running
        if running is not None:
            words = self.tr("Batch {number} is printing: wait, or pause it").format(number=running.number)
        elif not state.good:
            words = self.tr("Nothing to print")
        elif state.good == 1:
            words = self.tr("Print one label on {printer}")
        else:
            words = self.tr("Print {count} labels on {printer}")
        whole = words.format(count=state.good, printer=state.printer)
        if (whole, state.request) != (self._yes.accessibleName(), self._request) or not self._yes.isVisible():
            # Who reads something new has to have had the time to read it.
            self._shown_since.start()
        self._request = state.request
        short = self.fontMetrics().elidedText(state.printer, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
        self._yes.setText(words.format(count=state.good, printer=short))
        self._yes.setAccessibleName(whole)
        self._yes.setEnabled(state.may_begin)

    @Slot()
    def _pressed_yes(self) -> None:
        """A double click on what stood here before says no yes."""
        if self._shown_since.isValid() and self._shown_since.elapsed() >= CONFIRM_NOT_BEFORE_MS:
            self.accepted.emit()

    @Slot()
    def _filter(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.only.emit(Verdict(sender.property("verdict")))
