"""A label as ESC/POS, for receipt printers that a technician may have with labels in them: ``GS v 0`` in slices.

Commands: Epson's "ESC/POS Command Reference". Here 1 is black. Density and speed have no command that every printer
knows, and an unknown one is printed as letters, so neither is sent.
"""

from dataclasses import dataclass

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterConfig, Sensing
from gizqr_station.printing.languages.placing import dots, place

SLICE_ROWS = 128
"""At once: printers with small buffers print taller pictures with stripes or as garbage; Epson's reference for the
TM-L90 names 59 to 246 rows as the fastest."""

_INITIALISE = b"\x1b@"
_RASTER = b"\x1dv0\x00"
_LARGEST_FEED = 255
_CUT = b"\x1dVB\x00"
"""Feed to the cutter and cut, leaving one point uncut."""
_TO_NEXT_LABEL = b"\x1d\x0c"


@dataclass(frozen=True, slots=True)
class EscposEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """Nothing: each label begins with a reset."""
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """Reset, the dots, and on to the next label."""
        drawn = place(self.config, image, job_name).from_corner
        tops = range(0, drawn.height, SLICE_ROWS)
        slices = [_slice(drawn.stride, drawn.rows[top : top + SLICE_ROWS]) for top in tops]
        return _INITIALISE + b"".join(slices) + self._after()

    def calibration(self) -> bytes | None:
        """Has none."""
        return None

    def _after(self) -> bytes:
        """With gaps or marks GS FF goes to where the next label begins.

        Without, what lies between two labels is fed, then cut; a printer that has no cutter feeds to its tear bar.
        """
        if self.config.media.sensing is not Sensing.CONTINUOUS:
            return _TO_NEXT_LABEL
        rows = max(0, dots(self.config.media.gap_mm, self.config.dpi))
        whole, rest = divmod(rows, _LARGEST_FEED)
        feeds = [_LARGEST_FEED] * whole + [rest] * bool(rest)
        return b"".join(b"\x1bJ" + bytes([feed]) for feed in feeds) + _CUT


def _slice(stride: int, rows: tuple[bytes, ...]) -> bytes:
    return _RASTER + stride.to_bytes(2, "little") + len(rows).to_bytes(2, "little") + b"".join(rows)
