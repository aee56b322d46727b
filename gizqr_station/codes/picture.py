"""Reads what a picture of the QR service says; the picture itself is never printed, its content is drawn anew."""

import io
import struct
import zlib

import zxingcpp
from PIL import Image

from gizqr_station.domain.code_failures import PictureUnreadable

MOST_PIXELS = 4_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What Pillow lets out of its PNG reader for damaged files, found by mutating pictures.
_PILLOW_TROUBLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def content_of(png: bytes, file: str) -> str:
    """The text of the one QR code in a PNG of at most 4 megapixels; PictureUnreadable otherwise.

    ``file`` names the picture in the failure.
    """
    _require_small_png(png, file)
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureUnreadable(file, "too large")
            if getattr(image, "n_frames", 1) != 1:
                raise PictureUnreadable(file, "animated")
            grey = _on_white(image)
    except _PILLOW_TROUBLE as broken:
        raise PictureUnreadable(file, type(broken).__name__) from broken
    # The family "QRCode" would let Micro QR and rMQR in.
    found = zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2), text_mode=zxingcpp.TextMode.Plain
    )
    if len(found) != 1:
        raise PictureUnreadable(file, f"{len(found)} codes")
    return found[0].text


def _require_small_png(png: bytes, file: str) -> None:
    """Look at the size that the first chunk declares, before Pillow sees the file."""
    if len(png) < 33 or not png.startswith(_SIGNATURE) or png[12:16] != b"IHDR":
        raise PictureUnreadable(file, "not a PNG")
    width, height = struct.unpack(">2L", png[16:24])
    if width * height > MOST_PIXELS:
        raise PictureUnreadable(file, "too large")


def _on_white(image: Image.Image) -> Image.Image:
    """Grey, eight bits; what is see-through is paper."""
    if not image.has_transparency_data:
        return image.convert("L")
    see_through = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(see_through)
    return paper.convert("L")
