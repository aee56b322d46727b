"""Where a virtual printer puts its labels: ``0001.zpl`` with the very bytes, ``0001.png`` with what they draw."""

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.printing.zpl_reader import ReadLabel


class Printed(NamedTuple):
    """One label that came out."""

    zpl: Path
    png: Path
    image: LabelImage
    job_name: str


class PrintedFiles:
    """A folder of printed labels, numbered on from those that are there already."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        numbers = [int(file.stem) for file in folder.glob("*.zpl") if file.stem.isdigit()]
        self._next = max(numbers, default=0) + 1

    def keep(self, zpl: bytes, label: ReadLabel) -> Printed:
        """Write both files; whole and on the disk when this returns. The picture comes first: a .zpl has its .png."""
        stem = f"{self._next:04d}"
        self._next += 1
        printed = Printed(self._folder / f"{stem}.zpl", self._folder / f"{stem}.png", label.image, label.job_name)
        _write_whole(printed.png, _png(label.image))
        _write_whole(printed.zpl, zpl)
        return printed


def _png(image: LabelImage) -> bytes:
    white_set = bytes(byte ^ 0xFF for byte in image.packed)
    per_inch = HEAD_PITCH[image.dpi] * MM_PER_INCH
    written = BytesIO()
    Image.frombytes("1", (image.width, image.height), white_set).save(written, format="PNG", dpi=(per_inch, per_inch))
    return written.getvalue()


def _write_whole(path: Path, content: bytes) -> None:
    """Under a name of its own first, so that whoever looks never finds half a file, not even after a power cut."""
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    with os.fdopen(descriptor, "wb") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(name).replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
