"""Runs blocking stations one step at a time in made time: a seed gives always the same order, and nobody waits."""

import heapq
import queue
import random
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType

from gizqr_station.domain.stop import Stop

_BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Killed(BaseException):
    """The program is gone, at this very step; nothing of it may be caught on the way."""


class MadeTime:
    """One race's time. Whoever steps goes on when it is the earliest; of equals the seed decides.

    ``kill_chance`` is the chance of any step of a station to be its program's last one, until ``calm_at``.
    """

    def __init__(self, crew: "Crew", chance: random.Random, kill_chance: float = 0.0, calm_at: float = 0.0) -> None:
        self.now = 0.0
        self.kills = 0
        self._crew = crew
        self._chance = chance
        self._kill_chance = kill_chance
        self._calm_at = calm_at
        self._waiting: list[tuple[float, float, int]] = []
        self._gates = [threading.Lock() for _ in range(crew.size)]
        self._over = threading.Lock()
        self._broken: list[BaseException] = []
        self._me = threading.local()

    def step(self, seconds: float) -> None:
        """Let that much time pass, in which the others go on; may be the last thing this program does."""
        mine: int = self._me.number
        heapq.heappush(self._waiting, (self.now + seconds, self._chance.random(), mine))
        if (following := self._next()) != mine:
            self._gates[following].release()
            self._gates[mine].acquire()
        if self._kill_chance and self.now < self._calm_at and self._chance.random() < self._kill_chance:
            self.kills += 1
            raise Killed

    def run(self, bodies: Sequence[Callable[[], None]]) -> None:
        """All of them, to their ends; raises what one of them let out."""
        for gate in (*self._gates, self._over):
            gate.acquire()
        for number, body in enumerate(bodies):
            heapq.heappush(self._waiting, (self._chance.random(), 0.0, number))
            self._crew.give(lambda number=number, body=body: self._live(number, body))  # type: ignore[misc]
        self._gates[self._next()].release()
        self._over.acquire()
        if self._broken:
            raise self._broken[0]

    def _live(self, number: int, body: Callable[[], None]) -> None:
        self._me.number = number
        self._gates[number].acquire()
        try:
            body()
        except BaseException as broken:  # noqa: BLE001  handed to the test, which raises it
            self._broken.append(broken)
        if self._waiting:
            self._gates[self._next()].release()
        else:
            self._over.release()

    def _next(self) -> int:
        at, _, number = heapq.heappop(self._waiting)
        self.now = max(self.now, at)
        return number


class Crew:
    """Threads that are used again from race to race."""

    def __init__(self, size: int = 8) -> None:
        self.size = size
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, name=f"crew {number}") for number in range(size)]

    def give(self, work: Callable[[], None]) -> None:
        self._work.put(work)

    def __enter__(self) -> "Crew":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join(10)

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            work()


class MadeClock:
    """The time of day of one station, which may be wrong by some seconds."""

    def __init__(self, time: MadeTime, wrong_s: float = 0.0) -> None:
        self._time = time
        self.wrong_s = wrong_s

    def now(self) -> datetime:
        return _BEGINNING + timedelta(seconds=self._time.now + self.wrong_s)


class MadeStop(Stop):
    """Waits in made time."""

    def __init__(self, time: MadeTime) -> None:
        super().__init__()
        self._time = time

    def sleep(self, seconds: float) -> None:
        self.check()
        self._time.step(seconds)
        self.check()
