"""Work orders from plan to close: who may do it is asked first, the ledger decides in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.list_failures import ListEmpty
from gizqr_station.domain.order_failures import (
    MoreThanListed,
    NoFirstArticle,
    OrderNotUnderstood,
    OrderShort,
    OrderUnknown,
    RemarkNeeded,
)
from gizqr_station.domain.people import Credential, Permission
from gizqr_station.domain.product import is_product_key
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import OrderProfile, OrderState, WorkOrder
from gizqr_station.workflows.code_cuts import united
from gizqr_station.workflows.code_wishes import typed_ranges
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.list_ports import ListFiles
from gizqr_station.workflows.order_happenings import OrderStanding
from gizqr_station.workflows.order_ports import OrderLedger, OrderRecords

LONGEST_NUMBER = 40
LONGEST_REMARK = 200
MOST_UNITS = 10_000_000


@dataclass(frozen=True, slots=True)
class OrderParts:
    """What orders are worked on with."""

    duty: Duty
    ledger: OrderLedger
    lists: ListFiles
    profile_here: Callable[[], OrderProfile]
    """What this station labels now: the order in hand, or else the settings; quantity and ranges aside."""
    require_here: Callable[[WorkOrder], None]
    """Raises StationLacks for what the order names and this station does not have."""


def plan(
    parts: OrderParts, number: str, quantity: int, identities: str, list_file: str, stop: Stop, **changes: str
) -> WorkOrder:
    """Write an order down with what this station labels now; ``changes`` are fields of the profile to be different.

    Raises OrderNotUnderstood, MoreThanListed, what is wrong with ranges or list, OrderExists, NumberInUse.
    """
    number = number.strip()
    who = parts.duty.require(Permission.LABEL, number)
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise OrderNotUnderstood(number[:LONGEST_NUMBER], f"a number has 1 to {LONGEST_NUMBER} characters")
    if not 1 <= quantity <= MOST_UNITS:
        raise OrderNotUnderstood(number, f"a quantity is 1 to {MOST_UNITS:,} units")
    profile = _profile(parts.profile_here(), number, quantity, changes)
    local_macs = bool(profile.local_macs_allowed_by)
    ranges = united((*typed_ranges(identities, local_macs=local_macs), *_listed(parts, list_file, local_macs, stop)))
    listed = sum(len(each) for each in ranges)
    if ranges and quantity > listed:
        raise MoreThanListed(number, quantity, listed)
    return parts.ledger.plan_order(number, replace(profile, identities=ranges), who=who)


def _profile(here: OrderProfile, number: str, quantity: int, changes: Mapping[str, Any]) -> OrderProfile:
    """What is labelled here, changed; of another product nobody here knows secret, quota, makers or pattern."""
    changed = replace(here, quantity=quantity, **changes)
    if not is_product_key(changed.product_key) or not changed.product_name.strip():
        raise OrderNotUnderstood(number, "a product has a key of 32 digits and a name")
    if changed.product_key == here.product_key:
        return changed
    if "product_name" not in changes:
        raise OrderNotUnderstood(number, "another product needs its name too")
    return replace(changed, secret_name="", quota=0, registered_elsewhere=0, ouis=(), identity_kind="any")


def sign(parts: OrderParts, number: str) -> WorkOrder:
    """Fix the profile: a lead's word."""
    who = parts.duty.require(Permission.SIGN_ORDER, number)
    return parts.ledger.move_order(number, OrderState.SIGNED, who=who)


def take(parts: OrderParts, number: str) -> WorkOrder | None:
    """Changeover: the station works on it from now on; empty gives the order in hand back.

    Raises StationLacks before anything changes, OrderNotOpen, LabelsOut.
    """
    number = number.strip()
    who = parts.duty.require(Permission.LABEL, number)
    if number:
        order = _must(parts.ledger, number)
        parts.require_here(order)
    return parts.ledger.take_order(number, who=who)


def release(parts: OrderParts, number: str, second: Credential | None = None, *, scanned: str = "") -> WorkOrder:
    """By its first article, which somebody else made; ``second`` is who releases, if not on duty.

    ``scanned`` is what whoever releases read from the label itself. Raises NoFirstArticle, OwnFirstArticle,
    FirstArticleNotScanned, and what the duty refuses.
    """
    order = _must(parts.ledger, number)
    if second is None:
        who = parts.duty.require(Permission.RELEASE_ORDER, number)
    else:
        who = parts.duty.second(second, Permission.RELEASE_ORDER, number)
    article = parts.ledger.first_article_of(number) if order.state is OrderState.SIGNED else None
    if article is None and order.state is OrderState.SIGNED:
        raise NoFirstArticle(number)
    at = 0 if article is None else article.id
    return parts.ledger.move_order(number, OrderState.RELEASED, who=who, first_article=at, scanned=scanned)


def close(parts: OrderParts, number: str, remark: str = "") -> WorkOrder:
    """End it. Raises OrderNotSettled, and OrderShort where units have no good label and nobody says why."""
    remark = remark.strip()[:LONGEST_REMARK]
    who = parts.duty.require(Permission.CLOSE, number)
    order = _must(parts.ledger, number)
    stands = parts.ledger.order_balance(number)
    if order.state is OrderState.RELEASED and not stands.unknown and stands.verified < stands.planned and not remark:
        raise OrderShort(number, stands.planned - stands.verified, stands.planned)
    return parts.ledger.move_order(number, OrderState.CLOSED, who=who, remark=remark)


def cancel(parts: OrderParts, number: str, remark: str) -> WorkOrder:
    """One that was never begun, with a reason."""
    remark = remark.strip()[:LONGEST_REMARK]
    who = parts.duty.require(Permission.SIGN_ORDER, number)
    if not remark:
        raise RemarkNeeded(number)
    return parts.ledger.move_order(number, OrderState.CANCELLED, who=who, remark=remark)


def standing(ledger: OrderRecords, order: WorkOrder) -> OrderStanding:
    """How an order stands, and the label by which it may be released."""
    article = ledger.first_article_of(order.number) if order.state is OrderState.SIGNED else None
    return OrderStanding(order, ledger.order_balance(order.number), article)


def _must(ledger: OrderRecords, number: str) -> WorkOrder:
    order = ledger.order(number)
    if order is None:
        raise OrderUnknown(number)
    return order


def _listed(parts: OrderParts, list_file: str, local_macs: bool, stop: Stop) -> tuple[IdentityRange, ...]:
    """The ranges of a list; its first bad line is raised, for an order leaves nothing out in silence."""
    if not list_file.strip():
        return ()
    singles, ranges = list[IdentityRange](), list[IdentityRange]()
    for at, line in enumerate(parts.lists.lines(list_file, stop).lines):
        if at % 1000 == 0:
            stop.check()
        if line.failure is not None:
            raise line.failure
        found = IdentityRange.parse(line.text, local_macs=local_macs)
        (singles if len(found) == 1 else ranges).append(found)
    if not singles and not ranges:
        raise ListEmpty(PurePath(list_file).name)
    return (*joined(each.first for each in singles), *ranges)
