"""What the orders page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.people import Permission
from gizqr_station.domain.work_order import OrderProfile, OrderState
from gizqr_station.workflows.happenings import Happening, LineStopped
from gizqr_station.workflows.order_happenings import (
    OrderDone,
    OrdersSeen,
    OrderStanding,
    OrderTaken,
    OrderWork,
    ShiftSeen,
)
from gizqr_station.workflows.people_happenings import OnDuty

_OF_SHIFT = frozenset({OrderWork.OPEN_SHIFT, OrderWork.CLOSE_SHIFT})


class Pane(Enum):
    """What stands beside the list."""

    SHIFT = "shift"
    ORDER = "order"
    PLAN = "plan"
    RELEASE = "release"
    """A second person shows who they are."""


@dataclass(frozen=True, slots=True)
class OrdersState:
    """All that the page needs to draw itself; never a PIN or a badge."""

    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    orders: tuple[OrderStanding, ...] = ()
    in_hand: str = ""
    here: OrderProfile | None = None
    """What the station labels now."""
    shift: ShiftSeen | None = None
    duty: OnDuty | None = None
    wanted: Pane = Pane.SHIFT
    chosen: str = ""
    """Number of the order that is looked at."""
    ended_too: bool = False
    """Orders that ended are to be seen as well."""
    asked: OrderWork | None = None
    """What was asked for; the answer is on its way."""
    done: OrderDone | None = None
    """What became of the last request."""
    armed_s: int = 0
    """Whole seconds that the next scan is taken as a badge."""
    held_by: int = 0
    """The slot whose label has to be scanned first."""
    scanned: str = ""
    """What was read from the first label, in the release; nothing else that is scanned is kept."""
    other_scanned: bool = False
    """The last scan was no first label of this order."""

    @property
    def standing(self) -> OrderStanding | None:
        """The order that is looked at."""
        return next((each for each in self.orders if each.order.number == self.chosen), None)

    @property
    def pane(self) -> Pane:
        """What stands beside the list."""
        if self.wanted is Pane.PLAN:
            return Pane.PLAN
        standing = self.standing
        if self.wanted is Pane.SHIFT or standing is None:
            return Pane.SHIFT
        return Pane.RELEASE if self.wanted is Pane.RELEASE and standing.first_article is not None else Pane.ORDER

    @property
    def due(self) -> int:
        """Orders whose first label waits for QA."""
        return sum(each.first_article is not None for each in self.orders)

    @property
    def article_scanned(self) -> bool:
        """Whether QA has scanned the first label of the order that is looked at."""
        standing = self.standing
        article = None if standing is None else standing.first_article
        return article is not None and bool(self.scanned) and self.scanned == article.draft.content

    @property
    def releases_alone(self) -> bool:
        """Whether whoever is on duty may release what is looked at: never their own first label."""
        standing = self.standing
        if standing is None or standing.first_article is None or self.duty is None:
            return False
        return self.may(Permission.RELEASE_ORDER) and standing.first_article.draft.operator != self.duty.name

    def may(self, permission: Permission) -> bool:
        """Whether it would be refused; while nothing is told of anybody the desk says so itself."""
        return self.duty is None or (permission in self.duty.allowed and not self.duty.locked)


def after(state: OrdersState, happening: Happening) -> OrdersState:
    """The next state."""
    match happening:
        case OrdersSeen(orders, in_hand, here):
            seen = replace(state, opened=True, ended=False, orders=orders, in_hand=in_hand, here=here)
            return _first_choice(seen) if not state.opened else seen
        case ShiftSeen():
            return replace(state, shift=happening)
        case OrderDone():
            return _done(state, happening)
        case OrderTaken(order):
            number = "" if order is None else order.number
            return replace(state, asked=None, done=OrderDone(OrderWork.TAKE, number), in_hand=number)
        case OnDuty():
            return replace(state, duty=happening)
        case LineStopped():
            return replace(state, ended=True, asked=None)
        case _:
            return state


def asking(state: OrdersState, work: OrderWork) -> OrdersState:
    """A person wants something; what was said before is over."""
    return replace(state, asked=work, done=None)


def looking_at(state: OrdersState, number: str) -> OrdersState:
    """A person looks at another order, or, without a number, at the shift."""
    seen = replace(state, scanned="", other_scanned=False, done=None)
    return replace(seen, wanted=Pane.ORDER if number else Pane.SHIFT, chosen=number or state.chosen)


def showing(state: OrdersState, pane: Pane) -> OrdersState:
    """A person wants another pane."""
    return replace(state, wanted=pane, scanned="", other_scanned=False, done=None)


def reading(state: OrdersState, text: str) -> OrdersState:
    """Something was scanned in the release: the first label, or not; a badge is no label and is not kept."""
    after_it = replace(state, scanned=text, other_scanned=False, done=None)
    return after_it if after_it.article_scanned else replace(state, scanned="", other_scanned=True, done=None)


def changes(state: OrdersState) -> tuple[tuple[str, str], ...]:
    """Product, template and printer: what the station has now, and what it will have; () where nobody knows."""
    standing, here = state.standing, state.here
    if standing is None or here is None:
        return ()
    there = standing.order.profile
    return (
        (here.product_name, there.product_name),
        (here.template, there.template),
        (here.printer, there.printer),
    )


def may_begin(state: OrdersState) -> bool:
    """Whether the station could work on what is looked at."""
    standing = state.standing
    open_states = {OrderState.SIGNED, OrderState.RELEASED}
    return standing is not None and standing.order.state in open_states and standing.order.number != state.in_hand


def _first_choice(state: OrdersState) -> OrdersState:
    """The order in hand is what people come for."""
    if state.in_hand and any(each.order.number == state.in_hand for each in state.orders):
        return replace(state, wanted=Pane.ORDER, chosen=state.in_hand)
    return state


def _done(state: OrdersState, done: OrderDone) -> OrdersState:
    after_it = replace(state, asked=None, done=done)
    if done.failure is not None:
        return after_it
    if done.work is OrderWork.PLAN:
        return replace(after_it, wanted=Pane.ORDER, chosen=done.number)
    if done.work is OrderWork.RELEASE:
        return replace(after_it, wanted=Pane.ORDER, scanned="")
    return after_it
