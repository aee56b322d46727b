"""A signed order stops every way of making labels behind its first article, until QA has released it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import FirstArticleDue, NotAsSigned, OrderNotOpen
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import OrderProfile, OrderState
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.label_scan import label_scan
from gizqr_station.workflows.provision import Bench, provision
from gizqr_station.workflows.single_label import print_label, queue_label
from tests.contracts.ledger_samples import mac
from tests.fake_bench import PRODUCT, FakeBench, content_of, reading_of
from tests.order_bench import ledger_in

NUMBER = "WO-7"


@pytest.fixture
def fakes() -> FakeBench:
    return FakeBench()


@pytest.fixture
def bench(tmp_path: Path, fakes: FakeBench) -> Iterator[Bench]:
    ledger = ledger_in(tmp_path)
    profile = OrderProfile(PRODUCT.key, PRODUCT.name, "gizwits", PRODUCT.template, "fake printer", quantity=4)
    ledger.plan_order(NUMBER, profile, who="Chen")
    allowance = Allowance(order=NUMBER, quantity=4)
    yield replace(fakes.bench(), ledger=ledger, orders=ledger, allowance=allowance)
    ledger.close()


def at_the_line(bench: Bench, identity: Identity) -> None:
    provision(bench, reading_of(identity), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True)


def one_label(bench: Bench, identity: Identity) -> None:
    print_label(bench, identity, Stop(), lambda _: None)


def one_that_waits(bench: Bench, identity: Identity) -> None:
    queue_label(bench, identity, Stop(), lambda _: None, held_because="x")


WAYS = pytest.mark.parametrize("label", [at_the_line, one_label, one_that_waits])
Label = Callable[[Bench, Identity], None]


def moved(bench: Bench, state: OrderState, article: int = 0) -> None:
    book = bench.orders
    assert isinstance(book, SqlLedger)
    scanned = "" if not article else bench.ledger.job(article).draft.content
    book.move_order(NUMBER, state, who="Zhang Min", first_article=article, scanned=scanned)


def newest(bench: Bench, number: int) -> PrintJob:
    job = bench.ledger.latest(PRODUCT.key, mac(number))
    assert job is not None
    return job


def scanned(bench: Bench, number: int) -> PrintJob:
    return label_scan(bench, newest(bench, number), content_of(mac(number)), lambda _: None, any_open=True)


@WAYS
def test_nothing_is_asked_or_printed_for_an_order_that_nobody_signed(
    bench: Bench, fakes: FakeBench, label: Label
) -> None:
    with pytest.raises(OrderNotOpen):
        label(bench, mac(1))
    assert (fakes.codes.asked, fakes.printer.printed, list(bench.ledger.all_jobs())) == ([], [], [])


@WAYS
def test_the_second_label_waits_until_the_first_is_released(bench: Bench, fakes: FakeBench, label: Label) -> None:
    moved(bench, OrderState.SIGNED)
    at_the_line(bench, mac(1))
    asked = len(fakes.codes.asked)
    with pytest.raises(FirstArticleDue):
        label(bench, mac(2))
    first = scanned(bench, 1)
    assert first.state is JobState.VERIFIED
    with pytest.raises(FirstArticleDue):
        label(bench, mac(2))
    assert (len(fakes.codes.asked), len(fakes.printer.printed)) == (asked, 1)
    moved(bench, OrderState.RELEASED, first.id)
    label(bench, mac(2))
    assert newest(bench, 2).draft.work_order == NUMBER


def test_a_first_article_that_nobody_can_use_makes_room_for_another(bench: Bench) -> None:
    moved(bench, OrderState.SIGNED)
    at_the_line(bench, mac(1))
    bench.ledger.move(newest(bench, 1), JobState.VOIDED, who="Li Wei", evidence="no usable label")
    at_the_line(bench, mac(2))
    with pytest.raises(FirstArticleDue):
        at_the_line(bench, mac(1))


def test_a_station_whose_settings_differ_makes_no_label_of_the_order(bench: Bench, fakes: FakeBench) -> None:
    moved(bench, OrderState.SIGNED)
    with pytest.raises(NotAsSigned):
        at_the_line(replace(bench, product=replace(PRODUCT, template="60x40")), mac(1))
    assert (fakes.printer.printed, list(bench.ledger.all_jobs())) == ([], [])


def test_a_batch_makes_the_first_article_alone_and_goes_on_after_its_release(bench: Bench, fakes: FakeBench) -> None:
    moved(bench, OrderState.SIGNED)
    batches = BatchRun(bench, lambda _: None, busy_pause_s=0.0)
    number = begin_batch(bench, "list.csv", [mac(each) for each in range(1, 4)]).number
    seen = batches.run(number, Stop())
    assert (seen.batch.state, type(seen.failure)) == (BatchState.PAUSED, FirstArticleDue)
    assert len(fakes.printer.printed) == 1
    moved(bench, OrderState.RELEASED, scanned(bench, 1).id)
    assert batches.run(number, Stop()).batch.state is BatchState.DONE
    assert len(fakes.printer.printed) == 3


def test_a_batch_ends_where_the_order_is_complete_though_a_unit_was_voided(bench: Bench, fakes: FakeBench) -> None:
    moved(bench, OrderState.SIGNED)
    at_the_line(bench, mac(1))
    moved(bench, OrderState.RELEASED, scanned(bench, 1).id)
    at_the_line(bench, mac(2))
    bench.ledger.move(newest(bench, 2), JobState.VOIDED, who="Li Wei", evidence="no usable label")
    batches = BatchRun(bench, lambda _: None, busy_pause_s=0.0)
    number = begin_batch(bench, "list.csv", [mac(each) for each in range(3, 6)]).number
    seen = batches.run(number, Stop())
    assert (seen.batch.state, type(seen.failure)) == (BatchState.PAUSED, OrderComplete)
    states = [item.state for item in bench.ledger.batch_items(number)]
    assert states == [ItemState.SENT, ItemState.SENT, ItemState.WAITING]
    at_the_line(bench, mac(2))
    assert newest(bench, 2).draft.revision == 1
