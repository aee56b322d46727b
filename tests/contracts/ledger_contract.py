"""What every Ledger does, whatever it is made of."""

from dataclasses import replace
from itertools import product

import pytest

from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.job import MOVES, JobState, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, NothingRecorded
from gizqr_station.workflows.ports import Ledger
from tests.contracts.batch_contract import BatchContract
from tests.contracts.correction_contract import CorrectionContract
from tests.contracts.ledger_questions import Opener, QuestionsContract
from tests.contracts.ledger_samples import (
    IMAGE,
    LIVE,
    MAC,
    OTHER_KEY,
    OTHER_MAC,
    OVER,
    PRODUCT_KEY,
    brought_to,
    draft,
    opened,
)
from tests.contracts.order_contract import OrderContract
from tests.contracts.queue_contract import QueueContract
from tests.contracts.quota_contract import QuotaContract
from tests.contracts.supply_contract import SupplyContract


class LedgerContract(
    QuestionsContract, QueueContract, SupplyContract, OrderContract, QuotaContract, BatchContract, CorrectionContract
):
    """Subclass it and give it the fixture ``opener``."""

    # serials

    def test_label_serials_count_up_from_one(self, ledger: Ledger) -> None:
        assert [ledger.next_label_serial() for _ in range(3)] == ["L-000001", "L-000002", "L-000003"]

    def test_a_label_serial_is_not_given_out_again_after_a_restart(self, opener: Opener) -> None:
        first = opener("bench-1").next_label_serial()
        assert opener("bench-1").next_label_serial() != first

    def test_a_used_label_serial_is_refused(self, ledger: Ledger) -> None:
        ledger.open(draft("L-000001"), IMAGE)
        with pytest.raises(ValueError, match="L-000001"):
            ledger.open(draft("L-000001", identity=OTHER_MAC), IMAGE)

    # opening and the claim

    def test_an_opened_job_is_what_was_drafted(self, ledger: Ledger) -> None:
        drawn = draft("L-000001")
        job = ledger.open(drawn, IMAGE)
        assert (job.draft, job.state, job.outcome) == (drawn, JobState.INTENDED, None)
        assert job.opened_at == job.moved_at
        assert job.opened_at.utcoffset() is not None

    def test_an_opened_job_is_there_after_a_restart(self, opener: Opener) -> None:
        job = opened(opener("bench-1"))
        again = opener("bench-1")
        assert list(again.all_jobs()) == [job]
        assert again.image(job.id) == IMAGE

    @pytest.mark.parametrize(
        "identity", [MAC, Imei.parse("861193040496508"), MacAddress.parse("001122334455")], ids=str
    )
    def test_every_kind_of_identity_comes_back_as_it_went_in(self, ledger: Ledger, identity: Identity) -> None:
        job = opened(ledger, identity=identity)
        assert ledger.latest(PRODUCT_KEY, identity) == job
        assert job.identity == identity

    def test_an_image_that_is_not_the_drafts_is_refused(self, ledger: Ledger) -> None:
        other = LabelImage(8, 1, 203, (b"\xff",))
        with pytest.raises(ValueError, match="L-000001"):
            ledger.open(draft("L-000001"), other)
        assert list(ledger.all_jobs()) == []

    @pytest.mark.parametrize("state", LIVE, ids=lambda state: state.value)
    def test_a_live_label_holds_its_identity(self, ledger: Ledger, state: JobState) -> None:
        first = brought_to(ledger, opened(ledger), state)
        with pytest.raises(AlreadyLabelled) as refused:
            opened(ledger, station="bench-2")
        assert refused.value.values() == {
            "identity": "00911f500047",
            "at": first.opened_at,
            "station": "bench-1",
            "label_serial": first.draft.label_serial,
            "state": state.value,
        }
        assert list(ledger.all_jobs()) == [first]

    @pytest.mark.parametrize("state", LIVE, ids=lambda state: state.value)
    def test_the_quick_look_sees_a_live_label(self, ledger: Ledger, state: JobState) -> None:
        brought_to(ledger, opened(ledger), state)
        with pytest.raises(AlreadyLabelled):
            ledger.require_unlabelled(PRODUCT_KEY, MAC)

    @pytest.mark.parametrize("state", OVER, ids=lambda state: state.value)
    def test_an_ended_label_frees_its_identity(self, ledger: Ledger, state: JobState) -> None:
        brought_to(ledger, opened(ledger), state)
        ledger.require_unlabelled(PRODUCT_KEY, MAC)
        assert opened(ledger).state is JobState.INTENDED

    def test_another_device_or_another_product_is_free(self, ledger: Ledger) -> None:
        opened(ledger)
        ledger.require_unlabelled(PRODUCT_KEY, OTHER_MAC)
        ledger.require_unlabelled(OTHER_KEY, MAC)
        opened(ledger, identity=OTHER_MAC)
        opened(ledger, product_key=OTHER_KEY)

    # moves

    @pytest.mark.parametrize(("state", "onward"), list(product(JobState, JobState)), ids=lambda state: state.value)
    def test_a_job_goes_where_the_table_leads_and_nowhere_else(
        self, ledger: Ledger, state: JobState, onward: JobState
    ) -> None:
        job = brought_to(ledger, opened(ledger), state)
        entries = len(ledger.history(job.id))
        if onward in MOVES[state]:
            moved = ledger.move(job, onward, who="li.wei")
            assert (moved.state, moved.draft) == (onward, job.draft)
            assert moved.moved_at > job.moved_at
            assert len(ledger.history(job.id)) == entries + 1
        else:
            with pytest.raises(IllegalMove) as refused:
                ledger.move(job, onward, who="li.wei")
            assert refused.value.values() == {"job": job.id, "state": state.value, "onward": onward.value}
            moved = job
            assert len(ledger.history(job.id)) == entries
        assert ledger.latest(PRODUCT_KEY, MAC) == moved

    def test_a_job_that_somebody_else_moved_is_not_moved_again(self, ledger: Ledger) -> None:
        stale = brought_to(ledger, opened(ledger), JobState.SENT)
        ledger.move(stale, JobState.VOIDED, who="qa")
        with pytest.raises(IllegalMove) as refused:
            ledger.move(stale, JobState.VERIFIED, who="li.wei")
        assert (refused.value.state, refused.value.onward) == ("voided", "verified")
        assert [entry.state for entry in ledger.history(stale.id)][-1] is JobState.VOIDED

    def test_an_outcome_for_a_job_that_somebody_else_moved_is_refused(self, ledger: Ledger) -> None:
        stale = brought_to(ledger, opened(ledger), JobState.SENT)
        ledger.move(stale, JobState.VERIFIED, who="li.wei")
        with pytest.raises(IllegalMove):
            ledger.move(stale, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)

    def test_a_job_that_was_never_opened_is_not_moved(self, ledger: Ledger) -> None:
        job = opened(ledger)
        with pytest.raises(NothingRecorded):
            ledger.move(replace(job, id=99), JobState.SENT, who="li.wei")
        with pytest.raises(NothingRecorded):
            ledger.note(replace(job, id=99), who="li.wei", evidence="?")

    def test_a_move_writes_who_and_why(self, ledger: Ledger) -> None:
        job = opened(ledger)
        moved = ledger.move(job, JobState.FAILED, who="station", evidence="E-PRN-01", outcome=PrintOutcome.REFUSED)
        assert (moved.state, moved.outcome) == (JobState.FAILED, PrintOutcome.REFUSED)
        last = ledger.history(job.id)[-1]
        assert (last.job, last.kind, last.state, last.at) == (job.id, "move", JobState.FAILED, moved.moved_at)
        assert (last.who, last.evidence) == ("station", "E-PRN-01")

    def test_an_outcome_is_written_without_a_move(self, ledger: Ledger) -> None:
        sent = brought_to(ledger, opened(ledger), JobState.SENT)
        accepted = ledger.move(sent, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
        assert accepted == replace(sent, outcome=PrintOutcome.ACCEPTED)
        last = ledger.history(sent.id)[-1]
        assert (last.kind, last.state, last.evidence) == ("note", JobState.SENT, "accepted")

    def test_an_outcome_stays_when_the_job_moves_on_without_one(self, ledger: Ledger) -> None:
        sent = brought_to(ledger, opened(ledger), JobState.SENT)
        ledger.move(sent, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
        assert ledger.move(sent, JobState.VERIFIED, who="li.wei").outcome is PrintOutcome.ACCEPTED

    # history

    def test_the_history_tells_everything_in_order(self, ledger: Ledger) -> None:
        job = opened(ledger)
        opened(ledger, identity=OTHER_MAC)
        sent = ledger.move(job, JobState.SENT, who="station")
        ledger.note(job, who="li.wei", evidence="wrong label: 00911f500048")
        ledger.move(sent, JobState.VERIFIED, who="li.wei", evidence="scanned back")
        told = [(entry.kind, entry.state, entry.who, entry.evidence) for entry in ledger.history(job.id)]
        assert told == [
            ("move", JobState.INTENDED, "li.wei", ""),
            ("move", JobState.SENT, "station", ""),
            ("note", JobState.SENT, "li.wei", "wrong label: 00911f500048"),
            ("move", JobState.VERIFIED, "li.wei", "scanned back"),
        ]
        numbers = [entry.sequence for entry in ledger.history(job.id)]
        assert numbers == sorted(set(numbers))

    def test_a_note_moves_nothing(self, ledger: Ledger) -> None:
        sent = brought_to(ledger, opened(ledger), JobState.SENT)
        ledger.note(sent, who="li.wei", evidence="wrong label")
        assert ledger.latest(PRODUCT_KEY, MAC) == sent

    def test_an_unknown_job_has_no_history_and_no_image(self, ledger: Ledger) -> None:
        assert list(ledger.history(99)) == []
        assert ledger.image(99) is None
