"""What every JobQueue does: jobs wait for a printer and a person, and each act is written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, NothingRecorded
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.ports import Ledger
from gizqr_station.workflows.queue_ports import Told
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import IMAGE, MAC, OTHER_MAC, PRODUCT_KEY, draft, mac, opened

Act = Callable[[Ledger, int], object]

ACTS: dict[str, Act] = {
    "look": lambda ledger, job: ledger.queued_job(job),
    "hold": lambda ledger, job: ledger.hold(job, who="qa", reason="wait"),
    "release": lambda ledger, job: ledger.release(job, who="qa"),
    "reassign": lambda ledger, job: ledger.reassign(job, "printer B", who="qa"),
    "cancel": lambda ledger, job: ledger.cancel(job, who="qa"),
    "take": lambda ledger, job: ledger.take(job, who="qa"),
}


def waiting(ledger: Ledger, held_because: str = "", **changes: object) -> PrintJob:
    """A job that waits."""
    drawn = draft(ledger.next_label_serial(), **changes)
    return ledger.enqueue(drawn, IMAGE, who="batch", held_because=held_because)


def told_of(ledger: Ledger, job: PrintJob) -> list[tuple[str, JobState, str, str]]:
    return [(entry.kind, entry.state, entry.who, entry.evidence) for entry in ledger.history(job.id)]


class QueueContract:
    """The part of the ledger's contract that waits."""

    def test_a_queued_job_is_open_and_waits_for_its_drafts_printer(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        (queued,) = ledger.queued()
        assert ledger.queued_job(job.id) == queued
        assert (queued.job, queued.printer, queued.held, queued.reason) == (job, "bench printer", False, "")
        assert (queued.by, job.state, job.outcome) == ("batch", JobState.INTENDED, None)
        assert timedelta(0) <= queued.since - job.opened_at <= timedelta(seconds=1)
        assert ledger.image(job.id) == IMAGE
        assert told_of(ledger, job) == [
            ("move", JobState.INTENDED, "li.wei", ""),
            ("note", JobState.INTENDED, "batch", "queued"),
        ]

    def test_a_label_that_waits_is_seen_with_its_dots_and_its_printers_supplies(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        ledger.load_supply("bench printer", SupplyKind.LABELS, 9, 2, who="lead")
        ledger.load_supply("printer B", SupplyKind.RIBBON, 7, 1, who="lead")
        seen = ledger.waiting_label(job.id)
        assert (seen.queued, seen.image) == (ledger.queued_job(job.id), IMAGE)
        assert seen.supplies == ledger.supplies("bench printer")
        ledger.reassign(job.id, "printer B", who="qa")
        assert ledger.waiting_label(job.id).supplies == ledger.supplies("printer B")
        ledger.cancel(job.id, who="qa")
        with pytest.raises(NotQueued):
            ledger.waiting_label(job.id)

    def test_a_batch_waits_whole_or_not_at_all(self, ledger: Ledger) -> None:
        serials = ledger.label_serials(3)
        assert len(set(serials)) == 3
        assert ledger.next_label_serial() not in serials
        labels = [(draft(serial, identity=mac(number)), IMAGE) for number, serial in enumerate(serials)]
        batch = ledger.enqueue_all(labels, who="batch")
        assert [queued.job for queued in ledger.queued()] == list(batch)
        more = [(draft(ledger.next_label_serial(), identity=mac(number)), IMAGE) for number in (7, 1)]
        with pytest.raises(AlreadyLabelled):
            ledger.enqueue_all(more, who="batch")
        assert [queued.job for queued in ledger.queued()] == list(batch)
        ledger.require_unlabelled(PRODUCT_KEY, mac(7))

    def test_one_label_is_settled_and_the_next_taken_at_once(self, ledger: Ledger) -> None:
        first, second = waiting(ledger, identity=mac(1)), waiting(ledger, identity=mac(2))
        sent = ledger.take(first.id, who="station")
        told = Told(sent, PrintOutcome.CONFIRMED, "counted")
        settled, taken = ledger.settle_and_take(told, second.id, who="station")
        assert (settled.id, settled.state, settled.outcome) == (first.id, JobState.PRINTED, PrintOutcome.CONFIRMED)
        assert (taken.id, taken.state) == (second.id, JobState.SENT)
        assert [line[1:] for line in told_of(ledger, settled)][-1] == (JobState.PRINTED, "station", "counted")
        assert not ledger.queued()

    @pytest.mark.parametrize("hindrance", ["held", "gone"])
    def test_where_the_next_cannot_be_taken_nothing_is_settled(self, ledger: Ledger, hindrance: str) -> None:
        first, second = waiting(ledger, identity=mac(1)), waiting(ledger, identity=mac(2))
        sent = ledger.take(first.id, who="station")
        if hindrance == "held":
            ledger.hold(second.id, who="qa", reason="wait")
        else:
            ledger.cancel(second.id, who="qa")
        with pytest.raises(JobHeld if hindrance == "held" else NotQueued):
            ledger.settle_and_take(Told(sent, PrintOutcome.CONFIRMED, "counted"), second.id, who="station")
        latest = ledger.latest(PRODUCT_KEY, mac(1))
        assert latest is not None
        assert (latest.state, latest.outcome) == (JobState.SENT, None)

    def test_a_label_that_was_never_sent_is_not_settled_as_printed(self, ledger: Ledger) -> None:
        first, second = waiting(ledger, identity=mac(1)), waiting(ledger, identity=mac(2))
        with pytest.raises(IllegalMove):
            ledger.settle_and_take(Told(first, PrintOutcome.CONFIRMED, "counted"), second.id, who="station")
        assert [queued.job.id for queued in ledger.queued()] == [first.id, second.id]

    def test_where_the_label_has_moved_meanwhile_the_next_is_not_taken(self, ledger: Ledger) -> None:
        first, second = waiting(ledger, identity=mac(1)), waiting(ledger, identity=mac(2))
        sent = ledger.take(first.id, who="station")
        ledger.move(sent, JobState.VOIDED, who="qa", evidence="torn")
        with pytest.raises(IllegalMove):
            ledger.settle_and_take(Told(sent, PrintOutcome.CONFIRMED, "counted"), second.id, who="station")
        assert [queued.job.id for queued in ledger.queued()] == [second.id]

    def test_a_job_that_was_moved_meanwhile_is_not_taken_for_the_printer_of_before(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        ledger.reassign(job.id, "printer B", who="qa")
        with pytest.raises(NotQueued, match="it waits for printer B"):
            ledger.take(job.id, who="station", printer="bench printer")
        assert ledger.take(job.id, who="station", printer="printer B").state is JobState.SENT

    def test_a_held_job_is_released_and_taken_by_one_act_or_by_none(self, ledger: Ledger) -> None:
        job = waiting(ledger, "E-PRN-04")
        with pytest.raises(NotQueued):
            ledger.take(job.id, who="qa", printer="printer B", release=True)
        assert ledger.queued_job(job.id).reason == "E-PRN-04"
        assert ledger.take(job.id, who="qa", release=True).state is JobState.SENT
        assert [line[2:] for line in told_of(ledger, job)][-2:] == [("qa", "released"), ("qa", "to bench printer")]

    def test_a_job_is_looked_up_by_its_number(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        assert ledger.job(job.id) == job
        with pytest.raises(NothingRecorded):
            ledger.job(job.id + 1)

    def test_no_batch_of_serials_is_empty(self, ledger: Ledger) -> None:
        with pytest.raises(ValueError, match="0 serials"):
            ledger.label_serials(0)

    def test_a_job_may_wait_held_from_the_first(self, ledger: Ledger) -> None:
        job = waiting(ledger, "wanted tomorrow")
        (queued,) = ledger.queued()
        assert (queued.held, queued.reason) == (True, "wanted tomorrow")
        assert told_of(ledger, job)[-1][2:] == ("batch", "held: wanted tomorrow")
        with pytest.raises(JobHeld) as held:
            ledger.take(job.id, who="station")
        assert held.value.values() == {"job": job.id, "reason": "wanted tomorrow"}

    def test_a_job_that_was_only_opened_does_not_wait(self, ledger: Ledger) -> None:
        job = opened(ledger)
        assert list(ledger.queued()) == []
        with pytest.raises(NotQueued):
            ledger.take(job.id, who="station")

    def test_a_waiting_job_holds_its_identity(self, ledger: Ledger) -> None:
        waiting(ledger)
        with pytest.raises(AlreadyLabelled):
            opened(ledger)
        with pytest.raises(AlreadyLabelled):
            waiting(ledger)
        assert len(ledger.queued()) == 1

    def test_the_queue_survives_a_restart(self, opener: Opener) -> None:
        before = opener("bench-1")
        waiting(before)
        waiting(before, "E-PRN-04", identity=OTHER_MAC)
        assert list(opener("bench-1").queued()) == list(before.queued())

    def test_jobs_wait_oldest_first_and_are_asked_for_by_printer(self, ledger: Ledger) -> None:
        printers = ["A", "B", "A", "C"]
        jobs = [waiting(ledger, identity=mac(number), printer=name) for number, name in enumerate(printers)]
        assert [queued.job for queued in ledger.queued()] == jobs
        assert [queued.job for queued in ledger.queued("A")] == [jobs[0], jobs[2]]
        assert list(ledger.queued("D")) == []

    # acts

    def test_a_held_job_goes_after_it_was_released(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        held = ledger.hold(job.id, who="li.wei", reason="E-PRN-04")
        assert (held.held, held.reason, held.by) == (True, "E-PRN-04", "li.wei")
        assert list(ledger.queued()) == [held]
        with pytest.raises(JobHeld):
            ledger.take(job.id, who="station")
        released = ledger.release(job.id, who="qa")
        assert (released.held, released.reason, released.by) == (False, "", "qa")
        assert released.since > held.since
        assert ledger.take(job.id, who="qa").state is JobState.SENT
        assert told_of(ledger, job)[2:] == [
            ("note", JobState.INTENDED, "li.wei", "held: E-PRN-04"),
            ("note", JobState.INTENDED, "qa", "released"),
            ("move", JobState.SENT, "qa", "to bench printer"),
        ]

    @pytest.mark.parametrize("because", ["", "E-PRN-04"])
    def test_a_job_is_moved_to_another_printer_and_stays_held_or_not(self, ledger: Ledger, because: str) -> None:
        job = waiting(ledger, because)
        moved = ledger.reassign(job.id, "printer B", who="qa")
        assert (moved.printer, moved.held, moved.reason, moved.by) == ("printer B", bool(because), because, "qa")
        assert moved.job.draft == job.draft
        assert list(ledger.queued("printer B")) == [moved]
        assert list(ledger.queued("bench printer")) == []
        assert told_of(ledger, job)[-1] == ("note", JobState.INTENDED, "qa", "moved to printer B")

    @pytest.mark.parametrize("because", ["", "E-PRN-04"])
    def test_a_cancelled_job_is_failed_and_frees_its_identity(self, ledger: Ledger, because: str) -> None:
        job = waiting(ledger, because)
        cancelled = ledger.cancel(job.id, who="qa")
        assert (cancelled.id, cancelled.state, cancelled.outcome) == (job.id, JobState.FAILED, None)
        assert list(ledger.queued()) == []
        assert told_of(ledger, job)[-1] == ("move", JobState.FAILED, "qa", "cancelled")
        assert opened(ledger).state is JobState.INTENDED

    def test_a_job_that_was_taken_waits_no_more_and_is_sent(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        other = waiting(ledger, identity=OTHER_MAC)
        taken = ledger.take(job.id, who="station")
        assert (taken.id, taken.state, taken.outcome) == (job.id, JobState.SENT, None)
        assert ledger.latest(PRODUCT_KEY, MAC) == taken
        assert [queued.job for queued in ledger.queued()] == [other]

    @pytest.mark.parametrize("act", ACTS)
    @pytest.mark.parametrize("over", ["cancel", "take"])
    def test_nothing_can_be_done_with_a_job_that_waits_no_more(self, ledger: Ledger, act: str, over: str) -> None:
        job = waiting(ledger)
        ACTS[over](ledger, job.id)
        before = told_of(ledger, job)
        with pytest.raises(NotQueued) as gone:
            ACTS[act](ledger, job.id)
        state = "failed" if over == "cancel" else "sent"
        assert gone.value.values() == {"job": job.id, "state": state}
        assert told_of(ledger, job) == before

    @pytest.mark.parametrize("act", ACTS)
    def test_nothing_can_be_done_with_a_job_that_was_never_opened(self, ledger: Ledger, act: str) -> None:
        with pytest.raises(NothingRecorded):
            ACTS[act](ledger, 99)

    # what goes around the queue

    def test_a_held_job_is_not_sent_by_another_way(self, ledger: Ledger) -> None:
        job = waiting(ledger, "E-PRN-04")
        refused: list[type[Failure]] = [JobHeld]
        with pytest.raises(tuple(refused)):
            ledger.move(job, JobState.SENT, who="station")
        (queued,) = ledger.queued()
        assert (queued.held, queued.job.state) == (True, JobState.INTENDED)

    @pytest.mark.parametrize("state", [JobState.SENT, JobState.FAILED], ids=lambda state: state.value)
    def test_a_waiting_job_that_is_moved_waits_no_more(self, ledger: Ledger, state: JobState) -> None:
        job = waiting(ledger)
        ledger.move(job, state, who="station")
        assert list(ledger.queued()) == []
        with pytest.raises(NotQueued):
            ledger.take(job.id, who="station")

    def test_a_stale_move_leaves_the_queue_alone(self, ledger: Ledger) -> None:
        job = waiting(ledger)
        taken = ledger.take(job.id, who="station")
        other = waiting(ledger, identity=OTHER_MAC)
        with pytest.raises(IllegalMove):
            ledger.move(job, JobState.FAILED, who="station")
        assert ledger.latest(PRODUCT_KEY, MAC) == taken
        assert [queued.job for queued in ledger.queued()] == [other]

    # after an outage

    def test_after_a_restart_what_waits_is_held_and_stays_intended(self, opener: Opener) -> None:
        before = opener("bench-1")
        free = waiting(before)
        held = waiting(before, "E-PRN-04", identity=OTHER_MAC)
        interrupted = opened(before, identity=mac(3))
        after = opener("bench-1")
        assert [job.id for job in after.settle_interrupted("station")] == [interrupted.id]
        reasons = [(queued.job, queued.held, queued.reason) for queued in after.queued()]
        assert reasons == [(free, True, "station restarted"), (held, True, "E-PRN-04")]
        assert told_of(after, free)[-1] == ("note", JobState.INTENDED, "station", "held: station restarted")
        assert len(told_of(after, held)) == 2
        with pytest.raises(JobHeld):
            after.take(free.id, who="station")
        with pytest.raises(AlreadyLabelled):
            opened(after)
        assert list(after.settle_interrupted("station")) == []
        assert len(told_of(after, free)) == 3

    def test_all_that_waits_for_a_printer_is_held_at_once(self, ledger: Ledger) -> None:
        jobs = [waiting(ledger, identity=mac(number)) for number in range(3)]
        elsewhere = waiting(ledger, identity=mac(3), printer="B")
        ledger.hold(jobs[1].id, who="qa", reason="by hand")
        held = ledger.hold_waiting("bench printer", who="batch", reason="E-PRN-04")
        assert [queued.job for queued in held] == [jobs[0], jobs[2]]
        assert [queued.reason for queued in ledger.queued()] == ["E-PRN-04", "by hand", "E-PRN-04", ""]
        assert [queued for queued in ledger.queued() if queued.reason == "E-PRN-04"] == list(held)
        assert told_of(ledger, jobs[2])[-1][2:] == ("batch", "held: E-PRN-04")
        assert (ledger.held_count("bench printer"), ledger.held_count("B")) == (3, 0)
        assert ledger.take(elsewhere.id, who="station").state is JobState.SENT

    def test_a_ledger_with_a_queue_verifies(self, ledger: Ledger) -> None:
        waiting(ledger)
        ledger.take(waiting(ledger, identity=OTHER_MAC).id, who="station")
        assert ledger.verify() is None
