"""A label as TSPL, the language of TSC and of most printers that came after: one ``BITMAP`` in text commands.

Commands and ranges: TSC's "TSPL/TSPL2 Programming Language". In a ``BITMAP`` 0 is black: getting it backwards prints a
solid black label.
"""

import math
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, LabelImage
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.printing.languages.dots import inverted_rows
from gizqr_station.printing.languages.placing import Placed, place

_DENSEST = 15
_SLOWEST, _FASTEST = 1, 18
"""Inches a second, over all models."""


@dataclass(frozen=True, slots=True)
class TsplEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """DENSITY, brought from 0..30 to 0..15, and SPEED; empty when the printer's own are to hold."""
        tuning = self.config.tuning
        density = None if tuning.darkness is None else min(_DENSEST, (max(0, tuning.darkness) + 1) // 2)
        speed = None if tuning.speed is None else min(_FASTEST, max(_SLOWEST, tuning.speed))
        lines = [f"{word} {value}" for word, value in (("DENSITY", density), ("SPEED", speed)) if value is not None]
        return _lines(lines)

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """The page, what an earlier job may have moved or turned, the dots, and one label."""
        placed = place(self.config, image, job_name)
        before = [
            # An empty line first: whatever an earlier connection left half sent ends there.
            "",
            self._size(placed),
            self._sensing(),
            "DIRECTION 0,0",
            f"REFERENCE {placed.x},{placed.y}",
            "SHIFT 0",
            "CLS",
        ]
        cut = placed.image
        bitmap = f"BITMAP 0,0,{cut.stride},{cut.height},0,".encode("ascii") + b"".join(inverted_rows(cut)) + b"\r\n"
        return _lines(before) + bitmap + _lines(["PRINT 1,1"])

    def calibration(self) -> bytes | None:
        """Measures gap or mark, which feeds some labels."""
        match self.config.media.sensing:
            case Sensing.GAP:
                return _lines(["GAPDETECT"])
            case Sensing.MARK:
                return _lines(["BLINEDETECT"])
            case Sensing.CONTINUOUS:
                return None

    def _size(self, placed: Placed) -> str:
        # Rounded up: a printer that cuts its dots off towards zero keeps the last one.
        pitch = HEAD_PITCH[self.config.dpi]
        width, height = (
            math.ceil(round(side / pitch * 100, 6)) / 100 for side in (placed.page_width, placed.page_height)
        )
        return f"SIZE {width:g} mm,{height:g} mm"

    def _sensing(self) -> str:
        media = self.config.media
        match media.sensing:
            case Sensing.GAP:
                return f"GAP {media.gap_mm:g} mm,0 mm"
            case Sensing.MARK:
                return f"BLINE {media.gap_mm:g} mm,0 mm"
            case Sensing.CONTINUOUS:
                return "GAP 0 mm,0 mm"


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
