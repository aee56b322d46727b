"""Facts about stations that work on one product at once: nobody gets another's codes, and hardly a task is wasted."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from gizqr_station.codes.looking import LOST
from gizqr_station.codes.qr_service import QrService
from gizqr_station.codes.range_codes import ServiceRangeCodes
from gizqr_station.codes.task_client import Download, Listing
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_ports import RangeCodes, TaskJournal
from tests.codes.made_time import Crew, MadeClock, MadeStop, MadeTime
from tests.codes.raced_service import ADDRESS, Habits
from tests.codes.races import PACE, Verdict, race, said_in

_BLOCK = 400
HONEST = Habits(
    calm_at=100.0,
    page_most=20,
    pending_shown=True,
    ready_s=4.0,
    unlisted_s=0.0,
    post_trouble=0.0,
    get_trouble=0.0,
    order="number",
    total_lies=False,
    jumps_s=0,
    deletes_old=0.0,
    deletes_new=0.0,
    strangers=0.1,
    starts_anew=False,
)


@pytest.fixture
def crew() -> Iterator[Crew]:
    with Crew() as ready:
        yield ready


def raced(crew: Crew, block: int) -> list[tuple[str, Verdict]]:
    seeds = [f"race {number}" for number in range(block * _BLOCK, (block + 1) * _BLOCK)]
    return [(seed, race(crew, seed)) for seed in seeds]


@pytest.mark.parametrize("block", [*range(5), *(pytest.param(block, marks=pytest.mark.slow) for block in range(5, 25))])
def test_in_four_hundred_races_every_station_gets_its_own_codes_and_no_task_is_made_for_nothing(
    crew: Crew, block: int
) -> None:
    verdicts = raced(crew, block)
    assert [each for each in verdicts if not each[1].good] == []
    # All that should have happened did happen.
    assert sum(verdict.lost for _, verdict in verdicts) > _BLOCK
    assert sum(verdict.kills for _, verdict in verdicts) > _BLOCK
    assert 0 < sum(verdict.extra for _, verdict in verdicts) < _BLOCK


def test_a_race_can_be_run_again(crew: Crew) -> None:
    assert race(crew, "once more") == race(crew, "once more")
    assert race(crew, "once more") != race(crew, "another one")


def test_an_honest_service_makes_one_task_a_range(crew: Crew) -> None:
    for number in range(50):
        verdict = race(crew, f"honest {number}", bad=HONEST)
        assert verdict.good
        assert verdict.extra <= verdict.kills


class NewestTaker:
    """Whoever takes the newest zip, which is what the public document leads to."""

    def __init__(self, client: QrService, time: MadeTime) -> None:
        self._client = client
        self._time = time

    @property
    def service(self) -> str:
        return ADDRESS

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        before = self._newest(product_key, stop)
        self._client.create_task(product_key, cut.first.text, cut.last.text, stop)
        while (file := self._newest(product_key, stop)) in (before, None):
            stop.sleep(0.5)
        assert file is not None
        data = self._client.download(file, stop).data
        at = MadeClock(self._time).now()
        of = CodeZip(product_key, ADDRESS, CodeSource.SERVICE, str(cut), file, "", at)
        return said_in(data, of, None, stop, lambda _done, _total: None)

    def _newest(self, product_key: str, stop: Stop) -> str | None:
        tasks = self._client.list_tasks(product_key, stop, limit=1).tasks
        return tasks[0].file if tasks else None


def newest_taker(
    client: QrService, clock: MadeClock, journal: TaskJournal, time: MadeTime, chance: random.Random
) -> RangeCodes:
    return NewestTaker(client, time)


def test_whoever_takes_the_newest_zip_is_caught(crew: Crew) -> None:
    verdicts = [race(crew, f"newest {number}", newest_taker, HONEST) for number in range(30)]
    assert sum(verdict.foreign > 0 for verdict in verdicts) > 15


class Insistent:
    """A client that asks again at once when it heard nothing."""

    def __init__(self, inner: QrService) -> None:
        self._inner = inner
        self.address = inner.address

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        try:
            self._inner.create_task(product_key, start, end, stop, within_s=within_s)
        except LOST:
            self._inner.create_task(product_key, start, end, stop, within_s=within_s)

    def list_tasks(
        self, product_key: str, stop: Stop, *, skip: int = 0, limit: int = 10, within_s: float | None = None
    ) -> Listing:
        return self._inner.list_tasks(product_key, stop, skip=skip, limit=limit, within_s=within_s)

    def download(self, file: str, stop: Stop, *, within_s: float | None = None) -> Download:
        return self._inner.download(file, stop, within_s=within_s)


def insistent(
    client: QrService, clock: MadeClock, journal: TaskJournal, time: MadeTime, chance: random.Random
) -> RangeCodes:
    return ServiceRangeCodes(
        Insistent(client), clock, journal, pace=PACE, open_zip=said_in, chance=chance.random, now=lambda: time.now
    )


class Forgetful:
    """A journal that keeps nothing."""

    def asked(self, task: object) -> None: ...

    def asked_before(self, product_key: str, service: str, task: str) -> None:
        return None

    def settled(self, product_key: str, service: str, task: str) -> None: ...


def forgetful(
    client: QrService, clock: MadeClock, journal: TaskJournal, time: MadeTime, chance: random.Random
) -> RangeCodes:
    return ServiceRangeCodes(
        client, clock, Forgetful(), pace=PACE, open_zip=said_in, chance=chance.random, now=lambda: time.now
    )


@pytest.mark.parametrize("make", [insistent, forgetful])
def test_whoever_asks_again_without_looking_is_caught(
    crew: Crew, make: Callable[[QrService, MadeClock, TaskJournal, MadeTime, random.Random], RangeCodes]
) -> None:
    cuts = replace(HONEST, post_trouble=0.5, ready_s=25.0)
    verdicts = [race(crew, f"again {number}", make, cuts) for number in range(30)]
    assert sum(verdict.without_look > 0 for verdict in verdicts) > 10
    assert sum(verdict.foreign for verdict in verdicts) == 0


def test_made_time_lets_the_earliest_go_on(crew: Crew) -> None:
    time = MadeTime(crew, random.Random("order"))
    told: list[tuple[str, float]] = []

    def walks(name: str, pace_s: float) -> Callable[[], None]:
        def body() -> None:
            stop = MadeStop(time)
            for _ in range(3):
                stop.sleep(pace_s)
                told.append((name, round(time.now)))

        return body

    time.run([walks("slow", 5.0), walks("quick", 2.0)])
    assert [name for name, _ in told] == ["quick", "quick", "slow", "quick", "slow", "slow"]


def test_what_breaks_in_a_station_is_not_lost(crew: Crew) -> None:
    def breaks() -> None:
        raise CodeFailure

    with pytest.raises(CodeFailure):
        MadeTime(crew, random.Random("broken")).run([breaks, lambda: None])
