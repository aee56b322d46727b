"""One race: stations that fetch overlapping ranges from one service at once, and the judge over what they got."""

import itertools
import random
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.qr_service import QrService
from gizqr_station.codes.range_codes import ServiceRangeCodes
from gizqr_station.codes.task_memory import MemoryJournal
from gizqr_station.codes.zip_gate import gated
from gizqr_station.domain.code_failures import ServiceThrottles, ZipRefused
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import RangeCodes, TaskJournal
from tests.codes.made_time import Crew, Killed, MadeClock, MadeStop, MadeTime
from tests.codes.raced_service import PRODUCT, Habits, Post, RacedClient, RacedService, habits

PACE = Pace(deadline_s=30.0, second_look_s=5.0, accepted_s=70.0, first_pause_s=1.0, longest_pause_s=4.0, page=20)
LAST_S = 3000.0
"""Long after everything is calm every station has its codes."""
_FIRST = 0x00911F500000

MakeCodes = Callable[[QrService, "MadeClock", TaskJournal, MadeTime, random.Random], RangeCodes]


@dataclass
class Job:
    """A range that a station wants."""

    who: str
    cut: IdentityRange
    began: float = 0.0
    got: dict[str, str] | None = None
    at: float = 0.0
    failures: list[tuple[float, CodeFailure]] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(identity.text for identity in self.cut)


@dataclass(frozen=True)
class Verdict:
    """What the judge found in one race."""

    foreign: int
    """Codes of another range's task, or of a task from before."""
    without_look: int
    """POSTs repeated without having looked, or while the service's word was fresh."""
    obvious: int
    """POSTs repeated although the first one's zip had stood in a list in good order for a whole second look."""
    missing: int
    """Jobs that never got their codes."""
    tasks: int
    extra: int
    """Tasks of a range of which its station had one that was not gone and not given up."""
    lost: int
    """POSTs of which the station heard nothing, or nothing good."""
    kills: int
    failures: int

    @property
    def good(self) -> bool:
        return not (self.foreign or self.without_look or self.obvious or self.missing) and self.extra <= self.lost


def our_codes(
    client: QrService, clock: MadeClock, journal: TaskJournal, time: MadeTime, chance: random.Random
) -> RangeCodes:
    """What the station really uses."""
    return ServiceRangeCodes(
        client, clock, journal, pace=PACE, open_zip=said_in, chance=chance.random, now=lambda: time.now
    )


def said_in(
    data: bytes, of: CodeZip, wanted: Set[str] | None, stop: Stop, opened: Callable[[int, int], None]
) -> ZipCodes:
    """Whatever is in a zip, through the real gate; the pictures of these races are plain text."""
    pictures = gated(data, of.product_key, of.file)
    contents: dict[Identity, str] = {MacAddress(name): pictures.picture(name).decode() for name in pictures.identities}
    return ZipCodes(replace(of, digest="0" * 64), contents)


def race(crew: Crew, seed: str, make: MakeCodes = our_codes, bad: Habits | None = None) -> Verdict:
    """Two to eight stations; everything about them is drawn by lot from the seed."""
    chance = random.Random(seed)
    bad = bad or habits(chance)
    time = MadeTime(crew, chance, kill_chance=chance.choice([0.0, 0.0, 0.01, 0.03]), calm_at=bad.calm_at)
    service = RacedService(time, chance, bad)
    for _ in range(chance.choice([0, 3, 15, 60])):
        names = _cut(chance)
        service.take_in("before", tuple(identity.text for identity in names), old=True)
    jobs: list[Job] = []
    for number in range(chance.randint(2, 8)):
        for _ in range(chance.choice([1, 1, 2])):
            cut = chance.choice(jobs).cut if jobs and chance.random() < 0.25 else _cut(chance)
            if not any((job.who, job.cut) == (f"station {number}", cut) for job in jobs):
                jobs.append(Job(f"station {number}", cut))
    bodies = [
        lambda who=who: _station([job for job in jobs if job.who == who], service, make, chance)
        for who in sorted({job.who for job in jobs})
    ]
    time.run(bodies)
    return _judged(service, jobs)


