"""The test label: it shows what a printer does with it: its edges, its resolution, and a code that means nothing."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelFields, LabelImage, LabelTemplate
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.printer_setup_failures import LabelTooLarge
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.workflows.ports import Painter, ReadBack

_CONTENT = "GIZQR-TEST"
_LONGEST_NAME = 32
"""Bytes of the printer's name in the code, so that the code fits the smallest template at 203 dpi."""
_FRAME_MM = 0.125
_LONGEST_SIDE_MM = 200.0
"""Of a frame: nobody wants a metre of continuous media for a test."""
_ROUNDING_MM = 0.01


@dataclass(frozen=True, slots=True)
class TrialLabels:
    """What test labels are drawn with."""

    painter: Painter
    read_back: ReadBack
    templates: Callable[[], Sequence[LabelTemplate]]
    """The shipped ones."""
    line_template: str
    """What the line prints: it decides where a printer's settings do not say how large its labels are."""


def draw_trial(labels: TrialLabels, config: PrinterConfig) -> LabelImage:
    """The dots, decoded again; raises LabelTooLarge where no template fits the media, and what the painter raises."""
    template = _template(labels, config)
    content = harmless_content(config.name)
    width_mm, height_mm = _room(config)
    fields = LabelFields(
        content=content,
        identity=f"{width_mm or template.width_mm:g} x {height_mm or template.height_mm:g} mm",
        product_name=config.name,
        label_serial=f"{config.dpi} dpi",
        mark="TEST",
    )
    drawn = labels.painter.paint(template.name, config.dpi, fields)
    try:
        image = _framed(drawn, config)
        labels.read_back.require_content(image, content)
    except ReadBackDiffers:
        # An offset moves the frame inwards, and it may have come upon the code.
        labels.read_back.require_content(drawn, content)
        return drawn
    return image


def harmless_content(printer: str) -> str:
    """``GIZQR-TEST`` and the printer's name: no device, no command, and nothing that the App would bind.

    Only letters, digits and hyphens of the name are taken: with others it could spell a binding link.
    """
    plain = "".join(sign if sign.isalnum() else "-" for sign in printer)
    name = plain.encode()[:_LONGEST_NAME].decode(errors="ignore")
    content = f"{_CONTENT} {name}"
    scan = sort_scan(content)
    harmless = scan.what is ScanKind.CONTENT and scan.kind is ContentKind.OTHER and scan.text == content
    return content if harmless else _CONTENT


def _template(labels: TrialLabels, config: PrinterConfig) -> LabelTemplate:
    """The largest that fits what is loaded; the line's own where nobody said what is loaded."""
    shipped = labels.templates()
    width_mm, height_mm = _room(config)
    if not width_mm and not height_mm:
        for template in shipped:
            if template.name == labels.line_template:
                return template
    fitting = [template for template in shipped if _fits(template, width_mm, height_mm)]
    if not fitting:
        smallest = min(shipped, key=_area)
        label = f"{smallest.width_mm:g} x {smallest.height_mm:g} mm"
        raise LabelTooLarge(config.name, label, f"{width_mm:g} x {height_mm:g} mm")
    return min(fitting, key=_area) if not width_mm and not height_mm else max(fitting, key=_area)


def _room(config: PrinterConfig) -> tuple[float, float]:
    """Width and height of the loaded label as a label is drawn, in millimetres; 0 where nobody said."""
    media = config.media
    sides = media.width_mm, media.height_mm
    return (sides[1], sides[0]) if config.tuning.rotated else sides


def _fits(template: LabelTemplate, width_mm: float, height_mm: float) -> bool:
    wide = not width_mm or template.width_mm <= width_mm + _ROUNDING_MM
    return wide and (not height_mm or template.height_mm <= height_mm + _ROUNDING_MM)


def _area(template: LabelTemplate) -> float:
    return template.width_mm * template.height_mm


def _framed(image: LabelImage, config: PrinterConfig) -> LabelImage:
    """On a label as large as what is loaded, with a thin frame: what is missing of it the printer cannot reach.

    An offset moves the label on its media, so the frame stands as far inside, or it would be moved off.
    """
    pitch = HEAD_PITCH.get(config.dpi, config.dpi / MM_PER_INCH)
    width_mm, height_mm = _room(config)
    width = max(image.width, int(min(width_mm, _LONGEST_SIDE_MM) * pitch))
    height = max(image.height, int(min(height_mm, _LONGEST_SIDE_MM) * pitch))
    right, down = (math.ceil(abs(moved) * pitch) * (1 if moved > 0 else -1) for moved in _moved(config))
    across = range(max(0, -right), width - max(0, right))
    along = range(max(0, -down), height - max(0, down))
    thick = max(1, round(_FRAME_MM * pitch))
    stride = (width + 7) // 8
    rows = []
    for y in range(height):
        drawn = int.from_bytes(image.rows[y]) << (8 * (stride - image.stride)) if y < image.height else 0
        frame = _frame_row(y, across, along, thick) << (8 * stride - across.stop)
        rows.append((drawn | frame).to_bytes(stride))
    return LabelImage(width, height, image.dpi, tuple(rows))


def _frame_row(y: int, across: range, along: range, thick: int) -> int:
    """The dots of one row of a frame, as a number that ends at the frame's right edge."""
    if y not in along:
        return 0
    whole = (1 << len(across)) - 1
    if y - along.start < thick or along.stop - y <= thick:
        return whole
    return whole & ~(((1 << max(0, len(across) - 2 * thick)) - 1) << thick)


def _moved(config: PrinterConfig) -> tuple[float, float]:
    """How far a label is moved to its own right and down, in millimetres; a turned one has its right side below."""
    x_mm, y_mm = config.tuning.offset_x_mm, config.tuning.offset_y_mm
    return (y_mm, -x_mm) if config.tuning.rotated else (x_mm, y_mm)
