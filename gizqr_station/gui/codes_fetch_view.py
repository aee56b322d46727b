"""One fetch: how far it is, what it waits for, and the keys that pause it, let it go on, or end it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.pooled_codes import CodeFetch, FetchState
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.codes_words import (
    done_words,
    fetch_size_words,
    fetch_state_words,
    fetch_title,
    number_words,
    sandbox_words,
)
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import BUTTON_HEIGHT, SPACE, Tone
from gizqr_station.wording import load, words_for
from gizqr_station.workflows.code_happenings import FetchSeen


class CodesFetchView(QFrame):
    """``go_on`` and ``cancel`` carry the fetch's number."""

    pause = Signal()
    go_on = Signal(int)
    cancel = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._title = ElidedLabel()
        self._title.setObjectName("strong")
        self._done = QLabel()
        self._done.setObjectName("title")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BUTTON_HEIGHT // 3)
        self._said = StatusPanel()
        self._pause = QPushButton()
        self._go_on = HandButton()
        self._cancel = ConfirmButton()

        for button in (self._pause, self._go_on):
            button.setMinimumHeight(BUTTON_HEIGHT)
            button.setAutoDefault(False)
        self._pause.clicked.connect(self.pause)
        self._go_on.clicked.connect(self._pressed_go_on)
        self._cancel.confirmed.connect(self._confirmed_cancel)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._done, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignBottom)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._pause, 2)
        buttons.addWidget(self._go_on, 2)
        buttons.addWidget(self._cancel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets; hidden while there is no fetch to show."""
        fetch = state.fetch
        self.setVisible(fetch is not None)
        self._word_keys(state)
        if fetch is None:
            return
        if fetch.number != self._number:
            self._cancel.disarm()
        self._number = fetch.number
        seen = state.seen
        self._title.show_text(f"{fetch_title(fetch)}  ·  {fetch_state_words(fetch)}")
        self._show_how_far(fetch, seen)
        self._said.show_said(self._saying(state, fetch, seen, language))
        elsewhere = state.runs_elsewhere(fetch)
        runs, waits = fetch.state is FetchState.RUNNING and not elsewhere, fetch.state is FetchState.PAUSED
        self._pause.setVisible(runs)
        self._pause.setEnabled(not state.pausing)
        self._go_on.setVisible(waits)
        self._go_on.setEnabled(not state.asked and state.running is None)
        self._cancel.setVisible(runs or waits)

    def _show_how_far(self, fetch: CodeFetch, seen: FetchSeen | None) -> None:
        if seen is None:
            # Of a fetch of another day nobody has counted yet what it brought.
            self._done.setText(fetch_size_words(fetch))
        else:
            self._done.setText(done_words(seen.done, fetch.total))
        self._bar.setRange(0, max(1, fetch.total))
        self._bar.setValue(0 if seen is None else seen.done)
        self._bar.setVisible(seen is not None)
        self._bar.setAccessibleName(self._done.text())

    def _word_keys(self, state: CodesState) -> None:
        pause = self.tr("Pausing") if state.pausing else self.tr("Pause")
        for button, words in ((self._pause, pause), (self._go_on, self.tr("Go on"))):
            button.setText(words)
            button.setAccessibleName(words)
        self._cancel.set_words(self.tr("Cancel it"), self.tr("Press again: cancel"))

    def _saying(self, state: CodesState, fetch: CodeFetch, seen: FetchSeen | None, language: str) -> Said:
        owner = self.tr("Who can mend it: {owner}")
        failure = None if seen is None else seen.failure
        match fetch.state:
            case FetchState.RUNNING if state.runs_elsewhere(fetch):
                what = self.tr("Another program fetches these codes.")
                return Said(Tone.CALM, "working", what, self.tr("It is paused or cancelled there."))
            case FetchState.RUNNING if state.waits_s:
                what = self.tr("It goes on by itself in {seconds} s.").format(seconds=state.waits_s)
                asked = self.tr("The service asked for this pause.")
                why = asked if failure is None else words_for(failure, language).what
                return Said(Tone.ATTENTION, "attention", what, why)
            case FetchState.RUNNING if failure is not None:
                return said_of(failure, Tone.ATTENTION, owner, language)
            case FetchState.RUNNING:
                what = self.tr("Codes are on their way. The line goes on meanwhile.")
                task = "" if seen is None or not seen.cut else self.tr("Task: {task}").format(task=seen.cut)
                return Said(Tone.CALM, "working", what, task)
            case FetchState.PAUSED if failure is not None:
                said = said_of(failure, Tone.ATTENTION, owner, language)
                # The failure's own words may promise that the station tries again by itself, which a fetch does not.
                waits = self.tr("This fetch waits for “Go on”.")
                return replace(said, do=f"{said.do} {waits}")
            case FetchState.PAUSED:
                return Said(Tone.ATTENTION, "attention", self.tr("Paused."), self._why(fetch, language))
            case FetchState.CANCELLED:
                return Said(Tone.CALM, "stop", self.tr("Cancelled. What it brought stays in the pool."))
        if seen is not None and seen.done < fetch.total:
            left = self.tr("Devices that got none: {number}. See the gaps.")
            number = number_words(fetch.total - seen.done)
            return Said(Tone.ATTENTION, "attention", self.tr("Done."), left.format(number=number))
        if sandbox := sandbox_words(state.pool):
            return Said(Tone.CALM, "ledger", self.tr("Done. The line needs no network for these."), sandbox)
        return Said(Tone.GOOD, "check", self.tr("Done. The line needs no network for these."))

    def _why(self, fetch: CodeFetch, language: str) -> str:
        """What was written down when it paused: a failure's code, whose values are gone by now."""
        goes_on = self.tr("It goes on where it stopped, and fetches nothing twice.")
        if fetch.reason not in load(language):
            return goes_on
        reason = self.tr("Reason: {code}.").format(code=fetch.reason)
        return f"{reason} {goes_on}"

    @Slot()
    def _pressed_go_on(self) -> None:
        self.go_on.emit(self._number)

    @Slot()
    def _confirmed_cancel(self) -> None:
        self.cancel.emit(self._number)
