"""Facts about the pause that a busy service asks for."""

from datetime import UTC, datetime

import pytest

from gizqr_station.codes.retry_after import LONGEST_S, UNSAID_S, pause_wished_s

NOW = datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("120", 120),
        ("121", LONGEST_S),
        ("9" * 400, LONGEST_S),
        ("Sun, 22 Nov 2026 08:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 08:00:30 -0000", 30),
        ("Sun, 22 Nov 2026 07:00:00 GMT", 0),
        ("Sun, 22 Nov 2099 08:00:00 GMT", LONGEST_S),
        ("-5", UNSAID_S),
        ("soon", UNSAID_S),
        ("1e3", UNSAID_S),
        ("٧", UNSAID_S),
        ("", UNSAID_S),
        (None, UNSAID_S),
        ("Sun, 99 Nov 2026 08:00:30 GMT", UNSAID_S),
    ],
)
def test_a_wish_is_heeded_up_to_two_minutes_and_nonsense_for_a_second(header: str | None, seconds: float) -> None:
    assert pause_wished_s(header, NOW) == seconds
