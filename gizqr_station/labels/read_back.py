"""Decodes drawn dots before anything is printed, with another library than the one that drew them."""

import zxingcpp
from PIL import Image

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.label_failures import ReadBackDiffers

QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

_UNUSED_CORRECTION = "UEC"
"""zxing's name for the share of error correction that decoding did not need (ISO/IEC 15415)."""


class ZxingReadBack:
    """A ReadBack; any thread may ask."""

    def require_content(self, image: LabelImage, content: str) -> None:
        """Raise ReadBackDiffers unless the dots hold exactly one QR code and it says exactly this, letter by letter.

        Our own dots are perfect, so the code must also read as an undistorted grid, and without any error
        correction: that is for the printer's and the label's faults, not for a text drawn over the code.
        """
        picture = as_picture(image)
        found = zxingcpp.read_barcodes(picture, formats=QR_ONLY)
        if len(found) != 1:
            raise ReadBackDiffers(content, "\n".join(code.text for code in found))
        if found[0].bytes != content.encode():
            raise ReadBackDiffers(content, found[0].text)
        if not _is_undistorted(picture, found[0]):
            raise ReadBackDiffers(content, _UNUSED_CORRECTION)


def _is_undistorted(picture: Image.Image, code: zxingcpp.Barcode) -> bool:
    corners = code.position.top_left, code.position.bottom_right
    # The pure reader takes a picture for the code and nothing else, so the texts around it are cut away.
    alone = picture.crop((corners[0].x, corners[0].y, corners[1].x + 1, corners[1].y + 1))
    pure = zxingcpp.read_barcodes(alone, formats=QR_ONLY, is_pure=True)
    extra = code.extra
    unused = extra.get(_UNUSED_CORRECTION) if isinstance(extra, dict) else None
    return [one.bytes for one in pure] == [code.bytes] and unused == 1.0


def as_picture(image: LabelImage) -> Image.Image:
    """The dots as an 8-bit grey picture, black on white."""
    bits = Image.frombytes("1", (image.width, image.height), image.packed)
    return bits.convert("L").point([255] * 128 + [0] * 128)
