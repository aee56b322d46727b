"""A label as EPL2, the page language of older Zebra and Eltron printers: one ``GW``.

Commands and ranges: Zebra's "EPL Programming Guide" (14245L). In a ``GW`` 0 is black, as CUPS's own driver writes it.
"""

from dataclasses import dataclass

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.printing.languages.dots import inverted_rows
from gizqr_station.printing.languages.placing import dots, place

HEAD_DOTS = {203: 832, 300: 1248}
"""Of the widest printers, four inches; no image is wider."""

_GAP_DOTS = {203: (16, 240), 300: (18, 240)}
_DENSEST = 15
_SLOWEST, _FASTEST = 1, 6
"""Of ``S``, whose meaning differs from model to model; the fast ones count inches a second."""


@dataclass(frozen=True, slots=True)
class Epl2Encoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """Density, brought from 0..30 to 0..15, and speed; empty when the printer's own are to hold."""
        tuning = self.config.tuning
        density = None if tuning.darkness is None else f"D{min(_DENSEST, (max(0, tuning.darkness) + 1) // 2)}"
        speed = None if tuning.speed is None else f"S{min(_FASTEST, max(_SLOWEST, tuning.speed))}"
        lines = [line for line in (density, speed) if line is not None]
        return _lines(["", *lines]) if lines else b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """The page, the dots, and one label.

        No ``R``: sent after ``q`` it undoes the margins with which ``q`` puts narrow media in the middle of the head;
        an ``R`` of an earlier job is undone by ``q``. So ``GW`` itself says where the dots go.
        """
        placed = place(self.config, image, job_name, HEAD_DOTS.get(self.config.dpi))
        cut = placed.image
        # Bytes are whole: the width goes up to the next eight dots, or the padding would be beyond it.
        width = 8 * ((max(placed.page_width, placed.x + 8 * cut.stride) + 7) // 8)
        # An empty line first: whatever an earlier connection left half sent ends there.
        before = _lines(["", "N", f"q{width}", f"Q{placed.page_height},{self._sensing()}"])
        graphic = f"GW{placed.x},{placed.y},{cut.stride},{cut.height},".encode("ascii")
        return before + graphic + b"".join(inverted_rows(cut)) + b"\n" + _lines(["P1"])

    def calibration(self) -> bytes | None:
        """``xa``, AutoSense, which feeds some labels; it finds gaps only."""
        return _lines(["", "xa"]) if self.config.media.sensing is Sensing.GAP else None

    def _sensing(self) -> str:
        media = self.config.media
        if media.sensing is Sensing.CONTINUOUS:
            return "0"
        least, most = _GAP_DOTS.get(self.config.dpi, _GAP_DOTS[203])
        between = min(most, max(least, dots(media.gap_mm, self.config.dpi)))
        return f"B{between}+0" if media.sensing is Sensing.MARK else f"{between}"


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")
