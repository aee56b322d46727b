"""A QR service for ranges, in memory, for the faulty server: slow with zips, and careless with answers to a POST."""

import json
import random
import re
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import Asked, http
from tests.codes.made_codes import zip_for_all


@dataclass(frozen=True)
class RangedTask:
    """A task that was taken in."""

    names: tuple[str, ...]
    ready_at: float
    """On the monotonic clock."""


class RangedService:
    """``lost`` is the chance of a POST to break off, half of them after it worked; zips take up to ``ready_s``."""

    def __init__(self, chance: random.Random, ready_s: float = 0.1, lost: float = 0.0, page_most: int = 7) -> None:
        self._chance = chance
        self._ready_s = ready_s
        self._lost = lost
        self._page_most = page_most
        self._lock = threading.Lock()
        self.tasks: list[RangedTask] = []
        """Oldest first; the file of the first is number 1."""
        self.lost: dict[tuple[str, ...], int] = {}
        """POSTs by what they asked for that got no answer."""

    def tasks_of(self, names: tuple[str, ...]) -> int:
        return sum(task.names == names for task in self.tasks)

    def __call__(self, asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        address = urlsplit(asked.path)
        numbered = re.fullmatch(r"/static/zipfiles/(\d+)\.zip", address.path)
        if asked.method == "POST":
            body = json.loads(asked.body)
            if self._takes(macs_between(body["start_mac"], body["end_mac"])):
                connection.sendall(http(201, b"{}"))
        elif numbered:
            connection.sendall(http(200, zip_for_all(*self.tasks[int(numbered[1]) - 1].names), "application/zip"))
        else:
            query = parse_qs(address.query)
            connection.sendall(http(200, self._page(int(query["skip"][0]), int(query["limit"][0]))))

    def _takes(self, names: tuple[str, ...]) -> bool:
        """Whether it is answered."""
        with self._lock:
            lost = self._chance.random() < self._lost
            if lost:
                self.lost[names] = self.lost.get(names, 0) + 1
            if not lost or self._chance.random() < 0.5:
                self.tasks.append(RangedTask(names, time.monotonic() + self._chance.uniform(0, self._ready_s)))
            return not lost

    def _page(self, skip: int, limit: int) -> bytes:
        with self._lock:
            entries = [
                {
                    "created_at": f"{1495077738 + number}",
                    "updated_at": f"{1495077738 + number}",
                    "file": f"/static/zipfiles/{number}.zip" if time.monotonic() >= task.ready_at else None,
                }
                for number, task in enumerate(self.tasks, 1)
            ]
        entries.reverse()
        shown = entries[skip : skip + min(limit, self._page_most)]
        return json.dumps({"meta": {"total": len(entries), "skip": skip, "limit": limit}, "objects": shown}).encode()


def macs_between(start: str, end: str) -> tuple[str, ...]:
    return tuple(f"{number:012x}" for number in range(int(start, 16), int(end, 16) + 1))
