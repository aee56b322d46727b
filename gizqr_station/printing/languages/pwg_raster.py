"""A label as PWG raster, what every IPP Everywhere printer takes: the page's very dots, one bit each.

Format: PWG 5102.4-2012, one page of ``black_1``. Nothing is scaled anywhere: the resolution is the head's own.
"""

import itertools
import struct
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.printing.languages.placing import place
from gizqr_station.printing.languages.runs import packed_as_pwg

_SYNC = b"RaS2"
_HEADER_BYTES = 1796
_POINTS_PER_INCH = 72
_DEVICE_BLACK = 3
"""The ColorSpace of black_1: 1 is black."""
_MOST_EQUAL_ROWS = 256


@dataclass(frozen=True, slots=True)
class PwgEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """A document sets up nothing."""
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """A stream of one page."""
        page = place(self.config, image, job_name).page
        pitch = HEAD_PITCH[page.dpi]
        media = self.config.media
        # What the printer calls its media, where that is known, for dots are never as many as the millimetres want.
        width_mm = media.width_mm or page.width / pitch
        height_mm = (
            page.height / pitch if media.sensing is Sensing.CONTINUOUS else media.height_mm or page.height / pitch
        )
        return _SYNC + _header(page, width_mm, height_mm) + _rows(page)

    def calibration(self) -> bytes | None:
        """Has none."""
        return None


def _header(page: LabelImage, width_mm: float, height_mm: float) -> bytes:
    """Big-endian numbers and zero-ended texts at fixed places; what is left to the printer or reserved is 0."""
    points = [round(side_mm / MM_PER_INCH * _POINTS_PER_INCH) for side_mm in (width_mm, height_mm)]
    numbers: dict[int, tuple[int, ...]] = {
        276: (page.dpi, page.dpi),  # HWResolution
        340: (1,),  # NumCopies
        352: tuple(points),  # PageSize
        372: (page.width, page.height),  # Width, Height
        384: (1, 1, page.stride),  # BitsPerColor, BitsPerPixel, BytesPerLine
        400: (_DEVICE_BLACK,),  # ColorSpace
        420: (1,),  # NumColors
        452: (1, 1, 1),  # TotalPageCount, CrossFeedTransform, FeedTransform
    }
    width, height = (f"{side_mm:.2f}".rstrip("0").rstrip(".") for side_mm in (width_mm, height_mm))
    size_name = f"custom_label_{width}x{height}mm"
    header = bytearray(_HEADER_BYTES)
    for at, values in numbers.items():
        struct.pack_into(f">{len(values)}I", header, at, *values)
    for at, text in ((0, "PwgRaster"), (1732, size_name)):
        struct.pack_into(">64s", header, at, text.encode("ascii"))
    return bytes(header)


def _rows(page: LabelImage) -> bytes:
    """Equal rows stand once, behind how often they come less one."""
    written = bytearray()
    for row, group in itertools.groupby(page.rows):
        left = len(list(group))
        while left:
            equal = min(left, _MOST_EQUAL_ROWS)
            written += bytes([equal - 1]) + packed_as_pwg(row)
            left -= equal
    return bytes(written)
