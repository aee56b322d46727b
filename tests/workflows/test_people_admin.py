"""People are made and changed by leads alone; the first lead by whoever starts the station."""

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Badge, NameAndPin, Role
from gizqr_station.domain.people_failures import (
    BadgeTaken,
    BadgeUnusable,
    FirstLeadMade,
    LastLead,
    NameTaken,
    NameUnusable,
    NobodySignedIn,
    NoCredential,
    NotAllowed,
    PersonUnknown,
    PinTooShort,
    PinTooSimple,
    TriesExhausted,
    WrongPin,
)
from tests.fake_people import BADGES, PINS, FakeGate

NEW_PIN = "350718"


@pytest.fixture
def gate() -> FakeGate:
    gate = FakeGate().people()
    gate.duty.sign_in(Badge(BADGES["Wang Fang"]))
    gate.store.acts.clear()
    return gate


def test_the_first_lead_is_on_duty_at_once() -> None:
    gate = FakeGate()
    made = gate.admin.make_first_lead("  Wang  Fang ", PINS["Wang Fang"], "P10000")
    assert (made.name, made.role) == ("Wang Fang", Role.LEAD)
    assert gate.duty.name == "Wang Fang"
    assert gate.store.done() == [
        "person Wang Fang done=first lead",
        "sign_in Wang Fang how=first lead done=signed in",
    ]
    assert gate.told[-1].person == made


@pytest.mark.parametrize(
    ("name", "pin", "badge", "refused"),
    [
        ("", NEW_PIN, "", NameUnusable),
        ("Li", "", "", PinTooShort),
        ("Li", "12345", "", PinTooShort),
        ("Li", "123456", "", PinTooSimple),
        ("Li", NEW_PIN, f"P{NEW_PIN}", PinTooSimple),
        ("Li", NEW_PIN, "Q10000", BadgeUnusable),
    ],
)
def test_a_first_lead_who_could_be_guessed_is_not_made(name: str, pin: str, badge: str, refused: type[Failure]) -> None:
    gate = FakeGate()
    with pytest.raises(refused):
        gate.admin.make_first_lead(name, pin, badge)
    assert not gate.store.kept
    assert gate.duty.now.first_lead_due


def test_a_second_first_lead_is_refused_and_nobody_else_is_on_duty(gate: FakeGate) -> None:
    gate.duty.sign_out()
    with pytest.raises(FirstLeadMade):
        gate.admin.make_first_lead("Mallory", NEW_PIN)
    assert gate.duty.person is None


@pytest.mark.parametrize("name", ["Zhang Min", "Li Wei", ""], ids=["qa", "operator", "nobody"])
def test_only_a_lead_changes_people(gate: FakeGate, name: str) -> None:
    if name:
        gate.duty.sign_in(Badge(BADGES[name]))
    else:
        gate.duty.sign_out()
    before = dict(gate.store.kept)
    number = gate.admin.number_of("Zhao Lei")
    refused = NotAllowed if name else NobodySignedIn
    for change in (
        lambda: gate.admin.add("New", Role.LEAD, NEW_PIN),
        lambda: gate.admin.change(number, role=Role.LEAD),
        lambda: gate.admin.change(number, active=False),
        lambda: gate.admin.change(number, language="en"),
        lambda: gate.admin.set_pin(number, NEW_PIN),
        lambda: gate.admin.set_pin(number, NEW_PIN, PINS["Zhao Lei"]),
        lambda: gate.admin.set_badge(number, "P77777"),
        lambda: gate.admin.unlock(number),
    ):
        with pytest.raises(refused):
            change()  # type: ignore[no-untyped-call]
    assert gate.store.kept == before


def test_a_lead_adds_people_with_a_pin_a_badge_or_both(gate: FakeGate) -> None:
    assert gate.admin.add("One", Role.OPERATOR, NEW_PIN).has_pin
    assert gate.admin.add("Two", Role.QA, badge="P20000").has_badge
    with pytest.raises(NoCredential):
        gate.admin.add("Three", Role.QA)
    with pytest.raises(NameTaken):
        gate.admin.add("one", Role.QA, NEW_PIN)
    with pytest.raises(BadgeTaken):
        gate.admin.add("Four", Role.QA, badge="P20000")
    with pytest.raises(BadgeUnusable):
        gate.admin.add("Five", Role.QA, badge="20000")
    gate.duty.sign_in(NameAndPin("One", NEW_PIN))
    assert gate.duty.name == "One"


def test_everybody_sets_their_own_pin_with_the_old_one(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    number = gate.admin.number_of("Li Wei")
    for wrong in ("", "000001"):
        with pytest.raises((NotAllowed, WrongPin)):
            gate.admin.set_pin(number, NEW_PIN, wrong)
    gate.admin.set_pin(number, NEW_PIN, PINS["Li Wei"])
    gate.duty.sign_in(NameAndPin("Li Wei", NEW_PIN))
    with pytest.raises(WrongPin):
        gate.duty.sign_in(NameAndPin("Li Wei", PINS["Li Wei"]))


def test_an_old_pin_cannot_be_guessed_at_an_open_station(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    number = gate.admin.number_of("Li Wei")
    for _ in range(5):
        with pytest.raises(WrongPin):
            gate.admin.set_pin(number, NEW_PIN, "000001")
    with pytest.raises(TriesExhausted):
        gate.admin.set_pin(number, NEW_PIN, PINS["Li Wei"])


def test_a_pin_that_anybody_could_guess_is_refused_when_it_is_changed(gate: FakeGate) -> None:
    number = gate.admin.number_of("Li Wei")
    with pytest.raises(PinTooSimple):
        gate.admin.set_pin(number, "111111")
    with pytest.raises(PinTooShort):
        gate.admin.set_pin(number, "1111")
    with pytest.raises(PinTooSimple):
        gate.admin.set_badge(number, f"P{PINS['Li Wei']}")


def test_everybody_chooses_their_own_language_and_nothing_else(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    number = gate.admin.number_of("Li Wei")
    assert gate.admin.change(number, language="zh_CN").language == "zh_CN"
    assert gate.told[-1].person is not None
    assert gate.told[-1].person.language == "zh_CN"
    with pytest.raises(NotAllowed):
        gate.admin.change(number, role=Role.LEAD, language="en")


def test_whoever_is_sent_away_is_off_duty_at_once(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Qian Yu"]))
    gate.admin.change(gate.admin.number_of("Qian Yu"), active=False)
    assert gate.duty.person is None
    assert gate.told[-1].person is None


def test_the_last_lead_neither_leaves_nor_becomes_less(gate: FakeGate) -> None:
    gate.admin.change(gate.admin.number_of("Qian Yu"), role=Role.QA)
    number = gate.admin.number_of("Wang Fang")
    for change in ({"active": False}, {"role": Role.QA}):
        with pytest.raises(LastLead):
            gate.admin.change(number, **change)


def test_a_name_that_nobody_has_is_said(gate: FakeGate) -> None:
    with pytest.raises(PersonUnknown):
        gate.admin.number_of("Mallory")
