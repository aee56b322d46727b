"""Labels as picture files, and the code in anybody's picture of a label."""

import zlib
from pathlib import Path

import zxingcpp
from PIL import Image

from gizqr_station.domain.label import MM_PER_INCH, LabelImage
from gizqr_station.domain.label_failures import NoCodeInPicture, PictureNotOpened, SeveralCodesInPicture
from gizqr_station.labels.layout import head_pitch
from gizqr_station.labels.read_back import QR_ONLY, as_picture

_POINTS_PER_INCH = 72.0
_LARGEST_PIXELS = 40_000_000
_KINDS = ("PNG", "JPEG", "BMP")


def save_png(image: LabelImage, path: Path) -> None:
    """Write the exact dots, one bit each, with the head's real resolution; raises OSError.

    203 dpi are 203.2 in truth: viewers and drivers that heed it print in the right size.
    """
    per_inch = head_pitch(image.dpi) * MM_PER_INCH
    bits = as_picture(image).convert("1", dither=Image.Dither.NONE)
    bits.save(path, format="PNG", dpi=(per_inch, per_inch), optimize=True)


def save_pdf(image: LabelImage, path: Path) -> None:
    """Write one page of the label's true size with its exact dots; raises OSError."""
    path.write_bytes(encode_pdf(image))


def encode_pdf(image: LabelImage) -> bytes:
    """A PDF 1.4 document of one page, filled by one lossless one-bit picture (ISO 32000-1, 7.3 and 8.9.5)."""
    points_per_dot = _POINTS_PER_INCH / MM_PER_INCH / head_pitch(image.dpi)
    width, height = (f"{dots * points_per_dot:.4f}" for dots in (image.width, image.height))
    dots = zlib.compress(image.packed, 9)
    drawing = f"q {width} 0 0 {height} 0 0 cm /Label Do Q".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] "
        "/Resources << /XObject << /Label 4 0 R >> >> /Contents 5 0 R >>".encode(),
        # Decode [1 0]: a set bit is black. Without Interpolate, viewers keep the dots' edges.
        f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /BitsPerComponent 1 "
        f"/ColorSpace /DeviceGray /Decode [1 0] /Filter /FlateDecode /Length {len(dots)} >>\n".encode()
        + _stream(dots),
        f"<< /Length {len(drawing)} >>\n".encode() + _stream(drawing),
    ]
    return _assembled(bodies)


def _stream(content: bytes) -> bytes:
    return b"stream\n" + content + b"\nendstream"


def _assembled(bodies: list[bytes]) -> bytes:
    """Numbered objects, the table of their places, and the trailer."""
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(document))
        document += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(document)
    document += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    document += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    document += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(document)


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
