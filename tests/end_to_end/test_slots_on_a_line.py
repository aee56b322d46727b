"""A station with two slots among real bytes: pseudo-terminals, HTTP, a printer; and a pair of hands."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly import Station
from gizqr_station.domain.device_failures import DeviceSwapped, DeviceUnplugged, PortMissing
from gizqr_station.domain.job import JobState
from gizqr_station.domain.line_failures import PartMissing, WrongLabel
from gizqr_station.domain.scan_failures import ScannerGone
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers import camera_scanner
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from gizqr_station.settings.bench_settings import ScannerSettings
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import (
    DeviceRead,
    DeviceSeen,
    HealthSeen,
    Part,
    ScanBackDue,
    ScanRefused,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.end_to_end.line import Surroundings
from tests.fake_jigs import SlotEar
from tests.readers.test_serial_scanner import Plug

ONE, OTHER = "00911f500047", "00911f500048"


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    """Without the service: the product has label texts of its own."""
    with (
        VirtualPrinter(tmp_path / "labels", 203) as printer,
        SimulatedDevice(tmp_path / "tty0") as one,
        SimulatedDevice(tmp_path / "tty1") as other,
    ):
        yield Surroundings(DataFolder(tmp_path / "station"), [one, other], printer, "http://127.0.0.1:9")


def slot_settings(around: Surroundings, **scanner: object) -> Settings:
    settings = around.settings(scheme="template", content="https://x.example/{mac}")
    return settings.model_copy(update={"scanner": ScannerSettings.model_validate({"repeat_s": 0, **scanner})})


@contextlib.contextmanager
def opened(around: Surroundings, settings: Settings | None = None) -> Iterator[tuple[Station, SlotEar]]:
    ear = SlotEar()
    station = assembly.open_station(around.folder, settings or slot_settings(around), ear.hear, demo=False)
    try:
        yield station, ear
    finally:
        station.shut_down()


def test_two_devices_are_read_side_by_side_and_labelled_one_after_the_other(around: Surroundings) -> None:
    with opened(around) as (station, ear):
        around.devices[0].plug(Plugged(ONE))
        due = ear.at(1, ScanBackDue).job
        around.devices[1].plug(Plugged(OTHER))
        assert ear.at(2, TurnAwaited) == TurnAwaited(1)
        station.controls.scanned(around.scanned_from_paper(1))
        assert ear.at(1, UnitDone).job.id == due.id
        ear.at(2, ScanBackDue)
        station.controls.scanned(around.scanned_from_paper(1))
        assert isinstance(ear.at(2, ScanRefused).failure, WrongLabel)
        station.controls.scanned(around.scanned_from_paper(2))
        assert ear.at(2, UnitDone).job.state is JobState.VERIFIED
        for slot, device in enumerate(around.devices, start=1):
            device.unplug()
            ear.at(slot, WaitingForDevice)
        assert [job.state for job in station.ledger.all_jobs()] == [JobState.VERIFIED] * 2


def test_a_device_exchanged_behind_its_adapter_while_it_waits_for_its_turn_gets_no_label(around: Surroundings) -> None:
    with opened(around) as (station, ear):
        around.devices[0].plug(Plugged(ONE))
        ear.at(1, ScanBackDue)
        around.devices[1].plug(Plugged(OTHER))
        ear.at(2, TurnAwaited)
        around.devices[1].swap(Plugged("00911f500049"))
        station.controls.scanned(around.scanned_from_paper(1))
        ear.at(1, UnitDone)
        swapped = ear.at(2, UnitRefused).failure
        assert isinstance(swapped, DeviceSwapped)
        assert (swapped.expected, swapped.found) == (OTHER, "00911f500049")
        station.controls.try_again(2)
        assert ear.at(2, ScanBackDue).job.identity.text == "00911f500049"


def test_a_device_that_is_plugged_in_shows_within_two_seconds_and_one_that_is_pulled_within_one(
    around: Surroundings,
) -> None:
    with opened(around) as (_, ear):
        ear.at(2, WaitingForDevice)
        plugged = time.monotonic()
        around.devices[1].plug(Plugged(ONE, quirk=Quirk.SILENT))
        ear.at(2, DeviceSeen)
        assert time.monotonic() - plugged < 2.0
        pulled = time.monotonic()
        around.devices[1].unplug()
        assert isinstance(ear.at(2, UnitRefused).failure, DeviceUnplugged)
        assert time.monotonic() - pulled < 1.0


def test_a_plug_that_is_pulled_shows_at_its_slot_within_a_second_whatever_the_slot_is_doing(
    around: Surroundings,
) -> None:
    with opened(around) as (_, ear):
        around.devices[0].plug(Plugged(ONE))
        ear.at(1, ScanBackDue)
        around.devices[1].plug(Plugged(OTHER))
        ear.at(2, TurnAwaited)
        ear.at(1, HealthSeen, lambda seen: seen.failure is None)
        pulled = time.monotonic()
        around.devices[0].unplug()
        ear.at(1, HealthSeen, lambda seen: isinstance(seen.failure, PortMissing))
        assert time.monotonic() - pulled < 1.0
        pulled = time.monotonic()
        around.devices[1].unplug()
        assert isinstance(ear.at(2, UnitRefused).failure, DeviceUnplugged)
        assert time.monotonic() - pulled < 1.0
        around.devices[1].plug(Plugged(OTHER))
        assert ear.at(2, DeviceRead).reading.identity.text == OTHER
    assert len(around.printer.printed) == 1


def test_a_scanner_on_a_port_of_its_own_scans_back_and_its_tile_says_when_it_is_gone(
    around: Surroundings, tmp_path: Path
) -> None:
    plug = Plug(tmp_path / "scanner")
    plug.plug()
    try:
        with opened(around, slot_settings(around, port=str(plug.link))) as (_, ear):
            ear.wait(HealthSeen, lambda seen: seen.part is Part.SCANNER and seen.failure is None)
            around.devices[0].plug(Plugged(ONE))
            ear.at(1, ScanBackDue)
            os.write(plug.master, f"{around.scanned_from_paper(1)}\r".encode())
            assert ear.at(1, UnitDone).job.state is JobState.VERIFIED
            plug.pull()
            gone = ear.wait(HealthSeen, lambda seen: seen.part is Part.SCANNER and seen.failure is not None)
            assert isinstance(gone.failure, ScannerGone)
            assert gone.detail == str(plug.link)
    finally:
        plug.pull()


def test_a_camera_that_is_wanted_without_its_extra_is_said_and_all_else_works(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_scanner, "is_installed", lambda: False)
    with opened(around, slot_settings(around, camera="0")) as (_, ear):
        seen = ear.wait(HealthSeen, lambda seen: seen.part is Part.SCANNER)
        assert isinstance(seen.failure, PartMissing)
        ear.at(2, WaitingForDevice)


def test_without_a_scanner_of_that_kind_nothing_is_said_of_one(around: Surroundings) -> None:
    with opened(around) as (_, ear):
        ear.wait(HealthSeen, lambda seen: seen.part is Part.LEDGER)
        ear.at(1, HealthSeen)
        ear.at(2, HealthSeen)
        ear.at(2, HealthSeen)
    assert not any(isinstance(told, HealthSeen) and told.part is Part.SCANNER for told in ear.told)


def test_the_slots_of_the_settings_are_those_that_run(around: Surroundings) -> None:
    with opened(around) as (station, _):
        assert [str(slot.port) for slot in station.slots] == [str(device.link) for device in around.devices]
