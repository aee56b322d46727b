"""What is told to the orders page: orders, the shift, and what became of a request."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.work_order import OrderBalance, OrderProfile, Shift, ShiftTotals, WorkOrder


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """One order and how it stands."""

    order: WorkOrder
    balance: OrderBalance
    first_article: PrintJob | None = None
    """The label that QA may release it by: verified, and not released yet."""


@dataclass(frozen=True, slots=True)
class OrdersSeen:
    """The orders that are not ended, newest first, and those that ended where that was asked for."""

    orders: tuple[OrderStanding, ...]
    in_hand: str
    """Number of the order that this station works on; empty for none."""
    here: OrderProfile | None = None
    """What this station labels now, and what an order that is planned here would be signed for; its quantity is 0."""


@dataclass(frozen=True, slots=True)
class ShiftSeen:
    """How the shift of this station stands."""

    shift: Shift | None
    totals: ShiftTotals | None
    in_doubt: tuple[PrintJob, ...] = ()
    """Labels of this station that keep it from being closed."""


class OrderWork(Enum):
    """What the orders desk can be asked for."""

    LOOK = "look"
    PLAN = "plan"
    SIGN = "sign"
    TAKE = "take"
    """Changeover: the station works on it from now on."""
    RELEASE = "release"
    CLOSE = "close"
    CANCEL = "cancel"
    REPORT = "report"
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"


@dataclass(frozen=True, slots=True)
class OrderDone:
    """A request was done, or why not."""

    work: OrderWork
    number: str = ""
    files: tuple[str, ...] = ()
    """Of a report: what was written."""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """Another order is in hand: the station opens its parts anew with that order's profile."""

    order: WorkOrder | None
    """None: it was given back, and the settings say again what is labelled."""


OrderHappening = OrdersSeen | ShiftSeen | OrderDone | OrderTaken
