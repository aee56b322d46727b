"""What every BatchStore does: a list is kept whole, and each of its items follows its label."""

from collections.abc import Sequence
from typing import Any

import pytest

from gizqr_station.domain.batch import BATCH_MOVES, Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.identity import Identity, Imei
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import BatchEnded, BatchUnderWay, BatchUnknown, OrderComplete
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, draft, mac, opened

PRINTER = "bench printer"
ENDS = [state for state in BatchState if not BATCH_MOVES[state]]
TO: dict[BatchState, tuple[BatchState, ...]] = {
    BatchState.READY: (),
    BatchState.RUNNING: (BatchState.RUNNING,),
    BatchState.PAUSED: (BatchState.RUNNING, BatchState.PAUSED),
    BatchState.DONE: (BatchState.RUNNING, BatchState.DONE),
    BatchState.CANCELLED: (BatchState.CANCELLED,),
}


def begun(ledger: Ledger, *identities: Identity, state: BatchState = BatchState.READY) -> Batch:
    listed = identities or tuple(mac(number) for number in (1, 2, 3))
    batch = ledger.begin_batch(BatchDraft("list.csv", PRODUCT_KEY, "WO-7", PRINTER, listed), who="li.wei")
    for step in TO[state]:
        batch = ledger.move_batch(batch.number, step, who="li.wei")
    return batch


def label(ledger: Ledger, position: int, identity: Identity, **changes: Any) -> BatchLabel:
    return BatchLabel(position, draft(ledger.next_label_serial(), identity=identity, **changes), IMAGE)


def queued(ledger: Ledger, batch: Batch, count: int = 3) -> Sequence[PrintJob]:
    items = ledger.batch_items(batch.number, [ItemState.WAITING], limit=count)
    labels = [label(ledger, item.position, item.identity) for item in items]
    return ledger.enqueue_items(batch.number, labels, who="batch")


def states(ledger: Ledger, batch: Batch) -> list[ItemState]:
    return [item.state for item in ledger.batch_items(batch.number)]


def sent(ledger: Ledger, job: PrintJob, outcome: PrintOutcome = PrintOutcome.CONFIRMED) -> PrintJob:
    after = {
        PrintOutcome.CONFIRMED: JobState.PRINTED,
        PrintOutcome.ACCEPTED: JobState.SENT,
        PrintOutcome.UNKNOWN: JobState.UNKNOWN,
        PrintOutcome.REFUSED: JobState.FAILED,
    }
    return ledger.move(ledger.take(job.id, who="station"), after[outcome], who="station", outcome=outcome)


