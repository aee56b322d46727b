"""What the orders page asks for: each request returns at once, and is answered with happenings."""

import threading
from collections.abc import Callable

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Credential, Permission
from gizqr_station.domain.reports import Anchored
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows import orders
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.order_happenings import OrderDone, OrdersSeen, OrderTaken, OrderWork, ShiftSeen
from gizqr_station.workflows.order_reports import NOT_ANCHORED, ReportParts, anchor, close_shift, report_order
from gizqr_station.workflows.orders import OrderParts

MOST_SHOWN = 100


class OrdersDesk:
    """Requests may come from any thread; they are done one after the other, on a lane of their own."""

    def __init__(
        self, parts: OrderParts, reports: ReportParts, lane_named: Callable[[str], Lane], tell: Tell, *, in_hand: str
    ) -> None:
        """``in_hand``: number of the order whose profile the station was opened with; empty for none."""
        self._parts = parts
        self._reports = reports
        self._tell = tell
        self._in_hand = in_hand
        self._stop = Stop()
        self._lane = lane_named("orders")
        self._lock = threading.Lock()
        self._closed_too = False
        """Whether ended orders are to be seen."""

    def shown(self, visible: bool) -> None:
        """As the page is opened: OrdersSeen, ShiftSeen."""
        if visible:
            self.look()

    def look(self, *, closed: bool = False) -> None:
        """OrdersSeen, with those that ended too where asked for, and ShiftSeen."""

        def work() -> None:
            with self._lock:
                self._closed_too = closed
            self._tell_orders()
            self._tell_shift()

        self._give(OrderWork.LOOK, "", work)

    def plan(self, number: str, quantity: int, identities: str = "", list_file: str = "") -> None:
        """An order with what this station labels now: OrderDone(PLAN), OrdersSeen."""

        def work() -> tuple[str, ...]:
            orders.plan(self._parts, number, quantity, identities, list_file, self._stop)
            return ()

        self._do(OrderWork.PLAN, number.strip(), work)

    def sign(self, number: str) -> None:
        """Fix the profile: OrderDone(SIGN), OrdersSeen."""
        self._do(OrderWork.SIGN, number, lambda: _no_files(orders.sign(self._parts, number)))

    def take(self, number: str) -> None:
        """Changeover: OrderTaken, or OrderDone(TAKE) with why not. Empty: give back what is in hand."""

        def work() -> None:
            self._tell(OrderTaken(orders.take(self._parts, number)))

        self._give(OrderWork.TAKE, number, work)

    def release(self, number: str, second: Credential | None = None, *, scanned: str = "") -> None:
        """QA releases by the first article, which they scanned: OrderDone(RELEASE), OrdersSeen."""
        parts = self._parts
        self._do(OrderWork.RELEASE, number, lambda: _no_files(orders.release(parts, number, second, scanned=scanned)))

    def close_order(self, number: str, remark: str = "") -> None:
        """End it, with a report: OrderDone(CLOSE), OrdersSeen.

        A report that cannot be written does not open it again: OrderDone with the failure, and OrdersSeen without it.
        """

        def work() -> tuple[str, ...]:
            who = orders.close(self._parts, number, remark).closed_by
            return self._reported(number, who, anchor(self._reports, who=who, stop=self._stop))

        self._do(OrderWork.CLOSE, number, work)

    def cancel(self, number: str, remark: str) -> None:
        """One that was never begun: OrderDone(CANCEL), OrdersSeen."""
        self._do(OrderWork.CANCEL, number, lambda: _no_files(orders.cancel(self._parts, number, remark)))

    def report(self, number: str) -> None:
        """How it stands, as PDF and CSV: OrderDone(REPORT)."""

        def work() -> tuple[str, ...]:
            return self._reported(number, self._parts.duty.require(Permission.EXPORT, number), NOT_ANCHORED)

        self._do(OrderWork.REPORT, number, work)

    def open_shift(self) -> None:
        """OrderDone(OPEN_SHIFT), ShiftSeen."""

        def work() -> tuple[str, ...]:
            self._parts.ledger.open_shift(who=self._parts.duty.require(Permission.LABEL, "shift"))
            return ()

        self._do(OrderWork.OPEN_SHIFT, "", work, seen=self._tell_shift)

    def close_shift(self, remark: str = "") -> None:
        """With a report, a checkpoint and a copy of the ledger: OrderDone(CLOSE_SHIFT), ShiftSeen.

        With the failure of one of these the shift is closed all the same, as ShiftSeen tells.
        """

        def work() -> None:
            who = self._parts.duty.require(Permission.CLOSE, "shift")
            note = remark.strip()[: orders.LONGEST_REMARK]
            closed = close_shift(self._reports, who=who, remark=note, stop=self._stop)
            self._tell(OrderDone(OrderWork.CLOSE_SHIFT, "", closed.files, closed.failure))
            self._tell_shift()

        self._give(OrderWork.CLOSE_SHIFT, "", work, refused=self._tell_shift)

    def close(self) -> None:
        """Wait for what is under way."""
        self._stop.set()
        self._lane.close()

    def _reported(self, number: str, who: str, anchored: Anchored) -> tuple[str, ...]:
        return report_order(self._reports, number, who=who, stop=self._stop, anchored=anchored)

    def _do(
        self, work: OrderWork, number: str, step: Callable[[], tuple[str, ...]], seen: Callable[[], None] | None = None
    ) -> None:
        """Do it, tell that it is done and how all stands then; also after a refusal, whose reason may be news."""
        tell_seen = seen or self._tell_orders

        def done() -> None:
            self._tell(OrderDone(work, number, step()))
            tell_seen()

        self._give(work, number, done, refused=tell_seen)

    def _give(
        self, work: OrderWork, number: str, step: Callable[[], None], refused: Callable[[], None] | None = None
    ) -> None:
        def fault(failure: Failure) -> None:
            self._tell(OrderDone(work, number, failure=failure))

        lanes = DeskLanes("orders desk", self._stop, fault)

        def tried() -> None:
            try:
                step()
            except Failure as failure:
                fault(failure)
                if refused is not None:
                    refused()

        lanes.give(self._lane, tried)

    def _tell_orders(self) -> None:
        with self._lock:
            closed = self._closed_too
        ledger = self._parts.ledger
        seen = tuple(orders.standing(ledger, order) for order in ledger.orders(closed=closed, limit=MOST_SHOWN))
        self._tell(OrdersSeen(seen, self._in_hand, self._parts.profile_here()))

    def _tell_shift(self) -> None:
        ledger = self._parts.ledger
        shift = ledger.current_shift()
        if shift is None:
            self._tell(ShiftSeen(None, None))
            return
        self._tell(ShiftSeen(shift, ledger.shift_totals(shift), tuple(ledger.labels_out_here())))


def _no_files(_done: object) -> tuple[str, ...]:
    return ()
