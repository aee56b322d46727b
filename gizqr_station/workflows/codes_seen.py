"""The pool against the order, and whether it can carry the line alone: what page, tile and command line show."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.pool_failures import FetchUnderWay, OrderOverQuota, SchemeNeedsNoPool
from gizqr_station.domain.pooled_codes import INTERRUPTED, LARGEST_CUT, FetchState
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_cuts import cuts_of, handfuls, labelled_among, united
from gizqr_station.workflows.code_fetch import FetchParts
from gizqr_station.workflows.code_happenings import GAPS_AT_MOST, PoolSeen
from gizqr_station.workflows.code_ports import CodeFiles

log = logging.getLogger(__name__)

MOST_ZIPS = 100


@dataclass(frozen=True, slots=True)
class PooledScheme:
    """What there is beside the bench where a product's codes come from a service."""

    fetch: FetchParts
    files: CodeFiles
    encrypted: bool
    """Whether the service is spoken to over https."""


def pool_seen(allowance: Allowance, pooled: PooledScheme | None, left: int | None, stop: Stop) -> PoolSeen:
    """As it stands; ``left``: how many devices may still register. Raises PoolUnreadable, a LedgerFailure, Stopped."""
    order, quota = allowance.order, allowance.quota
    registered = None if left is None or quota is None else quota.registered
    if pooled is None:
        return PoolSeen("", True, 0, order, 0, 0, (), (), (), registered, left)
    parts = pooled.fetch
    pool, key, service = parts.pool, parts.product_key, parts.service
    ranges = united(allowance.ranges)
    gaps = parts.left_of(ranges, stop)
    return PoolSeen(
        service=service,
        encrypted=pooled.encrypted,
        codes=pool.count(key, service),
        order=order,
        wanted=counted(ranges) - labelled_among(parts.ledger, key, ranges, stop),
        missing=counted(gaps),
        gaps=gaps[:GAPS_AT_MOST],
        fetches=tuple(pool.fetches(key, service)),
        zips=tuple(pool.zips(key, service, MOST_ZIPS)),
        registered=registered,
        left=left,
    )


def as_it_stands(seen: PoolSeen, parts: FetchParts) -> PoolSeen:
    """For whoever runs no fetch now: what still says RUNNING is run by another program, or by nobody and is paused."""
    running = [fetch for fetch in seen.fetches if fetch.state is FetchState.RUNNING]
    if not running:
        return seen
    try:
        with parts.hold():
            parts.pool.pause_interrupted_fetches()
            return replace(seen, fetches=tuple(parts.pool.fetches(parts.product_key, parts.service)))
    except FetchUnderWay:
        return replace(seen, elsewhere=frozenset(fetch.number for fetch in running))
    except Failure as unwritten:
        log.warning("fetches that nobody runs cannot be paused in the pool: %s", unwritten)
        paused = {fetch.number: replace(fetch, state=FetchState.PAUSED, reason=INTERRUPTED) for fetch in running}
        return replace(seen, fetches=tuple(paused.get(fetch.number, fetch) for fetch in seen.fetches))


def carries(allowance: Allowance, parts: FetchParts, stop: Stop) -> int | None:
    """How many codes the line can still print, if it can go on with the pool alone; None if it cannot.

    It can where the pool has all that the order still needs or, without an order's identities, any. A code of a device
    that has its label is of no use to it, nor is a sandbox's where the service is none.
    """
    ranges = united(allowance.ranges)
    if any(parts.left_of(some, stop) for some in handfuls(cuts_of(ranges))):
        return None
    codes, key = 0, parts.product_key
    for section in parts.pool.sections(key, parts.service, ranges or None, stop)[1]:
        identities = list(section.contents)
        of_sandbox = section.zip.source is CodeSource.SANDBOX
        if of_sandbox and parts.pool.missing(key, parts.service, joined(identities[:1]), stop):
            continue  # the service itself is none
        for at in range(0, len(identities), LARGEST_CUT):
            stop.check()
            some = identities[at : at + LARGEST_CUT]
            codes += len(some) - (0 if parts.ledger is None else len(parts.ledger.live_among(key, some)))
    return codes or None


def required(pooled: PooledScheme | None, product: Product) -> PooledScheme:
    """Raise SchemeNeedsNoPool where the product's codes are made here."""
    if pooled is None:
        raise SchemeNeedsNoPool(product.scheme.value)
    return pooled


def over_quota(wanted: int, left: int | None) -> OrderOverQuota | None:
    """Whether the line will stop before these devices all have labels; ``left``: how many may still register."""
    return None if left is None or wanted <= left else OrderOverQuota(wanted, left)


def counted(ranges: Iterable[IdentityRange]) -> int:
    """Identities in ranges that do not overlap."""
    return sum(len(each) for each in ranges)
