"""What the station remembers of tasks it has seen or asked for, bounded, and safe to use from several lanes."""

import threading
from collections import OrderedDict

from gizqr_station.qrcode_api import TaskFile

_SEEN_AT_MOST = 4096
_ASKED_AT_MOST = 1024


class TaskMemory:
    """Saves downloads of zips that were looked into, and tasks for devices that were asked for before.

    Zips are remembered under the whole entry of the list, times included: a service that was set up anew counts its
    files from the beginning.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, TaskFile], str] = OrderedDict()
        self._asked: OrderedDict[tuple[str, str], frozenset[TaskFile]] = OrderedDict()

    def may_hold(self, product_key: str, task: TaskFile, identity: str) -> bool:
        """Whether this task's zip was never looked into, or holds this identity and no other."""
        with self._lock:
            return self._seen.get((product_key, task), identity) == identity

    def looked_into(self, product_key: str, task: TaskFile, held: frozenset[str]) -> None:
        """Of a zip with several pictures only that it has several is remembered."""
        with self._lock:
            self._seen[product_key, task] = next(iter(held)) if len(held) == 1 else ""
            while len(self._seen) > _SEEN_AT_MOST:
                self._seen.popitem(last=False)

    def asked_for(self, product_key: str, identity: str, known: frozenset[TaskFile]) -> None:
        """A task is about to be created; ``known`` are the files that were there before."""
        with self._lock:
            self._asked[product_key, identity] = known
            while len(self._asked) > _ASKED_AT_MOST:
                self._asked.popitem(last=False)

    def known_when_asked(self, product_key: str, identity: str) -> frozenset[TaskFile] | None:
        """The files that were there before a task that nobody has seen the end of; None when there is no such task."""
        with self._lock:
            return self._asked.get((product_key, identity))

    def settled(self, product_key: str, identity: str) -> None:
        """The code is here, or the answer was definite."""
        with self._lock:
            self._asked.pop((product_key, identity), None)
