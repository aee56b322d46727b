"""Lanes keep order, and a printer's calls never overlap."""

import threading
from collections.abc import Iterator

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer_failures import PrinterBusy
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.lanes import InlineLane, Lane, ThreadLane
from gizqr_station.workflows.printer_lane import PrinterOnLane
from tests.fake_bench import WAIT_S, FakePrinter

IMAGE = LabelImage(8, 1, 203, (b"\x00",))


@pytest.fixture(params=[ThreadLane, lambda _name: InlineLane()], ids=["thread", "inline"])
def lane(request: pytest.FixtureRequest) -> Iterator[Lane]:
    made: Lane = request.param("test")
    yield made
    made.close()


def test_work_is_done_in_the_order_it_was_given(lane: Lane) -> None:
    done: list[int] = []
    futures = [lane.submit(done.append, number) for number in range(20)]
    for future in futures:
        future.result(WAIT_S)
    assert done == list(range(20))


def test_what_work_raises_reaches_whoever_asks(lane: Lane) -> None:
    def broken() -> None:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        lane.submit(broken).result(WAIT_S)


def test_a_closed_lane_leaves_no_thread_behind() -> None:
    lane = ThreadLane("leaves nothing")
    lane.submit(lambda: None).result(WAIT_S)
    lane.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("leaves nothing")]


def test_a_printer_is_not_looked_at_while_a_label_is_on_its_way() -> None:
    printing, finish = threading.Event(), threading.Event()
    printer = FakePrinter()

    def wait(_job: str) -> None:
        printing.set()
        assert finish.wait(WAIT_S)

    printer.before = wait
    lane, caller, looker = ThreadLane("printer"), ThreadLane("caller"), ThreadLane("looker")
    on_lane = PrinterOnLane(printer, lane)
    try:
        printed = caller.submit(on_lane.print_label, "1", IMAGE, Stop())
        assert printing.wait(WAIT_S)
        looked = looker.submit(on_lane.status, Stop())
        assert not looked.done()
        finish.set()
        assert looked.result(WAIT_S).ready
        assert printed.result(WAIT_S).outcome is PrintOutcome.ACCEPTED
    finally:
        finish.set()
        for used in (caller, looker, lane):
            used.close()


def test_a_label_whose_turn_comes_too_late_is_not_sent() -> None:
    printer, lane, caller = FakePrinter(), ThreadLane("printer"), ThreadLane("caller")
    busy, done = threading.Event(), threading.Event()

    def something_else() -> None:
        busy.set()
        done.wait(WAIT_S)

    try:
        lane.submit(something_else)
        assert busy.wait(WAIT_S)
        late = caller.submit(PrinterOnLane(printer, lane, stale_s=0.0).print_label, "1", IMAGE, Stop())
        done.set()
        report = late.result(WAIT_S)
        assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterBusy)
        assert printer.printed == []
        assert PrinterOnLane(printer, lane).print_label("2", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    finally:
        done.set()
        for used in (caller, lane):
            used.close()
