"""What a Windows queue makes of a label, with a spooler written from Microsoft's documentation."""

import sys
from dataclasses import replace

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable, QueueStopped, QueueUnknown, SpoolerSilent
from gizqr_station.domain.printer import Language, Media, Patience, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    MediaJam,
    MediaOut,
    PrintAborted,
    PrinterBusy,
    PrinterFault,
    PrinterOffline,
    PrinterUnreachable,
    PrintUnconfirmed,
)
from gizqr_station.domain.printer_setup_failures import (
    CannotCalibrate,
    LabelTooLarge,
    PrinterLibraryMissing,
    PrinterPortDenied,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.windows_spooler import WindowsQueue
from tests.printing.fake_spooler import ApiError, FakeWin32Print

CONFIG = PrinterConfig(
    "bench",
    PrinterAddress.parse("windows:zebra"),
    Language.ZPL,
    203,
    media=Media(40, 30),
    patience=Patience(confirm_s=0.3),
)
IMAGE = LabelImage(8, 2, 203, (b"\x81", b"\x18"))
DOWN = ApiError(1722, "any", "The RPC server is unavailable.")


def queue(windows: FakeWin32Print, config: PrinterConfig = CONFIG) -> WindowsQueue:
    return WindowsQueue(config, windows.spooler())


def test_a_label_is_one_raw_job_whose_name_is_the_ledger_s_number() -> None:
    windows = FakeWin32Print(a_write=7)
    printer = queue(windows)
    report = printer.print_label("42", IMAGE, Stop())
    encoder = encoder_for(CONFIG)
    expected = encoder.setup() + encoder.label(IMAGE, "42")
    assert (report.outcome, report.bytes_sent, report.failure) == (PrintOutcome.ACCEPTED, len(expected), None)
    (job,) = windows.jobs
    assert (job.document, job.data, job.whole) == (("42", None, "RAW"), expected, True)
    assert (windows.deleted, windows.handles, printer.name, printer.dpi) == ([], 0, "bench", 203)


@pytest.mark.parametrize("end", [0x80, 0x1000, 0x1080, 0x2080], ids=["printed", "complete", "both", "retained"])
def test_transferred_is_accepted_and_never_more(end: int) -> None:
    """Microsoft: complete means that the job was sent to the printer, but may not be printed yet."""
    windows = FakeWin32Print(after=[0x8, 0x10, end])
    assert queue(windows).print_label("1", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (0x10 | 0x40, MediaOut),
        (0x10 | 0x20, PrinterOffline),
        (0x10 | 0x400, PrinterFault),
        (0x200, PrinterFault),
        (0x2, PrinterFault),
        (0x2 | 0x40 | 0x20, MediaOut),
    ],
)
def test_a_fault_after_handing_over_is_unknown_and_the_job_does_not_come_out_later(
    status: int, failure: type[Failure]
) -> None:
    windows = FakeWin32Print(after=[0x10, status])
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, failure)
    assert windows.deleted == [(7, 5)], "JOB_CONTROL_DELETE"


@pytest.mark.parametrize("status", [0x4, 0x100, 0x104, 0x180])
def test_a_job_that_somebody_deleted_is_unknown(status: int) -> None:
    report = queue(FakeWin32Print(after=[status])).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintAborted)


def test_a_job_that_stays_in_the_queue_is_unknown_after_the_time_limit_and_deleted() -> None:
    windows = FakeWin32Print(after=[0x10])
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintUnconfirmed)
    assert windows.deleted == [(7, 5)]


def test_a_job_that_stays_because_the_queue_was_paused_meanwhile_says_so() -> None:
    windows = FakeWin32Print(after=[0x0])
    windows.on_look = lambda: setattr(windows, "status", 0x1)
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, QueueStopped)
    assert windows.deleted == [(7, 5)]


def test_a_job_that_cannot_be_deleted_is_unknown_all_the_same() -> None:
    windows = FakeWin32Print(after=[0x40], fails={"SetJob": DOWN})
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, MediaOut)


def test_a_spooler_that_is_lost_after_the_label_was_handed_over_is_unknown() -> None:
    report = queue(FakeWin32Print(fails={"GetJob": DOWN})).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, SpoolerSilent)


def test_a_stop_while_the_job_is_watched_is_unknown_and_deletes_it() -> None:
    windows, stop = FakeWin32Print(after=[0x10]), Stop()
    windows.on_look = stop.set
    report = queue(windows).print_label("1", IMAGE, stop)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintAborted)
    assert windows.deleted == [(7, 5)]


@pytest.mark.parametrize(
    ("status", "attributes", "others", "failure"),
    [
        (0x400000, 0, [], CoverOpen),
        (0x8, 0, [], MediaJam),
        (0x10, 0, [], MediaOut),
        (0x40, 0, [], PrinterFault),
        (0x80, 0, [], PrinterOffline),
        (0x1000, 0, [], PrinterOffline),
        (0x2000000, 0, [], PrinterOffline),
        (0x100000, 0, [], PrinterFault),
        (0x200000, 0, [], PrinterFault),
        (0x4, 0, [], PrinterFault),
        (0x2, 0, [], PrinterFault),
        (0x400010, 0, [], CoverOpen),
        (0x1, 0, [], QueueStopped),
        (0, 0x400, [], PrinterOffline),
        (0, 0, [0x10], PrinterBusy),
        (0, 0, [0x1080, 0x0], PrinterBusy),
    ],
)
def test_a_queue_that_is_not_ready_is_sent_nothing(
    status: int, attributes: int, others: list[int], failure: type[Failure]
) -> None:
    windows = FakeWin32Print(status=status, attributes=attributes, others=others)
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, report.bytes_sent, type(report.failure)) == (PrintOutcome.REFUSED, 0, failure)
    assert (windows.jobs, windows.handles) == ([], 0)
    seen = queue(windows).status(Stop())
    assert (type(seen.failure), seen.told) == (failure, False)


