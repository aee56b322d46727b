"""Labels that nobody knows of, ledgers that cannot be written, and whatever else happens: nothing twice, none lost."""

import random
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from gizqr_station.domain.batch import Batch, BatchState
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.list_failures import (
    BatchEnded,
    BatchUnderWay,
    LabelsInDoubt,
)
from gizqr_station.domain.printer_failures import (
    PrinterBusy,
    PrinterConnectionLost,
    PrinterUnreachable,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import HANDFUL
from gizqr_station.workflows.happenings import QueueSeen
from gizqr_station.workflows.ports import PrintReport
from tests.fake_bench import NOW, PRODUCT, FakeBench, content_of
from tests.fakes import FakeLedger, SteppingClock
from tests.workflows.batch_bench import FEW, MANY, BatchBench, mac, stop_at

# labels in doubt


def test_a_label_that_nobody_knows_of_pauses_it_until_a_person_has_settled_it() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.fakes.printer.reports = [
        PrintReport(PrintOutcome.ACCEPTED, 9),
        PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9)),
    ]
    paused = bench.run()
    assert isinstance(paused.failure, LabelsInDoubt)
    assert paused.failure.values() == {"label_serial": "L-000002", "identity": MANY[1].readable}
    assert (paused.batch.reason, len(bench.printed())) == ("E-LIN-28", 2)
    for _ in range(2):
        with pytest.raises(LabelsInDoubt):
            bench.go_on()
    assert (len(bench.printed()), bench.fakes.ledger.batch(1).state) == (2, BatchState.PAUSED)
    bench.fakes.ledger.move(bench.fakes.ledger.job(2), JobState.VERIFIED, who="Li Wei")
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, MANY)


def test_no_further_labels_are_drawn_behind_one_that_nobody_knows_of() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.fakes.printer.reports = [PrintReport(PrintOutcome.UNKNOWN, 4)]
    assert isinstance(bench.run().failure, LabelsInDoubt)
    assert len(bench.fakes.painter.painted) == HANDFUL


def test_a_pause_behind_a_label_that_nobody_knows_of_says_so() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.fakes.printer.reports = [PrintReport(PrintOutcome.UNKNOWN, 4)]
    stop_at(bench, 1)
    paused = bench.run()
    assert isinstance(paused.failure, LabelsInDoubt)
    assert (paused.batch.state, paused.batch.reason) == (BatchState.PAUSED, LabelsInDoubt.code)


def test_a_label_that_did_not_come_out_is_made_anew_with_its_revision_mark() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.fakes.printer.reports = [PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9))]
    bench.run()
    bench.fakes.ledger.move(bench.fakes.ledger.job(1), JobState.VOIDED, who="Li Wei")
    assert bench.go_on().batch.state is BatchState.DONE
    again = bench.fakes.ledger.latest(PRODUCT.key, MANY[0])
    assert again is not None
    assert (again.mark, again.draft.scan_back_due, again.draft.content) == ("R1", True, content_of(MANY[0]))
    assert sorted(bench.printed()) == sorted([str(MANY[0]), *(str(identity) for identity in FEW)])


def test_a_label_that_is_voided_while_the_batch_runs_is_not_made_anew_by_itself() -> None:
    bench = BatchBench()
    bench.begun(MANY)

    def void(job: str) -> None:
        if int(job) == 30:
            bench.fakes.ledger.move(bench.fakes.ledger.job(3), JobState.VOIDED, who="QA")

    bench.fakes.printer.before = void
    assert bench.run().batch.state is BatchState.DONE
    assert len(bench.printed()) == 45


# a ledger that cannot be written


def test_a_ledger_that_fills_up_stops_it_at_once_and_it_goes_on_when_there_is_room() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    full = DiskFull("ledger")

    def fill(job: str) -> None:
        if int(job) == 4:
            bench.fakes.ledger.failing = full

    bench.fakes.printer.before = fill
    paused = bench.run()
    assert (paused.failure, paused.batch.state, len(bench.printed())) == (full, BatchState.PAUSED, 4)
    assert bench.fakes.ledger.batch(1).state is BatchState.RUNNING
    with pytest.raises(DiskFull):
        bench.go_on()
    bench.fakes.ledger.failing = None
    # What became of the fourth label was never written down, so a person has to say it.
    bench.fakes.ledger.settle_interrupted("station")
    with pytest.raises(LabelsInDoubt):
        bench.go_on()
    bench.fakes.ledger.move(bench.fakes.ledger.job(4), JobState.VERIFIED, who="Li Wei")
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, MANY)


class BusyLedger(FakeLedger):
    """Cannot be read for a moment, right after the first labels were queued."""

    busy = 0

    def enqueue_items(self, *values: Any, **named: Any) -> Sequence[PrintJob]:
        jobs = super().enqueue_items(*values, **named)
        self.busy = 1
        return jobs

    def batch(self, number: int) -> Batch:
        if self.busy:
            self.busy = 0
            raise LedgerBusy("ledger")
        return super().batch(number)


def test_labels_that_were_queued_and_not_begun_are_held_when_it_pauses() -> None:
    bench = BatchBench(FakeBench(ledger=BusyLedger(SteppingClock(NOW))))
    bench.begun(FEW)
    paused = bench.run()
    assert (paused.batch.state, paused.batch.reason, bench.printed()) == (BatchState.PAUSED, LedgerBusy.code, [])
    assert [(each.held, each.reason) for each in bench.fakes.ledger.queued()] == [(True, LedgerBusy.code)] * 3
    bench.go_on()
    bench.require_whole(1, FEW)


