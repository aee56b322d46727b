"""What can be wrong with ranges and lists of identities, and with the batches that are printed from them."""

from dataclasses import dataclass

from gizqr_station.domain.failures import IdentityRefused, LineFailure, Owner


@dataclass(eq=False)
class RangeNotUnderstood(IdentityRefused):
    """Two ends that make no range."""

    code = "E-ID-14"
    text: str
    reason: str


@dataclass(eq=False)
class RangeTooLarge(IdentityRefused):
    """More identities than one range may have: most likely a digit too many."""

    code = "E-ID-15"
    text: str
    count: int
    most: int


@dataclass(eq=False)
class SpreadsheetDamage(IdentityRefused):
    """A spreadsheet took the identity for a number and lost digits: 503E00 became 5.03E+02."""

    code = "E-ID-16"
    text: str


@dataclass(eq=False)
class HiddenRow(IdentityRefused):
    """A row of a spreadsheet that is filtered out or folded away: nobody who looks at the list sees it."""

    code = "E-ID-37"
    text: str


@dataclass(eq=False)
class RowMisshapen(IdentityRefused):
    """A row with a cell too few or too many: what stands in its column may belong into another one."""

    code = "E-ID-47"
    text: str
    cells: int
    wanted: int


@dataclass(eq=False)
class ListUnreadable(LineFailure):
    """A file that is no list of identities, or cannot be read."""

    code = "E-LIN-20"
    file: str
    reason: str


@dataclass(eq=False)
class ListTooLarge(LineFailure):
    """More than one list may hold."""

    code = "E-LIN-21"
    file: str
    most: str


@dataclass(eq=False)
class ListEmpty(LineFailure):
    """Nothing in it could be labelled."""

    code = "E-LIN-22"
    file: str


@dataclass(eq=False)
class ColumnUnclear(LineFailure):
    """Several columns hold identities, and none is called so."""

    code = "E-LIN-23"
    owner = Owner.LEAD
    file: str
    columns: str


@dataclass(eq=False)
class BatchUnknown(LineFailure):
    """No batch has this number."""

    code = "E-LIN-24"
    number: int


@dataclass(eq=False)
class BatchEnded(LineFailure):
    """The batch is done or cancelled: nothing can be done with it any more."""

    code = "E-LIN-25"
    number: int
    state: str


@dataclass(eq=False)
class BatchUnderWay(LineFailure):
    """One batch prints at a time."""

    code = "E-LIN-26"
    number: int


@dataclass(eq=False)
class OrderComplete(LineFailure):
    """All labels that the work order asks for are out."""

    code = "E-LIN-27"
    owner = Owner.LEAD
    order: str
    quantity: int


@dataclass(eq=False)
class LabelsInDoubt(LineFailure):
    """A batch waits: of its last label nobody knows whether it came out."""

    code = "E-LIN-28"
    label_serial: str
    identity: str


@dataclass(eq=False)
class BatchOfOtherProduct(LineFailure):
    """The batch was accepted for another product than the one that is set up now."""

    code = "E-LIN-46"
    owner = Owner.LEAD
    number: int
    product_key: str
    set_up: str


@dataclass(eq=False)
class BatchOfOtherOrder(LineFailure):
    """The batch was accepted under another work order than the one that is set up now."""

    code = "E-LIN-56"
    owner = Owner.LEAD
    number: int
    order: str
    set_up: str


@dataclass(eq=False)
class ListNotAccepted(LineFailure):
    """Nobody said yes to a list, so nothing of it is labelled."""

    code = "E-LIN-47"
    file: str
    good: int


@dataclass(eq=False)
class BatchPaused(LineFailure):
    """A batch was stopped on the way; it goes on when a person lets it."""

    code = "E-LIN-57"
    number: int
    left: int


@dataclass(eq=False)
class BatchIncomplete(LineFailure):
    """A batch is done, but of some identities no label could be made."""

    code = "E-LIN-67"
    owner = Owner.LEAD
    number: int
    refused: int
