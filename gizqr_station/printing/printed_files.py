"""Where a virtual printer puts its labels: ``0001.zpl`` with the very bytes, ``0001.png`` with what they draw."""

import os
import tempfile
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.printing.zpl_reader import ReadLabel, ZplReader, ZplRefused


class Printed(NamedTuple):
    """One label that came out."""

    zpl: Path
    """The very bytes, behind the settings that were sent last."""
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

    @property
    def kept(self) -> int:
        """How many labels this folder's printers have printed, in all their lives."""
        return self._next - 1

    def keep(self, zpl: bytes, label: ReadLabel) -> Printed:
        """Write both files; whole and on the disk when this returns. The picture comes first: a .zpl has its .png."""
        stem = f"{self._next:04d}"
        printed = Printed(self._folder / f"{stem}.zpl", self._folder / f"{stem}.png", label.image, label.job_name)
        _write_whole(printed.png, _png(label.image))
        _write_whole(printed.zpl, zpl)
        self._next += 1
        return printed


class PrintedTray:
    """What came out of one printer and what it could not read; filled by one thread, looked at from any."""

    def __init__(self, folder: Path, dpi: int, on_printed: Callable[[Printed], None] | None) -> None:
        self._files = PrintedFiles(folder)
        self._reader = ZplReader(dpi)
        self._on_printed = on_printed
        self._settings: list[bytes] = []
        self._settings_used = False
        self._printed: list[Printed] = []
        self._rejected: list[tuple[bytes, str]] = []
        self._changed = threading.Condition()

    @property
    def printed(self) -> list[Printed]:
        """What came out so far, in order."""
        with self._changed:
            return list(self._printed)

    @property
    def rejected(self) -> list[tuple[bytes, str]]:
        """What could not be read or kept, and why."""
        with self._changed:
            return list(self._rejected)

    @property
    def count(self) -> int:
        """How many labels came out in the printer's life, as its own counter says."""
        return self._files.kept

    @property
    def label_dots(self) -> int:
        """How long a label is, as far as the printer was told."""
        return self._reader.height

    def wait_for(self, count: int, timeout_s: float) -> bool:
        """Wait until so many labels have come out; False when they have not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._printed) >= count, timeout_s)

    def take(self, zpl: bytes, ending: threading.Event, *, print_nothing: bool) -> bool:
        """One label a copy, as many as the format asks for; False when no label came of one that asks for it."""
        try:
            label = self._reader.read(zpl)
            if label is None:
                self._set(zpl)
            elif print_nothing:
                return False
            else:
                self._print(zpl, label, ending)
        except (ZplRefused, OSError) as refused:
            self.reject(zpl, refused)
            return False
        return True

    def reject(self, zpl: bytes, refused: ZplRefused | OSError) -> None:
        """Note what is no label, and why."""
        with self._changed:
            self._rejected.append((zpl, str(refused)))

    def _set(self, zpl: bytes) -> None:
        if self._settings_used:
            self._settings, self._settings_used = [], False
        self._settings.append(zpl + b"\n")

    def _print(self, zpl: bytes, label: ReadLabel, ending: threading.Event) -> None:
        self._settings_used = True
        for _ in range(label.copies):
            if ending.is_set():
                return
            printed = self._files.keep(b"".join(self._settings) + zpl, label)
            with self._changed:
                self._printed.append(printed)
                self._changed.notify_all()
            if self._on_printed:
                self._on_printed(printed)


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
