"""The printer desk: every request returns at once and is answered, whatever becomes of it."""

import logging
import threading
from collections.abc import Iterator

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.print_queue_failures import NotQueued, PrinterUnsuitable, QueueWaits
from gizqr_station.domain.printer import FoundPrinter, Language, Media, PrinterStatus
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import MediaOut, PrinterConnectionLost, PrinterUnreachable, RollEnded
from gizqr_station.domain.printer_setup_failures import (
    CannotCalibrate,
    LanguageUnanswered,
    LanguageUnsuited,
    PrinterNameTaken,
    PrinterNeeded,
    PrinterUnknown,
)
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.workflows import printer_looks
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    FaultSeen,
    JobChanged,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    SearchEnded,
)
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.printer_desk import PrinterDesk
from gizqr_station.workflows.printer_trials import FED_BY_CALIBRATION
from tests.contracts.ledger_samples import IMAGE, draft
from tests.fake_bench import WAIT_S
from tests.fake_desk import WHO, FakeDesk, config_of

FULL = DiskFull("ledger.sqlite")


@pytest.fixture
def fakes() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def desk(fakes: FakeDesk) -> PrinterDesk:
    """Everything happens at once."""
    return fakes.desk(fakes.pool())


@pytest.fixture
def threads(fakes: FakeDesk) -> Iterator[PrinterDesk]:
    """As in the station: everything on its own lane."""
    pool = fakes.pool(ThreadLane)
    made = fakes.desk(pool, ThreadLane)
    yield made
    made.close()
    pool.close()


def done(fakes: FakeDesk) -> DeskDone:
    """The one answer there was."""
    answers = [told for told in fakes.ear.told if isinstance(told, DeskDone)]
    assert len(answers) == 1, fakes.ear.told
    return answers[0]


def queued(fakes: FakeDesk, printer: str = "a", *, held: str = "E-PRN-04", dpi: int = 203) -> int:
    """A job that waits; its number."""
    waiting = draft(fakes.ledger.next_label_serial(), printer=printer, dpi=dpi)
    return fakes.ledger.enqueue(waiting, IMAGE, who="x", held_because=held).id


# looking for printers


def test_a_search_tells_what_it_finds_and_when_it_is_over(fakes: FakeDesk, desk: PrinterDesk) -> None:
    found = FoundPrinter(PrinterAddress.parse("tcp://192.0.2.7"), "ZD421")
    fakes.finder.finds = [found]
    desk.look_for_printers()
    desk.look_for_printers()
    assert fakes.ear.told == [PrinterFound(found), SearchEnded()] * 2


def test_a_search_gives_way_to_the_next_one_which_alone_says_that_it_is_over(
    fakes: FakeDesk, threads: PrinterDesk
) -> None:
    found = FoundPrinter(PrinterAddress.parse("tcp://192.0.2.7"), "ZD421")
    fakes.finder.finds, fakes.finder.waits = [found], True
    threads.look_for_printers()
    fakes.ear.wait(PrinterFound)
    fakes.finder.began.clear()
    threads.look_for_printers()
    assert fakes.finder.began.wait(WAIT_S)
    fakes.ear.wait(PrinterFound)
    assert SearchEnded() not in fakes.ear.told
    fakes.finder.waits = False
    fakes.ear.wait(SearchEnded)


def test_a_search_does_not_keep_the_desk_from_closing(fakes: FakeDesk, threads: PrinterDesk) -> None:
    fakes.finder.waits = True
    threads.look_for_printers()
    assert fakes.finder.began.wait(WAIT_S)
    threads.close()
    told = list(fakes.ear.told)
    threads.look_for_printers()
    threads.look_at("a")
    threads.shown(visible=True)
    assert fakes.ear.told == told, "a closed desk does nothing more"


# looking at printers


def test_a_look_tells_state_and_supplies(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 500, 50, who="x")
    desk.look_at("a")
    supply = Supply("a", SupplyKind.LABELS, 500, 500, 50)
    assert fakes.ear.told == [PrinterLooked("a", PrinterStatus(), (supply,))]


