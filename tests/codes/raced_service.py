"""A QR service in memory with every bad habit that its public document leaves room for, for stations in made time.

What it does to a request is drawn by lot. It keeps what a judge needs afterwards: each task with who asked for it, and
each POST with what became of it.
"""

import functools
import io
import random
import zipfile
from dataclasses import dataclass, field

from gizqr_station.codes.task_client import Download, Listing
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    ConnectionCut,
    ServiceFault,
    ServiceSlow,
    ServiceThrottles,
    ServiceUnreachable,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import TaskFile
from tests.codes.made_time import MadeTime

ADDRESS = "http://raced.example:1800"
PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
_SECONDS_THEN = 1_495_077_738
"""The service's clock at the beginning, as in the vendor's example."""


@dataclass(frozen=True)
class Habits:
    """How a service behaves in one race; after ``calm_at`` nothing breaks any more."""

    calm_at: float
    page_most: int
    pending_shown: bool
    """With ``file`` null until it is ready, or not at all."""
    ready_s: float
    """At the most, from the task to its zip."""
    unlisted_s: float
    """At the most, until a new task stands in the list."""
    post_trouble: float
    get_trouble: float
    order: str
    """``number``, ``updated`` or ``mixed`` (neighbours change places)."""
    total_lies: bool
    jumps_s: int
    """By how much the service's clock jumps now and then."""
    deletes_old: float
    deletes_new: float
    strangers: float
    """Chance at each look that somebody else's task comes in."""
    starts_anew: bool
    """Once, in the middle, it is set up anew and counts from the beginning."""

    @property
    def orderly(self) -> bool:
        """Whether what stands higher up in the list is newer, and has the higher number and the later time."""
        return self.order == "number" and not (self.total_lies or self.jumps_s or self.starts_anew)


def habits(chance: random.Random) -> Habits:
    """Drawn by lot; about a third of the services are nearly honest."""
    honest = chance.random() < 0.3
    return Habits(
        calm_at=chance.uniform(20, 150),
        page_most=chance.choice([3, 7, 10, 20, 100]),
        pending_shown=chance.random() < 0.6,
        ready_s=chance.choice([0.0, 1.0, 4.0, 25.0]),
        unlisted_s=0.0 if honest else chance.choice([0.0, 0.0, 2.0, 12.0]),
        post_trouble=0.05 if honest else chance.choice([0.1, 0.3, 0.6]),
        get_trouble=0.0 if honest else chance.choice([0.0, 0.05, 0.2]),
        order="number" if honest else chance.choice(["number", "number", "updated", "mixed"]),
        total_lies=not honest and chance.random() < 0.2,
        jumps_s=0 if honest else chance.choice([0, 0, 5, 4000]),
        deletes_old=0.0 if honest else chance.choice([0.0, 0.1, 0.5]),
        deletes_new=0.0 if honest else chance.choice([0.0, 0.0, 0.02]),
        strangers=chance.choice([0.0, 0.05, 0.1]),
        starts_anew=not honest and chance.random() < 0.05,
    )


@dataclass
class RacedTask:
    """A task that was taken in."""

    number: int
    """Of its file."""
    who: str
    names: tuple[str, ...]
    at: float
    created: int
    listed_at: float
    ready_at: float
    gone_at: float = float("inf")

    def entry(self, now: float) -> TaskFile:
        return self._ready if now >= self.ready_at else self._pending

    @functools.cached_property
    def _pending(self) -> TaskFile:
        return TaskFile(created_at=str(self.created), updated_at=str(self.created))

    @functools.cached_property
    def _ready(self) -> TaskFile:
        updated = self.created + int(self.ready_at - self.at)
        return TaskFile(
            created_at=str(self.created), updated_at=str(updated), file=f"/static/zipfiles/{self.number}.zip"
        )


@dataclass
class Post:
    """A POST of a station, and what became of it."""

    who: str
    names: tuple[str, ...]
    at: float
    task: RacedTask | None = None
    accepted: bool = False
    """The station heard a good answer."""
    ended: float = float("inf")
    looks_before: int = 0
    """Whole pages that its station has seen since its last POST of these names."""


