"""What went over a wire, kept as a text file that a person can read and send to somebody who knows."""

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from gizqr_station import __version__
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.domain.wire_text import WireBytes, readable

MOST_NAMESAKES = 1000
_LONGEST_WORD = 40
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


class FolderWireLogs:
    """WireLogs in one folder. Names are made here: what a port or a profile is called leads to no other folder.

    Each of the ``secrets`` is wiped out of what is kept.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], secrets: Secrets = NO_SECRETS) -> None:
        self._folder = folder
        self._now = now
        self._secrets = secrets

    def keep(self, port: str, reader: str, wire: tuple[WireBytes, ...]) -> str:
        """Write it readably and return the file's path; never over another file. Raises FileNotWritten."""
        text = log_text(port, reader, wire, self._now(), self._secrets)
        stem = f"{self._now().astimezone():%Y%m%d-%H%M%S}-{_word(port)}-{_word(reader)}"
        path = self._folder / f"{stem}.txt"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for count in itertools.count(2):
                try:
                    _write_new(path, text)
                except FileExistsError:
                    if count > MOST_NAMESAKES:
                        raise
                    path = self._folder / f"{stem}-{count}.txt"
                else:
                    break
        except OSError as fault:
            raise FileNotWritten(str(path), fault.strerror or type(fault).__name__) from fault
        return str(path)


def keep_at(
    path: Path, port: str, reader: str, wire: tuple[WireBytes, ...], at: datetime, secrets: Secrets = NO_SECRETS
) -> None:
    """The same in a file that a person named, over whatever is there; raises FileNotWritten."""
    try:
        path.write_text(log_text(port, reader, wire, at, secrets), encoding="utf-8", newline="")
    except OSError as fault:
        raise FileNotWritten(str(path), fault.strerror or type(fault).__name__) from fault


def log_text(port: str, reader: str, wire: tuple[WireBytes, ...], at: datetime, secrets: Secrets = NO_SECRETS) -> str:
    """A heading with all that the times and bytes do not say, and the readable lines; no secret is in them."""
    sent = sum(len(piece.data) for piece in wire if piece.sent)
    heard = sum(len(piece.data) for piece in wire) - sent
    lines = [
        f"gizqr-station {__version__}: port {_one_line(port)}, reader {_one_line(reader)}",
        f"written {at.astimezone():%Y-%m-%d %H:%M:%S %z}; → {sent} bytes sent, ← {heard} bytes heard; times are local",
        "",
        *readable(without_secrets(wire, secrets)),
    ]
    return "\n".join(lines) + "\n"


def without_secrets(wire: tuple[WireBytes, ...], secrets: Secrets) -> Iterator[WireBytes]:
    """The same pieces with every secret wiped out, also one that came in several of them.

    Looked for in all that went one way: what the other side said meanwhile, an echo perhaps, does not part it.
    """
    left = {sent: secrets.wiped(b"".join(piece.data for piece in wire if piece.sent is sent)) for sent in (True, False)}
    at = {True: 0, False: 0}
    for piece in wire:
        begin = at[piece.sent]
        at[piece.sent] = begin + len(piece.data)
        yield WireBytes(piece.at, piece.sent, left[piece.sent][begin : at[piece.sent]])


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink()
            raise


def _word(text: str) -> str:
    """Letters and digits alone: a part of a file's name on every system."""
    return _UNSAFE.sub("-", text).strip("-")[-_LONGEST_WORD:] or "none"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "·" for letter in text)