def test_a_fault_of_the_program_leaves_a_batch_that_can_go_on() -> None:
    bench = BatchBench()
    bench.begun(MANY)

    def break_down(job: str) -> None:
        if int(job) == 25:
            raise RuntimeError("a fault")

    bench.fakes.printer.before = break_down
    with pytest.raises(RuntimeError):
        bench.run()
    bench.fakes.printer.before = lambda _: None
    bench.fakes.ledger.settle_interrupted("station")
    with pytest.raises(LabelsInDoubt):
        bench.go_on()
    bench.fakes.ledger.move(bench.fakes.ledger.job(25), JobState.VOIDED, who="Li Wei")
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, MANY)


def breaking(bench: BatchBench, at: int, first: JobState | None = None) -> None:
    """The program has a fault while this label is at the printer, after a person has made ``first`` of it."""

    def break_down(job: str) -> None:
        if int(job) == at:
            bench.fakes.printer.before = lambda _: None
            if first is not None:
                bench.fakes.ledger.move(bench.fakes.ledger.job(at), first, who="Li Wei")
            raise RuntimeError("a fault")

    bench.fakes.printer.before = break_down


def test_the_label_at_the_printer_is_in_doubt_after_a_fault_of_the_program_and_what_waits_is_held() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    breaking(bench, at=2)
    with pytest.raises(RuntimeError):
        bench.run()
    assert bench.job_states() == [JobState.SENT, JobState.UNKNOWN, JobState.INTENDED]
    assert [waiting.held for waiting in bench.fakes.ledger.queued()] == [True]
    last = bench.seen()[-1]
    assert (last.batch.state, type(last.failure)) == (BatchState.PAUSED, LabelsInDoubt)
    with pytest.raises(LabelsInDoubt):
        bench.go_on()
    bench.fakes.ledger.move(bench.fakes.ledger.job(2), JobState.VOIDED, who="Li Wei")
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, FEW)


def test_a_label_that_was_scanned_before_a_fault_of_the_program_is_not_in_doubt() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    breaking(bench, at=2, first=JobState.VERIFIED)
    with pytest.raises(RuntimeError):
        bench.run()
    assert isinstance(bench.seen()[-1].failure, ProgramFault)
    assert bench.fakes.ledger.batch(1).state is BatchState.PAUSED
    assert bench.go_on().batch.state is BatchState.DONE
    assert bench.job_states() == [JobState.SENT, JobState.VERIFIED, JobState.SENT]


def test_a_label_whose_answer_could_not_be_written_is_in_doubt_once_the_ledger_writes_again() -> None:
    bench = BatchBench()
    bench.begun(FEW)

    def fill(_job: str) -> None:
        bench.fakes.ledger.failing = DiskFull("ledger")

    bench.fakes.printer.before = fill
    bench.run()
    bench.fakes.ledger.failing = None
    with pytest.raises(LabelsInDoubt):
        bench.go_on()
    assert bench.job_states()[0] is JobState.UNKNOWN


def test_the_queue_is_told_when_what_waits_is_held() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    stop_at(bench, 1)
    bench.run()
    assert [len(each.jobs) for each in bench.told if isinstance(each, QueueSeen)] == [2]


# anything, in any order


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_each_identity_has_at_most_one_live_label_and_none_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    bench = BatchBench()
    identities = MANY[: chance.randint(1, 45)]
    bench.begun(identities)
    reports = [
        PrintReport(PrintOutcome.CONFIRMED, 9),
        PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9)),
        PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a")),
        PrintReport(PrintOutcome.REFUSED, 0, PrinterBusy("p")),
    ]
    live = {JobState.INTENDED, JobState.SENT, JobState.PRINTED, JobState.VERIFIED, JobState.UNKNOWN}

    def happen(_job: str) -> None:
        bench.fakes.printer.reports = chance.choices(reports, [20, 1, 1, 1])
        if chance.random() < 0.05:
            bench.stop.set()
        if chance.random() < 0.02:
            bench.fakes.ledger.failing = DiskFull("ledger")

    bench.fakes.printer.before = happen
    for _ in range(300):
        bench.stop = Stop()
        try:
            bench.run()
        except (LabelsInDoubt, DiskFull):
            pass
        except BatchEnded:
            break
        bench.fakes.ledger.failing = None
        if chance.random() < 0.3:
            bench.anew()
            bench.fakes.ledger.settle_interrupted("station")
            bench.fakes.ledger.pause_interrupted_batches("station")
        for job in list(bench.fakes.ledger.all_jobs()):
            if job.state is JobState.SENT and job.outcome is None:
                bench.fakes.ledger.settle_interrupted("station")
        for job in list(bench.fakes.ledger.all_jobs()):
            if job.state is JobState.UNKNOWN:
                settled = chance.choice([JobState.VERIFIED, JobState.VOIDED])
                bench.fakes.ledger.move(job, settled, who="Li Wei")
        for identity in identities:
            jobs = [job for job in bench.fakes.ledger.all_jobs() if job.identity == identity]
            assert sum(job.state in live for job in jobs) <= 1
    assert bench.fakes.ledger.batch(1).state is BatchState.DONE
    assert set(bench.fakes.ledger.live_among(PRODUCT.key, identities)) == set(identities)
    assert list(bench.fakes.ledger.queued()) == []


def test_two_who_press_at_once_start_one_run() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.begun([mac(number) for number in range(100, 110)])
    at_printer, go = threading.Event(), threading.Event()

    def wait(_job: str) -> None:
        at_printer.set()
        assert go.wait(10)

    bench.fakes.printer.before = wait
    first = threading.Thread(target=bench.run, args=(1,))
    first.start()
    assert at_printer.wait(10)
    with pytest.raises(BatchUnderWay):
        bench.batches.run(2, Stop())
    go.set()
    first.join(20)
    assert len(bench.printed()) == 45
