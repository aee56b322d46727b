"""How many devices may still register."""

from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.quota import Quota

COUNTS = st.integers(0, 1_000_000)


@given(COUNTS, COUNTS, COUNTS)
def test_what_is_left_is_never_less_than_nothing_and_never_more_than_was_registered(
    registered: int, elsewhere: int, here: int
) -> None:
    left = Quota(registered, elsewhere).left(here)
    assert 0 <= left <= registered
    assert left == 0 or left + elsewhere + here == registered


def test_ten_of_which_two_are_used_elsewhere_and_five_here_leave_three() -> None:
    assert Quota(10, elsewhere=2).left(5) == 3
    assert Quota(10, elsewhere=2).left(9) == 0
