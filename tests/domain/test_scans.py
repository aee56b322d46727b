"""Texts read from codes on real modules and labels are sorted by what they are."""

import pytest

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.identity_failures import MulticastMac
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
