"""Where work orders and shifts are kept."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.work_order import OrderBalance, OrderProfile, OrderState, Shift, ShiftTotals, WorkOrder
from gizqr_station.workflows.ports import Entry


class OrderBook(Protocol):
    """Work orders; every change is in the record in the same transaction."""

    def plan_order(self, number: str, profile: OrderProfile, *, who: str) -> WorkOrder:
        """Write one down; raises OrderExists, and NumberInUse where labels carry its number already."""
        ...

    def order(self, number: str) -> WorkOrder | None:
        """One as it stands."""
        ...

    def orders(self, *, closed: bool = False, limit: int = 100) -> Sequence[WorkOrder]:
        """Newest first; those that ended only on request."""
        ...

    def move_order(
        self,
        number: str,
        state: OrderState,
        *,
        who: str,
        first_article: int = 0,
        scanned: str = "",
        remark: str = "",
    ) -> WorkOrder:
        """A legal move. In one transaction with what it needs to be true:

        RELEASED needs a VERIFIED ``first_article`` of this order that somebody else made, and whose content ``who``
        has ``scanned`` (NoFirstArticle, NotTheFirstArticle, OwnFirstArticle, FirstArticleNotScanned); CLOSED that
        no unit of it is unknown (OrderNotSettled); CANCELLED that no label of it is out (OrderBegun).
        OrderUnknown, OrderMoveRefused.
        """
        ...

    def order_balance(self, number: str) -> OrderBalance:
        """How it stands at this instant; the five numbers are of one transaction."""
        ...


class ShiftBook(Protocol):
    """Shifts of each station."""

    def open_shift(self, *, who: str) -> Shift:
        """Begin one at this station; raises ShiftUnderWay."""
        ...

    def current_shift(self) -> Shift | None:
        """The one that runs at this station."""
        ...

    def shifts(self, limit: int = 50) -> Sequence[Shift]:
        """Newest first, of every station."""
        ...

    def shift_totals(self, shift: Shift) -> ShiftTotals:
        """What was done in it, so far."""
        ...

    def labels_out_here(self) -> Sequence[PrintJob]:
        """Labels of this station that are being printed, in doubt or not scanned back yet, oldest first."""
        ...

    def close_shift(self, *, who: str, remark: str = "") -> Shift:
        """End it; raises NoShift, ShiftNotSettled while labels of this station are unknown or await their scan."""
        ...


class OrderRecords(OrderBook, Protocol):
    """What more the ledger tells of an order."""

    def first_article_of(self, number: str) -> PrintJob | None:
        """The oldest verified label of an order; raises OrderUnknown."""
        ...

    def labels_under(self, number: str) -> Iterator[PrintJob]:
        """Every label that carries the number, in order, a few at a time."""
        ...

    def history(self, job: int) -> Sequence[Entry]:
        """Everything written about one label, in order."""
        ...


class OrderHand(Protocol):
    """Which order this station works on; kept in the ledger, so that it survives restarts."""

    def order_in_hand(self, station: str = "") -> str:
        """Its number; empty where none was taken. With a name: that of another station."""
        ...

    def take_order(self, number: str, *, who: str) -> WorkOrder | None:
        """Work on it from now on; empty gives back the one in hand.

        Raises OrderUnknown, OrderNotOpen, LabelsOut while labels of this station wait or are not settled.
        """
        ...


class OrderGate(Protocol):
    """Asked before a label is drawn; opening its job is what decides."""

    def require_taking(self, number: str) -> None:
        """Raise OrderNotOpen or FirstArticleDue; passes for an order that is not in the book."""
        ...


class OrderLedger(OrderRecords, OrderHand, ShiftBook, Protocol):
    """All that the orders desk asks of the ledger."""
