"""A fetch: cut after cut, nothing twice, paused, let go on, cancelled, and honest about what is missing."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import pytest

from gizqr_station.domain.code_failures import (
    CertificateRefused,
    KeyRefused,
    PictureUnreadable,
    ProductUnknown,
    ServiceThrottles,
    ServiceUnreachable,
    ZipRefused,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import (
    CodeOnTwoDevices,
    FetchUnderWay,
    FetchUnknown,
    NothingToFetch,
    PoolBusy,
    PoolNotWritten,
    ZipIncomplete,
)
from gizqr_station.domain.pooled_codes import CodeFetch, FetchState
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows import code_fetch
from gizqr_station.workflows.code_fetch import PAUSED, FetchRun, begin_fetch, cancel_fetch
from gizqr_station.workflows.code_happenings import FetchSeen
from gizqr_station.workflows.code_patience import LONGEST_BACK_OFF_S, patience_s
from gizqr_station.workflows.code_ports import CodePool
from gizqr_station.workflows.happenings import Happening
from tests.fake_bench import PRODUCT
from tests.fake_codes import SERVICE, FakeCodesDesk, mac, macs, zip_of
from tests.fake_pool import FakePool
from tests.workflows.test_code_cuts import labelled

AWAY = ServiceUnreachable(SERVICE)


class QuickStop(Stop):
    """Sleeps by moving a clock on."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.check()
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class FetchBench:
    """A fetch on fakes, and all that it told."""

    fakes: FakeCodesDesk = field(default_factory=FakeCodesDesk)
    told: list[FetchSeen] = field(default_factory=list)
    stop: QuickStop = field(default_factory=QuickStop)
    hears: Callable[[FetchSeen], None] = lambda _: None

    def hear(self, happening: Happening) -> None:
        assert isinstance(happening, FetchSeen)
        self.told.append(happening)
        self.hears(happening)

    def begun(self, *ranges: tuple[int, int]) -> CodeFetch:
        return begin_fetch(self.fakes.fetch_parts(), "WO-7", [macs(*each) for each in ranges], Stop())

    def run(self, fetch: CodeFetch, *, cancelled: bool = False) -> FetchSeen:
        run = FetchRun(self.fakes.fetch_parts(), self.hear, now=self.stop.now)
        return run.run(fetch.number, self.stop, lambda: cancelled)

    @property
    def pool(self) -> FakePool:
        return self.fakes.pool

    def count(self) -> int:
        return self.pool.count(PRODUCT.key, SERVICE)


@pytest.fixture
def bench() -> FetchBench:
    return FetchBench()


def test_a_fetch_brings_every_code_in_the_fewest_tasks_and_is_done(bench: FetchBench) -> None:
    ended = bench.run(bench.begun((0, 1500), (2000, 3)))
    assert bench.fakes.ranges.tasks == [str(macs(0, 1000)), str(macs(1000, 500)), str(macs(2000, 3))]
    assert (ended.fetch.state, ended.done, ended.fetch.total, ended.failure) == (FetchState.DONE, 1503, 1503, None)
    assert bench.count() == 1503
    assert not bench.pool.kept.tasks, "every task is settled"
    done = [told.done for told in bench.told]
    assert done == sorted(done)
    assert bench.told[-1] == ended


def test_only_what_has_neither_code_nor_label_is_asked_for(bench: FetchBench) -> None:
    bench.pool.add(zip_of({mac(3): "code of 3"}), Stop())
    labelled(bench.fakes.fakes.ledger, mac(5))
    fetch = bench.begun((0, 8))
    assert fetch.ranges == (macs(0, 3), macs(4, 1), macs(6, 2))
    bench.run(fetch)
    assert bench.fakes.ranges.tasks == [str(macs(0, 3)), str(macs(4, 1)), str(macs(6, 2))]


def test_where_nothing_is_missing_nothing_begins(bench: FetchBench) -> None:
    bench.run(bench.begun((0, 8)))
    with pytest.raises(NothingToFetch):
        bench.begun((0, 8))
    assert len(bench.pool.kept.fetches) == 1


