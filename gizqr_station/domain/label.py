"""A label: the template that says where things go, and the dots that come of it."""

import hashlib
from dataclasses import dataclass, field
from enum import Enum

MM_PER_INCH = 25.4

# What print heads really have (dots a millimetre): "300 dpi" is 11.811, not 12, or the label runs over by 1.6 %.
# 180 and 360 are tape printers and some receipt printers.
HEAD_PITCH = {180: 180 / MM_PER_INCH, 203: 8.0, 300: 300 / MM_PER_INCH, 360: 360 / MM_PER_INCH, 600: 600 / MM_PER_INCH}


class TextSource(Enum):
    """What a text element shows."""

    IDENTITY = "identity"
    PRODUCT_NAME = "product_name"
    LABEL_SERIAL = "label_serial"
    MARK = "mark"
    """``TEST``, the revision ``R1``, or nothing."""
    FIXED = "fixed"


class Align(Enum):
    """Where a text stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the label, in millimetres from its upper left corner."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class QrElement:
    """The code: as large as whole dots a module allow in the box, with four modules of quiet zone inside it."""

    box: Box
    level: str = "M"
    """Error correction: L, M, Q or H."""


@dataclass(frozen=True, slots=True)
class TextElement:
    """A text, as large as asked for, shrunk to its box down to the smallest readable size.

    A product name breaks into as many lines as its box is high.
    """

    box: Box
    source: TextSource
    height_mm: float
    """Height of a capital letter."""
    align: Align = Align.LEFT
    bold: bool = False
    inverse: bool = False
    """White on black, for marks that must be seen."""
    text: str = ""
    """For FIXED."""


@dataclass(frozen=True, slots=True)
class LabelTemplate:
    """Size and elements, the same for every resolution."""

    name: str
    width_mm: float
    height_mm: float
    qr: QrElement
    texts: tuple[TextElement, ...] = ()
    serial_code: Box | None = None
    """Where labels that replace another one carry their label serial as a small Data Matrix; None: no room for it."""


@dataclass(frozen=True, slots=True)
class LabelFields:
    """What is written on one label."""

    content: str
    """Of the QR code."""
    identity: str
    """In human-readable form."""
    product_name: str
    label_serial: str
    mark: str = ""
    serial_code: bool = False
    """Whether the label serial stands there as a small code too, where the template has a place for it."""


@dataclass(frozen=True, slots=True)
class LabelImage:
    """The dots themselves, one bit each: preview, read-back, printer and ledger all get this same object."""

    width: int
    height: int
    dpi: int
    rows: tuple[bytes, ...]
    """A row is ``ceil(width / 8)`` bytes, most significant bit leftmost, 1 = black, padding bits 0."""
    digest: str = field(init=False)
    """SHA-256 of size, resolution and dots, in hexadecimal."""

    def __post_init__(self) -> None:
        """Check the shape once, so that no encoder has to."""
        stride = self.stride
        if len(self.rows) != self.height or set(map(len, self.rows)) - {stride}:
            raise ValueError(f"{self.width}x{self.height} needs {self.height} rows of {stride} bytes")
        padding = (1 << (stride * 8 - self.width)) - 1
        if padding and any(row[-1] & padding for row in self.rows):
            raise ValueError("padding bits must be 0")
        object.__setattr__(self, "digest", digest_of_dots(self.width, self.height, self.dpi, b"".join(self.rows)))

    @property
    def stride(self) -> int:
        """Bytes a row."""
        return (self.width + 7) // 8

    @property
    def packed(self) -> bytes:
        """All rows one after the other."""
        return b"".join(self.rows)

    @classmethod
    def from_packed(cls, width: int, height: int, dpi: int, packed: bytes) -> "LabelImage":
        """The inverse of ``packed``."""
        stride = (width + 7) // 8
        rows = tuple(packed[at : at + stride] for at in range(0, len(packed), stride))
        return cls(width, height, dpi, rows)


def digest_of_dots(width: int, height: int, dpi: int, packed: bytes) -> str:
    """What an image is known by: SHA-256 of size in dots, resolution and packed rows, in hexadecimal."""
    seen = hashlib.sha256(f"{width}x{height}@{dpi}:".encode())
    seen.update(packed)
    return seen.hexdigest()
