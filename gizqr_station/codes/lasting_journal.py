"""Remembers tasks in the pool as long as that can be, else in this program: a sick disk must not stop the line."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.pool_failures import PoolBusy, PoolNotWritten, PoolUnreadable
from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.workflows.code_ports import TaskJournal

log = logging.getLogger(__name__)

_KEPT_AT_MOST = 1024
_Where = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What this program knows of a task."""

    task: AskedTask | None
    """None for one that is settled."""
    taken: bool
    """Whether the pool took it."""


class LastingJournal:
    """The TaskJournal of a line, which goes on without its pool; a fetch uses the pool's own, and stops with it.

    May be used by several lanes at once.
    """

    def __init__(self, pool: TaskJournal) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._here: OrderedDict[_Where, _Known] = OrderedDict()

    def asked(self, task: AskedTask) -> None:
        """In both: the pool may be readable now and not when it is asked again."""
        where = (task.product_key, task.service, task.task)
        self._keep(where, _Known(task, self._tried(lambda: self._pool.asked(task))))

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        """What the pool did not take counts first, then the pool: somebody else may have settled what it had."""
        where = (product_key, service, task)
        with self._lock:
            here = self._here.get(where)
        if here is not None and not here.taken:
            return here.task
        there: list[AskedTask | None] = []
        if self._tried(lambda: there.append(self._pool.asked_before(*where))):
            return there[0]
        return None if here is None else here.task

    def settled(self, product_key: str, service: str, task: str) -> None:
        """In both: what the pool still has of it must not come back."""
        where = (product_key, service, task)
        self._keep(where, _Known(None, self._tried(lambda: self._pool.settled(*where))))

    def _keep(self, where: _Where, known: _Known) -> None:
        with self._lock:
            self._here[where] = known
            self._here.move_to_end(where)
            while len(self._here) > _KEPT_AT_MOST:
                self._here.popitem(last=False)

    def _tried(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except (PoolUnreadable, PoolNotWritten, PoolBusy) as refused:
            log.warning("a task is remembered without the pool: %s", refused)
            return False
        return True
