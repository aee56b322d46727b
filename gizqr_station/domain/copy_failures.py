"""What can go wrong when the ledger is copied, or a copy takes its place."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LedgerFailure, Owner


@dataclass(eq=False)
class CopyNotMade(LedgerFailure):
    """No copy of the ledger could be made; nothing half is left."""

    code = "E-LED-60"
    folder: str
    reason: str


@dataclass(eq=False)
class CopyNotWhole(LedgerFailure):
    """A copy is not what it was made from, or is no ledger."""

    code = "E-LED-61"
    copy: str
    reason: str


@dataclass(eq=False)
class CopyOfAnother(LedgerFailure):
    """The copy is of another ledger than the one that it would take the place of."""

    code = "E-LED-62"
    owner = Owner.LEAD
    copy: str
    found: str
    wanted: str


@dataclass(eq=False)
class CopiedElsewhere(LedgerFailure):
    """A ledger of many stations is copied by the database's own tools."""

    code = "E-LED-63"
    path: str
