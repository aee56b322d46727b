"""From millimetres to whole dots: where the code and the texts stand on a print head of some resolution.

Pure arithmetic. A module of the code is always a whole number of dots, because a head has no half dots and a
resampled code has modules of uneven width.
"""

import math
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, Box, LabelTemplate
from gizqr_station.domain.label_failures import CodeDoesNotFit, ResolutionUnknown
from gizqr_station.labels.template_files import SMALLEST_CAPITAL_MM

QUIET_MODULES = 4
"""White around the code on each side (ISO/IEC 18004)."""
SMALLEST_MODULE_DOTS = 2
SMALLEST_MODULE_MM = 0.25
"""What a standard hand scanner resolves."""
SMALLEST_CAPITAL_DOTS = 8

# 26.5 mm at 8 dots a millimetre are 212 dots, whatever floating point makes of it.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in dots from the label's upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where the dark square of the code starts, in dots, and how large a module is."""

    x: int
    y: int
    module: int
    """Dots a module."""
    modules: int
    """Modules a side, without quiet zone."""

    @property
    def side(self) -> int:
        """Of the dark square, in dots."""
        return self.module * self.modules


def head_pitch(dpi: int) -> float:
    """Dots a millimetre of a head of this resolution; raise ResolutionUnknown."""
    try:
        return HEAD_PITCH[dpi]
    except KeyError:
        raise ResolutionUnknown(dpi) from None


def label_size(template: LabelTemplate, dpi: int) -> tuple[int, int]:
    """Width and height in dots, to the nearest dot."""
    pitch = head_pitch(dpi)
    return round(template.width_mm * pitch), round(template.height_mm * pitch)


def place_box(template: LabelTemplate, box: Box, dpi: int) -> Place:
    """The whole dots inside a box: never a dot outside it, nor outside the label."""
    pitch = head_pitch(dpi)
    width, height = label_size(template, dpi)
    left = math.ceil(box.x_mm * pitch - _ROUNDING)
    top = math.ceil(box.y_mm * pitch - _ROUNDING)
    right = min(width, math.floor((box.x_mm + box.width_mm) * pitch + _ROUNDING))
    bottom = min(height, math.floor((box.y_mm + box.height_mm) * pitch + _ROUNDING))
    return Place(left, top, max(0, right - left), max(0, bottom - top))


def place_code(template: LabelTemplate, dpi: int, modules: int) -> CodePlace:
    """The largest whole-dot modules that leave four modules of quiet zone in the box, in the middle of it.

    Raises CodeDoesNotFit when a module would have less than two dots or less than a quarter of a millimetre.
    """
    placed = place_in_box(template, template.qr.box, dpi, modules=modules, quiet=QUIET_MODULES)
    if placed is None:
        raise does_not_fit(template, dpi, modules)
    return placed


def place_in_box(template: LabelTemplate, box: Box, dpi: int, *, modules: int, quiet: int) -> CodePlace | None:
    """The largest whole-dot modules that leave so many quiet modules inside a box, in the middle of it.

    None when a module would have less than two dots or less than a quarter of a millimetre.
    """
    place = place_box(template, box, dpi)
    module = min(place.width, place.height) // (modules + 2 * quiet)
    if module < smallest_module(dpi):
        return None
    side = module * modules
    return CodePlace(place.x + (place.width - side) // 2, place.y + (place.height - side) // 2, module, modules)


def does_not_fit(template: LabelTemplate, dpi: int, modules: int) -> CodeDoesNotFit:
    """The failure for a code of so many modules a side, with the side in millimetres that it would need."""
    return code_does_not_fit(template, dpi, modules + 2 * QUIET_MODULES)


def code_does_not_fit(template: LabelTemplate, dpi: int, whole_side: int) -> CodeDoesNotFit:
    """The same for so many modules a side with their quiet zone."""
    # One dot more than the code needs, for a box that does not begin on a dot; then up to a tenth of a millimetre.
    needed_mm = (whole_side * smallest_module(dpi) + 1) / head_pitch(dpi)
    return CodeDoesNotFit(template.name, dpi, whole_side, math.ceil(needed_mm * 10) / 10)


def smallest_module(dpi: int) -> int:
    """The fewest dots a module may have on this head."""
    return max(SMALLEST_MODULE_DOTS, math.ceil(SMALLEST_MODULE_MM * head_pitch(dpi) - _ROUNDING))


def capital_dots(capital_mm: float, dpi: int) -> int:
    """The height of a capital letter, to the nearest dot and never below what can be read."""
    return max(smallest_capital(dpi), round(capital_mm * head_pitch(dpi)))


def smallest_capital(dpi: int) -> int:
    """The fewest dots a capital letter may be high on this head."""
    return max(SMALLEST_CAPITAL_DOTS, math.ceil(SMALLEST_CAPITAL_MM * head_pitch(dpi) - _ROUNDING))
