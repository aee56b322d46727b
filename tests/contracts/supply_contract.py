"""What every SupplyCounter does: labels and ribbon by count, never below nothing, never above a full roll."""

from dataclasses import replace

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.printer_failures import RibbonEnded, RollEnded
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.workflows.ports import Ledger
from tests.contracts.ledger_questions import Opener
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened

PRINTER = "bench printer"
LABELS, RIBBON = SupplyKind.LABELS, SupplyKind.RIBBON


def left(ledger: Ledger, printer: str = PRINTER) -> list[int]:
    return [supply.left for supply in ledger.supplies(printer)]


def sent(ledger: Ledger, number: int = 1, **changes: object) -> PrintJob:
    return ledger.move(opened(ledger, identity=mac(number), **changes), JobState.SENT, who="station")


def refused(ledger: Ledger, job: PrintJob) -> PrintJob:
    return ledger.move(job, JobState.FAILED, who="station", outcome=PrintOutcome.REFUSED)


class SupplyContract:
    """The part of the ledger's contract that counts."""

    def test_where_nobody_counts_nothing_is_counted(self, ledger: Ledger) -> None:
        refused(ledger, sent(ledger))
        ledger.use_supply(PRINTER, 3)
        assert ledger.supplies(PRINTER) == ()

    def test_a_new_roll_is_full(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, RIBBON, 2000, 100, who="li.wei")
        ledger.load_supply(PRINTER, LABELS, 1000, 50, who="li.wei")
        assert ledger.supplies(PRINTER) == (
            Supply(PRINTER, LABELS, 1000, 1000, 50),
            Supply(PRINTER, RIBBON, 2000, 2000, 100),
        )
        assert ledger.supplies("another") == ()

    def test_what_is_counted_survives_a_restart(self, opener: Opener) -> None:
        before = opener("bench-1")
        before.load_supply(PRINTER, LABELS, 1000, 50, who="li.wei")
        sent(before)
        assert opener("bench-1").supplies(PRINTER) == (Supply(PRINTER, LABELS, 999, 1000, 50),)

    def test_a_sent_label_takes_a_label_and_ribbon_of_its_own_printer(self, ledger: Ledger) -> None:
        for printer in (PRINTER, "B"):
            ledger.load_supply(printer, LABELS, 10, 0, who="li.wei")
            ledger.load_supply(printer, RIBBON, 20, 0, who="li.wei")
        opened(ledger)
        assert left(ledger) == [10, 20]
        job = sent(ledger)
        assert (left(ledger), left(ledger, "B")) == ([9, 19], [10, 20])
        job = ledger.move(job, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
        ledger.move(job, JobState.VERIFIED, who="li.wei")
        assert (left(ledger), left(ledger, "B")) == ([9, 19], [10, 20])

    @pytest.mark.parametrize(
        ("state", "outcome"),
        [
            (JobState.PRINTED, PrintOutcome.CONFIRMED),
            (JobState.UNKNOWN, PrintOutcome.UNKNOWN),
            (JobState.SENT, PrintOutcome.ACCEPTED),
            (JobState.FAILED, None),
            (JobState.VOIDED, None),
        ],
    )
    def test_a_label_that_may_have_come_out_stays_counted(
        self, ledger: Ledger, state: JobState, outcome: PrintOutcome | None
    ) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        job = sent(ledger)
        if state is not JobState.SENT or outcome is not None:
            ledger.move(job, state, who="station", outcome=outcome)
        assert left(ledger) == [9]

    def test_a_refused_label_is_given_back(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        ledger.load_supply(PRINTER, RIBBON, 20, 0, who="li.wei")
        refused(ledger, sent(ledger))
        assert left(ledger) == [10, 20]

    def test_a_label_that_was_never_sent_gives_nothing_back(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        sent(ledger)
        refused(ledger, opened(ledger, identity=mac(2)))
        assert left(ledger) == [9]

    def test_a_roll_that_was_changed_meanwhile_does_not_become_more_than_full(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        job = sent(ledger)
        ledger.load_supply(PRINTER, LABELS, 5, 0, who="li.wei")
        refused(ledger, job)
        assert left(ledger) == [5]

    @pytest.mark.parametrize("queued", [False, True])
    @pytest.mark.parametrize(("kind", "ended"), [(LABELS, RollEnded), (SupplyKind.RIBBON, RibbonEnded)])
    def test_where_none_is_left_nothing_becomes_sent(
        self, ledger: Ledger, kind: SupplyKind, ended: type[Failure], queued: bool
    ) -> None:
        ledger.load_supply(PRINTER, kind, 1, 0, who="li.wei")
        sent(ledger, 1)
        drawn = draft(ledger.next_label_serial(), identity=mac(2))
        if queued:
            job = ledger.enqueue(drawn, IMAGE, who="batch")
            with pytest.raises(ended):
                ledger.take(job.id, who="station")
            assert [waiting.job.id for waiting in ledger.queued()] == [job.id]
        else:
            job = ledger.open(drawn, IMAGE)
            with pytest.raises(ended):
                ledger.move(job, JobState.SENT, who="station")
        assert ledger.job(job.id).state is JobState.INTENDED
        ledger.load_supply(PRINTER, kind, 1, 0, who="li.wei")
        assert ledger.move(job, JobState.SENT, who="station").state is JobState.SENT

    def test_a_count_does_not_go_below_nothing(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 1, 0, who="li.wei")
        ledger.use_supply(PRINTER, 7)
        assert left(ledger) == [0]

    def test_a_job_that_was_moved_counts_where_it_really_goes(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        ledger.load_supply("B", LABELS, 10, 0, who="li.wei")
        job = ledger.enqueue(draft(ledger.next_label_serial()), IMAGE, who="batch")
        ledger.reassign(job.id, "B", who="qa")
        taken = ledger.take(job.id, who="station")
        assert (left(ledger), left(ledger, "B")) == ([10], [9])
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        sent(ledger)
        refused(ledger, taken)
        assert (left(ledger), left(ledger, "B")) == ([9], [10])

    def test_a_cancelled_job_counts_nothing(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        sent(ledger)
        job = ledger.enqueue(draft("L-000009", identity=mac(9)), IMAGE, who="batch")
        ledger.cancel(job.id, who="qa")
        assert left(ledger) == [9]

    def test_test_labels_are_counted_without_a_job(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        ledger.load_supply(PRINTER, RIBBON, 20, 0, who="li.wei")
        ledger.use_supply(PRINTER, 3)
        assert left(ledger) == [7, 17]
        ledger.use_supply(PRINTER, 0)
        assert left(ledger) == [7, 17]

    def test_with_nothing_on_the_roll_nobody_counts_any_more(self, ledger: Ledger) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        ledger.load_supply(PRINTER, RIBBON, 20, 0, who="li.wei")
        ledger.load_supply(PRINTER, LABELS, 0, 0, who="li.wei")
        assert [supply.kind for supply in ledger.supplies(PRINTER)] == [RIBBON]

    @pytest.mark.parametrize(("full", "warn_below"), [(-1, 0), (10, -1)])
    def test_no_roll_holds_less_than_nothing(self, ledger: Ledger, full: int, warn_below: int) -> None:
        ledger.load_supply(PRINTER, LABELS, 10, 0, who="li.wei")
        with pytest.raises(ValueError, match="-1"):
            ledger.load_supply(PRINTER, LABELS, full, warn_below, who="li.wei")
        with pytest.raises(ValueError, match="-3"):
            ledger.use_supply(PRINTER, -3)
        assert left(ledger) == [10]

    @pytest.mark.parametrize("kinds", [(), (LABELS,), (LABELS, SupplyKind.RIBBON)])
    def test_what_waits_and_is_counted_goes_on_under_a_printers_new_name(
        self, ledger: Ledger, kinds: tuple[SupplyKind, ...]
    ) -> None:
        ledger.load_supply("B", LABELS, 3, 1, who="li.wei")
        for number, kind in enumerate(kinds):
            ledger.load_supply(PRINTER, kind, 10 + number, 2, who="li.wei")
        sent(ledger, 1)
        job = ledger.enqueue(draft(ledger.next_label_serial(), identity=mac(2)), IMAGE, who="batch", held_because="x")
        before = ledger.supplies(PRINTER)
        ledger.rename_printer(PRINTER, "B", who="lead")
        assert ledger.supplies(PRINTER) == ()
        assert ledger.supplies("B") == tuple(replace(supply, printer="B") for supply in before)
        waits = ledger.queued_job(job.id)
        assert (waits.printer, waits.held, waits.reason, waits.by) == ("B", True, "x", "lead")
        assert ledger.history(job.id)[-1].evidence == "moved to B"
