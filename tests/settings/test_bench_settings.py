"""Slots, scanner, order and product in the settings file: what is taken, and every fault by its place."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.settings_failures import SettingInvalid, SettingUnknown
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refusal(file: Path, text: str) -> SettingInvalid:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingInvalid) as refused:
        load(file)
    return refused.value


def slots(*tables: str) -> str:
    return "".join(f"[[slots]]\n{table}\n" for table in tables)


@st.composite
def configs(draw: st.DrawFn) -> SlotConfig:
    ports = [None, "/dev/ttyUSB0", "COM7", "usb:A50285BI", "hub:1-1.4", "hub:1-2:1.0", "socket://192.0.2.7:23"]
    port = draw(st.sampled_from(ports))
    return SlotConfig(
        number=draw(st.integers(1, 8)),
        name=draw(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)),
        port=None if port is None else PortName.parse(port),
        reader=draw(st.sampled_from(["auto", "gagent", "at-cgsn", "my-own"])),
        baud=draw(st.sampled_from([0, 300, 9600, 74880, 4_000_000])),
        answer_s=draw(st.floats(0.1, 3600)),
        leaves_by=draw(st.sampled_from(LeavesBy)),
    )


@given(configs())
def test_a_slot_comes_back_from_its_settings_as_it_was(config: SlotConfig) -> None:
    assert SlotSettings.of(config).config(config.number) == config


def test_a_new_station_has_one_slot_for_the_scanner_alone() -> None:
    (slot,) = Settings().slot_configs()
    assert slot == SlotConfig(1, "", None)
    assert SlotSettings.of(slot) == SlotSettings()


def test_slots_are_numbered_as_they_stand(file: Path) -> None:
    file.write_text(slots("name = 'left'\nport = 'usb:A50285BI'", "port = 'hub:1-1.4'", ""), encoding="utf-8")
    left, middle, scanned = load(file).slot_configs()
    assert (left.label, middle.label, scanned.label) == ("1 left", "2", "3")
    assert (str(left.port), str(middle.port), scanned.port) == ("usb:A50285BI", "hub:1-1.4", None)


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (slots("port = 'usb:'"), "slots[1].port", "names no usb port"),
        (slots("port = 'hub:4'"), "slots[1].port", "hub:1-1.4"),
        (slots("port = 'usb:A1'", "port = 'hub:x'"), "slots[2].port", "names no hub port"),
        (slots('port = "COM7\\u0000"'), "slots[1].port", "control characters"),
        (slots("port = 'COM1'", "port = 'COM2'\nbaud = 9"), "slots[2].baud", "0 leaves it to the reader"),
        (slots("baud = 5000000"), "slots[1].baud", "4000000"),
        (slots("reader = 'At Module'"), "slots[1].reader", "a reader's name, or auto"),
        (slots("reader = '../gagent'"), "slots[1].reader", "a reader's name, or auto"),
        (slots("answer_s = 0"), "slots[1].answer_s", "greater than 0"),
        (slots("leaves_by = 'magic'"), "slots[1].leaves_by", "'port' or 'silence'"),
        (slots("name = ' left'"), "slots[1].name", "no blank"),
        (slots(f"name = '{'x' * 21}'"), "slots[1].name", "20"),
        (slots("name = 'a'\nport = 'COM7'", "port = 'com7'"), "slots[2].port", "slot 1 a is at COM7 already"),
        (slots("port = 'usb:A1'", "", "port = 'usb:a1'"), "slots[3].port", "slot 1 is at usb:A1 already"),
        (slots("port = 'hub:1-1.4'", "port = 'hub:1-1.4:1.0'"), "slots[2].port", "already"),
        (slots("", "name = 'b'"), "slots[2].port", "only one may be for scanned devices"),
        (slots(*[f"port = 'COM{number}'" for number in range(9)]), "slots", "at most 8"),
        ("slots = []\n", "slots", "at least 1"),
        ("[slots]\nport = 'COM7'\n", "slots", "[[slots]]"),
        ("slots = [3]\n", "slots[1]", ""),
        (slots("port = 'COM7'") + "[scanner]\nport = 'COM7'\n", "scanner.port", "slot 1 is at COM7 already"),
        ("[scanner]\nport = 'usb: '\n", "scanner.port", "names no usb port"),
        ("[scanner]\ngap_ms = 500\n", "scanner.gap_ms", "200"),
        ("[scanner]\nprefix = '前'\n", "scanner.prefix", "ASCII"),
        ("[scanner]\nsuffix = 'escape'\n", "scanner.suffix", "'enter', 'tab' or 'none'"),
        ("[scanner]\nsymbologies = 'Q;d'\n", "scanner.symbologies", "such as Q,d"),
        ("[scanner]\ncamera = 'front'\n", "scanner.camera", "Number of a webcam"),
        ("[scanner]\nbadge = 'P['\n", "scanner.badge", "no pattern"),
        (f"[scanner]\nbadge = '{'x' * 81}'\n", "scanner.badge", "80"),
        ("[scanner]\nbadge = '(P+)+'\n", "scanner.badge", "must not repeat a part"),
        ("[scanner]\nbadge = '(P|PP){9}'\n", "scanner.badge", "must not repeat a part"),
        (r"""[scanner]
