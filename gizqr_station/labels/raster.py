"""Draws a label's code and texts as dots: ink or no ink, nothing between."""

from typing import Literal

import qrcode
from PIL import Image, ImageChops
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import QRData

from gizqr_station.domain.label import Align, LabelFields, LabelImage, LabelTemplate, TextElement, TextSource
from gizqr_station.domain.label_failures import TextDoesNotFit
from gizqr_station.labels.layout import (
    Place,
    capital_dots,
    does_not_fit,
    label_size,
    place_box,
    place_code,
    smallest_capital,
)
from gizqr_station.labels.lettering import BLACK, WHITE, Lettering
from gizqr_station.labels.serial_code import draw_serial_code
from gizqr_station.labels.text_fitting import Fitted, baselines, fit_block, fit_line

_LEVELS: dict[str, Literal[0, 1, 2, 3]] = {
    "L": ERROR_CORRECT_L,
    "M": ERROR_CORRECT_M,
    "Q": ERROR_CORRECT_Q,
    "H": ERROR_CORRECT_H,
}
_BYTE_MODE: Literal[4] = 4
_CAPACITY = {"L": 2953, "M": 2331, "Q": 1663, "H": 1273}
"""Bytes in the largest QR code there is, version 40 (ISO/IEC 18004, table 7)."""
_LARGEST_CODE = 177
"""Its modules a side."""
_INVERSE_PADDING = 0.5
"""Black at the ends of a mark, in parts of a capital's height."""

Matrix = list[list[bool]]


def draw_label(template: LabelTemplate, dpi: int, fields: LabelFields, lettering: Lettering) -> LabelImage:
    """All dots of one label.

    Raises CodeDoesNotFit, TextDoesNotFit (identity, serial, mark or fixed text; a long product name is cut
    instead) and ResolutionUnknown.
    """
    canvas = Image.new("L", label_size(template, dpi), WHITE)
    for element in template.texts:
        text = " ".join(_text_of(element, fields).split())
        if text:
            place = place_box(template, element.box, dpi)
            canvas.paste(_drawn_text(template, element, text, dpi, (place.width, place.height), lettering), _at(place))
    _draw_code(canvas, template, dpi, fields.content)
    if fields.serial_code and template.serial_code is not None:
        draw_serial_code(canvas, template, template.serial_code, dpi, fields.label_serial)
    return _as_label_image(canvas, dpi)


def code_matrix(content: str, level: str) -> Matrix:
    """The smallest QR code of this level with the content's UTF-8 bytes in one byte segment.

    The segment is not split into cheaper modes: the size of a code then depends on the content's length alone.
    """
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0)
    code.add_data(QRData(content.encode(), mode=_BYTE_MODE))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def _draw_code(canvas: Image.Image, template: LabelTemplate, dpi: int, content: str) -> None:
    if len(content.encode()) > _CAPACITY[template.qr.level]:
        # No side is large enough; the largest code's is the nearest to an answer.
        raise does_not_fit(template, dpi, _LARGEST_CODE)
    matrix = code_matrix(content, template.qr.level)
    place = place_code(template, dpi, len(matrix))
    small = Image.new("L", (place.modules, place.modules), WHITE)
    small.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
    canvas.paste(small.resize((place.side, place.side), Image.Resampling.NEAREST), (place.x, place.y))


def _text_of(element: TextElement, fields: LabelFields) -> str:
    return {
        TextSource.IDENTITY: fields.identity,
        TextSource.PRODUCT_NAME: fields.product_name,
        TextSource.LABEL_SERIAL: fields.label_serial,
        TextSource.MARK: fields.mark,
        TextSource.FIXED: element.text,
    }[element.source]


def _drawn_text(
    template: LabelTemplate, element: TextElement, text: str, dpi: int, size: tuple[int, int], lettering: Lettering
) -> Image.Image:
    """The element's box with its text; ink cannot leave it, so it cannot get into the code's quiet zone."""
    box_width, box_height = size
    fitted = _fitted(element, text, dpi, size, lettering)
    if fitted is None:
        raise TextDoesNotFit(template.name, text)
    padding = _padding(element, fitted.capital)
    ink, black = Image.new("L", size, WHITE), Image.new("L", size, WHITE)
    standing = baselines(len(fitted.lines), height=box_height, capital=fitted.capital)
    for line, baseline in zip(fitted.lines, standing, strict=True):
        width = lettering.width(line, capital=fitted.capital, bold=element.bold) + 2 * padding
        left = _left(element.align, box_width, width)
        black.paste(BLACK, (left, 0, left + width, box_height))
        lettering.draw(ink, line, x=left + padding, baseline=baseline, capital=fitted.capital, bold=element.bold)
    return ImageChops.subtract(black, ink) if element.inverse else ink


def _fitted(element: TextElement, text: str, dpi: int, size: tuple[int, int], lettering: Lettering) -> Fitted | None:
    def measure(line: str, capital: int) -> int:
        return lettering.width(line, capital=capital, bold=element.bold) + 2 * _padding(element, capital)

    width, height = size
    wanted, smallest = min(capital_dots(element.height_mm, dpi), height), smallest_capital(dpi)
    if element.source is TextSource.PRODUCT_NAME:
        return fit_block(text, width=width, height=height, wanted=wanted, smallest=smallest, measure=measure)
    return fit_line(text, width=width, wanted=wanted, smallest=smallest, measure=measure)


def _padding(element: TextElement, capital: int) -> int:
    return round(_INVERSE_PADDING * capital) if element.inverse else 0


def _left(align: Align, available: int, width: int) -> int:
    spare = max(0, available - width)
    return {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]


def _at(place: Place) -> tuple[int, int]:
    return place.x, place.y


def _as_label_image(canvas: Image.Image, dpi: int) -> LabelImage:
    # Pillow packs a row into whole bytes, most significant bit leftmost, and fills up with 0: LabelImage's own form.
    bits = canvas.point([0] * 128 + [1] * 128, mode="1")
    return LabelImage.from_packed(canvas.width, canvas.height, dpi, bits.tobytes())
