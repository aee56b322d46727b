"""What is still to be fetched of some ranges, and the fewest tasks that fetch it."""

from collections.abc import Iterable, Iterator
from itertools import chain

from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.pooled_codes import LARGEST_CUT
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import CodePool
from gizqr_station.workflows.list_ports import LiveLabels


def cuts_of(ranges: Iterable[IdentityRange], longest: int = LARGEST_CUT) -> Iterator[IdentityRange]:
    """The tasks for these ranges, in their order; the same ones for the same ranges, whenever they are asked for."""
    for each in ranges:
        for at in range(0, len(each), longest):
            yield each.part(at, min(longest, len(each) - at))


def unfetched(
    pool: CodePool,
    ledger: LiveLabels | None,
    product_key: str,
    service: str,
    ranges: Iterable[IdentityRange],
    stop: Stop,
) -> tuple[IdentityRange, ...]:
    """What of these has neither a code in the pool nor a live label, as the fewest ranges.

    ``ledger``: None where no label was ever recorded.
    """
    missing = pool.missing(product_key, service, ranges, stop)
    if ledger is None or not missing:
        return missing
    return tuple(merged(_unlabelled(ledger, product_key, missing, stop)))


def labelled_among(ledger: LiveLabels | None, product_key: str, ranges: Iterable[IdentityRange], stop: Stop) -> int:
    """How many identities of these ranges, which do not overlap, have a live label."""
    if ledger is None:
        return 0
    count = 0
    for some in handfuls(cuts_of(ranges)):
        stop.check()
        count += len(ledger.live_among(product_key, chain.from_iterable(some)))
    return count


def united(ranges: Iterable[IdentityRange]) -> tuple[IdentityRange, ...]:
    """The same identities in order, each once; MACs first."""
    return tuple(merged(_apart(ranges)))


def merged(ranges: Iterable[IdentityRange]) -> Iterator[IdentityRange]:
    """Ranges in order, those that go on where the one before ends made one."""
    held: IdentityRange | None = None
    for each in ranges:
        longer = None if held is None else held.with_next(each)
        if longer is None and held is not None:
            yield held
        held = longer or each
    if held is not None:
        yield held


def _apart(ranges: Iterable[IdentityRange]) -> Iterator[IdentityRange]:
    """Sorted, and without what one before has already. Texts of one kind are sorted like the numbers that they are."""
    last: IdentityRange | None = None
    for each in sorted(ranges, key=lambda one: (one.first.kind.value != "mac", one.first.text)):
        if last is None or each.first.kind is not last.first.kind or each.first.text > last.last.text:
            last = each
        elif each.last.text > last.last.text:
            last = each.part(overlap := len(IdentityRange(each.first, last.last)), len(each) - overlap)
        else:
            continue
        yield last


def _unlabelled(
    ledger: LiveLabels, product_key: str, ranges: Iterable[IdentityRange], stop: Stop
) -> Iterator[IdentityRange]:
    for some in handfuls(cuts_of(ranges)):
        stop.check()
        live = ledger.live_among(product_key, chain.from_iterable(some))
        for cut in some:
            yield from joined(each for each in cut if each not in live) if live else (cut,)


def handfuls(cuts: Iterable[IdentityRange], most: int = LARGEST_CUT) -> Iterator[list[IdentityRange]]:
    """Cuts with at most so many identities together: an order may be nothing but singles."""
    some: list[IdentityRange] = []
    count = 0
    for cut in cuts:
        if some and count + len(cut) > most:
            yield some
            some, count = [], 0
        some.append(cut)
        count += len(cut)
    if some:
        yield some
