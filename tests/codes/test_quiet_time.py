"""Facts about leaving a service alone: never asked early, and growing pauses when it gives no number."""

import pytest

from gizqr_station.codes.quiet_time import LONGEST_UNSAID_S, QuietTime
from gizqr_station.codes.retry_after import LONGEST_S, pause_wished_s
from tests.codes.test_retry_after import NOW, WISHES


class Hands:
    """A clock that stands until it is set forward."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize(("header", "seconds"), WISHES)
def test_no_value_makes_a_request_early(header: str, seconds: float | None) -> None:
    clock = Hands()
    quiet = QuietTime(clock, lambda: 0.0)
    quiet.asked_for(pause_wished_s([header], NOW))
    wanted_s = min(1.0 if seconds is None else seconds, LONGEST_S)
    assert quiet.left_s == wanted_s
    clock.at += wanted_s - 0.001
    assert wanted_s == 0 or quiet.left_s > 0
    clock.at += 0.001
    assert quiet.left_s == pytest.approx(0, abs=1e-9)


def test_a_service_that_gives_no_number_is_left_alone_twice_as_long_each_time() -> None:
    clock = Hands()
    quiet = QuietTime(clock, lambda: 0.0)
    pauses = []
    for _ in range(7):
        pauses.append(quiet.asked_for(None))
        clock.at += pauses[-1]
    assert pauses == [1, 2, 4, 8, 16, LONGEST_UNSAID_S, LONGEST_UNSAID_S]
    quiet.answered()
    assert quiet.asked_for(None) == 1


def test_stations_that_were_sent_away_together_do_not_come_back_together() -> None:
    chances = iter((0.0, 0.4, 0.999))
    pauses = {QuietTime(Hands(), lambda: next(chances)).asked_for(None) for _ in range(3)}
    assert len(pauses) == 3
    assert min(pauses) == 1
    assert max(pauses) < 1.25


def test_a_shorter_wish_does_not_cut_a_longer_one() -> None:
    quiet = QuietTime(Hands())
    assert quiet.asked_for(60) == 60
    assert quiet.asked_for(2) == 60
    assert quiet.left_s == 60
