"""The people of a factory: who they are, what each role may do, and how they show who they are."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

SHORTEST_PIN = 6
"""Digits. Hashing alone does not save a shorter one: ten thousand tries take minutes."""


class Role(Enum):
    """What a person is there for; each may do all that the one before may."""

    OPERATOR = "operator"
    QA = "qa"
    LEAD = "lead"


class Permission(Enum):
    """What is asked for before it is done; the workflows ask, the window only hides what would be refused."""

    LABEL = "label"
    """First labels, and saying that no usable label came out of a job that is still open."""
    REPRINT = "reprint"
    """Replacing a label, up to the limit."""
    APPROVE_REPRINT = "approve_reprint"
    """As the second person: above the limit, or wherever the settings ask for one."""
    VOID = "void"
    """Taking back a label that was printed or verified."""
    SETTLE = "settle"
    """Saying what became of an UNKNOWN label, away from its line."""
    RELEASE_ORDER = "release_order"
    """The first article of an order, as the second person: never whoever made it."""
    CLOSE = "close"
    """Orders and shifts."""
    EXPORT = "export"
    """Records, evidence, reports."""
    SIGN_ORDER = "sign_order"
    MERGE = "merge"
    """Another ledger's records, and settling what they are in conflict about."""
    BACK_UP = "back_up"
    RESTORE = "restore"
    MANAGE_PEOPLE = "manage_people"
    CHANGE_SETTINGS = "change_settings"


_OPERATOR = frozenset({Permission.LABEL, Permission.REPRINT, Permission.SETTLE})
_QA = _OPERATOR | {
    Permission.APPROVE_REPRINT,
    Permission.VOID,
    Permission.RELEASE_ORDER,
    Permission.CLOSE,
    Permission.EXPORT,
    Permission.BACK_UP,
}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: _OPERATOR,
    Role.QA: _QA,
    Role.LEAD: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the ledger knows them; never removed, for records name them."""

    id: int
    name: str
    """Unique among people; what records say."""
    role: Role
    active: bool = True
    """Who has left signs in no more."""
    has_badge: bool = False
    has_pin: bool = False
    language: str = ""
    """Of the screen while they work: ``en``, ``zh_CN``; empty = the station's."""
    failures: int = 0
    """Wrong PINs one after the other."""
    locked_until: datetime | None = None
    """Until then no PIN is looked at."""
    locked_out: bool = False
    """Too many wrong PINs: a lead has to unlock them."""

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return self.active and permission in ALLOWED[self.role]


@dataclass(frozen=True, slots=True)
class Badge:
    """What a scanner read off somebody's badge."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NameAndPin:
    """What somebody typed."""

    name: str
    pin: str = field(repr=False)


Credential = Badge | NameAndPin
"""How somebody shows who they are. Lives in memory for the moment of the question, and is never logged or kept."""
