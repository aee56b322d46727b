"""The printers of the settings as workflows see them."""

from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.printer import Language, PrinterConfig, Tuning
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_shelf import MemoryPrinterShelf, SettingsPrinterShelf
from gizqr_station.workflows.ports import PrinterShelf

ZEBRA = PrinterConfig("Zebra", PrinterAddress.parse("tcp://192.0.2.7"), tuning=Tuning(darkness=12))
OFFICE = PrinterConfig("Office", PrinterAddress.parse("ipp://192.0.2.8"), Language.PWG, dpi=300)


@pytest.fixture(params=["in a file", "in memory"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> PrinterShelf:
    return MemoryPrinterShelf(Settings()) if request.param == "in memory" else in_a_file(tmp_path)


def in_a_file(folder: Path) -> SettingsPrinterShelf:
    return SettingsPrinterShelf(folder / "settings.toml")


def test_printers_are_kept_in_order_with_the_lines_own(shelf: PrinterShelf) -> None:
    shelf.keep((ZEBRA, OFFICE), "Office")
    assert (shelf.printers(), shelf.line_printer()) == ((ZEBRA, OFFICE), "Office")
    shelf.keep((OFFICE, ZEBRA), "")
    assert (shelf.printers(), shelf.line_printer()) == ((OFFICE, ZEBRA), "Office")


@pytest.mark.parametrize(
    ("printer", "key"),
    [
        (replace(ZEBRA, dpi=204), "printers[Zebra].dpi"),
        (replace(ZEBRA, name=""), "printers[1].name"),
        (replace(OFFICE, language=Language.ZPL), "printers[Office].language"),
        (replace(ZEBRA, tuning=Tuning(darkness=99)), "printers[Zebra].darkness"),
    ],
)
def test_a_printer_that_the_file_may_not_hold_is_refused_by_its_place(
    shelf: PrinterShelf, printer: PrinterConfig, key: str
) -> None:
    shelf.keep((ZEBRA,), "")
    with pytest.raises(SettingInvalid) as refused:
        shelf.keep((printer,), "")
    assert refused.value.key == key
    assert shelf.printers() == (ZEBRA,)


def test_a_name_that_is_taken_and_a_line_printer_that_is_not_there_are_refused(shelf: PrinterShelf) -> None:
    shelf.keep((ZEBRA,), "")
    for printers, line in (((ZEBRA, ZEBRA), ""), ((ZEBRA,), "Office")):
        with pytest.raises(SettingInvalid):
            shelf.keep(printers, line)
    assert shelf.printers() == (ZEBRA,)


def test_a_file_that_was_broken_meanwhile_is_said(tmp_path: Path) -> None:
    shelf = in_a_file(tmp_path)
    (tmp_path / "settings.toml").write_text("[[")
    for ask in (shelf.printers, shelf.line_printer, lambda: shelf.keep((ZEBRA,), "")):
        with pytest.raises(SettingsUnreadable):
            ask()


def test_what_is_kept_in_memory_touches_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    MemoryPrinterShelf(Settings()).keep((ZEBRA,), "")
    assert list(tmp_path.iterdir()) == []
