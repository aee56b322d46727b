"""Badges and PINs: right ones are known at once, wrong ones wait, and nobody guesses more than twenty an hour."""

import contextlib
from datetime import timedelta

import pytest

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.people import Badge, NameAndPin
from gizqr_station.domain.people_failures import BadgeUnknown, PersonLockedOut, TriesExhausted, WrongPin
from tests.fake_people import PINS, FakeGate

WRONG = "904629"


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate().people()


def right(name: str = "Li Wei") -> NameAndPin:
    return NameAndPin(name, PINS[name])


def wrong(gate: FakeGate, name: str = "Li Wei") -> bool:
    """Whether a wrong PIN was looked at."""
    looks = gate.pins.looks
    with pytest.raises((WrongPin, TriesExhausted, PersonLockedOut)):
        gate.credentials.person_of(NameAndPin(name, WRONG))
    return gate.pins.looks > looks


def test_a_badge_and_a_pin_are_known_at_once(gate: FakeGate) -> None:
    assert gate.credentials.person_of(Badge("P10002")).name == "Li Wei"
    assert gate.credentials.person_of(NameAndPin("li WEI", PINS["Li Wei"])).name == "Li Wei"
    assert gate.store.acts == []


def test_a_wrong_pin_says_the_same_as_a_name_that_nobody_has(gate: FakeGate) -> None:
    said = []
    for name in ("Li Wei", "Nobody Known"):
        looks = gate.pins.looks
        with pytest.raises(WrongPin) as refused:
            gate.credentials.person_of(NameAndPin(name, WRONG))
        said.append((str(refused.value), gate.pins.looks - looks))
    assert said[0] == said[1] == ("E-PPL-05 WrongPin()", 1)


def test_a_wrong_try_is_in_the_record_with_the_name_only_where_it_is_known(gate: FakeGate) -> None:
    wrong(gate)
    wrong(gate, "482915 typed here")
    with pytest.raises(BadgeUnknown):
        gate.credentials.person_of(Badge("P99999"))
    assert gate.store.done() == [
        "refusal Li Wei asked=sign in wrong=PIN",
        "refusal  asked=sign in wrong=PIN",
        "refusal  asked=sign in wrong=badge",
    ]


def test_a_refusal_that_cannot_be_written_down_is_no_answer(gate: FakeGate) -> None:
    gate.store.failing = LedgerBusy("ledger")
    with pytest.raises(LedgerBusy):
        gate.credentials.person_of(NameAndPin("Nobody Known", WRONG))


def test_whoever_has_left_is_nobody(gate: FakeGate) -> None:
    number = gate.admin.number_of("Li Wei")
    gate.store.change_person(number, who="Wang Fang", active=False)
    with pytest.raises(WrongPin):
        gate.credentials.person_of(right())
    with pytest.raises(BadgeUnknown):
        gate.credentials.person_of(Badge("P10002"))
    assert gate.store.person(number).failures == 0


def test_five_wrong_pins_make_the_right_one_wait(gate: FakeGate) -> None:
    assert [wrong(gate) for _ in range(7)] == [True] * 5 + [False] * 2
    with pytest.raises(TriesExhausted) as waits:
        gate.credentials.person_of(right())
    assert waits.value.seconds == 30
    gate.time.passes(29)
    with pytest.raises(TriesExhausted):
        gate.credentials.person_of(right())
    gate.time.passes(1)
    assert gate.credentials.person_of(right()).failures == 0


def test_a_badge_counts_whatever_was_wrong_with_the_pin_and_forgives_nothing(gate: FakeGate) -> None:
    for _ in range(5):
        wrong(gate)
    assert gate.credentials.person_of(Badge("P10002")).name == "Li Wei"
    assert not wrong(gate)
    assert gate.store.person_named("Li Wei").failures == 5  # type: ignore[union-attr]


def test_a_try_counts_before_it_is_looked_at(gate: FakeGate) -> None:
    """Whoever pulls the plug while a PIN is looked at has used up a try all the same."""

    def unplugged(pin_hash: str, pin: str) -> bool:
        raise KeyboardInterrupt

    gate.pins.fits = unplugged  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        gate.credentials.person_of(right())
    assert gate.store.person_named("Li Wei").failures == 1  # type: ignore[union-attr]


def test_two_stations_cannot_use_one_try_twice(gate: FakeGate) -> None:
    other = FakeGate(store=gate.store, time=gate.time, pins=gate.pins)

    def at_the_same_moment() -> None:
        gate.store.before_try = lambda: None
        wrong(other)

    gate.store.before_try = at_the_same_moment
    looks = gate.pins.looks
    with pytest.raises(TriesExhausted):
        gate.credentials.person_of(right())
    assert gate.pins.looks == looks + 1
    assert gate.store.person_named("Li Wei").failures == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=4000), timedelta(seconds=31)])
def test_a_clock_that_is_set_back_shortens_no_pause_and_makes_none_longer(gate: FakeGate, back: timedelta) -> None:
    for _ in range(5):
        wrong(gate)
    gate.time.calendar -= back
    assert not wrong(gate)
    gate.time.passes(30)
    assert gate.credentials.person_of(right()).name == "Li Wei"


