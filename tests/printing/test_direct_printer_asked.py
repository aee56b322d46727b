"""Before a label: a printer that says that something is wrong is sent nothing, so nothing comes out later."""

import time

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Asking, Media, Patience, PrinterConfig, Sensing
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaOut,
    PrinterBusy,
    PrinterPaused,
    PrinterSilent,
    PrinterUnreachable,
    RibbonOut,
)
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, LabelTooLarge, LanguageUnanswered
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.dialogues.zpl import ZplDialogue
from gizqr_station.printing.direct_printer import DirectPrinter, Pace
from gizqr_station.workflows.ports import PrintReport
from tests.printing.scripted_printer import LARGE, SMALL, SMALL_ZPL, closed_port, driver
from tests.printing.talking_printer import HangUp, Zebra, talking

QUICK = Pace(answer_s=0.15, look_s=0.3, look_connect_s=0.3, busy_s=0.3, busy_look_s=0.02, settle_s=0.2)


def asked_config(port: int, asking: Asking = Asking.AUTO, media: Media | None = None) -> PrinterConfig:
    address = PrinterAddress.parse(f"tcp://127.0.0.1:{port}")
    patience = Patience(connect_s=1.0, stall_s=5.0, total_s=10.0, confirm_s=0.8)
    return PrinterConfig("bench", address, asking=asking, patience=patience, media=media or Media())


def asked(port: int, asking: Asking = Asking.AUTO, pace: Pace = QUICK) -> DirectPrinter:
    return driver(asked_config(port, asking), ZplDialogue(), pace=pace)


def printed(printer: DirectPrinter) -> PrintReport:
    return printer.print_label("17", SMALL, Stop())


@pytest.mark.parametrize(
    ("flag", "failure"),
    [
        ("paper_out", MediaOut),
        ("ribbon_out", RibbonOut),
        ("head_up", CoverOpen),
        ("pause", PrinterPaused),
        ("label_waiting", LabelNotTaken),
    ],
)
def test_a_printer_with_a_fault_refuses_before_a_byte_of_the_label_goes_out(flag: str, failure: type[Failure]) -> None:
    zebra = Zebra()
    setattr(zebra, flag, 1)
    with talking(zebra) as port:
        printer = asked(port)
        report = printed(printer)
        assert (report.outcome, report.bytes_sent, type(report.failure)) == (PrintOutcome.REFUSED, 0, failure)
        status = printer.status(Stop())
        assert (type(status.failure), status.told) == (failure, True)
        setattr(zebra, flag, 0)
        assert printer.status(Stop()).ready
    assert b"^" not in zebra.received


def test_a_refused_label_does_not_come_out_when_the_roll_is_changed() -> None:
    zebra = Zebra()
    zebra.paper_out = 1
    with talking(zebra) as port:
        printer = asked(port)
        assert printed(printer).outcome is PrintOutcome.REFUSED
        zebra.paper_out = 0
        assert printed(printer).outcome is PrintOutcome.CONFIRMED
    assert len(zebra.labels) == 1


def test_a_ready_printer_says_so_in_its_own_codes() -> None:
    with talking(Zebra()) as port:
        status = asked(port).status(Stop())
    assert (status.failure, status.warning, status.told) == (None, None, True)
    assert status.said.startswith("030,0,0,0240")


def test_a_printer_that_answered_and_falls_silent_is_sent_nothing() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        printer = asked(port)
        assert printer.status(Stop()).ready
        zebra.silent = True
        assert isinstance(printer.status(Stop()).failure, PrinterSilent)
        report = printed(printer)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterSilent)
    assert zebra.labels == []


def test_one_that_never_answered_is_asked_once_and_then_printed_on() -> None:
    zebra = Zebra()
    zebra.silent = True
    with talking(zebra) as port:
        printer = asked(port)
        reports = [printed(printer) for _ in range(3)]
        assert printer.status(Stop()).ready
    assert [report.outcome for report in reports] == [PrintOutcome.ACCEPTED] * 3
    assert zebra.asked == [b"~HS"]
    assert len(zebra.labels) == 3


def test_one_that_never_answered_is_asked_again_when_it_was_away() -> None:
    zebra = Zebra()
    zebra.silent = True
    with talking(zebra) as port:
        printer = asked(port)
        assert printer.status(Stop()).ready
        assert printer.status(Stop()).ready
    assert zebra.asked == [b"~HS"]
    assert isinstance(printer.status(Stop()).failure, PrinterUnreachable)
    with talking(zebra, port):
        assert printer.status(Stop()).ready
    assert zebra.asked == [b"~HS"] * 2


