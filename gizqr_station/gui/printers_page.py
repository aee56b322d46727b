"""The printers page: which printers there are, how each one is, and the labels that wait for them."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gizqr_station.domain.printer import FoundPrinter, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.found_list import FoundList
from gizqr_station.gui.printer_card import PrinterCard
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.printer_draft import printer_at, printer_found
from gizqr_station.gui.printer_editor import PrinterEditor
from gizqr_station.gui.printer_rows import row_of_printer
from gizqr_station.gui.printers_state import Pane, PrintersState, adding, after, asking, chose, editing, left, saving
from gizqr_station.gui.queue_panel import QueuePanel
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, LIST_WIDTH, SPACE
from gizqr_station.workflows.happenings import DeskWork


class PrintersPage(DeskPage[PrintersState]):
    """Shows one PrintersState."""

    def __init__(self, controls: PrinterControls, *, language: str) -> None:
        super().__init__(PrintersState(), after, language=language)
        self._controls = controls
        self._lost: QWidget | None = None
        self._was = Pane.LOOK
        self._list_title = QLabel()
        self._list_title.setObjectName("heading")
        self._list = RowList()
        self._add = QPushButton()
        self._nobody = QLabel()
        self._nobody.setObjectName("card")
        self._card = PrinterCard()
        self._editor = PrinterEditor()
        self._found = FoundList()
        self._queue = QueuePanel()

        self._connect()
        self._lay_out()
        self._found.show_state(self.state)
        self._draw()

    def _connect(self) -> None:
        self._list.picked.connect(self._choose)
        self._add.clicked.connect(self._search)
        self._card.look.connect(self._look)
        self._card.test.connect(self._test)
        self._card.calibrate.connect(self._calibrate)
        self._card.edit.connect(self._edit)
        self._card.use.connect(self._use)
        self._card.remove.connect(self._remove)
        self._card.new_roll.connect(self._new_roll)
        self._editor.saved.connect(self._save)
        self._editor.left.connect(self._leave)
        self._found.search.connect(self._search)
        self._found.left.connect(self._leave)
        self._found.found.connect(self._take_found)
        self._found.typed.connect(self._take_typed)
        self._queue.release.connect(self._release)
        self._queue.hold.connect(self._hold)
        self._queue.cancel.connect(self._cancel)
        self._queue.move_to.connect(self._move)

    def _lay_out(self) -> None:
        self._nobody.setWordWrap(True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        self._add.setMinimumHeight(ACTION_HEIGHT)
        self._add.setAutoDefault(False)
        for pane in (self._nobody, self._card, self._editor, self._found):
            self._panes.addWidget(pane)
        side = ((self._list_title, 0), (self._list, 1), (self._add, 0))
        self._lay_out_beside(side, widths=LIST_WIDTH, shares=(2, 5), below=self._queue)

    @property
    def title(self) -> str:
        """On its tab, with the number of labels that wait for somebody to look at them."""
        title = self.tr("Printers")
        return f"{title} ({self.state.held})" if self.state.held else title

    def show_state(self, state: PrintersState) -> None:
        """Draw a state, whole, whether anybody sees it or not."""
        self.state = state
        self._draw()

    def _draw(self) -> None:
        # Asked before, for a button that is drawn disabled or goes out of sight has lost the focus afterwards.
        focused = self._focused()
        super()._draw()
        self._keep_focus(focused, self.state)

    def _draw_opened(self) -> None:
        state = self.state
        self._list_title.setText(self.tr("Printers that are set up"))
        self._list.setAccessibleName(self._list_title.text())
        self._nobody.setText(
            self.tr("No printer is set up yet.\nAdd the first one: it is looked for, or its address is typed.")
        )
        self._list.show_rows([row_of_printer(state, printer, self._language) for printer in state.printers])
        self._add.setText(self.tr("Add a printer"))
        self._add.setAccessibleName(self._add.text())
        self._add.setEnabled(state.pane is Pane.LOOK)
        # What is not seen is drawn before it is seen, and not each time that something happens.
        if state.pane is Pane.LOOK:
            self._card.show_state(state, self._language)
            self._queue.show_state(state, self._language)
        elif state.pane is Pane.ADD:
            self._found.show_state(state)
        self._editor.show_state(state, self._language)
        self._show_pane(state)

    def _focused(self) -> QWidget | None:
        focused = self.window().focusWidget()
        return focused if focused is not None and self.isAncestorOf(focused) else None

    def _keep_focus(self, focused: QWidget | None, state: PrintersState) -> None:
        """A button that cannot be pressed for a moment has the focus again after it; its neighbour never gets it."""
        was, self._was = self._was, state.pane
        if state.pane is Pane.LOOK and was is not Pane.LOOK and focused is not None:
            self._lost = None
            row = next((row for row in self._list.rows if row.isChecked()), None)
            back = row if was is Pane.EDIT and row is not None else self._add
            back.setFocus()
        elif focused is not None and state.pane is Pane.LOOK and not (focused.isEnabled() and focused.isVisible()):
            self._lost = focused
            self.setFocus()
        elif self._lost is not None and self.window().focusWidget() is not self:
            self._lost = None
        elif self._lost is not None and self._lost.isEnabled() and self._lost.isVisible():
            self._lost.setFocus()
            self._lost = None

    def _show_pane(self, state: PrintersState) -> None:
        """The queue gives its place to fields and findings: it goes before they come and comes after they went."""
        # For Qt lays out at each step, and a window that had to grow for a moment stays large.
        looking = state.pane is Pane.LOOK
        if not looking:
            self._queue.hide()
        look = self._nobody if state.printer is None else self._card
        self._panes.setCurrentWidget({Pane.LOOK: look, Pane.EDIT: self._editor, Pane.ADD: self._found}[state.pane])
        if looking:
            self._queue.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, unless something that was typed would be lost."""
        at_rest = self.state.pane is Pane.LOOK or (self.state.pane is Pane.EDIT and not self._editor.unchanged)
        if event.key() != Qt.Key.Key_Escape or at_rest:
            super().keyPressEvent(event)
        else:
            self._leave()

    def looked_at(self, *, visible: bool) -> None:
        """Only then are printers asked."""
        super().looked_at(visible=visible)
        self._controls.shown(visible)

    def _ask(self, work: DeskWork, printer: str) -> None:
        self.show_state(asking(self.state, work, printer))

    @Slot(str)
    def _choose(self, name: str) -> None:
        self.show_state(chose(self.state, name))
        self._controls.look_at(name)

    @Slot()
    def _search(self) -> None:
        self._found.clear()
        self.show_state(adding(self.state))
        self._controls.look_for_printers()

    @Slot()
    def _leave(self) -> None:
        self.show_state(left(self.state))

    @Slot(object)
    def _take_found(self, found: FoundPrinter) -> None:
        self.show_state(editing(self.state, printer_found(found, self.state.names_beside("")), ""))

    @Slot(object)
    def _take_typed(self, address: PrinterAddress) -> None:
        self.show_state(editing(self.state, printer_at(address, self.state.names_beside("")), ""))

    @Slot()
    def _look(self) -> None:
        self._controls.look_at(self.state.chosen)

    @Slot()
    def _edit(self) -> None:
        printer = self.state.printer
        if printer is not None:
            self.show_state(editing(self.state, printer, printer.name))

    @Slot(object)
    def _save(self, config: PrinterConfig) -> None:
        was = self.state.editing.was if self.state.editing else ""
        self.show_state(saving(self.state, config))
        self._controls.save(config, was)

    @Slot()
    def _test(self) -> None:
        self._ask(DeskWork.TEST_LABEL, self.state.chosen)
        self._controls.test_label(self.state.chosen)

    @Slot()
    def _calibrate(self) -> None:
        self._ask(DeskWork.CALIBRATE, self.state.chosen)
        self._controls.calibrate(self.state.chosen)

    @Slot()
    def _use(self) -> None:
        self._ask(DeskWork.SAVE, self.state.chosen)
        self._controls.use_for_line(self.state.chosen)

    @Slot()
    def _remove(self) -> None:
        self._ask(DeskWork.SAVE, self.state.chosen)
        self._controls.remove(self.state.chosen)

    @Slot(object, int, int)
    def _new_roll(self, kind: SupplyKind, full: int, warn_below: int) -> None:
        self._ask(DeskWork.NEW_ROLL, self.state.chosen)
        self._controls.new_roll(self.state.chosen, kind, full, warn_below)

    @Slot(int)
    def _release(self, job: int) -> None:
        self._ask(DeskWork.QUEUE, "")
        self._controls.release(job)

    @Slot(int)
    def _hold(self, job: int) -> None:
        self._ask(DeskWork.QUEUE, "")
        self._controls.hold(job)

    @Slot(int)
    def _cancel(self, job: int) -> None:
        self._ask(DeskWork.QUEUE, "")
        self._controls.cancel(job)

    @Slot(int, str)
    def _move(self, job: int, printer: str) -> None:
        self._ask(DeskWork.QUEUE, "")
        self._controls.move(job, printer)
