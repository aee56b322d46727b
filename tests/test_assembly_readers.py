"""Slots become readers by their profiles, and scanners what they are set up as."""

import contextlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gizqr_station import assembly
from gizqr_station.assembly.readers import conversation_for, no_port_twice
from gizqr_station.domain.device_failures import PortAmbiguous, PortMissing, ProfileUnreadable, ReaderUnknown
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, WrongKind
from gizqr_station.domain.reader_profile import AtTalk, EsptoolTalk, GagentTalk, LogTalk
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.places import DataFolder
from gizqr_station.readers.at_dialogue import AtConversation
from gizqr_station.readers.auto_reader import AutoConversation
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.camera_scanner import CameraScanner
from gizqr_station.readers.esptool_reader import EsptoolConversation
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_at import PluggedAt
from gizqr_station.readers.simulated_log import PluggedLog
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented
from gizqr_station.workflows.device_ports import ClosableReader, Tap

KEY = "0a6781ed676045988d5d72f3f0480fba"
CLOCK = assembly.SystemClock()
SLOT = SlotConfig(2, "left", PortName.parse("usb:A50285BI"))
LOCAL_MAC = "02911f500047"
TALKS = {
    GagentTalk: GagentConversation,
    AtTalk: AtConversation,
    LogTalk: LogConversation,
    EsptoolTalk: EsptoolConversation,
}
needs_terminals = pytest.mark.skipif(not supported(), reason="pseudo-terminals are a Unix thing")


class FakePorts:
    """A PortList."""

    def __init__(self, *ports: SerialPort) -> None:
        self.seen = ports

    def ports(self) -> tuple[SerialPort, ...]:
        return self.seen


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


def made(
    config: SlotConfig, folder: DataFolder, *ports: SerialPort, tap: Tap | None = None, **product: Any
) -> ClosableReader:
    settings = Settings.model_validate({"product": {"key": KEY, "name": "Plug", **product}})
    maker = assembly.reader_maker(settings, assembly.profile_shelf(folder), FakePorts(*ports), CLOCK)
    return maker(config, tap)


def test_a_slot_without_a_port_has_only_the_scanner(folder: DataFolder) -> None:
    assert isinstance(made(replace(SLOT, port=None, reader="no-such-reader"), folder), ScannerOnly)


def test_every_shipped_way_of_asking_becomes_a_reader(folder: DataFolder) -> None:
    profiles = assembly.profile_shelf(folder).profiles()
    assert len(profiles) >= 10
    for profile in profiles:
        talk = conversation_for(profile, product_key=KEY, local_macs=False, answer_timeout_s=5.0)
        assert (type(talk), talk.name) == (TALKS[type(profile.talk)], profile.name)
        assert isinstance(made(replace(SLOT, reader=profile.name), folder), PortReader)
    assert isinstance(made(replace(SLOT, reader="auto"), folder), PortReader)


def test_a_lasting_name_is_looked_for_among_the_ports(folder: DataFolder) -> None:
    reader = made(SLOT, folder, SerialPort("/dev/null", "A50285BI"))
    assert reader.present()
    with contextlib.closing(made(SLOT, folder)) as missing:
        assert isinstance(missing.health(Stop()), PortMissing)
    twins = [SerialPort(f"/dev/tty{number}", "A50285BI") for number in range(2)]
    assert isinstance(made(SLOT, folder, *twins).health(Stop()), PortAmbiguous)


@pytest.mark.parametrize(
    ("config", "failure"),
    [
        (replace(SLOT, reader="no-such-reader"), ReaderUnknown),
        (replace(SLOT, reader="broken"), ProfileUnreadable),
        (replace(SLOT, port=PortName.parse("foo://bar")), SettingInvalid),
    ],
)
def test_what_cannot_be_made_is_said(folder: DataFolder, config: SlotConfig, failure: type[Exception]) -> None:
    folder.readers.mkdir(parents=True)
    (folder.readers / "broken.toml").write_text("[")
    with pytest.raises(failure):
        made(config, folder)


def test_a_port_that_no_driver_knows_names_its_slot(folder: DataFolder) -> None:
    with pytest.raises(SettingInvalid) as refused:
        made(replace(SLOT, port=PortName.parse("foo://bar")), folder)
    assert refused.value.key == "slots[2].port"


def test_the_users_own_way_of_asking_wins(folder: DataFolder) -> None:
    folder.readers.mkdir(parents=True)
    (folder.readers / "gagent.toml").write_text("baud = 57600\n[title]\nen = 'mine'\n[gagent]\n", encoding="utf-8")
    assert assembly.profile_shelf(folder).profile("gagent").baud == 57600


