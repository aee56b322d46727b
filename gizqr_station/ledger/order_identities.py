"""Which devices a signed order is for, asked where each of its labels is claimed.

A profile with a hundred thousand ranges is megabytes of text: it is read once, and known by its digest from then on.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.ledger.order_rows import order_of, work_orders

_KEPT = 16


@dataclass(frozen=True, slots=True)
class SignedIdentities:
    """The ranges of one profile, in order, so that a look takes a few steps."""

    ranges: tuple[IdentityRange, ...]
    firsts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, ranges: Sequence[IdentityRange]) -> "SignedIdentities":
        """In whichever order they were signed; overlaps of one another they have none, as planned."""
        inside = tuple(sorted(ranges, key=lambda each: _place(each.first)))
        return cls(inside, tuple(_place(each.first) for each in inside))

    def __contains__(self, identity: Identity) -> bool:
        """Any device belongs to an order that names none."""
        if not self.ranges:
            return True
        at = bisect_right(self.firsts, _place(identity))
        return at > 0 and identity in self.ranges[at - 1]

    def __str__(self) -> str:
        """For people: a hundred thousand ranges are no sentence."""
        first, more = str(self.ranges[0]), len(self.ranges) - 1
        return f"{first} +{more}" if more else first


_known: dict[str, SignedIdentities] = {}


def signed_identities(connection: Connection, number: str, digest: str, path: str) -> SignedIdentities:
    """Of an order that is there; raises LedgerDamaged where its profile is not the one of its digest."""
    known = _known.get(digest)
    if known is None:
        row = connection.execute(select(work_orders).where(work_orders.c.number == number)).one()
        order = order_of(row, path)
        known = SignedIdentities.of(order.profile.identities)
        while len(_known) >= _KEPT:
            # Another thread may have been quicker: what is gone is read again.
            _known.pop(next(iter(tuple(_known)), ""), None)
        _known[order.digest] = known
    return known


def _place(identity: Identity) -> tuple[str, str]:
    """Digits of one kind sort as numbers do: they are of one length."""
    return identity.kind.value, identity.text
