"""A file that appears whole or not at all, and never in place of another."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gizqr_station.domain.export_failures import FileExists
from gizqr_station.domain.line_failures import FileNotWritten

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV, errno.EMLINK, errno.EACCES}
"""What systems say of a disk whose files can have one name only, such as most USB sticks."""


@contextmanager
def appearing(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A name beside ``path`` to write to; when the block has ended well, that file stands under ``path``.

    Raises FileExists for a file that is there, unless ``replace``; FileNotWritten with the system's own words.
    """
    if not replace and path.exists():
        raise FileExists(str(path))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        _synced(part)
        if replace:
            part.replace(path)
        else:
            _put(part, path)
    except OSError as refused:
        raise FileNotWritten(str(path), refused.strerror or str(refused)) from refused
    finally:
        with suppress(OSError):  # a folder in which nothing can be removed was already told
            part.unlink()


def _synced(part: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())


def _put(part: Path, path: Path) -> None:
    """A link never takes another file's place, and a rename on Windows neither; elsewhere a look has to do."""
    try:
        if os.name == "nt":
            part.rename(path)
        else:
            os.link(part, path)
    except FileExistsError as there:
        raise FileExists(str(path)) from there
    except OSError as refused:
        if os.name == "nt" or refused.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExists(str(path)) from refused
        part.replace(path)
