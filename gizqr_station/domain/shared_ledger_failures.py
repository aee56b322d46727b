"""What can go wrong with a ledger that many stations share in one database."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LedgerFailure, Owner


@dataclass(eq=False)
class LedgerAway(LedgerFailure):
    """The database does not answer, or the connection was lost before anything was committed: nothing was written."""

    code = "E-LED-30"
    path: str
    reason: str


@dataclass(eq=False)
class OutcomeInDoubt(LedgerFailure):
    """The connection was lost at COMMIT and the database is still away: it was written, or it was not.

    The one failure of a ledger that does not mean that nothing was written. Whoever gets it looks again, once the
    database answers, before anything else is done; ``label_serial`` is what to look for.
    """

    code = "E-LED-31"
    path: str
    label_serial: str = "-"


@dataclass(eq=False)
class DatabaseRefused(LedgerFailure):
    """The database answers and lets this station not in, or not do what it has to: password, rights, name."""

    code = "E-LED-32"
    path: str
    reason: str


@dataclass(eq=False)
class DatabaseTooOld(LedgerFailure):
    """The server is older than what the ledger was tried with."""

    code = "E-LED-33"
    path: str
    found: str
    needed: str


@dataclass(eq=False)
class StationNameTaken(LedgerFailure):
    """Another station of this name works on the shared ledger: each would settle the other's labels."""

    code = "E-LED-34"
    path: str
    station: str


@dataclass(eq=False)
class LedgerOutdated(LedgerFailure):
    """The shared ledger is of an older revision: a person has it copied, and then upgrades it for all stations."""

    code = "E-LED-35"
    path: str
    revision: str
    newest: str


@dataclass(eq=False)
class StationsAtWork(LedgerFailure):
    """What would change the shared ledger under the hands of stations that work on it."""

    code = "E-LED-36"
    owner = Owner.OPERATOR
    path: str
    count: int
