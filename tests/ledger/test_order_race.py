"""Many stations at once: one first article, and not one label more than an order has units."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import FirstArticleDue, OrderNotSettled
from gizqr_station.domain.work_order import OrderState
from tests.contracts.ledger_samples import PRODUCT_KEY
from tests.contracts.order_book_contract import NUMBER, QA, labelled, order_in
from tests.order_bench import ledger_in

STATIONS = 8


def together(work: Callable[[int], object]) -> list[object]:
    """Each on a thread of its own, begun at one moment; what each came to."""
    ready = threading.Barrier(STATIONS)

    def one(number: int) -> object:
        ready.wait(20)
        try:
            return work(number)
        except Failure as failure:
            return failure

    with ThreadPoolExecutor(STATIONS) as pool:
        return list(pool.map(one, range(STATIONS)))


def test_of_eight_stations_one_makes_the_first_article(tmp_path: Path) -> None:
    ledgers = [ledger_in(tmp_path, f"bench-{number}") for number in range(STATIONS)]
    try:
        order_in(ledgers[0], OrderState.SIGNED)
        came = together(lambda number: labelled(ledgers[number], number + 1, station=f"bench-{number}"))
        assert [type(each) for each in came].count(FirstArticleDue) == STATIONS - 1
        assert ledgers[0].labels_of_order(PRODUCT_KEY, NUMBER) == 1
    finally:
        for ledger in ledgers:
            ledger.close()


def test_of_eight_stations_two_get_the_last_two_units(tmp_path: Path) -> None:
    ledgers = [ledger_in(tmp_path, f"bench-{number}") for number in range(STATIONS)]
    try:
        order_in(ledgers[0], OrderState.RELEASED)
        came = together(lambda number: labelled(ledgers[number], number + 1, station=f"bench-{number}"))
        assert [type(each) for each in came].count(OrderComplete) == STATIONS - 2
        assert ledgers[0].order_balance(NUMBER).remaining == 0
    finally:
        for ledger in ledgers:
            ledger.close()


def test_an_order_that_is_closed_while_labels_are_begun_has_none_left_in_doubt(tmp_path: Path) -> None:
    ledgers = [ledger_in(tmp_path, f"bench-{number}") for number in range(STATIONS)]
    try:
        order_in(ledgers[0], OrderState.RELEASED)

        def one(number: int) -> object:
            if number == 0:
                return ledgers[0].move_order(NUMBER, OrderState.CLOSED, who=QA, remark="short")
            return labelled(ledgers[number], number, station=f"bench-{number}")

        came = together(one)
        order = ledgers[0].order(NUMBER)
        assert order is not None
        stands = ledgers[0].order_balance(NUMBER)
        if order.state is OrderState.CLOSED:
            assert stands.unknown == 0
        else:
            assert isinstance(came[0], OrderNotSettled)
            assert stands.unknown > 0
        assert all(job.state is not JobState.FAILED for job in ledgers[0].labels_under(NUMBER))
    finally:
        for ledger in ledgers:
            ledger.close()
