"""Waiting jobs go in order and one at a time, and nothing fires by itself after something went wrong."""

from dataclasses import dataclass, field

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.ledger_failures import DiskFull, NothingRecorded
from gizqr_station.domain.print_queue_failures import NotQueued, PrinterUnsuitable
from gizqr_station.domain.printer_failures import CoverOpen, MediaOut, PrinterConnectionLost, RollEnded
from gizqr_station.domain.printer_setup_failures import LabelTooLarge, PrinterUnknown
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.happenings import Happening, JobChanged, QueueSeen
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.print_queue import QueueRun, reassign, release_and_print, run_queue
from tests.contracts.ledger_samples import IMAGE, draft, mac
from tests.fake_bench import FakePrinter
from tests.fakes import FakeLedger

LOST = PrinterConnectionLost("fake printer", 4, 9)


@dataclass
class Desk:
    """A ledger with jobs that wait for a printer."""

    ledger: FakeLedger = field(default_factory=FakeLedger)
    printer: FakePrinter = field(default_factory=FakePrinter)
    told: list[Happening] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)

    def waiting(self, count: int, **changes: object) -> list[int]:
        numbers = range(len(self.ledger.kept.jobs), len(self.ledger.kept.jobs) + count)
        about: dict[str, object] = {"printer": "fake printer", **changes}
        return [
            self.ledger.enqueue(
                draft(self.ledger.next_label_serial(), identity=mac(number), **about), IMAGE, who="batch"
            ).id
            for number in numbers
        ]

    def run(self, jobs: list[int]) -> QueueRun:
        return run_queue(self.ledger, self.printer, jobs, who="batch", stop=self.stop, tell=self.told.append)

    def release(self, job: int) -> Failure | None:
        return release_and_print(
            self.ledger, job, self.printer, who="qa", stop=self.stop, tell=self.told.append
        ).failure

    @property
    def printed(self) -> list[int]:
        return [int(name) for name, _ in self.printer.printed]

    @property
    def held(self) -> list[tuple[int, str]]:
        return [(queued.job.id, queued.reason) for queued in self.ledger.queued() if queued.held]

    def states(self) -> list[JobState]:
        return [job.state for job in self.ledger.kept.jobs.values()]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refused(failure: Failure) -> PrintReport:
    return PrintReport(PrintOutcome.REFUSED, 0, failure)


def test_jobs_are_sent_in_order_and_written_down_as_the_line_does(desk: Desk) -> None:
    jobs = desk.waiting(3)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9), PrintReport(PrintOutcome.ACCEPTED, 9)]
    ended = desk.run(jobs)
    assert (desk.printed, ended.failure) == (jobs, None)
    assert [job.state for job in ended.sent] == [JobState.PRINTED, JobState.SENT, JobState.SENT]
    assert desk.printer.printed[0][1] == IMAGE
    assert [(entry.state, entry.evidence) for entry in desk.ledger.history(jobs[0])] == [
        (JobState.INTENDED, ""),
        (JobState.INTENDED, "queued"),
        (JobState.SENT, "to fake printer"),
        (JobState.PRINTED, "9 bytes"),
    ]
    assert [type(told) for told in desk.told] == [JobChanged] * 6
    assert list(desk.ledger.queued()) == []


