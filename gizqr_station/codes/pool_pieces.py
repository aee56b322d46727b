"""Ranges of any number and length in pieces that one query answers."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.workflows.code_cuts import cuts_of

PIECE = 5_000
"""Identities of a range in a query, and in a transaction: a longer one would keep writers waiting."""
_SHORT = 100
_AMONG_AT_MOST = 900
"""Identities that a query names one by one; some builds of SQLite take no more than 999."""

Piece = tuple[IdentityRange, ...]
"""One part of a range, or several short ranges of one kind of at most 900 identities together."""


def pieces_of(ranges: Iterable[IdentityRange]) -> Iterator[Piece]:
    """In order, MACs first, without what another one has: an order may be nothing but single devices."""
    for short, some in groupby(apart(ranges), key=lambda each: len(each) < _SHORT):
        if short:
            yield from _together(some)
        else:
            for cut in cuts_of(some, PIECE):
                yield (cut,)


def apart(ranges: Iterable[IdentityRange]) -> Iterator[IdentityRange]:
    """In order, MACs first, without what another one of them has."""
    held: IdentityRange | None = None
    for each in sorted(ranges, key=lambda one: (one.first.kind.value != "mac", one.first.text)):
        if held is not None and each.first in held:
            if each.last in held:
                continue
            shared = len(IdentityRange(each.first, held.last))
            yield each.part(shared, len(each) - shared)
        else:
            yield each
        held = each


def asked_for(piece: Piece) -> dict[str, object]:
    """What a query about this piece is filled with: the ends of a stretch, or each of the identities."""
    if len(piece) > 1:
        return {"identities": [identity.text for each in piece for identity in each]}
    (only,) = piece
    return {"first": only.first.text, "last": only.last.text, "digits": len(only.first.text)}


def _together(ranges: Iterable[IdentityRange]) -> Iterator[Piece]:
    held: list[IdentityRange] = []
    count = 0
    for each in ranges:
        if held and count + len(each) > _AMONG_AT_MOST:
            yield tuple(held)
            held, count = [], 0
        held.append(each)
        count += len(each)
    if held:
        yield tuple(held)
