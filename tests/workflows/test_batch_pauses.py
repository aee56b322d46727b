"""What pauses a batch, and that it goes on from there."""

from dataclasses import replace

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.code_failures import KeyRefused, ServiceUnreachable, TaskNotReady
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label_failures import TemplateUnknown
from gizqr_station.domain.list_failures import (
    OrderComplete,
)
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    PrinterBusy,
    PrinterUnreachable,
    RollEnded,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.batch import BUSY_TRIES
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.provision import provision
from tests.fake_bench import PRODUCT, reading_of
from tests.workflows.batch_bench import FEW, MANY, BatchBench, PickyCodes, mac

UNREADY = [
    PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a")),
    PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("p")),
]


# what pauses it


@pytest.mark.parametrize("failure", [ServiceUnreachable("qr"), KeyRefused("qr", 401), TaskNotReady("x", 1.0)], ids=str)
def test_a_service_that_gives_no_codes_pauses_it_with_what_was_made_already_printed(failure: Failure) -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.anew(codes=PickyCodes({MANY[30]: failure}))
    paused = bench.run()
    assert (paused.batch.state, paused.failure, paused.batch.reason) == (BatchState.PAUSED, failure, failure.code)
    assert bench.printed() == [str(identity) for identity in MANY[:30]]
    bench.anew()
    assert bench.go_on().batch.state is BatchState.DONE
    assert bench.printed() == [str(identity) for identity in MANY]
    bench.require_whole(1, MANY)


def test_a_template_that_is_gone_pauses_it() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.fakes.read_back.failure = TemplateUnknown("own", "40x30")
    assert bench.run().failure is bench.fakes.read_back.failure
    assert bench.states() == [ItemState.WAITING] * 3


def test_a_printer_that_is_not_ready_pauses_it_before_anybody_is_asked_for_a_code() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.fakes.printer.off = CoverOpen("fake printer")
    paused = bench.run()
    assert (paused.batch.state, paused.batch.reason) == (BatchState.PAUSED, CoverOpen.code)
    assert (bench.fakes.codes.asked, bench.job_states()) == ([], [])
    bench.fakes.printer.off = None
    bench.go_on()
    bench.require_whole(1, FEW)


@pytest.mark.parametrize("at", [1, 20, 21])
@pytest.mark.parametrize("refused", UNREADY, ids=lambda report: type(report.failure).__name__)
def test_a_label_that_the_printer_refuses_is_made_anew_when_the_batch_goes_on(at: int, refused: PrintReport) -> None:
    bench = BatchBench()
    bench.begun(MANY)
    taken = PrintReport(PrintOutcome.ACCEPTED, 9)
    bench.fakes.printer.reports = [*[taken] * (at - 1), refused]
    paused = bench.run()
    assert (paused.batch.state, paused.failure) == (BatchState.PAUSED, refused.failure)
    assert len(bench.printed()) == at - 1
    assert all(waiting.held for waiting in bench.fakes.ledger.queued())
    assert bench.go_on().batch.state is BatchState.DONE
    assert sorted(bench.printed()) == sorted(str(identity) for identity in MANY)
    bench.require_whole(1, MANY)


def test_an_ended_roll_pauses_it_and_a_new_one_lets_it_go_on() -> None:
    bench = BatchBench()
    bench.fakes.ledger.load_supply("fake printer", SupplyKind.LABELS, 7, 0, who="Li Wei")
    bench.begun(MANY)
    paused = bench.run()
    assert isinstance(paused.failure, RollEnded)
    assert len(bench.printed()) == 7
    bench.fakes.ledger.load_supply("fake printer", SupplyKind.LABELS, 500, 0, who="Li Wei")
    bench.go_on()
    bench.require_whole(1, MANY)


def test_a_printer_that_is_busy_with_another_label_is_left_alone_for_a_moment() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    busy = PrintReport(PrintOutcome.REFUSED, 0, PrinterBusy("fake printer"))
    bench.fakes.printer.reports = [PrintReport(PrintOutcome.ACCEPTED, 9), busy, busy]
    assert bench.run().batch.state is BatchState.DONE
    bench.require_whole(1, FEW)


def test_a_printer_that_stays_busy_pauses_it() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.fakes.printer.off = PrinterBusy("fake printer")
    assert isinstance(bench.run().failure, PrinterBusy)
    assert bench.fakes.printer.asked == BUSY_TRIES + 2
    bench.fakes.printer.off = None
    bench.go_on()
    bench.require_whole(1, FEW)


# the order's quantity


def test_a_complete_order_pauses_it_after_its_last_label() -> None:
    bench = BatchBench(allowance=Allowance(order="WO-7", quantity=30))
    bench.begun(MANY)
    paused = bench.run()
    assert isinstance(paused.failure, OrderComplete)
    assert paused.failure.values() == {"order": "WO-7", "quantity": 30}
    assert (len(bench.printed()), bench.fakes.ledger.queued()) == (30, [])
    assert len(bench.fakes.painter.painted) == 30
    bench.allowance = replace(bench.allowance, quantity=100)
    bench.anew()
    bench.go_on()
    bench.require_whole(1, MANY)


def test_an_order_that_is_exactly_full_at_the_lists_end_is_done() -> None:
    bench = BatchBench(allowance=Allowance(order="WO-7", quantity=45))
    bench.begun(MANY)
    assert bench.run().batch.state is BatchState.DONE


def test_an_order_that_fills_up_while_labels_are_drawn_is_not_exceeded() -> None:
    bench = BatchBench(allowance=Allowance(order="WO-7", quantity=10))
    bench.begun(MANY)
    others = [mac(number) for number in range(1_000, 1_004)]
    paint = bench.fakes.painter.paint

    def painted(template: str, dpi: int, fields: object) -> object:
        if len(bench.fakes.painter.painted) == 5 and others:
            provision(
                bench.bench(), reading_of(others.pop()), Stop(), bench.told.append, still_there=lambda: None,
                scan_back_due=False,
            )  # fmt: skip
        return paint(template, dpi, fields)  # type: ignore[arg-type]

    bench.fakes.painter.paint = painted  # type: ignore[method-assign, assignment]
    assert isinstance(bench.run().failure, OrderComplete)
    assert bench.fakes.ledger.labels_of_order(PRODUCT.key, "WO-7") == 10
    assert len(bench.printed()) == 10
