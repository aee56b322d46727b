"""A label as a PDF document of its true size in millimetres, for files, office paper and queues with a driver."""

import zlib
from dataclasses import dataclass

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.printing.languages.placing import place

_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PdfEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """A document sets up nothing."""
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """A document of one page."""
        return encode_pdf(place(self.config, image, job_name).page)

    def calibration(self) -> bytes | None:
        """Has none."""
        return None


def encode_pdf(image: LabelImage) -> bytes:
    """A PDF 1.4 document of one page, filled by one lossless one-bit picture (ISO 32000-1, 7.3 and 8.9.5)."""
    points_per_dot = _POINTS_PER_INCH / MM_PER_INCH / HEAD_PITCH[image.dpi]
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
