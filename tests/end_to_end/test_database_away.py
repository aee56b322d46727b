"""A line on a shared ledger whose database goes away: it says so, prints nothing, and goes on by itself."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly import Station
from gizqr_station.domain.job import JobState
from gizqr_station.domain.shared_ledger_failures import LedgerAway, OutcomeInDoubt, StationNameTaken
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from gizqr_station.settings.store import load
from gizqr_station.workflows.happenings import (
    DeviceRead,
    HealthSeen,
    Part,
    ScanBackDue,
    ScanRefused,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.end_to_end.line import Surroundings
from tests.fake_jigs import SlotEar
from tests.ledger.cut_proxy import Cut, CutProxy, cut_proxy
from tests.ledger.postgres import PostgresServer, running_postgres

ONE, OTHER = "00911f500047", "00911f500048"


@pytest.fixture(scope="module")
def machine() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def server(machine: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> PostgresServer:
    """With an empty database ``labels``, whatever an earlier test left."""
    machine.stop()
    machine.start()
    machine.drop("labels")
    machine.database("labels")
    monkeypatch.setenv("GIZQR_SECRET_LEDGER", machine.password)
    return machine


@pytest.fixture
def wire(server: PostgresServer) -> Iterator[CutProxy]:
    with cut_proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    """Without the service: the product has label texts of its own."""
    with VirtualPrinter(tmp_path / "labels", 203) as printer, SimulatedDevice(tmp_path / "tty0") as device:
        yield Surroundings(DataFolder(tmp_path / "data"), [device], printer, "http://127.0.0.1:9")


def shared(around: Surroundings, url: str) -> Settings:
    settings = around.settings(scheme="template", content="https://x.example/{mac}")
    return settings.model_copy(update={"ledger": LedgerSettings(url=url, password_secret="ledger")})


@contextlib.contextmanager
def opened(around: Surroundings, url: str) -> Iterator[tuple[Station, SlotEar]]:
    ear = SlotEar()
    station = assembly.open_station(around.folder, shared(around, url), ear.hear, demo=False)
    try:
        yield station, ear
    finally:
        station.shut_down()


def labelled(around: Surroundings, station: Station, ear: SlotEar, identity: str, number: int) -> None:
    """One unit from its plug to its end; its label comes out as the number-th."""
    around.device.plug(Plugged(identity))
    ear.at(1, ScanBackDue)
    station.controls.scanned(around.scanned_from_paper(number))
    assert ear.at(1, UnitDone).job.state is JobState.VERIFIED
    around.device.unplug()
    ear.at(1, WaitingForDevice)


def test_what_cannot_be_recorded_is_not_printed_and_the_line_goes_on_by_itself(
    around: Surroundings, server: PostgresServer
) -> None:
    with opened(around, server.url("labels")) as (station, ear):
        labelled(around, station, ear, ONE, 1)
        server.stop()
        ear.wait(HealthSeen, lambda seen: seen.part is Part.LEDGER and isinstance(seen.failure, LedgerAway))
        around.device.plug(Plugged(OTHER))
        assert ear.at(1, DeviceRead).reading.identity.text == OTHER
        refused = ear.at(1, UnitRefused)
        assert isinstance(refused.failure, LedgerAway)
        assert refused.retry_in_s
        ear.at(1, UnitRefused)
        assert len(around.printer.printed) == 1
        server.start()
        ear.at(1, ScanBackDue)
        station.controls.scanned(around.scanned_from_paper(2))
        assert ear.at(1, UnitDone).job.identity.text == OTHER
        ear.wait(HealthSeen, lambda seen: seen.part is Part.LEDGER and seen.failure is None)
        assert [job.state for job in station.ledger.all_jobs()] == [JobState.VERIFIED] * 2
    assert len(around.printer.printed) == 2


def test_a_database_that_goes_away_while_a_label_is_out_loses_no_scan(
    around: Surroundings, server: PostgresServer
) -> None:
    with opened(around, server.url("labels")) as (station, ear):
        around.device.plug(Plugged(ONE))
        due = ear.at(1, ScanBackDue).job
        content = around.scanned_from_paper(1)
        server.stop()
        station.controls.scanned(content)
        assert isinstance(ear.at(1, ScanRefused).failure, LedgerAway)
        server.start()
        station.controls.scanned(content)
        assert ear.at(1, UnitDone).job.id == due.id
    assert len(around.printer.printed) == 1


@pytest.mark.parametrize("how", [Cut.BEFORE, Cut.AFTER], ids=lambda how: how.value)
def test_an_intent_that_nobody_knows_of_prints_nothing_and_holds_nobody_up(
    around: Surroundings, server: PostgresServer, wire: CutProxy, how: Cut
) -> None:
    with opened(around, server.url("labels", wire.port)) as (station, ear):
        ear.at(1, WaitingForDevice)
        wire.cut_at(1, how, naming=b"COMMIT", behind=b"INSERT INTO images", stays_away=True)
        around.device.plug(Plugged(ONE))
        doubt = ear.at(1, UnitRefused, lambda refused: isinstance(refused.failure, OutcomeInDoubt)).failure
        ear.at(1, UnitRefused, lambda refused: isinstance(refused.failure, LedgerAway))
        assert around.printer.printed == []
        wire.back()
        ear.at(1, ScanBackDue)
        station.controls.scanned(around.scanned_from_paper(1))
        assert ear.at(1, UnitDone).job.identity.text == ONE
        jobs = [(job.draft.label_serial, job.state) for job in station.ledger.all_jobs()]
        written = [(doubt.label_serial, JobState.FAILED)] if how is Cut.AFTER else []
        assert jobs[:-1] == written
        assert jobs[-1][1] is JobState.VERIFIED
        assert station.ledger.verify() is None
    assert len(around.printer.printed) == 1


def test_a_second_station_of_the_same_name_does_not_open(
    around: Surroundings, server: PostgresServer, tmp_path: Path
) -> None:
    with opened(around, server.url("labels")), SimulatedDevice(tmp_path / "tty9") as device:
        other = Surroundings(DataFolder(tmp_path / "other"), [device], around.printer, around.url)
        with pytest.raises(StationNameTaken):
            assembly.open_station(other.folder, shared(other, server.url("labels")), SlotEar().hear, demo=False)


def test_commands_look_into_the_shared_ledger_and_doctor_at_its_server(
    around: Surroundings,
    server: PostgresServer,
    run: Run,  # noqa: F811
) -> None:
    with opened(around, server.url("labels")) as (station, ear):
        labelled(around, station, ear, ONE, 1)
        around.folder.settings_file.write_text(
            f'[station]\nname = "bench-1"\n[ledger]\nurl = "{server.url("labels")}"\npassword_secret = "ledger"\n'
        )
        load(around.folder.settings_file)
        found = run("ledger", "find", ONE)
        assert (found.code, "L-000001" in found.out) == (0, True)
        assert run("ledger", "verify").code == 0
        refused = run("ledger", "upgrade", "--copied")
        assert (refused.code, "E-LED-36" in refused.err) == (1, True)
        seen = run("doctor")
        assert f"{server.url('labels')}, PostgreSQL" in seen.out
        assert "fsync is off" in seen.out
        assert server.password not in found.out + refused.err + seen.out + seen.err
    assert run("ledger", "upgrade", "--copied").code == 0
