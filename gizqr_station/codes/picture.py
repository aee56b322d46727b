"""Reads what a picture of the QR service says; the picture itself is never printed, its content is drawn anew."""

import io
import struct
import zlib
from typing import cast

import zxingcpp
from PIL import Image, ImageChops

from gizqr_station.codes.png_chunks import PngWrong, bare_png
from gizqr_station.domain.code_failures import PictureUnreadable

MOST_PIXELS = 4_000_000
_SEARCHED_AS_IT_IS = 512 * 512
"""Dots. A picture of this size that consists of nothing but finder patterns is searched in 0.3 s."""
_MOST_CHANGES = 100
"""Between black and white, in a row or column of a larger one. Our codes have 45, two of them side by side 90."""
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

    ``file`` names the picture in the failure. Turned and inverted pictures are read as well: a code says the same
    whichever way it is held.
    """
    try:
        with Image.open(io.BytesIO(bare_png(png, MOST_PIXELS)), formats=["PNG"]) as image:
            grey = _with_an_end(_on_white(image))
    except PngWrong as wrong:
        raise PictureUnreadable(file, str(wrong)) from wrong
    except _PILLOW_TROUBLE as broken:
        raise PictureUnreadable(file, type(broken).__name__) from broken
    # The family "QRCode" would let Micro QR and rMQR in. The thorough search, with everything that zxing can try, is
    # what finds a second code, and takes 0.14 ms of a picture's 0.3 ms.
    found = zxingcpp.read_barcodes(
        memoryview(grey.tobytes()).cast("B", (grey.height, grey.width)),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        text_mode=zxingcpp.TextMode.Plain,
    )
    if len(found) != 1:
        raise PictureUnreadable(file, f"{len(found)} codes")
    return found[0].text


def _on_white(image: Image.Image) -> Image.Image:
    """Grey, eight bits; what is see-through is paper."""
    if image.mode.startswith("I"):  # 16 bits, which Pillow would cut off at 255
        image = image.point(lambda level: level * (1 / 256))
    if not image.has_transparency_data:
        return image.convert("L")
    see_through = image if image.mode in ("LA", "RGBA") else image.convert("RGBA")
    paper = Image.new("L", image.size, 255)
    paper.paste(see_through.convert("L"), mask=see_through.getchannel("A"))
    return paper


def _with_an_end(grey: Image.Image) -> Image.Image:
    """The same picture, or PngWrong, where looking for codes might take long: 24 s for 4 megapixels of finder patterns.

    A large picture is made black and white, halfway between its darkest and its lightest dot, and may not change
    between the two more often than a code or two do. Its soft edges are no harm.
    """
    if grey.width * grey.height <= _SEARCHED_AS_IT_IS:
        return grey
    middle = sum(_extremes(grey)) // 2
    plain = grey.point([255 if level > middle else 0 for level in range(256)])
    for right, down, length in ((1, 0, plain.width), (0, 1, plain.height)):
        changes = ImageChops.difference(plain, ImageChops.offset(plain, right, down))
        means = changes.reduce((length, 1) if right else (1, length))
        if _extremes(means)[1] * length > _MOST_CHANGES * 255:
            raise PngWrong("too busy")
    return plain


def _extremes(grey: Image.Image) -> tuple[int, int]:
    """The darkest and the lightest dot."""
    return cast("tuple[int, int]", grey.getextrema())
