"""What the station remembers of tasks while it runs, bounded, and safe to use from several lanes."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Set

from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.qrcode_api import TaskFile

_SEEN_AT_MOST = 4096
_ASKED_AT_MOST = 1024


class TaskMemory:
    """Saves downloads of zips that were looked into.

    They are remembered under the whole entry of the list, times included: a service that was set up anew counts its
    files from the beginning.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, TaskFile], bytes] = OrderedDict()
        self._given_up: OrderedDict[tuple[str, TaskFile, bytes], None] = OrderedDict()

    def may_hold(self, product_key: str, task: TaskFile, names: Set[str]) -> bool:
        """Whether this task's zip was neither looked into nor given up, or holds exactly these identities."""
        wanted = _digest(names)
        with self._lock:
            held = self._seen.get((product_key, task))
            return held == wanted or (held is None and (product_key, task, wanted) not in self._given_up)

    def looked_into(self, product_key: str, task: TaskFile, held: Set[str]) -> None:
        """Which identities a zip holds."""
        with self._lock:
            self._seen[product_key, task] = _digest(held)
            while len(self._seen) > _SEEN_AT_MOST:
                self._seen.popitem(last=False)

    def given_up(self, product_key: str, task: TaskFile, names: Set[str]) -> None:
        """Nothing can be read from its zip, so these identities were asked for anew: it is waited for no more."""
        with self._lock:
            self._given_up[product_key, task, _digest(names)] = None
            while len(self._given_up) > _SEEN_AT_MOST:
                self._given_up.popitem(last=False)


class MemoryJournal:
    """A TaskJournal for one life of the program: enough where codes are not kept either."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: OrderedDict[tuple[str, str, str], AskedTask] = OrderedDict()

    def asked(self, task: AskedTask) -> None:
        """Keep it, and let the oldest go when there are very many."""
        with self._lock:
            self._tasks[task.product_key, task.service, task.task] = task
            while len(self._tasks) > _ASKED_AT_MOST:
                self._tasks.popitem(last=False)

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        """As it was kept last."""
        with self._lock:
            return self._tasks.get((product_key, service, task))

    def settled(self, product_key: str, service: str, task: str) -> None:
        """Forget it."""
        with self._lock:
            self._tasks.pop((product_key, service, task), None)


def _digest(names: Set[str]) -> bytes:
    """Instead of a thousand names."""
    return hashlib.sha256(" ".join(sorted(names)).encode()).digest()
