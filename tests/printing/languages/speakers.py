"""Every language with a printer that speaks it, and somebody else who reads what it is sent."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Graphic, Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.languages.encoder import Encoder
from gizqr_station.printing.zpl_reader import read_format, split_formats
from tests.printing.readers.brother_reader import Head, read_brother
from tests.printing.readers.epl2_reader import read_epl2
from tests.printing.readers.escpos_reader import read_escpos
from tests.printing.readers.pwg_reader import read_pwg
from tests.printing.readers.read import Read
from tests.printing.readers.tspl_reader import read_tspl

ADDRESS = PrinterAddress.parse("tcp://127.0.0.1:9100")
NOTHING = Read(0, 0, 0, ())


@dataclass(frozen=True)
class Speaker:
    """A printer of some language and resolution."""

    name: str
    config: PrinterConfig
    reads: Callable[[bytes, int], Read]

    def __str__(self) -> str:
        return f"{self.name}-{self.config.dpi}"

    @property
    def encoder(self) -> Encoder:
        return encoder_for(self.config)

    def read(self, stream: bytes) -> Read:
        """What comes out; nothing of nothing."""
        return self.reads(stream, self.config.dpi) if stream else NOTHING

    def tuned(self, **tuning: object) -> "Speaker":
        """The same printer with other tuning."""
        return replace(self, config=replace(self.config, tuning=Tuning(**tuning)))  # type: ignore[arg-type]

    def with_media(self, media: Media) -> "Speaker":
        """The same printer with something else in it."""
        return replace(self, config=replace(self.config, media=media))


def read_zpl(stream: bytes, dpi: int) -> Read:
    """By the virtual printer's reader; formats without a field print nothing."""
    formats, rest = split_formats(stream)
    assert not rest.strip()
    labels = [read_format(one, dpi) for one in formats if b"^FO" in one]
    if not labels:
        return NOTHING
    (label,) = labels
    return Read(label.copies, label.image.width, label.image.height, label.image.rows)


def read_png(stream: bytes, dpi: int) -> Read:
    """By Pillow, whose 1 is white."""
    with Image.open(io.BytesIO(stream)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "1")
        assert picture.info["dpi"][0] == pytest.approx(203.2 if dpi == 203 else dpi, abs=0.02)
        return _read(1, *picture.size, bytes(byte ^ 0xFF for byte in picture.tobytes()))


def read_pdf(stream: bytes, dpi: int) -> Read:
    """By PDFium: the one picture of the one page, which must fill the page, and that must be of the true size."""
    points = 72 / (203.2 if dpi == 203 else dpi)
    with pypdfium2.PdfDocument(stream) as document:
        (page,) = document
        (picture,) = page.get_objects()
        width, height = picture.get_px_size()
        assert page.get_size() == pytest.approx((width * points, height * points), abs=0.001)
        assert picture.get_matrix().get() == pytest.approx((width * points, 0, 0, height * points, 0, 0), abs=0.001)
        data = bytes(picture.get_data(decode_simple=True))
        page.close()
    return _read(1, width, height, data)


def _read(copies: int, width: int, height: int, data: bytes) -> Read:
    """From rows of whole bytes in which 1 is black; what fills the last byte up does not count."""
    stride = (width + 7) // 8
    kept = 0xFF << (8 * stride - width) & 0xFF
    rows = (data[at * stride : (at + 1) * stride] for at in range(height))
    return Read(copies, width, height, tuple(row[:-1] + bytes([row[-1] & kept]) for row in rows))


def image_in(read: Read, width: int, height: int, dpi: int, x: int = 0, y: int = 0) -> LabelImage:
    """So many dots of what was read, beginning at x, y; all the others must be white."""
    numbers = [int.from_bytes(row, "big") >> (8 * len(row) - read.width) for row in read.rows]
    beyond = read.width - x - width
    assert beyond >= 0
    assert read.height >= y + height
    inside = numbers[y : y + height]
    mask = (1 << width) - 1
    assert not any(numbers[:y] + numbers[y + height :])
    assert all((number >> beyond) & mask == number >> beyond for number in inside)
    assert not any(number & ((1 << beyond) - 1) for number in inside)
    stride = (width + 7) // 8
    pad = 8 * stride - width
    return LabelImage(
        width, height, dpi, tuple(((number >> beyond) << pad).to_bytes(stride, "big") for number in inside)
    )


def _speaker(
    language: Language,
    dpi: int,
    reads: Callable[[bytes, int], Read],
    name: str = "",
    media: Media | None = None,
    model: str = "",
    graphic: Graphic = Graphic.Z64,
) -> Speaker:
    config = PrinterConfig("bench 4", ADDRESS, language, dpi, model, media or Media(), graphic=graphic)
    return Speaker(name or language.value, config, reads)


def _brother(model: str, dpi: int, media: Media, head: Head) -> Speaker:
    def reads(stream: bytes, dpi: int) -> Read:
        return read_brother(stream, head).read

    return _speaker(Language.BROTHER, dpi, reads, model, media, model)


ENDLESS_62 = Media(62, 0, Sensing.CONTINUOUS)
ZPL = [
    _speaker(Language.ZPL, dpi, read_zpl, f"zpl-{graphic.value}", graphic=graphic)
    for dpi in (203, 300, 600)
    for graphic in Graphic
]
TSPL = [_speaker(Language.TSPL, dpi, read_tspl) for dpi in (203, 300, 600)]
EPL2 = [_speaker(Language.EPL2, dpi, lambda stream, _: read_epl2(stream)) for dpi in (203, 300)]
ESCPOS = [_speaker(Language.ESCPOS, dpi, lambda stream, _: read_escpos(stream)) for dpi in (180, 203)]
# Pins by hand: of the head, before the media, over the media.
BROTHER = [
    _brother("QL-500", 300, ENDLESS_62, Head(720, 12, 696)),
    _brother("QL-820NWB", 300, ENDLESS_62, Head(720, 12, 696)),
    _brother("QL-1110NWB", 300, Media(102, 0, Sensing.CONTINUOUS), Head(1296, 56, 1164)),
    _brother("PT-P950NW", 360, Media(36, 0, Sensing.CONTINUOUS), Head(560, 61, 454, tape=True)),
    _brother("PT-P750W", 180, Media(24, 0, Sensing.CONTINUOUS), Head(128, 0, 128, tape=True)),
    _brother("PT-P700", 180, Media(18, 0, Sensing.CONTINUOUS), Head(128, 8, 112, tape=True)),
]
DOCUMENT_DPIS = (180, 203, 300, 360, 600)
DOCUMENTS = [
    *[_speaker(Language.PWG, dpi, lambda stream, _: read_pwg(stream).read) for dpi in DOCUMENT_DPIS],
    *[_speaker(Language.PNG, dpi, read_png) for dpi in DOCUMENT_DPIS],
    *[_speaker(Language.PDF, dpi, read_pdf) for dpi in DOCUMENT_DPIS],
]
SPEAKERS = [*ZPL, *TSPL, *EPL2, *ESCPOS, *BROTHER, *DOCUMENTS]
