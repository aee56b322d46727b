"""Reads ZPL as a printer would, as far as labels are pictures; it shares nothing with what writes them.

Understood: ``^FX ^PW ^LL ^FO ^GF ^FS ^PQ`` between ``^XA`` and ``^XZ``, and the settings that leave a drawing as it
is: ``^LH0,0 ^LS0 ^PON ^PMN ^JZN``. Anything else is refused rather than skipped, so that a label is never shown as
printed that a printer would have drawn otherwise.
"""

import base64
import binascii
import re
import zlib
from dataclasses import dataclass

from gizqr_station.domain.label import LabelImage

_COMMAND = re.compile(rb"\^([A-Z]{2})([^^~]*)")
_GRAPHIC = re.compile(rb"A,(\d{1,6}),(\d{1,6}),(\d{1,6}),(.*)", re.DOTALL)
_ENCODED = re.compile(rb":(Z64|B64):([A-Za-z0-9+/=]*):([0-9A-Fa-f]{4})")
# Their other values turn, mirror or move the label, or have the printer print it again by itself.
_PLAIN_SETTINGS = {b"LH": b"0,0", b"LS": b"0", b"PO": b"N", b"PM": b"N", b"JZ": b"N"}
_JOB = re.compile(r"job ([A-Za-z0-9-]+)")
_LARGEST_SIDE = 32_000
_LARGEST_LABEL_BYTES = 64_000_000
_REPEATS = {letter: at for at, letter in enumerate(b"GHIJKLMNOPQRSTUVWXY", start=1)} | {
    letter: 20 * at for at, letter in enumerate(b"ghijklmnopqrstuvwxyz", start=1)
}


class ZplRefused(ValueError):
    """Bytes that this reader does not take for a label; the text says which."""


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """What one format would print."""

    image: LabelImage
    job_name: str
    """From the comment ``job …``; empty where there is none."""
    copies: int


def split_formats(stream: bytes) -> tuple[list[bytes], bytes]:
    """The complete formats (^XA to ^XZ) in a stream, and the rest that is not complete yet."""
    formats = []
    while (end := stream.find(b"^XZ")) >= 0:
        start = stream.rfind(b"^XA", 0, end)
        formats.append(stream[max(0, start) : end + 3])
        stream = stream[end + 3 :]
    return formats, stream


def read_format(zpl: bytes, dpi: int) -> ReadLabel:
    """Draw one format; raise ZplRefused for whatever a printer might draw otherwise."""
    job_name, width, height, copies = "", 0, 0, 1
    origin: tuple[int, int] | None = None
    graphics: list[tuple[int, int, int, bytes]] = []
    for name, parameters in _commands(zpl):
        if name == b"FX":
            found = _JOB.search(parameters.decode("ascii", "replace"))
            job_name = found.group(1) if found else job_name
        elif name == b"PW":
            (width,) = _numbers(name, parameters, 1)
        elif name == b"LL":
            (height,) = _numbers(name, parameters, 1)
        elif name == b"FO":
            x, y = _numbers(name, parameters, 2)
            origin = x, y
        elif name == b"GF":
            if origin is None:
                raise ZplRefused("^GF: no ^FO before it")
            graphics.append((*origin, *_graphic(parameters)))
        elif name == b"FS":
            origin = None
        elif name == b"PQ":
            (copies,) = _numbers(name, parameters, 1)
            if copies == 0:
                raise ZplRefused("^PQ: no label at all")
        elif _PLAIN_SETTINGS.get(name) != parameters:
            raise ZplRefused(f"^{(name + parameters[:40]).decode()}: not understood")
    return ReadLabel(_drawn(width, height, dpi, graphics), job_name, copies)


def _commands(zpl: bytes) -> list[tuple[bytes, bytes]]:
    """Names and parameters between ^XA and ^XZ; nothing may stand outside a command."""
    plain = zpl.replace(b"\r", b"").replace(b"\n", b"")
    if not plain.startswith(b"^XA") or not plain.endswith(b"^XZ") or not plain.isascii():
        raise ZplRefused("not one format from ^XA to ^XZ")
    inner = plain[3:-3]
    found = [(match.group(1), match.group(2)) for match in _COMMAND.finditer(inner)]
    if sum(3 + len(parameters) for _, parameters in found) != len(inner):
        raise ZplRefused("bytes that belong to no command")
    return found


