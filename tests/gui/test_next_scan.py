"""One scan is judged and not the line's; a label that waits for its scan never loses it."""

import pytest
from pytestqt.qtbot import QtBot

from gizqr_station.gui.countdown import Countdown
from gizqr_station.gui.next_scan import ARMED_FOR_S, SAME_PULL_S, NextScan

CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
MAC = "00911F500047"


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


class Hand:
    """Which slot's label is out."""

    slot = 0

    def __call__(self) -> int:
        return self.slot


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def scan(qtbot: QtBot, clock: Clock, hand: Hand) -> NextScan:
    del qtbot
    return NextScan(hand, clock)


def test_a_scan_is_the_lines_as_long_as_nobody_wants_it_judged(scan: NextScan) -> None:
    assert (scan.take(MAC), scan.armed) == (None, False)


def test_exactly_one_scan_is_taken(scan: NextScan, clock: Clock) -> None:
    scan.arm()
    assert (scan.armed, scan.left_s) == (True, 30)
    assert scan.take(CONTENT) == CONTENT
    clock.at += 3
    assert (scan.armed, scan.take(CONTENT), scan.take(MAC)) == (False, None, None)


def test_what_one_pull_of_the_trigger_read_with_it_goes_to_nobody(scan: NextScan, clock: Clock) -> None:
    scan.arm()
    assert scan.take(MAC) == MAC
    clock.at += SAME_PULL_S
    assert scan.take("GW2026070001") == "", "another code of the same module"
    clock.at += 1
    assert scan.take(MAC) == "", "read twice, as many scanners do"
    assert scan.take("GW2026070001") is None
    clock.at += 2
    assert scan.take(MAC) is None


def test_what_a_scanner_puts_before_a_code_is_not_judged(scan: NextScan) -> None:
    scan.arm()
    assert scan.take(f"]Q1{CONTENT}\r") == CONTENT


@pytest.mark.parametrize("command", ["GIZQR:ROLL", "gizqr:ribbon", "GIZQR:NO SUCH"])
def test_a_command_is_the_lines_and_the_next_scan_is_still_judged(scan: NextScan, command: str) -> None:
    scan.arm()
    assert (scan.take(command), scan.armed) == (None, True)
    assert scan.take(MAC) == MAC


def test_while_a_label_waits_for_its_scan_nothing_is_armed(scan: NextScan, hand: Hand) -> None:
    hand.slot = 2
    scan.arm()
    assert (scan.armed, scan.held_by, scan.take(CONTENT)) == (False, 2, None)
    hand.slot = 0
    scan.look()
    assert scan.held_by == 0


def test_a_label_that_comes_out_meanwhile_ends_it(scan: NextScan, hand: Hand) -> None:
    scan.arm()
    hand.slot = 1
    scan.look()
    assert (scan.armed, scan.held_by, scan.take(CONTENT)) == (False, 1, None)


def test_a_label_that_came_out_this_very_moment_gets_its_scan(scan: NextScan, hand: Hand) -> None:
    """Nobody has told yet that it is out: it is looked at once more before a scan is taken."""
    scan.arm()
    hand.slot = 1
    assert (scan.take(CONTENT), scan.armed) == (None, False)


def test_a_scan_back_right_behind_a_judged_scan_is_not_swallowed(scan: NextScan, hand: Hand) -> None:
    scan.arm()
    assert scan.take(CONTENT) == CONTENT
    hand.slot = 1
    assert scan.take(CONTENT) is None


def test_after_half_a_minute_scans_are_the_lines_again(scan: NextScan, clock: Clock) -> None:
    told: list[int] = []
    scan.changed.connect(lambda: told.append(scan.left_s))
    scan.arm()
    clock.at += 1.5
    scan._left.tick()
    clock.at += ARMED_FOR_S
    assert scan.take(MAC) is None, "even before the clock has told it"
    scan._left.tick()
    assert (told, scan.armed) == ([30, 29, 0], False)


def test_it_is_let_go_at_once(scan: NextScan) -> None:
    scan.arm()
    scan.disarm()
    assert (scan.armed, scan.take(MAC)) == (False, None)


def test_a_countdown_tells_each_whole_second_once_and_its_end(qtbot: QtBot, clock: Clock) -> None:
    del qtbot
    counted = Countdown(clock)
    told: list[int] = []
    counted.changed.connect(lambda: told.append(counted.left_s))
    counted.start(2.4)
    assert counted.left_s == 3
    for at in (100.2, 100.5, 101.0, 101.5, 102.3, 102.5, 103.0):
        clock.at = at
        counted.tick()
    assert (told, counted.left_s) == ([2, 1, 0], 0)


def test_a_countdown_runs_by_itself(qtbot: QtBot) -> None:
    counted = Countdown()
    counted.start(0.3)
    qtbot.waitUntil(lambda: counted.left_s == 0, timeout=5000)
    assert not counted._ticks.isActive() or counted.left_s == 0


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_there_is_nothing_to_count_without_a_pause(qtbot: QtBot, seconds: float) -> None:
    del qtbot
    counted = Countdown()
    counted.start(12.0)
    counted.start(seconds)
    assert counted.left_s == 0
