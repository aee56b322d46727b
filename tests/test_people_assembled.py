"""A whole station that knows people: badges sign in, lines wait for somebody, and no secret stands anywhere."""

import contextlib
import logging
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from gizqr_station import assembly
from gizqr_station.assembly import people as assembled_people
from gizqr_station.assembly.changeovers import Changeovers
from gizqr_station.assembly.station import Station
from gizqr_station.domain.ledger_failures import LedgerBusy, StationAlreadyRunning
from gizqr_station.domain.people import NameAndPin, Role
from gizqr_station.domain.people_failures import BadgeUnknown, FirstLeadDue, NobodySignedIn
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented
from gizqr_station.trust.pins import Argon2Pins
from gizqr_station.workflows.happenings import AtSlot, Happening, ScanBackDue, UnitRefused, WaitingForDevice
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleWork
from tests.fake_bench import WAIT_S

KEY = "0a6781ed676045988d5d72f3f0480fba"
LEAD_PIN, PIN, LEAD_BADGE, BADGE = "482915", "518347", "P7001001", "P7002002"
Heard = TypeVar("Heard")


class Open:
    """A station that is open, and what it told."""

    def __init__(self, station: Station, told: "queue.SimpleQueue[Happening]") -> None:
        self.station = station
        self.told = told

    def wait(self, kind: type[Heard], where: Callable[[Heard], bool] = lambda _: True) -> Heard:
        while True:
            happening = self.told.get(timeout=WAIT_S)
            happening = happening.happening if isinstance(happening, AtSlot) else happening
            if isinstance(happening, kind) and where(happening):
                return happening

    def done(self, work: PeopleWork) -> PeopleDone:
        return self.wait(PeopleDone, lambda told: told.work is work)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setattr(assembled_people, "Argon2Pins", lambda: Argon2Pins(rounds=1, memory_kib=64, lanes=1))
    return DataFolder(tmp_path / "station")


@contextlib.contextmanager
def opened(folder: DataFolder, **sections: Any) -> Iterator[Open]:
    own = {"key": KEY, "name": "Smart Plug", "scheme": "template", "content": "https://x.example/{mac}"}
    printers = [{"name": "a", "address": f"file:{folder.root.parent}/paper"}]
    badge = {"scanner": {"badge": "P[0-9]{7}"}}
    made = Settings.model_validate({"product": own, "printers": printers, **badge, **sections})
    write_commented(folder.settings_file, made)
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = assembly.open_station(folder, load(folder.settings_file), told.put, demo=False)
    try:
        yield Open(station, told)
    finally:
        station.shut_down()


def test_from_the_first_lead_on_somebody_has_to_be_signed_in_and_a_scanned_badge_is_enough(folder: DataFolder) -> None:
    with opened(folder) as at:
        assert at.wait(OnDuty).first_lead_due
        at.station.people.make_first_lead("Wang Fang", LEAD_PIN, LEAD_BADGE)
        assert at.done(PeopleWork.FIRST_LEAD).failure is None
        at.station.people.add("Li Wei", Role.OPERATOR, PIN, BADGE)
        assert at.done(PeopleWork.ADD).failure is None
        at.station.people.sign_out()
        at.wait(OnDuty, lambda told: told.person is None)
        at.station.controls.scanned("00911f500047")
        assert isinstance(at.wait(UnitRefused).failure, NobodySignedIn)
        at.station.controls.scanned("P7009009")
        assert isinstance(at.done(PeopleWork.SIGN_IN).failure, BadgeUnknown)
        at.station.controls.scanned(BADGE)
        assert at.wait(ScanBackDue).job.draft.operator == "Li Wei"
        at.station.controls.scanned(LEAD_BADGE)
        assert at.wait(OnDuty).name == "Wang Fang"
        (job,) = at.station.ledger.open_jobs()
    ledger = assembly.existing_ledger(folder)
    with contextlib.closing(ledger):
        kinds = [(entry.kind, entry.who) for entry in ledger.entries(0, 1000) if entry.kind in ("sign_in", "sign_out")]
        assert {entry.who for entry in ledger.history(job.id)} == {"Li Wei"}
    assert kinds == [
        ("sign_in", "Wang Fang"),
        ("sign_out", "Wang Fang"),
        ("sign_in", "Li Wei"),
        ("sign_out", "Li Wei"),
        ("sign_in", "Wang Fang"),
        ("sign_out", "Wang Fang"),
    ]


