"""A list of identities as somebody handed it over: every line judged, none dropped in silence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure, IdentityRefused
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.list_failures import ListTooLarge


class Verdict(Enum):
    """What a line of a list is worth."""

    GOOD = "good"
    BAD = "bad"
    """Nothing that may be labelled; the failure says why."""
    REPEATED = "repeated"
    """It stands in an earlier line as well."""
    LABELLED = "labelled"
    """A live label of it exists already."""
    NOT_ALLOWED = "not_allowed"
    """An identity, but not of this product or order."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line, or one identity of a line that names a range."""

    number: int
    """Of the line or row in its file, from 1."""
    text: str
    """As it stands there, at most 200 characters."""
    verdict: Verdict
    identity: Identity | None = None
    failure: Failure | None = None
    """For BAD, LABELLED and NOT_ALLOWED."""
    first: int = 0
    """For REPEATED: the line where it stood first, which may be this very one."""


@dataclass(frozen=True, slots=True)
class CheckedList:
    """All lines in order; blank lines and a heading are not among them."""

    name: str
    """Of the file, or what it was made of."""
    lines: tuple[ListLine, ...]

    @property
    def good(self) -> tuple[ListLine, ...]:
        """Those that would be labelled."""
        return tuple(line for line in self.lines if line.verdict is Verdict.GOOD)

    def count(self, verdict: Verdict) -> int:
        """How many have it."""
        return sum(line.verdict is verdict for line in self.lines)


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line or cell that should name an identity or a range."""

    number: int
    text: str
    failure: Failure | None = None
    """What is wrong with it whatever it says: a spreadsheet that took it for a number."""


@dataclass(frozen=True, slots=True)
class ListText:
    """What a list says, before anything of it is judged."""

    name: str
    """Of the file, or what it was made of."""
    lines: tuple[RawLine, ...]


LONGEST_LINE = 200
LONGEST_LIST = 200_000
"""Identities and bad lines of one list; a printer needs days for so many."""


def judged(name: str, raw: Iterable[RawLine], *, local_macs: bool = False) -> CheckedList:
    """Parse each line, spread ranges out, mark repeats; what the ledger and the order say comes later.

    Raises ListTooLarge above LONGEST_LIST.
    """
    seen: dict[Identity, int] = {}
    lines: list[ListLine] = []
    for each in raw:
        for line in _spread(each, seen, local_macs=local_macs):
            if len(lines) == LONGEST_LIST:
                raise ListTooLarge(name, f"{LONGEST_LIST:,}")
            lines.append(line)
    return CheckedList(name, tuple(lines))


def _spread(raw: RawLine, seen: dict[Identity, int], *, local_macs: bool) -> Iterator[ListLine]:
    """A bad line, or one for each identity of it; what was seen is added to ``seen`` with its line."""
    text = raw.text.strip()[:LONGEST_LINE]
    if raw.failure is not None:
        yield ListLine(raw.number, text, Verdict.BAD, failure=raw.failure)
        return
    try:
        identities = IdentityRange.parse(raw.text, local_macs=local_macs)
    except IdentityRefused as refused:
        yield ListLine(raw.number, text, Verdict.BAD, failure=refused)
        return
    for identity in identities:
        # Not by its line: the same identity may stand twice in one.
        if identity in seen:
            yield ListLine(raw.number, text, Verdict.REPEATED, identity, first=seen[identity])
        else:
            seen[identity] = raw.number
            yield ListLine(raw.number, text, Verdict.GOOD, identity)
