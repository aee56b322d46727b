"""Facts about codes that need no service."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.codes.local_codes import BadLine, LineFault, Link, LinkCodes, TemplateCodes, load_links
from gizqr_station.domain.code_failures import CodeMalformed, NoCodeListed
from gizqr_station.domain.codes import CodeSource, ContentKind, anatomy, link_parts
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.identity_failures import MulticastMac
from gizqr_station.domain.product import Product
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.domain.stop import Stop, Stopped

PRODUCT = Product("0a6781ed676045988d5d72f3f0480fba", "Lamp")
MAC, IMEI = parse_identity("00911f500047"), parse_identity("861193040496508")
DID = "abcdefghijklmnopqrst22"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class StandingClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return NOW


def listed(folder: Path, text: str | bytes) -> Path:
    path = folder / "links.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_listed_device_gets_a_link_that_the_app_understands() -> None:
    codes = LinkCodes({MAC: Link(DID, "pass&word=1")}, "links.csv", StandingClock())
    code = codes.code_for(PRODUCT, MAC, Stop())
    assert (code.source, code.identity, code.at) == (CodeSource.LINK, MAC, NOW)
    assert code.content.startswith(f"http://www.gizwits.com?product_key={PRODUCT.key}&did={DID}&passcode=")
    assert anatomy(code.content).kind is ContentKind.LINK
    assert link_parts(code.content) == {"product_key": PRODUCT.key, "did": DID, "passcode": "pass&word=1"}
    assert codes.reachable(Stop()) is None


def test_a_device_that_is_not_listed_gets_no_code() -> None:
    with pytest.raises(NoCodeListed, match="E-COD-12"):
        LinkCodes({}, "links.csv", StandingClock()).code_for(PRODUCT, MAC, Stop())


def test_a_list_is_read_whatever_its_notation_and_further_columns(tmp_path: Path) -> None:
    path = listed(tmp_path, f"\ufeffnote,passcode,identity,did\r\nx,secret,00:91:1F:50:00:47,{DID}\r\n")
    loaded = load_links(path)
    assert (dict(loaded.links), loaded.bad_lines) == ({MAC: Link(DID, "secret")}, ())


def test_bad_lines_are_reported_and_left_out(tmp_path: Path) -> None:
    lines = [
        "identity,did,passcode",
        f"{MAC},{DID},secret",
        f"01911f500047,{DID},secret",
        f"nonsense,{DID},secret",
        f"00911f500048,{DID}2,secret",
        f"00911f500048,{DID},",
        f"00911f500048,{DID}",
        f"{MAC},{DID},secret",
        f"{MAC},{DID},another",
        f"{IMEI},{DID[::-1]},secret",
    ]
    loaded = load_links(listed(tmp_path, "\n".join(lines)))
    assert set(loaded.links) == {MAC, IMEI}
    assert loaded.links[MAC].passcode == "secret"
    faults = [(line.number, line.fault) for line in loaded.bad_lines]
    assert faults == [
        (3, LineFault.IDENTITY),
        (4, LineFault.IDENTITY),
        (5, LineFault.DID),
        (6, LineFault.PASSCODE),
        (7, LineFault.COLUMNS),
        (9, LineFault.TWICE),
    ]
    assert isinstance(loaded.bad_lines[0].refusal, MulticastMac)
    assert not any("secret" in str(line) or "another" in str(line) for line in loaded.bad_lines)
    assert loaded.bad_lines[5] == BadLine(9, LineFault.TWICE, str(MAC))


def test_devices_that_are_listed_with_one_did_get_no_link(tmp_path: Path) -> None:
    lines = [
        "identity,did,passcode",
        f"{MAC},{DID},111",
        f"00911f500049,{DID[::-1]},333",
        f"00:91:1F:50:00:48,{DID},222",
        "nonsense,x,y",
        f"{MAC},{DID},111",
    ]
    loaded = load_links(listed(tmp_path, "\n".join(lines)))
    assert [str(identity) for identity in loaded.links] == ["00911f500049"]
    assert [(line.number, line.fault, line.text) for line in loaded.bad_lines] == [
        (2, LineFault.OTHERS_DID, str(MAC)),
        (4, LineFault.OTHERS_DID, "00:91:1F:50:00:48"),
        (5, LineFault.IDENTITY, "nonsense"),
    ]


def test_a_list_without_a_column_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid) as caught:
        load_links(listed(tmp_path, "identity,did\n"))
    assert caught.value.key == "passcode"
    with pytest.raises(SettingInvalid):
        load_links(listed(tmp_path, ""))


def test_a_file_that_is_no_text_or_not_there_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnreadable):
        load_links(tmp_path / "nowhere.csv")
    with pytest.raises(SettingsUnreadable):
        load_links(listed(tmp_path, b"identity,did,passcode\n\xff\xfe,\n"))
    with pytest.raises(SettingsUnreadable):
        load_links(listed(tmp_path, "identity,did,passcode\n" + "x" * 200_000))


@pytest.mark.parametrize(
    ("pattern", "content"),
    [
        ("https://example.com/d/{mac}?pk={product_key}", f"https://example.com/d/00911f500047?pk={PRODUCT.key}"),
        ("{MAC}", "00911F500047"),
        ("{mac_colons}", "00:91:1F:50:00:47"),
        ('{{"id":"{identity}"}}', '{"id":"00911f500047"}'),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, content: str) -> None:
    codes = TemplateCodes(pattern, StandingClock())
    code = codes.code_for(PRODUCT, MAC, Stop())
    assert (code.content, code.source, code.at) == (content, CodeSource.TEMPLATE, NOW)
    assert codes.reachable(Stop()) is None


def test_an_imei_fills_its_own_fields() -> None:
    assert TemplateCodes("{imei}", StandingClock()).code_for(PRODUCT, IMEI, Stop()).content == "861193040496508"
    assert TemplateCodes("{identity}", StandingClock()).code_for(PRODUCT, IMEI, Stop()).content == "861193040496508"


@pytest.mark.parametrize(("pattern", "identity"), [("{mac}", IMEI), ("{mac_colons}", IMEI), ("{imei}", MAC)])
def test_a_pattern_for_the_other_kind_of_device_gives_no_code(pattern: str, identity: Identity) -> None:
    with pytest.raises(CodeMalformed):
        TemplateCodes(pattern, StandingClock()).code_for(PRODUCT, identity, Stop())


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("{mac}{product_secret}", "product_secret"),
        ("{mac}{secret}", "secret"),
        ("{}", "''"),
        ("{0}", "'0'"),
        ("{mac.text}", "mac.text"),
        ("{mac[0]}", "mac"),
        ("{mac!r}", "mac"),
        ("{mac:>99999999}", "mac"),
        ("{mac:{secret}}", "mac"),
        ("https://example.com/{product_key}", "no field"),
        ("", "no field"),
        ("{mac", "expected"),
    ],
)
def test_a_pattern_with_anything_else_is_refused_when_it_is_set(pattern: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        TemplateCodes(pattern, StandingClock())


def test_local_codes_look_at_stop() -> None:
    stop = Stop()
    stop.set()
    for codes in (LinkCodes({}, "links.csv", StandingClock()), TemplateCodes("{mac}", StandingClock())):
        with pytest.raises(Stopped):
            codes.code_for(PRODUCT, MAC, stop)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("https://x.example/{mac}", "https://x.example/00911f500047", True),
        ("https://x.example/{mac}", "https://x.example/00911F500047", False),
        ("https://x.example/{mac}", "https://x.example/00911f500047/", False),
        ("https://x.example/{mac}", "https://xyexample/00911f500047", False),
        ("https://x.example/{mac}", "https://x.example/00911f500047\n", False),
        ("{MAC}|{mac_colons}", "00911F500047|00:91:1F:50:00:47", True),
        ("{MAC}|{mac_colons}", "00911F500047|00:91:1F:50:00:48", False),
        ("{mac}-{identity}", "00911f500047-00911f500047", True),
        ("{imei};x", "861193040496508;x", True),
        ("{identity};x", "861193040496508;x", True),
        ("{identity};x", "00911f500047;x", True),
        ("{identity};x", "00911f5000;x", False),
        ('{{"id":"{mac}"}}', '{"id":"00911f500047"}', True),
        ("{product_key}/{mac}", f"{PRODUCT.key}/00911f500047", True),
        ("{product_key}/{mac}", f"{PRODUCT.key[::-1]}/00911f500047", False),
    ],
)
def test_a_pattern_knows_what_it_makes(pattern: str, text: str, *, matches: bool) -> None:
    assert TemplateCodes(pattern, StandingClock()).matches(text, PRODUCT) is matches


@pytest.mark.parametrize("identity", [MAC, IMEI])
def test_a_pattern_knows_whatever_it_has_made(identity: Identity) -> None:
    for pattern in ("{identity}", "x{{{identity}}}{product_key}", "(.*)[{identity}]+"):
        codes = TemplateCodes(pattern, StandingClock())
        assert codes.matches(codes.code_for(PRODUCT, identity, Stop()).content, PRODUCT)