def test_a_job_is_sent_in_the_ledger_before_its_first_byte(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    seen: list[JobState] = []
    desk.printer.before = lambda name: seen.append(desk.ledger.kept.jobs[int(name)].state)
    desk.run([job])
    assert seen == [JobState.SENT]


def test_only_what_this_run_has_queued_is_sent(desk: Desk) -> None:
    old = desk.waiting(2)
    mine = desk.waiting(2)
    desk.run(mine)
    assert desk.printed == mine
    assert [queued.job.id for queued in desk.ledger.queued()] == old


@pytest.mark.parametrize("at", [0, 1])
def test_a_printer_that_is_not_ready_gets_nothing_and_all_that_waits_is_held(desk: Desk, at: int) -> None:
    jobs = desk.waiting(3)
    elsewhere = desk.waiting(1, printer="B")

    def open_cover(_job: str) -> None:
        desk.printer.off = CoverOpen("fake printer")

    if at == 0:
        open_cover("")
    desk.printer.before = open_cover
    ended = desk.run(jobs)
    assert isinstance(ended.failure, CoverOpen)
    assert desk.printed == jobs[:at]
    assert desk.held == [(job, "E-PRN-06") for job in jobs[at:]]
    assert not desk.ledger.queued_job(elsewhere[0]).held
    assert desk.told[-1] == QueueSeen(tuple(desk.ledger.queued()))


def test_a_printer_that_is_back_gets_nothing_before_a_person_says_so(desk: Desk) -> None:
    jobs = desk.waiting(2)
    desk.printer.off = MediaOut("fake printer")
    desk.run(jobs)
    desk.printer.off = None
    assert desk.run(jobs) == QueueRun((), None)
    assert desk.printed == []
    assert desk.release(jobs[1]) is None
    assert desk.printed == [jobs[1]]
    assert desk.held == [(jobs[0], "E-PRN-04")]


def test_a_roll_that_ends_stops_the_run_before_the_half_label(desk: Desk) -> None:
    jobs = desk.waiting(3)
    desk.ledger.load_supply("fake printer", SupplyKind.LABELS, 2, 0, who="lead")
    ended = desk.run(jobs)
    assert isinstance(ended.failure, RollEnded)
    assert (desk.printed, desk.held) == (jobs[:2], [(jobs[2], "E-PRN-29")])


def test_a_refused_label_is_failed_and_stops_the_run(desk: Desk) -> None:
    jobs = desk.waiting(3)
    desk.printer.reports = [refused(LabelTooLarge("fake printer", "40x30", "25x25"))]
    ended = desk.run(jobs)
    assert (ended.sent, type(ended.failure)) == ((), LabelTooLarge)
    assert desk.states() == [JobState.FAILED, JobState.INTENDED, JobState.INTENDED]
    assert [job for job, _ in desk.held] == jobs[1:]


def test_a_label_that_nobody_can_account_for_stops_the_run_and_is_not_sent_again(desk: Desk) -> None:
    jobs = desk.waiting(2)
    desk.printer.reports = [PrintReport(PrintOutcome.UNKNOWN, 4, LOST)]
    ended = desk.run(jobs)
    assert [job.state for job in ended.sent] == [JobState.UNKNOWN]
    assert (ended.failure, desk.held) == (LOST, [(jobs[1], "E-PRN-03")])
    desk.run(jobs)
    with pytest.raises(NotQueued):
        desk.release(jobs[0])
    assert desk.printed == jobs[:1]


def test_a_stop_between_two_labels_holds_the_rest(desk: Desk) -> None:
    jobs = desk.waiting(3)
    desk.printer.before = lambda _job: desk.stop.set()
    with pytest.raises(Stopped):
        desk.run(jobs)
    assert (desk.printed, desk.held) == (jobs[:1], [(jobs[1], "stopped"), (jobs[2], "stopped")])


def test_a_stop_is_a_stop_even_when_the_ledger_cannot_be_written(desk: Desk) -> None:
    jobs = desk.waiting(1)
    desk.stop.set()
    desk.ledger.failing = DiskFull("ledger")
    with pytest.raises(Stopped):
        desk.run(jobs)
    assert desk.printed == []


def test_what_cannot_be_written_down_is_not_printed(desk: Desk) -> None:
    jobs = desk.waiting(2)
    desk.ledger.failing = DiskFull("ledger")
    with pytest.raises(DiskFull):
        desk.run(jobs)
    with pytest.raises(DiskFull):
        desk.release(jobs[0])
    assert desk.printed == []


def test_a_ledger_that_fills_up_while_a_label_is_on_its_way_stops_the_run(desk: Desk) -> None:
    jobs = desk.waiting(2)

    def fill(_job: str) -> None:
        desk.ledger.failing = DiskFull("ledger")

    desk.printer.before = fill
    with pytest.raises(DiskFull):
        desk.run(jobs)
    assert desk.printed == jobs[:1]
    assert desk.states() == [JobState.SENT, JobState.INTENDED]


@pytest.mark.parametrize("state", [JobState.VERIFIED, JobState.VOIDED])
def test_a_label_that_a_person_settled_before_its_printer_answered_stays_settled(desk: Desk, state: JobState) -> None:
    jobs = desk.waiting(2)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9)]

    def settled_by_hand(name: str) -> None:
        if int(name) == jobs[0]:
            desk.ledger.move(desk.ledger.job(jobs[0]), state, who="qa", evidence="scanned back")

    desk.printer.before = settled_by_hand
    if state is JobState.VERIFIED:
        assert desk.release(jobs[0]) is None
    else:
        desk.run(jobs[:1])
    assert desk.states()[0] is state
    assert [entry.evidence for entry in desk.ledger.history(jobs[0])][-2:] == ["scanned back", "confirmed: 9 bytes"]


