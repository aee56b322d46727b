"""How an order stands, counted from its labels, and whether it takes another one: asked where labels are claimed.

Nothing is kept besides the labels themselves, so nothing can drift from them: an index answers alone. The order's own
row is locked first: of any number of stations at once, each sees what the one before has claimed.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, or_, select

from gizqr_station.domain.job import ENDED, JobDraft, JobState, PrintOutcome
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import ChangedOver, FirstArticleDue, NotAsSigned, OrderNotOpen, OrderPart
from gizqr_station.domain.work_order import OrderBalance, OrderState, accounted_for
from gizqr_station.ledger import queries
from gizqr_station.ledger.order_identities import SignedIdentities, signed_identities
from gizqr_station.ledger.order_rows import orders_in_hand, work_orders
from gizqr_station.ledger.tables import ENDED_STATES, jobs

_IN_HAND: Select[Any] = select(orders_in_hand.c.number).where(orders_in_hand.c.station == bindparam("of_station"))
_TAKES_LABELS = {OrderState.SIGNED, OrderState.RELEASED}
_KNOWN_OF_AN_ORDER = (
    work_orders.c.number,
    work_orders.c.state,
    work_orders.c.product_key,
    work_orders.c.template,
    work_orders.c.quantity,
    work_orders.c.digest,
)


def require_open(connection: Connection, opened: Sequence[JobDraft], path: str) -> None:
    """Raise what forbids these labels, which this transaction has opened, where their order is one of the book.

    OrderNotOpen, NotAsSigned (for a device, too, that is none of the signed ones), FirstArticleDue for a second label
    before the release, OrderComplete for more units than were planned. ChangedOver for one of another order than the
    station has in hand by now. A label that replaces another one stays with that one's order, and takes its place there
    even after the order was closed.
    """
    for station in {draft.station for draft in opened}:
        in_hand = connection.execute(_IN_HAND, {"of_station": station}).scalar()
        others = [draft for draft in opened if draft.station == station and draft.work_order != in_hand]
        if in_hand and not all(_keeps_a_place(connection, draft) for draft in others):
            raise ChangedOver(in_hand)
    for number in {draft.work_order for draft in opened if draft.work_order}:
        row = connection.execute(_locked(number)).first()
        if row is not None:
            _require_open(connection, row, [draft for draft in opened if draft.work_order == number], path)


def require_taking(connection: Connection, number: str) -> None:
    """A look before anything is drawn: raise OrderNotOpen, or FirstArticleDue where the first label is made."""
    row = connection.execute(_known(number)).first()
    if row is None:
        return
    state = OrderState(row.state)
    if state not in _TAKES_LABELS:
        raise OrderNotOpen(number, state.value)
    if state is OrderState.SIGNED and (first := oldest_live(connection, row.product_key, number)) is not None:
        raise FirstArticleDue(number, first.label_serial)


def balance(connection: Connection, product_key: str, number: str, planned: int) -> OrderBalance:
    """The numbers of one moment: of each unit the one live label that it may have, or else that one was voided."""
    verified = unknown = 0
    for state, due, outcome, units in connection.execute(_by_standing(product_key, number)):
        known = None if outcome is None else PrintOutcome(outcome)
        if accounted_for(JobState(state), known, scan_back_due=bool(due)):
            verified += units
        else:
            unknown += units
    voided = int(connection.execute(_voided(product_key, number)).scalar_one())
    return OrderBalance(planned, verified, voided, unknown)


def oldest_live(
    connection: Connection, product_key: str, number: str, *, but: str = "", state: JobState | None = None
) -> Row[Any] | None:
    """The oldest live label of an order, of one state or of any; ``but``: not the one with this serial."""
    wanted = select(jobs).where(*_of(product_key, number), jobs.c.state.not_in(ENDED_STATES))
    if state is not None:
        wanted = wanted.where(jobs.c.state == state.value)
    if but:
        wanted = wanted.where(jobs.c.label_serial != but)
    return connection.execute(wanted.order_by(jobs.c.id).limit(1)).first()


def oldest_unknown(connection: Connection, product_key: str, number: str) -> Row[Any] | None:
    """The oldest label of an order that is not accounted for; the twin of ``accounted_for``."""
    out = jobs.c.state.in_([JobState.SENT.value, JobState.PRINTED.value])
    taken = jobs.c.outcome.in_([PrintOutcome.ACCEPTED.value, PrintOutcome.CONFIRMED.value])
    not_let_go = or_(jobs.c.scan_back_due, jobs.c.outcome.is_(None), ~taken)
    open_ended = jobs.c.state.in_([JobState.INTENDED.value, JobState.UNKNOWN.value])
    wanted = select(jobs).where(*_of(product_key, number), or_(open_ended, and_(out, not_let_go)))
    return connection.execute(wanted.order_by(jobs.c.id).limit(1)).first()


def oldest_contested(connection: Connection, product_key: str, number: str) -> str:
    """Serial of the oldest label that two ledgers made for a unit of an order; empty where there is none."""
    other = jobs.alias("other")
    same = (other.c.product_key == jobs.c.product_key, other.c.identity == jobs.c.identity)
    of_order = exists().where(*same, other.c.work_order == number, other.c.state.not_in(ENDED_STATES))
    wanted = select(jobs.c.label_serial).where(jobs.c.contested, jobs.c.product_key == product_key, of_order)
    return str(connection.execute(wanted.order_by(jobs.c.id).limit(1)).scalar() or "")


def labels_under(connection: Connection, number: str) -> int:
    """How many labels carry a number, of whichever product and whatever became of them."""
    return int(connection.execute(select(func.count()).where(jobs.c.work_order == number)).scalar_one())


def _require_open(connection: Connection, row: Row[Any], drafts: Sequence[JobDraft], path: str) -> None:
    state = OrderState(row.state)
    replacing = state is OrderState.CLOSED and all(_keeps_a_place(connection, draft) for draft in drafts)
    if state not in _TAKES_LABELS and not replacing:
        raise OrderNotOpen(row.number, state.value)
    signed_for = signed_identities(connection, row.number, row.digest, path)
    for draft in drafts:
        _require_as_signed(row, draft, signed_for)
    live = int(connection.execute(queries.live_of_order(row.product_key, row.number)).scalar_one())
    if state is OrderState.SIGNED and live > 1:
        first = oldest_live(connection, row.product_key, row.number)
        raise FirstArticleDue(row.number, "" if first is None else first.label_serial)
    if live + int(connection.execute(_voided(row.product_key, row.number)).scalar_one()) > row.quantity:
        raise OrderComplete(row.number, row.quantity)


def _require_as_signed(row: Row[Any], draft: JobDraft, signed_for: SignedIdentities) -> None:
    if draft.product_key != row.product_key:
        raise NotAsSigned(row.number, OrderPart.PRODUCT.value, row.product_key, draft.product_key)
    if draft.template != row.template:
        raise NotAsSigned(row.number, OrderPart.TEMPLATE.value, row.template, draft.template)
    if draft.identity not in signed_for:
        raise NotAsSigned(row.number, OrderPart.DEVICE.value, str(signed_for), draft.identity.readable)


def _keeps_a_place(connection: Connection, draft: JobDraft) -> bool:
    """Whether a label takes that of a voided one of the same device and order: the order has no unit more by it."""
    if not draft.replaces:
        return False
    of_device = queries.of_identity(draft.product_key, draft.identity).where(
        jobs.c.label_serial == draft.replaces,
        jobs.c.state == JobState.VOIDED.value,
        jobs.c.work_order == draft.work_order,
    )
    return connection.execute(of_device.limit(1)).first() is not None


def _of(product_key: str, number: str) -> tuple[Any, ...]:
    return jobs.c.product_key == product_key, jobs.c.work_order == number


def _known(number: str) -> Select[Any]:
    return select(*_KNOWN_OF_AN_ORDER).where(work_orders.c.number == number)


def _locked(number: str) -> Select[Any]:
    """Until the transaction ends; SQLite has one writer anyway, and its dialect leaves the words out."""
    return _known(number).with_for_update()


def _by_standing(product_key: str, number: str) -> Select[Any]:
    how = (jobs.c.state, jobs.c.scan_back_due, jobs.c.outcome)
    live = [state.value for state in JobState if state not in ENDED]
    such = (*_of(product_key, number), jobs.c.state.in_(live), ~jobs.c.contested)
    return select(*how, func.count()).where(*such).group_by(*how)


def _voided(product_key: str, number: str) -> Select[Any]:
    """Units whose labels of this order were voided, and that have no other one of it now."""
    now = jobs.alias("now")
    has_one = exists().where(
        now.c.product_key == jobs.c.product_key,
        now.c.identity == jobs.c.identity,
        # Not the bare column: a planner would go through the whole order for each label, and not through the device's.
        func.coalesce(now.c.work_order, "") == jobs.c.work_order,
        now.c.state.not_in(ENDED_STATES),
        ~now.c.contested,
    )
    such = (*_of(product_key, number), jobs.c.state == JobState.VOIDED.value, ~has_one)
    return select(func.count(jobs.c.identity.distinct())).where(*such)
