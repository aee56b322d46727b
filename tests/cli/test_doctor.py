"""``doctor`` on printing."""

import os
from pathlib import Path

import pytest

from gizqr_station.cli.printer_findings import rights, usb_devices
from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import CoverOpen
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.label_folder import LabelFolder
from tests.cli.bench import set_up
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
    set_up(tmp_path, {"name": "off", "address": "tcp://127.0.0.1:1", "connect_s": 0.5}, key="")
    # Without a product the station cannot open, but that is a setting and not the machine.
    done = run("doctor", "--json")
    assert done.document()["healthy"] is True


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
