"""Passes what is asked of the people desk on to the station once it is open."""

from collections.abc import Callable

from gizqr_station.domain.people import Badge, Credential, Role
from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.people_controls import PeopleControls


class PeopleBehind(DeskBehind[PeopleControls]):
    """The people desk, or nobody yet: what is shown before it is there has nothing to press.

    Two places look at people, the page and where one signs in: the desk hears of the first to look and the last.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looking = 0
        self._takes_badge: Callable[[Badge], None] | None = None

    def open(self, desk: PeopleControls) -> None:
        """From now on there is one; a page may be waiting for a badge already."""
        super().open(desk)
        desk.next_badges_to(self._takes_badge)

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at one of the places."""
        self._looking += 1 if visible else -1
        super().shown(self._looking > 0)

    def sign_in(self, credential: Credential) -> None:
        """Somebody takes over, or unlocks."""
        self._ask(lambda desk: desk.sign_in(credential))

    def sign_out(self) -> None:
        """Nobody works here for now."""
        self._ask(lambda desk: desk.sign_out())

    def lock(self) -> None:
        """The person goes away for a moment."""
        self._ask(lambda desk: desk.lock())

    def stirred(self) -> None:
        """A key or a touch."""
        self._ask(lambda desk: desk.stirred())

    def next_badges_to(self, take: Callable[[Badge], None] | None) -> None:
        """Who waits for a badge; kept for a desk that comes."""
        self._takes_badge = take
        self._ask(lambda desk: desk.next_badges_to(take))

    def make_first_lead(self, name: str, pin: str, badge: str = "") -> None:
        """Where the ledger knows nobody."""
        self._ask(lambda desk: desk.make_first_lead(name, pin, badge))

    def add(self, name: str, role: Role, pin: str = "", badge: str = "") -> None:
        """A new person."""
        self._ask(lambda desk: desk.add(name, role, pin, badge))

    def change(
        self, number: int, *, role: Role | None = None, active: bool | None = None, language: str | None = None
    ) -> None:
        """What is given."""
        self._ask(lambda desk: desk.change(number, role=role, active=active, language=language))

    def set_pin(self, number: int, pin: str, own_pin: str = "") -> None:
        """A new PIN."""
        self._ask(lambda desk: desk.set_pin(number, pin, own_pin))

    def set_badge(self, number: int, badge: str) -> None:
        """A new badge, or none."""
        self._ask(lambda desk: desk.set_badge(number, badge))

    def unlock(self, number: int) -> None:
        """Their wrong PINs are forgotten."""
        self._ask(lambda desk: desk.unlock(number))
