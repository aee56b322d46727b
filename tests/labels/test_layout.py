"""Millimetres become whole dots, and what cannot be printed is refused with the size it would need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.label import Box, LabelTemplate, QrElement
from gizqr_station.domain.label_failures import CodeDoesNotFit, ResolutionUnknown
from gizqr_station.labels.layout import (
    QUIET_MODULES,
    capital_dots,
    label_size,
    place_box,
    place_code,
    smallest_capital,
    smallest_module,
)


def _template(side_mm: float, x_mm: float = 0.0, y_mm: float = 0.0) -> LabelTemplate:
    return LabelTemplate("mine", 100.0, 80.0, QrElement(Box(x_mm, y_mm, side_mm, side_mm)))


def test_a_label_has_the_heads_own_pitch_and_not_twelve_dots_a_millimetre() -> None:
    template = LabelTemplate("mine", 40.0, 30.0, QrElement(Box(0, 0, 20, 20)))
    assert label_size(template, 203) == (320, 240)
    assert label_size(template, 300) == (472, 354)
    assert label_size(template, 600) == (945, 709)


def test_an_unknown_resolution_is_refused() -> None:
    with pytest.raises(ResolutionUnknown) as refused:
        place_code(_template(20.0), 150, 37)
    assert refused.value.dpi == 150


@given(
    st.sampled_from([203, 300, 600]),
    *[st.floats(0.0, 40.0, allow_subnormal=False) for _ in range(4)],
)
def test_a_box_never_gains_a_dot(dpi: int, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
    template = _template(20.0)
    place = place_box(template, Box(x_mm, y_mm, width_mm, height_mm), dpi)
    pitch = 8.0 if dpi == 203 else dpi / 25.4
    assert place.x >= x_mm * pitch - 0.001
    assert place.y >= y_mm * pitch - 0.001
    if place.width:
        assert place.x + place.width <= (x_mm + width_mm) * pitch + 0.001
    if place.height:
        assert place.y + place.height <= (y_mm + height_mm) * pitch + 0.001


def test_the_largest_whole_modules_are_taken() -> None:
    # 41 modules and twice four of quiet zone are 49: four dots make 196, five would make 245.
    assert place_code(_template(24.5), 203, 41).module == 4
    assert place_code(_template(30.5), 203, 41).module == 4
    assert place_code(_template(30.625), 203, 41).module == 5


@given(
    st.sampled_from([203, 300, 600]),
    st.integers(1, 40).map(lambda version: 17 + 4 * version),
    st.floats(5.0, 60.0),
    st.floats(0.0, 20.0),
)
def test_four_modules_of_quiet_zone_stay_inside_the_box(dpi: int, modules: int, side_mm: float, x_mm: float) -> None:
    template = _template(side_mm, x_mm, x_mm)
    box = place_box(template, template.qr.box, dpi)
    try:
        place = place_code(template, dpi, modules)
    except CodeDoesNotFit:
        return
    quiet = QUIET_MODULES * place.module
    assert place.x - quiet >= box.x
    assert place.y - quiet >= box.y
    assert place.x + place.side + quiet <= box.x + box.width
    assert place.y + place.side + quiet <= box.y + box.height


def test_a_module_has_two_dots_and_a_quarter_of_a_millimetre_at_least() -> None:
    assert [smallest_module(dpi) for dpi in (203, 300, 600)] == [2, 3, 6]
    assert place_code(_template(12.25), 203, 41).module == 2
    with pytest.raises(CodeDoesNotFit):
        place_code(_template(12.2), 203, 41)


@given(
    st.sampled_from([203, 300, 600]),
    st.integers(1, 12).map(lambda version: 17 + 4 * version),
    st.floats(0.0, 20.0),
)
def test_the_smallest_side_that_a_refusal_names_is_enough_and_hardly_more(dpi: int, modules: int, x_mm: float) -> None:
    with pytest.raises(CodeDoesNotFit) as refused:
        place_code(_template(5.0, x_mm), dpi, modules * 2)
    smallest_mm = refused.value.smallest_mm
    assert place_code(_template(smallest_mm, x_mm), dpi, modules * 2).module == smallest_module(dpi)
    with pytest.raises(CodeDoesNotFit):
        place_code(_template(smallest_mm - 0.3, x_mm), dpi, modules * 2)


def test_a_capital_has_eight_dots_and_a_millimetre_at_least() -> None:
    assert [smallest_capital(dpi) for dpi in (203, 300, 600)] == [8, 12, 24]
    assert capital_dots(0.5, 203) == 8
    assert capital_dots(2.0, 203) == 16
