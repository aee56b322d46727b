"""Facts about finding the zip of a range among everybody's tasks."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gizqr_station.codes.looking import FoundZip
from gizqr_station.codes.pace import Pace
from gizqr_station.codes.task_search import TaskSearch
from gizqr_station.domain.code_failures import (
    CertificateRefused,
    ConnectionCut,
    KeyRefused,
    NameUnknown,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceThrottles,
    ServiceUnreachable,
    TaskNotReady,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import PoolNotWritten
from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.domain.stop import Stopped
from tests.codes.listed_service import ADDRESS, KeptJournal, ListedClock, ListedService, ListedStop, file_of, names
from tests.codes.scripted_service import PRODUCT

FIRST, SECOND, THIRD, FOURTH = (f"00911f50004{digit}" for digit in "789a")
CUT = IdentityRange.parse(f"{FIRST}..{THIRD}")
OURS = names(FIRST, SECOND, THIRD)
PACE = Pace(deadline_s=40.0, each_more_s=0.0, second_look_s=5.0, accepted_s=900.0, first_pause_s=0.5, page=10)


class Bench:
    """A search and all it works with."""

    def __init__(self, service: ListedService, journal: KeptJournal | None = None, pace: Pace = PACE) -> None:
        self.service = service
        self.journal = journal or KeptJournal()
        self.clock = ListedClock(service)
        self.pace = pace
        self.restart()

    def restart(self) -> None:
        """The program ends and begins again."""
        self.search = TaskSearch(
            self.service, self.clock, self.journal, self.pace, chance=lambda: 0.5, now=lambda: self.service.now
        )

    def find(self, after: float = float("inf")) -> FoundZip:
        return self.search.zip_of(PRODUCT, CUT, ListedStop(self.service, after))

    def finds(self, number: int) -> None:
        assert self.find().file == file_of(number)

    @property
    def entry(self) -> AskedTask | None:
        return self.journal.asked_before(PRODUCT, ADDRESS, str(CUT))


def listed(*old: int, post: Callable[[ListedService], None] | None = None) -> ListedService:
    """A service with these older tasks of somebody else, newest first; a POST adds ours as number 100."""
    service = ListedService(on_post=post or (lambda service: service.add(100, OURS)))
    for number in reversed(old):
        service.add(number, names(FOURTH))
    return service


def test_a_range_is_asked_for_by_its_ends_and_found_by_its_names() -> None:
    bench = Bench(listed(3, 2, 1))
    bench.finds(100)
    assert [(start, end) for start, end, _ in bench.service.posts] == [(FIRST, THIRD)]
    assert bench.service.downloads == [file_of(100)]


@pytest.mark.parametrize(
    "foreign", [names(FIRST), names(FIRST, SECOND), names(FIRST, SECOND, THIRD, FOURTH), names(SECOND, THIRD, FOURTH)]
)
def test_ranges_that_overlap_ours_are_not_ours(foreign: bytes) -> None:
    def post(service: ListedService) -> None:
        service.add(100, foreign)
        service.add(101, OURS)
        service.add(102, foreign)

    bench = Bench(listed(1, post=post))
    bench.finds(101)


def test_the_journal_has_the_task_before_the_request_leaves_and_its_answer_after() -> None:
    seen: list[AskedTask | None] = []
    bench = Bench(listed(2, 1))

    def post(service: ListedService) -> None:
        seen.append(bench.entry)
        service.add(100, OURS)

    bench.service.on_post = post
    bench.find()
    known = frozenset({("2", "2", file_of(2)), ("1", "1", file_of(1))})
    assert seen == [AskedTask(PRODUCT, ADDRESS, str(CUT), known, None)]
    entry = bench.entry
    assert entry is not None
    assert entry.known == known
    assert entry.accepted_at is not None


def test_what_cannot_be_written_down_is_not_asked_for() -> None:
    bench = Bench(listed(1))
    bench.journal.failing = PoolNotWritten("codes.pool", "disk full")
    with pytest.raises(PoolNotWritten):
        bench.find()
    assert bench.service.posts == []


def test_after_a_restart_an_accepted_task_is_only_looked_for() -> None:
    bench = Bench(listed(1, post=lambda service: service.add(100, None)))
    for _ in range(3):
        with pytest.raises(TaskNotReady):
            bench.find()
        bench.restart()
    bench.service.tasks.pop(0)
    bench.service.add(100, OURS)
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_task_whose_time_is_over_is_looked_for_once_more_and_then_asked_for_anew() -> None:
    bench = Bench(listed(1, post=lambda _service: None))
    with pytest.raises(TaskNotReady):
        bench.find()
    bench.service.now += 900
    bench.service.on_post = lambda service: service.add(200, OURS)
    before = bench.service.now
    bench.finds(200)
    assert len(bench.service.posts) == 2
    assert bench.service.posts[1][2] - before >= PACE.second_look_s


def test_a_task_that_came_over_night_is_found_and_not_asked_for_again() -> None:
    bench = Bench(listed(1, post=lambda _service: None))
    with pytest.raises(TaskNotReady):
        bench.find()
    bench.service.now += 12 * 3600
    bench.service.add(100, OURS)
    bench.restart()
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_station_whose_clock_was_years_ahead_does_not_wait_for_years() -> None:
    bench = Bench(listed(1, post=lambda _service: None))
    bench.clock.wrong_s = timedelta(days=3000).total_seconds()
    with pytest.raises(TaskNotReady):
        bench.find()
    bench.clock.wrong_s = 0.0
    bench.service.on_post = lambda service: service.add(200, OURS)
    bench.finds(200)


def killed_before_the_answer(service: ListedService) -> None:
    raise KeyboardInterrupt


def test_after_a_kill_the_task_is_looked_for_before_it_is_asked_for_again() -> None:
    bench = Bench(listed(1, post=killed_before_the_answer))
    with pytest.raises(KeyboardInterrupt):
        bench.find()
    bench.restart()
    began = bench.service.now
    bench.service.on_post = lambda service: service.add(200, OURS)
    bench.finds(200)
    assert bench.service.posts[1][2] - began >= PACE.second_look_s


def test_a_task_without_a_file_is_waited_for_before_another_one_is_made() -> None:
    def taken_and_cut(service: ListedService) -> None:
        service.add(100, None)
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=taken_and_cut))

    def ready_after_a_while(service: ListedService) -> None:
        if service.now > 15 and service.tasks[0].file is None:
            service.tasks.pop(0)
            service.add(100, OURS)

    bench.service.on_list = ready_after_a_while
    bench.finds(100)
    assert len(bench.service.posts) == 1
    assert bench.service.now > 15


def test_somebody_elses_task_that_never_gets_a_file_holds_us_half_the_time_at_the_most() -> None:
    def lost(service: ListedService) -> None:
        service.add(100, None)
        service.on_post = lambda again: again.add(101, OURS)
        raise ServiceSlow(ADDRESS, 5.0)

    bench = Bench(listed(1, post=lost))
    bench.finds(101)
    assert len(bench.service.posts) == 2
    assert PACE.second_look_s < bench.service.posts[1][2] < PACE.deadline_s * 0.75


def test_tasks_that_come_later_than_a_lost_one_are_not_waited_for() -> None:
    def lost(service: ListedService) -> None:
        service.on_post = lambda again: again.add(101, OURS)
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=lost))

    def always_busy(service: ListedService) -> None:
        if service.tasks[0].file is None:
            service.tasks.pop(0)
        service.add(50 + len(service.lists), None)

    bench.service.on_list = always_busy
    bench.finds(101)
    assert bench.service.posts[1][2] < 2 * PACE.second_look_s + 2


@pytest.mark.parametrize("failure", [ServiceUnreachable(ADDRESS), NameUnknown("x"), CertificateRefused(ADDRESS, "x")])
def test_a_request_that_never_left_leaves_nothing_to_look_for(failure: CodeFailure) -> None:
    def unsent(_service: ListedService) -> None:
        raise failure

    bench = Bench(listed(1, post=unsent))
    with pytest.raises(type(failure)):
        bench.find()
    assert bench.entry is None
    assert len(bench.service.posts) == 1


def test_a_refusal_after_a_lost_post_leaves_the_lost_one_to_look_for() -> None:
    def lost_then_refused(service: ListedService) -> None:
        if len(service.posts) > 1:
            raise RequestRefused(400, "quota")
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=lost_then_refused))
    for _ in range(2):
        with pytest.raises(RequestRefused):
            bench.find()
        assert bench.entry is not None
    bench.service.add(100, OURS)
    bench.finds(100)


def test_a_fault_of_the_service_is_told_and_its_task_looked_for_later() -> None:
    def broken(service: ListedService) -> None:
        service.add(100, OURS)
        raise ServiceFault(ADDRESS, 500)

    bench = Bench(listed(1, post=broken))
    with pytest.raises(ServiceFault):
        bench.find()
    bench.finds(100)
    assert len(bench.service.posts) == 1


def throttled(service: ListedService, seconds: float) -> None:
    service.quiet_until = service.now + seconds
    raise ServiceThrottles(ADDRESS, seconds)


def test_a_short_pause_is_waited_out_and_the_task_looked_for_before_it_is_asked_for_again() -> None:
    def post(service: ListedService) -> None:
        if len(service.posts) == 1:
            throttled(service, 2.5)
        service.add(100, OURS)

    bench = Bench(listed(1, post=post))
    bench.finds(100)
    (_, _, first), (_, _, second) = bench.service.posts
    assert second - first >= 2.5
    assert any(first < at < second for _, at in bench.service.lists)


@pytest.mark.parametrize("seconds", [3.5, 60.0])
def test_a_long_pause_is_told_and_the_task_looked_for_when_the_caller_comes_again(seconds: float) -> None:
    def taken_all_the_same(service: ListedService) -> None:
        service.add(100, OURS)
        throttled(service, seconds)

    bench = Bench(listed(1, post=taken_all_the_same))
    with pytest.raises(ServiceThrottles) as caught:
        bench.find()
    assert caught.value.seconds == seconds
    assert bench.service.now < 1
    bench.service.now += seconds
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_service_that_always_wants_a_pause_is_not_asked_for_ever() -> None:
    bench = Bench(listed(1, post=lambda service: throttled(service, 1.0)))
    with pytest.raises(ServiceThrottles):
        bench.find()
    assert len(bench.service.posts) == 3


@pytest.mark.parametrize("before_post", [True, False])
def test_pauses_between_looks_are_waited_out(before_post: bool) -> None:
    bench = Bench(listed(1))
    left = [2.0, 1.0, 0.0]

    def paused(service: ListedService) -> None:
        if left and bool(service.posts) is not before_post:
            throttled(service, left.pop())

    bench.service.on_list = paused
    bench.finds(100)
    assert not left


def test_trouble_that_passes_is_overlooked_and_trouble_that_lasts_is_told() -> None:
    bench = Bench(listed(1))

    def cut_for_a_while(service: ListedService) -> None:
        if service.posts and service.now < 4:
            raise ServiceUnreachable(ADDRESS)

    bench.service.on_list = cut_for_a_while
    bench.finds(100)

    def cut(service: ListedService) -> None:
        raise ConnectionCut(ADDRESS)

    bench.service.on_list = cut
    began = bench.service.now
    with pytest.raises(ConnectionCut):
        bench.find()
    assert PACE.second_look_s <= bench.service.now - began < PACE.deadline_s / 2
    assert len(bench.service.posts) == 1


def test_nothing_is_asked_for_again_on_the_word_of_a_list_that_nobody_could_read() -> None:
    def cut(_service: ListedService) -> None:
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=cut))

    def now_and_then(service: ListedService) -> None:
        if service.posts and len(service.lists) % 2:
            raise ServiceSlow(ADDRESS, 5.0)

    bench.service.on_list = now_and_then
    with pytest.raises(ConnectionCut):
        bench.find()
    (_, _, first), (_, _, second) = bench.service.posts
    assert any(first + PACE.second_look_s <= at <= second for _, at in bench.service.lists)


def test_a_look_that_fetched_strangers_zips_all_the_time_is_not_the_last_one() -> None:
    def taken_and_cut(service: ListedService) -> None:
        service.add(101, names(FIRST))
        service.add(102, names(SECOND))
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=taken_and_cut))
    bench.service.download_s = 3.0

    def listed_later(service: ListedService) -> None:
        if service.now > 2 and file_of(100) not in service.zips:
            service.add(100, OURS)

    bench.service.on_list = listed_later
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_look_is_not_the_last_one_when_its_list_is_older_than_a_long_download() -> None:
    def cut(_service: ListedService) -> None:
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=cut))
    bench.service.download_s = 6.0

    def stranger_then_ours(service: ListedService) -> None:
        if service.now > 5 and file_of(101) not in service.zips:
            service.add(101, names(FIRST))
        elif service.now > 7 and file_of(100) not in service.zips:
            service.add(100, OURS)

    bench.service.on_list = stranger_then_ours
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_task_that_stands_among_the_old_ones_is_found_in_the_end() -> None:
    bench = Bench(listed(*range(50, 0, -1), post=lambda service: service.add(100, OURS, created=25, at=25)))
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_a_service_that_lost_all_and_its_clock_too_is_asked_anew_in_the_end() -> None:
    bench = Bench(listed(50, post=lambda _service: None))
    with pytest.raises(TaskNotReady):
        bench.find()
    bench.service.now += 900
    bench.service.tasks.clear()
    bench.service.on_post = lambda service: service.add(1, OURS, created=10)
    bench.finds(1)


def test_a_list_that_has_grown_too_long_to_be_read_does_not_keep_a_range_for_ever() -> None:
    bench = Bench(listed(1, post=lambda _service: None))
    with pytest.raises(TaskNotReady):
        bench.find()
    bench.service.now += 900
    for number in range(2, 60):
        bench.service.add(number, names(FOURTH))

    def never_to_the_end(service: ListedService) -> None:
        if service.lists[-1][0] > 10:
            raise ServiceSlow(ADDRESS, 5.0)

    bench.service.on_list = never_to_the_end
    bench.service.on_post = lambda service: service.add(200, OURS)
    bench.finds(200)


def test_nothing_is_asked_for_when_the_time_is_over() -> None:
    def cut(_service: ListedService) -> None:
        raise ConnectionCut(ADDRESS)

    bench = Bench(listed(1, post=cut))

    def one_slow_page(service: ListedService) -> None:
        if 5 < service.now < 10:
            service.now += PACE.deadline_s

    bench.service.on_list = one_slow_page
    with pytest.raises(TaskNotReady):
        bench.find()
    assert len(bench.service.posts) == 1
    assert bench.entry is not None


def test_a_zip_that_is_broken_costs_one_more_task_and_not_one_each_time() -> None:
    bench = Bench(listed(1, post=lambda service: service.add(100, OURS[:-30])))
    with pytest.raises(ZipRefused):
        bench.find()
    bench.service.on_post = lambda _service: None
    for _ in range(3):
        with pytest.raises(TaskNotReady):
            bench.find()
    assert len(bench.service.posts) == 2
    assert bench.service.downloads == [file_of(100)] * 3


@pytest.mark.parametrize("failure", [ServiceFault(ADDRESS, 500), ConnectionCut(ADDRESS), RequestRefused(400, "")])
def test_a_zip_that_cannot_be_fetched_does_not_keep_us_from_the_others(failure: CodeFailure) -> None:
    def post(service: ListedService) -> None:
        service.add(100, OURS)
        service.add(101, failure)

    bench = Bench(listed(1, post=post))
    bench.finds(100)


def test_a_key_that_is_refused_is_told_at_once_and_the_task_stays_known() -> None:
    bench = Bench(listed(1, post=lambda _service: None))

    def refused(service: ListedService) -> None:
        if service.posts:
            raise KeyRefused(ADDRESS, 401)

    bench.service.on_list = refused
    with pytest.raises(KeyRefused):
        bench.find()
    assert bench.service.now < 1
    assert bench.entry is not None


def test_whoever_stops_a_search_finds_its_task_later() -> None:
    bench = Bench(listed(1, post=lambda service: service.add(100, None)))
    with pytest.raises(Stopped):
        bench.find(after=3.0)
    assert bench.service.now < 6
    bench.service.tasks.pop(0)
    bench.service.add(100, OURS)
    bench.finds(100)
    assert len(bench.service.posts) == 1


def test_pauses_grow_and_the_search_ends_in_time() -> None:
    bench = Bench(listed(1, post=lambda _service: None))
    with pytest.raises(TaskNotReady) as caught:
        bench.find()
    assert caught.value.identity == f"{FIRST}..{THIRD}"
    assert caught.value.seconds == PACE.deadline_s
    assert PACE.deadline_s <= bench.service.now < PACE.deadline_s + 1
    looks = [at for _, at in bench.service.lists[1:]]
    pauses = [later - earlier for earlier, later in itertools.pairwise(looks) if later - earlier > 0.1]
    assert pauses[:3] == pytest.approx([0.51, 1.01, 2.01], abs=0.05)
    assert max(pauses) < PACE.longest_pause_s * 1.25 + 0.1
    assert len(looks) < 40


@pytest.mark.parametrize("first", ["list", "zip"])
def test_a_zip_is_a_sandboxs_when_its_list_or_its_download_says_so(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(listed(1))
    call = {"list": "list_tasks", "zip": "download"}[first]
    usual = getattr(bench.service, call)

    def of_a_sandbox(*args: Any, **options: Any) -> Any:
        return replace(usual(*args, **options), sandbox=True)

    assert not bench.find().sandbox
    bench = Bench(bench.service)
    monkeypatch.setattr(bench.service, call, of_a_sandbox)
    bench.service.on_post = lambda service: service.add(200, OURS)
    found = bench.find()
    assert (found.file, found.sandbox) == (file_of(200), True)
