"""When a printer is asked, and what its silence means."""

import time
from collections.abc import Iterator

import pytest

from gizqr_station.domain.printer import Asking, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.printing.acquaintance import Acquaintance
from gizqr_station.printing.devices import Device, Devices


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def device() -> Device:
    return Devices().of(PrinterConfig("bench", PrinterAddress.parse("tcp://192.0.2.7")))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    yield clock
    monkeypatch.undo()


def test_a_stranger_is_asked_before_its_first_label_and_its_silence_means_nothing(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO, device())
    assert known.asks_before_label()
    assert known.asks_at_look()
    assert not known.silence_counts


def test_one_that_was_silent_is_not_asked_before_a_label(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO, device())
    known.asked(answered=False)
    assert not known.asks_before_label()
    assert not known.asks_at_look()


def test_one_that_was_silent_is_asked_at_looks_less_and_less_often(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO, device())
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
    known = Acquaintance(Asking.AUTO, device())
    known.asked(answered=False)
    known.disconnected()
    assert known.asks_before_label()


def test_once_it_has_answered_it_is_always_asked_and_its_silence_counts(clock: Clock) -> None:
    known = Acquaintance(Asking.AUTO, device())
    known.asked(answered=True)
    known.asked(answered=False)
    assert known.asks_before_label()
    assert known.asks_at_look()
    assert known.silence_counts


def test_one_that_must_be_asked_counts_from_the_start(clock: Clock) -> None:
    known = Acquaintance(Asking.ALWAYS, device())
    known.asked(answered=False)
    assert known.asks_before_label()
    assert known.silence_counts
    assert not known.answered


def test_one_that_must_not_be_asked_never_is(clock: Clock) -> None:
    known = Acquaintance(Asking.NEVER, device())
    clock.now += 1000.0
    assert not known.asks_before_label()
    assert not known.asks_at_look()


def test_what_its_device_answered_an_earlier_driver_counts_unless_it_is_never_asked(clock: Clock) -> None:
    same = device()
    Acquaintance(Asking.AUTO, same).asked(answered=True)
    again = Acquaintance(Asking.AUTO, same)
    again.asked(answered=False)
    assert again.silence_counts
    assert again.asks_before_label()
    never = Acquaintance(Asking.NEVER, same)
    assert not never.asks_before_label()
    assert not never.asks_at_look()
