"""What a name, a badge and a PIN have to be, and how long wrong ones wait."""

import pytest

from gizqr_station.domain.people_failures import BadgeUnusable, NameUnusable, PinTooShort, PinTooSimple
from gizqr_station.domain.sign_in import (
    LONGEST_BADGE_PAUSE_S,
    name_key,
    pause_s,
    require_good_pin,
    require_usable_badge,
    usable_name,
)


def test_pauses_begin_with_the_fifth_wrong_one_and_double_to_a_quarter_of_an_hour() -> None:
    pauses = [pause_s(failures) for failures in range(1, 14)]
    assert pauses == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900]
    assert pause_s(1_000_000) == 900
    assert [pause_s(failures, LONGEST_BADGE_PAUSE_S) for failures in range(4, 11)] == [0, 30, 60, 120, 240, 300, 300]


@pytest.mark.parametrize("pin", ["482915", "100000", "112233", "135792", "0" * 5 + "1", "4829150736"])
def test_a_pin_of_six_digits_is_taken(pin: str) -> None:
    require_good_pin(pin)


@pytest.mark.parametrize("pin", ["", "48291", "48291a", "４８２９１５", "482 915", "-482915", "²48291", "4" * 65])
def test_too_short_a_pin_or_other_than_digits_is_refused(pin: str) -> None:
    with pytest.raises(PinTooShort):
        require_good_pin(pin)


@pytest.mark.parametrize("pin", ["000000", "777777", "123456", "654321", "890123", "1234567890", "098765"])
def test_what_anybody_would_guess_is_refused(pin: str) -> None:
    with pytest.raises(PinTooSimple):
        require_good_pin(pin)


@pytest.mark.parametrize("badge", ["482915", "P482915", "P-482-915"])
def test_what_the_badge_says_is_no_pin(badge: str) -> None:
    with pytest.raises(PinTooSimple):
        require_good_pin("482915", badge)
    require_good_pin("482916", badge)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Li Wei", "Li Wei"),
        ("  Li   Wei ", "Li Wei"),
        ("李伟", "李伟"),
        ("Zoe\u0308", "Zoë"),
        ("3号", "3号"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_kept_composed_with_single_blanks(typed: str, kept: str) -> None:
    assert usable_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "x" * 61, "(nobody)", "-Li", "Li\u202eWei", "Li\u200bWei", "Li\x07Wei", "\ud800"]
)
def test_what_a_record_could_not_show_is_no_name(typed: str) -> None:
    with pytest.raises(NameUnusable):
        usable_name(typed)


def test_names_are_the_same_case_and_width_aside() -> None:
    assert name_key("LI Wei") == name_key("li wei") == name_key("ＬＩ Wei")
    assert name_key("Straße") == name_key("STRASSE")
    assert name_key("Li Wei") != name_key("Li Wie")


def test_a_badge_has_four_characters_and_looks_as_the_scanners_take_it() -> None:
    require_usable_badge("P100", fits=True)
    for badge, fits in (("P10", True), ("", True), ("P10000", False)):
        with pytest.raises(BadgeUnusable):
            require_usable_badge(badge, fits=fits)
