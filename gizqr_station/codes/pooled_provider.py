"""Codes for the line: what was fetched ahead comes first, and the service is asked only for what was not."""

import logging
from collections.abc import Callable

from gizqr_station.domain.code_failures import CodeMalformed, ZipRefused
from gizqr_station.domain.codes import IssuedCode, require_issued_for
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import PoolBusy, PoolNotWritten, PoolUnreadable
from gizqr_station.domain.pooled_codes import PoolAdded, ZipCodes
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import CodePool, RangeCodes, TaskJournal

log = logging.getLogger(__name__)


class PooledCodes:
    """The CodeProvider of products whose codes a service issues. May be used by several lanes at once.

    ``reachable``: asks the service alone, for the health tile. ``journal``: the one that ``ranges`` look into, where
    that is not the pool itself.
    """

    def __init__(
        self,
        pool: CodePool,
        ranges: RangeCodes,
        reachable: Callable[[Stop], Failure | None],
        *,
        journal: TaskJournal | None = None,
    ) -> None:
        self._pool = pool
        self._journal = journal or pool
        self._ranges = ranges
        self._reachable = reachable

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """The pool's, without a byte to the network, else the service's, which the pool gets then.

        A pool that cannot be read or written does not stop the line: that is in the log, and the ledger keeps the
        content. Raises what RangeCodes raises, CodeMalformed, CodeNotUnique and Stopped.
        """
        stop.check()
        pooled = self._pooled(product, identity)
        if pooled is not None:
            return pooled
        alone = IdentityRange(identity, identity)
        came = self._ranges.codes_of(product.key, alone, stop, _unheard)
        try:
            code = _code_in(came, identity)
        except Failure:
            self._settle(product, str(alone))  # else the same zip would be found each time
            raise
        return self._kept(product, code, came, str(alone), stop)

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        """As the pool has it; PoolUnreadable where it cannot say, for then the code may be one that no App binds."""
        return self._pool.rejected(product.key, code.content)

    def reachable(self, stop: Stop) -> Failure | None:
        """Whether the service can be reached; codes in the pool need none."""
        return self._reachable(stop)

    def _pooled(self, product: Product, identity: Identity) -> IssuedCode | None:
        try:
            code = self._pool.code(product.key, self._ranges.service, identity)
            if code is not None:
                require_issued_for(code.content, identity)
        except (PoolBusy, PoolUnreadable, CodeMalformed) as broken:
            # a bit that flipped on the disk: better no code than this one
            log.warning("the pool's code of %s is not used: %s", identity, broken)
            return None
        return code

    def _kept(self, product: Product, code: IssuedCode, came: ZipCodes, task: str, stop: Stop) -> IssuedCode:
        """The code, once the pool has it; the pool's where another lane was quicker."""
        try:
            added = self._pool.add(came, stop)
        except (PoolBusy, PoolNotWritten, PoolUnreadable) as refused:
            log.warning("the code of %s is not kept in the pool: %s", code.identity, refused)
            return code
        self._settle(product, task)
        _require_its_own(added, code.identity)
        if code.identity in added.kept:
            return self._pooled(product, code.identity) or code
        return code

    def _settle(self, product: Product, task: str) -> None:
        try:
            self._journal.settled(product.key, self._ranges.service, task)
        except (PoolBusy, PoolNotWritten, PoolUnreadable) as refused:
            log.warning("task %s is not settled in the pool: %s", task, refused)


def _code_in(came: ZipCodes, identity: Identity) -> IssuedCode:
    for bad in came.bad:
        if bad.name == f"{identity.text}.png":
            raise bad.failure
    content = came.contents.get(identity)
    if content is None:
        raise ZipRefused(came.zip.file, "other identities")
    require_issued_for(content, identity)
    return IssuedCode(content, identity, came.zip.source, came.zip.at, task=came.zip.file, service=came.zip.service)


def _require_its_own(added: PoolAdded, identity: Identity) -> None:
    """Raise CodeNotUnique where the pool knows the content as another device's."""
    for refused in added.refused:
        if refused.name == f"{identity.text}.png":
            raise refused.failure


def _unheard(_done: int) -> None:
    """One picture is no progress to tell."""
