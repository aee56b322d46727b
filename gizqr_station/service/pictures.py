"""Draws the small pictures that the service hands out, and packs a task's into a zip."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import BinaryIO

import qrcode
from PIL.PngImagePlugin import PngInfo
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage

from gizqr_station.qrcode_api import SANDBOX_PICTURE_MARK, SANDBOX_ZIP_MARK

_DOTS_A_MODULE = 3
_QUIET_MODULES = 4
_MASK = 3
"""Always the same: trying all eight takes four fifths of the time, and these pictures are decoded, never printed."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def picture_of(content: str) -> bytes:
    """A PNG of one bit a dot, 147 dots square for a MAC's content; its comment says that a sandbox made it."""
    code = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M,
        box_size=_DOTS_A_MODULE,
        border=_QUIET_MODULES,
        mask_pattern=_MASK,
        image_factory=PilImage,
    )
    code.add_data(content, optimize=0)
    code.make(fit=True)
    written = io.BytesIO()
    comment = PngInfo()
    comment.add_text("Comment", SANDBOX_PICTURE_MARK)
    code.make_image().save(written, "PNG", pnginfo=comment)
    return written.getvalue()


def write_zip(
    file: BinaryIO, product_key: str, identities: Iterable[str], seal: Callable[[str], str], go_on: Callable[[], bool]
) -> bool:
    """One folder named after the product key, one PNG for each identity; False if told not to go on.

    The zip's comment says that a sandbox made it, wherever the file is carried.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = SANDBOX_ZIP_MARK
        for identity in identities:
            if not go_on():
                return False
            entry = zipfile.ZipInfo(f"{product_key}/{identity}.png", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, picture_of(seal(identity)))
    return True
