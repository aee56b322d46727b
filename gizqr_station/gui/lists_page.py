"""The lists page: a list is handed over, every line of it is judged, and after one yes its labels are printed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton

from gizqr_station.domain.identity_list import Verdict
from gizqr_station.gui import lists_state
from gizqr_station.gui.batch_pane import BatchPane
from gizqr_station.gui.checking_pane import CheckingPane
from gizqr_station.gui.choose_list_pane import ChooseListPane
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.list_controls import ListControls
from gizqr_station.gui.list_words import row_of_batch
from gizqr_station.gui.lists_state import ListsState, Pane
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, PORT_ROW_HEIGHT
from gizqr_station.gui.verdict_pane import VerdictPane


class ListsPage(DeskPage[ListsState]):
    """Shows one ListsState."""

    def __init__(self, controls: ListControls, *, language: str) -> None:
        super().__init__(ListsState(), lists_state.after, language=language)
        self.setAcceptDrops(True)
        self._controls = controls
        self._batches_title = QLabel()
        self._batches_title.setObjectName("heading")
        self._batches = RowList(PORT_ROW_HEIGHT)
        self._none = QLabel()
        self._none.setObjectName("quiet")
        self._none.setWordWrap(True)
        self._new = QPushButton()
        self._choose = ChooseListPane()
        self._checking = CheckingPane()
        self._verdict = VerdictPane()
        self._batch = BatchPane()

        self._connect()
        self._lay_out()
        self._draw()

    def _connect(self) -> None:
        self._batches.picked.connect(self._choose_batch)
        self._new.clicked.connect(self._leave_batch)
        self._choose.file.connect(self._take_file)
        self._choose.text.connect(self._check_text)
        self._choose.folder.connect(self._look_in)
        self._checking.stopped.connect(self._start_anew)
        self._verdict.left.connect(self._start_anew)
        self._verdict.only.connect(self._show_only)
        self._verdict.printer.connect(self._choose_printer)
        self._verdict.accepted.connect(self._begin)
        self._batch.printer.connect(self._choose_printer)
        self._batch.pause.connect(self._pause)
        self._batch.go_on.connect(self._go_on)
        self._batch.cancel.connect(self._cancel)

    def _lay_out(self) -> None:
        self._new.setMinimumHeight(ACTION_HEIGHT)
        self._new.setAutoDefault(False)
        for pane in (self._choose, self._checking, self._verdict, self._batch):
            self._panes.addWidget(pane)
        self._lay_out_beside(((self._batches_title, 0), (self._none, 0), (self._batches, 1), (self._new, 0)))

    @property
    def title(self) -> str:
        """On its tab; with the number of labels that a running batch has left."""
        running = self.state.running
        words = self.tr("Lists")
        return words if running is None else f"{words} ({running.left})"

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        for pane in (self._choose, self._checking, self._verdict, self._batch):
            pane.show_state(self.state, language)
        super().speak(language)

    def _draw_opened(self) -> None:
        state = self.state
        self._batches_title.setText(self.tr("Batches"))
        self._batches.setAccessibleName(self._batches_title.text())
        self._none.setText(self.tr("None yet. What was printed from lists stands here."))
        self._none.setVisible(not state.batches)
        on_batch = state.pane is Pane.BATCH
        self._batches.show_rows(
            [row_of_batch(batch, chosen=on_batch and batch.number == state.chosen) for batch in state.batches]
        )
        self._new.setText(self.tr("Back to the list") if state.list_waits else self.tr("New list"))
        self._new.setAccessibleName(self._new.text())
        self._new.setEnabled(state.pane is not Pane.CHOOSE)
        panes: dict[Pane, ChooseListPane | CheckingPane | VerdictPane | BatchPane] = {
            Pane.CHOOSE: self._choose,
            Pane.CHECKING: self._checking,
            Pane.VERDICT: self._verdict,
            Pane.BATCH: self._batch,
        }
        pane = panes[state.pane]
        if pane is not self._panes.currentWidget() and self._panes.isAncestorOf(self.window().focusWidget() or self):
            # Otherwise Qt gives the focus to whatever comes next, and that may be the yes.
            self.setFocus()
        pane.show_state(state, self._language)
        self._panes.setCurrentWidget(pane)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a list wherever one may be handed over; Esc goes back."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.state.opened:
            self._choose.paste()
        elif event.key() == Qt.Key.Key_Escape and self.state.pane in {Pane.CHECKING, Pane.VERDICT}:
            self._start_anew()
        else:
            super().keyPressEvent(event)

    def looked_at(self, *, visible: bool) -> None:
        """The folder is looked into once; after that when a person asks."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if visible and self.state.folder is None:
            self._controls.look_in("")

    @Slot(str)
    def _choose_batch(self, number: str) -> None:
        self.show_state(lists_state.chose_batch(self.state, int(number)))

    @Slot()
    def _start_anew(self) -> None:
        self.show_state(lists_state.chose_none(self.state))
        self._controls.stop_checking()

    @Slot()
    def _leave_batch(self) -> None:
        if self.state.list_waits:
            self.show_state(lists_state.back_to_list(self.state))
        else:
            self._start_anew()

    @Slot(str)
    def _take_file(self, path: str) -> None:
        self.show_state(lists_state.checking(self.state, path))
        self._controls.check_file(path, self.state.request)

    @Slot(str, str)
    def _check_text(self, text: str, name: str) -> None:
        self.show_state(lists_state.checking(self.state, name))
        self._controls.check_text(text, name, self.state.request)

    @Slot(str)
    def _look_in(self, folder: str) -> None:
        self._controls.look_in(folder)

    @Slot(object)
    def _show_only(self, verdict: Verdict) -> None:
        self.show_state(lists_state.showing_only(self.state, verdict))

    @Slot(str)
    def _choose_printer(self, name: str) -> None:
        self.show_state(replace(self.state, printer=name))

    @Slot()
    def _begin(self) -> None:
        if self.state.may_begin:
            self.show_state(lists_state.asking(self.state))
            self._controls.begin(self.state.printer, self.state.request)

    @Slot()
    def _pause(self) -> None:
        self.show_state(lists_state.pausing(self.state))
        self._controls.pause()

    @Slot(int)
    def _go_on(self, number: int) -> None:
        if not self.state.asked and self.state.running is None:
            self.show_state(lists_state.asking(self.state))
            self._controls.go_on(number, self.state.other_printer)

    @Slot(int)
    def _cancel(self, number: int) -> None:
        self._controls.cancel(number)
