"""A label printer as a person sets it up, and what is known of its state; not how it is talked to."""

from dataclasses import dataclass, field
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_address import Connection, PrinterAddress


class Language(Enum):
    """What a printer is sent. The value is the word of settings and command line."""

    ZPL = "zpl"
    TSPL = "tspl"
    EPL2 = "epl2"
    ESCPOS = "escpos"
    BROTHER = "brother"
    PWG = "pwg"
    """PWG raster, what every IPP Everywhere printer takes: the very dots."""
    PNG = "png"
    PDF = "pdf"

    @property
    def is_document(self) -> bool:
        """Whether it is a document that a driver or an IPP printer understands; the others are label languages."""
        return self in _DOCUMENTS


_DOCUMENTS = frozenset({Language.PWG, Language.PNG, Language.PDF})
_LABEL_LANGUAGES = frozenset(Language) - _DOCUMENTS

SPOKEN_OVER: dict[Connection, frozenset[Language]] = {
    Connection.TCP: _LABEL_LANGUAGES,
    Connection.SERIAL: _LABEL_LANGUAGES,
    Connection.USB: _LABEL_LANGUAGES,
    Connection.IPP: _DOCUMENTS,
    # A raw queue takes label languages, a queue with a driver documents: which one it is, the server tells.
    Connection.CUPS: frozenset(Language) - {Language.PWG},
    Connection.WINDOWS: _LABEL_LANGUAGES,
    Connection.SYSTEM: frozenset({Language.PDF}),
    Connection.FILE: frozenset(Language),
}
"""Which languages make sense over which connection."""


RESOLUTIONS: dict[Language, tuple[int, ...]] = {
    Language.ZPL: (203, 300, 600),
    Language.TSPL: (203, 300, 600),
    Language.EPL2: (203, 300),
    Language.ESCPOS: (180, 203),
    Language.BROTHER: (180, 300, 360),
    Language.PWG: (180, 203, 300, 360, 600),
    Language.PNG: (180, 203, 300, 360, 600),
    Language.PDF: (180, 203, 300, 360, 600),
}
"""Of the heads that are sold, in dpi; any other is encoded all the same."""
ANY_RESOLUTION = tuple(sorted({dpi for heads in RESOLUTIONS.values() for dpi in heads}))


class Graphic(Enum):
    """How ZPL's ^GF carries the dots; old firmware and clones may not know the shorter ones."""

    Z64 = "z64"
    ACS = "acs"
    HEX = "hex"


class Sensing(Enum):
    """How the printer finds the beginning of a label."""

    GAP = "gap"
    MARK = "mark"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Media:
    """What is loaded, in millimetres. Zero width or height: as large as each label's own template."""

    width_mm: float = 0.0
    height_mm: float = 0.0
    sensing: Sensing = Sensing.GAP
    gap_mm: float = 2.0
    """Of the gap between two labels, or of the black mark."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a label is put on the media. None leaves the printer's own setting."""

    darkness: int | None = None
    """0 to 30 on ZPL's scale; each language brings it to its own."""
    speed: int | None = None
    """Inches a second."""
    offset_x_mm: float = 0.0
    """To the right."""
    offset_y_mm: float = 0.0
    """Down, along the feed."""
    rotated: bool = False
    """A quarter turn clockwise, for media that is narrower than the label is wide."""


class Asking(Enum):
    """Whether a printer is asked for its state."""

    AUTO = "auto"
    """Once it has answered, its silence counts as a fault; until then as nothing."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Patience:
    """Time limits in seconds; every wait has one."""

    connect_s: float = 3.0
    stall_s: float = 10.0
    """Without a single byte being taken."""
    total_s: float = 20.0
    """For all of a label's bytes."""
    confirm_s: float = 10.0
    """After the last byte, for a printer that reports to say that the label is out."""


@dataclass(frozen=True, slots=True)
class PrinterConfig:
    """Everything about one printer; two that are equal print alike."""

    name: str
    address: PrinterAddress
    language: Language = Language.ZPL
    dpi: int = 203
    model: str = ""
    """For Brother: the model, which says how wide its head is."""
    media: Media = field(default_factory=Media)
    tuning: Tuning = field(default_factory=Tuning)
    graphic: Graphic = Graphic.Z64
    asking: Asking = Asking.AUTO
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What is known of a printer between two labels."""

    failure: Failure | None = None
    """Why no label can be printed now."""
    warning: Failure | None = None
    """What will stop it before long."""
    told: bool = False
    """The printer itself said so. Otherwise it is only known that something takes bytes at its address."""
    said: str = ""
    """What it answered, in codes or words, for the log and the printers page."""

    @property
    def ready(self) -> bool:
        """Whether a label may be sent."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """Something that looks like a printer and could be set up."""

    address: PrinterAddress
    says: str
    """What it calls itself: make and model, the queue's description."""
    language: Language | None = None
    """What it most probably understands, where that can be told."""
    dpi: int | None = None
    media: Media | None = None
    model: str = ""
    """For Brother: as PrinterConfig wants it."""
