"""Facts about the pause that a busy service asks for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.codes.retry_after import LONGEST_S, pause_wished_s

NOW = datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)

WISHES: list[tuple[str, float | None]] = [
    # seconds
    ("0", 0),
    ("1", 1),
    ("7", 7),
    (" 7 ", 7),
    ("007", 7),
    ("2.5", 2.5),
    ("30", 30),
    ("119", 119),
    ("120", 120),
    ("121", LONGEST_S),
    ("3600", LONGEST_S),
    ("4294967296", LONGEST_S),
    ("9" * 400, LONGEST_S),
    ("9" * 5000, LONGEST_S),
    # dates, in the three forms of RFC 9110 and in those that servers really send
    ("Sun, 22 Nov 2026 08:00:30 GMT", 30),
    ("Sunday, 22-Nov-26 08:00:30 GMT", 30),
    ("Sun Nov 22 08:00:30 2026", 30),
    ("Sun, 22 Nov 2026 08:00:30 -0000", 30),
    ("Sun, 22 Nov 2026 16:00:30 +0800", 30),
    ("22 Nov 2026 08:00:30 GMT", 30),
    ("Sun, 22 Nov 2026 08:00:00 GMT", 0),
    ("Sun, 22 Nov 2026 07:00:00 GMT", 0),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Sun, 22 Nov 2026 08:05:00 GMT", LONGEST_S),
    ("Sun, 22 Nov 2099 08:00:00 GMT", LONGEST_S),
    # nonsense
    ("-5", None),
    ("-0", None),
    ("+5", None),
    ("soon", None),
    ("1e3", None),
    ("0x10", None),
    ("5 s", None),
    ("5s", None),
    ("NaN", None),
    ("inf", None),
    ("٧", None),
    ("", None),
    (" ", None),
    ("null", None),
    ("Sun, 99 Nov 2026 08:00:30 GMT", None),
    ("Sun, 22 Nov 2026 08:00:30 +9999", None),
    ("2026-11-22T08:00:30Z", None),
]


@pytest.mark.parametrize(("header", "seconds"), WISHES)
def test_a_wish_is_heeded_up_to_two_minutes_and_nonsense_is_none(header: str, seconds: float | None) -> None:
    assert pause_wished_s([header], NOW) == seconds


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(WISHES) >= 40


def test_without_a_header_there_is_no_wish() -> None:
    assert pause_wished_s([], NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [(["5", "20"], 20), (["20", "5"], 20), (["soon", "5"], 5), (["5", "Sun, 22 Nov 2026 08:00:30 GMT"], 30)],
)
def test_of_several_headers_the_longest_wish_counts(headers: list[str], seconds: float) -> None:
    assert pause_wished_s(headers, NOW) == seconds


@pytest.mark.parametrize("sent", ["Sun, 22 Nov 2026 09:00:00 GMT", "Fri, 31 Dec 1999 23:59:00 GMT"])
def test_a_wrong_clock_of_the_station_makes_no_date_come_early(sent: str) -> None:
    until = sent.replace(":00 GMT", ":40 GMT")
    assert pause_wished_s([until], NOW, sent) == 40


def test_a_date_header_that_is_none_leaves_the_stations_own_clock() -> None:
    assert pause_wished_s(["Sun, 22 Nov 2026 08:00:30 GMT"], NOW, "yesterday") == 30


@given(st.text(max_size=60), st.none() | st.text(max_size=60))
def test_no_header_breaks_it(header: str, sent: str | None) -> None:
    wished = pause_wished_s([header], NOW, sent)
    assert wished is None or 0 <= wished <= LONGEST_S
