"""A batch that a person pauses, lets go on elsewhere, or cancels."""

from dataclasses import replace

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.list_failures import (
    BatchEnded,
    BatchOfOtherOrder,
    BatchOfOtherProduct,
    BatchUnderWay,
    BatchUnknown,
)
from gizqr_station.domain.print_queue_failures import JobHeld
from gizqr_station.domain.printer_failures import (
    PrinterConnectionLost,
    PrinterUnreachable,
)
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import HANDFUL, cancel_batch
from gizqr_station.workflows.batch_happenings import BatchSeen
from gizqr_station.workflows.duty import NamedOperator
from gizqr_station.workflows.line_printer import LinePrinter
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.single_label import HELD_BY_HAND, queue_label
from tests.fake_bench import PRODUCT, FakeBench, FakePrinter
from tests.workflows.batch_bench import FEW, MANY, BatchBench, mac, stop_at, with_the_first

# pausing, going on, cancelling


@pytest.mark.parametrize("label", [1, 19, 20, 21, 45])
def test_a_pause_ends_between_two_labels_and_it_goes_on_with_the_next(label: int) -> None:
    bench = BatchBench()
    bench.begun(MANY)
    stop_at(bench, label)
    paused = bench.run()
    assert (paused.batch.state, paused.batch.reason, paused.failure) == (BatchState.PAUSED, "paused", None)
    assert bench.printed() == [str(identity) for identity in MANY[:label]]
    assert all(waiting.held and waiting.reason for waiting in bench.fakes.ledger.queued())
    bench.fakes.printer.before = lambda _: None
    assert bench.go_on().batch.state is BatchState.DONE
    assert bench.printed() == [str(identity) for identity in MANY]
    bench.require_whole(1, MANY)
    # Nothing that was drawn before was drawn again.
    assert len(bench.fakes.painter.painted) == 45