def _cut(chance: random.Random) -> IdentityRange:
    length = chance.choice([1, 1, 2, 3, 5, 8])
    first = _FIRST + chance.randrange(12)
    return IdentityRange(MacAddress(f"{first:012x}"), MacAddress(f"{first + length - 1:012x}"))


def _station(jobs: list[Job], service: RacedService, make: MakeCodes, chance: random.Random) -> None:
    """Fetches one range after the other, and comes again whatever happens; its journal outlives its program."""
    time, journal = service.time, MemoryJournal()
    slow = chance.choice([0.02, 0.2, 1.5])
    if service.habits.page_most < 7:  # else nobody could read the list to its end before it is another one
        slow = min(slow, 0.2)
    client = RacedClient(service, jobs[0].who, slow)
    clock = MadeClock(time, chance.choice([0.0, -100_000.0, 30.0]))
    stop = MadeStop(time)
    codes = make(client, clock, journal, time, chance)
    for job in jobs:
        job.began = time.now
        while job.got is None and time.now < LAST_S:
            try:
                _fetched(job, codes, journal, time, stop)
            except Killed:
                codes = make(client, clock, journal, time, chance)
            except CodeFailure as failure:
                job.failures.append((time.now, failure))
                pause = max(failure.seconds, 1.0) if isinstance(failure, ServiceThrottles) else chance.uniform(1, 10)
                try:
                    time.step(pause)
                except Killed:
                    codes = make(client, clock, journal, time, chance)


def _fetched(job: Job, codes: RangeCodes, journal: TaskJournal, time: MadeTime, stop: Stop) -> None:
    got = codes.codes_of(PRODUCT, job.cut, stop, lambda _done: None)
    time.step(0.0)  # killed here, its codes are not kept
    job.got = {identity.text: content for identity, content in got.contents.items()}
    job.at = time.now
    journal.settled(PRODUCT, codes.service, str(job.cut))


def _judged(service: RacedService, jobs: list[Job]) -> Verdict:
    foreign = missing = without_look = obvious = extra = lost = 0
    for job in jobs:
        if job.got is None:
            missing += 1
        else:
            foreign += _foreign(job, service)
        foreign += sum(isinstance(each, ZipRefused) and each.reason == "other identities" for _, each in job.failures)
        posts = [post for post in service.posts if (post.who, post.names) == (job.who, job.names)]
        extra += sum(_one_too_many(posts[:at], post) for at, post in enumerate(posts))
        lost += sum(not post.accepted for post in posts)
        for before, post in itertools.pairwise(posts):
            spoiled = any(before.ended <= at <= post.at and isinstance(why, ZipRefused) for at, why in job.failures)
            fresh = before.accepted and post.at - before.ended < PACE.accepted_s
            without_look += (fresh and not spoiled) or post.looks_before == 0
            lost += spoiled
        obvious += sum(_obvious(posts[:at], post, service.habits) for at, post in enumerate(posts))
    return Verdict(
        foreign,
        without_look,
        obvious,
        missing,
        tasks=len(service.posts),
        extra=extra,
        lost=lost,
        kills=service.time.kills,
        failures=sum(len(job.failures) for job in jobs),
    )


def _foreign(job: Job, service: RacedService) -> int:
    """How many of its codes are not of a task of exactly this range, created since the job began."""
    assert job.got is not None
    wrong = set(job.got) ^ set(job.names)
    for name, content in job.got.items():
        number, named = content.split()
        task = service.tasks[int(number)]
        before = task.who == "before" and service.habits.orderly  # else nobody can always tell
        if named != name or task.names != job.names or before:
            wrong.add(name)
    return len(wrong)


def _one_too_many(before: Sequence[Post], post: Post) -> bool:
    """Whether there was a task already that might still have been taken."""
    return post.task is not None and any(
        each.task is not None and each.task.gone_at > post.at and post.at - each.ended < PACE.accepted_s
        for each in before
    )


def _obvious(before: Sequence[Post], post: Post, of: Habits) -> bool:
    """Whether an earlier task of these names was there to be found soon enough, in a list that has no bad habits."""
    if of.get_trouble or not of.orderly:
        return False
    return any(
        each.task is not None
        and each.task.gone_at > post.at
        and post.at - each.ended < PACE.accepted_s
        and max(each.task.listed_at, each.task.ready_at) + PACE.second_look_s < post.at
        for each in before
    )
