"""Writes a file that is whole or not there, and stays through a power cut."""

import os
from pathlib import Path
from typing import IO


def flush(file: IO[str] | IO[bytes]) -> None:
    """Down to the disk."""
    file.flush()
    os.fsync(file.fileno())


def rename(aside: Path, path: Path) -> None:
    """Give a whole file its name, durably."""
    aside.replace(path)
    if os.name == "posix":  # elsewhere folders cannot be opened, and the file system journals names by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_whole(path: Path, data: bytes) -> None:
    """These bytes under this name; a crash leaves the old ones. Only its owner may read them."""
    aside = path.with_name(f"{path.name}.part")
    handle = os.open(aside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        flush(file)
    rename(aside, path)
