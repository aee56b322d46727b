"""What a printer is set up as, and what is known of it."""

import pytest

from gizqr_station.domain.printer import SPOKEN_OVER, Language, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_failures import CoverOpen, RollLow


def test_documents_are_what_drivers_understand_and_the_rest_are_label_languages() -> None:
    assert {language for language in Language if language.is_document} == {Language.PWG, Language.PNG, Language.PDF}


def test_for_every_connection_it_is_known_what_can_be_sent_over_it() -> None:
    assert set(SPOKEN_OVER) == set(Connection)
    assert all(SPOKEN_OVER.values())
    assert set().union(*SPOKEN_OVER.values()) == set(Language)


@pytest.mark.parametrize("connection", [Connection.TCP, Connection.SERIAL, Connection.USB, Connection.WINDOWS])
def test_no_document_goes_where_a_printer_would_print_its_bytes(connection: Connection) -> None:
    assert not any(language.is_document for language in SPOKEN_OVER[connection])


@pytest.mark.parametrize("connection", [Connection.IPP, Connection.SYSTEM])
def test_no_label_language_goes_where_a_driver_would_print_it_as_text(connection: Connection) -> None:
    assert all(language.is_document for language in SPOKEN_OVER[connection])


def test_a_warning_does_not_keep_a_label_from_being_sent() -> None:
    assert PrinterStatus(warning=RollLow("p", 7)).ready
    assert not PrinterStatus(CoverOpen("p")).ready


def test_printers_that_are_set_up_alike_are_equal() -> None:
    address = PrinterAddress.parse("tcp://192.0.2.7")
    assert PrinterConfig("a", address) == PrinterConfig("a", PrinterAddress.parse("tcp://192.0.2.7:9100"))
    assert PrinterConfig("a", address) != PrinterConfig("a", address, dpi=300)
