"""Several codes of one pull: which of them count."""

import re

import pytest

from gizqr_station.domain.scan_bursts import sorted_burst, split
from gizqr_station.domain.scan_failures import (
    CapsLockOn,
    ScannerLayoutWrong,
    ScanTooLong,
    SymbologyNotWanted,
)
from gizqr_station.domain.scan_rules import PLAIN, ScanRules

MAC, OTHER = "ACCF232BE530", "ACCF238497E6"
IMEI = "861193040496508;22271M00015061005530"
ISSUED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
SHARE = "type=share&code=5c5829aea65f4ced98b9a73a0668683e"
SITE = "www.hi-flying.com"
OWN = ScanRules(own_content=re.compile(r"https://x\.example/[0-9a-f]{12}"))


def given_on(*texts: str, rules: ScanRules = PLAIN) -> list[str]:
    return [piece.text for piece in sorted_burst(texts, rules).given_on]


@pytest.mark.parametrize(
    "text", [MAC, IMEI, ISSUED, SHARE, SITE, "GIZQR:ROLL", "GIZQR:DANCE", "01911f500047", "12345", ""]
)
def test_a_code_alone_is_given_on_whatever_it_is(text: str) -> None:
    assert given_on(text) == [text]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((SITE, MAC), [MAC]),
        ((MAC, "12345678"), [MAC]),
        ((MAC, "S/N 4711", SITE), [MAC]),
        ((MAC, "ac:cf:23:2b:e5:30"), [MAC]),
        ((MAC, "GIZQR:ROLL", "GIZQR:RIBBON"), ["GIZQR:ROLL", "GIZQR:RIBBON", MAC]),
        ((ISSUED, SITE), [ISSUED]),
        ((SITE, "lamp"), [SITE, "lamp"]),
        (("01911f500047", MAC), [MAC]),
        (("01911f500047", SITE), ["01911f500047", SITE]),
    ],
)
def test_what_is_known_counts_and_what_stands_beside_it_does_not(texts: tuple[str, ...], expected: list[str]) -> None:
    assert given_on(*texts) == expected
    burst = sorted_burst(texts, PLAIN)
    assert len(burst.given_on) + len(burst.beside) == len(texts), "nothing is lost on the way"


@pytest.mark.parametrize("texts", [(MAC, ISSUED), (ISSUED, MAC), (f"{MAC};{ISSUED}",), (f"{ISSUED}\t{MAC}",)])
def test_a_device_that_has_a_label_is_named_by_its_label_alone(texts: tuple[str, ...]) -> None:
    assert given_on(*texts) == [ISSUED]


def test_the_products_own_texts_count_as_labels() -> None:
    own = "https://x.example/accf232be530"
    assert given_on(MAC, own, rules=OWN) == [own]
    assert given_on(MAC, own) == [MAC]


def test_a_label_that_says_its_device_twice_is_no_device() -> None:
    text = "accf232be530 accf232be530"
    assert given_on(text, rules=ScanRules(own_content=re.compile("[0-9a-f]{12} [0-9a-f]{12}"))) == [text]
    assert given_on(text) == ["accf232be530"]


def test_a_code_that_is_too_long_is_not_taken_apart() -> None:
    burst = sorted_burst([f"{MAC}," * 400], PLAIN)
    assert (burst.given_on, [type(failure) for _, failure in burst.refused]) == ((), [ScanTooLong])


@pytest.mark.parametrize(
    "texts",
    [
        (MAC, OTHER),
        (MAC, IMEI),
        (MAC, ISSUED, OTHER),
        (f"{MAC},{OTHER}",),
        (f"{MAC}\t{OTHER}",),
        (f"{MAC} {IMEI.split(';')[0]}",),
        (f"]Q1{MAC}\x1d]d2{OTHER}",),
    ],
)
def test_two_devices_in_one_pull_are_none(texts: tuple[str, ...]) -> None:
    burst = sorted_burst(texts, PLAIN)
    assert burst.given_on == ()
    assert burst.contradiction is not None
    assert burst.contradiction.first == "AC:CF:23:2B:E5:30"


def test_a_command_counts_even_where_two_devices_were_read() -> None:
    assert given_on(MAC, "GIZQR:ROLL", OTHER) == ["GIZQR:ROLL"]


@pytest.mark.parametrize("between", [",", ";", "\t", "\x1d", "\x1e", " ", "\r", "\r\n"])
def test_one_text_with_several_codes_is_taken_apart(between: str) -> None:
    assert given_on(f"GIZQR:ROLL{between}{MAC}") == ["GIZQR:ROLL", MAC]
    assert given_on(f"{SHARE}{between}{MAC}{between}{MAC}") == [SHARE]


@pytest.mark.parametrize(
    "text", [IMEI, "86 119304 049650 8", f"{MAC},lamp", "861193040496508;041234567890", f"see {MAC}"]
)
def test_a_text_is_left_whole_where_not_every_part_means_something(text: str) -> None:
    assert [piece.text for piece in split(text, PLAIN)] == [text]


def test_what_is_not_taken_is_refused_by_name() -> None:
    rules = ScanRules(symbologies=frozenset("Q"))
    burst = sorted_burst(["]E04006381333931", f"]Q1{ISSUED.swapcase()}", "]Q1ACÖCFÖ23Ö2BÖE5Ö30"], rules)
    assert [type(failure) for _, failure in burst.refused] == [
        SymbologyNotWanted,
        CapsLockOn,
        ScannerLayoutWrong,
    ]
    assert burst.given_on == ()


def test_badges_are_kept_apart_and_disturb_nothing_that_was_read_with_them() -> None:
    rules = ScanRules(badge=re.compile("P[0-9]{5}"), symbologies=frozenset("Q"))
    burst = sorted_burst(["P12345", f"]Q1{MAC}", "P12345", "P54321", "]Q1lamp"], rules)
    assert [piece.text for piece in burst.badges] == ["P12345", "P54321"]
    assert [piece.text for piece in burst.given_on] == [f"]Q1{MAC}"]
    assert [piece.text for piece in burst.beside] == ["]Q1lamp"]
    assert burst.refused == ()
    alone = sorted_burst(["P12345"], rules)
    assert (alone.given_on, alone.refused, len(alone.badges)) == ((), (), 1)
    contradicting = sorted_burst(["P12345", f"]Q1{MAC}", f"]Q1{OTHER}"], rules)
    assert len(contradicting.badges) == 1


def test_a_text_given_on_is_what_was_scanned_identifier_and_all() -> None:
    assert given_on(f"]Q1{MAC}") == [f"]Q1{MAC}"]


def test_both_codes_of_a_replaced_label_count_when_they_are_read_in_one_pull() -> None:
    assert given_on("L-000002", ISSUED) == [ISSUED, "L-000002"]
    assert given_on("L-000002") == ["L-000002"]


def test_a_number_that_looks_like_a_label_serial_beside_a_device_is_its_makers() -> None:
    assert given_on("SN-1234567", "00911f500047") == ["00911f500047"]
