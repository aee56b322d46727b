"""The codes desk: each request returns at once and is answered, whatever becomes of it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.app_reading import AppBinds
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import PictureUnreadable, ServiceThrottles
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.list_failures import ListUnreadable
from gizqr_station.domain.pool_failures import (
    CodesFileRefused,
    CodesOfOtherProduct,
    FetchUnderWay,
    FetchUnknown,
    NothingToFetch,
    PoolNotWritten,
    PoolUnreadable,
    SchemeNeedsNoPool,
    ZipIncomplete,
)
from gizqr_station.domain.pooled_codes import BadMember, FetchState, PoolAdded, ZipCodes
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows import code_fetch, code_files
from gizqr_station.workflows.code_files import export_codes, import_codes
from gizqr_station.workflows.code_happenings import (
    GAPS_AT_MOST,
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    PoolSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.code_patience import Seldom
from gizqr_station.workflows.codes_desk import CodesDesk
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.lanes import InlineLane, Lane, ThreadLane
from tests.ear import Ear
from tests.fake_bench import PRODUCT, WAIT_S
from tests.fake_codes import SERVICE, FakeCodesDesk, FakeFolders, FakeProver, mac, macs, zip_of
from tests.fake_pool import FakePool
from tests.workflows.test_code_cuts import labelled

ORDER = Allowance(order="WO-7", ranges=(macs(0, 10),))


@pytest.fixture
def fakes() -> FakeCodesDesk:
    return FakeCodesDesk(ORDER)


@pytest.fixture
def threaded(fakes: FakeCodesDesk) -> Iterator[CodesDesk]:
    """With a lane of its own for what may take long, as a station has."""

    def lane(name: str) -> Lane:
        return ThreadLane(name) if name in ("fetch", "proof", "code-files") else InlineLane()

    desk = fakes.desk(lane)
    yield desk
    desk.close()


class SlowPool(FakePool):
    """Takes its time to count."""

    def __init__(self, onward: threading.Event) -> None:
        super().__init__()
        self._onward = onward

    def count(self, product_key: str, service: str) -> int:
        assert self._onward.wait(WAIT_S)
        return super().count(product_key, service)


def test_who_looks_is_told_of_the_pool_against_the_order(fakes: FakeCodesDesk) -> None:
    fakes.pool.add(zip_of({mac(1): "one", mac(99): "beside the order"}), Stop())
    labelled(fakes.fakes.ledger, mac(0), mac(5))
    fakes.desk().shown(visible=True)
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.service, seen.encrypted, seen.codes, seen.order) == (SERVICE, False, 2, "WO-7")
    assert (seen.wanted, seen.missing) == (8, 7)
    assert seen.gaps == (macs(2, 3), macs(6, 4))
    assert [(came_in.file, count) for came_in, count in seen.zips] == [("/static/zipfiles/1.zip", 2)]
    assert (seen.registered, seen.left) == (None, None)


def test_overlapping_ranges_of_an_order_are_counted_once(fakes: FakeCodesDesk) -> None:
    fakes.allowance = Allowance(order="WO-7", ranges=(macs(0, 10), macs(5, 10), macs(3, 1)))
    fakes.desk().look()
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.wanted, seen.missing, seen.gaps) == (15, 15, (macs(0, 15),))


def test_no_more_gaps_are_told_than_help_anybody(fakes: FakeCodesDesk) -> None:
    fakes.allowance = Allowance(order="WO-7", ranges=tuple(macs(2 * number, 1) for number in range(GAPS_AT_MOST + 7)))
    fakes.desk().look()
    seen = fakes.ear.wait(PoolSeen)
    assert (len(seen.gaps), seen.missing) == (GAPS_AT_MOST, GAPS_AT_MOST + 7)


def test_the_quota_is_told_with_what_is_left(fakes: FakeCodesDesk) -> None:
    fakes.allowance = Allowance(quota=Quota(10, 4))
    fakes.desk().look()
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.registered, seen.left) == (10, 6)


def test_a_product_whose_codes_are_made_here_has_no_pool(fakes: FakeCodesDesk) -> None:
    fakes.pooled = False
    desk = fakes.desk()
    desk.look()
    assert fakes.ear.wait(PoolSeen).service == ""
    asks: list[tuple[Callable[[], None], CodesWork]] = [
        (desk.fetch, CodesWork.FETCH),
        (lambda: desk.go_on(1), CodesWork.FETCH),
        (lambda: desk.cancel(1), CodesWork.FETCH),
        (lambda: desk.import_file("/codes/1.zip"), CodesWork.IMPORT),
        (lambda: desk.export("/codes/pool"), CodesWork.EXPORT),
    ]
    for ask, work in asks:
        ask()
        done = fakes.ear.wait(CodesDone)
        assert (done.work, type(done.failure)) == (work, SchemeNeedsNoPool)


def test_a_pool_that_cannot_be_read_is_said_at_each_request_and_judging_goes_on(fakes: FakeCodesDesk) -> None:
    fakes.pool.unreadable = PoolUnreadable("codes.sqlite", "damaged")
    desk = fakes.desk()
    asks: list[Callable[[], None]] = [desk.look, desk.fetch, lambda: desk.cancel(1)]
    for ask in asks:
        ask()
        assert isinstance(fakes.ear.wait(CodesDone).failure, PoolUnreadable)
    desk.judge_text("anything")
    told = fakes.ear.wait(CodeJudged)
    assert told.reading is not None
    assert isinstance(told.failure, PoolUnreadable)


def test_the_first_look_is_told_before_the_line_starts(fakes: FakeCodesDesk) -> None:
    fakes.desk().first_look(1.0)
    assert isinstance(fakes.ear.told[0], PoolSeen)


def test_a_first_look_that_takes_long_keeps_nobody_waiting(fakes: FakeCodesDesk) -> None:
    onward = threading.Event()
    fakes.pool = SlowPool(onward)
    fakes.ranges.pool = fakes.pool
    desk = fakes.desk(ThreadLane)
    try:
        desk.first_look(0.01)
        assert not fakes.ear.told
        onward.set()
        assert fakes.ear.wait(PoolSeen)
    finally:
        onward.set()
        desk.close()


def test_a_fetch_of_the_order_tells_each_step_and_the_pool_at_its_end(fakes: FakeCodesDesk) -> None:
    fakes.desk().fetch()
    ended = fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.DONE)
    assert (ended.fetch.name, ended.done) == ("WO-7", 10)
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.missing, seen.codes, seen.fetches[0].state) == (0, 10, FetchState.DONE)
    assert not fakes.held


def test_typed_ranges_are_fetched_beside_the_order(fakes: FakeCodesDesk) -> None:
    fakes.desk().fetch(f"{mac(100)} x 3, {mac(200)}")
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.DONE).done == 4
    assert fakes.ranges.tasks == [str(macs(100, 3)), str(macs(200, 1))]


def test_what_begins_nothing_says_why(fakes: FakeCodesDesk) -> None:
    desk = fakes.desk()
    desk.fetch("nonsense")
    assert isinstance(fakes.ear.wait(CodesDone).failure, NotAnIdentity)
    desk.fetch()
    desk.fetch()
    assert isinstance(fakes.ear.wait(CodesDone).failure, NothingToFetch)
    desk.go_on(77)
    assert isinstance(fakes.ear.wait(CodesDone).failure, FetchUnknown)
    desk.cancel(77)
    assert isinstance(fakes.ear.wait(CodesDone).failure, FetchUnknown)
    assert not fakes.held


def test_one_fetch_runs_at_a_time_and_is_paused_and_let_go_on(fakes: FakeCodesDesk, threaded: CodesDesk) -> None:
    fakes.ranges.failures = [ServiceThrottles(SERVICE, 600.0)]
    threaded.fetch()
    running = fakes.ear.wait(FetchSeen, lambda told: told.waits_s > 0)
    threaded.fetch(str(mac(100)))
    assert isinstance(fakes.ear.wait(CodesDone).failure, FetchUnderWay)
    threaded.pause()
    paused = fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.PAUSED)
    assert paused.fetch.number == running.fetch.number
    fakes.ear.wait(PoolSeen)
    threaded.go_on(running.fetch.number)
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.DONE).done == 10


def test_cancelling_the_one_that_runs_ends_it_at_once(fakes: FakeCodesDesk, threaded: CodesDesk) -> None:
    fakes.ranges.failures = [ServiceThrottles(SERVICE, 600.0)]
    threaded.fetch()
    number = fakes.ear.wait(FetchSeen, lambda told: told.waits_s > 0).fetch.number
    threaded.cancel(number)
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.CANCELLED)
    assert fakes.ear.wait(PoolSeen).fetches[0].state is FetchState.CANCELLED


def test_cancelling_one_that_is_paused_says_so(fakes: FakeCodesDesk) -> None:
    fakes.pool.begin_fetch("WO-7", PRODUCT.key, SERVICE, (macs(0, 4),))
    fakes.pool.pause_interrupted_fetches()
    fakes.pool.add(zip_of({mac(0): "one"}), Stop())
    fakes.desk().cancel(1)
    cancelled = fakes.ear.wait(FetchSeen)
    assert (cancelled.fetch.state, cancelled.done) == (FetchState.CANCELLED, 1)
    assert fakes.ear.wait(PoolSeen).fetches[0].state is FetchState.CANCELLED


def test_closing_pauses_what_is_fetched(fakes: FakeCodesDesk) -> None:
    fakes.ranges.failures = [ServiceThrottles(SERVICE, 600.0)]
    desk = fakes.desk(ThreadLane)
    desk.fetch()
    fakes.ear.wait(FetchSeen, lambda told: told.waits_s > 0)
    desk.close()
    assert fakes.pool.fetch(1).state is FetchState.PAUSED
    desk.look()
    desk.fetch()


def test_a_fault_of_the_program_is_told_and_the_desk_works_on(fakes: FakeCodesDesk) -> None:
    def fault(_task: str) -> None:
        raise RuntimeError("a fault")

    fakes.ranges.before = fault
    desk = fakes.desk()
    desk.fetch()
    assert isinstance(fakes.ear.wait(CodesDone).failure, ProgramFault)
    fakes.ranges.before = lambda _task: None
    desk.go_on(1)
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.DONE)


def test_a_file_is_imported_and_the_pool_told(fakes: FakeCodesDesk) -> None:
    fakes.pool.add(zip_of({mac(0): "the first code"}, "/static/zipfiles/9.zip"), Stop())
    first = zip_of({mac(0): "another code", mac(1): "one"})
    second = ZipCodes(zip_of({}, "2.zip").zip, {mac(2): "two"}, (BadMember("x.png", PictureUnreadable("2.zip", "-")),))
    fakes.files.files["/mail/two.pool"] = [first, second]
    fakes.desk().import_file("/mail/two.pool")
    assert fakes.ear.wait(CodesProgress) == CodesProgress(CodesWork.IMPORT, "/mail/two.pool", 1, 2)
    done = fakes.ear.wait(CodesDone)
    assert (done.work, done.file) == (CodesWork.IMPORT, "/mail/two.pool")
    assert done.added == PoolAdded(2, 0, (mac(0),))
    assert isinstance(done.failure, ZipIncomplete)
    assert (done.failure.file, done.failure.bad, done.failure.first) == ("two.pool", 1, "x.png")
    assert fakes.ear.wait(PoolSeen).codes == 3


@pytest.mark.parametrize("failure", [CodesFileRefused("x", "cut"), CodesOfOtherProduct("x", "f" * 32)])
def test_a_file_that_is_refused_says_why(fakes: FakeCodesDesk, failure: CodesFileRefused) -> None:
    fakes.files.files["/mail/x"] = failure
    fakes.desk().import_file("/mail/x")
    done = fakes.ear.wait(CodesDone)
    assert (done.failure, done.added) == (failure, PoolAdded())


def test_an_import_is_stopped_and_keeps_what_it_took(fakes: FakeCodesDesk) -> None:
    fakes.files.files["/mail/x"] = [zip_of({mac(0): "none"}), zip_of({mac(1): "one"}, "2.zip")]
    desk = fakes.desk()
    calls = iter((None, desk.stop_file_work))
    fakes.files.before = lambda: (next(calls) or (lambda: None))()
    desk.import_file("/mail/x")
    done = fakes.ear.wait(CodesDone)
    assert (done.added, done.failure) == (PoolAdded(1), None)
    fakes.files.before = lambda: None
    desk.import_file("/mail/x")
    assert fakes.ear.wait(CodesDone).added == PoolAdded(1, 1), "a stop is for what was asked for before it"


def test_an_export_tells_how_much_and_its_failure(fakes: FakeCodesDesk) -> None:
    desk = fakes.desk()
    desk.export("/mail/pool")
    assert fakes.ear.wait(CodesProgress).work is CodesWork.EXPORT
    assert fakes.ear.wait(CodesDone).written == 7
    fakes.files.files["/mail/full"] = DiskFull("/mail")
    desk.export("/mail/full")
    assert isinstance(fakes.ear.wait(CodesDone).failure, DiskFull)
    fakes.files.before = desk.stop_file_work
    desk.export("/mail/pool")
    assert fakes.ear.wait(CodesDone) == CodesDone(CodesWork.EXPORT, "/mail/pool")


def test_an_export_of_some_ranges_knows_how_many_there_are(fakes: FakeCodesDesk) -> None:
    fakes.pool.add(zip_of({mac(number): str(number) for number in range(5)}), Stop())
    export_codes(fakes.scheme(), "/mail/pool", [macs(3, 9)], Stop(), fakes.ear.hear)
    assert fakes.ear.wait(CodesProgress).total == 2
    assert fakes.files.written["/mail/pool"] == (macs(3, 9),)


def test_the_files_of_a_folder_are_shown_or_why_they_are_not(fakes: FakeCodesDesk) -> None:
    desk = fakes.desk()
    desk.look_in("")
    assert [file.name for file in fakes.ear.wait(CodesFolderSeen).files] == ["1474.zip"]
    desk.look_in("/gone")
    assert isinstance(fakes.ear.wait(CodesFolderSeen).failure, ListUnreadable)


def test_a_code_is_judged_with_what_records_and_pool_know(fakes: FakeCodesDesk) -> None:
    labelled(fakes.fakes.ledger, mac(0))
    fakes.pool.add(zip_of({mac(1): "code of one"}), Stop())
    desk = fakes.desk()
    desk.judge_text(f"code of {mac(0)}")
    told = fakes.ear.wait(CodeJudged)
    assert (told.source, told.in_pool_for, told.failure) == ("", "", None)
    assert told.job is not None
    assert told.job.identity == mac(0)
    desk.judge_text("code of one")
    told = fakes.ear.wait(CodeJudged)
    assert (told.job, told.in_pool_for) == (None, mac(1).readable)
    assert told.reading is not None
    assert told.reading.binds is AppBinds.NOTHING


def test_a_code_that_the_pool_has_from_a_sandbox_is_judged_to_be_one(fakes: FakeCodesDesk) -> None:
    for number, source in enumerate((CodeSource.SANDBOX, CodeSource.SERVICE)):
        of_one = zip_of({mac(number): f"code {number}"})
        fakes.pool.add(replace(of_one, zip=replace(of_one.zip, source=source)), Stop())
        fakes.desk().judge_text(f"code {number}")
        assert fakes.ear.wait(CodeJudged).of_sandbox is (source is CodeSource.SANDBOX)


def test_a_folder_that_is_to_be_imported_is_looked_into(fakes: FakeCodesDesk) -> None:
    fakes.desk().import_file("/codes")
    assert fakes.ear.told == [CodesFolderSeen("/codes", FakeFolders.files), CodesDone(CodesWork.IMPORT, "/codes")]


def test_a_picture_is_judged_by_its_code_or_says_why_not(fakes: FakeCodesDesk) -> None:
    fakes.pictures.contents["/photos/a.jpg"] = "type=share&code=abc"
    desk = fakes.desk()
    desk.judge_picture("/photos/a.jpg")
    told = fakes.ear.wait(CodeJudged)
    assert told.reading is not None
    assert (told.source, told.reading.binds) == ("a.jpg", AppBinds.SHARE)
    desk.judge_picture("/photos/b.jpg")
    told = fakes.ear.wait(CodeJudged)
    assert (told.source, told.reading, type(told.failure)) == ("b.jpg", None, PictureUnreadable)


def test_a_code_is_proved_step_by_step(fakes: FakeCodesDesk) -> None:
    desk = fakes.desk()
    desk.prove("a code", mac(3).readable)
    assert [fakes.ear.wait(ProofGoesOn).step for _ in ProofStep] == list(ProofStep)
    assert fakes.ear.wait(ProofSeen).proof.verdict is ProofVerdict.BINDS
    desk.prove("a code")
    assert fakes.prover.asked == [("a code", PRODUCT.key, mac(3)), ("a code", PRODUCT.key, None)]
    desk.prove("a code", "nonsense")
    assert isinstance(fakes.ear.wait(CodesDone).failure, NotAnIdentity)
    assert len(fakes.prover.asked) == 2


def test_a_proof_is_stopped_and_says_so(fakes: FakeCodesDesk) -> None:
    desk = fakes.desk()
    fakes.prover.before = desk.stop_proof
    desk.prove("a code")
    assert fakes.ear.wait(CodesDone) == CodesDone(CodesWork.PROVE)


def test_a_fetch_whose_end_cannot_be_written_waits_for_a_person_and_goes_on(fakes: FakeCodesDesk) -> None:
    full = PoolNotWritten("codes.sqlite", "disk full")
    fakes.ranges.after = lambda _task: setattr(fakes.pool, "failing", full)
    desk = fakes.desk()
    desk.fetch()
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.PAUSED).failure is full
    assert [each.state for each in fakes.ear.wait(PoolSeen).fetches] == [FetchState.PAUSED]
    fakes.pool.failing, fakes.ranges.after = None, lambda _task: None
    desk.pause()
    assert [each.state for each in fakes.ear.wait(PoolSeen).fetches] == [FetchState.PAUSED]
    assert fakes.pool.fetch(1).state is FetchState.PAUSED, "now it is written"
    desk.go_on(1)
    assert fakes.ear.wait(FetchSeen, lambda told: told.fetch.state is FetchState.DONE).done == 10


def test_a_fetch_of_another_program_is_told_as_that(fakes: FakeCodesDesk) -> None:
    fakes.pool.begin_fetch("WO-7", PRODUCT.key, SERVICE, (macs(0, 5),))
    fakes.held = True
    desk = fakes.desk()
    asks: list[Callable[[], None]] = [desk.look, desk.pause, desk.fetch]
    for ask in asks:
        ask()
        seen = fakes.ear.wait(PoolSeen)
        assert (seen.elsewhere, seen.fetches[0].state) == (frozenset({1}), FetchState.RUNNING)
    assert any(isinstance(told, CodesDone) and isinstance(told.failure, FetchUnderWay) for told in fakes.ear.told)
    fakes.held = False
    desk.look()
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.elsewhere, seen.fetches[0].state) == (frozenset(), FetchState.PAUSED), "it died"


def test_a_fetch_of_this_program_is_nobody_elses(fakes: FakeCodesDesk, threaded: CodesDesk) -> None:
    fakes.ranges.failures = [ServiceThrottles(SERVICE, 600.0)]
    threaded.fetch()
    fakes.ear.wait(FetchSeen, lambda told: told.waits_s > 0)
    threaded.look()
    seen = fakes.ear.wait(PoolSeen)
    assert (seen.elsewhere, seen.fetches[0].state) == (frozenset(), FetchState.RUNNING)


def test_a_fetch_that_begins_tells_how_far_it_is_and_can_be_paused(
    fakes: FakeCodesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_fetch, "COUNTED_AT_ONCE", 4)
    enough = [lambda: None]

    class Impatient(Ear):
        def hear(self, happening: Happening) -> None:
            super().hear(happening)
            if isinstance(happening, CodesProgress):
                enough[0]()

    fakes.ear = Impatient()
    desk = fakes.desk()
    enough[0] = desk.pause
    desk.fetch()
    assert fakes.ear.told == [CodesProgress(CodesWork.FETCH, "", 4, 10), CodesDone(CodesWork.FETCH)]
    assert not fakes.pool.kept.fetches


def test_hundreds_of_steps_of_a_file_are_told_now_and_then(
    fakes: FakeCodesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = [0.0]
    monkeypatch.setattr(code_files, "Seldom", partial(Seldom, lambda: time[0]))

    def take_time() -> None:
        time[0] += 0.015

    fakes.files.before = take_time
    fakes.files.files["/mail/x"] = [zip_of({mac(number): f"{number}"}, f"{number}.zip") for number in range(100)]
    import_codes(fakes.scheme(), "/mail/x", Stop(), fakes.ear.hear)
    assert 10 <= len(fakes.ear.told) <= 16
    assert fakes.ear.told[0] == CodesProgress(CodesWork.IMPORT, "/mail/x", 1, 100)


def test_closing_stops_a_proof(fakes: FakeCodesDesk) -> None:
    begun = threading.Event()

    class Patient(FakeProver):
        def prove(
            self,
            content: str,
            product_key: str,
            expected: Identity | None,
            stop: Stop,
            step: Callable[[ProofStep], None],
        ) -> BindingProof:
            begun.set()
            stop.sleep(WAIT_S)
            return super().prove(content, product_key, expected, stop, step)

    fakes.prover = Patient()
    desk = fakes.desk(ThreadLane)
    desk.prove("a code")
    assert begun.wait(WAIT_S)
    desk.close()
    assert fakes.ear.wait(CodesDone) == CodesDone(CodesWork.PROVE)
    assert not fakes.prover.asked
