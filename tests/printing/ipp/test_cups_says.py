"""What a raw queue's job says, in answers that a real cupsd gives for moments only."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import QueueStopped, SpoolerSilent
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import (
    LabelHeldBack,
    PrintAborted,
    PrinterBusy,
    PrinterFault,
    PrintUnconfirmed,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.cups_queue import CupsQueue
from tests.printing.ipp.fake_ipp import (
    CANCEL_JOB,
    GET_JOB,
    GET_JOBS,
    PRINT_JOB,
    FakeIpp,
    answer,
    fake_ipp,
    http,
    only,
)
from tests.printing.ipp.inline import InThread
from tests.printing.ipp.programs import until
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


@pytest.mark.parametrize("all_taken", [False, True])
def test_a_job_that_the_server_does_not_say_it_has_cancelled_may_still_come_out(fake: FakeIpp, all_taken: bool) -> None:
    fake.job_states = [5]
    if all_taken:
        fake.job_printer_reasons, fake.job_message = (
            ("cups-waiting-for-job-completed",),
            "Waiting for printer to finish.",
        )
    fake.instead = only([CANCEL_JOB], lambda *_: b"")
    report = raw_queue(fake).print_label("9", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, SpoolerSilent)


def test_a_job_that_may_not_be_cancelled_may_still_come_out_and_the_server_is_not_called_silent(fake: FakeIpp) -> None:
    fake.job_states, fake.cancels = [5], False
    printer = raw_queue(fake)
    report = printer.print_label("10", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, PrintUnconfirmed)
    fake.queued = 1
    assert isinstance(printer.status(Stop()).failure, PrinterBusy)


@pytest.mark.parametrize("keeps_jobs", [True, False])
def test_a_lost_answer_of_which_nothing_is_found_may_still_be_a_label(fake: FakeIpp, keeps_jobs: bool) -> None:
    """Whether the server is away by now, or answers and has no such job yet."""
    lost = [PRINT_JOB, GET_JOBS] if keeps_jobs else [PRINT_JOB]
    fake.keeps_jobs, fake.instead = keeps_jobs, only(lost, lambda *_: b"")
    report = raw_queue(fake).print_label("11", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, SpoolerSilent)


def test_a_server_that_goes_away_behind_an_error_may_still_have_the_label(fake: FakeIpp) -> None:
    def breaks(asked: int, body: bytes, _: object) -> bytes | None:
        if asked == PRINT_JOB:
            return http(answer(body, 0x0500))
        return b"" if asked == GET_JOBS else None

    fake.instead = breaks
    assert isinstance(raw_queue(fake).print_label("12", label(), Stop()).failure, LabelHeldBack)


def test_a_label_of_ours_under_way_does_not_call_the_queue_busy(fake: FakeIpp) -> None:
    fake.job_states = [5]
    looks: list[None] = []

    def looked(*_: object) -> None:
        fake.instead = None
        fake.queued = 1
        looks.append(None)

    fake.instead = lambda asked, *_: looked() if asked == GET_JOB else None
    printer = raw_queue(fake, total_s=20.0)
    stop = Stop()
    with InThread(lambda: printer.print_label("13", label(), stop)) as printing:
        until(lambda: looks, "the job is watched")
        assert printer.status(Stop()).ready
        assert isinstance(raw_queue(fake).status(Stop()).failure, PrinterBusy)
        stop.set()
    assert printing.result.outcome is PrintOutcome.UNKNOWN


def test_a_queue_that_holds_new_jobs_is_stopped(fake: FakeIpp) -> None:
    fake.reasons = ("hold-new-jobs",)
    seen = raw_queue(fake).status(Stop()).failure, raw_queue(fake).print_label("14", label(), Stop()).failure
    assert [(type(one), getattr(one, "reason", "")) for one in seen] == [(QueueStopped, "hold-new-jobs")] * 2
    assert PRINT_JOB not in fake.operations()
