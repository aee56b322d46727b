"""Every shipped template, on every head, bears every content: whole dots, white quiet zone, readable by others."""

import dataclasses
import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from PIL import Image

from gizqr_station.domain.label import (
    Align,
    Box,
    LabelFields,
    LabelImage,
    LabelTemplate,
    QrElement,
    TextElement,
    TextSource,
)
from gizqr_station.domain.label_failures import CodeDoesNotFit, ResolutionUnknown, TextDoesNotFit
from gizqr_station.labels.layout import QUIET_MODULES, place_box, place_code
from gizqr_station.labels.lettering import Lettering
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.raster import code_matrix, draw_label
from gizqr_station.labels.read_back import QR_ONLY, ZxingReadBack
from gizqr_station.labels.template_files import TemplateShelf
from tests.labels.samples import IMEI_FIELDS, MAC_CONTENT, MAC_FIELDS, PAINTER, RESOLUTIONS, SHIPPED, dots, painted

EVERY = list(itertools.product(SHIPPED, RESOLUTIONS, [MAC_FIELDS, IMEI_FIELDS]))
HEADS = list(itertools.product(SHIPPED, RESOLUTIONS))
LETTERING = Lettering()

# Dots a module (MAC, IMEI): a template that is changed should not lose one unnoticed.
MODULES = {
    ("25x25", 203): (3, 3),
    ("25x25", 300): (5, 4),
    ("25x25", 600): (10, 9),
    ("40x30", 203): (4, 4),
    ("40x30", 300): (6, 5),
    ("40x30", 600): (12, 11),
    ("50x30", 203): (4, 4),
    ("50x30", 300): (6, 5),
    ("50x30", 600): (12, 11),
    ("60x40", 203): (5, 5),
    ("60x40", 300): (8, 7),
    ("60x40", 600): (16, 14),
}

GOLDEN = {
    ("25x25", 203): "b790789dfbbf53c6",
    ("25x25", 300): "bf6495a049f57eb9",
    ("25x25", 600): "ffd50d20eb0cdefb",
    ("40x30", 203): "5315609f0eb7599b",
    ("40x30", 300): "6b695d1809cd5f1c",
    ("40x30", 600): "2b1a9bd18ba0a353",
    ("50x30", 203): "c959033486699ebc",
    ("50x30", 300): "8457f484283460fd",
    ("50x30", 600): "b76db0bd196dff81",
    ("60x40", 203): "6cc7b849bef5f764",
    ("60x40", 300): "5efd900c86148c5f",
    ("60x40", 600): "81f327ac280c28fe",
}


def _ink_in(image: LabelImage, left: int, top: int, right: int, bottom: int) -> int:
    """Black dots from left and top up to, not including, right and bottom."""
    shift, mask = 8 * image.stride - right, (1 << (right - left)) - 1
    return sum(((int.from_bytes(row, "big") >> shift) & mask).bit_count() for row in image.rows[top:bottom])


@pytest.mark.parametrize(("name", "dpi", "fields"), EVERY)
def test_a_label_is_read_back_and_read_by_a_scanner(name: str, dpi: int, fields: LabelFields) -> None:
    image = painted(name, dpi, fields)
    ZxingReadBack().require_content(image, fields.content)
    (code,) = zxingcpp.read_barcodes(dots(image), formats=QR_ONLY)
    assert code.text == fields.content
    template = TemplateShelf().load(name)
    extra = code.extra
    assert isinstance(extra, dict)
    assert extra["ECLevel"] == template.qr.level


@pytest.mark.parametrize(("name", "dpi", "fields"), EVERY)
def test_a_code_is_whole_dots_with_four_white_modules_around(name: str, dpi: int, fields: LabelFields) -> None:
    image = painted(name, dpi, fields)
    template = TemplateShelf().load(name)
    matrix = code_matrix(fields.content, template.qr.level)
    place = place_code(template, dpi, len(matrix))
    assert place.module == MODULES[name, dpi][fields is IMEI_FIELDS]
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            left, top = place.x + x * place.module, place.y + y * place.module
            ink = _ink_in(image, left, top, left + place.module, top + place.module)
            assert ink == (place.module**2 if dark else 0)
    quiet = QUIET_MODULES * place.module
    around = _ink_in(
        image, place.x - quiet, place.y - quiet, place.x + place.side + quiet, place.y + place.side + quiet
    )
    assert around == sum(map(sum, matrix)) * place.module**2