def test_where_people_are_required_the_line_waits_for_the_first_lead(folder: DataFolder) -> None:
    with opened(folder, people={"required": True}) as at:
        at.wait(WaitingForDevice)
        at.station.controls.scanned("00911f500047")
        assert isinstance(at.wait(UnitRefused).failure, FirstLeadDue)
        at.station.people.make_first_lead("Wang Fang", LEAD_PIN)
        assert at.wait(ScanBackDue).job.draft.operator == "Wang Fang"


def test_after_a_restart_nobody_is_signed_in_and_people_are_still_known(folder: DataFolder) -> None:
    with opened(folder) as at:
        at.station.people.make_first_lead("Wang Fang", LEAD_PIN)
        at.done(PeopleWork.FIRST_LEAD)
    with opened(folder) as at:
        assert at.wait(OnDuty) == OnDuty(None, "")
        at.station.people.sign_in(NameAndPin("Wang Fang", LEAD_PIN))
        assert at.done(PeopleWork.SIGN_IN).failure is None


def test_whoever_takes_another_order_stays_on_duty_and_a_program_that_starts_anew_knows_nobody(
    folder: DataFolder,
) -> None:
    own = {"key": KEY, "name": "Smart Plug", "scheme": "template", "content": "https://x.example/{mac}"}
    printers = [{"name": "a", "address": f"file:{folder.root.parent}/paper"}]
    write_commented(folder.settings_file, Settings.model_validate({"product": own, "printers": printers}))
    program = Changeovers(folder, load(folder.settings_file))
    with changed_over(program) as at:
        at.station.people.make_first_lead("Wang Fang", LEAD_PIN)
        assert at.done(PeopleWork.FIRST_LEAD).failure is None
    with changed_over(program) as at:
        assert at.wait(OnDuty).name == "Wang Fang"
        at.station.controls.scanned("00911f500047")
        assert at.wait(ScanBackDue).job.draft.operator == "Wang Fang"
        at.station.people.sign_out()
        at.wait(OnDuty, lambda told: told.person is None)
    with changed_over(program) as at:
        assert at.wait(OnDuty) == OnDuty(None, "")
        at.station.people.sign_in(NameAndPin("Wang Fang", LEAD_PIN))
        assert at.done(PeopleWork.SIGN_IN).failure is None
    lock = assembly.hold(folder)
    with pytest.raises(StationAlreadyRunning), changed_over(program):
        pass
    lock.release()
    with changed_over(program) as at:
        assert at.wait(OnDuty) == OnDuty(None, ""), "whoever was there may have gone since"
        at.station.people.sign_in(NameAndPin("Wang Fang", LEAD_PIN))
        assert at.done(PeopleWork.SIGN_IN).failure is None
    with changed_over(Changeovers(folder, load(folder.settings_file))) as at:
        assert at.wait(OnDuty) == OnDuty(None, "")


@contextlib.contextmanager
def changed_over(program: Changeovers) -> Iterator[Open]:
    """The next station of a program."""
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = program.open(told.put)
    try:
        yield Open(station, told)
    finally:
        station.shut_down()


def test_no_badge_and_no_pin_is_in_any_file_log_or_happening(
    folder: DataFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    with opened(folder) as at:
        at.station.people.make_first_lead("Wang Fang", LEAD_PIN, LEAD_BADGE)
        said.append(repr(at.done(PeopleWork.FIRST_LEAD)))
        at.station.people.add("Li Wei", Role.OPERATOR, PIN, BADGE)
        said.append(repr(at.done(PeopleWork.ADD)))
        for text in (BADGE, "P7009009"):
            at.station.controls.scanned(text)
            said.append(repr(at.done(PeopleWork.SIGN_IN)))
        for pin in (PIN, "739206"):
            at.station.people.sign_in(NameAndPin("Li Wei", pin))
            said.append(repr(at.done(PeopleWork.SIGN_IN)))
        while not at.told.empty():
            said.append(repr(at.told.get()))
    text = " ".join(said) + caplog.text
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert folder.ledger_file in files
    for secret in (LEAD_PIN, PIN, "739206", LEAD_BADGE, BADGE, "P7009009"):
        assert secret not in text
        assert [file for file in files if secret.encode() in file.read_bytes()] == []


def test_a_ledger_that_cannot_say_who_is_known_keeps_the_station_shut(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gizqr_station.ledger.store import SqlLedger

    def away(_: SqlLedger) -> bool:
        raise LedgerBusy("ledger")

    monkeypatch.setattr(SqlLedger, "anybody", away)
    with pytest.raises(LedgerBusy), opened(folder):
        pass
    assembly.hold(folder).release()
