"""What the station remembers of tasks it has seen or asked for, bounded, and safe to use from several lanes."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from gizqr_station.qrcode_api import TaskFile

_SEEN_AT_MOST = 4096
_ASKED_AT_MOST = 1024


@dataclass(frozen=True, slots=True)
class _Asked:
    """A task that nobody has seen the end of."""

    known: frozenset[TaskFile]
    accepted_at: float | None = None
    """When the service said that it has the task, on the monotonic clock."""


class TaskMemory:
    """Saves downloads of zips that were looked into, and tasks for devices that were asked for before.

    Zips are remembered under the whole entry of the list, times included: a service that was set up anew counts its
    files from the beginning.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, TaskFile], str] = OrderedDict()
        self._asked: OrderedDict[tuple[str, str], _Asked] = OrderedDict()

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
        """A task is about to be created, not accepted yet; ``known`` are the files that were there before."""
        with self._lock:
            self._asked[product_key, identity] = _Asked(known)
            while len(self._asked) > _ASKED_AT_MOST:
                self._asked.popitem(last=False)

    def known_when_asked(self, product_key: str, identity: str) -> frozenset[TaskFile] | None:
        """The files that were there before a task that nobody has seen the end of; None when there is no such task."""
        with self._lock:
            asked = self._asked.get((product_key, identity))
        return None if asked is None else asked.known

    def accepted(self, product_key: str, identity: str) -> None:
        """The service has the task that was asked for."""
        with self._lock:
            asked = self._asked.get((product_key, identity))
            if asked is not None:
                self._asked[product_key, identity] = replace(asked, accepted_at=time.monotonic())

    def was_accepted(self, product_key: str, identity: str, within_s: float) -> bool:
        """Whether the service said so, for a task not settled since, and no longer ago than this."""
        with self._lock:
            asked = self._asked.get((product_key, identity))
        if asked is None or asked.accepted_at is None:
            return False
        return time.monotonic() - asked.accepted_at < within_s

    def settled(self, product_key: str, identity: str) -> None:
        """The code is here, or the answer was definite."""
        with self._lock:
            self._asked.pop((product_key, identity), None)
