"""The lines of an inflated file of codes, with an end to everything that a stranger's file could make endless."""

import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gizqr_station.domain.pool_failures import CodesFileRefused
from gizqr_station.domain.stop import Stop

GZIP_MARK = b"\x1f\x8b"
MOST_CODES = 2_000_000
LONGEST_LINE = 2_048
"""Bytes; a code's line has about 130, a zip's at most a few hundred."""
MOST_BYTES = 1 << 29
"""Inflated; two million codes, each from a zip of its own, stay below it."""
MOST_PACKED_BYTES = 1 << 28
_BLOCK = 1 << 16
_GZIP = zlib.MAX_WBITS | 16


class Refusal(Exception):
    """Why a file is refused, in a few words."""


def regular_file(path: Path, most_bytes: int) -> BinaryIO:
    """Opened for reading; CodesFileRefused for a folder, a pipe, one that is gone or may not be read, a huge one."""
    try:
        # Something that is no file, such as a pipe, might never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise CodesFileRefused(path.name, "not a file")
        if path.stat().st_size > most_bytes:
            raise CodesFileRefused(path.name, f"larger than {most_bytes >> 20} MiB")
        return path.open("rb")
    except (OSError, ValueError) as refused:
        raise CodesFileRefused(path.name, reason_of(refused)) from refused


def reason_of(refused: OSError | ValueError) -> str:
    """What the system says, or that a name is none."""
    if isinstance(refused, OSError):
        return refused.strerror or type(refused).__name__
    return "not a file"


def lines_in(stream: BinaryIO, stop: Stop) -> Iterator[bytes]:
    """Each without its end; Refusal for what is not one whole gzip file (RFC 1952) of lines that end."""
    begun = b""
    for block in _inflated(stream, stop):
        *whole, begun = (begun + block).split(b"\n")
        for line in whole:
            if len(line) > LONGEST_LINE:
                raise Refusal("a line is too long")
            yield line
        if len(begun) > LONGEST_LINE:
            raise Refusal("a line is too long")
    if begun:
        raise Refusal("it is cut short")


def _inflated(stream: BinaryIO, stop: Stop) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP)
    packed_bytes = total = 0
    while not inflater.eof:
        stop.check()
        packed = inflater.unconsumed_tail or stream.read(_BLOCK)
        packed_bytes += 0 if inflater.unconsumed_tail else len(packed)
        if not packed:
            raise Refusal("it is cut short")
        try:
            block = inflater.decompress(packed, _BLOCK)
        except zlib.error as broken:
            raise Refusal("it is damaged") from broken
        total += len(block)
        if total > MOST_BYTES or packed_bytes > MOST_PACKED_BYTES:
            raise Refusal("it is too large")
        yield block
    if inflater.unused_data or stream.read(1):
        raise Refusal("there is more behind its end")
