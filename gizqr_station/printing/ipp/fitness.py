"""Whether an IPP printer can put this page on what is loaded, asked before a byte of it goes out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.domain.printer_setup_failures import FormatRefused, LabelTooLarge, MediaDiffers
from gizqr_station.printing.ipp.messages import Attributes, Said, Tag

FORMATS = {Language.PWG: "image/pwg-raster", Language.PNG: "image/png", Language.PDF: "application/pdf"}
ASKED = (
    "document-format-supported",
    "job-creation-attributes-supported",
    "copies-supported",
    "print-scaling-supported",
    "media-col-supported",
    "media-ready",
    "media-col-ready",
    "media-top-margin-supported",
    "media-bottom-margin-supported",
    "media-left-margin-supported",
    "media-right-margin-supported",
    "printer-resolution-supported",
    "pwg-raster-document-resolution-supported",
)
"""What of a printer is looked at here."""

_TOLERANCE_MM = 1.0
"""Label stock is sold, and named, to the millimetre."""
_DOTS_PER_INCH, _DOTS_PER_CM = 3, 4
# PWG 5101.1, self-describing names: om_40x30mm_40x30mm, oe_2x1-label_2x1in, custom_…_50x30mm
_SIZE_IN_NAME = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$", re.ASCII)
_SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True)
class Size:
    """In millimetres."""

    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        return f"{self.width_mm:g} x {self.height_mm:g} mm"

    def is_near(self, other: "Size") -> bool:
        """The same stock."""
        return (
            abs(self.width_mm - other.width_mm) <= _TOLERANCE_MM
            and abs(self.height_mm - other.height_mm) <= _TOLERANCE_MM
        )

    def fits(self, room: "Size") -> bool:
        """Whether it is no larger."""
        return self.width_mm <= room.width_mm + _TOLERANCE_MM and self.height_mm <= room.height_mm + _TOLERANCE_MM


def page_size(width_dots: int, height_dots: int, dpi: int) -> Size:
    """Of a page in dots of this head, to a tenth of a millimetre."""
    pitch = HEAD_PITCH.get(dpi, dpi / MM_PER_INCH)
    return Size(round(width_dots / pitch, 1), round(height_dots / pitch, 1))


def require_fit(config: PrinterConfig, told: Attributes, page: Size, job: int, *, knows_its_media: bool) -> None:
    """Raise FormatRefused, PrinterUnsuitable, LabelTooLarge or MediaDiffers; what the printer does not tell, fits.

    A print server calls ready whatever its driver begins with, so it does not know what is loaded.
    """
    formats = told.texts("document-format-supported")
    if formats and FORMATS[config.language] not in formats:
        raise FormatRefused(config.name, FORMATS[config.language], ", ".join(formats))
    resolutions = _resolutions(config, told)
    if resolutions and config.dpi not in resolutions:
        raise PrinterUnsuitable(job, config.name, config.dpi, min(resolutions))
    loaded = sizes_loaded(told) if knows_its_media else ()
    if not loaded or any(page.is_near(size) for size in loaded):
        return
    shown = ", ".join(str(size) for size in loaded)
    if not any(page.fits(size) for size in loaded):
        raise LabelTooLarge(config.name, str(page), shown)
    raise MediaDiffers(config.name, str(page), shown)


def sizes_loaded(told: Attributes) -> tuple[Size, ...]:
    """Of what is in the printer's trays or on its roll now; empty where it does not tell."""
    found: list[Size] = []
    for media in told.several("media-col-ready"):
        size = media.get("media-size") if isinstance(media, Mapping) else None
        if isinstance(size, Mapping):
            width, height = size.get("x-dimension"), size.get("y-dimension")
            # On a roll without labels the length is a range: any length fits, so nothing can be said.
            if isinstance(width, int) and isinstance(height, int):
                found.append(Size(width / 100, height / 100))
            else:
                return ()
    if not found:
        for name in told.texts("media-ready"):
            match = _SIZE_IN_NAME.search(name)
            if match is None or name.startswith(("roll_", "custom_max", "custom_min")):
                return ()
            unit = MM_PER_INCH if match[3] == "in" else 1.0
            found.append(Size(round(float(match[1]) * unit, 1), round(float(match[2]) * unit, 1)))
    return tuple(dict.fromkeys(found))


def about_the_page(told: Attributes, page: Size) -> Iterator[Said]:
    """Job attributes that keep the dots as they are, as far as it knows them: one copy, no scaling, this media."""
    known = set(told.texts("job-creation-attributes-supported"))
    if "copies" in known or "copies-supported" in told:
        yield Said("copies", Tag.INTEGER, 1)
    if "none" in told.texts("print-scaling-supported"):
        yield Said("print-scaling", Tag.KEYWORD, "none")
    members = told.texts("media-col-supported")
    if "media-size" in members:
        hundredths = round(page.width_mm * 100), round(page.height_mm * 100)
        size = tuple(
            Said(name, Tag.INTEGER, length)
            for name, length in zip(("x-dimension", "y-dimension"), hundredths, strict=True)
        )
        margins = tuple(
            Said(f"media-{side}-margin", Tag.INTEGER, 0)
            for side in _SIDES
            if f"media-{side}-margin" in members and 0 in told.several(f"media-{side}-margin-supported")
        )
        yield Said("media-col", Tag.BEGIN_COLLECTION, (Said("media-size", Tag.BEGIN_COLLECTION, size), *margins))


def _resolutions(config: PrinterConfig, told: Attributes) -> frozenset[int]:
    """In dots an inch, where both directions are the same; empty where it does not tell."""
    name = "printer-resolution-supported"
    if config.language is Language.PWG and "pwg-raster-document-resolution-supported" in told:
        name = "pwg-raster-document-resolution-supported"
    found = set()
    for value in told.several(name):
        match value:
            case (int(across), int(down), int(unit)) if across == down:
                found.add(round(across * MM_PER_INCH / 10) if unit == _DOTS_PER_CM else across)
    return frozenset(found)