@pytest.mark.parametrize("status", [0, 0x20000, 0x10000, 0x4000, 0x1000000])
def test_a_queue_that_warms_up_or_saves_power_is_ready(status: int) -> None:
    assert queue(FakeWin32Print(status=status)).status(Stop()).ready


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (ApiError(1801, "OpenPrinter", "The printer name is invalid."), QueueUnknown),
        (ApiError(5, "OpenPrinter", "Access is denied."), PrinterPortDenied),
        (DOWN, SpoolerSilent),
    ],
)
def test_a_queue_that_cannot_be_opened_says_why(fault: ApiError, failure: type[Failure]) -> None:
    printer = queue(FakeWin32Print(fails={"OpenPrinter": fault}))
    report = printer.print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, failure)
    assert type(printer.status(Stop()).failure) is failure


@pytest.mark.parametrize("function", ["GetPrinter", "EnumJobs", "StartDocPrinter", "StartPagePrinter"])
def test_a_spooler_that_fails_before_the_first_byte_refuses(function: str) -> None:
    windows = FakeWin32Print(fails={function: DOWN})
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, SpoolerSilent)
    assert windows.handles == 0


@pytest.mark.parametrize("function", ["EndPagePrinter", "EndDocPrinter"])
def test_a_spooler_that_fails_after_bytes_were_written_is_unknown_and_throws_them_away(function: str) -> None:
    windows = FakeWin32Print(fails={function: DOWN})
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, windows.aborted) == (PrintOutcome.UNKNOWN, 1)
    assert report.bytes_sent > 0


@pytest.mark.parametrize(
    ("fails", "outcome"), [({}, PrintOutcome.REFUSED), ({"AbortPrinter": DOWN}, PrintOutcome.UNKNOWN)]
)
def test_a_job_of_which_nothing_was_written_is_refused_if_it_could_be_thrown_away(
    fails: dict[str, ApiError], outcome: PrintOutcome
) -> None:
    windows = FakeWin32Print(fails={"WritePrinter": DOWN, **fails})
    assert queue(windows).print_label("1", IMAGE, Stop()).outcome is outcome


def test_a_spooler_that_takes_no_more_bytes_is_not_tried_for_ever() -> None:
    windows = FakeWin32Print(a_write=0)
    report = queue(windows).print_label("1", IMAGE, Stop())
    assert (report.outcome, type(report.failure), windows.aborted) == (PrintOutcome.REFUSED, PrintAborted, 1)


def test_a_handle_that_cannot_be_closed_changes_nothing() -> None:
    windows = FakeWin32Print(fails={"ClosePrinter": DOWN})
    assert queue(windows).print_label("1", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    assert queue(windows).status(Stop()).ready


def test_jobs_that_the_queue_keeps_after_printing_do_not_make_it_busy() -> None:
    windows = FakeWin32Print(others=[0x80, 0x1000, 0x2080, 0x4], after=[0x2080])
    for job in ("1", "2"):
        assert queue(windows).print_label(job, IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    assert len(windows.jobs) == 2


def test_after_a_stop_nothing_is_sent() -> None:
    windows, stop = FakeWin32Print(), Stop()
    stop.set()
    report = queue(windows).print_label("1", IMAGE, stop)
    assert (report.outcome, type(report.failure), windows.jobs) == (PrintOutcome.REFUSED, PrinterUnreachable, [])


@pytest.mark.parametrize(
    ("image", "failure"),
    [
        (LabelImage(8, 1, 300, (b"\x00",)), PrinterUnsuitable),
        (LabelImage(400, 1, 203, (b"\x01" * 50,)), LabelTooLarge),
    ],
)
def test_a_label_that_does_not_suit_the_printer_is_sent_nothing(image: LabelImage, failure: type[Failure]) -> None:
    windows = FakeWin32Print()
    report = queue(windows).print_label("1", image, Stop())
    assert (report.outcome, type(report.failure), windows.jobs) == (PrintOutcome.REFUSED, failure, [])


def test_calibration_is_a_job_of_its_own() -> None:
    windows = FakeWin32Print()
    queue(windows).calibrate(Stop())
    assert [(job.document[0], job.data) for job in windows.jobs] == [("calibration", b"~JC\n")]


def test_a_language_without_calibration_and_a_queue_that_is_down_say_so() -> None:
    continuous = replace(CONFIG, media=Media(40, 30, Sensing.CONTINUOUS))
    with pytest.raises(CannotCalibrate):
        queue(FakeWin32Print(), continuous).calibrate(Stop())
    with pytest.raises(SpoolerSilent):
        queue(FakeWin32Print(fails={"OpenPrinter": DOWN})).calibrate(Stop())


@pytest.mark.skipif(sys.platform == "win32", reason="pywin32 is there")
def test_anywhere_but_on_windows_the_library_is_missing() -> None:
    with pytest.raises(PrinterLibraryMissing) as missing:
        WindowsQueue(CONFIG)
    assert (missing.value.printer, missing.value.library) == ("bench", "win32print")
