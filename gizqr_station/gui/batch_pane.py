"""One batch: how far it is, why it waits, and the keys that pause it, let it go on, or end it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.list_words import done_words, state_words, tone_of
from gizqr_station.gui.lists_state import ListsState
from gizqr_station.gui.printer_choice import PrinterChoice
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import BUTTON_HEIGHT, SPACE, Tone
from gizqr_station.wording import load

_COUNTED = (ItemState.SENT, ItemState.WAITING, ItemState.SKIPPED, ItemState.REFUSED)
_NAME_WIDTH = 220
"""Of a printer on a key; a longer name is shortened in its middle."""
_GOES_ON_FROM = {BatchState.READY, BatchState.PAUSED}


class BatchPane(QFrame):
    """``go_on`` and ``cancel`` carry the batch's number, ``printer`` the name of one to go on with."""

    pause = Signal()
    go_on = Signal(int)
    cancel = Signal(int)
    printer = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._number = 0
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._about = ElidedLabel()
        self._about.setObjectName("quiet")
        self._done = QLabel()
        self._done.setObjectName("number")
        self._pace = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BUTTON_HEIGHT // 3)
        self._counts = {state: (QLabel(), QLabel()) for state in _COUNTED}
        self._said = StatusPanel()
        self._printers = PrinterChoice()
        self._pause = QPushButton()
        self._go_on = HandButton()
        self._cancel = ConfirmButton()

        for button in (self._pause, self._go_on):
            button.setMinimumHeight(BUTTON_HEIGHT)
            button.setAutoDefault(False)
        self._printers.picked.connect(self.printer)
        self._pause.clicked.connect(self.pause)
        self._go_on.clicked.connect(self._pressed_go_on)
        self._cancel.confirmed.connect(self._confirmed_cancel)
        self._lay_out()

    def _lay_out(self) -> None:
        how_far = QHBoxLayout()
        how_far.setSpacing(2 * SPACE)
        how_far.addWidget(self._done)
        how_far.addWidget(self._pace, 1, Qt.AlignmentFlag.AlignBottom)
        counts = QGridLayout()
        counts.setHorizontalSpacing(4 * SPACE)
        counts.setVerticalSpacing(0)
        for column, (number, word) in enumerate(self._counts.values()):
            number.setObjectName("title")
            word.setObjectName("quiet")
            counts.addWidget(number, 0, column)
            counts.addWidget(word, 1, column)
        counts.setColumnStretch(len(self._counts), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._pause, 2)
        buttons.addWidget(self._go_on, 2)
        buttons.addWidget(self._cancel, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column_layout.setSpacing(SPACE)
        column_layout.addWidget(self._title)
        column_layout.addWidget(self._about)
        column_layout.addSpacing(SPACE)
        column_layout.addLayout(how_far)
        column_layout.addWidget(self._bar)
        column_layout.addSpacing(SPACE)
        column_layout.addLayout(counts)
        column_layout.addSpacing(SPACE)
        column_layout.addWidget(self._said)
        column_layout.addStretch(1)
        column_layout.addWidget(self._printers)
        column_layout.addLayout(buttons)

    def show_state(self, state: ListsState, language: str) -> None:
        """The only place that touches the widgets."""
        batch = state.batch
        if batch is None:
            self._word_keys(self.tr("Pause"), self.tr("Go on"))
            return
        if batch.number != self._number:
            self._cancel.disarm()
        self._number = batch.number
        self._title.show_text(f"{batch.number}  {batch.name}")
        about = (self.tr("on {printer}").format(printer=batch.printer), batch.who)
        order = self.tr("order {order}").format(order=batch.order) if batch.order else ""
        self._about.show_text(" · ".join(part for part in (state_words(batch), *about, order) if part))
        self._done.setText(done_words(batch))
        self._pace.setText(self._pace_words(state, batch))
        self._bar.setRange(0, max(1, batch.total))
        self._bar.setValue(batch.total - batch.left)
        self._bar.setAccessibleName(self._done.text())
        words = self._count_words()
        for of_state, (number, word) in self._counts.items():
            queued = batch.counts.get(ItemState.QUEUED, 0) if of_state is ItemState.WAITING else 0
            number.setText(str(batch.counts.get(of_state, 0) + queued))
            word.setText(words[of_state])
        self._said.show_said(self._saying(state, batch, language))
        self._show_keys(state, batch)

    def _show_keys(self, state: ListsState, batch: Batch) -> None:
        begun = batch.state is not BatchState.READY
        self._word_keys(
            self.tr("Pausing after this label") if state.pausing else self.tr("Pause"),
            self.tr("Go on") if begun else self.tr("Begin"),
        )
        self._pause.setVisible(batch.state is BatchState.RUNNING)
        self._pause.setEnabled(not state.pausing)
        other = state.other_printer if batch.state in _GOES_ON_FROM else ""
        names = tuple(printer.name for printer in state.printers) if other else ()
        self._printers.show_printers(names, other, enabled=not state.asked)
        self._go_on.setVisible(batch.state in _GOES_ON_FROM)
        self._go_on.setEnabled(not state.asked and state.running is None)
        self._cancel.setVisible(batch.state in _GOES_ON_FROM)
        if other:
            # Its own printer is not set up any more: what is pressed names where the rest comes out.
            words = self.tr("Go on with {printer}")
            self._go_on.setAccessibleName(words.format(printer=other))
            short = self.fontMetrics().elidedText(other, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
            self._go_on.setText(words.format(printer=short))

    def _word_keys(self, pause: str, go_on: str) -> None:
        for button, words in ((self._pause, pause), (self._go_on, go_on)):
            button.setText(words)
            button.setAccessibleName(words)
        self._cancel.set_words(self.tr("Cancel the rest"), self.tr("Press again: cancel"))

    def _count_words(self) -> dict[ItemState, str]:
        return {
            ItemState.SENT: self.tr("went out"),
            ItemState.WAITING: self.tr("left"),
            ItemState.SKIPPED: self.tr("had a label"),
            ItemState.REFUSED: self.tr("got none"),
        }

    def _pace_words(self, state: ListsState, batch: Batch) -> str:
        if batch.state is not BatchState.RUNNING or state.labels_a_minute <= 0:
            return ""
        pace = self.tr("{number} labels a minute").format(number=round(state.labels_a_minute))
        minutes = state.minutes_left
        if minutes is None or minutes < 1:
            return pace
        left = self.tr("minutes left: about {number}").format(number=round(minutes))
        return f"{pace}   {left}"

    def _saying(self, state: ListsState, batch: Batch, language: str) -> Said:
        owner = self.tr("Who can mend it: {owner}")
        failure = state.failure or state.paused_by.get(batch.number)
        if failure is not None and batch.state in _GOES_ON_FROM:
            said = said_of(failure, Tone.ATTENTION, owner, language)
            # The failure's own words may promise that the station goes on by itself, which a line does.
            waits = self.tr("This batch waits for “Go on”.")
            return replace(said, do=f"{said.do} {waits}")
        match batch.state:
            case BatchState.RUNNING:
                return Said(Tone.CALM, "working", self.tr("Labels come out in the order of the list."))
            case BatchState.READY | BatchState.PAUSED:
                return Said(Tone.ATTENTION, "attention", self.tr("Paused."), self._why(batch, language))
            case BatchState.CANCELLED:
                return Said(Tone.CALM, "stop", self.tr("Cancelled. Nothing more of it is printed."))
        what = self.tr("Done.")
        if not batch.counts.get(ItemState.REFUSED, 0):
            return Said(tone_of(batch), "check", what)
        return Said(tone_of(batch), "attention", what, self.tr("Some devices got no label: the records say why."))

    def _why(self, batch: Batch, language: str) -> str:
        """What was written down when it paused: a failure's code, whose values are gone by now."""
        goes_on = self.tr("It goes on where it stopped, and prints nothing twice.")
        if batch.reason not in load(language):
            return goes_on
        reason = self.tr("Reason: {code}.").format(code=batch.reason)
        return f"{reason} {goes_on}"

    @Slot()
    def _pressed_go_on(self) -> None:
        self.go_on.emit(self._number)

    @Slot()
    def _confirmed_cancel(self) -> None:
        self.cancel.emit(self._number)