badge = '(P)\1'
""", "scanner.badge", "refer back"),
        ("[scanner]\nbadge = 'a?a?a?a?a?a?a?'\n", "scanner.badge", "at most 6"),
        ("[scanner]\nbadge = 'a*a+a{2,}'\n", "scanner.badge", "2 of them without an end"),
        ("[product]\nouis = ['00911f', '0091']\n", "product.ouis[2]", "First six digits"),
        ("[product]\nouis = '00911f'\n", "product.ouis", "write a list"),
        ("[product]\nidentity = 'serial'\n", "product.identity", "'any', 'mac' or 'imei'"),
        ("[product]\nlocal_macs_allowed_by = 'Li Wei'\n", "product.local_macs_reason", "needed together"),
        ("[product]\nlocal_macs_reason = 'lab units'\n", "product.local_macs_allowed_by", "needed together"),
        (
            "[product]\nlocal_macs_reason = '  '\nlocal_macs_allowed_by = 'Li Wei'\n",
            "product.local_macs_reason",
            "needed together",
        ),
        ("[order]\nquantity = -1\n", "order.quantity", "0"),
        ("[order]\nidentities = '00911f500000..00911f5000ff'\n", "order.identities", "write a list"),
        ("[device]\nbaud = 1\n", "device.baud", "300"),
        ("[device]\nport = 'usb:'\n", "slots[1].port", "names no usb port"),
        ("device = 3\n", "device", "FirstDevice"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(file: Path, text: str, key: str, reason: str) -> None:
    refused = refusal(file, text)
    assert refused.key == key
    assert reason in refused.reason
    assert "Value error" not in refused.reason


@pytest.mark.parametrize("badge", ["P[0-9]{5}", r"EMP-\d+", r"(?:EMP|TMP)-?\d{3,6}", r"\d{2}/\d{4}", ".*", ""])
def test_badges_as_people_have_them_are_taken(file: Path, badge: str) -> None:
    file.write_text(f"[scanner]\nbadge = '{badge}'\n", encoding="utf-8")
    assert load(file).scanner.badge == badge


@pytest.mark.parametrize(
    ("text", "key", "suggestion"),
    [
        (slots("prot = 'COM7'"), "slots[1].prot", "slots.port"),
        ("[[slot]]\nport = 'COM7'\n", "slot", "slots"),
        ("[scaner]\n", "scaner", "scanner"),
        ("[scanner]\ngap = 3\n", "scanner.gap", "scanner.gap_ms"),
        ("[device]\nbaut = 9600\n", "device.baut", "device.baud"),
        ("[device]\nport = 'COM7'\n" + slots(""), "device", "slots"),
        ("[product]\noui = []\n", "product.oui", "product.ouis"),
        ("[order]\nnumbr = '1'\n", "order.numbr", "order.number"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(file: Path, text: str, key: str, suggestion: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingUnknown) as refused:
        load(file)
    assert (refused.value.key, refused.value.suggestion) == (key, suggestion)


def test_makers_are_kept_in_one_notation(file: Path) -> None:
    file.write_text("[product]\nouis = ['00:91:1F', 'AC-CF-23', 'c89346']\n", encoding="utf-8")
    assert load(file).product.ouis == ("00911f", "accf23", "c89346")


def test_an_order_and_a_permission_are_read(file: Path) -> None:
    file.write_text(
        "[order]\nnumber = 'WO-7'\nidentities = ['00911f500000..00911f5000ff']\n"
        "list_file = 'wo-7.csv'\nquantity = 200\n"
        "[product]\nlocal_macs_allowed_by = 'Li Wei'\nlocal_macs_reason = 'lab units'\n",
        encoding="utf-8",
    )
    read = load(file)
    assert (read.order.number, read.order.quantity, read.order.list_file) == ("WO-7", 200, "wo-7.csv")
    assert read.order.identities == ("00911f500000..00911f5000ff",)
    assert read.product.local_macs_allowed_by == "Li Wei"


def test_the_device_of_a_file_of_0_1_is_read_as_the_only_slot(file: Path) -> None:
    file.write_text("[device]\nport = '/dev/ttyUSB3'\nbaud = 115200\nanswer_s = 8.0\n", encoding="utf-8")
    old = SlotConfig(1, "", PortName.parse("/dev/ttyUSB3"), baud=115200, answer_s=8.0)
    assert load(file).slot_configs() == (old,)
    file.write_text("[device]\n", encoding="utf-8")
    assert load(file).slot_configs() == (SlotConfig(1, "", None),)


def test_every_new_line_of_the_file_says_what_it_means(file: Path) -> None:
    two = (SlotConfig(1, "left", PortName.parse("usb:A50285BI")), SlotConfig(2, "", None, leaves_by=LeavesBy.SILENCE))
    product = Settings().product.model_copy(update={"ouis": ("00911f", "accf23")})
    written = Settings(slots=tuple(map(SlotSettings.of, two)), product=product)
    write_commented(file, written)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert load(file) == written
    assert lines.count("[[slots]]") == 2
    assert 'name = "left" # On its lamp, beside the number.' in lines
    assert (
        'leaves_by = "silence" # port: the adapter leaves with the device; silence: it is built into the jig; no logs.'
        in lines
    )
    assert 'ouis = ["00911f", "accf23"] # First six digits of its makers\' MACs; empty = all.' in lines
    assert all(" # " in line for line in lines if " = " in line.partition("#")[0])
    assert max(map(len, lines)) <= 160


def test_a_slot_that_the_file_may_not_hold_is_no_settings_of_a_slot() -> None:
    with pytest.raises(ValueError, match="reader"):
        SlotSettings.of(replace(SlotConfig(1, "", None), reader="No Such"))