def test_a_jig_is_empty_until_somebody_answers(folder: DataFolder) -> None:
    port = SerialPort("/dev/null", "A50285BI")
    assert made(SLOT, folder, port).present()
    assert not made(replace(SLOT, leaves_by=LeavesBy.SILENCE), folder, port).present()


def own_profile(folder: DataFolder, text: str, *, before: str = "") -> None:
    folder.readers.mkdir(parents=True, exist_ok=True)
    (folder.readers / "mine.toml").write_text(f"{before}[title]\nen = 'mine'\n{text}", encoding="utf-8")


AT = "[[at.asks]]\nsend = 'AT+CGSN'\nanswer = '^(?P<identity>\\d{15})$'\n[at]\npause_s = 0.2\n"
LOG = "[log]\nlines = ['the WiFi module MAC address: (?P<identity>[0-9a-f:]{17})']\n"


@needs_terminals
@pytest.mark.parametrize(
    ("program", "plugged", "expects", "talk"),
    [
        ("simulated_at", PluggedAt("866061038958554", older=True), "mac", AT),
        ("simulated_log", PluggedLog("00911f500047"), "imei", LOG),
        ("simulated_module", Plugged("00911f500047"), "imei", "[gagent]\n"),
    ],
)
def test_an_identity_of_the_wrong_kind_is_refused(
    folder: DataFolder, tmp_path: Path, program: str, plugged: PluggedAt | PluggedLog | Plugged, expects: str, talk: str
) -> None:
    with SimulatedDevice(tmp_path / "tty", [sys.executable, "-m", f"gizqr_station.readers.{program}"]) as device:
        device.plug(plugged)
        config = replace(SLOT, port=PortName.parse(str(device.link)), reader="mine")
        for kind in ("", f"expects = '{expects}'\n"):
            own_profile(folder, talk, before=kind)
            with contextlib.closing(made(config, folder)) as reader:
                if not kind:
                    assert str(reader.read(Stop()).identity) == plugged.identity
                    continue
                with pytest.raises(WrongKind):
                    reader.read(Stop())


@pytest.mark.parametrize("reader", ["log-st-board", "log-nb"])
def test_a_log_cannot_tell_that_its_device_left_a_jig(folder: DataFolder, reader: str) -> None:
    assert isinstance(made(replace(SLOT, reader=reader), folder), PortReader)
    in_jig = replace(SLOT, number=1, reader=reader, leaves_by=LeavesBy.SILENCE)
    kept = assembly.slot_shelf(folder, Settings())
    for refused in (lambda: made(in_jig, folder), lambda: kept.keep((in_jig,))):
        with pytest.raises(SettingInvalid) as caught:
            refused()
        assert caught.value.key == "slots[1].leaves_by"
    kept.keep((replace(in_jig, port=None),))
    for leaves_by, tried in ((LeavesBy.PORT, True), (LeavesBy.SILENCE, False)):
        auto = made(replace(SLOT, reader="auto", leaves_by=leaves_by), folder)
        assert isinstance(auto, PortReader)
        assert isinstance(auto._conversation, AutoConversation)
        assert (reader in [way.profile.name for way in auto._conversation._known_ways()]) is tried


def test_what_a_scanner_puts_around_its_codes_is_known_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []
    monkeypatch.setattr("gizqr_station.assembly.readers.SerialScanner", lambda *_, **around: told.append(around))
    settings = Settings.model_validate({"scanner": {"port": "usb:SCAN01", "prefix": "~", "suffix": "none"}})
    assembly.serial_scanner(settings, FakePorts(), print)
    assert told == [{"prefix": "~", "suffix": "none"}]


@needs_terminals
def test_a_reader_tells_a_listener_what_goes_over_its_wire(folder: DataFolder, tmp_path: Path) -> None:
    wire: list[WireBytes] = []
    with SimulatedDevice(tmp_path / "tty") as device:
        device.plug(Plugged("00911f500047"))
        config = replace(SLOT, port=PortName.parse(str(device.link)), leaves_by=LeavesBy.PORT)
        with contextlib.closing(made(config, folder, tap=wire.append)) as reader:
            assert str(reader.read(Stop()).identity) == "00911f500047"
    assert {piece.sent for piece in wire} == {True, False}
    assert b"00911f500047" in b"".join(piece.data for piece in wire if not piece.sent)


@needs_terminals
def test_a_locally_administered_mac_is_read_only_where_somebody_allowed_it(folder: DataFolder, tmp_path: Path) -> None:
    with SimulatedDevice(tmp_path / "tty") as device:
        device.plug(Plugged(LOCAL_MAC))
        config = replace(SLOT, port=PortName.parse(str(device.link)))
        with contextlib.closing(made(config, folder)) as reader, pytest.raises(LocallyAdministeredMac):
            reader.read(Stop())
        allowed = made(config, folder, local_macs_allowed_by="Li Wei", local_macs_reason="lab units")
        with contextlib.closing(allowed) as reader:
            assert str(reader.read(Stop()).identity) == LOCAL_MAC


