"""A label as ZPL: one picture of its very dots, so that no printer's fonts or code generator can change it.

Format: Zebra's ZPL II programming guide, ``^GF`` in one of three forms. Only ASCII, and nothing that a user typed: a
product name is dots like everything else.
"""

from dataclasses import dataclass

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.printing.languages.placing import Placed, place
from gizqr_station.printing.languages.zpl_graphic import GRAPHICS

LARGEST_GRAPHIC = 99_999
"""Bytes that one ^GF may count, before compression; larger labels go in bands."""

# What a printer keeps from one job to the next, whoever sent it: upright, not mirrored, not shifted. These, ^LH, ^PW
# and ^LL only hold for a label when they stand before its first ^FS, hence before the comment.
_UPRIGHT = "^PON^PMN^LS0^LH0,0"

_SENSING = {Sensing.GAP: "W", Sensing.MARK: "M", Sensing.CONTINUOUS: "N"}
_DARKEST = 30
_SLOWEST, _FASTEST = 1, 14
"""Of ^PR, inches a second."""


@dataclass(frozen=True, slots=True)
class ZplEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """A format without a field prints nothing.

        ^JZN: a label broken off by the end of the media is not printed again by the printer itself, which would be a
        label that nobody recorded. Darkness is ~SD and not ^MD: that one counts from a value set at the printer, which
        nobody here knows.
        """
        tuning = self.config.tuning
        darkness = "" if tuning.darkness is None else f"~SD{min(_DARKEST, max(0, tuning.darkness)):02d}"
        speed = "" if tuning.speed is None else f"^PR{min(_FASTEST, max(_SLOWEST, tuning.speed))}"
        return f"{darkness}^XA^JZN^MN{_SENSING[self.config.media.sensing]}{speed}^XZ\n".encode("ascii")

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """One format, ^XA to ^XZ. The job name is a comment in it, to tie bytes on their way to the ledger."""
        placed = place(self.config, image, job_name)
        size = f"^PW{placed.page_width}^LL{placed.page_height}"
        head = f"^XA{_UPRIGHT}{size}^FXjob {job_name}^FS\n".encode("ascii")
        return head + b"".join(self._bands(placed)) + b"^PQ1^XZ\n"

    def calibration(self) -> bytes | None:
        """~JC, which feeds some labels."""
        return None if self.config.media.sensing is Sensing.CONTINUOUS else b"~JC\n"

    def _bands(self, placed: Placed) -> list[bytes]:
        image = placed.image
        a_band = max(1, LARGEST_GRAPHIC // image.stride)
        tops = range(0, image.height, a_band)
        return [self._field(image.rows[top : top + a_band], placed.x, placed.y + top) for top in tops]

    def _field(self, rows: tuple[bytes, ...], x: int, y: int) -> bytes:
        stride, total = len(rows[0]), len(rows) * len(rows[0])
        head = f"^FO{x},{y}^GFA,{total},{total},{stride},".encode("ascii")
        return head + GRAPHICS[self.config.graphic](rows) + b"^FS\n"
