"""What a raw queue's job says, in answers that a real cupsd gives for moments only."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import PrintAborted, PrinterFault, PrintUnconfirmed
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.cups_queue import CupsQueue
from tests.printing.ipp.fake_ipp import GET_JOB, PRINT_JOB, FakeIpp, fake_ipp, http, only
from tests.printing.ipp.samples import label, queue

_QUICK = Patience(connect_s=0.5, stall_s=0.5, total_s=0.5, confirm_s=0.5)


@pytest.fixture
def fake() -> Iterator[FakeIpp]:
    with fake_ipp() as server:
        server.cups, server.make = True, "Local Raw Printer"
        yield server


def raw_queue(fake: FakeIpp, **patience: float) -> CupsQueue:
    return queue(f"cups://127.0.0.1:{fake.port}/labels", patience=replace(_QUICK, **patience))


def test_all_bytes_taken_and_the_line_kept_open_is_accepted(fake: FakeIpp) -> None:
    fake.job_states, fake.job_printer_reasons = [5], ("cups-waiting-for-job-completed",)
    fake.job_message = "Waiting for printer to finish."
    assert raw_queue(fake).print_label("1", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    assert fake.cancelled


def test_the_same_reason_behind_an_error_is_not_taken_for_success(fake: FakeIpp) -> None:
    fake.job_states, fake.job_printer_reasons = [5], ("cups-waiting-for-job-completed",)
    fake.job_message = "Unable to write print data: Broken pipe"
    report = raw_queue(fake).print_label("2", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintUnconfirmed)


@pytest.mark.parametrize("impressions", [2, 10])
def test_completed_after_several_connections_is_unknown(fake: FakeIpp, impressions: int) -> None:
    fake.impressions = impressions
    report = raw_queue(fake).print_label("3", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintAborted)
    assert "anew" in report.failure.reason


def test_completed_after_it_began_a_second_time_is_unknown(fake: FakeIpp) -> None:
    looks = 0

    def begins_again(*_: object) -> None:
        nonlocal looks
        looks += 1
        fake.began_at, fake.job_states = (101, [5]) if looks < 3 else (104, [9])

    fake.instead = lambda asked, *_: begins_again() if asked == GET_JOB else None
    assert raw_queue(fake).print_label("4", label(), Stop()).outcome is PrintOutcome.UNKNOWN


def test_a_queue_that_calls_itself_raw_and_has_a_driver_is_neither(fake: FakeIpp) -> None:
    fake.make = "Some Driver"
    assert raw_queue(fake).print_label("5", label(), Stop()).outcome is PrintOutcome.REFUSED
    assert PRINT_JOB not in fake.operations()


def test_a_server_that_forbids_and_one_that_talks_nonsense_refuse(fake: FakeIpp) -> None:
    fake.instead = lambda *_: http(b"", "403 Forbidden")
    report = raw_queue(fake).print_label("6", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterFault)
    fake.instead = lambda *_: http(b"<html>", kind="text/html")
    assert isinstance(raw_queue(fake).print_label("7", label(), Stop()).failure, SpoolerSilent)


def test_news_of_yesterday_is_a_warning_and_news_of_a_job_under_way_is_a_failure(fake: FakeIpp) -> None:
    fake.reasons = ("media-empty-warning",)
    status = raw_queue(fake).status(Stop())
    assert status.ready
    assert status.warning is not None
    fake.state = 4
    assert not raw_queue(fake).status(Stop()).ready


def test_a_lost_answer_is_looked_up_by_the_jobs_name(fake: FakeIpp) -> None:
    def breaks_off(body: bytes, _: object) -> bytes:
        fake.requests.append(body)
        return b""

    fake.instead = only([PRINT_JOB], breaks_off)
    assert raw_queue(fake).print_label("8", label(), Stop()).outcome is PrintOutcome.ACCEPTED