def test_a_bad_picture_is_asked_for_once_more_as_a_task_of_its_own(bench: FetchBench) -> None:
    bench.fakes.ranges.bad[mac(2).text] = 1
    ended = bench.run(bench.begun((0, 5)))
    assert bench.fakes.ranges.tasks == [str(macs(0, 5)), str(macs(2, 1))]
    assert (ended.fetch.state, ended.done, ended.failure) == (FetchState.DONE, 5, None)


def test_a_picture_that_stays_bad_is_named_and_left_as_a_gap(bench: FetchBench) -> None:
    bench.fakes.ranges.bad.update({mac(2).text: 99, mac(3).text: 99})
    ended = bench.run(bench.begun((0, 5), (10, 2)))
    assert bench.fakes.ranges.tasks == [str(macs(0, 5)), str(macs(2, 2)), str(macs(10, 2))]
    assert isinstance(ended.failure, ZipIncomplete)
    assert (ended.failure.bad, ended.failure.first) == (2, f"{mac(2)}.png")
    assert (ended.fetch.state, ended.fetch.reason, ended.done) == (FetchState.PAUSED, ZipIncomplete.code, 5)
    bench.fakes.ranges.bad.clear()
    again = bench.run(ended.fetch)
    assert (again.fetch.state, again.done, bench.count()) == (FetchState.DONE, 7, 7)
    assert bench.fakes.ranges.tasks[3:] == [str(macs(2, 2))]


def test_a_code_that_is_another_devices_is_no_code(bench: FetchBench) -> None:
    bench.pool.add(zip_of({mac(100): f"code of {mac(100)}"}), Stop())
    bench.fakes.ranges.twins[mac(1).text] = mac(100).text
    ended = bench.run(bench.begun((0, 3)))
    assert (ended.fetch.state, ended.done) == (FetchState.PAUSED, 2)
    assert isinstance(ended.failure, CodeOnTwoDevices)
    assert (ended.failure.identity, ended.failure.other) == (mac(1).readable, mac(100).readable)


def test_another_devices_code_is_told_before_any_other_trouble(bench: FetchBench) -> None:
    bench.pool.add(zip_of({mac(100): f"code of {mac(100)}"}), Stop())
    bench.fakes.ranges.twins[mac(1).text] = mac(100).text
    bench.fakes.ranges.bad[mac(11).text] = 99
    bench.fakes.ranges.refused[str(macs(20, 2))] = ZipRefused("/static/zipfiles/9.zip", "overlap")
    ended = bench.run(bench.begun((0, 3), (10, 2), (20, 2)))
    assert isinstance(ended.failure, CodeOnTwoDevices)
    assert (ended.failure.identity, ended.failure.bad) == (mac(1).readable, 2)


def test_a_cut_that_is_refused_keeps_nobody_from_fetching_the_others(bench: FetchBench) -> None:
    refusal = ZipRefused("/static/zipfiles/1.zip", "overlap")
    bench.fakes.ranges.refused[str(macs(0, 2))] = refusal
    ended = bench.run(bench.begun((0, 2), (10, 2)))
    assert (ended.fetch.state, ended.fetch.reason, ended.failure) == (FetchState.PAUSED, refusal.code, refusal)
    assert (ended.done, bench.count()) == (2, 2)


def test_a_pause_is_a_pause_and_going_on_asks_for_nothing_twice(bench: FetchBench) -> None:
    fetch = bench.begun((0, 2500))

    def pause(task: str) -> None:
        if task == str(macs(1000, 1000)):
            bench.stop.set()

    bench.fakes.ranges.after = pause
    paused = bench.run(fetch)
    assert (paused.fetch.state, paused.fetch.reason, paused.failure) == (FetchState.PAUSED, PAUSED, None)
    assert bench.count() == 1000
    bench.stop, bench.fakes.ranges.after = QuickStop(), lambda _task: None
    ended = bench.run(paused.fetch)
    assert (ended.fetch.state, bench.count()) == (FetchState.DONE, 2500)
    assert bench.fakes.ranges.tasks == [str(macs(0, 1000)), str(macs(1000, 1000)), str(macs(2000, 500))]