def test_damage_in_the_next_job_holds_the_rest_and_writes_what_became_of_the_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = desk.waiting(3)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9)]
    desk.ledger.kept.images.pop(jobs[1])
    with pytest.raises(NothingRecorded):
        desk.run(jobs)
    assert desk.states() == [JobState.PRINTED, JobState.INTENDED, JobState.INTENDED]
    assert desk.held == [(job, NothingRecorded.code) for job in jobs[1:]]


def test_what_others_did_with_a_job_meanwhile_is_respected(desk: Desk) -> None:
    jobs = desk.waiting(6)
    desk.ledger.hold(jobs[0], who="qa", reason="wait")
    desk.ledger.cancel(jobs[1], who="qa")
    desk.ledger.reassign(jobs[2], "B", who="qa")
    desk.ledger.take(jobs[3], who="qa")

    def hold_the_last(_job: str) -> None:
        desk.ledger.hold(jobs[5], who="qa", reason="wait")

    desk.printer.before = hold_the_last
    assert desk.run(jobs).failure is None
    assert desk.printed == [jobs[4]]
    assert [queued.job.id for queued in desk.ledger.queued()] == [jobs[0], jobs[2], jobs[5]]


def test_a_job_that_is_held_between_the_look_and_the_taking_is_passed_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = desk.waiting(2)
    image = desk.ledger.image

    def held_meanwhile(job: int) -> object:
        if job == jobs[0]:
            desk.ledger.hold(job, who="qa", reason="wait")
        return image(job)

    monkeypatch.setattr(desk.ledger, "image", held_meanwhile)
    assert desk.run(jobs).failure is None
    assert (desk.printed, desk.held) == ([jobs[1]], [(jobs[0], "wait")])


def test_a_job_of_another_resolution_is_held_and_the_others_go_on(desk: Desk) -> None:
    jobs = [*desk.waiting(1, dpi=300), *desk.waiting(1)]
    assert desk.run(jobs).failure is None
    assert (desk.printed, desk.held) == ([jobs[1]], [(jobs[0], "E-PRN-34")])


def test_what_became_of_a_label_is_written_with_the_taking_of_the_next(desk: Desk) -> None:
    jobs = desk.waiting(3)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9) for _ in jobs]
    seen: list[list[JobState]] = []
    desk.printer.before = lambda _job: seen.append(desk.states())
    desk.run(jobs)
    sent, printed, waits = JobState.SENT, JobState.PRINTED, JobState.INTENDED
    assert seen == [[sent, waits, waits], [printed, sent, waits], [printed, printed, sent]]
    assert desk.states() == [printed] * 3


def test_what_became_of_a_label_is_written_when_the_run_is_stopped(desk: Desk) -> None:
    jobs = desk.waiting(2)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9)]
    desk.printer.before = lambda _job: desk.stop.set()
    with pytest.raises(Stopped):
        desk.run(jobs)
    assert desk.states() == [JobState.PRINTED, JobState.INTENDED]


@pytest.mark.parametrize("nth", [0, 1])
def test_a_job_that_is_moved_between_the_look_and_the_taking_is_passed_over(
    desk: Desk, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = desk.waiting(2)
    image = desk.ledger.image

    def moved_meanwhile(job: int) -> object:
        if job == jobs[nth]:
            desk.ledger.reassign(job, "B", who="qa")
        return image(job)

    monkeypatch.setattr(desk.ledger, "image", moved_meanwhile)
    assert desk.run(jobs).failure is None
    assert desk.printed == [jobs[1 - nth]]


@pytest.mark.parametrize("act", ["hold", "cancel"])
def test_what_became_of_a_label_is_written_when_the_next_is_passed_over(desk: Desk, act: str) -> None:
    jobs = desk.waiting(2)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9)]

    def take_the_next_away(_job: str) -> None:
        desk.ledger.hold(jobs[1], who="qa", reason="wait") if act == "hold" else desk.ledger.cancel(jobs[1], who="qa")

    desk.printer.before = take_the_next_away
    ended = desk.run(jobs)
    assert [job.state for job in ended.sent] == [JobState.PRINTED]
    assert desk.states()[0] is JobState.PRINTED