class AttentivePrinter(FakePrinter):
    """Breaks off in mid label where it hears of a stop."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        self.before(job_name)
        if stop.asked:
            return PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost(self.name, 4, 9))
        self.printed.append((job_name, image))
        return PrintReport(PrintOutcome.ACCEPTED, 9)


def test_a_pause_does_not_break_off_the_label_in_hand() -> None:
    bench = BatchBench(FakeBench(printer=AttentivePrinter()))
    bench.begun(MANY)
    stop_at(bench, 5)
    paused = bench.run()
    assert (paused.batch.reason, paused.failure, len(bench.printed())) == ("paused", None, 5)


def test_a_printer_that_refuses_because_of_the_pause_is_not_blamed() -> None:
    bench = BatchBench()
    bench.begun(FEW)

    def refuse(_job: str) -> None:
        bench.stop.set()
        bench.fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a"))]

    bench.fakes.printer.before = refuse
    paused = bench.run()
    assert (paused.batch.reason, paused.failure, bench.states()[0]) == ("paused", None, ItemState.WAITING)


def test_whoever_lets_it_go_on_is_who_released_its_labels() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    stop_at(bench, 1)
    bench.run()
    bench.fakes.printer.before = lambda _: None
    bench.anew(duty=NamedOperator("Wang Fang"))
    bench.go_on()
    released = [entry for entry in bench.fakes.ledger.history(2) if entry.evidence == "released"]
    assert [entry.who for entry in released] == ["Wang Fang"]
    moves = [(move.state, move.who, move.evidence) for move in bench.fakes.ledger.batch_history(1)]
    assert moves == [
        (BatchState.READY, "Li Wei", ""),
        (BatchState.RUNNING, "Li Wei", ""),
        (BatchState.PAUSED, "Li Wei", "paused"),
        (BatchState.RUNNING, "Wang Fang", ""),
        (BatchState.DONE, "Wang Fang", ""),
    ]


def test_labels_of_others_that_wait_are_not_sent_with_it() -> None:
    bench = BatchBench()
    other = queue_label(bench.bench(), mac(99), Stop(), bench.told.append, held_because="E-PRN-05")
    bench.begun(FEW)
    stop_at(bench, 1)
    bench.run()
    bench.go_on()
    assert [(each.job.id, each.held) for each in bench.fakes.ledger.queued()] == [(other.id, True)]


def test_a_label_that_somebody_held_by_hand_stays_and_keeps_the_batch_open() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    with_the_first(bench, lambda: bench.fakes.ledger.hold(2, who="QA", reason=HELD_BY_HAND))
    paused = bench.run()
    assert isinstance(paused.failure, JobHeld)
    assert (paused.failure.job, paused.batch.state) == (2, BatchState.PAUSED)
    assert bench.printed() == [str(MANY[0]), str(MANY[2])]
    bench.fakes.printer.before = lambda _: None
    assert isinstance(bench.go_on().failure, JobHeld)
    bench.fakes.ledger.release(2, who="QA")
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, FEW)


def test_a_label_that_somebody_cancelled_is_not_made_again() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    with_the_first(bench, lambda: bench.fakes.ledger.cancel(2, who="QA"))
    assert bench.run().batch.state is BatchState.DONE
    assert bench.printed() == [str(MANY[0]), str(MANY[2])]
    item = bench.fakes.ledger.batch_items(1)[1]
    assert (item.state, item.reason) == (ItemState.REFUSED, "cancelled")


def test_a_label_that_somebody_moved_to_another_printer_is_theirs() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    with_the_first(bench, lambda: bench.fakes.ledger.reassign(2, "other printer", who="QA"))
    assert isinstance(bench.run().failure, JobHeld)
    bench.fakes.printer.before = lambda _: None
    assert isinstance(bench.go_on().failure, JobHeld)
    assert [each.printer for each in bench.fakes.ledger.queued()] == ["other printer"]
    assert len(bench.printed()) == 2


def test_a_cancelled_batch_prints_nothing_any_more() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    stop_at(bench, 5)
    bench.run()
    bench.fakes.printer.before = lambda _: None
    cancelled = bench.batches.cancel(1)
    assert (cancelled.state, cancelled.counts[ItemState.SENT]) == (BatchState.CANCELLED, 5)
    assert cancelled.counts[ItemState.WAITING] == 40
    assert list(bench.fakes.ledger.queued()) == []
    assert bench.seen()[-1] == BatchSeen(cancelled)
    with pytest.raises(BatchEnded):
        bench.go_on()
    assert len(bench.printed()) == 5
    # Those that got none are free for another list.
    bench.begun(MANY)
    bench.go_on(2)
    bench.require_whole(2, MANY)


def test_a_batch_that_runs_is_not_cancelled_over_its_head() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    refused: list[Failure] = []

    def cancel(_job: str) -> None:
        for attempt in (
            lambda: bench.batches.cancel(1),
            lambda: cancel_batch(bench.fakes.ledger, 1, who="QA", tell=bench.told.append),
            lambda: bench.batches.run(1, Stop()),
        ):
            with pytest.raises(BatchUnderWay) as under_way:
                attempt()
            refused.append(under_way.value)

    bench.fakes.printer.before = cancel
    assert bench.run().batch.state is BatchState.DONE
    assert len(refused) == 9


@pytest.mark.parametrize("state", [BatchState.PAUSED, BatchState.CANCELLED], ids=lambda state: state.value)
def test_a_batch_that_is_paused_or_cancelled_in_the_ledger_stops_after_what_was_drawn(state: BatchState) -> None:
    bench = BatchBench()
    bench.begun(MANY)

    def end(job: str) -> None:
        if int(job) == 3:
            if state is BatchState.CANCELLED:
                bench.fakes.ledger.cancel_batch(1, who="QA")
            else:
                bench.fakes.ledger.move_batch(1, state, who="QA")

    bench.fakes.printer.before = end
    assert bench.run().batch.state is state
    assert len(bench.printed()) == (3 if state is BatchState.CANCELLED else HANDFUL)
    bench.fakes.printer.before = lambda _: None
    if state is BatchState.PAUSED:
        assert bench.go_on().batch.state is BatchState.DONE
        bench.require_whole(1, MANY)
    else:
        assert list(bench.fakes.ledger.queued()) == []
        bench.begun(MANY)
        assert bench.go_on(2).batch.state is BatchState.DONE


def test_an_unknown_batch_and_one_that_is_done_are_refused() -> None:
    bench = BatchBench()
    with pytest.raises(BatchUnknown):
        bench.run(7)
    bench.begun(FEW)
    bench.run()
    with pytest.raises(BatchEnded):
        bench.run()
    with pytest.raises(BatchEnded):
        bench.batches.cancel(1)


# what changed meanwhile


def test_a_batch_of_another_product_or_order_is_refused_with_both_names() -> None:
    bench = BatchBench(allowance=Allowance(order="WO-7"))
    bench.begun(FEW)
    bench.anew(product=replace(PRODUCT, key="f" * 32))
    with pytest.raises(BatchOfOtherProduct) as other:
        bench.run()
    assert other.value.values() == {"number": 1, "product_key": PRODUCT.key, "set_up": "f" * 32}
    for order in ("WO-8", ""):
        bench.anew(allowance=Allowance(order=order))
        with pytest.raises(BatchOfOtherOrder) as refused:
            bench.run()
        assert refused.value.values() == {"number": 1, "order": "WO-7", "set_up": order or "-"}
    assert (bench.printed(), bench.fakes.ledger.batch(1).state) == ([], BatchState.READY)


def test_it_goes_on_at_another_printer_of_the_same_resolution_with_the_labels_that_waited() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    stop_at(bench, 3)
    bench.run()
    bench.fakes.printer.before = lambda _: None
    other = FakePrinter(name="other printer")
    bench.anew(printer=other)
    assert bench.go_on().batch.printer == "other printer"
    assert (len(bench.fakes.printer.printed), len(other.printed)) == (3, 42)
    assert len(bench.fakes.painter.painted) == 45
    assert bench.fakes.ledger.batch_history(1)[-2].evidence == "on other printer"


def test_it_goes_on_at_a_printer_of_another_resolution_with_labels_drawn_anew() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    stop_at(bench, 3)
    bench.run()
    other = FakePrinter(name="other printer", dpi=300)
    bench.anew(printer=other)
    assert bench.go_on().batch.state is BatchState.DONE
    assert (len(bench.fakes.printer.printed), len(other.printed)) == (3, 42)
    assert {image.dpi for _, image in other.printed} == {300}
    assert bench.states() == [ItemState.SENT] * 45


def test_a_printer_that_is_renamed_meanwhile_pauses_it_and_it_goes_on_under_the_new_name() -> None:
    bench = BatchBench()
    bench.begun(MANY)

    def rename(job: str) -> None:
        if int(job) == 2:
            bench.fakes.ledger.rename_printer("fake printer", "Zebra", who="lead")

    bench.fakes.printer.before = rename
    paused = bench.run()
    assert isinstance(paused.failure, PrinterUnknown)
    assert (paused.batch.printer, len(bench.printed())) == ("Zebra", 2)
    bench.fakes.printer.name = "Zebra"
    assert bench.go_on().batch.state is BatchState.DONE
    bench.require_whole(1, MANY)


def test_a_batch_ends_on_the_printer_that_it_began_on_though_the_line_chooses_another() -> None:
    bench = BatchBench()
    chosen = [bench.fakes.printer]
    bench.begun(MANY)
    bench.anew(printer=LinePrinter(lambda: chosen[-1], lambda: None))
    bench.fakes.printer.before = lambda _: chosen.append(FakePrinter(name="other printer"))
    bench.run()
    assert len(bench.fakes.printer.printed) == 45


def test_what_is_not_allowed_any_more_is_not_sent_though_it_was_drawn() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    stop_at(bench, 1)
    bench.run()
    bench.anew(allowance=Allowance(ranges=(IdentityRange(MANY[0], MANY[1]),)))
    assert bench.go_on().batch.state is BatchState.DONE
    assert bench.printed() == [str(MANY[0]), str(MANY[1])]
    assert bench.fakes.ledger.batch_items(1)[2].reason == "E-ID-11"
