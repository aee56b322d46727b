"""What can go wrong with the record of what was done."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.failures import LedgerFailure, Owner


@dataclass(eq=False)
class AlreadyLabelled(LedgerFailure):
    """This identity has a live label: a second one needs a recorded reprint."""

    code = "E-LED-01"
    owner = Owner.LEAD
    identity: str
    at: datetime
    station: str
    label_serial: str
    state: str


@dataclass(eq=False)
class IllegalMove(LedgerFailure):
    """A job was to go where the table of states does not lead: the program's own fault, or two stations at once."""

    code = "E-LED-02"
    job: int
    state: str
    onward: str


@dataclass(eq=False)
class LedgerBusy(LedgerFailure):
    """Another program holds the ledger, for longer than the wait."""

    code = "E-LED-03"
    path: str


@dataclass(eq=False)
class DiskFull(LedgerFailure):
    """What cannot be written down is not printed."""

    code = "E-LED-04"
    path: str


@dataclass(eq=False)
class LedgerDamaged(LedgerFailure):
    """The ledger's integrity check failed; the file is left as it is."""

    code = "E-LED-05"
    path: str
    reason: str


@dataclass(eq=False)
class WrongLedgerKind(LedgerFailure):
    """A demo opened a production ledger, or the other way round."""

    code = "E-LED-06"
    path: str
    found: str
    wanted: str


@dataclass(eq=False)
class LedgerNewer(LedgerFailure):
    """A newer program has written this ledger."""

    code = "E-LED-07"
    path: str
    revision: str


@dataclass(eq=False)
class LedgerOnNetwork(LedgerFailure):
    """SQLite's locks do not hold on network shares."""

    code = "E-LED-08"
    path: str
    filesystem: str


@dataclass(eq=False)
class LedgerNotWritable(LedgerFailure):
    """Read-only, no right, or the disk reports an error."""

    code = "E-LED-09"
    path: str
    reason: str


@dataclass(eq=False)
class StationAlreadyRunning(LedgerFailure):
    """Another station works in this data folder."""

    code = "E-LED-10"
    owner = Owner.OPERATOR
    path: str


@dataclass(eq=False)
class NothingRecorded(LedgerFailure):
    """No record is known by what was asked for."""

    code = "E-LED-11"
    owner = Owner.OPERATOR
    text: str


@dataclass(eq=False)
class NoLedger(LedgerFailure):
    """There is no ledger where one was to be looked into."""

    code = "E-LED-12"
    owner = Owner.OPERATOR
    path: str


@dataclass(eq=False)
class SeveralMatch(LedgerFailure):
    """More than one unit matches where one is wanted."""

    code = "E-LED-13"
    owner = Owner.OPERATOR
    text: str
    units: int
