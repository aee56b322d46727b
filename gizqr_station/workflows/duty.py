"""Who works at this station now, and whether they may do what they are about to do."""

from dataclasses import dataclass
from typing import Protocol

from gizqr_station.domain.people import ALLOWED, Credential, Permission, Role
from gizqr_station.domain.people_failures import FirstLeadDue, NeedsPerson

NOBODY = "(nobody)"
"""What records say of what went on while nobody was signed in; no person can be called so."""

WITHOUT_PEOPLE = ALLOWED[Role.OPERATOR] | {Permission.CHANGE_SETTINGS, Permission.BACK_UP, Permission.RESTORE}
"""What may be done while the ledger knows nobody: an operator's work, setting the station up, saving its ledger."""


@dataclass(frozen=True, slots=True)
class Present:
    """Who is on duty as a station is closed for a changeover. Kept in memory alone: a restart signs everybody out."""

    number: int
    locked: bool
    stirred_at: float
    """When they last were at work, s by the duty's monotonic clock."""


class Duty(Protocol):
    """Asked by every workflow before it acts; the answer is written down, save for first labels."""

    @property
    def name(self) -> str:
        """What records say; empty while nobody is signed in."""
        ...

    def require(self, permission: Permission, about: str = "") -> str:
        """The name of whoever may do it; raises NobodySignedIn, StationLocked or NotAllowed.

        ``about`` is what it is done to: a label serial, an order's number.
        """
        ...

    def second(self, credential: Credential, permission: Permission, about: str = "") -> str:
        """The name of a second person who may do it, and shows it now with their own badge or PIN.

        Raises SelfApproval for whoever is on duty, NotAllowed, WrongPin, BadgeUnknown, TriesExhausted.
        """
        ...

    def stirred(self) -> None:
        """Somebody is at work here: the idle lock waits anew."""
        ...


def require_once_known(duty: Duty, permission: Permission, about: str = "") -> str:
    """``require``, but while the ledger knows nobody an operator's right is enough: nobody else could ever do it.

    For what makes, corrects and releases no label. Raises FirstLeadDue where people are required.
    """
    try:
        return duty.require(permission, about)
    except NeedsPerson:
        return duty.require(Permission.LABEL, about)


class NamedOperator:
    """The Duty of a station whose ledger knows nobody yet: the operator of the settings, without anybody's approval.

    What an operator may do they may, and set the station up; what needs QA, a lead or a second person is refused, as
    is all of it where the settings say that people are required.
    """

    def __init__(self, name: str, *, required: bool = False) -> None:
        self._name = name
        self._required = required

    @property
    def name(self) -> str:
        """As the settings say."""
        return self._name

    @property
    def allowed(self) -> frozenset[Permission]:
        """What ``require`` lets pass."""
        return frozenset() if self._required else WITHOUT_PEOPLE

    def require(self, permission: Permission, about: str = "") -> str:
        """Whatever an operator may do; raises NeedsPerson, and FirstLeadDue where people are required."""
        del about
        if permission in self.allowed:
            return self._name
        if permission in WITHOUT_PEOPLE:
            raise FirstLeadDue
        raise NeedsPerson(permission.value)

    def second(self, credential: Credential, permission: Permission, about: str = "") -> str:
        """There is nobody; raises NeedsPerson."""
        del credential, about
        raise NeedsPerson(permission.value)

    def stirred(self) -> None:
        """Nothing locks."""
