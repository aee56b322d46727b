"""Pictures of codes as a service hands them out: without the mark of the sandbox's."""

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage


def picture_of(content: str) -> bytes:
    """A PNG of one bit a dot, three dots a module."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=3, border=4, mask_pattern=3, image_factory=PilImage)
    code.add_data(content, optimize=0)
    code.make(fit=True)
    written = io.BytesIO()
    code.make_image().save(written, "PNG")
    return written.getvalue()