@pytest.mark.parametrize(("name", "dpi"), HEADS)
def test_no_shipped_text_is_clipped(name: str, dpi: int) -> None:
    """A box's first and last row stay white even under the tallest and above the deepest letters."""
    template = TemplateShelf().load(name)
    for product_name in ("Åjqpg国鑫", "Åjqpg国鑫 智能网关传感器温湿度 jqpg Weather Gateway Edition for Åland"):
        image = PAINTER.paint(name, dpi, dataclasses.replace(IMEI_FIELDS, product_name=product_name))
        for element in template.texts:
            place = place_box(template, element.box, dpi)
            right, bottom = place.x + place.width, place.y + place.height
            assert _ink_in(image, place.x, place.y, right, bottom)
            if not element.inverse:
                assert _ink_in(image, place.x, place.y, right, place.y + 1) == 0
                assert _ink_in(image, place.x, bottom - 1, right, bottom) == 0


@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_text_stands_on_another(name: str) -> None:
    template = TemplateShelf().load(name)
    for one, other in itertools.combinations([text.box for text in template.texts], 2):
        beside = one.x_mm + one.width_mm <= other.x_mm or other.x_mm + other.width_mm <= one.x_mm
        above = one.y_mm + one.height_mm <= other.y_mm or other.y_mm + other.height_mm <= one.y_mm
        assert beside or above


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_every_shipped_label_bears_the_longest_mark(name: str, dpi: int) -> None:
    PAINTER.paint(name, dpi, dataclasses.replace(IMEI_FIELDS, mark="TEST R99", label_serial="L-999999"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_mark_is_white_on_black_and_nothing_where_there_is_none(name: str) -> None:
    template = TemplateShelf().load(name)
    (mark,) = [text for text in template.texts if text.source is TextSource.MARK]
    place = place_box(template, mark.box, 300)
    where = (place.x, place.y, place.x + place.width, place.y + place.height)
    assert _ink_in(painted(name, 300, MAC_FIELDS), *where) == 0
    marked = PAINTER.paint(name, 300, dataclasses.replace(MAC_FIELDS, mark="TEST"))
    right_hand = mark.align is Align.RIGHT
    ends = place.x + place.width - 1 if right_hand else place.x
    assert _ink_in(marked, ends, place.y, ends + 1, place.y + place.height) == place.height
    first_letter = (ends - 30, ends + 1) if right_hand else (ends, ends + 31)
    ink = _ink_in(marked, first_letter[0], place.y, first_letter[1], place.y + place.height)
    assert ink < 31 * place.height


def test_the_same_fields_are_the_same_dots() -> None:
    assert PAINTER.paint("40x30", 203, MAC_FIELDS) == PAINTER.paint("40x30", 203, MAC_FIELDS)


@pytest.mark.parametrize(("name", "dpi"), HEADS)
def test_the_labels_have_not_changed_by_accident(name: str, dpi: int) -> None:
    """A new Pillow, font or template changes these: look at the labels, then write down the new digests."""
    assert painted(name, dpi, IMEI_FIELDS).digest[:16] == GOLDEN[name, dpi]


class _OneUser(Lettering):
    """Notes whether two threads were ever in it at once."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = threading.Lock()
        self.shared = False

    def draw(self, onto: Image.Image, text: str, *, x: int, baseline: int, capital: int, bold: bool) -> None:
        if not self._inside.acquire(blocking=False):
            self.shared = True
            return
        time.sleep(0.002)  # long enough for the other thread to come in, if it may
        super().draw(onto, text, x=x, baseline=baseline, capital=capital, bold=bold)
        self._inside.release()


def test_two_threads_never_share_the_typeface() -> None:
    lettering = _OneUser()
    painter = LabelPainter(TemplateShelf(), lettering)
    together = threading.Barrier(2)

    def paint(serial: str) -> LabelImage:
        together.wait(timeout=10)
        return painter.paint("25x25", 203, dataclasses.replace(MAC_FIELDS, label_serial=serial))

    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(paint, ["L-000001", "L-000002"]))
    assert not lettering.shared
    assert drawn == [
        PAINTER.paint("25x25", 203, dataclasses.replace(MAC_FIELDS, label_serial=serial))
        for serial in ("L-000001", "L-000002")
    ]


def _small(
    side_mm: float = 15.0, text_width_mm: float = 30.0, source: TextSource = TextSource.IDENTITY
) -> LabelTemplate:
    text = TextElement(Box(0.0, 40.0, text_width_mm, 2.0), source, 1.5, text="S/N")
    return LabelTemplate("mine", 60.0, 45.0, QrElement(Box(0.0, 0.0, side_mm, side_mm)), (text,))


def test_a_code_that_does_not_fit_says_which_side_it_needs() -> None:
    with pytest.raises(CodeDoesNotFit) as refused:
        draw_label(_small(side_mm=12.0), 203, MAC_FIELDS, LETTERING)
    assert refused.value.values() == {"template": "mine", "dpi": 203, "modules": 49, "smallest_mm": 12.4}
    draw_label(_small(side_mm=12.4), 203, MAC_FIELDS, LETTERING)


def test_a_content_longer_than_any_code_is_refused() -> None:
    with pytest.raises(CodeDoesNotFit) as refused:
        draw_label(_small(), 203, dataclasses.replace(MAC_FIELDS, content="x" * 4000), LETTERING)
    assert refused.value.modules == 185


@pytest.mark.parametrize("source", [TextSource.IDENTITY, TextSource.LABEL_SERIAL, TextSource.MARK, TextSource.FIXED])
def test_a_text_that_must_be_whole_is_refused_rather_than_cut(source: TextSource) -> None:
    fields = dataclasses.replace(MAC_FIELDS, mark="TEST")
    with pytest.raises(TextDoesNotFit) as refused:
        draw_label(_small(text_width_mm=1.5, source=source), 203, fields, LETTERING)
    assert refused.value.template == "mine"


def test_a_box_lower_than_readable_is_refused() -> None:
    text = TextElement(Box(0.0, 40.0, 30.0, 0.5), TextSource.IDENTITY, 1.0)
    template = LabelTemplate("mine", 60.0, 45.0, QrElement(Box(0.0, 0.0, 15.0, 15.0)), (text,))
    with pytest.raises(TextDoesNotFit):
        draw_label(template, 203, MAC_FIELDS, LETTERING)


def test_a_product_name_is_cut_and_line_breaks_in_it_are_spaces() -> None:
    template = _small(text_width_mm=10.0, source=TextSource.PRODUCT_NAME)

    def drawn(product_name: str) -> LabelImage:
        return draw_label(template, 203, dataclasses.replace(MAC_FIELDS, product_name=product_name), LETTERING)

    assert drawn("智能\n\t插座 ") == drawn("智能 插座") != drawn("智能插座")
    drawn("Weather Gateway Outdoor Edition for Greenhouses")


def test_ink_never_leaves_its_box() -> None:
    """Even where a template gives letters less height than they need, the code's quiet zone stays white."""
    text = TextElement(Box(0.0, 15.0, 30.0, 1.5), TextSource.PRODUCT_NAME, 1.5)
    template = LabelTemplate("mine", 60.0, 45.0, QrElement(Box(0.0, 0.0, 15.0, 15.0)), (text,))
    fields = dataclasses.replace(MAC_FIELDS, product_name="ÅÉgjq国")
    image = draw_label(template, 203, fields, LETTERING)
    code_only = draw_label(dataclasses.replace(template, texts=()), 203, fields, LETTERING)
    assert image.rows[:120] == code_only.rows[:120]
    assert not any(any(row) for row in image.rows[132:])


def test_an_unknown_resolution_is_refused() -> None:
    with pytest.raises(ResolutionUnknown):
        painted("40x30", 150, MAC_FIELDS)


def test_a_codes_size_depends_on_its_length_alone() -> None:
    assert len(code_matrix("1" * 104, "M")) == len(code_matrix(MAC_CONTENT, "M")) == 41
    assert [len(code_matrix(MAC_CONTENT, level)) for level in "LMQH"] == [37, 41, 49, 57]
