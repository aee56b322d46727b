"""What can go wrong when somebody says who they are, or asks for what they may not do."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Owner, PeopleFailure


@dataclass(eq=False)
class NobodySignedIn(PeopleFailure):
    """People are known here, and none of them is on duty."""

    code = "E-PPL-01"


@dataclass(eq=False)
class StationLocked(PeopleFailure):
    """Whoever is on duty went away, or was away for too long: their badge or PIN unlocks it."""

    code = "E-PPL-02"
    person: str


@dataclass(eq=False)
class NotAllowed(PeopleFailure):
    """Their role does not allow it."""

    code = "E-PPL-03"
    owner = Owner.LEAD
    person: str
    permission: str


@dataclass(eq=False)
class SelfApproval(PeopleFailure):
    """The second person is the first one."""

    code = "E-PPL-04"
    person: str


@dataclass(eq=False)
class WrongPin(PeopleFailure):
    """Name and PIN do not belong together; which of the two is wrong is never said."""

    code = "E-PPL-05"


@dataclass(eq=False)
class BadgeUnknown(PeopleFailure):
    """Nobody who works here has this badge."""

    code = "E-PPL-06"


@dataclass(eq=False)
class TriesExhausted(PeopleFailure):
    """Too many wrong tries one after the other: for so long none is looked at."""

    code = "E-PPL-07"
    seconds: int


@dataclass(eq=False)
class PersonLockedOut(PeopleFailure):
    """So many wrong PINs that a lead has to unlock them."""

    code = "E-PPL-08"
    owner = Owner.LEAD
    person: str


@dataclass(eq=False)
class FirstLeadDue(PeopleFailure):
    """The settings ask for people, and the ledger knows nobody."""

    code = "E-PPL-09"
    owner = Owner.LEAD


@dataclass(eq=False)
class NeedsPerson(PeopleFailure):
    """It takes somebody with a name here, and the ledger knows nobody."""

    code = "E-PPL-10"
    owner = Owner.LEAD
    permission: str


@dataclass(eq=False)
class NameTaken(PeopleFailure):
    """Somebody has this name already, case aside; whoever has left keeps theirs, for records name them."""

    code = "E-PPL-11"
    name: str


@dataclass(eq=False)
class BadgeTaken(PeopleFailure):
    """This badge is another person's."""

    code = "E-PPL-12"
    person: str


@dataclass(eq=False)
class FirstLeadMade(PeopleFailure):
    """There is somebody already: only a lead adds people."""

    code = "E-PPL-13"
    owner = Owner.LEAD


@dataclass(eq=False)
class LastLead(PeopleFailure):
    """Nobody would be left to lead."""

    code = "E-PPL-14"
    owner = Owner.LEAD
    person: str


@dataclass(eq=False)
class PinTooShort(PeopleFailure):
    """Fewer digits than a PIN has, or something else than digits."""

    code = "E-PPL-15"
    digits: int
    """That it has at least."""


@dataclass(eq=False)
class PinTooSimple(PeopleFailure):
    """All the same digit, a run of digits, or what the badge says."""

    code = "E-PPL-16"


@dataclass(eq=False)
class NameUnusable(PeopleFailure):
    """Empty, too long, or with characters that a record cannot show."""

    code = "E-PPL-17"
    name: str


@dataclass(eq=False)
class BadgeUnusable(PeopleFailure):
    """Too short, or not what this station takes for a badge, so that no scan would ever be understood as one."""

    code = "E-PPL-18"


@dataclass(eq=False)
class NoCredential(PeopleFailure):
    """A person would have neither badge nor PIN."""

    code = "E-PPL-19"
    person: str


@dataclass(eq=False)
class PersonUnknown(PeopleFailure):
    """Nobody here has this name."""

    code = "E-PPL-20"
    name: str


@dataclass(eq=False)
class PinNotGiven(PeopleFailure):
    """A command needs a PIN, and there is neither a terminal, nor a file, nor the environment that says it."""

    code = "E-PPL-21"
    person: str


@dataclass(eq=False)
class TwoBadges(PeopleFailure):
    """Two people's badges were read in one pull: nobody knows who is meant."""

    code = "E-PPL-22"


@dataclass(eq=False)
class PersonNotNamed(PeopleFailure):
    """People are known here, and a command says nothing of who gives it."""

    code = "E-PPL-23"
