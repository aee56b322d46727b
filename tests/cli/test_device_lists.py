"""``readers`` and ``ports``: what is known, what is broken, and who uses what."""

from pathlib import Path

import pytest

from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.places import DataFolder
from gizqr_station.readers.port_list import MachinePorts
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from tests.cli.conftest import Run

PORTS = (
    SerialPort("/dev/ttyS0", description="ttyS0"),
    SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.4", 0x0403, 0x6001, "FT232R USB UART"),
    SerialPort("/dev/ttyUSB1", "0001", "2-1", 0x10C4, 0xEA60, "CP2102"),
    SerialPort("/dev/ttyUSB2", "0001", "2-2", 0x10C4, 0xEA60, "CP2102"),
)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MachinePorts, "ports", lambda _: PORTS)


def set_up(tmp_path: Path, *ports: str, scanner: str = "") -> None:
    slots = [{"port": port, "name": "left" if not number else ""} for number, port in enumerate(ports)]
    settings = Settings.model_validate({"slots": slots, "scanner": {"port": scanner}})
    write_commented(DataFolder(tmp_path / "data").settings_file, settings)


def test_every_port_is_listed_with_its_lasting_name_and_its_users(run: Run, plugged: None, tmp_path: Path) -> None:
    set_up(tmp_path, "usb:a50285bi", "usb:0001", "usb:NOBODY01", "/dev/ttyS0", scanner="hub:2-2")
    done = run("ports", "--json")
    document = done.document()
    ports, waiting = document["ports"], document["not_plugged_in"]
    assert isinstance(ports, list)
    assert isinstance(waiting, list)
    assert done.code == 0
    assert [(port["device"], port["name"], port["usb_id"], port["used_by"]) for port in ports] == [
        ("/dev/ttyS0", "/dev/ttyS0", "", ["slot 4"]),
        ("/dev/ttyUSB0", "usb:A50285BI", "0403:6001", ["slot 1 left"]),
        ("/dev/ttyUSB1", "hub:2-1", "10c4:ea60", []),
        ("/dev/ttyUSB2", "hub:2-2", "10c4:ea60", ["scanner"]),
    ]
    assert [(each["used_by"], each["port"]) for each in waiting] == [("slot 2", "usb:0001"), ("slot 3", "usb:NOBODY01")]
    assert "E-DEV-10" in waiting[0]["says"]


def test_ports_read_well_on_a_terminal(run: Run, plugged: None, tmp_path: Path) -> None:
    set_up(tmp_path, "usb:A50285BI", "usb:NOBODY01")
    assert run("ports").out.splitlines() == [
        "/dev/ttyS0  no name that lasts  ttyS0",
        "/dev/ttyUSB0  usb:A50285BI  0403:6001  FT232R USB UART  [slot 1 left]",
        "/dev/ttyUSB1  hub:2-1  10c4:ea60  CP2102",
        "/dev/ttyUSB2  hub:2-2  10c4:ea60  CP2102",
        "slot 2: usb:NOBODY01: not plugged in",
    ]


def test_a_link_in_the_settings_is_followed(
    run: Run, plugged: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "by-id"
    link.symlink_to("/dev/ttyS0")
    set_up(tmp_path, str(link))
    assert "/dev/ttyS0  no name that lasts  ttyS0  [slot 1 left]" in run("ports").out


def test_without_any_port_that_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MachinePorts, "ports", lambda _: ())
    assert run("ports").out == "No serial port is plugged in.\n"


def test_readers_are_listed_and_broken_ones_told_with_their_reason(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "readers"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("baud = 57600\n[title]\nen = 'My modem'\n[gagent]\n", encoding="utf-8")
    (folder / "broken.toml").write_text("baud = 57600\n[title]\nen = 'x'\n[gagent]\n[esptool]\n", encoding="utf-8")
    done = run("readers", "--json")
    document = done.document()
    readers, broken = document["readers"], document["broken"]
    assert isinstance(readers, list)
    assert isinstance(broken, list)
    known = {reader["name"]: reader for reader in readers}
    assert {"gagent", "at-cgsn", "esptool", "mine"} <= known.keys()
    assert (known["mine"]["own"], known["mine"]["baud"], known["mine"]["asks_by"]) == (True, 57600, "gagent")
    assert [(Path(each["file"]).name, "exactly one" in each["reason"]) for each in broken] == [("broken.toml", True)]
    shown = run("readers")
    assert (shown.code, "My modem  (your own)" in shown.out, "E-DEV-17" in shown.out) == (0, True, True)


def test_titles_are_in_the_language_of_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "机智云模组" in run("readers").out