@pytest.mark.parametrize(("by", "allowed"), [("", False), ("Li Wei", True)])
def test_a_permission_is_one_that_names_somebody(by: str, allowed: bool) -> None:
    product = {"local_macs_allowed_by": by, "local_macs_reason": by and "lab units"}
    assert assembly.local_macs_allowed(Settings.model_validate({"product": product})) is allowed


def test_a_scanner_is_made_only_where_one_is_set_up() -> None:
    none, ports = Settings(), FakePorts()
    assert assembly.serial_scanner(none, ports, print) is None
    assert assembly.camera_scanner(none, print) is None
    both = Settings.model_validate({"scanner": {"port": "usb:SCAN01", "camera": "0"}})
    assert assembly.serial_scanner(both, ports, print) is not None
    assert isinstance(assembly.camera_scanner(both, print), CameraScanner)
    wrong = Settings.model_validate({"scanner": {"port": "foo://bar"}})
    with pytest.raises(SettingInvalid) as refused:
        assembly.serial_scanner(wrong, ports, print)
    assert refused.value.key == "scanner.port"


ACM = SerialPort("/dev/ttyACM0", "SCAN01", "1-1.4:1.0")
TWIN = SerialPort("/dev/ttyACM1", "SCAN01", "1-1.4:1.2")


@pytest.mark.parametrize(
    ("scanner", "slots", "key"),
    [
        ("/dev/ttyACM0", ["usb:SCAN01"], "scanner.port"),
        ("usb:SCAN01", ["/dev/ttyS0", "hub:1-1.4"], "scanner.port"),
        ("", ["usb:scan01", "/dev/ttyACM0"], "slots[2].port"),
        ("", ["hub:1-1.4", "usb:SCAN01"], "slots[2].port"),
        ("/dev/ttyACM0", ["usb:OTHER01", "/dev/ttyACM1"], ""),
        ("usb:SCAN02", ["usb:SCAN01", ""], ""),
        ("hub:1-1.4:1.0", ["hub:1-1.4:1.2"], ""),
    ],
)
def test_one_device_by_two_names_is_refused(scanner: str, slots: list[str], key: str) -> None:
    settings = Settings.model_validate({"scanner": {"port": scanner}, "slots": [{"port": port} for port in slots]})
    for seen in ((ACM,), (ACM, TWIN)):
        if not key:
            no_port_twice(settings, FakePorts(*seen))
            continue
        with pytest.raises(SettingInvalid) as refused:
            no_port_twice(settings, FakePorts(*seen))
        other = 2 if slots[0] == "/dev/ttyS0" else 1
        assert (refused.value.key, f"slot {other} is at " in refused.value.reason) == (key, True)


def test_a_com_port_is_one_device_however_it_is_spelt() -> None:
    settings = Settings.model_validate({"scanner": {"port": "\\\\.\\com7"}, "slots": [{"port": "usb:SCAN01"}]})
    with pytest.raises(SettingInvalid):
        no_port_twice(settings, FakePorts(SerialPort("COM7", "SCAN01")))


def test_slots_are_kept_in_the_file_but_those_of_a_demo_are_not(folder: DataFolder) -> None:
    write_commented(folder.settings_file, Settings())
    before = folder.settings_file.read_bytes()
    demo = assembly.slot_shelf(folder, load(folder.settings_file), demo=True)
    demo.keep((replace(SLOT, number=1),))
    assert demo.slots() == (replace(SLOT, number=1),)
    assert folder.settings_file.read_bytes() == before
    assembly.slot_shelf(folder, load(folder.settings_file)).keep((replace(SLOT, number=1),))
    assert load(folder.settings_file).slot_configs() == (replace(SLOT, number=1),)


def test_the_log_of_a_wire_lies_in_the_stations_folder(folder: DataFolder) -> None:
    path = Path(assembly.wire_logs(folder, CLOCK).keep("COM7", "gagent", ()))
    assert path.parent == folder.root / "log" / "wire"


def test_the_log_of_a_wire_shows_none_of_the_stations_secrets(folder: DataFolder) -> None:
    wire = (WireBytes(CLOCK.now(), False, b"key: swordfish-1"),)
    logs = assembly.wire_logs(folder, CLOCK, Secrets(frozenset({"swordfish-1"})))
    assert Path(logs.keep("COM7", "gagent", wire)).read_text(encoding="utf-8").endswith("key: ***********\n")
