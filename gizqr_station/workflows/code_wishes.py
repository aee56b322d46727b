"""Which codes somebody wants: those of the order, or of ranges that were typed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity_ranges import NOT_TWO_ENDS, IdentityRange
from gizqr_station.domain.list_failures import RangeNotUnderstood, RangeTooLarge
from gizqr_station.domain.pool_failures import NothingToFetch
from gizqr_station.workflows.code_cuts import united

LONGEST_NAME = 60
NO_ORDER = "-"
"""What a wish is called that names nothing."""
_BETWEEN_RANGES = re.compile(r"[,;\n\r，、；]+")
_MOST_WORDS = 9
"""Of one range: two IMEIs in their printed groups, and a word between."""


def wished_ranges(allowance: Allowance, typed: str) -> tuple[str, tuple[IdentityRange, ...]]:
    """Name and ranges of what is wanted: empty text means all that the order names.

    Raises NothingToFetch where nothing is named, and what forbids a range: its form, or the product's makers and kind.
    Ranges beside the order may be fetched, for a shift to come.
    """
    if not typed.strip():
        if not allowance.ranges:
            raise NothingToFetch(allowance.order or NO_ORDER)
        return allowance.order or called(allowance.ranges), united(allowance.ranges)
    ranges = united(typed_ranges(typed, local_macs=allowance.local_macs is not None))
    if not ranges:
        raise NothingToFetch(NO_ORDER)
    require_makers(allowance, ranges)
    return called(ranges), ranges


def typed_ranges(text: str, *, local_macs: bool = False) -> Iterator[IdentityRange]:
    """Ranges and singles as ``IdentityRange.parse`` takes them, parted by commas, semicolons, lines or blanks.

    Raises what is wrong with the first one that is none.
    """
    for piece in _BETWEEN_RANGES.split(text):
        words = piece.split()
        if not words:
            continue
        yield from _in_words(words, local_macs=local_macs)


def require_makers(allowance: Allowance, ranges: Iterable[IdentityRange]) -> None:
    """Raise WrongKind or OuiNotAllowed where an end is no device of the product's: most likely a slip of a finger."""
    whoever = replace(allowance, ranges=())
    for each in ranges:
        whoever.require(each.first)
        whoever.require(each.last)


def called(ranges: Iterable[IdentityRange]) -> str:
    """Ranges as a name, cut off where it gets long."""
    text = ", ".join(str(each.first) if len(each) == 1 else str(each) for each in ranges)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def _in_words(words: list[str], *, local_macs: bool) -> Iterator[IdentityRange]:
    """Perhaps several that only blanks part: the longest beginning that is one is the first of them."""
    while words:
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            try:
                found = IdentityRange.parse(" ".join(words[:count]), local_macs=local_macs)
            except IdentityRefused as refused:
                if count == 1 or _has_two_ends(refused):
                    raise
            else:
                yield found
                words = words[count:]
                break


def _has_two_ends(refused: IdentityRefused) -> bool:
    """Whether this is one range that cannot be, and not several texts that are none together."""
    if isinstance(refused, RangeNotUnderstood):
        return refused.reason != NOT_TWO_ENDS
    return isinstance(refused, RangeTooLarge)
