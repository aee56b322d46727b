"""A label as a PNG picture of its exact dots, for files and for queues whose driver takes pictures."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.printing.languages.dots import inverted_rows
from gizqr_station.printing.languages.placing import place


@dataclass(frozen=True, slots=True)
class PngEncoder:
    """An Encoder."""

    config: PrinterConfig

    def setup(self) -> bytes:
        """A document sets up nothing."""
        return b""

    def label(self, image: LabelImage, job_name: str) -> bytes:
        """One picture of the page."""
        return encode_png(place(self.config, image, job_name).page)

    def calibration(self) -> bytes | None:
        """Has none."""
        return None


def encode_png(image: LabelImage) -> bytes:
    """The exact dots, one bit each, with the head's real resolution.

    203 dpi are 203.2 in truth: viewers and drivers that heed it print in the right size.
    """
    per_inch = HEAD_PITCH[image.dpi] * MM_PER_INCH
    bits = Image.frombytes("1", (image.width, image.height), b"".join(inverted_rows(image)))
    written = BytesIO()
    bits.save(written, format="PNG", dpi=(per_inch, per_inch), optimize=True)
    return written.getvalue()