def _numbers(name: bytes, parameters: bytes, count: int) -> list[int]:
    parts = parameters.strip().split(b",")
    if len(parts) != count or not all(part.isdigit() and int(part) <= _LARGEST_SIDE for part in parts):
        raise ZplRefused(f"^{name.decode()}: {parameters[:40]!r}")
    return [int(part) for part in parts]


def _graphic(parameters: bytes) -> tuple[int, bytes]:
    """Bytes a row, and the rows one after the other."""
    found = _GRAPHIC.fullmatch(parameters)
    if not found:
        raise ZplRefused(f"^GF: {parameters[:40]!r}")
    total, stride = int(found.group(2)), int(found.group(3))
    if stride == 0 or total == 0 or total % stride:
        raise ZplRefused(f"^GF: {total} bytes in rows of {stride}")
    data = found.group(4)
    rows = _unpacked(data, total) if data.startswith(b":") else _unfolded(data, stride, total)
    if len(rows) != total:
        raise ZplRefused(f"^GF: {len(rows)} bytes instead of {total}")
    return stride, rows


def _unpacked(data: bytes, total: int) -> bytes:
    found = _ENCODED.fullmatch(data)
    if not found:
        raise ZplRefused(f"^GF: {data[:40]!r}")
    form, text, checksum = found.groups()
    if binascii.crc_hqx(text, 0) != int(checksum, 16):
        raise ZplRefused("^GF: checksum differs")
    try:
        raw = base64.b64decode(text, validate=True)
        # Never more than was announced: a few bytes of zlib can hold gigabytes.
        return zlib.decompressobj().decompress(raw, total + 1) if form == b"Z64" else raw
    except (binascii.Error, zlib.error) as broken:
        raise ZplRefused(f"^GF: {broken}") from broken


def _unfolded(data: bytes, stride: int, total: int) -> bytes:
    """Hexadecimal digits, with Zebra's repeat letters, line fillers and the colon for another line like the last."""
    digits, line, repeat = bytearray(), bytearray(), 0
    for letter in data:
        if letter in _REPEATS:
            repeat += _REPEATS[letter]
            if repeat > 2 * total:
                raise ZplRefused("^GF: more data than announced")
            continue
        if letter in b"0123456789ABCDEFabcdef":
            line += bytes([letter]) * (repeat or 1)
        elif letter in b",!" and not repeat:
            line += (b"0" if letter == ord(",") else b"F") * (2 * stride - len(line))
        elif letter == ord(":") and not repeat and not line and digits:
            line += digits[-2 * stride :]
        else:
            raise ZplRefused(f"^GF: {bytes([letter])!r}")
        repeat = 0
        while len(line) >= 2 * stride:
            digits += line[: 2 * stride]
            del line[: 2 * stride]
        if len(digits) > 2 * total:
            raise ZplRefused("^GF: more data than announced")
    if line or repeat:
        raise ZplRefused("^GF: ends within a row")
    return bytes.fromhex(digits.decode("ascii"))


def _drawn(width: int, height: int, dpi: int, graphics: list[tuple[int, int, int, bytes]]) -> LabelImage:
    if width == 0 or height == 0:
        raise ZplRefused("no ^PW or no ^LL")
    if (width + 7) // 8 * height > _LARGEST_LABEL_BYTES:
        raise ZplRefused(f"{width} x {height} dots")
    canvas = [0] * height
    for x, y, stride, rows in graphics:
        for at in range(len(rows) // stride):
            bits = int.from_bytes(rows[at * stride : (at + 1) * stride], "big")
            # The row's first dot is its highest bit; it belongs x dots from the left of a canvas ``width`` wide.
            shift = width - x - 8 * stride
            lost = bits & ((1 << max(0, -shift)) - 1)
            if (bits and y + at >= height) or lost:
                raise ZplRefused("^GF: dots beyond the label")
            if y + at < height:
                canvas[y + at] |= bits << shift if shift >= 0 else bits >> -shift
    padded = (width + 7) // 8
    return LabelImage(
        width, height, dpi, tuple((row << (8 * padded - width)).to_bytes(padded, "big") for row in canvas)
    )