class BatchContract:
    """The part of the ledger's contract that keeps lists."""

    # lists

    def test_a_list_is_kept_whole_and_in_order(self, opener: Opener) -> None:
        identities: tuple[Identity, ...] = (mac(5), Imei.parse("861193040496508"), mac(2))
        batch = begun(opener("bench-1"), *identities)
        again = opener("bench-1")
        assert again.batch(batch.number) == batch
        assert (batch.name, batch.product_key, batch.order, batch.printer) == ("list.csv", PRODUCT_KEY, "WO-7", PRINTER)
        assert (batch.who, batch.state, batch.reason) == ("li.wei", BatchState.READY, "")
        assert batch.counts == {state: 3 if state is ItemState.WAITING else 0 for state in ItemState}
        assert list(again.batch_items(batch.number)) == [
            BatchItem(position, identity, ItemState.WAITING) for position, identity in enumerate(identities, start=1)
        ]

    @pytest.mark.parametrize("identities", [(), (mac(1), mac(2), mac(1))])
    def test_no_list_and_one_with_repeats_are_refused(self, ledger: Ledger, identities: tuple[Identity, ...]) -> None:
        with pytest.raises(ValueError, match=r"list\.csv"):
            ledger.begin_batch(BatchDraft("list.csv", PRODUCT_KEY, "", PRINTER, identities), who="li.wei")
        assert list(ledger.batches()) == []

    def test_batches_are_numbered_from_one_and_listed_newest_first(self, ledger: Ledger) -> None:
        made = [begun(ledger) for _ in range(3)]
        assert [batch.number for batch in made] == [1, 2, 3]
        assert list(ledger.batches()) == made[::-1]
        assert list(ledger.batches(limit=2)) == made[:0:-1]

    def test_items_come_a_page_at_a_time_and_by_state(self, ledger: Ledger) -> None:
        batch = begun(ledger, *(mac(number) for number in range(1, 8)))
        queued(ledger, batch, 2)
        assert [item.position for item in ledger.batch_items(batch.number, limit=3)] == [1, 2, 3]
        assert [item.position for item in ledger.batch_items(batch.number, after=3, limit=3)] == [4, 5, 6]
        assert [item.position for item in ledger.batch_items(batch.number, [ItemState.QUEUED])] == [1, 2]
        waiting = ledger.batch_items(batch.number, [ItemState.WAITING], after=4)
        assert [item.position for item in waiting] == [5, 6, 7]

    def test_a_batch_that_nobody_began_is_unknown(self, ledger: Ledger) -> None:
        for ask in (
            lambda: ledger.batch(9),
            lambda: ledger.batch_items(9),
            lambda: ledger.batch_history(9),
            lambda: ledger.mark_items(9, [], who="x"),
            lambda: ledger.enqueue_items(9, [], who="x"),
            lambda: ledger.catch_up(9, who="x"),
            lambda: ledger.take_back(9, [], who="x"),
            lambda: ledger.move_batch(9, BatchState.RUNNING, who="x"),
            lambda: ledger.cancel_batch(9, who="x"),
        ):
            with pytest.raises(BatchUnknown) as unknown:
                ask()
            assert unknown.value.number == 9

    # moves

    @pytest.mark.parametrize("state", BatchState, ids=lambda state: state.value)
    @pytest.mark.parametrize("onward", BatchState, ids=lambda state: state.value)
    def test_a_batch_goes_where_the_table_leads_and_nowhere_else(
        self, ledger: Ledger, state: BatchState, onward: BatchState
    ) -> None:
        batch = begun(ledger, state=state)
        if onward in BATCH_MOVES[state]:
            moved = ledger.move_batch(batch.number, onward, who="qa", reason="E-PRN-05")
            assert (moved.state, moved.reason) == (onward, "E-PRN-05")
            last = ledger.batch_history(batch.number)[-1]
            assert (last.state, last.who, last.evidence) == (onward, "qa", "E-PRN-05")
            return
        before = list(ledger.batch_history(batch.number))
        with pytest.raises((ValueError, BatchEnded, BatchUnderWay)) as refused:
            ledger.move_batch(batch.number, onward, who="qa")
        assert isinstance(refused.value, BatchEnded) is (state in ENDS)
        assert (ledger.batch(batch.number).state, list(ledger.batch_history(batch.number))) == (state, before)

    def test_one_batch_runs_at_a_time(self, ledger: Ledger) -> None:
        first, second = begun(ledger, state=BatchState.RUNNING), begun(ledger)
        with pytest.raises(BatchUnderWay) as under_way:
            ledger.move_batch(second.number, BatchState.RUNNING, who="li.wei")
        assert under_way.value.number == first.number
        ledger.move_batch(first.number, BatchState.PAUSED, who="li.wei")
        assert ledger.move_batch(second.number, BatchState.RUNNING, who="li.wei").state is BatchState.RUNNING

    def test_every_move_is_on_record_with_who_made_it(self, opener: Opener) -> None:
        ledger = opener("bench-1")
        batch = begun(ledger, state=BatchState.RUNNING)
        ledger.move_batch(batch.number, BatchState.PAUSED, who="station", reason="paused")
        ledger.move_batch(batch.number, BatchState.RUNNING, who="qa", printer="printer B")
        history = opener("bench-1").batch_history(batch.number)
        assert [(move.state, move.who, move.evidence) for move in history] == [
            (BatchState.READY, "li.wei", ""),
            (BatchState.RUNNING, "li.wei", ""),
            (BatchState.PAUSED, "station", "paused"),
            (BatchState.RUNNING, "qa", "on printer B"),
        ]
        assert [move.at for move in history] == sorted(move.at for move in history)
        assert ledger.batch(batch.number).printer == "printer B"

    @pytest.mark.parametrize("state", ENDS, ids=lambda state: state.value)
    def test_nothing_is_done_with_a_batch_that_has_ended(self, ledger: Ledger, state: BatchState) -> None:
        number = begun(ledger, state=state).number
        item = ledger.batch_items(number)[0]
        for ask in (
            lambda: ledger.mark_items(number, [item], who="x"),
            lambda: ledger.enqueue_items(number, [label(ledger, 1, item.identity)], who="x"),
            lambda: ledger.catch_up(number, who="x"),
            lambda: ledger.take_back(number, [item], who="x"),
            lambda: ledger.cancel_batch(number, who="x"),
        ):
            with pytest.raises(BatchEnded) as ended:
                ask()
            assert ended.value.values() == {"number": number, "state": state.value}
        assert list(ledger.queued()) == []

    def test_a_batch_goes_on_under_its_printers_new_name(self, ledger: Ledger) -> None:
        batch, other = begun(ledger), begun(ledger, state=BatchState.CANCELLED)
        ledger.rename_printer(PRINTER, "Zebra", who="lead")
        assert (ledger.batch(batch.number).printer, ledger.batch(other.number).printer) == ("Zebra", PRINTER)
        last = ledger.batch_history(batch.number)[-1]
        assert (last.state, last.who, last.evidence) == (BatchState.READY, "lead", "on Zebra")

    # items

    def test_marks_are_kept_and_counted(self, opener: Opener) -> None:
        ledger = opener("bench-1")
        batch = begun(ledger)
        job = opened(ledger, identity=mac(3))
        marked = [
            BatchItem(1, mac(1), ItemState.SKIPPED, None, "L-000009"),
            BatchItem(2, mac(2), ItemState.REFUSED, None, "E-COD-12"),
            BatchItem(3, mac(3), ItemState.SENT, job.id),
        ]
        ledger.mark_items(batch.number, marked, who="li.wei")
        again = opener("bench-1")
        assert list(again.batch_items(batch.number)) == marked
        counts = again.batch(batch.number).counts
        assert counts == {
            ItemState.WAITING: 0,
            ItemState.QUEUED: 0,
            ItemState.SENT: 1,
            ItemState.SKIPPED: 1,
            ItemState.REFUSED: 1,
        }

    @pytest.mark.parametrize(("position", "number"), [(1, 2), (9, 1), (0, 1)])
    def test_an_item_that_the_batch_has_not_marks_nothing(self, ledger: Ledger, position: int, number: int) -> None:
        batch = begun(ledger)
        good = BatchItem(2, mac(2), ItemState.REFUSED, None, "E-COD-12")
        with pytest.raises(ValueError, match=str(mac(number))):
            ledger.mark_items(
                batch.number, [good, BatchItem(position, mac(number), ItemState.SKIPPED, None, "x")], who="li.wei"
            )
        assert states(ledger, batch) == [ItemState.WAITING] * 3

    def test_labels_are_queued_together_with_their_items(self, opener: Opener) -> None:
        ledger = opener("bench-1")
        batch = begun(ledger)
        jobs = queued(ledger, batch, 2)
        again = opener("bench-1")
        assert [waiting.job for waiting in again.queued()] == list(jobs)
        assert [(item.state, item.job) for item in again.batch_items(batch.number)] == [
            (ItemState.QUEUED, jobs[0].id),
            (ItemState.QUEUED, jobs[1].id),
            (ItemState.WAITING, None),
        ]
        assert (again.batch(batch.number).left, again.batch(batch.number).counts[ItemState.QUEUED]) == (3, 2)

    def test_where_one_label_cannot_be_queued_none_is_and_no_item_changes(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        live = opened(ledger, identity=mac(2))
        before = len(list(ledger.all_jobs()))
        with pytest.raises(AlreadyLabelled) as labelled:
            queued(ledger, batch)
        assert labelled.value.label_serial == live.draft.label_serial
        labels = [label(ledger, number, mac(number), work_order="WO-7") for number in (1, 3)]
        with pytest.raises(OrderComplete):
            ledger.enqueue_items(batch.number, labels, who="batch", at_most=1)
        assert (states(ledger, batch), list(ledger.queued())) == ([ItemState.WAITING] * 3, [])
        assert len(list(ledger.all_jobs())) == before

    def test_no_item_gets_a_second_label_and_none_another_devices(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        (job,) = queued(ledger, batch, 1)
        ledger.cancel(job.id, who="qa")
        with pytest.raises(ValueError):
            ledger.enqueue_items(batch.number, [label(ledger, 1, mac(1))], who="batch")
        with pytest.raises(ValueError):
            ledger.enqueue_items(batch.number, [label(ledger, 2, mac(3))], who="batch")
        assert list(ledger.queued()) == []
        assert ledger.latest(PRODUCT_KEY, mac(3)) is None

    def test_a_remark_is_noted_of_a_batchs_label(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        noted = BatchLabel(1, draft("L-1", identity=mac(1)), IMAGE, "allowed by QA")
        (job,) = ledger.enqueue_items(batch.number, [noted], who="batch")
        assert [entry.evidence for entry in ledger.history(job.id)] == ["", "allowed by QA", "queued"]

    # items follow their labels

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (PrintOutcome.CONFIRMED, ItemState.SENT),
            (PrintOutcome.ACCEPTED, ItemState.SENT),
            (PrintOutcome.UNKNOWN, ItemState.SENT),
            (PrintOutcome.REFUSED, ItemState.WAITING),
        ],
    )
    def test_an_item_follows_its_label(self, ledger: Ledger, outcome: PrintOutcome, state: ItemState) -> None:
        batch = begun(ledger)
        first, *_ = queued(ledger, batch)
        job = sent(ledger, first, outcome)
        doubtful = ledger.catch_up(batch.number, who="station")
        assert list(doubtful) == ([job] if outcome is PrintOutcome.UNKNOWN else [])
        item = ledger.batch_items(batch.number)[0]
        assert (item.state, item.job) == (state, None if state is ItemState.WAITING else job.id)
        assert ledger.batch(batch.number).counts[ItemState.QUEUED] == 2

    def test_a_label_that_a_person_cancelled_is_not_made_again(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        first, *_ = queued(ledger, batch)
        ledger.cancel(first.id, who="qa")
        ledger.catch_up(batch.number, who="station", again=True)
        item = ledger.batch_items(batch.number)[0]
        assert (item.state, item.job, item.reason) == (ItemState.REFUSED, first.id, "cancelled")

    @pytest.mark.parametrize("ended", [JobState.VOIDED, JobState.FAILED])
    def test_a_voided_label_is_made_anew_only_as_a_person_lets_the_batch_go_on(
        self, ledger: Ledger, ended: JobState
    ) -> None:
        batch = begun(ledger)
        first, *_ = queued(ledger, batch)
        job = sent(ledger, first, PrintOutcome.UNKNOWN)
        ledger.catch_up(batch.number, who="station")
        ledger.move(job, ended, who="qa")
        assert list(ledger.catch_up(batch.number, who="station")) == []
        assert states(ledger, batch)[0] is ItemState.SENT
        ledger.catch_up(batch.number, who="li.wei", again=True)
        item = ledger.batch_items(batch.number)[0]
        assert (item.state, item.job) == (ItemState.WAITING, None)

    def test_the_labels_in_doubt_are_this_batchs_own_oldest_first(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        jobs = queued(ledger, batch)
        other = opened(ledger, identity=mac(77))
        ledger.move(ledger.move(other, JobState.SENT, who="x"), JobState.UNKNOWN, who="x")
        doubtful = [sent(ledger, job, PrintOutcome.UNKNOWN) for job in (jobs[2], jobs[0])]
        assert list(ledger.catch_up(batch.number, who="station")) == doubtful[::-1]

    def test_labels_are_taken_back_unless_they_left(self, ledger: Ledger) -> None:
        batch = begun(ledger)
        first, second, third = queued(ledger, batch)
        sent(ledger, first)
        ledger.take_back(batch.number, ledger.batch_items(batch.number)[:2], who="qa")
        assert states(ledger, batch) == [ItemState.QUEUED, ItemState.WAITING, ItemState.QUEUED]
        assert [waiting.job.id for waiting in ledger.queued()] == [third.id]
        assert ledger.job(second.id).state is JobState.FAILED
        assert (ledger.history(second.id)[-1].who, ledger.history(second.id)[-1].evidence) == ("qa", "cancelled")
        ledger.require_unlabelled(PRODUCT_KEY, second.identity)

    # ends

    def test_a_cancelled_batch_leaves_nothing_in_the_queue(self, ledger: Ledger) -> None:
        batch = begun(ledger, *(mac(number) for number in range(1, 5)), state=BatchState.RUNNING)
        first, second, third = queued(ledger, batch)
        sent(ledger, first)
        ledger.hold(third.id, who="qa", reason="paused")
        ledger.move_batch(batch.number, BatchState.PAUSED, who="li.wei")
        other = ledger.enqueue(draft("Q-9", identity=mac(99)), IMAGE, who="batch")
        cancelled = ledger.cancel_batch(batch.number, who="lead")
        assert cancelled.state is BatchState.CANCELLED
        assert states(ledger, batch) == [ItemState.SENT, *[ItemState.WAITING] * 3]
        assert [waiting.job.id for waiting in ledger.queued()] == [other.id]
        assert {ledger.job(job.id).state for job in (second, third)} == {JobState.FAILED}
        last = ledger.batch_history(batch.number)[-1]
        assert (last.state, last.who) == (BatchState.CANCELLED, "lead")

    def test_labels_of_a_batch_that_does_not_run_any_more_are_in_doubt_unless_somebody_answered(
        self, ledger: Ledger
    ) -> None:
        batch = begun(ledger, state=BatchState.RUNNING)
        first, second, third = queued(ledger, batch)
        sent(ledger, first, PrintOutcome.ACCEPTED)
        ledger.take(second.id, who="station")
        elsewhere = opened(ledger, identity=mac(77))
        ledger.move(elsewhere, JobState.SENT, who="x")
        ledger.pause_interrupted_batches("station")
        stand = [ledger.job(job.id).state for job in (first, second, third, elsewhere)]
        assert stand == [JobState.SENT, JobState.UNKNOWN, JobState.INTENDED, JobState.SENT]
        last = ledger.history(second.id)[-1]
        assert (last.who, last.evidence) == ("station", "interrupted while sending")
        assert [job.id for job in ledger.catch_up(batch.number, who="station")] == [second.id]

    def test_what_still_says_that_it_runs_is_paused_at_the_start(self, opener: Opener) -> None:
        before = opener("bench-1")
        ready, batch = begun(before), begun(before, *(mac(number) for number in range(7, 10)), state=BatchState.RUNNING)
        first, second, _ = queued(before, batch)
        sent(before, first)
        before.take(second.id, who="station")
        after = opener("bench-1")
        after.settle_interrupted("station")
        (paused,) = after.pause_interrupted_batches("station")
        assert (paused.number, paused.state, paused.reason) == (batch.number, BatchState.PAUSED, "stopped")
        assert states(after, batch) == [ItemState.SENT, ItemState.SENT, ItemState.QUEUED]
        assert [job.id for job in after.catch_up(batch.number, who="station")] == [second.id]
        assert all(waiting.held for waiting in after.queued())
        assert after.batch(ready.number).state is BatchState.READY
        assert list(after.pause_interrupted_batches("station")) == []