def test_a_look_at_an_unknown_printer_says_so(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.look_at("c")
    (looked,) = fakes.ear.told
    assert isinstance(looked, PrinterLooked)
    assert isinstance(looked.status.failure, PrinterUnknown)


def test_a_printer_that_breaks_the_program_is_told_as_a_fault_of_its_own(
    fakes: FakeDesk, desk: PrinterDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_stop: Stop) -> PrinterStatus:
        raise RuntimeError("broken")

    desk.look_at("a")
    monkeypatch.setattr(fakes.made["a"], "status", broken)
    desk.look_at("a")
    desk.look_at("b")
    (_, looked, other) = fakes.ear.told
    assert isinstance(looked, PrinterLooked)
    assert isinstance(looked.status.failure, ProgramFault)
    assert other == PrinterLooked("b", PrinterStatus())
    assert "broken" in caplog.text


def test_a_slow_printer_does_not_hold_up_a_look_at_another(
    fakes: FakeDesk, threads: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = threading.Event(), threading.Event()

    def slow(_stop: Stop) -> PrinterStatus:
        asked.set()
        assert answers.wait(WAIT_S)
        return PrinterStatus()

    threads.look_at("a")
    fakes.ear.wait(PrinterLooked)
    monkeypatch.setattr(fakes.made["a"], "status", slow)
    try:
        for _ in range(5):
            threads.look_at("a")
        assert asked.wait(WAIT_S)
        for _ in range(3):
            threads.look_at("b")
            fakes.ear.wait(PrinterLooked, lambda looked: looked.printer == "b")
    finally:
        answers.set()
    fakes.ear.wait(PrinterLooked, lambda looked: looked.printer == "a")
    threads.look_at("b")
    fakes.ear.wait(PrinterLooked, lambda looked: looked.printer == "b")
    looked = [told for told in fakes.ear.told if isinstance(told, PrinterLooked) and told.printer == "a"]
    assert len(looked) == 2, "looks at a printer that does not answer do not pile up"


def test_while_the_page_is_shown_everything_is_looked_at_again_and_again(
    fakes: FakeDesk, threads: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_looks, "LOOK_EVERY_S", 0.01)
    job = queued(fakes)
    threads.shown(visible=True)
    threads.shown(visible=True)
    known = fakes.ear.wait(PrintersKnown)
    assert ([config.name for config in known.printers], known.line_printer) == (["a", "b"], "a")
    for _ in range(3):
        assert {fakes.ear.wait(PrinterLooked).printer for _ in "ab"} <= {"a", "b"}
        seen = fakes.ear.wait(QueueSeen)
        assert [waiting.job.id for waiting in seen.jobs] == [job]
    fakes.shelf.kept = (config_of("a"),)
    assert len(fakes.ear.wait(PrintersKnown).printers) == 1, "somebody edited the settings"
    assert sum(isinstance(told, PrintersKnown) for told in fakes.ear.told) == 2, "told when they change"
    threads.shown(visible=False)
    threads.shown(visible=True)
    fakes.ear.wait(PrintersKnown)
    threads.shown(visible=False)


def test_a_page_that_is_hidden_is_not_looked_for(
    fakes: FakeDesk, threads: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_looks, "LOOK_EVERY_S", 0.01)
    threads.shown(visible=False)
    threads.shown(visible=True)
    fakes.ear.wait(QueueSeen)
    threads.shown(visible=False)
    threads.close()
    told = len(fakes.ear.told)
    threads.shown(visible=True)
    assert len(fakes.ear.told) == told


def test_the_watch_goes_on_through_settings_that_cannot_be_read_for_a_while(
    fakes: FakeDesk, threads: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_looks, "LOOK_EVERY_S", 0.01)
    threads.shown(visible=True)
    fakes.ear.wait(QueueSeen)
    fakes.shelf.broken = SettingInvalid("settings.toml", "printers", "half written")
    for _ in range(3):
        fakes.ear.wait(PrinterLooked)
        fakes.ear.wait(QueueSeen)
    fakes.shelf.kept, fakes.shelf.broken = (config_of("a"),), None
    fakes.ear.wait(PrintersKnown, lambda known: len(known.printers) == 1)


def test_the_watch_goes_on_through_a_ledger_that_cannot_be_read(
    fakes: FakeDesk, threads: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(printer_looks, "LOOK_EVERY_S", 0.01)
    for name in ("queued", "supplies"):
        monkeypatch.setattr(fakes.ledger, name, broken)
    threads.shown(visible=True)
    for _ in range(4):
        assert fakes.ear.wait(PrinterLooked).supplies == ()


# setting up


def test_a_saved_printer_is_known_and_looked_at_at_once(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.save(config_of("c"), "")
    assert [config.name for config in fakes.shelf.kept] == ["a", "b", "c"]
    known, looked, answer = fakes.ear.told
    assert known == PrintersKnown(fakes.shelf.kept, "a")
    assert looked == PrinterLooked("c", PrinterStatus())
    assert answer == DeskDone(DeskWork.SAVE, "c")


def test_the_first_wrong_choice_is_explained_at_once(fakes: FakeDesk, desk: PrinterDesk) -> None:
    wrong = LanguageUnanswered("b", "zpl")
    desk.look_at("b")
    fakes.made["b"].off = wrong
    desk.save(config_of("b", media=Media(50, 30)), "b")
    assert PrinterLooked("b", PrinterStatus(wrong)) in fakes.ear.told
    assert done(fakes).failure is None, "it is set up all the same"


@pytest.mark.parametrize(
    ("name", "was", "failure"), [("b", "", PrinterNameTaken), ("b", "a", PrinterNameTaken), ("c", "d", PrinterUnknown)]
)
def test_a_printer_that_cannot_be_saved_changes_nothing(
    fakes: FakeDesk, desk: PrinterDesk, name: str, was: str, failure: type[Failure]
) -> None:
    before = fakes.shelf.kept
    desk.save(config_of(name, "elsewhere"), was)
    assert isinstance(done(fakes).failure, failure)
    assert fakes.shelf.kept == before
    assert fakes.ear.told == [done(fakes)]


def test_a_language_that_the_connection_does_not_take_is_not_saved(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.save(config_of("c", language=Language.PDF), "")
    answer = done(fakes)
    assert (answer.work, answer.printer, type(answer.failure)) == (DeskWork.SAVE, "c", LanguageUnsuited)


def test_settings_that_cannot_be_written_are_told(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.shelf.broken = SettingInvalid("settings.toml", "printers.0.name", "too long")
    desk.save(config_of("c"), "")
    assert done(fakes).failure is fakes.shelf.broken


def test_the_line_s_printer_stays_it_under_its_new_name(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.save(config_of("zebra", "a"), "a")
    assert (fakes.shelf.line, [config.name for config in fakes.shelf.kept]) == ("zebra", ["zebra", "b"])


def test_another_printer_s_new_name_does_not_make_it_the_line_s(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.save(config_of("c", "b"), "b")
    assert fakes.shelf.line == "a"


def test_jobs_and_supplies_go_on_under_the_new_name(fakes: FakeDesk, desk: PrinterDesk) -> None:
    job = queued(fakes)
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 500, 50, who="x")
    fakes.ledger.use_supply("a", 7)
    desk.save(config_of("zebra", "a"), "a")
    (waiting,) = fakes.ledger.queued()
    assert (waiting.job.id, waiting.printer, waiting.held, waiting.by) == (job, "zebra", True, WHO)
    assert [supply.left for supply in fakes.ledger.supplies("zebra")] == [493]
    assert fakes.ledger.supplies("a") == ()
    assert QueueSeen((waiting,)) in fakes.ear.told


def test_a_ledger_that_cannot_follow_a_new_name_is_told_and_the_printer_known(
    fakes: FakeDesk, desk: PrinterDesk
) -> None:
    queued(fakes)
    fakes.ledger.failing = FULL
    desk.save(config_of("zebra", "a"), "a")
    assert done(fakes).failure is FULL
    assert PrintersKnown(fakes.shelf.kept, "zebra") in fakes.ear.told


def test_a_removed_printer_is_gone_with_its_count(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.ledger.load_supply("b", SupplyKind.LABELS, 5, 1, who="x")
    desk.remove("b")
    assert [config.name for config in fakes.shelf.kept] == ["a"]
    assert fakes.ledger.supplies("b") == ()
    assert fakes.ear.told == [PrintersKnown(fakes.shelf.kept, "a"), DeskDone(DeskWork.SAVE, "b")]


def test_a_printer_that_labels_wait_for_is_not_removed(fakes: FakeDesk, desk: PrinterDesk) -> None:
    queued(fakes, "b")
    desk.remove("b")
    failure = done(fakes).failure
    assert isinstance(failure, QueueWaits)
    assert (failure.printer, failure.jobs, len(fakes.shelf.kept)) == ("b", 1, 2)


def test_the_line_s_printer_is_not_removed(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.remove("a")
    assert isinstance(done(fakes).failure, PrinterNeeded)
    assert len(fakes.shelf.kept) == 2


def test_the_line_prints_on_the_printer_that_was_chosen(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    desk = fakes.desk(pool)
    desk.use_for_line("b")
    assert (fakes.shelf.line, pool.line_printer.name) == ("b", "b")
    assert fakes.ear.told == [PrintersKnown(fakes.shelf.kept, "b"), DeskDone(DeskWork.SAVE, "b")]


def test_an_unknown_printer_is_not_chosen_for_the_line(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.use_for_line("c")
    assert isinstance(done(fakes).failure, PrinterUnknown)
    assert fakes.shelf.line == "a"


# test labels, calibration, supplies


@pytest.mark.parametrize("outcome", [PrintOutcome.CONFIRMED, PrintOutcome.ACCEPTED, PrintOutcome.UNKNOWN])
def test_a_test_label_is_counted_unless_nothing_was_sent(
    fakes: FakeDesk, desk: PrinterDesk, outcome: PrintOutcome, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    lost = PrinterConnectionLost("a", 1, 2) if outcome is PrintOutcome.UNKNOWN else None
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 10, 1, who="x")
    desk.look_at("a")
    fakes.made["a"].reports = [PrintReport(outcome, 1, lost)]
    desk.test_label("a")
    assert done(fakes) == DeskDone(DeskWork.TEST_LABEL, "a", lost, outcome)
    assert fakes.ledger.supplies("a")[0].left == 9
    ((job_name, image),) = fakes.made["a"].printed
    assert (job_name, image.dpi, fakes.painter.painted[0].mark) == ("TEST-20261122-080001", 203, "TEST")
    assert fakes.ledger.kept.jobs == {}, "no device, no job"
    assert f"{WHO} prints the test label {job_name} on a" in caplog.text
    looked = fakes.ear.told[-1]
    assert isinstance(looked, PrinterLooked)
    assert looked.supplies[0].left == 9


def test_a_test_label_that_was_refused_is_not_counted(fakes: FakeDesk, desk: PrinterDesk) -> None:
    off = PrinterUnreachable("a", "tcp://a:9100")
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 10, 1, who="x")
    desk.look_at("a")
    fakes.made["a"].reports = [PrintReport(PrintOutcome.REFUSED, 0, off)]
    desk.test_label("a")
    assert done(fakes) == DeskDone(DeskWork.TEST_LABEL, "a", off, PrintOutcome.REFUSED)
    assert fakes.ledger.supplies("a")[0].left == 10


def test_a_test_label_is_not_printed_on_an_ended_roll(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 1, 1, who="x")
    fakes.ledger.use_supply("a", 1)
    desk.test_label("a")
    assert isinstance(done(fakes).failure, RollEnded)
    assert fakes.made["a"].printed == []


def test_a_test_label_that_cannot_be_counted_is_told_with_its_outcome(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.look_at("a")
    fakes.made["a"].before = lambda _job: setattr(fakes.ledger, "failing", FULL)
    desk.test_label("a")
    assert done(fakes) == DeskDone(DeskWork.TEST_LABEL, "a", FULL, PrintOutcome.ACCEPTED)


def test_a_test_label_that_does_not_read_back_is_not_printed(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.read_back.failure = ReadBackDiffers("a", "b")
    desk.test_label("a")
    assert done(fakes).failure is fakes.read_back.failure
    assert fakes.made["a"].printed == []


def test_a_calibration_counts_the_labels_that_it_feeds(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 10, 1, who="x")
    desk.calibrate("a")
    assert (done(fakes), fakes.made["a"].calibrated) == (DeskDone(DeskWork.CALIBRATE, "a"), 1)
    assert fakes.ledger.supplies("a")[0].left == 10 - FED_BY_CALIBRATION


def test_a_printer_that_cannot_be_calibrated_feeds_nothing(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.ledger.load_supply("a", SupplyKind.LABELS, 10, 1, who="x")
    desk.look_at("a")
    fakes.made["a"].uncalibrated = CannotCalibrate("a", "escpos")
    desk.calibrate("a")
    assert done(fakes).failure is fakes.made["a"].uncalibrated
    assert fakes.ledger.supplies("a")[0].left == 10


@pytest.mark.parametrize("name", ["test_label", "calibrate"])
def test_an_unknown_printer_is_answered(fakes: FakeDesk, desk: PrinterDesk, name: str) -> None:
    getattr(desk, name)("c")
    answer = done(fakes)
    assert (answer.printer, type(answer.failure)) == ("c", PrinterUnknown)


def test_a_new_roll_is_written_down_with_who_put_it_in(fakes: FakeDesk, desk: PrinterDesk) -> None:
    desk.new_roll("a", SupplyKind.RIBBON, 900, 90)
    desk.new_roll("c", SupplyKind.RIBBON, 900, 90)
    assert fakes.ledger.kept.loads == [("a", SupplyKind.RIBBON, 900, 90, WHO)]
    looked, answer, other = fakes.ear.told
    assert looked == PrinterLooked("a", PrinterStatus(), (Supply("a", SupplyKind.RIBBON, 900, 900, 90),))
    assert answer == DeskDone(DeskWork.NEW_ROLL, "a")
    assert isinstance(other, DeskDone)
    assert isinstance(other.failure, PrinterUnknown)


# the queue


def test_a_held_job_is_shown_as_held_by_whoever_did_it(fakes: FakeDesk, desk: PrinterDesk) -> None:
    job = queued(fakes, held="")
    desk.hold(job)
    (waiting,) = fakes.ledger.queued()
    assert (waiting.held, waiting.by) == (True, WHO)
    assert fakes.ear.told == [DeskDone(DeskWork.QUEUE, "a"), QueueSeen((waiting,))]


def test_a_cancelled_job_waits_no_more_and_frees_its_device(fakes: FakeDesk, desk: PrinterDesk) -> None:
    job = queued(fakes)
    desk.cancel(job)
    assert fakes.ledger.kept.jobs[job].state is JobState.FAILED
    assert fakes.ear.told == [DeskDone(DeskWork.QUEUE, "a"), QueueSeen(())]
    assert fakes.ledger.history(job)[-1].who == WHO


def test_a_job_goes_to_another_printer_of_its_resolution_only(fakes: FakeDesk, desk: PrinterDesk) -> None:
    fakes.shelf.kept = (config_of("a"), config_of("b", dpi=300), config_of("c"))
    desk.look_at("a")
    job = queued(fakes)
    pool_knows = fakes.desk(fakes.pool())
    pool_knows.move(job, "b")
    answer = done(fakes)
    assert isinstance(answer.failure, PrinterUnsuitable)
    assert (answer.failure.drawn_dpi, answer.failure.printer_dpi) == (203, 300)
    assert fakes.ledger.queued()[0].printer == "a"
    pool_knows.move(job, "c")
    (waiting,) = fakes.ledger.queued()
    assert (waiting.printer, waiting.held, waiting.by) == ("c", True, WHO)


def test_a_job_is_not_moved_to_a_printer_that_is_not_set_up(fakes: FakeDesk, desk: PrinterDesk) -> None:
    job = queued(fakes)
    desk.move(job, "c")
    assert isinstance(done(fakes).failure, PrinterUnknown)
    assert fakes.ledger.queued()[0].printer == "a"


@pytest.mark.parametrize("outcome", [PrintOutcome.ACCEPTED, PrintOutcome.UNKNOWN])
def test_a_released_job_is_printed_once_and_told(fakes: FakeDesk, desk: PrinterDesk, outcome: PrintOutcome) -> None:
    job = queued(fakes)
    desk.look_at("a")
    lost = PrinterConnectionLost("a", 1, 2) if outcome is PrintOutcome.UNKNOWN else None
    fakes.made["a"].reports = [PrintReport(outcome, 1, lost)]
    desk.release(job)
    assert done(fakes) == DeskDone(DeskWork.QUEUE, "a", lost, outcome)
    assert fakes.made["a"].printed == [(str(job), IMAGE)]
    assert any(isinstance(told, JobChanged) for told in fakes.ear.told)
    assert QueueSeen(()) in fakes.ear.told
    assert WHO in {entry.who for entry in fakes.ledger.history(job)}
    desk.release(job)
    assert len(fakes.made["a"].printed) == 1, "a second press prints no second label"
    assert isinstance([told for told in fakes.ear.told if isinstance(told, DeskDone)][-1].failure, NotQueued)


def test_a_job_whose_printer_is_not_ready_still_waits(fakes: FakeDesk, desk: PrinterDesk) -> None:
    job = queued(fakes)
    desk.look_at("a")
    fakes.made["a"].off = MediaOut("a")
    desk.release(job)
    assert done(fakes).failure is fakes.made["a"].off
    assert [waiting.job.id for waiting in fakes.ledger.queued()] == [job]
    assert fakes.made["a"].printed == []


def test_a_job_is_released_on_the_printer_s_own_lane_after_what_is_printed_there(
    fakes: FakeDesk, threads: PrinterDesk
) -> None:
    job = queued(fakes)
    threads.look_at("a")
    fakes.ear.wait(PrinterLooked)
    lanes: list[str] = []
    fakes.made["a"].before = lambda _job: lanes.append(threading.current_thread().name)
    threads.release(job)
    threads.test_label("a")
    assert fakes.ear.wait(DeskDone).outcome is PrintOutcome.ACCEPTED
    assert fakes.ear.wait(DeskDone).work is DeskWork.TEST_LABEL
    assert [name.startswith("printer:tcp://a:9100") for name in lanes] == [True, True]


@pytest.mark.parametrize("press", ["hold", "cancel", "release"])
def test_a_job_that_waits_no_more_is_said_so(fakes: FakeDesk, desk: PrinterDesk, press: str) -> None:
    job = queued(fakes)
    fakes.ledger.cancel(job, who="somebody else")
    getattr(desk, press)(job)
    failure = done(fakes).failure
    assert isinstance(failure, NotQueued)
    assert (failure.job, failure.state) == (job, "failed")


def test_a_ledger_that_cannot_be_read_is_told_once_as_answer_and_once_as_fault(
    fakes: FakeDesk, desk: PrinterDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise FULL

    job = queued(fakes)
    for name in ("queued", "queued_job", "hold"):
        monkeypatch.setattr(fakes.ledger, name, broken)
    desk.hold(job)
    assert fakes.ear.told == [DeskDone(DeskWork.QUEUE, "", FULL), FaultSeen(FULL)]


def test_a_fault_of_the_program_is_an_answer_too(
    fakes: FakeDesk, desk: PrinterDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(fakes.shelf, "keep", None)
    desk.save(config_of("c"), "")
    failure = done(fakes).failure
    assert isinstance(failure, ProgramFault)
    assert failure.reason == "TypeError"
    assert "TypeError" in caplog.text


def test_every_request_returns_before_a_printer_has_answered(fakes: FakeDesk, threads: PrinterDesk) -> None:
    asked, answers = threading.Event(), threading.Event()

    def slow(_job: str) -> None:
        asked.set()
        assert answers.wait(WAIT_S)

    threads.look_at("a")
    fakes.ear.wait(PrinterLooked)
    fakes.made["a"].before = slow
    job = queued(fakes)
    try:
        threads.test_label("a")
        assert asked.wait(WAIT_S)
        threads.calibrate("a")
        threads.release(job)
        threads.save(config_of("c"), "")
        answer = fakes.ear.wait(DeskDone)
        assert (answer.work, answer.printer) == (DeskWork.SAVE, "c"), "the desk works on while a printer is busy"
    finally:
        answers.set()
    works = {fakes.ear.wait(DeskDone).work for _ in range(3)}
    assert works == {DeskWork.TEST_LABEL, DeskWork.CALIBRATE, DeskWork.QUEUE}
