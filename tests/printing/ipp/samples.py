"""Labels and printers that the tests of this folder share."""

import random
from functools import cache

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Patience, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.printing.ipp.cups_queue import CupsQueue

QUICK = Patience(connect_s=1.0, stall_s=1.0, total_s=2.0, confirm_s=2.0)


def label(width: int = 320, height: int = 240) -> LabelImage:
    """40 x 30 mm at 203 dpi, a pattern."""
    rows = tuple(bytes((x * 7 + y * 13) % 251 for x in range(width // 8)) for y in range(height))
    return LabelImage(width, height, 203, rows)


@cache
def noise() -> LabelImage:
    """More than any buffer on the way holds (a sending kernel may keep 4 MB), for it does not compress."""
    made, stride, height = random.Random(7), 800, 9000
    return LabelImage(stride * 8, height, 203, tuple(made.randbytes(stride) for _ in range(height)))


def queue(name: str, language: Language = Language.ZPL, patience: Patience = QUICK) -> CupsQueue:
    address = PrinterAddress.parse(name if ":" in name else f"cups:{name}")
    return CupsQueue(PrinterConfig("bench", address, language, patience=patience))