def test_a_cancelled_fetch_never_goes_on_and_keeps_what_it_brought(bench: FetchBench) -> None:
    fetch = bench.begun((0, 1500))
    bench.fakes.ranges.before = lambda task: bench.stop.set() if task == str(macs(1000, 500)) else None
    ended = bench.run(fetch, cancelled=True)
    assert (ended.fetch.state, ended.done, bench.count()) == (FetchState.CANCELLED, 1000, 1000)
    with pytest.raises(FetchUnderWay):
        bench.run(fetch)


def test_one_that_does_not_run_is_cancelled_where_it_stands(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))
    bench.pool.move_fetch(fetch.number, FetchState.PAUSED)
    assert cancel_fetch(bench.fakes.fetch_parts(), fetch.number).state is FetchState.CANCELLED
    with pytest.raises(FetchUnderWay):
        cancel_fetch(bench.fakes.fetch_parts(), fetch.number)


def test_one_that_another_program_runs_is_not_cancelled_and_one_of_a_dead_program_is(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))
    bench.fakes.held = True
    with pytest.raises(FetchUnderWay):
        cancel_fetch(bench.fakes.fetch_parts(), fetch.number)
    bench.fakes.held = False
    assert cancel_fetch(bench.fakes.fetch_parts(), fetch.number).state is FetchState.CANCELLED


def test_the_fetch_of_another_product_is_not_this_stations(bench: FetchBench) -> None:
    other = bench.pool.begin_fetch("WO-8", "f" * 32, SERVICE, (macs(0, 1),))
    elsewhere = bench.pool.begin_fetch("WO-9", PRODUCT.key, "http://other.example.com", (macs(0, 1),))
    for fetch in (other, elsewhere):
        with pytest.raises(FetchUnknown):
            bench.run(fetch)
        with pytest.raises(FetchUnknown):
            cancel_fetch(bench.fakes.fetch_parts(), fetch.number)


def test_while_the_service_is_away_the_fetch_waits_as_long_as_it_is_let(bench: FetchBench) -> None:
    bench.fakes.ranges.failures = [AWAY] * 40
    ended = bench.run(bench.begun((0, 3)))
    assert (ended.fetch.state, bench.fakes.ranges.tasks) == (FetchState.DONE, [str(macs(0, 3))])
    assert max(bench.stop.slept) <= 1.0, "told at least every second"
    waits = [told for told in bench.told if told.waits_s]
    assert all(told.failure is AWAY and told.fetch.state is FetchState.RUNNING for told in waits)
    assert max(told.waits_s for told in waits) == LONGEST_BACK_OFF_S


def test_a_throttle_is_counted_down_and_never_cut_short(bench: FetchBench) -> None:
    bench.fakes.ranges.failures = [ServiceThrottles(SERVICE, 30.0)]
    ended = bench.run(bench.begun((0, 3)))
    waits = [told.waits_s for told in bench.told if told.waits_s]
    assert waits == [float(left) for left in range(30, 0, -1)]
    assert sum(bench.stop.slept) >= 30.0
    assert ended.fetch.state is FetchState.DONE


def test_whoever_waits_can_be_stopped(bench: FetchBench) -> None:
    bench.fakes.ranges.failures = [ServiceThrottles(SERVICE, 120.0)]
    bench.hears = lambda told: bench.stop.set() if told.waits_s and told.waits_s < 118 else None
    ended = bench.run(bench.begun((0, 3)))
    assert (ended.fetch.state, ended.fetch.reason) == (FetchState.PAUSED, PAUSED)
    assert sum(bench.stop.slept) < 5


@pytest.mark.parametrize(
    "final", [KeyRefused(SERVICE, 401), ProductUnknown(PRODUCT.key), CertificateRefused(SERVICE, "expired")]
)
def test_what_only_a_person_can_change_pauses_it_with_its_reason(bench: FetchBench, final: Failure) -> None:
    bench.fakes.ranges.failures = [final]
    ended = bench.run(bench.begun((0, 2), (10, 2)))
    assert (ended.fetch.state, ended.fetch.reason, ended.failure) == (FetchState.PAUSED, final.code, final)
    assert len(bench.fakes.ranges.asked) == 1, "a refused key is not tried again"