def test_what_became_of_a_label_is_written_when_the_printer_then_is_not_ready(desk: Desk) -> None:
    jobs = desk.waiting(2)
    desk.printer.reports = [PrintReport(PrintOutcome.CONFIRMED, 9)]

    def open_cover(_job: str) -> None:
        desk.printer.off = CoverOpen("fake printer")

    desk.printer.before = open_cover
    desk.run(jobs)
    assert desk.states() == [JobState.PRINTED, JobState.INTENDED]


# one label, by a person


@pytest.mark.parametrize("because", ["", "E-PRN-04"])
def test_a_person_releases_one_label_and_it_is_printed_now(desk: Desk, because: str) -> None:
    jobs = desk.waiting(2)
    for job in jobs if because else []:
        desk.ledger.hold(job, who="batch", reason=because)
    assert desk.release(jobs[1]) is None
    assert desk.printed == [jobs[1]]
    assert [(entry.who, entry.evidence) for entry in desk.ledger.history(jobs[1])][-3:] == [
        ("qa", "released"),
        ("qa", "to fake printer"),
        ("qa", "1000 bytes"),
    ]
    assert [queued.job.id for queued in desk.ledger.queued()] == [jobs[0]]


def test_what_becomes_of_a_released_label_is_in_the_answer(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    desk.printer.reports = [refused(MediaOut("fake printer"))]
    assert isinstance(desk.release(job), MediaOut)
    assert desk.states() == [JobState.FAILED]


def test_a_label_whose_printer_is_not_ready_stays_held(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    desk.ledger.hold(job, who="batch", reason="E-PRN-04")
    desk.printer.off = MediaOut("fake printer")
    with pytest.raises(MediaOut):
        desk.release(job)
    desk.printer.off = None
    desk.ledger.load_supply("fake printer", SupplyKind.LABELS, 1, 0, who="lead")
    desk.ledger.use_supply("fake printer", 1)
    with pytest.raises(RollEnded):
        desk.release(job)
    assert (desk.printed, desk.held) == ([], [(job, "E-PRN-04")])


def test_a_label_goes_only_to_the_printer_that_it_waits_for(desk: Desk) -> None:
    (job,) = desk.waiting(1, printer="B")
    with pytest.raises(PrinterUnknown) as unknown:
        desk.release(job)
    assert (unknown.value.printer, unknown.value.known) == ("B", "fake printer")
    assert desk.printed == []


def test_a_stop_before_a_released_label_leaves_it_waiting(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    desk.ledger.hold(job, who="batch", reason="E-PRN-04")
    desk.stop.set()
    with pytest.raises(Stopped):
        desk.release(job)
    assert (desk.printed, desk.held) == ([], [(job, "E-PRN-04")])


def test_a_label_that_was_printed_is_not_released_once_more(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    desk.release(job)
    with pytest.raises(NotQueued):
        desk.release(job)
    assert desk.printed == [job]


def test_a_label_whose_dots_are_gone_is_not_sent(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    desk.ledger.kept.images.clear()
    with pytest.raises(NothingRecorded):
        desk.release(job)
    assert desk.states() == [JobState.INTENDED]


# to another printer


def test_a_job_moves_to_a_printer_of_its_resolution(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    moved = reassign(desk.ledger, job, FakePrinter(name="B", dpi=203), who="qa")
    assert (moved.printer, moved.by) == ("B", "qa")


def test_dots_of_another_size_are_not_moved_and_not_sent(desk: Desk) -> None:
    (job,) = desk.waiting(1)
    with pytest.raises(PrinterUnsuitable) as unsuitable:
        reassign(desk.ledger, job, FakePrinter(name="B", dpi=300), who="qa")
    assert unsuitable.value.values() == {"job": job, "printer": "B", "drawn_dpi": 203, "printer_dpi": 300}
    assert desk.ledger.queued_job(job).printer == "fake printer"
    desk.printer.dpi = 300
    with pytest.raises(PrinterUnsuitable):
        desk.release(job)
    assert desk.printed == []
