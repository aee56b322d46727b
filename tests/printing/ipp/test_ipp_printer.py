"""A direct IPP printer: confirmed on its word, refused on its word, unknown whenever there is none."""

import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable, QueueIsRaw
from gizqr_station.domain.printer import Language, Media, Patience, PrinterConfig, Tuning
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelCountDiffers,
    LabelHeldBack,
    MediaLow,
    MediaOut,
    PrintAborted,
    PrinterBusy,
    PrinterFault,
    PrinterSilent,
    PrinterUnreachable,
    PrintUnconfirmed,
)
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, FormatRefused, LabelTooLarge, MediaDiffers
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.ipp_printer import IppPrinter
from tests.printing.ipp.fake_ipp import (
    CANCEL_JOB,
    GET_JOB,
    GET_JOBS,
    GET_PRINTER,
    PRINT_JOB,
    FakeIpp,
    answer,
    fake_ipp,
    http,
    only,
    said,
)
from tests.printing.ipp.inline import InThread
from tests.printing.ipp.programs import free_port, until
from tests.printing.ipp.samples import label

_QUICK = Patience(connect_s=0.6, stall_s=0.6, total_s=1.0, confirm_s=0.6)


@pytest.fixture
def fake() -> Iterator[FakeIpp]:
    with fake_ipp() as printer:
        yield printer


def printer_at(fake: FakeIpp, language: Language = Language.PNG, path: str = "/ipp/print") -> IppPrinter:
    return IppPrinter(_config(fake.port, language, path))


def _config(port: int, language: Language = Language.PNG, path: str = "/ipp/print") -> PrinterConfig:
    address = PrinterAddress.parse(f"ipp://127.0.0.1:{port}{path}")
    return PrinterConfig("bench", address, language, patience=_QUICK)


def test_a_completed_job_is_confirmed_and_the_very_document_arrived(fake: FakeIpp) -> None:
    fake.job_states = [3, 5, 5, 9]
    report = printer_at(fake).print_label("17", label(), Stop())
    (document,) = fake.documents
    assert (report.outcome, report.bytes_sent, report.failure) == (PrintOutcome.CONFIRMED, len(document), None)
    assert document.startswith(b"\x89PNG\r\n")
    (sent,) = [body for body in fake.requests if body[2:4] == b"\x00\x02"]
    assert said(sent, "job-name") == "17"
    assert said(sent, "document-format") == "image/png"
    assert said(sent, "printer-uri") == f"ipp://127.0.0.1:{fake.port}/ipp/print"


def test_pwg_raster_is_sent_as_what_it_is(fake: FakeIpp) -> None:
    assert printer_at(fake, Language.PWG).print_label("17", label(), Stop()).outcome is PrintOutcome.CONFIRMED
    assert fake.documents[0].startswith(b"RaS2")