def test_codes_are_in_the_pool_before_their_task_is_settled(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))
    counts: list[int] = []

    class WatchedPool(FakePool):
        def settled(self, product_key: str, service: str, task: str) -> None:
            counts.append(self.count(product_key, service))
            super().settled(product_key, service, task)

    bench.fakes.pool = bench.fakes.ranges.pool = WatchedPool(kept=bench.pool.kept)
    bench.run(fetch)
    assert counts == [3]


def test_a_pool_that_cannot_be_written_pauses_and_the_task_is_looked_for_again(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))

    def full(_task: str) -> None:
        bench.pool.failing = PoolNotWritten("codes.sqlite", "disk full")

    bench.fakes.ranges.after = full
    ended = bench.run(fetch)
    assert isinstance(ended.failure, PoolNotWritten)
    assert (ended.fetch.state, ended.fetch.reason) == (FetchState.PAUSED, PoolNotWritten.code), "nobody runs it"
    assert bench.pool.fetch(fetch.number).state is FetchState.RUNNING, "nobody could write it down"
    bench.pool.failing, bench.fakes.ranges.after = None, lambda _task: None
    bench.pool.pause_interrupted_fetches()
    assert bench.run(fetch).fetch.state is FetchState.DONE
    assert bench.fakes.ranges.tasks == [str(macs(0, 3))]


def test_a_task_that_is_on_its_way_is_taken_whole_even_if_a_line_got_a_code_meanwhile(bench: FetchBench) -> None:
    fetch = bench.begun((0, 5))
    bench.fakes.ranges.after = lambda _task: bench.stop.set()
    bench.run(fetch)
    assert bench.count() == 0
    bench.pool.add(zip_of({mac(2): "the line's own"}, "/static/zipfiles/9.zip"), Stop())
    bench.stop, bench.fakes.ranges.after = QuickStop(), lambda _task: None
    ended = bench.run(fetch)
    assert (ended.fetch.state, bench.fakes.ranges.tasks) == (FetchState.DONE, [str(macs(0, 5))])
    kept = bench.pool.code(PRODUCT.key, SERVICE, mac(2))
    assert kept is not None
    assert kept.content == "the line's own", "a unit never has two codes"


def test_a_kill_between_the_two_writes_asks_for_nothing(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))

    class DyingPool(FakePool):
        def settled(self, product_key: str, service: str, task: str) -> None:
            raise KeyboardInterrupt

    before = bench.pool
    bench.fakes.pool = bench.fakes.ranges.pool = DyingPool(kept=before.kept)
    with pytest.raises(KeyboardInterrupt):
        bench.run(fetch)
    bench.fakes.pool = bench.fakes.ranges.pool = before
    asked = len(bench.fakes.ranges.asked)
    ended = bench.run(fetch)
    assert (ended.fetch.state, len(bench.fakes.ranges.asked)) == (FetchState.DONE, asked)
    assert not before.kept.tasks


def test_a_fault_of_the_program_leaves_the_fetch_paused(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))

    def fault(_task: str) -> None:
        raise RuntimeError("a fault")

    bench.fakes.ranges.before = fault
    with pytest.raises(RuntimeError):
        bench.run(fetch)
    assert bench.pool.fetch(fetch.number).state is FetchState.PAUSED


def test_a_failure_in_the_moment_of_a_pause_is_a_pause(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))

    def stopped_meanwhile(_task: str) -> None:
        bench.stop.set()
        raise KeyRefused(SERVICE, 401)

    bench.fakes.ranges.before = stopped_meanwhile
    ended = bench.run(fetch)
    assert (ended.fetch.state, ended.fetch.reason, ended.failure) == (FetchState.PAUSED, PAUSED, None)


def test_patience_grows_and_never_undercuts_the_service() -> None:
    first, second, later = (patience_s(AWAY, tries) or 0 for tries in (0, 1, 30))
    assert 0 < first < second < later == LONGEST_BACK_OFF_S
    assert patience_s(ServiceThrottles(SERVICE, 300.0), 5) == 300.0
    assert patience_s(KeyRefused(SERVICE, 401), 0) is None
    assert patience_s(PictureUnreadable("1.zip", "no code"), 0) is None


