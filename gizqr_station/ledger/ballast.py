"""A file that takes up room, and is given free when the disk is full: what is under way can be written to its end."""

import os
import shutil
from pathlib import Path

SIZE = 256 * 1024
"""Bytes. A label takes about 8 KiB from its first entry to its last, the journal of a transaction as much again."""
_SPARE = SIZE // 4
"""So much more has to be free before the file is made again, or making it would take the last room from a writer."""


class Ballast:
    """While its file is not in its place nothing new is begun; what has been begun is written down as ever."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def kept(self) -> bool:
        """Whether it is in its place; it is put there if there is room for it."""
        try:
            if self._path.stat().st_size == SIZE:
                return True
        except FileNotFoundError:
            pass
        except OSError:
            return False
        return self._made()

    def give(self) -> bool:
        """Give its room to whoever writes next; whether there was any to give."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def _made(self) -> bool:
        try:
            if shutil.disk_usage(self._path.parent).free < SIZE + _SPARE:
                return False
            handle = os.open(self._path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            try:
                # What cannot be packed: a file of zeros takes up no room on some file systems.
                left = memoryview(os.urandom(SIZE))
                while left:
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            self.give()
            return False
        return True
