"""Which printers ever answered, kept in a file: one that did and is silent has its cover open or its labels out.

Without the file that would be forgotten with the program, and the first label after a start would be sent to such a
printer, which prints it when somebody mends that.
"""

import logging
import os
import threading
from pathlib import Path

log = logging.getLogger(__name__)

MOST = 500
"""Lines in the file; the newest half stays when there would be more."""
_LONGEST = 1 << 20
"""Bytes that are read; a file beyond that is not ours."""


class AnsweredBefore:
    """A set of lines of text, one for each device and language. Any thread may ask; nothing is ever raised."""

    def __init__(self, file: Path | None = None) -> None:
        """Without a file, or with one that cannot be used, it lasts as long as the program."""
        self._file = file
        self._lock = threading.Lock()
        self._known = dict.fromkeys(self._read())

    def __contains__(self, line: str) -> bool:
        """Whether it ever answered."""
        with self._lock:
            return line in self._known

    def add(self, line: str) -> None:
        """It did. On the disk when this returns, if it can be."""
        with self._lock:
            if line in self._known:
                return
            self._known[line] = None
            if self._file is None:
                return
            try:
                if len(self._known) > MOST:
                    self._known = dict.fromkeys(list(self._known)[-MOST // 2 :])
                    self._write_anew(self._file)
                else:
                    _append(self._file, line)
            except OSError as fault:
                log.warning("%s: that %s answers is kept in memory only: %s", self._file, line, fault)

    def _read(self) -> list[str]:
        if self._file is None:
            return []
        try:
            with self._file.open("rb") as file:
                data = file.read(_LONGEST)
        except FileNotFoundError:
            return []
        except OSError as fault:
            log.warning("%s cannot be read; printers have to answer once more: %s", self._file, fault)
            return []
        # What stands behind the last line end was broken off, and might be the beginning of another device's line.
        whole = data[: data.rfind(b"\n") + 1]
        return [line for line in whole.decode("utf-8", "replace").split("\n") if line]

    def _write_anew(self, file: Path) -> None:
        draft = file.with_name(f"{file.name}.{os.getpid()}.new")
        with draft.open("wb") as opened:
            opened.write("".join(f"{line}\n" for line in self._known).encode())
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)


def _append(file: Path, line: str) -> None:
    """In one write, so that another program's line is never torn; behind a torn one on a line of its own."""
    with file.open("ab+", buffering=0) as opened:
        opened.seek(0, os.SEEK_END)
        torn = False
        if opened.tell():
            opened.seek(-1, os.SEEK_END)
            torn = opened.read(1) != b"\n"
        opened.write(f"{chr(10) if torn else ''}{line}\n".encode())
        os.fsync(opened.fileno())
