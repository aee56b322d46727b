"""The small code on labels that replace another one: it says the label serial, which alone tells the two apart."""

from typing import Any

import zxingcpp
from PIL import Image

from gizqr_station.domain.label import Box, LabelImage, LabelTemplate
from gizqr_station.domain.label_failures import CodeDoesNotFit
from gizqr_station.domain.scans import is_label_serial
from gizqr_station.labels.layout import CodePlace, code_does_not_fit, place_in_box
from gizqr_station.labels.lettering import BLACK, WHITE
from gizqr_station.labels.read_back import as_picture
from gizqr_station.labels.template_files import TemplateShelf

SERIAL_QUIET_MODULES = 2
"""White around it on each side; ISO/IEC 16022 asks for one, and a mark with a black edge may stand beside it."""
_DATA_MATRIX = zxingcpp.BarcodeFormat.DataMatrix
_ONLY = zxingcpp.BarcodeFormats([_DATA_MATRIX])


def draw_serial_code(canvas: Image.Image, template: LabelTemplate, box: Box, dpi: int, label_serial: str) -> None:
    """A square Data Matrix in the middle of the box, whole dots a module; raises CodeDoesNotFit."""
    matrix = serial_matrix(label_serial)
    place = place_in_box(template, box, dpi, modules=len(matrix), quiet=SERIAL_QUIET_MODULES)
    if place is None:
        raise _does_not_fit(template, dpi, len(matrix))
    small = Image.new("L", (place.modules, place.modules), WHITE)
    small.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
    canvas.paste(small.resize((place.side, place.side), Image.Resampling.NEAREST), _at(place))


def serial_matrix(label_serial: str) -> list[list[bool]]:
    """The modules of the smallest square Data Matrix (ECC 200) that says this, without quiet zone."""
    code = zxingcpp.create_barcode(label_serial, _DATA_MATRIX, force_square=True)
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its type stub does not say
    rows: Any = memoryview(drawn).tolist()
    return [[module == 0 for module in row] for row in rows]


class SerialCodesOnLabels:
    """The SerialCodes of ``workflows.serial_codes``; any thread may ask."""

    def __init__(self, shelf: TemplateShelf) -> None:
        self._shelf = shelf

    def has_place(self, template: str) -> bool:
        """Whether a template has room for one; raises TemplateUnknown, TemplateInvalid."""
        return self._shelf.load(template).serial_code is not None

    def said_by(self, image: LabelImage) -> str:
        """The label serial that the dots say; empty where they hold no such code, or more than one."""
        return serial_in(as_picture(image))


def serial_in(picture: Image.Image) -> str:
    """The label serial that a small code in a picture says; empty where there is none, or more than one."""
    said = {code.text for code in zxingcpp.read_barcodes(picture, formats=_ONLY)}
    return said.pop() if len(said) == 1 and all(map(is_label_serial, said)) else ""


def _does_not_fit(template: LabelTemplate, dpi: int, modules: int) -> CodeDoesNotFit:
    return code_does_not_fit(template, dpi, modules + 2 * SERIAL_QUIET_MODULES)


def _at(place: CodePlace) -> tuple[int, int]:
    return place.x, place.y
