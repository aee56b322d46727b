"""The dots of a ``^GFA`` in the three forms that ZPL knows: digits, digits with repeats, and compressed.

Zebra's ZPL II programming guide, "Alternative Data Compression Scheme" and ``:Z64:`` (zlib, base64, CRC-16/XMODEM over
the base64 text). Firmware that does not know ``:Z64:`` prints it as nothing or as stripes, hence the choice.
"""

import base64
import binascii
import itertools
import zlib
from collections.abc import Callable

from gizqr_station.domain.printer import Graphic

_UNITS = "GHIJKLMNOPQRSTUVWXY"
_TWENTIES = "ghijklmnopqrstuvwxyz"


def hexadecimal(rows: tuple[bytes, ...]) -> bytes:
    """Two digits a byte."""
    return b"".join(rows).hex().upper().encode("ascii")


def repeated(rows: tuple[bytes, ...]) -> bytes:
    """Digits with a count before what repeats, ``,`` and ``!`` for a rest of zeros or ones, ``:`` for the row above."""
    written, above = [], None
    for row in rows:
        written.append(":" if row == above else _row(row.hex().upper()))
        above = row
    return "".join(written).encode("ascii")


def compressed(rows: tuple[bytes, ...]) -> bytes:
    """``:Z64:``, its text and its checksum.

    zlib's own level: its highest is 1 % shorter here, and takes six times as long.
    """
    text = base64.b64encode(zlib.compress(b"".join(rows)))
    return b":Z64:" + text + f":{binascii.crc_hqx(text, 0):04X}".encode("ascii")


GRAPHICS: dict[Graphic, Callable[[tuple[bytes, ...]], bytes]] = {
    Graphic.Z64: compressed,
    Graphic.ACS: repeated,
    Graphic.HEX: hexadecimal,
}


def _row(digits: str) -> str:
    for filler, digit in ((",", "0"), ("!", "F")):
        kept = digits.rstrip(digit)
        if len(kept) < len(digits):
            return _counted(kept) + filler
    return _counted(digits)


def _counted(digits: str) -> str:
    return "".join(_run(digit, len(list(run))) for digit, run in itertools.groupby(digits))


def _run(digit: str, length: int) -> str:
    """Up to 419 at once; a longer run is written in pieces."""
    longest = 20 * len(_TWENTIES) + len(_UNITS)
    if length > longest:
        return _run(digit, longest) + _run(digit, length - longest)
    if length <= 2:
        return digit * length
    twenties, units = divmod(length, 20)
    return (_TWENTIES[twenties - 1] if twenties else "") + (_UNITS[units - 1] if units else "") + digit