def test_a_clock_that_is_set_ahead_ends_no_pause(gate: FakeGate) -> None:
    for _ in range(5):
        wrong(gate)
    gate.time.calendar += timedelta(days=1)
    assert not wrong(gate)


@pytest.mark.parametrize("back", [timedelta(0), timedelta(seconds=10), timedelta(days=1)])
def test_a_restart_keeps_the_pause_and_a_clock_set_back_meanwhile_too(gate: FakeGate, back: timedelta) -> None:
    for _ in range(5):
        wrong(gate)
    gate.restart()
    gate.time.calendar -= back
    assert not wrong(gate)
    gate.time.passes(29)
    assert not wrong(gate)
    gate.time.passes(900)
    assert gate.credentials.person_of(right()).name == "Li Wei"


def test_twenty_wrong_pins_wait_for_a_lead_even_after_a_restart(gate: FakeGate) -> None:
    while not gate.store.person_named("Li Wei").locked_out:  # type: ignore[union-attr]
        gate.time.passes(900)
        assert wrong(gate)
    assert gate.store.person_named("Li Wei").failures == 20  # type: ignore[union-attr]
    gate.restart()
    gate.time.passes(1_000_000)
    with pytest.raises(PersonLockedOut):
        gate.credentials.person_of(right())
    gate.duty.sign_in(right("Wang Fang"))
    gate.admin.unlock(gate.admin.number_of("Li Wei"))
    assert gate.credentials.person_of(right()).name == "Li Wei"


def test_the_only_lead_who_could_unlock_waits_but_is_never_locked_out() -> None:
    gate = FakeGate().people("Wang Fang", "Li Wei")
    for _ in range(25):
        gate.time.passes(900)
        assert wrong(gate, "Wang Fang")
    assert not wrong(gate, "Wang Fang")
    gate.time.passes(900)
    assert gate.credentials.person_of(right("Wang Fang")).name == "Wang Fang"


@pytest.mark.parametrize("forgiven", [False, True], ids=["guessing alone", "while the right one is typed in between"])
@pytest.mark.parametrize("jumps_s", [0, -86_400, 86_400], ids=["honest clock", "clock set back", "clock set ahead"])
def test_nobody_guesses_more_than_twenty_pins_in_any_hour(*, forgiven: bool, jumps_s: int) -> None:
    """Trying every second for five hours."""
    gate = FakeGate().people()
    looked_at: list[float] = []
    for second in range(5 * 3600):
        if second % 17 == 0:
            gate.time.calendar += timedelta(seconds=jumps_s)
        if wrong(gate):
            looked_at.append(gate.time.seconds)
        if forgiven and len(looked_at) % 4 == 0:
            with contextlib.suppress(TriesExhausted, PersonLockedOut):
                gate.credentials.person_of(right())
        gate.time.passes(1)
    most = max(sum(0 <= at - began < 3600 for at in looked_at) for began in looked_at)
    assert 5 < most <= 20


def test_unknown_badges_make_a_station_wait_and_no_other(gate: FakeGate) -> None:
    other = FakeGate(store=gate.store, time=gate.time, pins=gate.pins, station="bench-2")
    for _ in range(5):
        with pytest.raises(BadgeUnknown):
            gate.credentials.person_of(Badge("P99999"))
    for badge in ("P99999", "P10002"):
        with pytest.raises(TriesExhausted):
            gate.credentials.person_of(Badge(badge))
    assert gate.credentials.person_of(right()).name == "Li Wei"
    assert other.credentials.person_of(Badge("P10002")).name == "Li Wei"
    gate.restart()
    with pytest.raises(TriesExhausted):
        gate.credentials.person_of(Badge("P10002"))
    gate.time.passes(300)
    assert gate.credentials.person_of(Badge("P10002")).name == "Li Wei"


@pytest.mark.parametrize("own_between", [False, True])
def test_nobody_guesses_more_than_twenty_badges_in_any_hour(gate: FakeGate, *, own_between: bool) -> None:
    looked_at: list[float] = []
    for _ in range(3 * 3600):
        try:
            gate.credentials.person_of(Badge("P99999"))
        except BadgeUnknown:
            looked_at.append(gate.time.seconds)
        except TriesExhausted:
            pass
        if own_between and len(looked_at) % 4 == 0:
            with contextlib.suppress(TriesExhausted):
                gate.credentials.person_of(Badge("P10002"))
        gate.time.passes(1)
    assert 5 < max(sum(0 <= at - began < 3600 for at in looked_at) for began in looked_at) <= 20


def test_a_pin_under_weaker_parameters_is_hashed_anew_when_it_was_right(gate: FakeGate) -> None:
    gate.pins.version = "2"
    wrong(gate)
    number = gate.admin.number_of("Li Wei")
    assert gate.store.pin_hash(number).startswith("1:")
    gate.credentials.person_of(right())
    assert gate.store.pin_hash(number).startswith("2:")
    assert gate.credentials.person_of(right()).name == "Li Wei"


def test_only_refusals_are_written_here(gate: FakeGate) -> None:
    gate.credentials.person_of(right())
    wrong(gate)
    assert {act.kind for act, _ in gate.store.acts} == {ActKind.REFUSAL}
