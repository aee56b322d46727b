"""What can go wrong with work orders and shifts."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import OrderFailure, Owner


class OrderPart(Enum):
    """What of an order's profile a station may lack, or a label may be at odds with."""

    PRODUCT = "product"
    TEMPLATE = "template"
    PRINTER = "printer"
    SECRET = "secret"  # noqa: S105 - the word for it
    SERVICE = "service"
    """The address that codes come from: what another one issues, the App of this product does not bind."""
    LINKS = "links"
    """The list of links of a product whose codes are links."""
    DEVICE = "device"
    """The devices that belong to the order."""


@dataclass(eq=False)
class OrderExists(OrderFailure):
    """An order of this number was planned before; numbers are not used twice."""

    code = "E-ORD-01"
    number: str


@dataclass(eq=False)
class OrderUnknown(OrderFailure):
    """No order of this number was planned."""

    code = "E-ORD-02"
    number: str


@dataclass(eq=False)
class OrderNotOpen(OrderFailure):
    """Nothing is labelled for an order that is not signed yet, or has ended."""

    code = "E-ORD-03"
    number: str
    standing: str
    """An OrderState's value."""


@dataclass(eq=False)
class FirstArticleDue(OrderFailure):
    """The first label of the order is made, and QA has not released the order by it."""

    code = "E-ORD-04"
    owner = Owner.LEAD
    number: str
    label_serial: str


@dataclass(eq=False)
class OrderMoveRefused(OrderFailure):
    """An order was to go where its table does not lead: signed twice, released unsigned, closed again."""

    code = "E-ORD-05"
    number: str
    standing: str
    wanted: str


@dataclass(eq=False)
class NoFirstArticle(OrderFailure):
    """No label of the order was scanned and verified yet, by which it could be released."""

    code = "E-ORD-06"
    number: str


@dataclass(eq=False)
class NotTheFirstArticle(OrderFailure):
    """The label that was named is not a verified one of this order."""

    code = "E-ORD-07"
    number: str
    label_serial: str


@dataclass(eq=False)
class OwnFirstArticle(OrderFailure):
    """Whoever made the first article does not release the order by it."""

    code = "E-ORD-08"
    number: str
    operator: str


@dataclass(eq=False)
class OrderNotSettled(OrderFailure):
    """Labels of the order are not settled: nobody can say yet how it ended."""

    code = "E-ORD-09"
    number: str
    units: int
    label_serial: str
    """The oldest of them."""


@dataclass(eq=False)
class OrderShort(OrderFailure):
    """Fewer units have a good label than were planned, and nobody said why."""

    code = "E-ORD-10"
    number: str
    missing: int
    planned: int


@dataclass(eq=False)
class OrderBegun(OrderFailure):
    """An order whose labels are out is not cancelled."""

    code = "E-ORD-11"
    number: str
    units: int


@dataclass(eq=False)
class NumberInUse(OrderFailure):
    """Labels carry this number already, from a time when nobody had planned it."""

    code = "E-ORD-12"
    number: str
    labels: int


@dataclass(eq=False)
class NotAsSigned(OrderFailure):
    """A label was to be made otherwise than the order's signed profile says."""

    code = "E-ORD-13"
    number: str
    part: str
    """An OrderPart's value."""
    signed: str
    here: str


@dataclass(eq=False)
class StationLacks(OrderFailure):
    """The order names something that this station does not have."""

    code = "E-ORD-14"
    number: str
    part: str
    """An OrderPart's value."""
    named: str


@dataclass(eq=False)
class LabelsOut(OrderFailure):
    """Labels of this station wait, are being printed or are not scanned back: no changeover now."""

    code = "E-ORD-15"
    owner = Owner.OPERATOR
    labels: int
    label_serial: str
    """The oldest of them."""


@dataclass(eq=False)
class OrderNotUnderstood(OrderFailure):
    """Something about an order that is planned makes no sense."""

    code = "E-ORD-16"
    number: str
    reason: str


@dataclass(eq=False)
class MoreThanListed(OrderFailure):
    """More units than the identities that belong to the order."""

    code = "E-ORD-17"
    number: str
    quantity: int
    listed: int


@dataclass(eq=False)
class RemarkNeeded(OrderFailure):
    """Whoever cancels an order says why."""

    code = "E-ORD-18"
    number: str


@dataclass(eq=False)
class ChangedOver(OrderFailure):
    """A label was drawn for what the station worked on before its changeover."""

    code = "E-ORD-19"
    owner = Owner.OPERATOR
    in_hand: str


@dataclass(eq=False)
class FirstArticleNotScanned(OrderFailure):
    """QA releases an order by scanning its first label; nothing was scanned, or another text than it says."""

    code = "E-ORD-23"
    number: str
    label_serial: str


@dataclass(eq=False)
class ShiftUnderWay(OrderFailure):
    """A shift runs at this station already."""

    code = "E-ORD-20"
    opened_by: str


@dataclass(eq=False)
class NoShift(OrderFailure):
    """No shift was opened at this station."""

    code = "E-ORD-21"
    station: str


@dataclass(eq=False)
class ShiftNotSettled(OrderFailure):
    """Labels of this station are unknown or wait for their scan."""

    code = "E-ORD-22"
    owner = Owner.OPERATOR
    labels: int
    label_serial: str
    """The oldest of them."""
