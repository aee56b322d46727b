"""Contents of the real service's lengths, and fields as full as a label must bear them."""

import functools

from PIL import Image

from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.workflows.ports import Painter

MAC_CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
IMEI_CONTENT = (
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw=="
)

MAC_FIELDS = LabelFields(MAC_CONTENT, "00:91:1F:50:00:47", "Smart Plug Mini 2 Pr", "L-000123")
IMEI_FIELDS = LabelFields(IMEI_CONTENT, "86-119304-049650-8", "智能温湿度传感器网关", "L-000123", "TEST R1")

SHIPPED = ("25x25", "40x30", "50x30", "60x40")
RESOLUTIONS = (203, 300, 600)

PAINTER: Painter = LabelPainter(TemplateShelf())


@functools.cache
def painted(name: str, dpi: int, fields: LabelFields) -> LabelImage:
    """Drawn once for all tests that look at it."""
    return PAINTER.paint(name, dpi, fields)


def dots(image: LabelImage) -> Image.Image:
    """White paper, black ink, drawn here once more so that a test does not trust what it tests."""
    bits = "".join("".join(f"{byte:08b}" for byte in row)[: image.width] for row in image.rows)
    return Image.frombytes("L", (image.width, image.height), bytes(0 if bit == "1" else 255 for bit in bits))
