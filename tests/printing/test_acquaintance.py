"""When a printer is asked, and what its silence means."""

import time
from collections.abc import Iterator

import pytest

from gizqr_station.domain.printer import Asking
from gizqr_station.printing.acquaintance import Acquaintance


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    yield clock
    monkeypatch.undo()


def test_a_stranger_is_asked_before_its_first_label_and_its_silence_means_nothing(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO)
    assert known.asks_before_label()
    assert known.asks_at_look()
    assert not known.silence_counts


def test_one_that_was_silent_is_not_asked_before_a_label(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO)
    known.asked(answered=False)
    assert not known.asks_before_label()
    assert not known.asks_at_look()


def test_one_that_was_silent_is_asked_at_looks_less_and_less_often(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO)
    asked_after = []
    for _ in range(6):
        known.asked(answered=False)
        began = clock.now
        while not known.asks_at_look():
            clock.now += 1.0
        asked_after.append(clock.now - began)
    assert asked_after == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]
    assert not known.asks_before_label()


def test_one_that_was_away_is_asked_again(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO)
    known.asked(answered=False)
    known.disconnected()
    assert known.asks_before_label()


def test_once_it_has_answered_it_is_always_asked_and_its_silence_counts(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO)
    known.asked(answered=True)
    known.asked(answered=False)
    assert known.asks_before_label()
    assert known.asks_at_look()
    assert known.silence_counts


def test_one_that_must_be_asked_counts_from_the_start(clock: Clock) -> None:
    known = Acquaintance(Asking.ALWAYS)
    known.asked(answered=False)
    assert known.asks_before_label()
    assert known.silence_counts
    assert not known.answered


def test_one_that_must_not_be_asked_never_is(clock: Clock) -> None:
    known = Acquaintance(Asking.NEVER)
    clock.now += 1000.0
    assert not known.asks_before_label()
    assert not known.asks_at_look()
