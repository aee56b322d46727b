"""What the people page and the header ask for; the workflows' people desk is it."""

from collections.abc import Callable
from typing import Protocol

from gizqr_station.domain.people import Badge, Credential, Role


class PeopleControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: PeopleSeen."""
        ...

    def sign_in(self, credential: Credential) -> None:
        """Somebody takes over, or unlocks: OnDuty and PeopleDone, or PeopleDone with why not."""
        ...

    def sign_out(self) -> None:
        """Nobody works here for now: OnDuty."""
        ...

    def lock(self) -> None:
        """The person goes away for a moment: OnDuty."""
        ...

    def stirred(self) -> None:
        """A key or a touch: the idle lock waits anew. Nothing is told."""
        ...

    def next_badges_to(self, take: Callable[[Badge], None] | None) -> None:
        """Badges from a scanner on a port of its own go there, on its thread, instead of signing in; None ends it."""
        ...

    def make_first_lead(self, name: str, pin: str, badge: str = "") -> None:
        """Where the ledger knows nobody; they are on duty then: PeopleDone(FIRST_LEAD), OnDuty, PeopleSeen."""
        ...

    def add(self, name: str, role: Role, pin: str = "", badge: str = "") -> None:
        """A new person with a PIN, a badge or both: PeopleDone(ADD), PeopleSeen."""
        ...

    def change(
        self, number: int, *, role: Role | None = None, active: bool | None = None, language: str | None = None
    ) -> None:
        """What is given: PeopleDone(CHANGE), PeopleSeen."""
        ...

    def set_pin(self, number: int, pin: str, own_pin: str = "") -> None:
        """A lead sets anybody's, everybody their own with the old one: PeopleDone(PIN), PeopleSeen."""
        ...

    def set_badge(self, number: int, badge: str) -> None:
        """A new badge, or empty to take it away: PeopleDone(BADGE), PeopleSeen."""
        ...

    def unlock(self, number: int) -> None:
        """Their wrong PINs are forgotten: PeopleDone(UNLOCK), PeopleSeen."""
        ...
