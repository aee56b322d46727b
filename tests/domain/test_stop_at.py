"""A stop that comes by itself."""

import time

import pytest

from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt


def test_before_its_moment_it_is_the_other_stop() -> None:
    stop = Stop()
    at = StopAt(stop, time.monotonic() + 60)
    at.check()
    at.sleep(0.0)
    stop.set()
    assert at.asked
    with pytest.raises(Stopped):
        at.check()
    with pytest.raises(Stopped):
        at.sleep(0.0)


def test_from_its_moment_on_it_is_asked_and_the_other_is_not() -> None:
    stop = Stop()
    at = StopAt(stop, time.monotonic())
    assert at.asked
    with pytest.raises(Stopped):
        at.check()
    assert not stop.asked


def test_a_sleep_beyond_its_moment_ends_there() -> None:
    with pytest.raises(Stopped):
        StopAt(Stop(), time.monotonic() + 0.01).sleep(600)


def test_setting_it_leaves_the_other_alone() -> None:
    stop = Stop()
    at = StopAt(stop, time.monotonic() + 60)
    at.set()
    assert at.asked
    assert not stop.asked
