"""``doctor`` on printing and on devices."""

import importlib.util
import os
from pathlib import Path

import pytest

from gizqr_station.cli.device_findings import (
    extras,
    grabbers,
    port_findings,
    rule_installed,
    serial_rights,
    shipped_rule,
    udev_rule,
)
from gizqr_station.cli.printer_findings import rights, usb_devices
from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import CoverOpen
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.label_folder import LabelFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from tests.cli.bench import KEY, set_up
from tests.cli.conftest import Run


def says(run: Run) -> dict[str, tuple[bool, str]]:
    findings = run("doctor", "--json").document()["findings"]
    assert isinstance(findings, list)
    return {found["subject"]: (found["good"], found["says"]) for found in findings}


def test_every_printer_that_is_set_up_is_looked_at(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(tmp_path)
    monkeypatch.setattr(
        LabelFolder,
        "status",
        lambda printer, _: PrinterStatus(CoverOpen("fine")) if printer.name == "fine" else PrinterStatus(told=True),
    )
    told = says(run)
    assert told["printer paper (the line)"][0] is True
    assert "ready, says the printer" in told["printer paper (the line)"][1]
    assert told["printer fine"][0] is False
    assert "E-PRN-06" in told["printer fine"][1]
    assert {"pyipp", "zeroconf", "CUPS"} <= told.keys()


def test_a_printer_that_is_off_does_not_make_the_machine_sick(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, {"name": "off", "address": "tcp://127.0.0.1:1", "connect_s": 0.5})
    done = run("doctor", "--json")
    assert done.document()["healthy"] is True


def test_what_keeps_the_station_shut_is_no_remark(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, key="")
    done = run("doctor")
    assert done.code == 1
    assert "FAIL  product: " in done.out
    assert "Missing or wrong: product" in done.out


def test_a_machine_without_cups_is_told_that_it_may_not_need_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_: Stop) -> tuple[object, ...]:
        raise SpoolerSilent("localhost:631")

    monkeypatch.setattr("gizqr_station.printing.ipp.queue_list.list_queues", silent)
    good, words = says(run)["CUPS"]
    assert (good, "only needed for its queues" in words) == (False, True)


def test_missing_groups_are_named_with_what_they_are_for() -> None:
    found = rights({"dialout", "users"}, superuser=False)
    assert (found.good, found.needed) == (False, False)
    assert "lp (USB printers), lpadmin (changing CUPS queues)" in found.says
    assert rights({"lp", "dialout", "lpadmin"}, superuser=False).good
    assert rights(set(), superuser=True).good


def test_usb_printers_are_listed_with_the_right_to_open_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lp0", "lp1"):
        (tmp_path / name).touch()
    monkeypatch.setattr(os, "access", lambda path, _: path.name == "lp0")
    found = list(usb_devices(tmp_path))
    assert [one.good for one in found] == [True, False]
    assert "group lp" in found[1].says
    assert list(usb_devices(tmp_path / "none")) == []


FTDI = SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.4", 0x0403, 0x6001, "FT232R USB UART")
TWINS = [SerialPort(f"/dev/ttyUSB{at}", "0001", f"2-{at}", 0x10C4, 0xEA60, "CP2102") for at in (1, 2)]


@pytest.mark.parametrize(
    ("groups", "superuser", "rule", "good", "words"),
    [
        (set(), False, False, False, 'sudo usermod -aG dialout "$USER"'),
        ({"dialout"}, False, False, True, "dialout"),
        (set(), False, True, True, "udev rule"),
        (set(), True, False, True, "superuser"),
    ],
)
def test_who_may_open_serial_ports(groups: set[str], superuser: bool, rule: bool, good: bool, words: str) -> None:
    found = serial_rights(groups, superuser=superuser, rule=rule)
    assert (found.good, found.needed, words in found.says) == (good, False, True)


def test_the_udev_rule_is_looked_for_with_the_command_that_installs_it(tmp_path: Path) -> None:
    folders = [tmp_path / "etc", tmp_path / "lib"]
    assert shipped_rule().is_file()
    missing = udev_rule(shipped_rule(), folders)
    assert (missing.good, missing.needed) == (False, False)
    assert f"sudo install -m 644 {shipped_rule()} /etc/udev/rules.d/" in missing.says
    folders[1].mkdir()
    installed = folders[1] / shipped_rule().name
    installed.write_bytes(shipped_rule().read_bytes())
    assert rule_installed(folders)
    assert udev_rule(shipped_rule(), folders).good
    installed.write_text("# of an older version")
    assert "another version" in udev_rule(shipped_rule(), folders).says
    assert udev_rule(tmp_path / "none" / shipped_rule().name, folders).good


@pytest.mark.parametrize("rule", [False, True])
def test_programs_that_grab_ports_are_named(tmp_path: Path, rule: bool) -> None:
    for number, name in enumerate(["bash", "ModemManager", "brltty"]):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "comm").write_text(f"{name}\n")
    found = {finding.subject: finding for finding in grabbers(tmp_path, rule=rule)}
    assert {name: finding.good for name, finding in found.items()} == {"ModemManager": rule, "brltty": False}
    assert not any(finding.needed for finding in found.values())
    assert "apt-get remove brltty" in found["brltty"].says
    assert list(grabbers(tmp_path / "none", rule=rule)) == []


def test_ports_are_told_by_their_lasting_names_and_numbers_that_are_none_are_warned_of() -> None:
    found = {finding.subject: finding for finding in port_findings([FTDI, *TWINS])}
    assert "usb:A50285BI" in found["port /dev/ttyUSB0"].says
    assert "hub:2-1" in found["port /dev/ttyUSB1"].says
    warned = found["serial number 0001"]
    assert (warned.good, "/dev/ttyUSB1, /dev/ttyUSB2" in warned.says) == (False, True)
    assert "serial number a50285bi" not in found
    assert [finding.subject for finding in port_findings([])] == ["serial ports"]


def test_extras_are_never_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    found = list(extras())
    assert [(finding.subject, finding.good, finding.needed) for finding in found] == [
        ("extra esptool", False, False),
        ("extra camera", False, False),
    ]
    assert "only needed for a webcam as a scanner: python3 packaging/station.py setup --with camera" in found[1].says


def test_slots_scanner_and_readers_are_looked_at(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    bench = {
        "product": {"key": KEY, "name": "Smart Plug"},
        "slots": [{"port": "usb:NOBODY01", "name": "left"}, {"port": "COM9", "reader": "broken"}, {}],
        "scanner": {"port": "hub:9-9"},
    }
    write_commented(folder.settings_file, Settings.model_validate(bench))
    folder.readers.mkdir()
    (folder.readers / "broken.toml").write_text("[")
    told = says(run)
    assert (told["slot 1 left"][0], "E-DEV-01" in told["slot 1 left"][1]) == (False, True)
    assert (told["slot 2"][0], "E-DEV-17" in told["slot 2"][1]) == (False, True)
    assert told["slot 3"] == (True, "scanned devices only: ready")
    assert (told["scanner"][0], "E-DEV-01" in told["scanner"][1]) == (False, True)
    assert (told["reader broken.toml"][0], "E-DEV-17" in told["reader broken.toml"][1]) == (False, True)
    assert told["readers"][0] is True
    # A port that is not plugged in keeps nobody from opening; a reader that cannot be made does.
    done = run("doctor")
    assert (done.code, done.out.splitlines()[-1]) == (1, "Missing or wrong: slot 2")
