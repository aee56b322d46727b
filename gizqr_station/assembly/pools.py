"""The pool of codes that were fetched ahead, beside the ledger, and what fills it and draws from it."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, cast

import filelock

from gizqr_station.assembly.codes import check_of, code_provider, pace_of, task_client
from gizqr_station.codes.code_files import CodeFilesOnDisk
from gizqr_station.codes.lasting_journal import LastingJournal
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.pooled_provider import PooledCodes
from gizqr_station.codes.range_codes import ServiceRangeCodes
from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import PoolNotWritten, PoolUnreadable
from gizqr_station.domain.product import CodeScheme
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.code_fetch import FetchParts, HoldFetching, running_among
from gizqr_station.workflows.code_ports import CodePool
from gizqr_station.workflows.codes_seen import PooledScheme
from gizqr_station.workflows.list_ports import LiveLabels
from gizqr_station.workflows.ports import Clock, CodeProvider

log = logging.getLogger(__name__)

FROM_A_SERVICE = frozenset({CodeScheme.GIZWITS, CodeScheme.PRIVATE})
"""Schemes whose codes can be fetched ahead; the others' are made here."""


@dataclass(frozen=True, slots=True)
class CodeSources:
    """Where a station's codes come from, and the pool behind it where there is one. Close it."""

    provider: CodeProvider
    pooled: PooledScheme | None
    """None where the product's codes are made here."""
    broken: PoolUnreadable | None
    """Why the pool cannot be used; the line works from the service alone then. One that is locked is not broken."""
    close: Callable[[], None]


def code_sources(folder: DataFolder, settings: Settings, clock: Clock, ledger: LiveLabels | None) -> CodeSources:
    """Pool first, then the service, for products whose codes a service issues; else what makes them here.

    The pool is begun where there is none; one that is damaged keeps nobody from working, and one that another program
    has locked is opened as soon as it is free.
    """
    if CodeScheme(settings.product.scheme) not in FROM_A_SERVICE:
        return CodeSources(code_provider(folder, settings, clock), None, None, _nothing)
    client = task_client(folder, settings)
    check, pace = check_of(client, settings), pace_of(settings)
    alone = ServiceCodes(client, clock, pace=pace, product_key=settings.product.key or None, check=check)
    pool, broken, close = _opened(folder, clock)
    ranges = ServiceRangeCodes(client, clock, pool, pace=pace, check=check)
    provider: CodeProvider = alone
    if broken is None:
        at_line = pool.for_line()
        journal = LastingJournal(at_line)
        singles = ServiceRangeCodes(client, clock, journal, pace=pace, check=check)
        provider = PooledCodes(at_line, singles, alone.reachable, journal=journal)
    fetch = FetchParts(
        settings.product.key, pool, ranges, ledger, hold_fetching(folder, pool, settings.product.key, client.address)
    )
    files = CodeFilesOnDisk(pool, client.address, clock, check=check)
    pooled = PooledScheme(fetch, files, encrypted=client.encrypted)
    return CodeSources(provider, pooled, broken, close)


@contextlib.contextmanager
def opened_sources(
    folder: DataFolder, settings: Settings, clock: Clock, ledger: LiveLabels | None
) -> Iterator[CodeSources]:
    """The same, closed again."""
    sources = code_sources(folder, settings, clock, ledger)
    try:
        yield sources
    finally:
        sources.close()


def hold_fetching(folder: DataFolder, pool: CodePool, product_key: str, service: str) -> HoldFetching:
    """One program fetches into a pool at a time; the operating system frees it if that one dies.

    Whoever holds it pauses first what a dead program left RUNNING.
    """

    @contextlib.contextmanager
    def hold() -> Iterator[None]:
        lock = filelock.FileLock(folder.fetch_lock_file, timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout as held:
            raise running_among(pool.fetches(product_key, service)) from held
        except OSError as refused:
            reason = refused.strerror or type(refused).__name__
            raise PoolNotWritten(str(folder.fetch_lock_file), reason) from refused
        try:
            pool.pause_interrupted_fetches()
            yield
        finally:
            lock.release()

    return hold


def pause_interrupted(pooled: PooledScheme) -> None:
    """At start: what a dead program left RUNNING is paused; what another one fetches now is let be."""
    try:
        with pooled.fetch.hold():
            pass
    except Failure as refused:
        log.info("fetches that were interrupted are left as they are: %s", refused)


def _opened(folder: DataFolder, clock: Clock) -> tuple[SqlPool, PoolUnreadable | None, Callable[[], None]]:
    try:
        pool = SqlPool.open(folder.pool_file, clock=clock, though_busy=True)
    except (PoolUnreadable, PoolNotWritten) as failure:
        log.warning("the station works without its pool: %s", failure)
        broken = failure if isinstance(failure, PoolUnreadable) else PoolUnreadable(failure.file, failure.reason)
        return cast(SqlPool, _Unreadable(broken)), broken, _nothing
    return pool, None, pool.close


def _nothing() -> None:
    """Nothing to close."""


class _Unreadable:
    """Raises its failure at whatever a pool is asked."""

    def __init__(self, failure: PoolUnreadable) -> None:
        self._failure = failure

    def __getattr__(self, _name: str) -> Callable[..., NoReturn]:
        def refuse(*_given: object, **_named: object) -> NoReturn:
            raise PoolUnreadable(self._failure.file, self._failure.reason)

        return refuse
