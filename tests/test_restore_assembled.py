"""What a restore takes over from the file that stood there: what is printed, who works here, and who may do it."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.copies import Allowed, copies_for, restore
from gizqr_station.assembly.people import people_of
from gizqr_station.domain.copy_failures import CopiedElsewhere, CopyOfAnother
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.people import NameAndPin, Permission, Role
from gizqr_station.domain.people_failures import TriesExhausted, WrongPin
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.domain.work_order import OrderState
from gizqr_station.ledger.opening import Kind, open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.contracts.order_book_contract import PROFILE

SETTINGS = Settings()
HERE = SETTINGS.station.name


def lead(_ledger: SqlLedger) -> str:
    return "lead"


def shows(name: str, pin: str) -> Allowed:
    """Somebody who signs in to restore."""

    def allowed(ledger: SqlLedger) -> str:
        people = people_of(ledger, SETTINGS, locks=False)
        people.duty.sign_in(NameAndPin(name, pin))
        return people.duty.require(Permission.RESTORE, "copy")

    return allowed


def ledger_of(folder: DataFolder, kind: Kind = "production") -> SqlLedger:
    return open_ledger(folder.ledger_file, kind=kind, station=HERE, clock=SystemClock())


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.root.mkdir()
    return made


@pytest.fixture
def ledger(folder: DataFolder) -> Iterator[SqlLedger]:
    with closing(ledger_of(folder)) as opened_here:
        yield opened_here


def copied(folder: DataFolder, ledger: SqlLedger) -> Path:
    return Path(copies_for(folder, SETTINGS, ledger, SystemClock()).copy(who="lead", stop=Stop()))


def order(ledger: SqlLedger, number: str) -> None:
    ledger.plan_order(number, replace(PROFILE, identities=(), quantity=50), who="lead")
    ledger.move_order(number, OrderState.SIGNED, who="lead")


def test_labels_of_an_order_that_was_taken_since_are_taken_over(folder: DataFolder, ledger: SqlLedger) -> None:
    order(ledger, "WO-A")
    order(ledger, "WO-B")
    ledger.take_order("WO-A", who="op")
    brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-A", station=HERE), JobState.VERIFIED)
    copy = copied(folder, ledger)
    ledger.take_order("WO-B", who="op")
    brought_to(ledger, opened(ledger, identity=mac(2), work_order="WO-B", station=HERE), JobState.VERIFIED)
    ledger.close()
    restored = restore(folder, SETTINGS, copy, lead)
    assert (restored.salvaged.labels, restored.salvaged.unreadable) == (1, 0)
    assert restored.salvaged.acts == 1, "the changeover"
    assert not restored.salvaged.everything


def test_labels_of_a_roll_that_was_put_in_since_are_taken_over(folder: DataFolder, ledger: SqlLedger) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 1, 0, who="op")
    copy = copied(folder, ledger)
    brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VERIFIED)
    ledger.load_supply("bench printer", SupplyKind.LABELS, 100, 0, who="op")
    brought_to(ledger, opened(ledger, identity=mac(2)), JobState.VERIFIED)
    ledger.close()
    assert restore(folder, SETTINGS, copy, lead).salvaged.labels == 2


def test_a_label_that_nobody_was_to_scan_stays_accounted_for(folder: DataFolder, ledger: SqlLedger) -> None:
    order(ledger, "WO-A")
    copy = copied(folder, ledger)
    sent = brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-A", scan_back_due=False), JobState.SENT)
    ledger.move(sent, JobState.PRINTED, who="op", outcome=PrintOutcome.CONFIRMED)
    before = ledger.order_balance("WO-A")
    ledger.close()
    restore(folder, SETTINGS, copy, lead)
    with closing(ledger_of(folder)) as again:
        assert again.order_balance("WO-A") == before


def test_a_lead_who_has_left_since_neither_restores_nor_is_back(folder: DataFolder, ledger: SqlLedger) -> None:
    people = people_of(ledger, SETTINGS, locks=False)
    people.admin.make_first_lead("Chen", "284917")
    gone = people.admin.add("Gone", Role.LEAD, "739164")
    copy = copied(folder, ledger)
    people.admin.change(gone.id, active=False)
    ledger.close()
    with pytest.raises(Failure):
        restore(folder, SETTINGS, copy, shows("Gone", "739164"))
    restore(folder, SETTINGS, copy, shows("Chen", "284917"))
    with closing(ledger_of(folder)) as again:
        person = again.person_named("Gone")
        assert person is not None
        assert not person.active


def test_who_came_since_and_a_new_pin_are_taken_over(folder: DataFolder, ledger: SqlLedger) -> None:
    people = people_of(ledger, SETTINGS, locks=False)
    people.admin.make_first_lead("Chen", "284917")
    copy = copied(folder, ledger)
    people.admin.add("New", Role.QA, "739164")
    people.admin.set_pin(1, "550172")
    ledger.close()
    restore(folder, SETTINGS, copy, shows("Chen", "550172"))
    with closing(ledger_of(folder)) as again:
        assert again.verify() is None
        people_of(again, SETTINGS, locks=False).duty.sign_in(NameAndPin("New", "739164"))


def test_wrong_pins_are_counted_where_they_stay(folder: DataFolder, ledger: SqlLedger) -> None:
    people = people_of(ledger, SETTINGS, locks=False)
    people.admin.make_first_lead("Chen", "284917")
    copy = copied(folder, ledger)
    before = ledger.last_entry()
    ledger.close()
    for number in range(5):
        with suppress(WrongPin):
            restore(folder, SETTINGS, copy, shows("Chen", f"11{number}357"))
    with pytest.raises(TriesExhausted):
        restore(folder, SETTINGS, copy, shows("Chen", "284917"))
    with closing(ledger_of(folder)) as again:
        assert again.person(1).failures == 5
        assert again.last_entry() > before


@pytest.mark.parametrize("kind", ["production", "demo"])
def test_another_ledgers_copy_is_refused_before_anything_was_signed(
    folder: DataFolder, ledger: SqlLedger, tmp_path: Path, kind: Kind
) -> None:
    ledger.close()
    other = DataFolder(tmp_path / "other")
    other.root.mkdir()
    ledger_of(other, kind).close()
    with pytest.raises(CopyOfAnother):
        restore(folder, SETTINGS, other.ledger_file, lead)


def test_a_station_that_knows_nobody_can_save_its_ledger(folder: DataFolder, ledger: SqlLedger) -> None:
    copy = copied(folder, ledger)
    ledger.close()

    def nobody_in_particular(standing: SqlLedger) -> str:
        return people_of(standing, SETTINGS, locks=False).duty.require(Permission.RESTORE, "copy")

    restore(folder, SETTINGS, copy, nobody_in_particular)


def test_a_station_of_a_shared_ledger_restores_no_file(folder: DataFolder, ledger: SqlLedger) -> None:
    copy = copied(folder, ledger)
    shared = Settings(ledger=LedgerSettings(url="postgresql://station@db/records"))
    with pytest.raises(CopiedElsewhere):
        restore(folder, shared, copy, lead)
