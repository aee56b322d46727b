"""Where people are kept and how their PINs are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gizqr_station.domain.audit import Act
from gizqr_station.domain.people import Person, Role


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong ones in a row, and what came of them."""

    failures: int = 0
    locked_until: datetime | None = None
    """Until then none is looked at."""
    locked_out: bool = False
    """Not before a lead says so; of a person only."""


class ActRecord(Protocol):
    """Where grants, refusals, sign-ins and sign-outs are written."""

    def act(self, act: Act, *, who: str) -> object:
        """Write one entry, durable when it returns."""
        ...


class PeopleStore(Protocol):
    """People as the ledger keeps them; every change is in the record in the same transaction."""

    def people(self) -> Sequence[Person]:
        """All, by name; those that have left too."""
        ...

    def anybody(self) -> bool:
        """Whether a first lead was made."""
        ...

    def person(self, number: int) -> Person:
        """One of them; raises NothingRecorded."""
        ...

    def person_named(self, name: str) -> Person | None:
        """By their name, case aside."""
        ...

    def person_with_badge(self, badge: str) -> Person | None:
        """Whose badge says this."""
        ...

    def pin_hash(self, number: int) -> str:
        """Of one person; empty for none."""
        ...

    def add_person(
        self, name: str, role: Role, *, who: str, first: bool = False, pin_hash: str = "", badge: str = ""
    ) -> Person:
        """A new one, with all that they show themselves by; raises NameTaken, BadgeTaken.

        ``first``: raises FirstLeadMade where there is anybody already. Without: NobodySignedIn where there is nobody.
        """
        ...

    def change_person(
        self,
        number: int,
        *,
        who: str,
        role: Role | None = None,
        active: bool | None = None,
        language: str | None = None,
    ) -> Person:
        """What is given; raises LastLead where nobody would be left to lead."""
        ...

    def set_pin(self, number: int, pin_hash: str, *, who: str) -> Person:
        """A new one; their wrong tries are forgotten."""
        ...

    def set_badge(self, number: int, badge: str, *, who: str) -> Person:
        """A new one, kept as a digest; empty takes it away. Raises BadgeTaken, and NoCredential without a PIN."""
        ...

    def rehash_pin(self, number: int, pin_hash: str) -> None:
        """The same PIN under today's parameters."""
        ...

    def try_begun(self, number: int, *, was: int, tries: Tries) -> bool:
        """Count a try as a wrong one before anybody looks at it.

        False, and nothing is written, where the person's failures are no longer ``was``: somebody else tried.
        """
        ...

    def tries_forgotten(self, number: int, *, who: str = "") -> Person:
        """Their PIN was right; or, with ``who``, a lead unlocked them, which is in the record."""
        ...

    def badge_tries(self, station: str) -> Tries:
        """Unknown badges at a station, one after the other."""
        ...

    def badge_try_begun(self, station: str, *, was: int, tries: Tries) -> bool:
        """As ``try_begun``."""
        ...

    def badge_tries_forgotten(self, station: str) -> None:
        """A badge was known there."""
        ...


class PinHasher(Protocol):
    """Makes PINs unreadable."""

    def hash(self, pin: str) -> str:
        """With its parameters and its salt."""
        ...

    def fits(self, pin_hash: str, pin: str) -> bool:
        """Whether the PIN is the one; takes as long for a wrong one."""
        ...

    def outdated(self, pin_hash: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        ...
