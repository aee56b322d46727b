"""What the people page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.people import Permission, Person
from gizqr_station.workflows.happenings import Happening, LineStopped
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleSeen, PeopleWork

_ELSEWHERE = frozenset({PeopleWork.SIGN_IN, PeopleWork.LOOK})
"""What was asked for at another place, whose answer stands there; a look that failed is said here all the same."""


class Pane(Enum):
    """What stands beside the list."""

    FIRST_LEAD = "first_lead"
    NEW = "new"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PeopleState:
    """All that the page needs to draw itself; never a PIN or a badge."""

    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    people: tuple[Person, ...] = ()
    duty: OnDuty | None = None
    chosen: int = 0
    """Number of the person that is looked at; 0: whoever is on duty."""
    adding: bool = False
    asked: PeopleWork | None = None
    """What was asked for; the answer is on its way."""
    done: PeopleDone | None = None
    """What became of the last request."""
    armed_s: int = 0
    """Whole seconds that the next scan is taken as a badge."""
    held_by: int = 0
    """The slot whose label has to be scanned first."""

    @property
    def manages(self) -> bool:
        """Whether whoever is on duty may change others."""
        duty = self.duty
        return duty is not None and not duty.locked and Permission.MANAGE_PEOPLE in duty.allowed

    @property
    def first_lead_due(self) -> bool:
        """Whether nobody is known yet."""
        return self.duty is not None and self.duty.first_lead_due

    @property
    def pane(self) -> Pane:
        """What stands beside the list."""
        if self.first_lead_due:
            return Pane.FIRST_LEAD
        return Pane.NEW if self.adding and self.manages else Pane.PERSON

    @property
    def own(self) -> int:
        """Number of whoever is on duty and not away; 0: nobody."""
        duty = self.duty
        return 0 if duty is None or duty.person is None or duty.locked else duty.person.id

    @property
    def person(self) -> Person | None:
        """Who is looked at."""
        wanted = self.chosen or self.own
        return next((person for person in self.people if person.id == wanted), None)


def after(state: PeopleState, happening: Happening) -> PeopleState:
    """The next state."""
    match happening:
        case OnDuty():
            opened = state.opened or happening.first_lead_due
            return replace(state, opened=opened, ended=False, duty=happening)
        case PeopleSeen(people):
            return replace(state, opened=True, ended=False, people=people)
        case PeopleDone(work) if work not in _ELSEWHERE or happening.failure is not None:
            return state if work is PeopleWork.SIGN_IN else _done(state, happening)
        case LineStopped():
            return replace(state, ended=True, asked=None)
        case _:
            return state


def asking(state: PeopleState, work: PeopleWork) -> PeopleState:
    """A person wants something; what was said before is over."""
    return replace(state, asked=work, done=None)


def looking_at(state: PeopleState, number: int) -> PeopleState:
    """A person looks at another one."""
    return replace(state, chosen=number, adding=False, done=None)


def adding(state: PeopleState) -> PeopleState:
    """A lead wants somebody new."""
    return replace(state, adding=True, done=None)


def _done(state: PeopleState, done: PeopleDone) -> PeopleState:
    after_it = replace(state, asked=None, done=done)
    if done.work is PeopleWork.ADD and done.failure is None and done.person is not None:
        return replace(after_it, adding=False, chosen=done.person.id)
    return after_it
