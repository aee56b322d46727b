"""Texts read from codes on real modules and labels are sorted by what they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.identity_failures import MulticastMac, TwoIdentities
from gizqr_station.domain.scan_failures import ScanTooLong, SymbologyNotWanted
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.domain.supplies import SupplyKind

DEVICES = [
    ("ACCF232BE530", "accf232be530"),
    ("ACCF238497E6", "accf238497e6"),
    ("ACCF23A7412C", "accf23a7412c"),
    ("F0FE6BC3F8D7", "f0fe6bc3f8d7"),
    ("98D8630FA6AE", "98d8630fa6ae"),
    ("C89346466684", "c89346466684"),
    ("861193040496508;22271M00015061005530", "861193040496508"),
    ("\x02ACCF232BE530\x03\r", "accf232be530"),
]
OTHERS = [
    ("www.hi-flying.com", ContentKind.OTHER),
    ("http://site.gizwits.com/u/a16fcfc", ContentKind.OTHER),
    ("type=share&code=5c5829aea65f4ced98b9a73a0668683e", ContentKind.SHARE),
    (
        "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=1",
        ContentKind.LINK,
    ),
    (
        "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw==",
        ContentKind.ISSUED,
    ),
]


@pytest.mark.parametrize(("text", "identity"), DEVICES)
def test_the_code_on_a_module_is_its_identity(text: str, identity: str) -> None:
    assert sort_scan(text).identity == parse_identity(identity)


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_what_is_no_device_is_never_taken_as_one(text: str, kind: ContentKind) -> None:
    scan = sort_scan(text)
    assert (scan.identity, scan.kind) == (None, kind)


def test_an_identity_that_must_not_be_labelled_says_why() -> None:
    scan = sort_scan("01911f500047")
    assert scan.identity is None
    assert isinstance(scan.refusal, MulticastMac)


@pytest.mark.parametrize(
    ("text", "supply"),
    [
        ("GIZQR:ROLL", SupplyKind.LABELS),
        ("GIZQR:RIBBON", SupplyKind.RIBBON),
        ("gizqr:roll\r\n", SupplyKind.LABELS),
        (" Gizqr:Ribbon ", SupplyKind.RIBBON),
        ("GIZQR:ROLLS", None),
        ("GIZQR:", None),
        ("GIZQR:00911f500047", None),
        ("GIZQR:type=share&code=5c5829aea65f4ced98b9a73a0668683e", None),
        ("gizqr:http://x?product_key=a&did=b&passcode=c", None),
    ],
)
def test_a_command_is_nothing_else_known_or_not(text: str, supply: SupplyKind | None) -> None:
    scan = sort_scan(text)
    assert (scan.what, scan.supply) == (ScanKind.COMMAND, supply)
    assert (scan.identity, scan.refusal, scan.kind) == (None, None, ContentKind.OTHER)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ACCF232BE530", ScanKind.DEVICE),
        ("01911f500047", ScanKind.REFUSED),
        ("www.hi-flying.com", ScanKind.CONTENT),
        ("type=share&code=5c5829aea65f4ced98b9a73a0668683e", ScanKind.CONTENT),
        ("GIZQR", ScanKind.CONTENT),
        ("say GIZQR:ROLL", ScanKind.CONTENT),
        ("", ScanKind.CONTENT),
    ],
)
def test_a_scan_is_one_thing(text: str, what: ScanKind) -> None:
    assert (sort_scan(text).what, sort_scan(text).supply) == (what, None)


# The whole of shared corpus module-labels.json: what codes on real modules and pictures say.
CORPUS = [
    ("ACCF232BE530", "Q", "accf232be530", None),
    ("ACCF238497E6", "Q", "accf238497e6", None),
    ("ACCF23A7412C", "Q", "accf23a7412c", None),
    ("F0FE6BC3F8D7", "Q", "f0fe6bc3f8d7", None),
    ("98D8630FA6AE", "Q", "98d8630fa6ae", None),
    ("C89346466684", "d", "c89346466684", None),
    ("861193040496508;22271M00015061005530", "d", "861193040496508", None),
    ("www.hi-flying.com", "Q", None, ContentKind.OTHER),
    ("http://site.gizwits.com/u/a16fcfc", "Q", None, ContentKind.OTHER),
    ("type=share&code=5c5829aea65f4ced98b9a73a0668683e", "Q", None, ContentKind.SHARE),
    (
        "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7"
        "&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456",
        "Q",
        None,
        ContentKind.LINK,
    ),
    (
        "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw==",
        "Q",
        None,
        ContentKind.ISSUED,
    ),
]
ONLY_MODULE_CODES = ScanRules(symbologies=frozenset("Qd"))


@pytest.mark.parametrize(("text", "letter", "identity", "kind"), CORPUS)
@pytest.mark.parametrize("sent", ["{text}", "]{letter}1{text}", "\x02]{letter}1{text}\x03", " {text}\r\n"])
def test_the_whole_corpus_is_read_with_and_without_identifier(
    text: str, letter: str, identity: str | None, kind: ContentKind | None, sent: str
) -> None:
    for rules in (PLAIN, ONLY_MODULE_CODES) if "]" in sent else (PLAIN,):
        scan = sort_scan(sent.format(text=text, letter=letter), rules)
        assert (scan.text, scan.symbology, scan.problem) == (text, letter if "]" in sent else "", None)
        assert scan.identity == (parse_identity(identity) if identity else None)
        assert scan.kind is (kind or ContentKind.OTHER)


@pytest.mark.parametrize(
    ("text", "said"),
    [("]E04006381333931", "EAN/UPC"), ("]C0ACCF232BE530", "Code 128"), ("ACCF232BE530", "?"), ("]y0lamp 12", "y")],
)
def test_a_code_of_another_kind_than_the_rules_name_is_refused(text: str, said: str) -> None:
    scan = sort_scan(text, ONLY_MODULE_CODES)
    assert isinstance(scan.problem, SymbologyNotWanted)
    assert (scan.what, scan.problem.symbology, scan.identity) == (ScanKind.SPOILT, said, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("]E0004567890128", "EAN/UPC"),
        ("]e0004567890128", "GS1 DataBar"),
        ("]I0084567890128", "Interleaved 2 of 5"),
        ("]F0004567890128", "Codabar"),
        ("]S0004567890128", "2 of 5"),
        ("]M0861193040496508", "MSI"),
        ("\x02]E0014567890128\r", "EAN/UPC"),
    ],
)
@pytest.mark.parametrize("rules", [PLAIN, ScanRules(symbologies=frozenset("EeIFSM"))])
def test_the_number_of_an_article_or_a_parcel_is_no_device(text: str, said: str, rules: ScanRules) -> None:
    scan = sort_scan(text, rules)
    assert isinstance(scan.problem, SymbologyNotWanted)
    assert (scan.what, scan.problem.symbology, scan.identity) == (ScanKind.SPOILT, said, None)


@pytest.mark.parametrize("letter", ["A", "C", "d", "Q", "z"])
def test_the_same_digits_in_a_code_of_modules_are_a_device(letter: str) -> None:
    assert sort_scan(f"]{letter}0004567890128").identity == parse_identity("004567890128")


@pytest.mark.parametrize("text", ["GIZQR:ROLL", "]C1GIZQR:RIBBON", "P12345"])
def test_commands_and_badges_may_be_of_any_kind(text: str) -> None:
    rules = ScanRules(symbologies=frozenset("Q"), badge=re.compile("P[0-9]{5}"))
    assert sort_scan(text, rules).what in {ScanKind.COMMAND, ScanKind.BADGE}


def test_a_badge_is_a_badge_even_if_it_looks_like_a_device() -> None:
    scan = sort_scan("ACCF232BE530", ScanRules(badge=re.compile("AC.{10}")))
    assert (scan.what, scan.identity) == (ScanKind.BADGE, None)
    assert sort_scan("ACCF232BE5300", ScanRules(badge=re.compile("AC.{10}"))).what is not ScanKind.BADGE
    assert sort_scan("GIZQR:ROLL", ScanRules(badge=re.compile(".*"))).what is ScanKind.COMMAND


def test_a_local_mac_is_a_device_only_where_the_rules_say_so() -> None:
    assert sort_scan("02911f500047").what is ScanKind.REFUSED
    scan = sort_scan("02911f500047", ScanRules(local_macs=True))
    assert scan.identity == parse_identity("02911f500047", local_macs=True)


def test_more_than_any_code_holds_is_refused_whole() -> None:
    scan = sort_scan("ACCF232BE530" * 400)
    assert isinstance(scan.problem, ScanTooLong)
    assert (scan.problem.characters, len(scan.text), scan.what) == (4800, 80, ScanKind.SPOILT)
    assert sort_scan("A" * 4096).problem is None


@pytest.mark.parametrize("between", ["\t", "\r", "\n", "\x1d", "\x1e", "\x00", "\x7f", "\x85"])
@pytest.mark.parametrize("halves", [("ACCF23", "2BE530"), ("AC:CF:23", ":2B:E5:30"), ("8611930", "40496508")])
def test_no_identity_is_put_together_of_two_halves(between: str, halves: tuple[str, str]) -> None:
    scan = sort_scan(between.join(halves))
    assert (scan.identity, scan.refusal, scan.what) == (None, None, ScanKind.CONTENT)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200e", "\ufeff", "\u2028", "\ud800"])
def test_marks_that_nobody_sees_are_dropped(hidden: str) -> None:
    assert sort_scan(f"{hidden}ACCF{hidden}232BE530").identity == parse_identity("accf232be530")


@pytest.mark.parametrize(
    "text",
    [
        "861193040496508;861193040496516",
        "ACCF232BE530;ACCF238497E6",
        "ACCF232BE530;861193040496508",
        "861193040496508;ACCF232BE530",
    ],
)
def test_two_identities_in_one_code_are_none(text: str) -> None:
    scan = sort_scan(text)
    assert scan.identity is None
    assert isinstance(scan.refusal, TwoIdentities)


@pytest.mark.parametrize(
    "number", ["22271M00015061005530", "123456789012", "041234567890", "861193040496508", "", "12"]
)
def test_what_stands_behind_the_imei_is_a_serial_number(number: str) -> None:
    assert sort_scan(f"861193040496508;{number}").identity == parse_identity("861193040496508")


@given(st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=0x10FFFF), max_size=40))
def test_whatever_is_scanned_is_one_thing_and_nothing_raises(text: str) -> None:
    for rules in (PLAIN, ScanRules(True, re.compile("P[0-9]{5}"), re.compile("x.*"), frozenset("Q"))):
        scan = sort_scan(text, rules)
        said = (scan.identity, scan.refusal, scan.supply, scan.badge or None, scan.problem)
        assert sum(one is not None for one in said) <= 1
        assert scan.what in ScanKind
        assert scan.text.isprintable()


@given(st.text(alphabet="0123456789abcdefABCDEF:-.; \t\x1d]Q1öÖßñ'é&", max_size=24))
def test_an_identity_is_only_taken_from_what_says_it(text: str) -> None:
    scan = sort_scan(text)
    if scan.identity is not None:
        bare = re.sub(r"[:.\- ]", "", scan.text.split(";")[0]).lower()
        assert bare == scan.identity.text


def test_the_products_own_text_is_content_even_if_it_is_all_digits() -> None:
    rules = ScanRules(own_content=re.compile("[0-9a-f]{20}"))
    assert (sort_scan("accf232be53000000001", rules).what, sort_scan("accf232be53000000001").what) == (
        ScanKind.CONTENT,
        ScanKind.REFUSED,
    )


@pytest.mark.parametrize("text", ["L-000001", "F7-000123", "FACE-00000123", "LAB1-123456789", "]d1L-000001\r"])
def test_a_label_serial_is_known_by_its_form_and_names_no_device(text: str) -> None:
    scan = sort_scan(text)
    assert (scan.what, scan.identity, scan.refusal, scan.meaningless) == (ScanKind.LABEL_SERIAL, None, None, False)


@pytest.mark.parametrize("text", ["L-00001", "l-000001", "L-0000000001", "LABEL-000001", "1-000001", "L000001"])
def test_what_only_resembles_a_label_serial_is_none(text: str) -> None:
    assert sort_scan(text).what is not ScanKind.LABEL_SERIAL


def test_a_products_own_text_in_the_form_of_a_serial_is_its_labels_content() -> None:
    rules = ScanRules(own_content=re.compile("[A-Z]-[0-9]{6}"))
    assert sort_scan("L-000001", rules).what is ScanKind.CONTENT


def test_a_label_serial_counts_whatever_symbologies_are_taken() -> None:
    rules = ScanRules(symbologies=frozenset("Q"))
    assert sort_scan("]d1L-000001", rules).what is ScanKind.LABEL_SERIAL