def test_progress_is_told_while_pictures_are_decoded(bench: FetchBench) -> None:
    fetch = bench.begun((0, 50))

    def take_time() -> None:
        bench.stop.time += 0.05

    bench.fakes.ranges.at_each = take_time
    bench.run(fetch)
    done = [told.done for told in bench.told]
    assert 20 <= len(done) <= 40, "not at every picture"
    assert done == sorted(done)
    assert all(told.fetch == dataclasses.replace(fetch, state=told.fetch.state) for told in bench.told)


BUSY = PoolBusy("codes.sqlite")


@dataclass
class LockedPool:
    """Another program locks a pool for 12 s at one of its calls."""

    bench: FetchBench
    call: str
    met: int = 0

    def __getattr__(self, name: str) -> object:
        method = getattr(self.bench.pool, name)

        def call(*given: object, **named: object) -> object:
            if name == self.call and self.bench.stop.time < 12:
                self.met += 1
                raise BUSY
            return method(*given, **named)

        return call


@pytest.mark.parametrize("call", ["missing", "asked_before", "add", "settled", "move_fetch"])
def test_a_pool_that_is_locked_for_some_seconds_is_waited_for_and_nothing_is_asked_twice(
    bench: FetchBench, call: str
) -> None:
    fetch = bench.begun((0, 3))
    locked = LockedPool(bench, call)
    parts = dataclasses.replace(bench.fakes.fetch_parts(), pool=cast(CodePool, locked))
    ended = FetchRun(parts, bench.hear, now=bench.stop.now).run(fetch.number, bench.stop)
    assert (ended.fetch.state, ended.done, ended.failure) == (FetchState.DONE, 3, None)
    assert locked.met
    assert bench.fakes.ranges.tasks == [str(macs(0, 3))]
    assert len(bench.fakes.ranges.asked) == 1, "what was decoded is kept while the pool is busy"
    assert any(told.failure is BUSY and told.waits_s for told in bench.told)


def test_a_pause_does_not_wait_for_a_locked_pool_and_is_told_all_the_same(bench: FetchBench) -> None:
    fetch = bench.begun((0, 3))

    def locked(_task: str) -> None:
        bench.pool.failing = BUSY
        bench.stop.set()

    bench.fakes.ranges.before = locked
    ended = bench.run(fetch)
    assert (ended.fetch.state, ended.fetch.reason, ended.failure) == (FetchState.PAUSED, BUSY.code, BUSY)
    assert not bench.stop.slept


def test_beginning_tells_how_far_it_is_and_heeds_its_stop(bench: FetchBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_fetch, "COUNTED_AT_ONCE", 4)
    counted: list[tuple[int, int]] = []
    parts, ranges = bench.fakes.fetch_parts(), [macs(0, 10), macs(20, 1)]
    begun = begin_fetch(parts, "WO-7", ranges, Stop(), lambda *far: counted.append(far))
    assert begun.ranges == (macs(0, 10), macs(20, 1))
    assert counted == [(4, 11), (8, 11), (11, 11)]
    stop = Stop()
    with pytest.raises(Stopped):
        begin_fetch(parts, "WO-7", ranges, stop, lambda _done, _total: stop.set())
    assert len(bench.pool.kept.fetches) == 1


@pytest.mark.parametrize("moment", ["add", "settled"])
def test_a_pause_in_the_moment_of_keeping_codes_counts_them(bench: FetchBench, moment: str) -> None:
    kept = getattr(bench.pool, moment)

    def and_then_interrupted(*arguments: object) -> object:
        done = kept(*arguments)
        bench.stop.set()
        return done

    setattr(bench.pool, moment, and_then_interrupted)
    ended = bench.run(bench.begun((0, 100), (2000, 150)))
    assert (ended.fetch.state, ended.done, bench.count()) == (FetchState.PAUSED, 100, 100)


def test_a_pause_before_the_first_count_tells_what_the_pool_has(bench: FetchBench) -> None:
    fetch = bench.begun((0, 100))
    bench.pool.add(zip_of({mac(number): f"code of {number}" for number in range(70)}), Stop())
    bench.stop.set()
    ended = bench.run(fetch)
    assert (ended.fetch.state, ended.done) == (FetchState.PAUSED, 70)
