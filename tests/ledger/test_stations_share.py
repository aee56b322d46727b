"""Many stations on one ledger: each settles, queues and counts its own; what a device may have is asked of all."""

import pytest

from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import BatchUnderWay
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch_ports import BatchDraft
from tests.contracts.ledger_samples import IMAGE, brought_to, draft, mac, opened
from tests.ledger.shared import OpenShared


@pytest.fixture
def first(open_shared: OpenShared) -> SqlLedger:
    return open_shared(station="bench-1")


@pytest.fixture
def second(open_shared: OpenShared) -> SqlLedger:
    return open_shared(station="bench-2")


def test_a_device_that_was_labelled_at_another_station_is_refused(first: SqlLedger, second: SqlLedger) -> None:
    opened(first)
    with pytest.raises(AlreadyLabelled) as refused:
        opened(second, station="bench-2")
    assert (refused.value.station, refused.value.label_serial) == ("bench-1", "L-000001")
    with pytest.raises(AlreadyLabelled):
        second.require_unlabelled(draft("x").product_key, draft("x").identity)


def test_label_serials_are_given_out_once_for_all_stations(first: SqlLedger, second: SqlLedger) -> None:
    given = [ledger.next_label_serial() for _ in range(3) for ledger in (first, second)]
    assert given == [f"L-{number:06d}" for number in range(1, 7)]


@pytest.mark.parametrize("state", [JobState.INTENDED, JobState.SENT])
def test_a_station_that_starts_leaves_what_another_one_is_doing(
    first: SqlLedger, second: SqlLedger, state: JobState
) -> None:
    job = brought_to(first, opened(first), state)
    assert list(second.settle_interrupted("bench-2")) == []
    assert second.job(job.id).state is state
    assert [settled.id for settled in first.settle_interrupted("bench-1")] == [job.id]


def test_open_labels_are_asked_for_where_they_were_printed(first: SqlLedger, second: SqlLedger) -> None:
    job = brought_to(first, opened(first), JobState.UNKNOWN)
    assert list(second.open_jobs()) == []
    assert list(first.open_jobs()) == [job]


def test_each_station_counts_its_own_labels(first: SqlLedger, second: SqlLedger) -> None:
    brought_to(first, opened(first), JobState.VERIFIED)
    assert (first.count(JobState.VERIFIED), second.count(JobState.VERIFIED)) == (1, 0)


def test_printers_of_the_same_name_have_queues_of_their_own(first: SqlLedger, second: SqlLedger) -> None:
    ours = first.enqueue(draft("L-1", identity=mac(1)), IMAGE, who="li.wei")
    theirs = second.enqueue(draft("L-2", identity=mac(2), station="bench-2"), IMAGE, who="wang")
    assert [queued.job.id for queued in first.queued("bench printer")] == [ours.id]
    assert [queued.job.id for queued in second.queued()] == [theirs.id]
    first.settle_interrupted("li.wei")
    assert (first.held_count("bench printer"), second.held_count("bench printer")) == (1, 0)
    assert [queued.held for queued in second.queued()] == [False]
    first.hold_waiting("bench printer", who="li.wei", reason="E-PRN-03")
    assert [queued.held for queued in second.queued()] == [False]
    first.rename_printer("bench printer", "zebra", who="li.wei")
    assert [queued.printer for queued in first.queued()] == ["zebra"]
    assert [queued.printer for queued in second.queued()] == ["bench printer"]


def test_printers_of_the_same_name_have_rolls_of_their_own(first: SqlLedger, second: SqlLedger) -> None:
    first.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    second.load_supply("bench printer", SupplyKind.LABELS, 500, 0, who="wang")
    brought_to(first, opened(first), JobState.SENT)
    assert [(left.printer, left.left) for left in first.supplies("bench printer")] == [("bench printer", 9)]
    assert [left.left for left in second.supplies("bench printer")] == [500]
    first.rename_printer("bench printer", "zebra", who="li.wei")
    first.use_supply("zebra", 2)
    assert [left.left for left in first.supplies("zebra")] == [7]
    assert first.supplies("bench printer") == ()
    assert [left.left for left in second.supplies("bench printer")] == [500]


def test_each_station_runs_a_list_of_its_own_and_a_list_runs_at_one(first: SqlLedger, second: SqlLedger) -> None:
    lists = [
        ledger.begin_batch(BatchDraft(f"{number}.csv", "k" * 32, "", "bench printer", (mac(number),)), who="li.wei")
        for number, ledger in enumerate((first, second))
    ]
    first.move_batch(lists[0].number, BatchState.RUNNING, who="li.wei")
    second.move_batch(lists[1].number, BatchState.RUNNING, who="wang")
    with pytest.raises(BatchUnderWay):
        second.move_batch(lists[0].number, BatchState.RUNNING, who="wang")
    assert [batch.number for batch in first.pause_interrupted_batches("li.wei")] == [lists[0].number]
    assert second.batch(lists[1].number).state is BatchState.RUNNING
    third = second.begin_batch(BatchDraft("3.csv", "k" * 32, "", "bench printer", (mac(3),)), who="wang")
    with pytest.raises(BatchUnderWay):
        second.move_batch(third.number, BatchState.RUNNING, who="wang")


def test_a_list_goes_on_at_another_station(first: SqlLedger, second: SqlLedger) -> None:
    begun = first.begin_batch(BatchDraft("1.csv", "k" * 32, "", "bench printer", (mac(1),)), who="li.wei")
    second.move_batch(begun.number, BatchState.RUNNING, who="wang", printer="zebra")
    assert list(first.pause_interrupted_batches("li.wei")) == []
    assert [batch.number for batch in second.pause_interrupted_batches("wang")] == [begun.number]
