"""An order from plan to closed report on a line of real bytes: nothing but its first article until QA releases it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly import Station
from gizqr_station.assembly import people as assembled_people
from gizqr_station.domain.job import JobState
from gizqr_station.domain.order_failures import FirstArticleDue, LabelsOut
from gizqr_station.domain.people import NameAndPin, Role
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import Settings
from gizqr_station.trust.pins import Argon2Pins
from gizqr_station.workflows.happenings import ScanBackDue, UnitDone, UnitRefused, WaitingForDevice
from gizqr_station.workflows.order_happenings import OrderDone, OrderTaken, OrderWork, ShiftSeen
from gizqr_station.workflows.people_happenings import OnDuty
from tests.end_to_end.line import Surroundings
from tests.fake_jigs import SlotEar

ONE, OTHER, NUMBER, PIN = "00911f500047", "00911f500048", "WO-2026-7", "482915"
CREW = {"Wang Fang": Role.LEAD, "Zhang Min": Role.QA, "Sun Li": Role.OPERATOR}


@pytest.fixture(autouse=True)
def _cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled_people, "Argon2Pins", lambda: Argon2Pins(rounds=1, memory_kib=64, lanes=1))


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    """Without the service: the product has label texts of its own."""
    with VirtualPrinter(tmp_path / "labels", 203) as printer, SimulatedDevice(tmp_path / "tty0") as one:
        yield Surroundings(DataFolder(tmp_path / "station"), [one], printer, "http://127.0.0.1:9")


def settings_of(around: Surroundings) -> Settings:
    return around.settings(scheme="template", content="https://x.example/{mac}")


@contextlib.contextmanager
def opened(around: Surroundings) -> Iterator[tuple[Station, SlotEar]]:
    ear = SlotEar()
    station = assembly.open_station(around.folder, settings_of(around), ear.hear, demo=False)
    try:
        yield station, ear
    finally:
        station.shut_down()


def sign_in(station: Station, ear: SlotEar, name: str) -> None:
    station.people.sign_in(NameAndPin(name, PIN))
    ear.wait(OnDuty, lambda told: told.name == name)


def done(ear: SlotEar, work: OrderWork) -> OrderDone:
    return ear.wait(OrderDone, lambda told: told.work is work)


def crew_signed_up(around: Surroundings) -> None:
    settings = settings_of(around)
    with contextlib.closing(assembly.begun_ledger(around.folder, settings.station.name)) as ledger:
        people = assembled_people.people_of(ledger, settings, locks=False)
        people.admin.make_first_lead("Wang Fang", PIN)
        for name, role in list(CREW.items())[1:]:
            people.admin.add(name, role, PIN, "")


def test_an_order_from_plan_to_closed_report(around: Surroundings) -> None:
    crew_signed_up(around)
    with opened(around) as (station, ear):
        sign_in(station, ear, "Wang Fang")
        station.orders.plan(NUMBER, 2, f"{ONE}..{OTHER}")
        assert done(ear, OrderWork.PLAN).failure is None
        station.orders.sign(NUMBER)
        assert done(ear, OrderWork.SIGN).failure is None
        station.orders.take(NUMBER)
        assert ear.wait(OrderTaken).order is not None
    # The window shuts the station down and opens it again: now the order says what is labelled.
    with opened(around) as (station, ear):
        sign_in(station, ear, "Sun Li")
        station.orders.open_shift()
        assert done(ear, OrderWork.OPEN_SHIFT).failure is None
        around.device.plug(Plugged(ONE))
        ear.at(1, ScanBackDue)
        station.orders.take("")
        assert isinstance(done(ear, OrderWork.TAKE).failure, LabelsOut)
        station.controls.scanned(around.scanned_from_paper(1))
        first = ear.at(1, UnitDone).job
        around.device.unplug()
        ear.at(1, WaitingForDevice)

        around.device.plug(Plugged(OTHER))
        refused = ear.at(1, UnitRefused).failure
        assert isinstance(refused, FirstArticleDue)
        assert refused.label_serial == first.draft.label_serial
        assert len(around.printer.printed) == 1
        around.device.unplug()
        ear.at(1, WaitingForDevice)

        station.orders.release(NUMBER, NameAndPin("Zhang Min", PIN), scanned=around.scanned_from_paper(1))
        assert done(ear, OrderWork.RELEASE).failure is None
        around.device.plug(Plugged(OTHER))
        ear.at(1, ScanBackDue)
        station.controls.scanned(around.scanned_from_paper(2))
        assert ear.at(1, UnitDone).job.state is JobState.VERIFIED
        around.device.unplug()

        sign_in(station, ear, "Zhang Min")
        station.orders.close_order(NUMBER)
        closed = done(ear, OrderWork.CLOSE)
        assert closed.failure is None
        station.orders.close_shift("all well")
        ended = done(ear, OrderWork.CLOSE_SHIFT)
        assert ended.failure is None
        assert ear.wait(ShiftSeen).shift is None
        order = station.ledger.order(NUMBER)
        assert order is not None
        assert (order.signed_by, order.released_by, order.closed_by) == ("Wang Fang", "Zhang Min", "Zhang Min")
        stands = station.ledger.order_balance(NUMBER)
        assert (stands.planned, stands.verified, stands.remaining) == (2, 2, 0)
    files = [Path(file) for file in (*closed.files, *ended.files)]
    assert sorted(file.suffix for file in files) == [".csv", ".csv", ".pdf", ".pdf"]
    assert all(file.parent == around.folder.reports and file.stat().st_size for file in files)
    table = next(file for file in files if file.name.startswith("order") and file.suffix == ".csv")
    text = table.read_text(encoding="utf-8-sig")
    for said in ("Wang Fang", "Zhang Min", "Sun Li", order.digest, "00:91:1F:50:00:47", "00:91:1F:50:00:48"):
        assert said in text, said
