"""The record as an outbox: what is a result, how far a destination is, and what was not taken."""

from datetime import timedelta
from pathlib import Path

import pytest

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.result import Destination, ResultKind, Standing
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.ledger.conftest import OpenLedger

FOLDER, WEBHOOK = Destination.FOLDER, Destination.WEBHOOK


def label(ledger: SqlLedger, number: int, state: JobState, *, scan_back_due: bool = True) -> PrintJob:
    return brought_to(ledger, opened(ledger, identity=mac(number), scan_back_due=scan_back_due), state)


def kinds(ledger: SqlLedger) -> list[tuple[str, str]]:
    return [(result.job.identity.text[-2:], result.kind.value) for result in ledger.results_after(0, 100)]


def test_a_verified_label_and_one_that_was_taken_back_are_results(ledger: SqlLedger) -> None:
    label(ledger, 1, JobState.VERIFIED)
    label(ledger, 2, JobState.VOIDED)
    label(ledger, 3, JobState.UNKNOWN)
    label(ledger, 4, JobState.PRINTED)
    label(ledger, 5, JobState.FAILED)
    assert kinds(ledger) == [("01", "verified"), ("02", "voided")]


def test_a_label_that_nobody_scans_is_a_result_once_its_printer_has_it(ledger: SqlLedger) -> None:
    label(ledger, 1, JobState.PRINTED, scan_back_due=False)
    sent = label(ledger, 2, JobState.SENT, scan_back_due=False)
    assert kinds(ledger) == [("01", "handed_over")]
    told = ledger.move(sent, JobState.SENT, who="li.wei", evidence="910 bytes", outcome=PrintOutcome.ACCEPTED)
    ledger.note(told, who="li.wei", evidence="looked at again")
    assert kinds(ledger) == [("01", "handed_over"), ("02", "handed_over")]


def test_a_label_that_a_spooler_took_is_no_result_while_it_is_to_be_scanned(ledger: SqlLedger) -> None:
    sent = label(ledger, 2, JobState.SENT)
    ledger.move(sent, JobState.SENT, who="li.wei", evidence="910 bytes", outcome=PrintOutcome.ACCEPTED)
    assert kinds(ledger) == []


def test_one_label_gives_a_result_each_time_it_is_known_to_be_good_or_not(ledger: SqlLedger) -> None:
    verified = label(ledger, 1, JobState.VERIFIED)
    ledger.move(verified, JobState.VOIDED, who="qa")
    first, second = ledger.results_after(0, 10)
    assert (first.kind, second.kind) == (ResultKind.VERIFIED, ResultKind.VOIDED)
    assert first.key != second.key
    assert ledger.result(first.sequence) == first
    assert (second.who, second.station, second.seal) == ("qa", "bench-1", ledger.seal_at(second.sequence))


def test_what_is_no_result_is_none(ledger: SqlLedger) -> None:
    label(ledger, 1, JobState.SENT)
    assert ledger.result(1) is None
    assert ledger.result(99) is None


def test_a_destination_begins_where_it_was_set_up_and_each_has_its_own_place(ledger: SqlLedger) -> None:
    label(ledger, 1, JobState.VERIFIED)
    begun = ledger.outbox_standing(FOLDER)
    assert (begun, ledger.results_after(begun.upto, 10)) == (Standing(ledger.last_entry(), 0), [])
    label(ledger, 2, JobState.VERIFIED)
    assert ledger.outbox_standing(FOLDER) == begun
    (result,) = ledger.results_after(begun.upto, 10)
    ledger.result_delivered(FOLDER, result.sequence)
    assert ledger.outbox_standing(FOLDER) == Standing(result.sequence, 0)
    assert ledger.outbox_standing(WEBHOOK) == Standing(ledger.last_entry(), 0)


def test_how_far_a_destination_is_survives_a_restart(ledger_file: Path, open_again: OpenLedger) -> None:
    ledger = open_again(ledger_file)
    ledger.outbox_standing(FOLDER)
    label(ledger, 1, JobState.VERIFIED)
    ledger.stage_result(FOLDER, ledger.last_entry())
    ledger.close()
    again = open_again(ledger_file, station="renamed")
    assert again.outbox_standing(FOLDER) == Standing(0, again.last_entry())
    assert again.unsent(FOLDER)[0] == 1


def test_failed_tries_are_counted_and_forgotten_when_it_is_taken(ledger: SqlLedger) -> None:
    ledger.outbox_standing(FOLDER)
    label(ledger, 1, JobState.VERIFIED)
    (result,) = ledger.results_after(0, 10)
    later = result.at + timedelta(hours=2)
    ledger.result_failed(FOLDER, result.sequence, at=result.at, reason="E-OUT-20 one", give_up=False)
    tried = ledger.result_failed(FOLDER, result.sequence, at=later, reason="E-OUT-20 two", give_up=False)
    assert (tried.tries, tried.first_at, tried.last_at, tried.reason) == (2, result.at, later, "E-OUT-20 two")
    assert ledger.failed_tries(FOLDER) == [tried]
    assert ledger.failed_tries(WEBHOOK) == []
    assert ledger.unsent(FOLDER) == (1, result.at)
    ledger.result_delivered(FOLDER, result.sequence)
    assert (ledger.failed_tries(FOLDER), ledger.unsent(FOLDER)) == ([], (0, None))


def test_one_that_is_given_up_lets_the_others_go_on_and_stays_unsent(ledger: SqlLedger) -> None:
    ledger.outbox_standing(FOLDER)
    for number in (1, 2):
        label(ledger, number, JobState.VERIFIED)
    first, second = ledger.results_after(0, 10)
    ledger.result_failed(FOLDER, first.sequence, at=first.at, reason="E-OUT-21", give_up=True)
    assert ledger.outbox_standing(FOLDER).upto == first.sequence
    ledger.result_delivered(FOLDER, second.sequence)
    assert ledger.unsent(FOLDER) == (1, first.at)
    assert ledger.retry_given_up(FOLDER, who="lead") == 1
    assert [tried.given_up for tried in ledger.failed_tries(FOLDER)] == [False]
    (act,) = ledger.acts_about("outbox")
    assert (act.kind, act.who) == (ActKind.EXPORT.value, "lead")
    ledger.result_delivered(FOLDER, first.sequence)
    assert ledger.outbox_standing(FOLDER) == Standing(second.sequence, 0)
    assert ledger.unsent(FOLDER) == (0, None)


def test_trying_again_where_nothing_was_given_up_is_not_recorded(ledger: SqlLedger) -> None:
    assert ledger.retry_given_up(FOLDER, who="lead") == 0
    assert ledger.acts_about("outbox") == []


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_results_come_in_pages_without_a_gap(ledger: SqlLedger, limit: int) -> None:
    for number in range(1, 6):
        label(ledger, number, JobState.VERIFIED)
    found, after = list[int](), 0
    while page := ledger.results_after(after, limit):
        found += [result.sequence for result in page]
        after = found[-1]
    assert found == [result.sequence for result in ledger.results_after(0, 100)]
