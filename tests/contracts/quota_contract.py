"""What every Ledger does for a quota: each device counts once, where its label is claimed, and never more than may."""

import pytest

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.quota import Quota
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import IMAGE, OTHER_KEY, PRODUCT_KEY, ROUTES, brought_to, draft, mac, opened

THREE = Quota(5, elsewhere=2)
"""Two are used up elsewhere: three are left."""


def label(ledger: Ledger, number: int, quota: Quota | None = THREE, **changes: object) -> PrintJob:
    return ledger.open(draft(ledger.next_label_serial(), identity=mac(number), **changes), IMAGE, quota=quota)


class QuotaContract:
    """The part of the ledger's contract that counts devices."""

    @pytest.mark.parametrize("state", ROUTES, ids=lambda state: state.value)
    def test_a_device_counts_unless_its_label_never_went_out(self, opener: Opener, state: JobState) -> None:
        ledger = opener("bench-1")
        brought_to(ledger, opened(ledger, identity=mac(1)), state)
        opened(ledger, identity=mac(2), product_key=OTHER_KEY)
        assert ledger.devices_labelled(PRODUCT_KEY) == (state is not JobState.FAILED)
        assert opener("bench-1").devices_labelled(PRODUCT_KEY) == (state is not JobState.FAILED)
        assert ledger.verify() is None

    @pytest.mark.parametrize("state", ROUTES, ids=lambda state: state.value)
    def test_a_label_that_carries_test_counts_nothing(self, ledger: Ledger, state: JobState) -> None:
        brought_to(ledger, opened(ledger, identity=mac(1), test=True), state)
        assert (ledger.devices_labelled(PRODUCT_KEY), ledger.devices_among(PRODUCT_KEY, [mac(1)])) == (0, frozenset())
        assert ledger.verify() is None

    @pytest.mark.parametrize("again", ROUTES, ids=lambda state: state.value)
    def test_a_device_whose_label_is_replaced_counts_once(self, ledger: Ledger, again: JobState) -> None:
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VOIDED)
        brought_to(ledger, opened(ledger, identity=mac(1), revision=1), again)
        assert ledger.devices_labelled(PRODUCT_KEY) == 1
        assert ledger.verify() is None

    def test_a_device_that_carried_test_counts_with_its_first_label_that_binds(self, ledger: Ledger) -> None:
        brought_to(ledger, opened(ledger, identity=mac(1), test=True), JobState.VOIDED)
        assert ledger.devices_labelled(PRODUCT_KEY) == 0
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VOIDED)
        brought_to(ledger, opened(ledger, identity=mac(1), test=True), JobState.FAILED)
        assert ledger.devices_labelled(PRODUCT_KEY) == 1
        assert ledger.verify() is None

    def test_those_among_many_that_count_already_are_found(self, ledger: Ledger) -> None:
        opened(ledger, identity=mac(7))
        brought_to(ledger, opened(ledger, identity=mac(8)), JobState.VOIDED)
        brought_to(ledger, opened(ledger, identity=mac(9)), JobState.FAILED)
        opened(ledger, identity=mac(10), test=True)
        opened(ledger, identity=mac(11), product_key=OTHER_KEY)
        asked = (mac(number) for number in range(1_500))
        assert ledger.devices_among(PRODUCT_KEY, asked) == {mac(7), mac(8)}
        assert ledger.devices_among(PRODUCT_KEY, []) == frozenset()

    def test_as_many_devices_get_labels_as_may_register_and_no_more(self, ledger: Ledger) -> None:
        for number in range(3):
            label(ledger, number)
        with pytest.raises(QuotaReached) as reached:
            label(ledger, 9)
        assert reached.value.values() == {"product": "加湿器 Humidifier", "registered": 5, "left": 0, "wanted": 1}
        assert (ledger.latest(PRODUCT_KEY, mac(9)), ledger.devices_labelled(PRODUCT_KEY)) == (None, 3)
        label(ledger, 9, product_key=OTHER_KEY)
        assert ledger.verify() is None

    def test_without_a_quota_nobody_asks_but_all_are_counted(self, ledger: Ledger) -> None:
        for number in range(5):
            label(ledger, number, quota=None)
        assert ledger.devices_labelled(PRODUCT_KEY) == 5
        with pytest.raises(QuotaReached):
            label(ledger, 9)

    def test_a_label_that_carries_test_is_printed_whatever_the_quota_says(self, ledger: Ledger) -> None:
        for number in range(3):
            label(ledger, number)
        assert label(ledger, 9, test=True).state is JobState.INTENDED

    def test_a_replacement_needs_no_place_even_where_the_quota_has_shrunk(self, ledger: Ledger) -> None:
        jobs = [label(ledger, number) for number in range(3)]
        brought_to(ledger, jobs[0], JobState.VOIDED)
        assert label(ledger, 0, Quota(1), revision=1).state is JobState.INTENDED
        with pytest.raises(QuotaReached) as reached:
            label(ledger, 9, Quota(1))
        assert reached.value.left == 0

    def test_what_never_went_out_gives_its_place_back(self, ledger: Ledger) -> None:
        jobs = [label(ledger, number) for number in range(3)]
        brought_to(ledger, jobs[0], JobState.FAILED)
        label(ledger, 9)
        with pytest.raises(QuotaReached):
            label(ledger, 0)

    def test_a_device_that_has_its_label_hears_that_and_not_that_the_quota_is_used_up(self, ledger: Ledger) -> None:
        label(ledger, 1, Quota(1))
        with pytest.raises(AlreadyLabelled):
            label(ledger, 1, Quota(1))

    def test_what_waits_has_its_place(self, ledger: Ledger) -> None:
        drawn = draft(ledger.next_label_serial(), identity=mac(1))
        waiting = ledger.enqueue(drawn, IMAGE, who="batch", held_because="wait", quota=Quota(1))
        other = draft(ledger.next_label_serial(), identity=mac(2))
        with pytest.raises(QuotaReached):
            ledger.enqueue(other, IMAGE, who="batch", quota=Quota(1))
        ledger.cancel(waiting.id, who="li.wei")
        assert ledger.enqueue(other, IMAGE, who="batch", quota=Quota(1)).identity == mac(2)

    def test_several_at_once_fit_or_none_is_taken_and_it_is_said_how_many_would(self, ledger: Ledger) -> None:
        brought_to(ledger, label(ledger, 0), JobState.VOIDED)
        label(ledger, 7)
        # The first two need no place more: one is replaced, one carries TEST.
        drawn = [draft(f"Q-{number}", identity=mac(number), test=number == 1) for number in range(4)]
        with pytest.raises(QuotaReached) as reached:
            ledger.enqueue_all([(each, IMAGE) for each in drawn], who="batch", quota=THREE)
        assert (reached.value.left, reached.value.wanted) == (1, 2)
        assert (list(ledger.queued()), ledger.devices_labelled(PRODUCT_KEY)) == ([], 2)
        assert len(ledger.enqueue_all([(each, IMAGE) for each in drawn[:3]], who="batch", quota=THREE)) == 3
        assert ledger.verify() is None

    def test_items_of_a_batch_fit_or_none_is_taken(self, ledger: Ledger) -> None:
        identities = tuple(mac(number) for number in range(4))
        batch = ledger.begin_batch(BatchDraft("list.csv", PRODUCT_KEY, "", "bench printer", identities), who="li.wei")
        labels = [
            BatchLabel(at, draft(f"B-{at}", identity=identity), IMAGE)
            for at, identity in enumerate(identities, start=1)
        ]
        with pytest.raises(QuotaReached) as reached:
            ledger.enqueue_items(batch.number, labels, who="li.wei", quota=THREE)
        assert (reached.value.left, reached.value.wanted) == (3, 4)
        assert (ledger.batch(batch.number).left, list(ledger.queued())) == (4, [])
        assert len(ledger.enqueue_items(batch.number, labels[:3], who="li.wei", quota=THREE)) == 3

    def test_a_quota_and_an_order_hold_back_both(self, ledger: Ledger) -> None:
        first = draft("A-1", identity=mac(1), work_order="WO-7")
        second = draft("A-2", identity=mac(2), work_order="WO-7")
        ledger.open(first, IMAGE, at_most=1, quota=Quota(2))
        with pytest.raises(OrderComplete):
            ledger.open(second, IMAGE, at_most=1, quota=Quota(2))
        with pytest.raises(QuotaReached):
            ledger.open(second, IMAGE, at_most=2, quota=Quota(1))
        assert ledger.devices_labelled(PRODUCT_KEY) == 1
