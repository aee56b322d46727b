"""Makes files and their names durable."""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """What was written into it survives a power cut."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """So do the names in it; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
