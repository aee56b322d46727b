"""The dots in a ^GF command, in every form that carries them: hexadecimal, Zebra's short forms, base64, zlib."""

import base64
import binascii
import re
import zlib

_GRAPHIC = re.compile(rb"A,(\d{1,6}),(\d{1,6}),(\d{1,6}),(.*)", re.DOTALL)
_ENCODED = re.compile(rb":(Z64|B64):([A-Za-z0-9+/=]*):([0-9A-Fa-f]{4})")
_REPEATS = {letter: at for at, letter in enumerate(b"GHIJKLMNOPQRSTUVWXY", start=1)} | {
    letter: 20 * at for at, letter in enumerate(b"ghijklmnopqrstuvwxyz", start=1)
}


class ZplRefused(ValueError):
    """Bytes that are not taken for a label; the text says which."""


def read_graphic(parameters: bytes) -> tuple[int, bytes]:
    """Bytes a row, and the rows one after the other, of what stands behind ``^GF``; raises ZplRefused."""
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
