"""What can go wrong when another ledger's labels are taken over, and when two ledgers have labelled one device."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LedgerFailure, Owner


@dataclass(eq=False)
class MergeUnreadable(LedgerFailure):
    """The file is no whole ledger: nothing of it is taken over."""

    code = "E-LED-80"
    file: str
    reason: str


@dataclass(eq=False)
class LedgerDiverged(LedgerFailure):
    """Two files of one ledger went on apart: its copy was worked with, or an older one was put back."""

    code = "E-LED-81"
    owner = Owner.LEAD
    origin: str
    sequence: int
    """The entry up to which it was merged, and which is another one now."""


@dataclass(eq=False)
class OlderThanMerged(LedgerFailure):
    """The file goes less far than what was merged of it before."""

    code = "E-LED-82"
    origin: str
    entries: int
    merged: int


@dataclass(eq=False)
class MergedIntoItself(LedgerFailure):
    """The file is a copy of this very ledger."""

    code = "E-LED-83"
    file: str


@dataclass(eq=False)
class HasMerged(LedgerFailure):
    """The file has taken in labels of others itself: each ledger is merged straight, or its labels would come twice."""

    code = "E-LED-84"
    owner = Owner.LEAD
    file: str
    labels: int


@dataclass(eq=False)
class MergedMeanwhile(LedgerFailure):
    """Somebody else merges the same ledger at this moment."""

    code = "E-LED-85"
    origin: str


@dataclass(eq=False)
class OrderContested(LedgerFailure):
    """A unit of the order has a label of another ledger too: its count is not settled."""

    code = "E-LED-86"
    owner = Owner.LEAD
    order: str
    label_serial: str


@dataclass(eq=False)
class NotContested(LedgerFailure):
    """The device of this label has no other live label, or this one is live no more."""

    code = "E-LED-87"
    label_serial: str


@dataclass(eq=False)
class RivalUnsent(LedgerFailure):
    """The other label was only intended when its ledger was merged: it may have come out since."""

    code = "E-LED-88"
    label_serial: str
