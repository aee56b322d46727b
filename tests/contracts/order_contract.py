"""What every Ledger does for work orders: labels are counted where they are claimed, and never more than it may."""

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import (
    IMAGE,
    LIVE,
    MAC,
    OTHER_KEY,
    OVER,
    PRODUCT_KEY,
    ROUTES,
    brought_to,
    draft,
    mac,
    opened,
)

ORDER = "WO-2026-7"


def for_order(ledger: Ledger, number: int, at_most: int | None = None, **changes: object) -> JobState:
    drawn = draft(ledger.next_label_serial(), identity=mac(number), **{"work_order": ORDER, **changes})
    return ledger.open(drawn, IMAGE, at_most=at_most).state


class OrderContract:
    """The part of the ledger's contract that counts an order's labels."""

    def test_the_order_of_a_label_is_kept(self, opener: Opener) -> None:
        job = opened(opener("bench-1"), work_order=ORDER)
        kept = opener("bench-1").job(job.id)
        assert (kept.draft.work_order, kept) == (ORDER, job)

    @pytest.mark.parametrize("state", ROUTES, ids=lambda state: state.value)
    def test_an_order_counts_its_live_labels(self, ledger: Ledger, state: JobState) -> None:
        brought_to(ledger, opened(ledger, identity=mac(1), work_order=ORDER), state)
        for_order(ledger, 2)
        for_order(ledger, 3, work_order="WO-8")
        for_order(ledger, 4, work_order="")
        for_order(ledger, 5, product_key=OTHER_KEY)
        assert ledger.labels_of_order(PRODUCT_KEY, ORDER) == 1 + (state in LIVE)

    def test_an_order_takes_as_many_labels_as_it_asks_for_and_no_more(self, ledger: Ledger) -> None:
        for number in range(3):
            for_order(ledger, number, at_most=3)
        with pytest.raises(OrderComplete) as complete:
            for_order(ledger, 9, at_most=3)
        assert complete.value.values() == {"order": ORDER, "quantity": 3}
        assert [job.identity for job in ledger.all_jobs()] == [mac(number) for number in range(3)]
        assert ledger.latest(PRODUCT_KEY, mac(9)) is None
        # Another order, and another product's order of the same name, have counts of their own.
        for_order(ledger, 9, at_most=1, work_order="WO-8")
        for_order(ledger, 9, at_most=1, product_key=OTHER_KEY)

    def test_without_a_limit_nobody_counts(self, ledger: Ledger) -> None:
        for number in range(3):
            for_order(ledger, number, at_most=None)
        assert ledger.labels_of_order(PRODUCT_KEY, ORDER) == 3

    @pytest.mark.parametrize("state", OVER, ids=lambda state: state.value)
    def test_a_label_after_one_that_ended_is_not_held_back(self, ledger: Ledger, state: JobState) -> None:
        brought_to(ledger, opened(ledger, identity=mac(1), work_order=ORDER), state)
        for_order(ledger, 2, at_most=2)
        assert for_order(ledger, 1, at_most=2) is JobState.INTENDED

    def test_a_device_that_has_its_label_hears_that_and_not_that_the_order_is_complete(self, ledger: Ledger) -> None:
        for_order(ledger, 1, at_most=1)
        with pytest.raises(AlreadyLabelled):
            for_order(ledger, 1, at_most=1)

    def test_what_waits_counts_as_well(self, ledger: Ledger) -> None:
        drawn = draft(ledger.next_label_serial(), identity=mac(1), work_order=ORDER)
        ledger.enqueue(drawn, IMAGE, who="batch", held_because="wait", at_most=1)
        with pytest.raises(OrderComplete):
            ledger.enqueue(
                draft(ledger.next_label_serial(), identity=mac(2), work_order=ORDER), IMAGE, who="batch", at_most=1
            )
        assert len(ledger.queued()) == 1

    def test_several_at_once_fit_or_none_is_taken(self, ledger: Ledger) -> None:
        labels = [(draft(f"Q-{number}", identity=mac(number), work_order=ORDER), IMAGE) for number in range(3)]
        with pytest.raises(OrderComplete):
            ledger.enqueue_all(labels, who="batch", at_most=2)
        assert (list(ledger.all_jobs()), list(ledger.queued())) == ([], [])
        assert len(ledger.enqueue_all(labels, who="batch", at_most=3)) == 3

    def test_a_remark_is_noted_as_the_job_is_opened(self, ledger: Ledger) -> None:
        remark = "locally administered MAC allowed by QA: module batch 12"
        job = ledger.open(draft(ledger.next_label_serial()), IMAGE, remark=remark)
        queued = ledger.enqueue(draft(ledger.next_label_serial(), identity=mac(2)), IMAGE, who="batch", remark=remark)
        for each in (job, queued):
            first, second = ledger.history(each.id)[:2]
            assert (first.kind, second.kind, second.state) == ("move", "note", JobState.INTENDED)
            assert (second.who, second.evidence, second.at) == ("li.wei", remark, first.at)

    def test_those_among_many_that_have_a_label_are_found(self, ledger: Ledger) -> None:
        live = opened(ledger, identity=mac(7))
        brought_to(ledger, opened(ledger, identity=mac(8)), JobState.VOIDED)
        opened(ledger, identity=mac(9), product_key=OTHER_KEY)
        opened(ledger, identity=mac(5_000))
        asked = (mac(number) for number in range(1_500))
        assert dict(ledger.live_among(PRODUCT_KEY, asked)) == {mac(7): live}
        assert dict(ledger.live_among(PRODUCT_KEY, [])) == {}

    def test_a_locally_administered_mac_that_was_allowed_comes_back_as_it_went_in(self, opener: Opener) -> None:
        identity = type(MAC).parse("02:11:22:33:44:55", local_macs=True)
        job = opened(opener("bench-1"), identity=identity)
        again = opener("bench-1")
        assert again.latest(PRODUCT_KEY, identity) == job
        assert list(again.find("021122334455")) == [job]
