"""The code in anybody's picture of a label."""

from pathlib import Path

import zxingcpp
from PIL import Image

from gizqr_station.domain.label_failures import NoCodeInPicture, PictureNotOpened, SeveralCodesInPicture
from gizqr_station.labels.read_back import QR_ONLY
from gizqr_station.labels.serial_code import serial_in

_LARGEST_PIXELS = 40_000_000
_KINDS = ("PNG", "JPEG", "BMP")


def decode_picture(path: Path) -> str:
    """What the one QR code in a PNG, JPEG or BMP file says.

    Raises PictureNotOpened, NoCodeInPicture, or SeveralCodesInPicture when there are codes that differ.
    """
    found = zxingcpp.read_barcodes(_opened(path), formats=QR_ONLY, text_mode=zxingcpp.TextMode.Plain)
    texts = sorted({code.text for code in found})
    if not texts:
        raise NoCodeInPicture(str(path))
    if len(texts) > 1:
        raise SeveralCodesInPicture(str(path), "\n".join(texts))
    return texts[0]


def small_code_in_picture(path: Path) -> str:
    """The label serial that the small code of a replaced label says; empty without one. Raises PictureNotOpened."""
    return serial_in(_opened(path))


def _opened(path: Path) -> Image.Image:
    """The picture in grey, on white where it is transparent."""
    try:
        with Image.open(path, formats=_KINDS) as picture:
            if picture.width * picture.height > _LARGEST_PIXELS:
                raise PictureNotOpened(str(path), f"{picture.width} x {picture.height}")
            if picture.has_transparency_data:
                white = Image.new("RGBA", picture.size, "white")
                return Image.alpha_composite(white, picture.convert("RGBA")).convert("L")
            return picture.convert("L")
    # What Pillow raises for broken and for enormous files; the warning only where warnings are errors.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        said = broken.strerror if isinstance(broken, OSError) and broken.strerror else str(broken)
        raise PictureNotOpened(str(path), said or type(broken).__name__) from broken
