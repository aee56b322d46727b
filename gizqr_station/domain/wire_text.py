"""What went over a wire, as lines that a person can read: when, which way, the bytes, and what they say as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby

BYTES_A_LINE = 16
_HEX_WIDTH = 3 * BYTES_A_LINE - 1
_TOGETHER = timedelta(milliseconds=20)
"""Bytes that follow each other so closely share a line: a driver hands them on in whatever pieces it likes."""
_UNFOLDED = 2
"""A line that repeats is written out so often before the rest of it is only counted."""
_NAMED = {"\r": "\\r", "\n": "\\n", "\t": "\\t"}
_OTHER = "·"
"""Stands for every byte that is no visible character; the hexadecimal side says which."""
_VISIBLE = {byte: _NAMED.get(chr(byte), chr(byte) if " " <= chr(byte) <= "~" else _OTHER) for byte in range(256)}


@dataclass(frozen=True, slots=True)
class WireBytes:
    """What went over a wire at one moment."""

    at: datetime
    sent: bool
    """By this station; otherwise by the device."""
    data: bytes


def readable(wire: Iterable[WireBytes], zone: tzinfo | None = None) -> tuple[str, ...]:
    """Lines of at most 16 bytes, ``12:01:02.345  ← ff ff 00 05 … 16 bytes   ··.·``; → went out, ← came in.

    Times are local, or of ``zone``. From the third on, equal full lines in a row are only counted, so that a
    megabyte of zeros stays readable.
    """
    lines: list[str] = []
    for (sent, data), run in groupby(_rows(wire), key=lambda row: (row.sent, row.data)):
        alike = list(run)
        shown = len(alike) if len(data) < BYTES_A_LINE else _UNFOLDED
        lines += [_line(row, zone) for row in alike[:shown]]
        if len(alike) > shown:
            lines.append(f"{_time(alike[shown].at, zone)}  {_arrow(sent)} * {len(alike) - shown} × {BYTES_A_LINE}")
    return tuple(lines)


def visible(data: bytes) -> str:
    """The bytes as text: control characters and what is not ASCII made visible."""
    return data.decode("latin-1").translate(_VISIBLE)


def _rows(wire: Iterable[WireBytes]) -> Iterator[WireBytes]:
    """Pieces of one line each; every piece has the time of its first byte."""
    held: WireBytes | None = None
    last: datetime | None = None
    for piece in wire:
        if held is not None and last is not None and (held.sent != piece.sent or piece.at - last > _TOGETHER):
            yield held
            held = None
        last = piece.at
        begin = 0
        if held is not None:
            begin = BYTES_A_LINE - len(held.data)
            held = WireBytes(held.at, held.sent, held.data + piece.data[:begin])
        for at in range(begin, len(piece.data), BYTES_A_LINE):
            if held is not None:
                yield held
            held = WireBytes(piece.at, piece.sent, piece.data[at : at + BYTES_A_LINE])
    if held is not None:
        yield held


def _line(row: WireBytes, zone: tzinfo | None) -> str:
    return f"{_time(row.at, zone)}  {_arrow(row.sent)} {row.data.hex(' '):<{_HEX_WIDTH}}   {visible(row.data)}"


def _time(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%H:%M:%S.%f")[:-3]


def _arrow(sent: bool) -> str:
    return "→" if sent else "←"
