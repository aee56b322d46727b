"""From settings to a driver."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import SPOKEN_OVER, Language, PrinterConfig
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_setup_failures import LanguageUnsuited, PrinterLibraryMissing
from gizqr_station.domain.stop import Stop
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
