"""What every CorrectionStore does: one label takes the place of another, both written or neither."""

from dataclasses import replace

import pytest

from gizqr_station.domain.correction_failures import NotTheNewest
from gizqr_station.domain.job import MOVES, JobDraft, JobState, PrintJob
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_samples import IMAGE, MAC, OTHER_MAC, PRODUCT_KEY, brought_to, opened

VOIDABLE = [state for state in JobState if JobState.VOIDED in MOVES[state]]


def successor(ledger: Ledger, old: PrintJob, **changes: object) -> JobDraft:
    """What takes the place of a label, as it should be but for the changes."""
    revision = ledger.revision_for(old.draft.product_key, old.identity) + (old.state is not JobState.VOIDED)
    drawn = replace(
        old.draft,
        label_serial=ledger.next_label_serial(),
        operator="QA",
        revision=revision,
        replaces=old.draft.label_serial,
        reason="damaged",
        allowed_by="Zhang Min",
    )
    return replace(drawn, **changes)  # type: ignore[arg-type]


def exchange(ledger: Ledger, old: PrintJob, draft: JobDraft, at_most: int | None = None) -> tuple[PrintJob, PrintJob]:
    return ledger.replace(old, draft, IMAGE, who="QA", evidence="damaged", at_most=at_most)


class CorrectionContract:
    """A part of the LedgerContract."""

    @pytest.mark.parametrize("state", VOIDABLE, ids=lambda state: state.value)
    def test_a_label_is_voided_and_its_replacement_opened_in_one(self, ledger: Ledger, state: JobState) -> None:
        old = brought_to(ledger, opened(ledger), state)
        draft = successor(ledger, old)
        voided, new = exchange(ledger, old, draft)
        assert (voided.id, voided.state) == (old.id, JobState.VOIDED)
        assert (new.draft, new.state) == (draft, JobState.INTENDED)
        assert ledger.labels_of(PRODUCT_KEY, MAC) == [new, voided]
        last = ledger.history(old.id)[-1]
        assert (last.state, last.who, last.evidence) == (JobState.VOIDED, "QA", "damaged")
        assert [entry.state for entry in ledger.history(new.id)] == [JobState.INTENDED]
        assert ledger.image(new.id) == IMAGE

    def test_a_voided_label_gets_its_replacement_later(self, ledger: Ledger) -> None:
        old = brought_to(ledger, opened(ledger), JobState.VOIDED)
        entries = len(ledger.history(old.id))
        voided, new = exchange(ledger, old, successor(ledger, old))
        assert (voided, new.draft.revision, len(ledger.history(old.id))) == (old, 1, entries)

    def test_where_a_replacement_failed_the_voided_label_is_replaced_again(self, ledger: Ledger) -> None:
        old = brought_to(ledger, opened(ledger), JobState.VERIFIED)
        voided, new = exchange(ledger, old, successor(ledger, old))
        ledger.move(new, JobState.FAILED, who="QA")
        _, again = exchange(ledger, voided, successor(ledger, voided))
        assert (again.state, again.draft.revision) == (JobState.INTENDED, 1)

    @pytest.mark.parametrize("state", [JobState.INTENDED, JobState.FAILED], ids=lambda state: state.value)
    def test_a_label_that_never_went_out_is_not_replaced(self, ledger: Ledger, state: JobState) -> None:
        old = brought_to(ledger, opened(ledger), state)
        with pytest.raises(IllegalMove):
            exchange(ledger, old, successor(ledger, old))
        assert list(ledger.all_jobs()) == [old]

    def test_of_two_who_replace_a_label_at_once_one_is_refused(self, ledger: Ledger) -> None:
        old = brought_to(ledger, opened(ledger), JobState.VERIFIED)
        first, second = successor(ledger, old), successor(ledger, old)
        voided, new = exchange(ledger, old, first)
        with pytest.raises(NotTheNewest) as refused:
            exchange(ledger, old, second)
        assert (refused.value.label_serial, refused.value.newest) == ("L-000001", "L-000002")
        assert ledger.labels_of(PRODUCT_KEY, MAC) == [new, voided]

    def test_a_label_that_somebody_moved_meanwhile_is_not_replaced(self, ledger: Ledger) -> None:
        stale = brought_to(ledger, opened(ledger), JobState.PRINTED)
        draft = successor(ledger, stale)
        stands = ledger.move(stale, JobState.VERIFIED, who="li.wei")
        with pytest.raises(IllegalMove):
            exchange(ledger, stale, draft)
        assert list(ledger.all_jobs()) == [stands]

    def test_an_earlier_label_is_not_replaced_behind_a_newer_one(self, ledger: Ledger) -> None:
        first = brought_to(ledger, opened(ledger), JobState.VOIDED)
        newer = opened(ledger, revision=1)
        with pytest.raises(NotTheNewest):
            exchange(ledger, first, successor(ledger, first))
        assert ledger.labels_of(PRODUCT_KEY, MAC) == [newer, first]

    @pytest.mark.parametrize(
        "changes",
        [{"replaces": "L-000009"}, {"content": "another"}, {"identity": OTHER_MAC}, {"revision": 0}, {"revision": 2}],
        ids=lambda changes: next(iter(changes)),
    )
    def test_a_draft_that_is_no_successor_changes_nothing(self, ledger: Ledger, changes: dict[str, object]) -> None:
        old = brought_to(ledger, opened(ledger), JobState.VERIFIED)
        with pytest.raises(ValueError, match="L-000002"):
            exchange(ledger, old, successor(ledger, old, **changes))
        assert list(ledger.all_jobs()) == [old]
        assert [entry.state for entry in ledger.history(old.id)][-1] is JobState.VERIFIED

    def test_a_replacement_takes_no_place_of_its_order(self, ledger: Ledger) -> None:
        old = brought_to(ledger, opened(ledger, work_order="WO-1"), JobState.VERIFIED)
        exchange(ledger, old, successor(ledger, old), at_most=1)
        assert ledger.labels_of_order(PRODUCT_KEY, "WO-1") == 1

    def test_a_complete_order_takes_no_label_for_one_that_was_voided_before(self, ledger: Ledger) -> None:
        old = brought_to(ledger, opened(ledger, work_order="WO-1"), JobState.VOIDED)
        opened(ledger, work_order="WO-1", identity=OTHER_MAC)
        with pytest.raises(OrderComplete):
            exchange(ledger, old, successor(ledger, old), at_most=1)
        assert ledger.labels_of(PRODUCT_KEY, MAC) == [old]

    def test_a_label_is_found_by_its_whole_serial(self, ledger: Ledger) -> None:
        job = opened(ledger)
        assert ledger.with_serial("L-000001") == job
        assert ledger.with_serial("L-00000") is None
        assert ledger.with_serial("l-000001") is None

    def test_the_labels_of_a_device_are_its_own(self, ledger: Ledger) -> None:
        job = brought_to(ledger, opened(ledger), JobState.FAILED)
        opened(ledger, identity=OTHER_MAC)
        assert ledger.labels_of(PRODUCT_KEY, MAC) == [job]
