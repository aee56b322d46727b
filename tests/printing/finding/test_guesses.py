"""What a printer says of itself becomes a guess, and what says nothing becomes none."""

import pytest

from gizqr_station.domain.printer import Language
from gizqr_station.printing.finding.guesses import Guess, clean, device_id, found_printer, guess, title


def test_an_identification_is_read_by_short_and_by_long_keys() -> None:
    short = "MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD421-300dpi ZPL;CLS:PRINTER;"
    assert device_id(short)["MDL"] == "ZTC ZD421-300dpi ZPL"
    long = "\x00\x40MANUFACTURER:TSC;\nCOMMAND SET: TSPL2 ;MODEL:TE200;DESCRIPTION:a: b;"
    told = device_id(long)
    assert (told["CMD"], told["MDL"], told["DES"]) == ("TSPL2", "TE200", "a: b")


@pytest.mark.parametrize("text", ["", ";;;", ":", "MFG", "MFG:;", "\xff\xfe"])
def test_an_identification_that_says_nothing_is_empty(text: str) -> None:
    assert device_id(text) == {}


@pytest.mark.parametrize(
    ("names", "commands", "expected"),
    [
        (("Zebra Technologies", "ZTC ZD421-300dpi ZPL"), "ZPL", Guess(Language.ZPL, 300)),
        (("Zebra", "ZTC GK420d"), "", Guess(Language.ZPL)),
        (("Zebra", "LP2844"), "", Guess(Language.EPL2)),
        (("ZDesigner TLP 2844 (EPL)",), "", Guess(Language.EPL2)),
        (("UNKNOWN", "label"), "EPL", Guess(Language.EPL2)),
        (("TSC", "TE200"), "", Guess(Language.TSPL)),
        (("Gprinter GP-2120T",), "", Guess(Language.TSPL)),
        (("Xprinter", "XP-420B"), "", Guess(Language.TSPL)),
        (("Xprinter", "XP-80C"), "ESC/POS", Guess(Language.ESCPOS)),
        (("EPSON", "TM-T88VI"), "", Guess(Language.ESCPOS)),
        (("EPSON", "TM-L100"), "ESCPL2,BDC,D4,END4", Guess(Language.ESCPOS)),
        (("Brother", "QL-820NWB"), "PT-CBP", Guess(Language.BROTHER, 300, "QL-820NWB")),
        (("Brother", "PT-P750W"), "", Guess(Language.BROTHER, 180, "PT-P750W")),
        (("Brother PT-P950NW",), "", Guess(Language.BROTHER, 360, "PT-P950NW")),
        (("Brother", "TD-4550DNWB"), "PT-CBP", Guess(Language.BROTHER, None, "TD-4550DNWB")),
        (("something",), "PT-CBP", Guess(Language.BROTHER)),
        (("Brother", "HL-L2350DW series"), "PJL,PCL,PCLXL,URF", Guess()),
        (("Hewlett-Packard", "LaserJet 4250"), "PCL,POSTSCRIPT", Guess()),
        (("QLogic adapter",), "", Guess()),
        (("",), "", Guess()),
    ],
)
def test_a_printer_is_guessed_by_its_commands_and_else_by_its_name(
    names: tuple[str, ...], commands: str, expected: Guess
) -> None:
    assert guess(*names, commands=commands) == expected


def test_the_maker_is_said_once() -> None:
    assert title("Zebra", "Zebra ZD421") == "Zebra ZD421"
    assert title("TSC", "TE200") == "TSC TE200"
    assert (title("", "TE200"), title("TSC", "")) == ("TE200", "TSC")


def test_what_a_device_says_is_one_short_printable_line() -> None:
    assert clean("  a\nb\x1b[2J\tc ") == "a b [2J c"
    assert len(clean("x" * 1000)) == 120


def test_an_address_that_is_none_is_no_printer() -> None:
    assert found_printer("tcp://two hosts", "x", Guess()) is None
