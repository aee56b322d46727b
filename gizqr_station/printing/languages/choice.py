"""The encoder for a printer."""

from collections.abc import Callable

from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.printing.languages.brother import BrotherEncoder
from gizqr_station.printing.languages.encoder import Encoder
from gizqr_station.printing.languages.epl2 import Epl2Encoder
from gizqr_station.printing.languages.escpos import EscposEncoder
from gizqr_station.printing.languages.pdf import PdfEncoder
from gizqr_station.printing.languages.png import PngEncoder
from gizqr_station.printing.languages.pwg_raster import PwgEncoder
from gizqr_station.printing.languages.tspl import TsplEncoder
from gizqr_station.printing.languages.zpl import ZplEncoder

_ENCODERS: dict[Language, Callable[[PrinterConfig], Encoder]] = {
    Language.ZPL: ZplEncoder,
    Language.TSPL: TsplEncoder,
    Language.EPL2: Epl2Encoder,
    Language.ESCPOS: EscposEncoder,
    Language.BROTHER: BrotherEncoder,
    Language.PWG: PwgEncoder,
    Language.PNG: PngEncoder,
    Language.PDF: PdfEncoder,
}


def encoder_for(config: PrinterConfig) -> Encoder:
    """Never fails: what cannot be encoded is refused label by label."""
    return _ENCODERS[config.language](config)
