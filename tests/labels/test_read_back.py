"""What was drawn is decoded before it is printed, and the slightest difference stops it."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.labels.read_back import ZxingReadBack, as_picture
from gizqr_station.workflows.ports import ReadBack
from tests.labels.samples import IMEI_FIELDS, MAC_CONTENT, MAC_FIELDS, PAINTER, dots

READ_BACK: ReadBack = ZxingReadBack()


def _image(picture: Image.Image) -> LabelImage:
    bits = picture.point([1] * 128 + [0] * 128, mode="1")
    return LabelImage.from_packed(picture.width, picture.height, 203, bits.tobytes())


def _label() -> Image.Image:
    return as_picture(PAINTER.paint("40x30", 203, MAC_FIELDS))


def test_the_dots_are_black_on_white() -> None:
    image = PAINTER.paint("25x25", 203, IMEI_FIELDS)
    assert as_picture(image).tobytes() == dots(image).tobytes()


def test_a_whole_label_passes() -> None:
    READ_BACK.require_content(_image(_label()), MAC_CONTENT)


@pytest.mark.parametrize("content", [MAC_CONTENT[:-1], MAC_CONTENT + " ", MAC_CONTENT.lower(), ""])
def test_another_content_is_named(content: str) -> None:
    with pytest.raises(ReadBackDiffers) as refused:
        READ_BACK.require_content(_image(_label()), content)
    assert (refused.value.expected, refused.value.found) == (content, MAC_CONTENT)


def test_an_empty_label_is_refused() -> None:
    with pytest.raises(ReadBackDiffers) as refused:
        READ_BACK.require_content(LabelImage(8, 1, 203, (b"\0",)), MAC_CONTENT)
    assert refused.value.found == ""


def test_a_second_code_is_refused_even_with_the_same_content() -> None:
    label = _label()
    twice = Image.new("L", (label.width, label.height * 2), 255)
    twice.paste(label, (0, 0))
    twice.paste(label, (0, label.height))
    with pytest.raises(ReadBackDiffers) as refused:
        READ_BACK.require_content(_image(twice), MAC_CONTENT)
    assert refused.value.found == f"{MAC_CONTENT}\n{MAC_CONTENT}"


def test_damage_that_error_correction_would_hide_is_refused() -> None:
    label = _label()
    ImageDraw.Draw(label).rectangle((80, 80, 91, 91), fill=0)
    with pytest.raises(ReadBackDiffers) as refused:
        READ_BACK.require_content(_image(label), MAC_CONTENT)
    assert refused.value.found == "UEC"


def test_damage_beyond_correction_is_refused() -> None:
    label = _label()
    ImageDraw.Draw(label).rectangle((60, 60, 160, 160), fill=255)
    with pytest.raises(ReadBackDiffers) as refused:
        READ_BACK.require_content(_image(label), MAC_CONTENT)
    assert refused.value.found == ""


def test_a_turned_label_is_refused() -> None:
    with pytest.raises(ReadBackDiffers):
        READ_BACK.require_content(_image(_label().rotate(3, fillcolor=255)), MAC_CONTENT)


def test_a_content_beyond_ascii_is_compared_by_its_bytes() -> None:
    content = "标签 é " + "x" * 60
    image = PAINTER.paint("40x30", 300, replace(MAC_FIELDS, content=content))
    READ_BACK.require_content(image, content)
