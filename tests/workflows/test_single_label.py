"""One label without a line: what a line would refuse, this refuses too, before anything is queued."""

from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import CodeIsIdentity, CodeNotUnique
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.printer_failures import CoverOpen, PrinterConnectionLost, RollEnded
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.single_label import HELD_BY_HAND, print_label, queue_label
from tests.fake_bench import MAC, OTHER_MAC, PRODUCT, FakeBench, FakeCodes, FakeReadBack


def test_a_label_goes_out_and_nothing_waits_afterwards() -> None:
    made = FakeBench()
    job, failure = print_label(made.bench(), MAC, Stop(), made.told.append)
    assert (job.state, job.outcome, failure) == (JobState.SENT, PrintOutcome.ACCEPTED, None)
    assert [name for name, _ in made.printer.printed] == [str(job.id)]
    assert made.ledger.queued() == []


def test_a_queued_label_waits_held_and_nothing_is_sent() -> None:
    made = FakeBench()
    job = queue_label(made.bench(), MAC, Stop(), made.told.append, held_because=HELD_BY_HAND)
    (waiting,) = made.ledger.queued()
    assert (waiting.job, waiting.held, waiting.reason, made.printer.printed) == (job, True, HELD_BY_HAND, [])


def test_a_device_that_has_a_label_gets_no_other_one() -> None:
    made = FakeBench()
    print_label(made.bench(), MAC, Stop(), made.told.append)
    with pytest.raises(AlreadyLabelled):
        print_label(made.bench(), MAC, Stop(), made.told.append)
    with pytest.raises(AlreadyLabelled):
        queue_label(made.bench(), MAC, Stop(), made.told.append)
    # Nobody is troubled for it: no printer asked, no label drawn.
    assert (made.printer.asked, len(made.painter.painted), len(made.printer.printed)) == (2, 1, 1)


def test_a_code_that_proves_nothing_is_not_printed() -> None:
    made = FakeBench(codes=FakeCodes(content=str(OTHER_MAC)))
    with pytest.raises(CodeIsIdentity):
        print_label(made.bench(), MAC, Stop(), made.told.append)
    made = FakeBench(codes=FakeCodes(content="https://example.com/the-same"))
    print_label(made.bench(), MAC, Stop(), made.told.append)
    with pytest.raises(CodeNotUnique):
        print_label(made.bench(), OTHER_MAC, Stop(), made.told.append)


def test_dots_that_do_not_read_back_are_not_queued() -> None:
    made = FakeBench(read_back=FakeReadBack(ReadBackDiffers("a", "b")))
    with pytest.raises(ReadBackDiffers):
        print_label(made.bench(), MAC, Stop(), made.told.append)
    assert (list(made.ledger.all_jobs()), made.printer.printed) == ([], [])


@pytest.mark.parametrize("failure", [CoverOpen("fake printer")])
def test_a_printer_that_is_not_ready_leaves_nothing_behind(failure: Failure) -> None:
    made = FakeBench()
    made.printer.off = failure
    with pytest.raises(CoverOpen):
        print_label(made.bench(), MAC, Stop(), made.told.append)
    assert (list(made.ledger.all_jobs()), made.codes.asked) == ([], [])


def test_an_ended_roll_leaves_nothing_behind() -> None:
    made = FakeBench()
    made.ledger.load_supply("fake printer", SupplyKind.LABELS, 1, 0, who="Li Wei")
    print_label(made.bench(), MAC, Stop(), made.told.append)
    with pytest.raises(RollEnded):
        print_label(made.bench(), OTHER_MAC, Stop(), made.told.append)
    assert (len(list(made.ledger.all_jobs())), made.ledger.queued()) == (1, [])


def test_a_printer_that_breaks_between_queue_and_label_leaves_it_held() -> None:
    made = FakeBench()
    bench = made.bench()

    def breaks(_: object) -> None:
        if made.ledger.queued():
            made.printer.off = CoverOpen("fake printer")

    job, failure = print_label(bench, MAC, Stop(), breaks)
    assert (job.state, isinstance(failure, CoverOpen), made.printer.printed) == (JobState.INTENDED, True, [])
    assert [waiting.held for waiting in made.ledger.queued()] == [True]


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (PrintReport(PrintOutcome.UNKNOWN, 10, PrinterConnectionLost("p", 10, 20)), JobState.UNKNOWN),
        (PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("p")), JobState.FAILED),
    ],
)
def test_what_became_of_it_is_what_the_ledger_says(report: PrintReport, state: JobState) -> None:
    made = FakeBench()
    made.printer.reports = [report]
    job, failure = print_label(made.bench(), MAC, Stop(), made.told.append)
    assert (job.state, failure) == (state, report.failure)


@pytest.mark.parametrize(("every", "due"), [(0, False), (1, True), (5, True)])
def test_it_is_to_be_scanned_back_wherever_labels_are(every: int, due: bool) -> None:
    made = FakeBench(product=replace(PRODUCT, scan_back_every=every))
    job, _ = print_label(made.bench(), MAC, Stop(), made.told.append)
    assert job.draft.scan_back_due is due


def test_whoever_stops_it_before_the_queue_leaves_nothing_behind() -> None:
    made, stop = FakeBench(), Stop()
    stop.set()
    with pytest.raises(Stopped):
        print_label(made.bench(), MAC, stop, made.told.append)
    assert list(made.ledger.all_jobs()) == []
