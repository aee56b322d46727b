"""What can go wrong when a label is replaced, taken back or settled, and what is said of its small code."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LedgerFailure, LineFailure, Owner


@dataclass(eq=False)
class RemarkMissing(LineFailure):
    """The reason is another one than those of the list, and nobody said which."""

    code = "E-LIN-70"


@dataclass(eq=False)
class RemarkTooLong(LineFailure):
    """A remark is a line, not a page."""

    code = "E-LIN-71"
    characters: int
    most: int


@dataclass(eq=False)
class NotTheNewest(LineFailure):
    """An earlier label of the device was named: only its newest can be replaced or voided."""

    code = "E-LIN-72"
    label_serial: str
    newest: str


@dataclass(eq=False)
class SettleFirst(LineFailure):
    """Nobody knows yet whether this label came out: a replacement could be the second good one."""

    code = "E-LIN-73"
    label_serial: str
    state: str


@dataclass(eq=False)
class NothingToReplace(LineFailure):
    """The device never had a label that came out."""

    code = "E-LIN-74"
    identity: str


@dataclass(eq=False)
class SecondPersonDue(LineFailure):
    """So many replacements of one device, or the station's rules, ask for somebody else's badge or PIN."""

    code = "E-LIN-75"
    owner = Owner.LEAD
    label_serial: str
    made: int
    limit: int


@dataclass(eq=False)
class SmallCodeNext(LineFailure):
    """The voided label says the same as this one: only the small code shows that this is the new one."""

    code = "E-LIN-76"
    label_serial: str


@dataclass(eq=False)
class LargeCodeNext(LineFailure):
    """The small code was scanned; whether the large one can be read is not known yet."""

    code = "E-LIN-77"
    label_serial: str


@dataclass(eq=False)
class ReplacedButNotPrinted(LineFailure):
    """The old label is voided, and the printer took nothing of the new one."""

    code = "E-LIN-78"
    label_serial: str
    """Of the one that is voided."""
    printer: str
    cause: str
    """Code of what the printer said."""


@dataclass(eq=False)
class NothingToSettle(LineFailure):
    """What became of this label is known."""

    code = "E-LIN-79"
    label_serial: str
    state: str


@dataclass(eq=False)
class SecondPersonAtDesk(LineFailure):
    """A line may not replace a voided label of this device any more: the desk may, with somebody else's word."""

    code = "E-LIN-80"
    owner = Owner.LEAD
    identity: str
    label_serial: str
    """Of the one that was voided last."""
    made: int
    limit: int


@dataclass(eq=False)
class CodeNoGood(LedgerFailure):
    """A proof showed that the label's code does not bind: another label that says the same would not either."""

    code = "E-LED-50"
    owner = Owner.LEAD
    label_serial: str


@dataclass(eq=False)
class OrderIsClosed(LedgerFailure):
    """The label belongs to an order that was closed with its counts: it is replaced, but not taken back."""

    code = "E-LED-51"
    owner = Owner.LEAD
    label_serial: str
    order: str


@dataclass(eq=False)
class NotVoidable(LedgerFailure):
    """No label of this record can be taken back: none came out, or it was done before."""

    code = "E-LED-52"
    owner = Owner.OPERATOR
    label_serial: str
    state: str
