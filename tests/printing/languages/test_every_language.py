"""One contract for every language; every shipped label in every language, read by somebody else, dot for dot."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gizqr_station.domain.label import Box, LabelFields, LabelImage, LabelTemplate, QrElement
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.printer import RESOLUTIONS, Language
from gizqr_station.labels.lettering import Lettering
from gizqr_station.labels.raster import draw_label
from gizqr_station.labels.read_back import ZxingReadBack
from tests.labels.samples import MAC_CONTENT, MAC_FIELDS, SHIPPED, painted
from tests.printing.languages.encoder_contract import EncoderContract
from tests.printing.languages.speakers import BROTHER, DOCUMENTS, EPL2, ESCPOS, SPEAKERS, TSPL, ZPL, Speaker, image_in

NARROWEST_PINS = 112
QL_62, QL_102, PT_36, PT_24 = BROTHER[1:5]


@pytest.mark.parametrize("speaker", SPEAKERS, ids=str)
class TestEveryLanguage(EncoderContract):
    """The contract."""


def _labels() -> list[tuple[Speaker, str]]:
    """Every template on everything that is wide enough for it."""
    plain = itertools.product([*ZPL, *TSPL, *EPL2, *ESCPOS, *DOCUMENTS, QL_102], SHIPPED)
    on_62 = itertools.product([BROTHER[0], QL_62], ["25x25", "40x30", "50x30"])
    turned = itertools.product([PT_36.tuned(rotated=True)], ["25x25", "40x30", "50x30"])
    return [*plain, *on_62, *turned]


@pytest.mark.parametrize(("speaker", "name"), _labels(), ids=str)
def test_every_label_comes_out_dot_for_dot_and_says_the_same(speaker: Speaker, name: str) -> None:
    dpi = speaker.config.dpi
    image = painted(name, dpi, MAC_FIELDS)
    read = speaker.read(speaker.encoder.setup() + speaker.encoder.label(image, "17"))
    assert read.copies == 1
    if speaker.config.tuning.rotated:
        seen = _turned_back(image_in(read, image.height, image.width, dpi))
    else:
        seen = image_in(read, image.width, image.height, dpi)
    assert seen == image
    ZxingReadBack().require_content(seen, MAC_CONTENT)


def _turned_back(image: LabelImage) -> LabelImage:
    signs = ["".join(f"{byte:08b}" for byte in row)[: image.width] for row in image.rows]
    columns = ["".join(line[at] for line in signs) for at in range(image.width - 1, -1, -1)]
    stride = (image.height + 7) // 8
    rows = tuple(int(column.ljust(8 * stride, "0"), 2).to_bytes(stride, "big") for column in columns)
    return LabelImage(image.height, image.width, image.dpi, rows)


def test_a_code_for_the_narrow_tape_comes_out_dot_for_dot() -> None:
    # 24 mm tape has 128 dots across: 41 modules and their quiet zone at two dots, 0.28 mm, a module.
    template = LabelTemplate("tape", 18.0, 18.0, QrElement(Box(0, 0, 18.0, 18.0)))
    image = draw_label(template, 180, LabelFields(MAC_CONTENT, "", "", ""), Lettering())
    seen = image_in(PT_24.read(PT_24.encoder.label(image, "17")), image.width, image.height, 180)
    assert seen == image
    ZxingReadBack().require_content(seen, MAC_CONTENT)


def test_one_dot_less_is_noticed_by_the_readers() -> None:
    image = painted("25x25", 203, MAC_FIELDS)
    wrong = LabelImage(image.width, image.height, 203, tuple(row[::-1] for row in image.rows))
    with pytest.raises(ReadBackDiffers):
        ZxingReadBack().require_content(wrong, MAC_CONTENT)


@st.composite
def images(draw: st.DrawFn) -> tuple[int, int, tuple[bytes, ...]]:
    width, height = draw(st.integers(1, NARROWEST_PINS)), draw(st.integers(1, 20))
    stride = (width + 7) // 8
    # Empty and equal rows, for these are written in other ways.
    row = st.one_of(st.just(0), st.just(2**width - 1), st.integers(0, 2**width - 1))
    numbers = draw(st.lists(row, min_size=height, max_size=height))
    return width, height, tuple((bits << (8 * stride - width)).to_bytes(stride, "big") for bits in numbers)


@pytest.mark.parametrize("speaker", SPEAKERS, ids=str)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(drawn=images())
def test_any_picture_of_any_width_comes_back(speaker: Speaker, drawn: tuple[int, int, tuple[bytes, ...]]) -> None:
    width, height, rows = drawn
    dpi = speaker.config.dpi
    image = LabelImage(width, height, dpi, rows)
    read = speaker.read(speaker.encoder.setup() + speaker.encoder.label(image, "x-1"))
    assert read.copies == 1
    assert image_in(read, width, height, dpi) == image


def test_the_table_of_resolutions_is_what_is_tried_here() -> None:
    tried = {language: tuple(sorted({one.config.dpi for one in SPEAKERS if one.config.language is language}))
             for language in Language}  # fmt: skip
    assert tried == RESOLUTIONS
