"""Takes a PNG apart and keeps only what makes its dots, so that nothing else in it is ever opened.

Texts, colour profiles and other companions may be bombs, and a picture may move or bring a second one along. Format:
PNG, third edition (W3C).
"""

import struct
import zlib
from collections.abc import Iterator

from gizqr_station.qrcode_api import SANDBOX_PICTURE_MARK

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">2L5B")
_LENGTH = struct.Struct(">L")
_LONGEST_SIDE = 4_000
"""Dots: a code is a square."""
_PALETTE = 3
"""The colour type whose dots are numbers of a palette; Pillow takes for granted that there is one."""
_AROUND_BYTES = 12
"""Length, kind and CRC of a chunk."""
_ORDER = {b"IHDR": 0, b"PLTE": 1, b"tRNS": 2, b"IDAT": 3, b"IEND": 4}
"""What is kept, in the one order that the format allows; only the dots may come in several."""
_MOVING = frozenset({b"acTL", b"fcTL", b"fdAT"})
_COMPANION = 0x20
"""Set in a kind's first letter where a reader may leave the chunk out."""


class PngWrong(Exception):
    """What is wrong with a PNG, as short as a log wants it."""


def bare_png(png: bytes, most_pixels: int) -> bytes:
    """The same picture with nothing but header, palette, transparency and dots, every CRC checked.

    What stands behind its end is left off. PngWrong for any other file, more pixels, chunks out of order and movement.
    """
    if not png.startswith(SIGNATURE):
        raise PngWrong("not a PNG")
    kept: list[bytes] = []
    kinds: list[bytes] = []
    for kind, chunk in _chunks(png):
        if not kinds and kind != b"IHDR":
            raise PngWrong("header")
        if kind in _ORDER:
            _require_next(kind, kinds)
            kinds.append(kind)
            kept.append(_sound(chunk))
        elif kind in _MOVING:
            raise PngWrong("animated")
        elif not kind[0] & _COMPANION:
            raise PngWrong("unknown chunk")
    if b"IDAT" not in kinds:
        raise PngWrong("empty")
    if _colour_of(kept[0], most_pixels) == _PALETTE and b"PLTE" not in kinds:
        raise PngWrong("no palette")
    return b"".join((SIGNATURE, *kept))


def says_sandbox(png: bytes) -> bool:
    """Whether a picture says that a sandbox service drew it. It need not be sound: wherever it says so, that counts."""
    return SANDBOX_PICTURE_MARK in png


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and whole of each chunk, to the end of the picture."""
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        if at + _AROUND_BYTES > len(png):
            raise PngWrong("cut")
        end = at + _AROUND_BYTES + int(_LENGTH.unpack_from(png, at)[0])
        if end > len(png):
            raise PngWrong("cut")
        kind = png[at + 4 : at + 8]
        yield kind, png[at:end]
        at = end


def _require_next(kind: bytes, before: list[bytes]) -> None:
    """Raise PngWrong for a second header, palette or transparency, and for one behind the first dots."""
    if not before or kind == before[-1] == b"IDAT":
        return
    if _ORDER[kind] <= _ORDER[before[-1]]:
        raise PngWrong("order")


def _sound(chunk: bytes) -> bytes:
    """The chunk itself; PngWrong when its CRC is not that of its kind and data."""
    if zlib.crc32(memoryview(chunk)[4:-4]) != _LENGTH.unpack_from(chunk, len(chunk) - 4)[0]:
        raise PngWrong("CRC")
    return chunk


def _colour_of(header: bytes, most_pixels: int) -> int:
    """What the dots are made of; PngWrong for a picture without dots or with too many."""
    if len(header) != _AROUND_BYTES + _HEADER.size:
        raise PngWrong("header")
    width, height, _depth, colour, *_ = _HEADER.unpack_from(header, 8)
    if not width * height:
        raise PngWrong("empty")
    if width * height > most_pixels or max(width, height) > _LONGEST_SIDE:
        raise PngWrong("too large")
    return int(colour)
