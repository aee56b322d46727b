"""Texts shrink, then break, then are cut; measured here with letters half as wide as capitals are high."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.labels.text_fitting import ELLIPSIS, Fitted, baselines, fit_block, fit_line, lines_in


def _measure(line: str, capital: int) -> int:
    return sum(capital if ord(letter) > 0x2E80 else capital // 2 for letter in line)


def _block(text: str, width: int, height: int, wanted: int = 20, smallest: int = 10) -> Fitted:
    return fit_block(text, width=width, height=height, wanted=wanted, smallest=smallest, measure=_measure)


def test_a_line_is_as_large_as_wanted_where_there_is_room() -> None:
    assert fit_line("ABCDEF", width=60, wanted=20, smallest=10, measure=_measure) == Fitted(("ABCDEF",), 20)


def test_a_line_shrinks_to_its_width() -> None:
    assert fit_line("ABCDEF", width=50, wanted=20, smallest=10, measure=_measure) == Fitted(("ABCDEF",), 17)


def test_a_line_that_would_be_too_small_is_none() -> None:
    assert fit_line("ABCDEF", width=30, wanted=20, smallest=10, measure=_measure) == Fitted(("ABCDEF",), 11)
    assert fit_line("ABCDEF", width=29, wanted=20, smallest=10, measure=_measure) is None


def test_a_low_box_holds_one_line_and_a_high_one_more() -> None:
    assert [lines_in(height, 20) for height in (1, 30, 71, 72, 106, 107)] == [1, 1, 1, 2, 2, 3]


def test_a_line_stands_in_the_middle_of_a_low_box_and_at_the_top_of_a_high_one() -> None:
    assert baselines(1, height=30, capital=20) == [25]
    assert baselines(1, height=72, capital=20) == [31]
    assert baselines(2, height=72, capital=20) == [31, 66]


def test_words_break_after_spaces_into_lines_of_about_one_length() -> None:
    assert _block("Smart Plug Mini 2 Pro", 150, 75).lines == ("Smart Plug", "Mini 2 Pro")


def test_chinese_breaks_between_characters_without_a_lonely_last_one() -> None:
    assert _block("智能温湿度传感器网关", 180, 75).lines == ("智能温湿度", "传感器网关")


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert _block("智能插座（二代）型", 140, 75).lines == ("智能插座", "（二代）型")
    assert _block("智能插座，型号", 80, 75).lines == ("智能插", "座，型号")


def test_a_text_shrinks_before_it_is_cut() -> None:
    assert _block("智能插座网关", 90, 30) == Fitted(("智能插座网关",), 15)


def test_what_is_too_long_even_in_the_smallest_size_ends_in_an_ellipsis() -> None:
    fitted = _block("Weather Gateway Outdoor Edition", 80, 15)
    assert fitted.capital == 10
    assert fitted.lines[0].startswith("Weather Ga")
    assert fitted.lines[0].endswith(ELLIPSIS)


def test_only_the_last_line_is_cut() -> None:
    lines = _block("Weather Gateway Outdoor Edition for Greenhouses", 80, 40).lines
    assert lines[0] == "Weather Gateway"
    assert lines[1].startswith("Outdoor ")
    assert lines[1].endswith(ELLIPSIS)


@pytest.mark.parametrize("text", ["W" * 60, "网" * 60, "a"])
def test_a_word_without_a_place_to_break_is_cut_too(text: str) -> None:
    fitted = _block(text, 50, 50)
    assert all(_measure(line, fitted.capital) <= 50 for line in fitted.lines)


@given(
    st.text(st.sampled_from("ab W智能，）-"), min_size=1, max_size=60).map(lambda text: " ".join(text.split())),
    st.integers(20, 300),
    st.integers(10, 200),
)
def test_whatever_the_text_its_lines_stay_in_the_box(text: str, width: int, height: int) -> None:
    if not text:
        return
    fitted = _block(text, width, height)
    assert 1 <= len(fitted.lines) <= lines_in(height, fitted.capital)
    assert all(_measure(line, fitted.capital) <= width for line in fitted.lines)
    shown = "".join(fitted.lines).replace(" ", "")
    whole = text.replace(" ", "")
    assert shown == whole or (shown.endswith(ELLIPSIS) and whole.startswith(shown[:-1]))