def test_one_that_hangs_up_when_it_is_asked_is_printed_on_all_the_same() -> None:
    zebra = Zebra()
    zebra.on_state = hang_up
    with talking(zebra) as port:
        printer = asked(port)
        assert [printed(printer).outcome for _ in range(2)] == [PrintOutcome.ACCEPTED] * 2
        assert printer.status(Stop()).ready
    assert zebra.asked == [b"~HS"] * 2
    assert len(zebra.labels) == 2


def test_one_that_answered_and_now_hangs_up_when_it_is_asked_is_sent_nothing() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        printer = asked(port)
        assert printer.status(Stop()).told
        zebra.on_state = hang_up
        report = printed(printer)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterSilent)
    assert zebra.labels == []


def hang_up(_: Zebra) -> None:
    raise HangUp


def test_one_that_must_always_be_asked_is_sent_nothing_in_a_language_that_it_does_not_answer() -> None:
    zebra = Zebra()
    zebra.silent = True
    with talking(zebra) as port:
        printer = asked(port, Asking.ALWAYS)
        assert isinstance(printer.status(Stop()).failure, LanguageUnanswered)
        report = printed(printer)
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, LanguageUnanswered)
    assert zebra.labels == []


def test_one_that_is_never_to_be_asked_is_not_asked() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        printer = asked(port, Asking.NEVER)
        assert printer.status(Stop()) == printer.status(Stop())
        assert not printer.status(Stop()).told
        assert printed(printer).outcome is PrintOutcome.ACCEPTED
    assert zebra.asked == []


def test_a_printer_busy_with_something_else_is_waited_for() -> None:
    zebra = Zebra()
    zebra.formats = 3

    def one_less(printer: Zebra) -> None:
        printer.formats = max(0, printer.formats - 1)

    zebra.on_state = one_less
    with talking(zebra) as port:
        assert printed(asked(port)).outcome is PrintOutcome.CONFIRMED


def test_one_that_stays_busy_refuses_and_its_status_says_so_until_it_is_through() -> None:
    zebra = Zebra()
    zebra.formats = 3
    with talking(zebra) as port:
        printer = asked(port)
        # At a look it may well be with our own last label.
        assert printer.status(Stop()).ready
        report = printed(printer)
        assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterBusy)
        assert isinstance(printer.status(Stop()).failure, PrinterBusy)
        zebra.formats = 0
        assert printer.status(Stop()).ready
        zebra.formats = 1
        assert printer.status(Stop()).ready
    assert zebra.labels == []


def test_dots_for_another_head_are_refused_unseen() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        report = asked(port).print_label("17", LARGE, Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterUnsuitable)
    assert report.failure.values() == {"job": 17, "printer": "bench", "drawn_dpi": 600, "printer_dpi": 203}
    assert zebra.connections == 0


def test_a_label_that_does_not_fit_is_refused_unseen() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        report = driver(asked_config(port, media=Media(10, 10)), ZplDialogue()).print_label("17", SMALL, Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, LabelTooLarge)
    assert zebra.connections == 0


def test_a_stop_while_the_printer_is_asked_refuses() -> None:
    zebra, stop = Zebra(), Stop()
    zebra.silent = True
    zebra.on_state = lambda _: stop.set()
    with talking(zebra) as port:
        report = asked(port, pace=Pace(answer_s=30.0)).print_label("17", SMALL, stop)
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert zebra.labels == []


def test_a_stop_ends_a_look() -> None:
    zebra, stop = Zebra(), Stop()
    zebra.silent = True
    zebra.on_state = lambda _: stop.set()
    with talking(zebra) as port, pytest.raises(Stopped):
        asked(port, pace=Pace(look_s=30.0)).status(stop)


def test_a_look_does_not_wait_for_a_connection_as_long_as_a_label_does() -> None:
    printer = asked(closed_port())
    assert isinstance(printer.status(Stop()).failure, PrinterUnreachable)


def test_calibration_is_sent_to_a_printer_that_is_ready() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        asked(port).calibrate(Stop())
        while not zebra.received.endswith(b"~JC\n"):
            time.sleep(0.01)
        zebra.paper_out = 1
        with pytest.raises(MediaOut):
            asked(port).calibrate(Stop())
    assert zebra.received.count(b"~JC") == 1


def test_calibration_of_a_printer_that_is_away_or_has_no_command_for_it_is_refused() -> None:
    with pytest.raises(PrinterUnreachable):
        asked(closed_port()).calibrate(Stop())
    endless = asked_config(closed_port(), media=Media(sensing=Sensing.CONTINUOUS))
    with pytest.raises(CannotCalibrate):
        driver(endless, ZplDialogue()).calibrate(Stop())


def test_calibration_heeds_stop() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        asked(closed_port()).calibrate(stop)


def test_everything_of_a_label_goes_out_in_one_piece() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        assert printed(asked(port)).bytes_sent == len(SMALL_ZPL)
    assert SMALL_ZPL in zebra.received