@pytest.mark.parametrize(
    ("reasons", "failure"),
    [
        (("media-empty-error",), MediaOut),
        (("media-needed",), MediaOut),
        (("cover-open", "media-empty"), CoverOpen),
        (("spool-area-full-error",), PrinterFault),
    ],
)
def test_what_keeps_it_from_printing_refuses_before_a_byte_of_the_label_goes_out(
    fake: FakeIpp, reasons: tuple[str, ...], failure: type
) -> None:
    fake.reasons, fake.state = reasons, 5
    report = printer_at(fake).print_label("18", label(), Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert isinstance(report.failure, failure)
    assert fake.operations() == [GET_PRINTER]
    status = printer_at(fake).status(Stop())
    assert isinstance(status.failure, failure)
    assert status.told


def test_a_warning_lets_print_and_is_shown(fake: FakeIpp) -> None:
    fake.reasons = ("media-low-warning",)
    assert printer_at(fake).print_label("18", label(), Stop()).outcome is PrintOutcome.CONFIRMED
    status = printer_at(fake).status(Stop())
    assert status.ready
    assert isinstance(status.warning, MediaLow)
    assert status.said == "idle media-low-warning"


def test_a_printer_that_takes_no_jobs_refuses(fake: FakeIpp) -> None:
    fake.accepting = False
    assert isinstance(printer_at(fake).print_label("19", label(), Stop()).failure, PrinterFault)
    assert not printer_at(fake).status(Stop()).ready
    assert PRINT_JOB not in fake.operations()


def test_a_format_that_it_does_not_take_is_refused_with_those_that_it_takes(fake: FakeIpp) -> None:
    fake.formats = ("image/urf", "image/pwg-raster")
    report = printer_at(fake).print_label("20", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, FormatRefused)
    assert report.failure.takes == "image/urf, image/pwg-raster"


def test_another_resolution_is_refused(fake: FakeIpp) -> None:
    fake.dpi = 300
    report = printer_at(fake).print_label("21", label(), Stop())
    assert isinstance(report.failure, PrinterUnsuitable)
    assert (report.failure.job, report.failure.drawn_dpi, report.failure.printer_dpi) == (21, 203, 300)
    assert PRINT_JOB not in fake.operations()


@pytest.mark.parametrize(
    ("loaded", "failure"), [(((2500, 2500),), LabelTooLarge), (((6000, 4000), (5000, 3000)), MediaDiffers)]
)
def test_other_labels_than_the_drawn_ones_are_refused(
    fake: FakeIpp, loaded: tuple[tuple[int, int], ...], failure: type
) -> None:
    fake.sizes = loaded
    report = printer_at(fake).print_label("22", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, failure)
    assert PRINT_JOB not in fake.operations()


def test_a_printer_that_does_not_say_what_is_loaded_is_believed_to_be_loaded_rightly(fake: FakeIpp) -> None:
    fake.sizes = ()
    assert printer_at(fake).print_label("22", label(), Stop()).outcome is PrintOutcome.CONFIRMED


def test_a_turned_label_asks_for_turned_media(fake: FakeIpp) -> None:
    fake.sizes = ((3000, 4000),)
    config = replace(_config(fake.port), tuning=Tuning(rotated=True))
    assert IppPrinter(config).print_label("23", label(), Stop()).outcome is PrintOutcome.CONFIRMED


def test_a_label_larger_than_the_media_of_the_settings_is_refused_unasked(fake: FakeIpp) -> None:
    config = replace(_config(fake.port), media=Media(25.0, 25.0))
    report = IppPrinter(config).print_label("24", label(), Stop())
    assert isinstance(report.failure, LabelTooLarge)
    assert fake.requests == []


def test_a_printer_at_work_on_something_else_is_busy(fake: FakeIpp) -> None:
    fake.state = 4
    report = printer_at(fake).print_label("25", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterBusy)
    assert PRINT_JOB not in fake.operations()


@pytest.mark.parametrize(("state", "queued"), [(4, 0), (3, 1), (4, 1)])
def test_a_printer_with_a_job_that_nobody_watches_is_not_ready(fake: FakeIpp, state: int, queued: int) -> None:
    fake.state, fake.queued = state, queued
    printer = printer_at(fake)
    assert isinstance(printer.status(Stop()).failure, PrinterBusy)
    assert isinstance(printer.print_label("25", label(), Stop()).failure, PrinterBusy)
    assert PRINT_JOB not in fake.operations()


def test_a_printer_that_is_still_at_work_behind_a_label_of_ours_is_ready(fake: FakeIpp) -> None:
    patient = IppPrinter(replace(_config(fake.port), patience=replace(_QUICK, connect_s=30.0)))
    assert patient.print_label("25", label(), Stop()).outcome is PrintOutcome.CONFIRMED
    fake.state, fake.queued = 4, 1
    assert patient.status(Stop()).ready
    assert isinstance(printer_at(fake).status(Stop()).failure, PrinterBusy)


def test_a_printer_with_a_label_of_ours_under_way_is_ready_until_nobody_watches_it(fake: FakeIpp) -> None:
    fake.job_states, fake.cancels = [5], False
    printer, stop = IppPrinter(replace(_config(fake.port), patience=replace(_QUICK, confirm_s=20.0))), Stop()
    with InThread(lambda: printer.print_label("25", label(), stop)) as printing:
        until(lambda: GET_JOB in fake.operations(), "the job is watched")
        fake.state, fake.queued = 4, 1
        assert printer.status(Stop()).ready
        stop.set()
    assert printing.result.outcome is PrintOutcome.UNKNOWN
    assert isinstance(printer.status(Stop()).failure, PrinterBusy)


@pytest.mark.parametrize("asked", [GET_JOB, CANCEL_JOB])
def test_a_printer_that_goes_away_with_a_job_of_ours_may_still_print_it(fake: FakeIpp, asked: int) -> None:
    fake.job_states = [5]
    fake.instead = only([asked], lambda *_: b"")
    if asked == GET_JOB:
        fake.instead = only([GET_JOB, CANCEL_JOB], lambda *_: b"")
    report = printer_at(fake).print_label("28", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, PrinterUnreachable)


@pytest.mark.parametrize("state", [7, 8])
def test_a_job_that_the_printer_gives_up_is_unknown(fake: FakeIpp, state: int) -> None:
    fake.job_states = [5, state]
    report = printer_at(fake).print_label("26", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintAborted)


def test_a_job_that_never_began_when_it_was_given_up_is_refused(fake: FakeIpp) -> None:
    fake.job_states, fake.began = [3, 8], False
    report = printer_at(fake).print_label("27", label(), Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)


def test_a_job_that_was_seen_at_work_is_unknown_whatever_it_says_afterwards(fake: FakeIpp) -> None:
    fake.job_states, fake.began = [5, 8], False
    assert printer_at(fake).print_label("27", label(), Stop()).outcome is PrintOutcome.UNKNOWN


def test_a_job_without_an_end_is_cancelled_and_unknown(fake: FakeIpp) -> None:
    fake.job_states = [5]
    report = printer_at(fake).print_label("28", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintUnconfirmed)
    assert fake.cancelled


def test_a_job_that_completes_while_it_is_cancelled_is_confirmed(fake: FakeIpp) -> None:
    fake.job_states, fake.cancels = [5], False

    def completes(body: bytes, connection: socket.socket) -> bytes:
        fake.job_states = [9]
        return http(answer(body, 0x0404))

    fake.instead = only([CANCEL_JOB], completes)
    assert printer_at(fake).print_label("29", label(), Stop()).outcome is PrintOutcome.CONFIRMED


@pytest.mark.parametrize(
    ("impressions", "reasons", "outcome"),
    [
        (None, ("job-completed-successfully",), PrintOutcome.CONFIRMED),
        (1, ("job-completed-with-warnings",), PrintOutcome.CONFIRMED),
        (0, ("job-completed-successfully",), PrintOutcome.ACCEPTED),
        (1, ("queued-in-device",), PrintOutcome.ACCEPTED),
        (1, ("job-completed-with-errors",), PrintOutcome.UNKNOWN),
        (2, ("job-completed-successfully",), PrintOutcome.UNKNOWN),
    ],
)
def test_completed_means_no_more_than_the_printers_other_words_allow(
    fake: FakeIpp, impressions: int | None, reasons: tuple[str, ...], outcome: PrintOutcome
) -> None:
    fake.impressions, fake.job_reasons = impressions, reasons
    report = printer_at(fake).print_label("30", label(), Stop())
    assert report.outcome is outcome
    if impressions == 2:
        assert isinstance(report.failure, LabelCountDiffers)


def test_a_print_server_is_never_believed_to_have_printed(fake: FakeIpp) -> None:
    fake.instead = only([0x400F], lambda body, _: http(answer(body, 0)))
    report = printer_at(fake, path="/printers/labels").print_label("31", label(), Stop())
    assert report.outcome is PrintOutcome.ACCEPTED
    fake.cups = True
    assert printer_at(fake).print_label("31", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    assert not printer_at(fake).status(Stop()).told


def test_a_raw_queue_at_an_ipp_address_is_refused(fake: FakeIpp) -> None:
    fake.cups = True
    report = printer_at(fake).print_label("32", label(), Stop())
    assert isinstance(report.failure, QueueIsRaw)
    assert PRINT_JOB not in fake.operations()


def test_a_job_of_another_name_under_our_number_is_not_ours(fake: FakeIpp) -> None:
    fake.job_name = "99"
    report = printer_at(fake).print_label("33", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert not fake.cancelled


def test_an_answer_that_is_lost_is_looked_up_by_the_jobs_name(fake: FakeIpp) -> None:
    def breaks_off(body: bytes, connection: socket.socket) -> bytes:
        while len(body) < 300:
            body += connection.recv(65536)
        fake.requests.append(body)
        return b""

    fake.instead = only([PRINT_JOB], breaks_off)
    report = printer_at(fake).print_label("34", label(), Stop())
    assert report.outcome is PrintOutcome.CONFIRMED
    assert GET_JOBS in fake.operations()


@pytest.mark.parametrize("keeps_jobs", [True, False])
def test_a_lost_answer_and_no_such_job_is_unknown(fake: FakeIpp, keeps_jobs: bool) -> None:
    fake.keeps_jobs, fake.job_name = keeps_jobs, "somebody else's"

    def breaks_off(body: bytes, connection: socket.socket) -> bytes:
        fake.requests.append(body)  # so a job is there, but it goes by another name, or nobody keeps it
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return b""

    fake.instead = only([PRINT_JOB], breaks_off)
    report = printer_at(fake).print_label("35", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert report.bytes_sent > 0
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, PrinterUnreachable)


def test_a_job_from_before_is_not_taken_for_the_lost_one(fake: FakeIpp) -> None:
    printer = printer_at(fake)
    assert printer.print_label("36", label(), Stop()).outcome is PrintOutcome.CONFIRMED
    fake.instead = lambda asked, body, _: b"" if asked == PRINT_JOB else _later(asked, body)
    report = printer.print_label("36", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN


def _later(asked: int, body: bytes) -> bytes | None:
    """The printer's clock has gone on: what it had done before is older than 500 s."""
    if asked != GET_PRINTER:
        return None
    return http(FakeIpp(state=3).said_to(body).replace(struct.pack(">Hi", 4, 100), struct.pack(">Hi", 4, 500)))


def test_a_printer_that_never_answers_the_label_is_unknown(fake: FakeIpp) -> None:
    fake.keeps_jobs = False
    let_go = threading.Event()

    def stalls(body: bytes, connection: socket.socket) -> bytes:
        let_go.wait(10)
        return b""

    fake.instead = only([PRINT_JOB], stalls)
    with InThread(lambda: printer_at(fake).print_label("37", label(), Stop())) as printing:
        printing.wait(1.0)
        let_go.set()
    assert printing.result.outcome is PrintOutcome.UNKNOWN
    assert isinstance(printing.result.failure, LabelHeldBack)


def test_stop_ends_a_call_that_is_never_answered(fake: FakeIpp) -> None:
    let_go, stop, asked = threading.Event(), Stop(), threading.Event()

    def stalls(body: bytes, connection: socket.socket) -> bytes:
        asked.set()
        let_go.wait(10)
        return b""

    fake.instead = only([PRINT_JOB], stalls)
    patient = replace(_config(fake.port), patience=Patience(stall_s=30, confirm_s=30))
    with InThread(lambda: IppPrinter(patient).print_label("38", label(), stop)) as printing:
        asked.wait(10)
        stop.set()
        until(lambda: printing.done, "the end, long before any time-out", 5)
        let_go.set()
    assert printing.result.outcome is PrintOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "failure", "outcome"),
    [
        (0x040A, FormatRefused, PrintOutcome.REFUSED),
        (0x0507, PrinterBusy, PrintOutcome.REFUSED),
        (0x0401, PrinterFault, PrintOutcome.REFUSED),
        (0x0500, PrintAborted, PrintOutcome.UNKNOWN),
        (0x0504, PrintAborted, PrintOutcome.UNKNOWN),
        (0x0777, PrintAborted, PrintOutcome.UNKNOWN),
    ],
)
def test_a_refusal_is_one_only_where_nothing_can_have_been_printed(
    fake: FakeIpp, status: int, failure: type, outcome: PrintOutcome
) -> None:
    fake.keeps_jobs = False
    fake.instead = only([PRINT_JOB], lambda body, _: http(answer(body, status)))
    report = printer_at(fake).print_label("40", label(), Stop())
    assert report.outcome is outcome
    assert isinstance(report.failure, failure)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (http(b"", "401 Unauthorized"), PrintOutcome.REFUSED),
        (http(b"", "404 Not Found"), PrintOutcome.REFUSED),
        (http(b"", "302 Found", "Location: http://127.0.0.1:1/\r\n"), PrintOutcome.REFUSED),
        (http(b"", "500 Oh"), PrintOutcome.UNKNOWN),
        (http(b"<html>", kind="text/html"), PrintOutcome.UNKNOWN),
        (http(b"\x02\x00\x00\x00"), PrintOutcome.UNKNOWN),
        (b"SSH-2.0-x\r\n\r\n", PrintOutcome.UNKNOWN),
    ],
)
def test_what_is_no_ipp_answer_to_a_label_has_a_name(fake: FakeIpp, told: bytes, outcome: PrintOutcome) -> None:
    fake.keeps_jobs = False
    fake.instead = only([PRINT_JOB], lambda *_: told)
    report = printer_at(fake).print_label("41", label(), Stop())
    assert report.outcome is outcome
    assert report.failure is not None


