"""From settings to a driver."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import SPOKEN_OVER, Asking, Language, Patience, PrinterConfig
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_failures import PrinterSilent
from gizqr_station.domain.printer_setup_failures import LanguageUnsuited, PrinterLibraryMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.answered_before import AnsweredBefore
from gizqr_station.printing.devices import Devices
from gizqr_station.printing.direct_printer import DirectPrinter
from gizqr_station.printing.joining import printer_for
from tests.printing.scripted_printer import SMALL
from tests.printing.talking_printer import Zebra, talking

ADDRESSES = {
    Connection.TCP: "tcp://127.0.0.1:9100",
    Connection.SERIAL: "serial:/dev/ttyUSB0?baud=9600",
    Connection.USB: "usb:/dev/usb/lp0",
    Connection.IPP: "ipp://127.0.0.1/ipp/print",
    Connection.CUPS: "cups:label",
    Connection.SYSTEM: "system:label",
    Connection.FILE: "file:/tmp/labels",
}


def config(connection: Connection, language: Language) -> PrinterConfig:
    return PrinterConfig("bench", PrinterAddress.parse(ADDRESSES[connection]), language)


@pytest.mark.parametrize("connection", ADDRESSES)
def test_every_language_that_suits_a_connection_is_joined_with_it(connection: Connection) -> None:
    for language in SPOKEN_OVER[connection]:
        printer = printer_for(config(connection, language))
        assert (printer.name, printer.dpi) == ("bench", 203)


@pytest.mark.parametrize("connection", ADDRESSES)
def test_every_other_language_is_refused_with_those_that_suit(connection: Connection) -> None:
    for language in set(Language) - SPOKEN_OVER[connection]:
        with pytest.raises(LanguageUnsuited) as refused:
            printer_for(config(connection, language))
        assert (refused.value.language, refused.value.connection) == (language.value, connection.value)
        assert refused.value.takes == ", ".join(sorted(one.value for one in SPOKEN_OVER[connection]))


@pytest.mark.parametrize("connection", [Connection.TCP, Connection.SERIAL, Connection.USB])
def test_our_own_connections_have_our_own_driver(connection: Connection) -> None:
    assert isinstance(printer_for(config(connection, Language.ZPL)), DirectPrinter)


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gizqr_station.printing.links.serial_port", None)
    with pytest.raises(PrinterLibraryMissing):
        printer_for(config(Connection.SERIAL, Language.ZPL))


def test_each_call_makes_a_driver_of_its_own() -> None:
    wanted = config(Connection.TCP, Language.ZPL)
    assert printer_for(wanted) is not printer_for(wanted)


def test_the_joined_driver_prints() -> None:
    zebra = Zebra()
    with talking(zebra) as port:
        address = PrinterAddress.parse(f"tcp://127.0.0.1:{port}")
        printer = printer_for(replace(config(Connection.TCP, Language.ZPL), address=address))
        assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.CONFIRMED
    assert len(zebra.labels) == 1


def test_a_printer_device_is_printed_on(tmp_path: Path) -> None:
    address = PrinterAddress.parse(f"usb:{tmp_path / 'lp0'}")
    printer = printer_for(replace(config(Connection.USB, Language.EPL2), address=address))
    assert printer.print_label("17", SMALL, Stop()).outcome is PrintOutcome.REFUSED


def at(port: int) -> PrinterConfig:
    address = PrinterAddress.parse(f"tcp://127.0.0.1:{port}")
    return replace(config(Connection.TCP, Language.ZPL), address=address, patience=Patience(confirm_s=0.5))


def test_a_zebra_that_answered_another_program_is_sent_nothing_while_it_is_silent(tmp_path: Path) -> None:
    def begun_anew() -> Devices:
        return Devices(AnsweredBefore(tmp_path / "printers-that-answer.txt"))

    zebra = Zebra()
    with talking(zebra) as port:
        assert printer_for(at(port), begun_anew()).status(Stop()).told
        zebra.silent = True
        report = printer_for(at(port), begun_anew()).print_label("17", SMALL, Stop())
        assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterSilent)
        assert isinstance(printer_for(at(port), begun_anew()).status(Stop()).failure, PrinterSilent)
        assert zebra.labels == []
        never = replace(at(port), asking=Asking.NEVER)
        assert printer_for(never, begun_anew()).print_label("17", SMALL, Stop()).outcome is PrintOutcome.ACCEPTED


def test_an_owed_label_is_not_forgotten_when_the_printer_is_edited() -> None:
    zebra, devices = Zebra(), Devices()
    zebra.on_label = lambda _: None
    with talking(zebra) as port:
        first = printer_for(at(port), devices).print_label("17", SMALL, Stop())
        assert first.outcome is PrintOutcome.UNKNOWN
        zebra.on_label = Zebra.print_one
        edited = replace(at(port), name="renamed", address=PrinterAddress.parse(f"tcp://localhost:{port}"))
        assert printer_for(edited, devices).print_label("18", SMALL, Stop()).outcome is PrintOutcome.ACCEPTED


def test_two_drivers_of_one_device_never_talk_to_it_at_the_same_time() -> None:
    devices = Devices()
    with devices.of(at(9)).in_use:
        # Nothing is there; it would say so had it been asked.
        assert printer_for(at(9), devices).status(Stop()).failure is None


def test_another_language_or_address_is_another_device() -> None:
    devices = Devices()
    zpl = devices.of(at(9100))
    assert devices.of(replace(at(9100), name="other", dpi=300)) is zpl
    zpl.has_answered()
    others = [devices.of(replace(at(9100), language=Language.TSPL)), devices.of(at(9101))]
    assert [zpl.answered, *(other.answered for other in others)] == [True, False, False]
