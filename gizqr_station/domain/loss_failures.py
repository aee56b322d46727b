"""What a station says where its ledger is gone, damaged or an older one: which copy brings it back."""

from dataclasses import dataclass

from gizqr_station.domain.audit_failures import OlderLedger
from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import LedgerDamaged


@dataclass(eq=False)
class LedgerGone(LedgerFailure):
    """Something here remembers a ledger, and the file is not there: a new one would know no label of the old."""

    code = "E-LED-70"
    path: str
    remembered: str
    """The file that remembers it."""


@dataclass(eq=False)
class LedgerGoneCopied(LedgerFailure):
    """The same, and there is a whole copy."""

    code = "E-LED-71"
    path: str
    copy: str


@dataclass(eq=False)
class LedgerDamagedCopied(LedgerDamaged):
    """The ledger is damaged, and there is a whole copy."""

    code = "E-LED-72"
    copy: str


@dataclass(eq=False)
class OlderLedgerCopied(OlderLedger):
    """The ledger is an older one, and there is a whole copy that goes further."""

    code = "E-LED-73"
    copy: str