def test_what_is_no_printer_at_all_refuses(fake: FakeIpp) -> None:
    fake.instead = lambda *_: http(b"<html>", kind="text/html")
    report = printer_at(fake).print_label("42", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterFault)


def test_an_endless_answer_is_cut_off(fake: FakeIpp) -> None:
    fake.instead = lambda _, body, __: http(fake.said_to(body) + bytes(5 << 20))
    report = printer_at(fake).print_label("43", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterFault)


def test_a_printer_that_knows_only_ipp_1_1_is_asked_in_it(fake: FakeIpp) -> None:
    fake.instead = lambda _, body, __: None if body[:2] == b"\x01\x01" else http(answer(body, 0x0503))
    assert printer_at(fake).print_label("44", label(), Stop()).outcome is PrintOutcome.CONFIRMED
    assert len(fake.documents) == 1


def test_a_printer_that_is_off_refuses() -> None:
    printer = IppPrinter(_config(free_port()))
    report = printer.print_label("45", label(), Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert isinstance(report.failure, PrinterUnreachable)
    assert isinstance(printer.status(Stop()).failure, PrinterUnreachable)


def test_a_printer_that_takes_connections_and_says_nothing_is_silent() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        status = IppPrinter(_config(door.getsockname()[1])).status(Stop())
    assert isinstance(status.failure, PrinterSilent)


def test_a_stopped_station_asks_nothing(fake: FakeIpp) -> None:
    stop = Stop()
    stop.set()
    assert printer_at(fake).print_label("46", label(), stop).outcome is PrintOutcome.REFUSED
    with pytest.raises(Stopped):
        printer_at(fake).status(stop)
    assert fake.requests == []


def test_a_job_name_that_is_none_is_an_error_of_the_program(fake: FakeIpp) -> None:
    with pytest.raises(ValueError, match="job name"):
        printer_at(fake).print_label("../x", label(), Stop())


def test_ipp_measures_no_media(fake: FakeIpp) -> None:
    with pytest.raises(CannotCalibrate):
        printer_at(fake).calibrate(Stop())
    assert GET_JOB not in fake.operations()
