"""Brother's label printers and what can be loaded into them, as tables.

Sources: Brother's "Raster Command Reference" of QL-500/550/560/570/580N/650TD/700/1050/1060N, QL-600/710W/720NW,
QL-800/810W/820NWB, QL-1100/1110NWB/1115NWB, PT-H500/P700/E500 and PT-E550W/P750W/P710BT. Read there: resolutions, the
``ESC i`` commands and their bits, which model lacks which, the invalidate of 100, 200 and 350 bytes, and packing. Pins
and rows of the media come from tables that others made from these references; another program, with users of its own,
makes the same rows byte for byte for all QL media, for tape of 12, 18 and 24 mm under 128 pins, and of 18 and 36 mm
under 560.

Not verified, for want of a printer: 400 bytes of invalidate for the QL-800 family and 200 for the PT-P900 family, that
the PT-P900 family wants no ``ESC i A``, and the other tapes. P-touch rows begin with ``G``, as other programs send
them, though the reference of the PT-P700 writes ``g``. Two-colour rolls (DK-22251) are refused by the printer.
"""

from dataclasses import dataclass, replace
from enum import Enum


class Packing(Enum):
    """What a model is told about the compression of its rows."""

    UNKNOWN = b""
    """It has no such command: rows are sent as they are."""
    NONE = b"M\x00"
    TIFF = b"M\x02"


@dataclass(frozen=True, slots=True)
class BrotherMedia:
    """One kind of label or tape; lengths along the feed are 0 where it has no end."""

    width_mm: float
    length_mm: float
    pins: int
    """Across, that can print."""
    right_pins: int
    """That cannot, before the first that can: the head begins at the right edge."""
    rows: int = 0
    """Along, that can be printed; a die-cut label must have exactly these."""
    told_length_mm: int | None = None
    """What the printer calls it, where that is another number than the box says."""


@dataclass(frozen=True, slots=True)
class BrotherModel:
    """What differs from model to model."""

    name: str
    dpi: int
    head_pins: int
    invalidate_bytes: int
    packing: Packing
    media: tuple[BrotherMedia, ...]
    raster_mode: bool = True
    """Whether it has several command modes, and must be told that raster follows."""
    cuts: bool = True
    cut_each: bool = True
    """Whether it can be told to cut every so many labels."""
    cut_at_end: bool = True
    is_tape: bool = False
    """P-touch: tape in cassettes, another way to begin rows, other flags."""
    margin_dots: int = 35
    """Fed before and after a label on continuous media, 3 mm or on tape 2 mm; die-cut labels have none."""


_DK = (
    BrotherMedia(12, 0, 106, 29),
    BrotherMedia(29, 0, 306, 6),
    BrotherMedia(38, 0, 413, 12),
    BrotherMedia(50, 0, 554, 12),
    BrotherMedia(54, 0, 590, 0),
    BrotherMedia(62, 0, 696, 12),
    BrotherMedia(17, 54, 165, 0, 566),
    BrotherMedia(17, 87, 165, 0, 956),
    # Across, one table says 236 and another 202: the narrower area prints on both accounts.
    BrotherMedia(23, 23, 202, 42, 202),
    BrotherMedia(29, 42, 306, 6, 425),
    BrotherMedia(29, 90, 306, 6, 991),
    BrotherMedia(38, 90, 413, 12, 991),
    BrotherMedia(39, 48, 425, 6, 495),
    BrotherMedia(52, 29, 578, 0, 271),
    BrotherMedia(62, 29, 696, 12, 271),
    BrotherMedia(62, 100, 696, 12, 1109),
    # Round ones.
    BrotherMedia(12, 12, 94, 113, 94),
    BrotherMedia(24, 24, 236, 42, 236),
    BrotherMedia(58, 58, 618, 51, 618),
)
"""For heads of 720 pins."""

_WIDER_RIGHT_PINS = 44
"""By which media stands farther from the first pin under the heads of 1,296 pins."""

_DK_102 = (
    BrotherMedia(102, 0, 1164, 12),
    BrotherMedia(102, 51, 1164, 12, 526),
    BrotherMedia(102, 152, 1164, 12, 1660, told_length_mm=153),
)

_DK_WIDE = tuple(replace(one, right_pins=one.right_pins + _WIDER_RIGHT_PINS) for one in (*_DK, *_DK_102))

_TZE = (
    BrotherMedia(3.5, 0, 24, 52),
    BrotherMedia(6, 0, 32, 48),
    BrotherMedia(9, 0, 50, 39),
    BrotherMedia(12, 0, 70, 29),
    BrotherMedia(18, 0, 112, 8),
    BrotherMedia(24, 0, 128, 0),
)
"""For heads of 128 pins."""

_TZE_WIDE = (
    BrotherMedia(3.5, 0, 48, 264),
    BrotherMedia(6, 0, 64, 256),
    BrotherMedia(9, 0, 106, 235),
    BrotherMedia(12, 0, 150, 213),
    BrotherMedia(18, 0, 234, 171),
    BrotherMedia(24, 0, 320, 128),
    BrotherMedia(36, 0, 454, 61),
)
"""For heads of 560 pins."""


def _ql(name: str, invalidate_bytes: int, packing: Packing) -> BrotherModel:
    return BrotherModel(name, 300, 720, invalidate_bytes, packing, _DK)


def _ql_old(name: str, *, cuts: bool = True, cut_each: bool = True) -> BrotherModel:
    return replace(
        _ql(name, 200, Packing.UNKNOWN), raster_mode=False, cuts=cuts, cut_each=cut_each, cut_at_end=cut_each
    )


def _ql_wide(name: str) -> BrotherModel:
    return BrotherModel(name, 300, 1296, 350, Packing.NONE, _DK_WIDE)


def _pt(name: str, *, cut_each: bool = True) -> BrotherModel:
    return BrotherModel(name, 180, 128, 100, Packing.TIFF, _TZE, cut_each=cut_each, is_tape=True, margin_dots=14)


def _pt_wide(name: str) -> BrotherModel:
    return BrotherModel(name, 360, 560, 200, Packing.TIFF, _TZE_WIDE, cut_each=False, is_tape=True, margin_dots=28)


MODELS = (
    _ql_old("QL-500", cuts=False, cut_each=False),
    _ql_old("QL-550", cut_each=False),
    _ql_old("QL-560", cut_each=False),
    _ql_old("QL-570"),
    _ql("QL-600", 200, Packing.UNKNOWN),
    _ql_old("QL-700"),
    _ql("QL-710W", 200, Packing.TIFF),
    _ql("QL-720NW", 200, Packing.TIFF),
    _ql("QL-800", 400, Packing.UNKNOWN),
    _ql("QL-810W", 400, Packing.TIFF),
    _ql("QL-820NWB", 400, Packing.TIFF),
    _ql_wide("QL-1100"),
    _ql_wide("QL-1110NWB"),
    _pt("PT-P700", cut_each=False),
    _pt("PT-P710BT", cut_each=False),
    _pt("PT-P750W"),
    _pt("PT-E550W"),
    _pt_wide("PT-P900"),
    _pt_wide("PT-P900W"),
    _pt_wide("PT-P950NW"),
)


def model_called(name: str) -> BrotherModel | None:
    """In any notation: ``QL-820NWB``, ``Brother QL 820NWBc``. A ``c`` at the end is the same printer newly boxed."""
    asked = _plain(name).removeprefix("BROTHER")
    return next((model for model in MODELS if asked in {_plain(model.name), _plain(model.name) + "C"}), None)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.upper() if sign.isalnum())
