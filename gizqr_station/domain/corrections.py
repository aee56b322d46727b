"""What QA does about labels that are there already: reprint, void, settle."""

from dataclasses import dataclass
from enum import Enum

LONGEST_REMARK = 200


class ReprintReason(Enum):
    """Why a label is replaced; chosen by a person, never preset."""

    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    LOST = "lost"
    WRONG_PLACE = "wrong_place"
    PRINTER_FAULT = "printer_fault"
    REWORK = "rework"
    TRIAL = "trial"
    """Made for a test of line or printer."""
    OTHER = "other"
    """Needs a remark."""


class SecondPerson(Enum):
    """When a reprint needs somebody else's word."""

    ABOVE_LIMIT = "above_limit"
    ALWAYS = "always"


class Settlement(Enum):
    """What a person found out of a label that may or may not have come out."""

    FOUND = "found"
    """They scanned it."""
    NO_USABLE_LABEL = "no_usable_label"


@dataclass(frozen=True, slots=True)
class ReprintRules:
    """How often a label may be replaced, and who has to agree."""

    limit: int = 2
    """Replacements of one identity that one person may make alone."""
    second_person: SecondPerson = SecondPerson.ABOVE_LIMIT


@dataclass(frozen=True, slots=True)
class ReprintStanding:
    """What the desk says before it is asked to reprint."""

    made: int
    """Replacements of this identity so far: the revision of its newest label."""
    limit: int
    needs_second: bool
    """The next one needs somebody else's badge or PIN."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the ledger keeps of a label that took the place of another."""

    of: str
    """Label serial of the one that was voided for it."""
    reason: ReprintReason
    remark: str = ""
    allowed_by: str = ""
    """Name of the second person; empty where none was needed."""


def reason_text(reason: ReprintReason, remark: str = "") -> str:
    """As records keep it: ``damaged``, ``other: torn by the gripper``."""
    return f"{reason.value}: {remark}" if remark else reason.value


def reason_in(text: str) -> tuple[ReprintReason, str] | None:
    """The inverse; None for what was not written so."""
    value, _, remark = text.partition(": ")
    try:
        return ReprintReason(value), remark
    except ValueError:
        return None
