"""What may be changed in the list of printers, and what goes with a name in the ledger."""

from dataclasses import replace

import pytest

from gizqr_station.domain.printer import SPOKEN_OVER, Language
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_setup_failures import (
    LanguageUnsuited,
    PrinterAddressTaken,
    PrinterNameTaken,
    PrinterNeeded,
    PrinterUnknown,
)
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.printer_list import forget_in_ledger, removed, saved
from tests.fake_desk import config_of
from tests.fakes import FakeLedger

A, B = config_of("a"), config_of("b")


def test_a_new_printer_stands_at_the_end() -> None:
    assert saved((A,), B, "") == (A, B)


def test_a_printer_that_is_saved_again_keeps_its_place() -> None:
    changed = config_of("a", dpi=300)
    renamed = config_of("c", "a")
    assert saved((A, B), changed, "a") == (changed, B)
    assert saved((A, B), renamed, "a") == (renamed, B)


@pytest.mark.parametrize(("name", "was"), [("a", ""), ("a", "b")])
def test_two_printers_never_have_one_name(name: str, was: str) -> None:
    with pytest.raises(PrinterNameTaken) as taken:
        saved((A, B), config_of(name, "elsewhere"), was)
    assert taken.value.printer == name


@pytest.mark.parametrize("was", ["", "b"])
def test_two_printers_are_never_set_up_on_one_device(was: str) -> None:
    here = config_of("a", "localhost")
    with pytest.raises(PrinterAddressTaken) as taken:
        saved((here, B), config_of("c", "127.0.0.1"), was)
    assert taken.value.values() == {"printer": "c", "other": "a", "address": "tcp://127.0.0.1:9100"}
    assert saved((here, B), config_of("c", "127.0.0.1"), "a")[0].name == "c"


def test_a_printer_that_somebody_removed_meanwhile_is_not_saved() -> None:
    with pytest.raises(PrinterUnknown):
        saved((A,), config_of("c"), "b")


@pytest.mark.parametrize("connection", Connection)
@pytest.mark.parametrize("language", Language)
def test_a_language_is_only_saved_where_it_can_be_sent(connection: Connection, language: Language) -> None:
    printer = replace(config_of("c"), address=PrinterAddress(connection, "h", 1, "/p"), language=language)
    if language in SPOKEN_OVER[connection]:
        assert saved((A,), printer, "")[1] == printer
        return
    with pytest.raises(LanguageUnsuited) as unsuited:
        saved((A,), printer, "")
    assert (unsuited.value.language, unsuited.value.connection) == (language.value, connection.value)
    assert language.value not in unsuited.value.takes.split(", ")


def test_what_the_line_prints_on_is_not_removed_and_neither_is_the_last_printer() -> None:
    assert removed((A, B), "b", "a") == (A,)
    with pytest.raises(PrinterNeeded):
        removed((A, B), "a", "a")
    with pytest.raises(PrinterNeeded):
        removed((A,), "a", "gone")
    with pytest.raises(PrinterUnknown):
        removed((A, B), "c", "a")


def test_a_printer_that_is_gone_leaves_no_count_to_the_next_one_of_its_name() -> None:
    ledger = FakeLedger()
    ledger.load_supply("a", SupplyKind.LABELS, 5, 1, who="x")
    ledger.load_supply("b", SupplyKind.LABELS, 5, 1, who="x")
    forget_in_ledger(ledger, "a", who="Li Wei")
    assert (ledger.supplies("a"), len(ledger.supplies("b"))) == ((), 1)
