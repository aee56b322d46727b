"""What is told about people: who is on duty, and what the people page asked for."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Permission, Person


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who works here from now on."""

    person: Person | None
    """None while nobody does, and where the ledger knows nobody."""
    name: str
    """What records say; empty while nobody is signed in."""
    locked: bool = False
    """The person is still on duty, but has to show their badge or PIN before anything goes on."""
    first_lead_due: bool = False
    """The ledger knows nobody: whoever starts this station makes the first lead."""
    allowed: frozenset[Permission] = frozenset()
    """What they may do; the window hides the rest."""


class PeopleWork(Enum):
    """What the people desk can be asked for."""

    LOOK = "look"
    SIGN_IN = "sign_in"
    FIRST_LEAD = "first_lead"
    ADD = "add"
    CHANGE = "change"
    PIN = "pin"
    BADGE = "badge"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """All people, by name."""

    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class PeopleDone:
    """A request was done, or why not."""

    work: PeopleWork
    person: Person | None = None
    failure: Failure | None = None


PeopleHappening = OnDuty | PeopleSeen | PeopleDone
