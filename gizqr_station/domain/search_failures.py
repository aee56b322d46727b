"""What can go wrong with finding records."""

from dataclasses import dataclass

from gizqr_station.domain.failures import LedgerFailure, Owner


@dataclass(eq=False)
class SearchUnavailable(LedgerFailure):
    """The SQLite of this Python was built without FTS5, which records are found by."""

    code = "E-LED-40"
    owner = Owner.IT
    version: str


@dataclass(eq=False)
class SearchAstray(LedgerFailure):
    """The search index lacks a record, or has one that is not there; the record itself is whole."""

    code = "E-LED-41"
    owner = Owner.IT
    path: str
    job: int
    reason: str


@dataclass(eq=False)
class LedgerNotCurrent(LedgerFailure):
    """A ledger of an older program, where it is only looked into: what brings it up writes."""

    code = "E-LED-42"
    owner = Owner.IT
    path: str
    revision: str
