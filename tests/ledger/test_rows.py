"""Values into rows and back."""

import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.ledger.rows import image_of, image_values, micros, moment_of
from tests.contracts.ledger_samples import IMAGE


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert moment_of(micros(moment)) == moment


def test_a_moment_is_kept_in_utc_whatever_zone_it_came_in() -> None:
    shanghai = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    assert moment_of(micros(shanghai)).isoformat() == "2026-03-02T00:00:00+00:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        micros(datetime(2026, 3, 2, 8, 0))  # noqa: DTZ001


def test_dots_come_back_as_they_went_in() -> None:
    kept = image_values(1, IMAGE)
    assert kept["dots"] == zlib.compress(IMAGE.packed)
    assert image_of(12, 2, 203, zlib.compress(IMAGE.packed), IMAGE.digest) == IMAGE


@pytest.mark.parametrize(
    ("width", "dots"),
    [
        (12, b"not zlib"),
        (12, zlib.compress(IMAGE.packed)[:-3]),
        (12, zlib.compress(b"\xaa\xa0\x55\x40")),
        (13, zlib.compress(IMAGE.packed)),
        (0, zlib.compress(IMAGE.packed)),
    ],
)
def test_changed_dots_are_refused(width: int, dots: bytes) -> None:
    with pytest.raises(ValueError):
        image_of(width, 2, 203, dots, IMAGE.digest)