@dataclass
class RacedService:
    """One service, shared by the clients of all stations."""

    time: MadeTime
    chance: random.Random
    habits: Habits
    tasks: list[RacedTask] = field(default_factory=list)
    """Oldest first; those that are gone stay here for the judge."""
    posts: list[Post] = field(default_factory=list)
    _clock: int = _SECONDS_THEN
    _next: int = 1474
    _begun: int = 0
    """Index of the first task after it was set up anew."""

    def take_in(self, who: str, names: tuple[str, ...], *, old: bool = False) -> RacedTask:
        chance, habits, now = self.chance, self.habits, self.time.now
        if habits.jumps_s and chance.random() < 0.1:
            self._clock += chance.choice([-1, 1]) * habits.jumps_s
        if habits.starts_anew and not self._begun and now > habits.calm_at / 2:
            for task in self._there():
                task.gone_at = now
            self._begun, self._next = len(self.tasks), 1
        listed = now if old else now + chance.uniform(0, habits.unlisted_s)
        ready = now if old else max(listed, now + chance.uniform(0, habits.ready_s))
        task = RacedTask(self._next, who, names, now, self._clock + int(now), listed, ready)
        self._next += 1
        self.tasks.append(task)
        if not old and chance.random() < habits.deletes_new:
            task.gone_at = now + chance.uniform(0, 30)
        return task

    def page(self, skip: int, limit: int) -> Listing:
        chance, habits, now = self.chance, self.habits, self.time.now
        calm = now >= habits.calm_at
        if not calm and chance.random() < habits.strangers:
            self.take_in("stranger", tuple(f"00911f6000{chance.randrange(256):02x}" for _ in range(1)))
        there = self._there()
        if there and not calm and chance.random() < habits.deletes_old:
            chance.choice(there[: max(1, len(there) // 2)]).gone_at = now
            there = self._there()
        shown = [task for task in there if now >= task.listed_at and (habits.pending_shown or now >= task.ready_at)]
        if habits.order == "updated":
            shown.sort(key=lambda task: min(now, task.ready_at))
        shown.reverse()
        if habits.order == "mixed":
            for at in range(0, len(shown) - 1, 2):
                if chance.random() < 0.3:
                    shown[at], shown[at + 1] = shown[at + 1], shown[at]
        page = shown[skip : skip + min(limit, habits.page_most)]
        total = chance.choice([0, len(shown), 10 * len(shown) + 1]) if habits.total_lies else len(shown)
        return Listing(tuple(task.entry(now) for task in page), len(page), total, sandbox=False)

    def zip_at(self, file: str) -> bytes:
        for task in reversed(self._there()):
            if f"/static/zipfiles/{task.number}.zip" == file and self.time.now >= task.ready_at:
                return zipped(task.names, f"{len(self.tasks) - self.tasks[::-1].index(task) - 1}")
        raise ZipRefused(file, "HTTP 404")

    def _there(self) -> list[RacedTask]:
        return [task for task in self.tasks[self._begun :] if self.time.now < task.gone_at]


@dataclass
class RacedClient:
    """What one station speaks to; ``slow`` is how many seconds a request of it takes at the most."""

    service: RacedService
    who: str
    slow: float
    looks: int = 0
    address: str = ADDRESS

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        service, chance = self.service, self.service.chance
        names = between(start, end)
        before = [post for post in service.posts if (post.who, post.names) == (self.who, names)]
        post = Post(self.who, names, service.time.now, looks_before=self.looks if before else 1)
        service.posts.append(post)
        self.looks = 0
        trouble = self._trouble(service.habits.post_trouble, (ConnectionCut, ServiceSlow, ServiceFault, AnswerBroken))
        try:
            self._pass(within_s)
            if trouble is None or chance.random() < 0.5:
                post.task = service.take_in(self.who, names)
            elif chance.random() < 0.3:
                trouble = ServiceThrottles(ADDRESS, chance.choice([0.0, 1.0, 2.5, 20.0]))
            self._pass(within_s)
        finally:
            post.ended = service.time.now
        if trouble is not None:
            raise trouble
        post.accepted = True

    def list_tasks(
        self, product_key: str, stop: Stop, *, skip: int = 0, limit: int = 10, within_s: float | None = None
    ) -> Listing:
        self._pass(within_s)
        listing = self.service.page(skip, limit)
        self._pass(within_s)
        self._break()
        self.looks += 1
        return listing

    def download(self, file: str, stop: Stop, *, within_s: float | None = None) -> Download:
        self._pass(within_s)
        self._break()
        data = self.service.zip_at(file)
        self._pass(within_s)
        if self._trouble(self.service.habits.get_trouble / 3, (ServiceFault,)):
            data = data[:-7]  # still being written
        return Download(data, sandbox=False)

    def _pass(self, within_s: float | None) -> None:
        """Half of a request's time; a request that is not over in time is given up."""
        takes = self.service.chance.uniform(0, self.slow)
        if within_s is not None and takes > within_s:
            self.service.time.step(within_s)
            raise ServiceSlow(ADDRESS, within_s)
        self.service.time.step(takes)

    def _break(self) -> None:
        kinds = (ConnectionCut, ServiceSlow, ServiceFault, AnswerBroken, ServiceUnreachable, ServiceThrottles)
        trouble = self._trouble(self.service.habits.get_trouble, kinds)
        if trouble is not None:
            raise trouble

    def _trouble(self, likely: float, kinds: tuple[type[CodeFailure], ...]) -> CodeFailure | None:
        chance = self.service.chance
        if self.service.time.now >= self.service.habits.calm_at or chance.random() >= likely:
            return None
        kind = chance.choice(kinds)
        if kind is ServiceThrottles:
            return ServiceThrottles(ADDRESS, chance.choice([0.0, 1.0, 2.5, 20.0]))
        if kind is ServiceSlow:
            return ServiceSlow(ADDRESS, 5.0)
        if kind is ServiceFault:
            return ServiceFault(ADDRESS, 502)
        if kind is AnswerBroken:
            return AnswerBroken(ADDRESS, "broken JSON")
        return ServiceUnreachable(ADDRESS) if kind is ServiceUnreachable else ConnectionCut(ADDRESS)


def between(start: str, end: str) -> tuple[str, ...]:
    """Every MAC from start to end."""
    return tuple(f"{number:012x}" for number in range(int(start, 16), int(end, 16) + 1))


@functools.lru_cache(maxsize=256)
def zipped(names: tuple[str, ...], told: str) -> bytes:
    """A zip whose pictures say which task they came in, and for whom they are."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(f"{PRODUCT}/{name}.png", f"{told} {name}")
    return written.getvalue()
