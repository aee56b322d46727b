"""What a log names between two readings, and devices whose reset hangs on the adapter."""

import pytest

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    SaidOnlyOnce,
    SaidTwoIdentities,
)
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.reader_profile import Signal
from gizqr_station.domain.stop import Stop, Stopped
from tests.readers.boot_logs import MAC, OTHER, ST_BOARD, BootsWhenPulled
from tests.readers.talking import log_conversation

QUICK_S = 0.3


def test_with_a_line_to_its_reset_it_is_made_to_boot_for_each_reading() -> None:
    line = BootsWhenPulled(ST_BOARD, ST_BOARD, ST_BOARD)
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.RTS)
    identity, evidence = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    assert (identity, line.pulls) == (MacAddress(MAC), 2)
    assert b"Retrieving" in evidence
    assert talk.identity(line, Stop(), identity)[0] == identity  # type: ignore[arg-type]
    assert line.pulls == 3


def test_a_device_that_boots_as_another_before_printing_is_told() -> None:
    line = BootsWhenPulled(ST_BOARD, ST_BOARD, ST_BOARD.replace(b"03:85:f7", b"04:3a:9b"))
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.DTR)
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), identity)[0] == MacAddress(OTHER)  # type: ignore[arg-type]


def test_what_an_earlier_boot_said_is_not_a_reading_before_printing() -> None:
    line = BootsWhenPulled(ST_BOARD, ST_BOARD + ST_BOARD)
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.RTS)
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    with pytest.raises(DeviceSilent):
        talk.identity(line, Stop(), identity)  # type: ignore[arg-type]


def test_a_device_that_just_named_itself_is_not_pulled_to_boot() -> None:
    line = BootsWhenPulled()
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.RTS)
    line.say(ST_BOARD + ST_BOARD)
    assert talk.answers(line, Stop(), QUICK_S)  # type: ignore[arg-type]
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    assert line.pulls == 0
    line.say(ST_BOARD)
    assert talk.answers(line, Stop(), QUICK_S)  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), identity)[0] == identity  # type: ignore[arg-type]
    assert line.pulls == 0


def test_a_device_that_only_talks_is_pulled_to_boot_before_printing() -> None:
    line = BootsWhenPulled(ST_BOARD, ST_BOARD, ST_BOARD.replace(b"03:85:f7", b"04:3a:9b"))
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.DTR)
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    line.say(b"heap 23456\n")
    assert talk.answers(line, Stop(), QUICK_S)  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), identity)[0] == MacAddress(OTHER)  # type: ignore[arg-type]


FLOOD = b"I (1234) wifi: beacon timeout\n" * 120
"""As much as a system keeps of what nobody takes; a name behind it is lost."""


@pytest.mark.parametrize("taken_before", [False, True], ids=["before printing", "while waiting for a turn"])
def test_where_text_may_be_lost_the_log_does_not_vouch_for_the_device(taken_before: bool) -> None:
    line = BootsWhenPulled()
    talk = log_conversation("log-st-board", again_s=QUICK_S)
    line.say(ST_BOARD + ST_BOARD)
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    if taken_before:
        talk.attend(line, FLOOD)  # type: ignore[arg-type]
    else:
        line.say(FLOOD)
    with pytest.raises(SaidOnlyOnce):
        talk.identity(line, Stop(), identity)  # type: ignore[arg-type]
    line.say(ST_BOARD + ST_BOARD)
    assert talk.identity(line, Stop(), None)[0] == identity  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), identity)[0] == identity  # type: ignore[arg-type]


def test_where_text_may_be_lost_a_device_with_a_reset_is_pulled_to_boot_though_it_was_just_heard() -> None:
    line = BootsWhenPulled(ST_BOARD, ST_BOARD, ST_BOARD.replace(b"03:85:f7", b"04:3a:9b"))
    talk = log_conversation("log-st-board", again_s=QUICK_S, reset=Signal.DTR)
    identity, _ = talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    line.say(ST_BOARD + FLOOD)
    assert talk.answers(line, Stop(), QUICK_S)  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), identity)[0] == MacAddress(OTHER)  # type: ignore[arg-type]


def test_what_was_heard_while_nobody_asked_counts() -> None:
    line = BootsWhenPulled()
    talk = log_conversation("log-st-board", again_s=QUICK_S)
    for _ in range(2):
        line.say(ST_BOARD)
        assert talk.answers(line, Stop(), QUICK_S)  # type: ignore[arg-type]
    assert talk.identity(line, Stop(), None)[0] == MacAddress(MAC)  # type: ignore[arg-type]


def test_nobody_is_pulled_to_boot_when_it_was_stopped() -> None:
    line, stop = BootsWhenPulled(ST_BOARD), Stop()
    stop.set()
    with pytest.raises(Stopped):
        log_conversation("log-st-board", reset=Signal.RTS).identity(line, stop, None)  # type: ignore[arg-type]
    assert line.pulls == 0


def test_what_was_heard_between_two_devices_counts_for_neither() -> None:
    line = BootsWhenPulled()
    talk = log_conversation("log-st-board", again_s=QUICK_S)
    talk.attend(line, ST_BOARD + ST_BOARD)  # type: ignore[arg-type]
    talk.forget()
    line.say(ST_BOARD)
    with pytest.raises(SaidOnlyOnce):
        talk.identity(line, Stop(), None)  # type: ignore[arg-type]


def test_after_two_identities_the_next_device_starts_from_nothing() -> None:
    line = BootsWhenPulled()
    talk = log_conversation("log-st-board", again_s=QUICK_S)
    other = ST_BOARD.replace(b"03:85:f7", b"04:3a:9b")
    line.say(ST_BOARD + other)
    with pytest.raises(SaidTwoIdentities):
        talk.identity(line, Stop(), None)  # type: ignore[arg-type]
    line.say(other)
    with pytest.raises(SaidOnlyOnce):
        talk.identity(line, Stop(), None)  # type: ignore[arg-type]
