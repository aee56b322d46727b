"""The orders page: work orders and how they stand, the changeover, the first label, and the shift."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.people import Badge, Credential, Person
from gizqr_station.gui import orders_state
from gizqr_station.gui.badge_scan import BadgeScan
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.order_controls import OrderControls
from gizqr_station.gui.order_pane import OrderPane
from gizqr_station.gui.order_words import SHIFT, row_of_order, row_of_shift
from gizqr_station.gui.orders_state import OrdersState, Pane
from gizqr_station.gui.plan_order_pane import PlanOrderPane
from gizqr_station.gui.release_pane import ReleasePane
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.shift_pane import ShiftPane
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, PORT_ROW_HEIGHT
from gizqr_station.workflows.happenings import AtSlot, Happening, LabelKnown
from gizqr_station.workflows.order_happenings import OrderDone, OrderWork
from gizqr_station.workflows.people_happenings import PeopleSeen


class OrdersPage(DeskPage[OrdersState]):
    """Shows one OrdersState; ``record`` carries the job of a label that is to be looked at in the records."""

    record = Signal(int)

    def __init__(self, controls: OrderControls, badge_scan: BadgeScan, *, language: str) -> None:
        super().__init__(OrdersState(), orders_state.after, language=language)
        self.setAcceptDrops(True)
        self._controls = controls
        self._badge_scan = badge_scan
        self._known: tuple[Person, ...] = ()
        self._rows = RowList(PORT_ROW_HEIGHT)
        self._ended = QPushButton()
        self._new = QPushButton()
        self._shift = ShiftPane()
        self._order = OrderPane()
        self._plan = PlanOrderPane()
        self._release = ReleasePane()

        self._ended.setObjectName("option")
        self._ended.setCheckable(True)
        self._ended.setFixedHeight(FIELD_HEIGHT)
        self._new.setMinimumHeight(ACTION_HEIGHT)
        for button in (self._ended, self._new):
            button.setAutoDefault(False)
        self._connect()
        for pane in (self._shift, self._order, self._plan, self._release):
            self._panes.addWidget(pane)
        self._lay_out_beside(((self._rows, 1), (self._ended, 0), (self._new, 0)))
        self._draw()

    def _connect(self) -> None:
        self._badge_scan.changed.connect(self._show_badge_scan)
        # Later, for whoever was waited for until now is still being told.
        self._badge_scan.changed.connect(self._go_on_scanning, Qt.ConnectionType.QueuedConnection)
        self._rows.picked.connect(self._look_at)
        self._ended.clicked.connect(self._show_ended)
        self._new.clicked.connect(self._begin_plan)
        self._plan.left.connect(self._leave)
        self._plan.wanted.connect(self._plan_it)
        self._order.sign.connect(self._sign)
        self._order.take.connect(self._take)
        self._order.give_back.connect(self._give_back)
        self._order.release.connect(self._begin_release)
        self._order.ended.connect(self._close_order)
        self._order.cancelled.connect(self._cancel)
        self._order.report.connect(self._report)
        self._release.entered.connect(self._release_by)
        self._release.badge.connect(self._arm)
        self._release.left.connect(self._leave)
        self._shift.opened.connect(self._open_shift)
        self._shift.closed.connect(self._close_shift)
        self._shift.record.connect(self.record)

    @property
    def title(self) -> str:
        """On its tab; with the number of orders that wait for QA."""
        words = self.tr("Orders")
        return f"{words} ({self.state.due})" if self.state.due else words

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it."""
        if isinstance(happening, PeopleSeen):
            self._known = happening.people
        before = self.state.duty
        super().hear(happening)
        if self.state.pane is Pane.RELEASE and self.state.duty != before:
            # Whoever was on duty scanned that label.
            self._leave()
        match happening:
            case LabelKnown(job, by_content=True) | AtSlot(_, LabelKnown(job, by_content=True)):
                self._seen_at_the_line(job)
            case _:
                pass
        if isinstance(happening, OrderDone) and happening.failure is None:
            self._begin_anew(happening.work)

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        for pane in (self._shift, self._order, self._plan, self._release):
            pane.show_state(self.state, language)
        super().speak(language)

    def _draw_opened(self) -> None:
        state, pane = self.state, self.state.pane
        on_order = pane in {Pane.ORDER, Pane.RELEASE}
        self._rows.setAccessibleName(self.tr("Shift and orders"))
        self._rows.show_rows(
            [
                row_of_shift(state.shift, chosen=pane is Pane.SHIFT),
                *(
                    row_of_order(each, state.in_hand, chosen=on_order and each.order.number == state.chosen)
                    for each in state.orders
                ),
            ]
        )
        self._ended.setText(self.tr("Ended orders too"))
        self._ended.setChecked(state.ended_too)
        self._new.setText(self.tr("New order"))
        for button in (self._ended, self._new):
            button.setAccessibleName(button.text())
        self._new.setEnabled(pane is not Pane.PLAN)
        panes: dict[Pane, ShiftPane | OrderPane | PlanOrderPane | ReleasePane] = {
            Pane.SHIFT: self._shift,
            Pane.ORDER: self._order,
            Pane.PLAN: self._plan,
            Pane.RELEASE: self._release,
        }
        shown = panes[pane]
        if shown is not self._panes.currentWidget() and self._panes.isAncestorOf(self.window().focusWidget() or self):
            # Otherwise Qt gives the focus to whatever comes next, and that may sign or close something.
            self.setFocus()
        if isinstance(shown, ReleasePane):
            shown.show_state(state, self._language, self._known)
        else:
            shown.show_state(state, self._language)
        self._panes.setCurrentWidget(shown)

    def looked_at(self, *, visible: bool) -> None:
        """Orders may have gone on at another station; who looks elsewhere wants no badge taken."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if not visible:
            self._badge_scan.disarm()

    def _begin_anew(self, work: OrderWork) -> None:
        if work is OrderWork.PLAN:
            self._plan.begin()
        elif work is OrderWork.CLOSE_SHIFT:
            self._shift.note.setText("")
        elif work is OrderWork.CLOSE:
            self._order.remark.setText("")

    def _take_file(self, path: str) -> None:
        if self.state.pane is not Pane.PLAN:
            self._begin_plan()
        self._plan.take_file(path)

    @Slot()
    def _show_badge_scan(self) -> None:
        if self.isVisible():
            self.show_state(replace(self.state, armed_s=self._badge_scan.left_s, held_by=self._badge_scan.held_by))

    @Slot(str)
    def _look_at(self, key: str) -> None:
        self._badge_scan.disarm()
        self.show_state(orders_state.looking_at(self.state, "" if key == SHIFT else key[1:]))

    @Slot()
    def _show_ended(self) -> None:
        self.show_state(replace(self.state, ended_too=not self.state.ended_too))
        self._controls.look(closed=self.state.ended_too)

    @Slot()
    def _begin_plan(self) -> None:
        self._badge_scan.disarm()
        self.show_state(orders_state.showing(self.state, Pane.PLAN))
        self._plan.begin()

    @Slot()
    def _leave(self) -> None:
        self._badge_scan.disarm()
        self.show_state(orders_state.looking_at(self.state, self.state.chosen))

    @Slot(str, int, str, str)
    def _plan_it(self, number: str, quantity: int, ranges: str, path: str) -> None:
        self._ask(OrderWork.PLAN)
        self._controls.plan(number, quantity, ranges, path)

    @Slot()
    def _sign(self) -> None:
        self._controls.sign(self._ask(OrderWork.SIGN))

    @Slot()
    def _take(self) -> None:
        self._controls.take(self._ask(OrderWork.TAKE))

    @Slot()
    def _give_back(self) -> None:
        self._ask(OrderWork.TAKE)
        self._controls.take("")

    @Slot()
    def _begin_release(self) -> None:
        self.show_state(orders_state.showing(self.state, Pane.RELEASE))
        self._release.fields.begin()
        self._arm()

    @Slot()
    def _arm(self) -> None:
        if self.state.article_scanned:
            self._badge_scan.arm(self._release_by_badge)
        else:
            self._badge_scan.arm(self._read_article, for_label=True)

    @Slot()
    def _go_on_scanning(self) -> None:
        """For as long as the pane is open and the first label was not scanned, scans are its own."""
        state, scan = self.state, self._badge_scan
        waits = state.pane is Pane.RELEASE and state.asked is None and not state.article_scanned
        if waits and self.isVisible() and not scan.left_s and not scan.held_by:
            self._arm()

    def _read_article(self, text: str) -> None:
        self.show_state(orders_state.reading(self.state, text))
        if not self.state.article_scanned:
            return
        if self.state.releases_alone:
            self._release_with(None)
        else:
            self._arm()

    def _seen_at_the_line(self, job: PrintJob) -> None:
        """A scanner on a port of its own: the line has read the label, and knows it."""
        standing = self.state.standing
        article = None if standing is None else standing.first_article
        waits = self.state.pane is Pane.RELEASE and self.state.asked is None and not self.state.article_scanned
        if waits and article is not None and article.id == job.id:
            self._read_article(article.draft.content)

    def _release_by_badge(self, text: str) -> None:
        if text == self.state.scanned:
            # The label once more: the trigger was held.
            self._arm()
        else:
            self._release_by(Badge(text))

    @Slot(object)
    def _release_by(self, second: Credential) -> None:
        if self.state.asked is None and self.state.article_scanned:
            self._release_with(second)

    def _release_with(self, second: Credential | None) -> None:
        scanned = self.state.scanned
        self._controls.release(self._ask(OrderWork.RELEASE), second, scanned=scanned)

    @Slot(str)
    def _close_order(self, remark: str) -> None:
        self._controls.close_order(self._ask(OrderWork.CLOSE), remark)

    @Slot(str)
    def _cancel(self, remark: str) -> None:
        self._controls.cancel(self._ask(OrderWork.CANCEL), remark)

    @Slot()
    def _report(self) -> None:
        self._controls.report(self._ask(OrderWork.REPORT))

    @Slot()
    def _open_shift(self) -> None:
        self._ask(OrderWork.OPEN_SHIFT)
        self._controls.open_shift()

    @Slot(str)
    def _close_shift(self, note: str) -> None:
        self._ask(OrderWork.CLOSE_SHIFT)
        self._controls.close_shift(note)

    def _ask(self, work: OrderWork) -> str:
        """Number of the order that it is about."""
        self._badge_scan.disarm()
        self.show_state(orders_state.asking(self.state, work))
        return self.state.chosen
