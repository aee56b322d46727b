"""What only the real ledger has to stand of orders and batches: many threads, long lists, changed bytes."""

import sqlite3
import threading
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.list_failures import BatchUnderWay, OrderComplete
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.ledger.conftest import OpenLedger


def begun(ledger: SqlLedger, count: int = 3) -> int:
    identities = tuple(mac(number) for number in range(count))
    return ledger.begin_batch(BatchDraft("list.csv", PRODUCT_KEY, "", "bench printer", identities), who="li.wei").number


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run it in so many threads that start together; what each returned, or the refusal it raised."""
    start = threading.Barrier(count)

    def run(number: int) -> object:
        start.wait(20)
        try:
            return work(number)
        except Failure as refused:
            return refused

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_eight_slots_at_once_never_exceed_an_order(ledger: SqlLedger) -> None:
    quantity = 11

    def slot(number: int) -> int:
        made = 0
        for unit in range(5):
            serial = f"S{number}-{unit}"
            try:
                drawn = draft(serial, identity=mac(number * 100 + unit), work_order="WO-7")
                ledger.open(drawn, IMAGE, at_most=quantity)
            except OrderComplete:
                continue
            made += 1
            assert ledger.labels_of_order(PRODUCT_KEY, "WO-7") <= quantity
        return made

    assert sum(made for made in at_once(8, slot) if isinstance(made, int)) == quantity
    assert ledger.labels_of_order(PRODUCT_KEY, "WO-7") == quantity
    assert ledger.verify() is None


def test_of_eight_that_replace_a_voided_label_of_a_full_order_one_does(ledger: SqlLedger) -> None:
    brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-7"), JobState.VOIDED)
    opened(ledger, identity=mac(2), work_order="WO-7")
    ends = at_once(
        8, lambda number: ledger.open(draft(f"S{number}", identity=mac(1), work_order="WO-7"), IMAGE, at_most=2)
    )
    assert sum(not isinstance(end, Failure) for end in ends) == 1


def test_of_eight_programs_one_runs_a_batch(ledger_file: Path, open_again: OpenLedger) -> None:
    ledgers = [open_again(ledger_file) for _ in range(8)]
    for _ in range(2):
        begun(ledgers[0])
    ends = at_once(8, lambda at: ledgers[at].move_batch(1 + at % 2, BatchState.RUNNING, who=f"station {at}"))
    assert sum(isinstance(end, BatchUnderWay) for end in ends) == 7
    assert [batch.state for batch in ledgers[0].batches()].count(BatchState.RUNNING) == 1


def test_of_two_that_queue_the_same_item_one_does(ledger_file: Path, open_again: OpenLedger) -> None:
    ledgers = [open_again(ledger_file) for _ in range(2)]
    number = begun(ledgers[0])
    ledgers[0].move_batch(number, BatchState.RUNNING, who="li.wei")

    def queue(at: int) -> object:
        return ledgers[at].enqueue_items(number, [BatchLabel(1, draft(f"S{at}", identity=mac(0)), IMAGE)], who="li")

    ends = at_once(2, queue)
    assert sum(isinstance(end, Failure) for end in ends) == 1
    assert len(ledgers[0].queued()) == 1
    assert ledgers[0].batch(number).counts[ItemState.QUEUED] == 1


@pytest.mark.parametrize("count", [20_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_long_list_is_kept_in_one_transaction_and_a_few_rows_at_a_time(
    ledger: SqlLedger, ledger_file: Path, count: int
) -> None:
    identities = tuple(mac(number) for number in range(count))
    listed = BatchDraft("list.csv", PRODUCT_KEY, "WO-7", "bench printer", identities)
    tracemalloc.start()
    try:
        batch = ledger.begin_batch(listed, who="li.wei")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The rows of all of them at once would take ten times as much as the largest bundle and the check for repeats.
    assert peak_bytes < 8_000_000 + 100 * count
    assert batch.total == count
    assert [item.position for item in ledger.batch_items(1, after=count - 2)] == [count - 1, count]
    assert ledger.cancel_batch(1, who="li.wei").counts[ItemState.WAITING] == count
    assert ledger.verify() is None


def selects(ledger: SqlLedger, question: Callable[[SqlLedger], object]) -> list[str]:
    """The questions to the database, as it got them."""
    asked = list[str]()
    with ledger._database.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
    question(ledger)
    driver.set_trace_callback(None)
    return [statement for statement in asked if statement.startswith("SELECT")]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda ledger: ledger.live_among(PRODUCT_KEY, [mac(1), mac(2)]), "one_live_label"),
        (lambda ledger: ledger.labels_of_order(PRODUCT_KEY, "WO-7"), "jobs_of_order"),
        (lambda ledger: ledger.batch_items(1, [ItemState.WAITING], limit=20), "batch_items_by_state"),
        (lambda ledger: ledger.batch_items(1, after=2), "sqlite_autoindex_batch_items"),
        (lambda ledger: ledger.batch_history(1), "batch_entries_by_batch"),
        (lambda ledger: ledger.catch_up(1, who="li.wei"), "batch_items_by_state"),
    ],
)
def test_what_a_batch_asks_at_each_step_is_looked_up_not_searched(
    ledger: SqlLedger, ledger_file: Path, question: Callable[[SqlLedger], object], index: str
) -> None:
    begun(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw:
        plans = [
            detail
            for statement in selects(ledger, question)
            for *_, detail in raw.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert any(index in step for step in plans), plans
    assert not any(step.startswith("SCAN") for step in plans), plans


def test_a_list_of_all_batches_counts_none_of_their_items(ledger: SqlLedger) -> None:
    for _ in range(3):
        begun(ledger)
    (statement,) = selects(ledger, lambda ledger: ledger.batches())
    assert "batch_items" not in statement


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE batch_items SET state = 'sent' WHERE position = 2", "batch 1 counts [('waiting', 3)]"),
        ("UPDATE batches SET sent = 1, waiting = 2", "batch 1 counts [('sent', 1), ('waiting', 2)]"),
        ("UPDATE batches SET state = 'done'", "batch 1 is done, its last entry says ready"),
        ("UPDATE batches SET state = 'lost'", "batch 1: 'lost'"),
        ("UPDATE batches SET sent = 'many'", "batch 1: invalid literal"),
    ],
)
def test_a_changed_batch_is_found_and_named(ledger: SqlLedger, ledger_file: Path, statement: str, reason: str) -> None:
    begun(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute(statement)
    fault = ledger.verify()
    assert isinstance(fault, LedgerDamaged)
    assert fault.reason.startswith(reason)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE batch_items SET state = 'lost'",
        "DROP TRIGGER batch_items_are_not_changed; UPDATE batch_items SET identity = 'x'",
    ],
)
def test_an_item_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path, damage: str) -> None:
    begun(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw:
        raw.executescript(damage)
    with pytest.raises(LedgerDamaged, match="item 1 of batch 1"):
        ledger.batch_items(1)


def test_what_cannot_be_written_whole_is_not_written(ledger: SqlLedger, ledger_file: Path) -> None:
    number = begun(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute(
            "CREATE TRIGGER full BEFORE UPDATE OF state ON batch_items WHEN NEW.position = 2"
            " BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    labels = [BatchLabel(at, draft(f"S{at}", identity=mac(at - 1)), IMAGE) for at in (1, 2)]
    with pytest.raises(Exception, match="full"):
        ledger.enqueue_items(number, labels, who="li.wei")
    assert (list(ledger.all_jobs()), list(ledger.queued())) == ([], [])
    assert ledger.batch(number).counts[ItemState.WAITING] == 3
    assert ledger.verify() is None
