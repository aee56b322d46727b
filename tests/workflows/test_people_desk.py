"""The people desk: every request returns at once and is answered, and no answer or log says a secret."""

import logging
import threading
from collections.abc import Iterator

import pytest

from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people import Badge, NameAndPin, Role
from gizqr_station.domain.people_failures import BadgeUnknown, NotAllowed, WrongPin
from gizqr_station.workflows import people_desk
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.people_desk import PeopleDesk, PeopleParts
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleSeen, PeopleWork
from tests.ear import Ear
from tests.fake_bench import WAIT_S
from tests.fake_people import BADGES, PINS, FakeGate

NEW_PIN = "350718"


class Desk:
    """A desk on its own lanes, and who hears it."""

    def __init__(self, gate: FakeGate) -> None:
        self.gate = gate
        self.ear = Ear()
        gate.duty.listen(self.ear.hear)
        self.desk = PeopleDesk(PeopleParts(gate.store, gate.duty, gate.admin), ThreadLane, self.ear.hear)

    def done(self, work: PeopleWork) -> PeopleDone:
        return self.ear.wait(PeopleDone, lambda told: told.work is work)


@pytest.fixture
def at() -> Iterator[Desk]:
    at = Desk(FakeGate().people())
    yield at
    at.desk.close()


def test_who_is_on_duty_is_told_when_the_station_opens_and_at_every_change(at: Desk) -> None:
    at.desk.open()
    assert at.ear.wait(OnDuty).person is None
    at.desk.sign_in(Badge(BADGES["Li Wei"]))
    assert at.ear.wait(OnDuty).name == "Li Wei"
    done = at.done(PeopleWork.SIGN_IN)
    assert done.failure is None
    assert done.person is not None
    at.desk.lock()
    assert at.ear.wait(OnDuty).locked
    at.desk.sign_out()
    assert at.ear.wait(OnDuty).person is None


def test_where_nobody_is_known_the_first_lead_is_asked_for_and_made() -> None:
    at = Desk(FakeGate())
    at.desk.open()
    assert at.ear.wait(OnDuty).first_lead_due
    at.desk.make_first_lead("Wang Fang", PINS["Wang Fang"], "P10000")
    assert at.ear.wait(OnDuty).name == "Wang Fang"
    assert at.done(PeopleWork.FIRST_LEAD).failure is None
    assert [person.name for person in at.ear.wait(PeopleSeen).people] == ["Wang Fang"]
    at.desk.close()


def test_what_is_refused_is_answered_with_why(at: Desk) -> None:
    at.desk.sign_in(NameAndPin("Li Wei", "000001"))
    assert isinstance(at.done(PeopleWork.SIGN_IN).failure, WrongPin)
    at.desk.sign_in(Badge("P99999"))
    assert isinstance(at.done(PeopleWork.SIGN_IN).failure, BadgeUnknown)
    at.desk.sign_in(Badge(BADGES["Li Wei"]))
    at.done(PeopleWork.SIGN_IN)
    number = at.gate.admin.number_of("Zhao Lei")
    at.desk.add("New", Role.QA, NEW_PIN)
    at.desk.change(number, active=False)
    at.desk.set_pin(number, NEW_PIN)
    at.desk.set_badge(number, "P77777")
    at.desk.unlock(number)
    for work in (PeopleWork.ADD, PeopleWork.CHANGE, PeopleWork.PIN, PeopleWork.BADGE, PeopleWork.UNLOCK):
        assert isinstance(at.done(work).failure, NotAllowed)


def test_a_lead_does_all_of_it_and_the_list_follows(at: Desk) -> None:
    at.desk.sign_in(Badge(BADGES["Wang Fang"]))
    number = at.gate.admin.number_of("Zhao Lei")
    at.desk.shown(visible=True)
    assert len(at.ear.wait(PeopleSeen).people) == 5
    at.desk.add("New", Role.QA, NEW_PIN)
    assert len(at.ear.wait(PeopleSeen).people) == 6
    at.desk.change(number, active=False)
    at.desk.set_pin(number, NEW_PIN)
    at.desk.set_badge(number, "P77777")
    at.desk.unlock(number)
    for work in (PeopleWork.CHANGE, PeopleWork.PIN, PeopleWork.BADGE, PeopleWork.UNLOCK):
        assert at.done(work).failure is None


