"""Ranges of identities, as work orders name them: from one MAC or IMEI to another, both of them included."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gizqr_station.domain.identity import Identity, Imei, MacAddress, luhn_digit, parse_identity
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.list_failures import RangeNotUnderstood, RangeTooLarge

LONGEST_RANGE = 1_000_000
LONGEST_TEXT = 120
"""Characters that a range may take up; anything longer is none, and is not looked at any closer."""
_DASHES = "-‐‑–—−"
_BETWEEN = re.compile(rf" *(?:\.\.+|…+|[~～〜]| [{_DASHES}]+ | to |[–—]|至|到) *", re.IGNORECASE)
_ONE_DASH = re.compile(rf"[^{_DASHES}]+[{_DASHES}][^{_DASHES}]+")
_UNHYPHENED = re.compile(
    r"[0-9a-f]{12}|[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{4}(\.[0-9a-f]{4}){2}|[0-9]{15}", re.IGNORECASE | re.ASCII
)
_COUNTED = re.compile(r"(?P<first>[^+x×*]+)(?P<sign>[+x×*]) *(?P<count>[0-9]{1,18})", re.IGNORECASE | re.ASCII)
_ALONE = re.compile(r"[0-9a-f:]{12,17}", re.IGNORECASE | re.ASCII)
"""Too short for two, which is what most lines of a list are."""
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_LAST_MAC = 0xFFFF_FFFF_FFFF
_LAST_IMEI = 99_999_999_999_999
BACKWARDS, NONE_AT_ALL, MIXED = "it ends before it begins", "it has none", "a MAC and an IMEI"
CROSSES, BEYOND, NOT_TWO_ENDS = "it crosses the first octet", "it goes beyond the last one", "it needs two ends"


@dataclass(frozen=True, slots=True)
class IdentityRange:
    """All identities of one kind from ``first`` to ``last``. IMEIs are counted by their first 14 digits.

    A range of MACs stays within one first octet, whose lowest bits say whether an address may be a device's own:
    where both ends may be labelled, so may all between.
    """

    first: Identity
    last: Identity

    def __post_init__(self) -> None:
        if type(self.first) is not type(self.last):
            raise RangeNotUnderstood(str(self), MIXED)
        # len() itself would raise ValueError for a range that runs backwards.
        count = self._count()
        if count < 1:
            raise RangeNotUnderstood(str(self), BACKWARDS)
        if isinstance(self.first, MacAddress) and self.first.text[:2] != self.last.text[:2]:
            raise RangeNotUnderstood(str(self), CROSSES)
        if count > LONGEST_RANGE:
            raise RangeTooLarge(str(self), count, LONGEST_RANGE)

    def __len__(self) -> int:
        return self._count()

    def __contains__(self, identity: object) -> bool:
        if not isinstance(identity, MacAddress | Imei) or type(identity) is not type(self.first):
            return False
        return _number(self.first) <= _number(identity) <= _number(self.last)

    def __iter__(self) -> Iterator[Identity]:
        for number in range(_number(self.first), _number(self.last) + 1):
            yield _numbered(self.first, number)

    def __str__(self) -> str:
        """As it may be typed again."""
        return f"{self.first}..{self.last}"

    def part(self, at: int, count: int) -> "IdentityRange":
        """So many of its identities, from the one at this place (from 0) on; RangeNotUnderstood beyond its end."""
        if at < 0 or at + count > self._count():
            raise RangeNotUnderstood(str(self), BEYOND)
        first = _number(self.first) + at
        return IdentityRange(_numbered(self.first, first), _numbered(self.first, first + count - 1))

    def with_next(self, following: "IdentityRange") -> "IdentityRange | None":
        """The one range that both make, if the other begins right where this one ends; else None."""
        if not _follows(self.last, following.first) or len(self) + len(following) > LONGEST_RANGE:
            return None
        return IdentityRange(self.first, following.last)

    def _count(self) -> int:
        return _number(self.last) - _number(self.first) + 1

    @classmethod
    def parse(cls, text: str, *, local_macs: bool = False) -> "IdentityRange":
        """Take a range or one identity alone, each end in any notation of its own.

        Ranges: ``A..B``, ``A … B``, ``A ~ B``, ``A - B``, ``A to B``, ``A至B``, ``A到B``; ``A-B`` where nothing else in
        it is a hyphen; ``A x 100`` for a hundred of them and ``A + 99`` for ninety-nine more.
        Raises RangeNotUnderstood, RangeTooLarge, and what forbids one of its ends as an identity.
        """
        stripped = _trimmed(text)
        if len(stripped) > LONGEST_TEXT:
            raise NotAnIdentity(stripped[:LONGEST_TEXT])
        if _ALONE.fullmatch(stripped):
            one = parse_identity(stripped, local_macs=local_macs)
            return cls(one, one)
        ends = _ends(stripped)
        if len(ends) > 1:
            if len(ends) > 2 or not all(ends):
                raise RangeNotUnderstood(stripped, NOT_TWO_ENDS)
            first, last = (parse_identity(end, local_macs=local_macs) for end in ends)
            return cls(first, last)
        counted = _COUNTED.fullmatch(stripped)
        if counted is None:
            one = parse_identity(stripped, local_macs=local_macs)
            return cls(one, one)
        first = parse_identity(counted["first"], local_macs=local_macs)
        # ``x 100`` are a hundred of them, ``+ 99`` ninety-nine more.
        steps = int(counted["count"]) - (counted["sign"] != "+")
        return cls(first, _onward(stripped, first, steps))


def named_in(text: str) -> tuple[str, ...]:
    """The texts that stand where identities do, unchecked: one alone, the two ends of a range, the one that is counted.

    Empty for what is too long to be any of them.
    """
    stripped = _trimmed(text)
    if not stripped or len(stripped) > LONGEST_TEXT:
        return ()
    ends = tuple(_ends(stripped))
    counted = _COUNTED.fullmatch(stripped) if len(ends) == 1 else None
    return ends if counted is None else (counted["first"].strip(),)


def joined(identities: Iterable[Identity]) -> tuple[IdentityRange, ...]:
    """The fewest ranges that hold exactly these; MACs first, each kind in order. Repeats count once."""
    ranges: list[IdentityRange] = []
    first: Identity | None = None
    last: Identity | None = None
    count = 0
    for identity in sorted(set(identities), key=lambda each: (each.kind.value != "mac", each.text)):
        if first is None or last is None or count == LONGEST_RANGE or not _follows(last, identity):
            if first is not None and last is not None:
                ranges.append(IdentityRange(first, last))
            first, count = identity, 0
        last = identity
        count += 1
    if first is not None and last is not None:
        ranges.append(IdentityRange(first, last))
    return tuple(ranges)


def _trimmed(text: str) -> str:
    """With single blanks; the ends of lines stay, for two lines are never one identity."""
    return _BLANKS.sub(" ", text.strip())


def _ends(text: str) -> list[str]:
    """The two sides of a range, or the whole text; a hyphen inside a notation parts nothing."""
    if _ONE_DASH.fullmatch(text):
        sides = [side.strip() for side in re.split(f"[{_DASHES}]", text)]
        if all(_UNHYPHENED.fullmatch(side) for side in sides):
            return sides
    return _BETWEEN.split(text)


def _number(identity: Identity) -> int:
    return int(identity.text, 16) if isinstance(identity, MacAddress) else int(identity.text[:14])


def _numbered(like: Identity, number: int) -> Identity:
    if isinstance(like, MacAddress):
        return MacAddress(f"{number:012x}")
    digits = f"{number:014d}"
    return Imei(f"{digits}{luhn_digit(digits)}")


def _follows(before: Identity, identity: Identity) -> bool:
    if type(before) is not type(identity) or _number(identity) != _number(before) + 1:
        return False
    return not isinstance(before, MacAddress) or before.text[:2] == identity.text[:2]


def _onward(text: str, first: Identity, steps: int) -> Identity:
    """The identity so many steps after the first."""
    if steps < 0:
        raise RangeNotUnderstood(text, NONE_AT_ALL)
    if steps >= LONGEST_RANGE:
        raise RangeTooLarge(text, steps + 1, LONGEST_RANGE)
    number = _number(first) + steps
    if number > (_LAST_MAC if isinstance(first, MacAddress) else _LAST_IMEI):
        raise RangeNotUnderstood(text, BEYOND)
    return _numbered(first, number)
