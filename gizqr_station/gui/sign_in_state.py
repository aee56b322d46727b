"""What the place to sign in shows, as one frozen value computed from happenings; no Qt in here."""

from dataclasses import dataclass, replace

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Person
from gizqr_station.workflows.happenings import Happening, LineStopped
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleSeen, PeopleWork


@dataclass(frozen=True, slots=True)
class SignInState:
    """All that it needs to draw itself."""

    duty: OnDuty | None = None
    people: tuple[Person, ...] = ()
    asked: bool = False
    """Somebody showed who they are; the answer is on its way."""
    failure: Failure | None = None
    """Why they are not on duty."""
    wait_s: int = 0
    """Whole seconds until a PIN of theirs is looked at again."""
    ended: bool = False
    """The station is not running (any more)."""

    @property
    def working(self) -> bool:
        """Whether somebody is on duty who may go on."""
        duty = self.duty
        return duty is not None and duty.person is not None and not duty.locked


def after(state: SignInState, happening: Happening) -> SignInState:
    """The next state."""
    match happening:
        case OnDuty():
            back = replace(state, duty=happening, asked=False, ended=False)
            return replace(back, failure=None, wait_s=0) if back.working else back
        case PeopleSeen(people):
            return replace(state, people=people, ended=False)
        case PeopleDone(PeopleWork.SIGN_IN, _, failure):
            return replace(state, asked=False, failure=failure, wait_s=0)
        case LineStopped():
            return replace(state, ended=True, asked=False)
        case _:
            return state


def asking(state: SignInState) -> SignInState:
    """Somebody showed who they are."""
    return replace(state, asked=True, failure=None, wait_s=0)


def left(state: SignInState) -> SignInState:
    """What was said of one try says nothing of the next person."""
    return replace(state, failure=None, wait_s=0)
