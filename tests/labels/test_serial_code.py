"""The small code on labels that replace others: there, readable, whole dots, and on no first label."""

import dataclasses
import itertools

import pytest
import zxingcpp

from gizqr_station.domain.label import Box, LabelTemplate
from gizqr_station.domain.label_failures import CodeDoesNotFit, TemplateInvalid
from gizqr_station.labels.layout import place_box, place_in_box
from gizqr_station.labels.lettering import Lettering
from gizqr_station.labels.raster import draw_label
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.labels.serial_code import SERIAL_QUIET_MODULES, SerialCodesOnLabels, serial_matrix
from gizqr_station.labels.template_files import TemplateShelf, parse_template
from gizqr_station.places import resources
from tests.labels.samples import IMEI_FIELDS, MAC_FIELDS, PAINTER, RESOLUTIONS, SHIPPED, dots, painted

ROOMY = ("40x30", "50x30", "60x40")
HEADS = list(itertools.product(ROOMY, RESOLUTIONS))
CODES = SerialCodesOnLabels(TemplateShelf())
SHELF = TemplateShelf()
REPLACED = dataclasses.replace(IMEI_FIELDS, serial_code=True)

# Dots a module of L-000123: a template that is changed should not lose one unnoticed.
MODULES = {
    ("40x30", 203): 3,
    ("40x30", 300): 4,
    ("40x30", 600): 9,
    ("50x30", 203): 3,
    ("50x30", 300): 4,
    ("50x30", 600): 9,
    ("60x40", 203): 4,
    ("60x40", 300): 5,
    ("60x40", 600): 11,
}


def box_of(name: str) -> tuple[LabelTemplate, Box]:
    template = SHELF.load(name)
    assert template.serial_code is not None
    return template, template.serial_code


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("name", ROOMY)
@pytest.mark.parametrize("serial", ["L-000123", "F7-000123", "LAB1-000123", "L-123456789"])
def test_a_replacement_says_its_content_once_and_its_serial_once(name: str, dpi: int, serial: str) -> None:
    image = painted(name, dpi, dataclasses.replace(REPLACED, label_serial=serial))
    ZxingReadBack().require_content(image, REPLACED.content)
    assert CODES.said_by(image) == serial
    found = zxingcpp.read_barcodes(dots(image))
    assert sorted(code.text for code in found) == sorted([serial, REPLACED.content])


@pytest.mark.parametrize(("name", "dpi"), HEADS)
def test_its_modules_are_whole_dots_with_white_around_them(name: str, dpi: int) -> None:
    template, box = box_of(name)
    matrix = serial_matrix("L-000123")
    place = place_in_box(template, box, dpi, modules=len(matrix), quiet=SERIAL_QUIET_MODULES)
    assert place is not None
    assert place.module == MODULES[name, dpi]
    picture = dots(painted(name, dpi, REPLACED))
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            left, top = place.x + x * place.module, place.y + y * place.module
            module = picture.crop((left, top, left + place.module, top + place.module))
            assert module.getextrema() == ((0, 0) if dark else (255, 255))
    quiet = SERIAL_QUIET_MODULES * place.module
    around = picture.crop(
        (place.x - quiet, place.y - quiet, place.x + place.side + quiet, place.y + place.side + quiet)
    )
    around.paste(255, (quiet, quiet, quiet + place.side, quiet + place.side))
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize(("name", "dpi"), HEADS)
def test_apart_from_the_small_code_a_replacement_looks_as_it_did(name: str, dpi: int) -> None:
    template, box = box_of(name)
    with_code, without = (dots(painted(name, dpi, fields)) for fields in (REPLACED, IMEI_FIELDS))
    place = place_box(template, box, dpi)
    for picture in (with_code, without):
        picture.paste(255, (place.x, place.y, place.x + place.width, place.y + place.height))
    assert with_code.tobytes() == without.tobytes()


@pytest.mark.parametrize("name", SHIPPED)
def test_no_first_label_has_a_small_code(name: str) -> None:
    assert CODES.said_by(painted(name, 203, MAC_FIELDS)) == ""
    assert CODES.has_place(name) is (name in ROOMY)


def test_a_template_without_room_draws_none() -> None:
    assert painted("25x25", 203, REPLACED) == painted("25x25", 203, IMEI_FIELDS)


def test_the_code_is_the_smallest_square_that_holds_the_serial() -> None:
    sides = {serial: len(serial_matrix(serial)) for serial in ("L-000123", "F7-000123", "LAB1-123456789")}
    assert sides == {"L-000123": 12, "F7-000123": 14, "LAB1-123456789": 16}
    assert all(len(row) == 16 for row in serial_matrix("LAB1-123456789"))


def test_two_small_codes_that_differ_say_nothing() -> None:
    template, box = box_of("60x40")
    image = PAINTER.paint("60x40", 203, REPLACED)
    picture = dots(image)
    place = place_box(template, box, 203)
    other = dots(PAINTER.paint("60x40", 203, dataclasses.replace(REPLACED, label_serial="L-000999")))
    cut = other.crop((place.x, place.y, place.x + place.width, place.y + place.height))
    picture.paste(cut, (place.x, 20))
    rows = picture.point([1] * 128 + [0] * 128, mode="1").tobytes()
    assert CODES.said_by(type(image).from_packed(image.width, image.height, image.dpi, rows)) == ""


def test_a_box_that_is_too_small_is_refused() -> None:
    template = dataclasses.replace(SHELF.load("40x30"), serial_code=Box(26.75, 15.1, 3.9, 3.9))
    with pytest.raises(CodeDoesNotFit) as refused:
        draw_label(template, 203, REPLACED, Lettering())
    assert refused.value.template == "40x30"
    assert draw_label(template, 203, IMEI_FIELDS, Lettering()).width == 320


SHIPPED_40 = (resources() / "templates" / "40x30.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("box", "why"),
    [
        ("[20.0, 15.1, 6.75, 6.75]", "serial_code.box_mm: overlaps qr.box_mm"),
        ("[26.75, 17.0, 6.75, 6.75]", "texts.2.box_mm: overlaps serial_code.box_mm"),
        ("[36.0, 15.1, 6.75, 6.75]", "serial_code.box_mm: x + width > 40.0"),
        ("[26.75, 25.0, 6.75, 6.75]", "serial_code.box_mm: y + height > 30.0"),
    ],
)
def test_its_place_is_its_own(box: str, why: str) -> None:
    with pytest.raises(TemplateInvalid) as refused:
        parse_template("mine", SHIPPED_40.replace("[26.75, 15.1, 6.75, 6.75]", box))
    assert refused.value.reason == why


def test_a_template_may_leave_it_out() -> None:
    without = SHIPPED_40.replace("[serial_code]\nbox_mm = [26.75, 15.1, 6.75, 6.75]\n", "")
    assert parse_template("mine", without).serial_code is None
