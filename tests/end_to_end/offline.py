"""A shift's codes fetched from a real sandbox service, which is then gone: what is left in its place only counts."""

import contextlib
import io
import shutil
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.domain.pooled_codes import FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.code_fetch import FetchRun, begin_fetch
from tests.service.running import SandboxProcess

_LOOK_S = 0.05
_LINE_BYTES = 4096


def fetched_ahead(folder: DataFolder, settings: Settings) -> None:
    """All that the order of these settings misses, into the folder's pool."""
    with codes_bench(folder, settings) as bench:
        parts = bench.pooled.fetch
        with parts.hold():
            number = begin_fetch(parts, "shift", bench.allowance.ranges, Stop()).number
            assert FetchRun(parts, lambda _: None).run(number, Stop()).fetch.state is FetchState.DONE


@contextlib.contextmanager
def service_until_closed(folder: Path) -> Iterator[tuple[str, SandboxProcess]]:
    """The sandbox service in a process of its own; it may be ended before the block is."""
    with SandboxProcess(folder) as process:
        yield process.url(), process


@dataclass
class Unplugged:
    """Stands where the service was: takes each connection, notes its first line, and answers nothing."""

    url: str
    lines: list[str] = field(default_factory=list)
    _end: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Unplugged":
        place = urlsplit(self.url)
        self._listener = socket.create_server((place.hostname or "", place.port or 0))
        self._listener.settimeout(_LOOK_S)
        self._thread = threading.Thread(target=self._count, name="unplugged")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()
        self._listener.close()

    def of_the_line(self) -> list[str]:
        """What was asked besides the quiet look for the health tile, which lists one task at the most."""
        return [line for line in self.lines if not (line.startswith("GET ") and "limit=1 " in line)]

    def _count(self) -> None:
        while not self._end.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                connection, _ = self._listener.accept()
                with connection:
                    connection.settimeout(1.0)
                    self.lines.append(connection.recv(_LINE_BYTES).split(b"\r\n")[0].decode("ascii", "replace"))


def other_folder(folder: DataFolder, place: Path, *, pool: bool) -> DataFolder:
    """A station of its own, with a copy of the pool or without."""
    other = DataFolder(place)
    other.root.mkdir(parents=True)
    if pool:
        shutil.copyfile(folder.pool_file, other.pool_file)
    return other


def as_issued(sandbox_zip: bytes) -> bytes:
    """The same dots in a zip as the vendor's service makes it; neither it nor its pictures carry a sandbox's mark."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sandbox_zip)) as source, zipfile.ZipFile(written, "w") as made:
        for name in source.namelist():
            picture = io.BytesIO()
            Image.open(io.BytesIO(source.read(name))).save(picture, "PNG")
            made.writestr(name, picture.getvalue())
    return written.getvalue()