def test_a_pin_is_looked_at_on_the_desks_own_lane(at: Desk) -> None:
    looked, may_go_on = threading.Event(), threading.Event()
    fits = at.gate.pins.fits

    def slow(pin_hash: str, pin: str) -> bool:
        assert threading.current_thread().name.startswith("people")
        looked.set()
        assert may_go_on.wait(WAIT_S)
        return fits(pin_hash, pin)

    at.gate.pins.fits = slow  # type: ignore[method-assign]
    at.desk.sign_in(NameAndPin("Li Wei", PINS["Li Wei"]))
    assert looked.wait(WAIT_S)
    assert at.gate.duty.name == ""
    at.desk.stirred()
    may_go_on.set()
    at.done(PeopleWork.SIGN_IN)
    assert at.gate.duty.name == "Li Wei"


def test_a_scanned_badge_signs_in_unless_somebody_waits_for_one(at: Desk) -> None:
    taken: list[Badge] = []
    at.desk.badge_scanned(BADGES["Li Wei"])
    at.done(PeopleWork.SIGN_IN)
    at.desk.next_badges_to(taken.append)
    at.desk.badge_scanned(BADGES["Zhang Min"])
    at.desk.badge_scanned("P77777")
    assert taken == [Badge(BADGES["Zhang Min"]), Badge("P77777")]
    assert at.gate.duty.name == "Li Wei"
    at.desk.next_badges_to(None)
    at.desk.badge_scanned(BADGES["Zhang Min"])
    at.done(PeopleWork.SIGN_IN)
    assert at.gate.duty.name == "Zhang Min"


def test_the_idle_lock_is_told_though_nobody_asks(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_desk, "LOOK_EVERY_S", 0.005)
    at.gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    at.desk.open()
    at.gate.time.passes(600)
    assert at.ear.wait(OnDuty, lambda told: told.locked).name == "Li Wei"


def test_a_ledger_that_is_away_ends_no_watch(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_desk, "LOOK_EVERY_S", 0.005)
    at.gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    at.gate.store.failing = LedgerBusy("ledger")
    at.gate.time.passes(60)
    at.desk.open()
    at.ear.wait(OnDuty)
    at.gate.store.failing = None
    at.gate.store.change_person(at.gate.admin.number_of("Li Wei"), who="Wang Fang", active=False)
    at.ear.wait(OnDuty, lambda told: told.person is None and told.name == "")


def test_whoever_is_on_duty_goes_home_with_the_station(at: Desk) -> None:
    at.gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    at.desk.close()
    assert at.gate.duty.name == "Li Wei"
    at.desk.end_duty()
    assert at.gate.store.done()[-1] == "sign_out Li Wei why=the station was closed"


def test_a_fault_of_the_program_is_answered_and_its_trace_shows_no_pin(
    at: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(pin_hash: str, pin: str) -> bool:
        raise RuntimeError(pin)

    at.gate.pins.fits = broken  # type: ignore[method-assign]
    at.desk.sign_in(NameAndPin("Li Wei", PINS["Li Wei"]))
    assert isinstance(at.done(PeopleWork.SIGN_IN).failure, ProgramFault)
    assert "RuntimeError" in caplog.text
    assert PINS["Li Wei"] not in caplog.text


def test_no_secret_is_told_logged_or_written(at: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    at.desk.open()
    for credential in (
        Badge(BADGES["Wang Fang"]),
        Badge("P99999"),
        NameAndPin("Wang Fang", "000001"),
        NameAndPin("Wang Fang", PINS["Wang Fang"]),
    ):
        at.desk.sign_in(credential)
        at.done(PeopleWork.SIGN_IN)
    at.desk.add("New", Role.QA, NEW_PIN, "P77777")
    at.desk.set_pin(2, "861053")
    at.desk.set_badge(2, "P66666")
    at.done(PeopleWork.BADGE)
    said = caplog.text + repr(at.ear.told) + repr(at.gate.store.acts)
    for secret in (*BADGES.values(), *PINS.values(), NEW_PIN, "P77777", "861053", "P66666", "P99999", "000001"):
        assert secret not in said
        assert at.gate.pins.hash(secret) not in said
