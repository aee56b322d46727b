"""A scanner set to another keyboard is recognised by what comes out of it, and nothing is ever made of that."""

import string

import pytest

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.keyboard_layouts import KEYBOARDS, Keyboard, meant_by
from gizqr_station.domain.scan_damage import came_out_changed, contents_before
from gizqr_station.domain.scan_failures import CapsLockOn, ScannerLayoutWrong
from gizqr_station.domain.scans import ScanKind, sort_scan

ISSUED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
LINK = "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456"
IMEI = "861193040496508;22271M00015061005530"
MAC = "AC:CF:23:2B:E5:30"

# What really comes out, written down key by key and not by the program's own tables.
DAMAGED = [
    # an American scanner on a computer with that keyboard
    ('QCCF"é"BE("à', "AZERTY"),
    ('QCMCFM"éMéBME(M"à', "AZERTY"),
    ('QC)CF)"")éB)E()"à', "AZERTY"),
    ("_-&&ç\"à'àçç-(à_", "AZERTY"),
    ("ACÖCFÖ23Ö2BÖE5Ö30", "QWERTZ"),
    ("ACßCFß23ß2BßE5ß30", "QWERTZ"),
    ("861193040496508ö22271M00015061005530", "QWERTZ"),
    ("GIYQRÖROLL", "QWERTZ"),
    ("ACÑCFÑ23Ñ2BÑE5Ñ30", "Spanish"),
    ("AC'CF'23'2B'E5'30", "Spanish"),
    ("861193040496508ñ22271M00015061005530", "Spanish"),
    ("ACçCFç23ç2BçE5ç30", "Italian"),
    ("861193040496508ò22271M00015061005530", "Italian"),
    ("AC+CF+23+2B+E5+30", "Swedish"),
    ("ACØCFØ23Ø2BØE5Ø30", "Norwegian"),
    ("ФССА232ИУ530", "Russian"),
    ("ACCFěšěBEřšé", "Czech"),
    # a scanner set to AZERTY, QWERTZ and the like on an American computer
    ("AC>CF>23>2B>E5>30", "QWERTY (US)"),
    ("AC/CF/23/2B/E5/30", "QWERTY (US)"),
    ("861193040496508<22271M00015061005530", "QWERTY (US)"),
    ("GIYQR>ROLL", "QWERTY (US)"),
    ("QCCF@#@BE%#)", "QWERTY (US)"),
    # through an input method
    ("ＡＣＣＦ２３２ＢＥ５３０", "input method"),
    ("AC：CF：23：2B：E5：30", "input method"),
    ("861193040496508；22271M00015061005530", "input method"),
    ("ac'cf'２３２be530", "input method"),
]


@pytest.mark.parametrize(("text", "layout"), DAMAGED)
def test_what_a_wrongly_set_scanner_makes_is_named_and_never_taken(text: str, layout: str) -> None:
    scan = sort_scan(text)
    assert isinstance(scan.problem, ScannerLayoutWrong)
    assert layout in scan.problem.layout.split(" / ")
    assert (scan.what, scan.identity, scan.supply, scan.kind) == (ScanKind.SPOILT, None, None, ContentKind.OTHER)


@pytest.mark.parametrize("text", [f"]Q1{MAC}", IMEI, MAC, MAC.replace(":", "-"), MAC.replace(":", ""), "GIZQR:ROLL"])
@pytest.mark.parametrize("keyboard", KEYBOARDS, ids=lambda keyboard: keyboard.name)
def test_on_every_keyboard_a_code_is_taken_as_it_is_or_refused(text: str, keyboard: Keyboard) -> None:
    meant = sort_scan(text)
    # What a scanner types with AltGr comes out as nothing here.
    the_other_way = [keyboard.meant_here(text)] if set(text) <= set(keyboard.keys) else []
    for typed in (keyboard.typed_here(text), *the_other_way):
        scan = sort_scan(typed)
        assert scan.identity in {None, meant.identity}
        assert scan.supply in {None, meant.supply}
        if (scan.identity, scan.supply) != (meant.identity, meant.supply):
            assert isinstance(scan.problem, ScannerLayoutWrong)


@pytest.mark.parametrize(
    "text",
    [
        "www.hi-flying.com",
        "http://site.gizwits.com/u/a16fcfc",
        "Lamp 12, white; made in 2026",
        "(01)06901234567892(21)A1B2C3",
        "S/N: 22271M00015061005530",
        "合格证 12345",
        "批次：２０２６１１２２",
        "QBCDEFQBCDEF",
        "ABCDEFGHIJKL",
        "don't panic",
        "P12345",
        "12/04/2026 10:15",
        "ÄÖÜß",
        "",
    ],
)
def test_an_ordinary_unknown_text_is_not_called_damage(text: str) -> None:
    scan = sort_scan(text)
    assert (scan.problem, scan.identity) == (None, None)


@pytest.mark.parametrize("content", [ISSUED, LINK, "type=share&code=5c5829aea65f4ced98b9a73a0668683e"])
def test_a_content_with_capitals_and_small_letters_exchanged_means_caps_lock(content: str) -> None:
    scan = sort_scan(content.swapcase())
    assert isinstance(scan.problem, CapsLockOn)
    assert scan.kind is ContentKind.OTHER
    assert isinstance(came_out_changed(content.swapcase(), content), CapsLockOn)


def test_identities_and_commands_are_the_same_with_caps_lock_on() -> None:
    assert sort_scan("accf232BE530".swapcase()).identity == sort_scan("accf232be530").identity
    assert sort_scan("gizqr:roll").supply is sort_scan("GIZQR:ROLL").supply


# "y" and "z" stand in each other's place, and the closing signs of base64 are dead keys there.
SWAPPED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU-RQAnSjtFqvEsoISa7`WLyDhjHU7ArPMZwRGg2MIayCLTzmUy5kTyw´´"


@pytest.mark.parametrize("typed", [SWAPPED, SWAPPED.rstrip("´"), SWAPPED.replace("`W", "Ẁ")])
def test_a_waited_for_content_is_known_even_where_dead_keys_swallowed_some_of_it(typed: str) -> None:
    changed = came_out_changed(typed, ISSUED)
    assert isinstance(changed, ScannerLayoutWrong)
    assert "QWERTZ" in changed.layout


def test_a_content_in_which_only_y_and_z_changed_places_is_known_among_many() -> None:
    assert sort_scan("SZY00911f500047").problem is None, "by itself it looks like any other text"
    befell = dict(contents_before("SZY00911f500047"))["SYZ00911f500047"]
    assert isinstance(befell, ScannerLayoutWrong)
    assert befell.layout == "QWERTZ"


def test_another_content_is_not_called_a_changed_one() -> None:
    assert came_out_changed(ISSUED, ISSUED) is None
    assert came_out_changed("4711-0815", "4711-0815") is None, "no letter that caps lock could have changed"
    assert came_out_changed(ISSUED[::-1], ISSUED) is None
    assert came_out_changed(LINK, ISSUED) is None
    assert came_out_changed("", ISSUED) is None


def test_the_keyboards_have_all_keys_and_go_there_and_back() -> None:
    digits_and_letters = string.digits + string.ascii_letters
    for keyboard in KEYBOARDS:
        assert len(keyboard.keys) == 94
        assert keyboard.meant_here(keyboard.typed_here(digits_and_letters)) == digits_and_letters
    assert not [name for name, _ in meant_by("") if name]
