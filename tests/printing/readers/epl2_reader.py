"""Reads EPL2 as a Zebra printer would, as far as a label is pictures; from Zebra's EPL programming guide."""

import re
from collections.abc import Callable

from tests.printing.readers.read import Read, Refused, Sheet, dots_of, number


class _Buffer:
    def __init__(self) -> None:
        self.cleared = False
        self.width = self.height = 0
        self.drawn: list[tuple[int, int, str]] = []
        self.copies = 0

    def clear(self) -> None:
        if self.copies:
            raise Refused("N: a second label")
        self.cleared, self.drawn = True, []

    def set_width(self, width: bytes) -> None:
        self.width = number(width, 1, 1248, "q")

    def set_length(self, length: bytes, between: bytes) -> None:
        self.height = number(length, 0, 65535, "Q")
        mark = re.fullmatch(rb"B(\d+)[+-](\d+)", between)
        gap = mark.group(1) if mark else between
        if mark or gap != b"0":
            number(gap, 16, 240, "Q")

    def draw(self, x: int, y: int, width_bytes: int, height: int, data: bytes) -> None:
        if not self.cleared or self.copies:
            raise Refused("GW where none may stand")
        for at in range(height):
            self.drawn.append((x, y + at, dots_of(data[at * width_bytes : (at + 1) * width_bytes], black=0)))

    def print(self, copies: bytes) -> None:
        if not self.cleared:
            raise Refused("P without N")
        self.copies += number(copies, 1, 65535, "P")

    def read(self) -> Read:
        # The width is in whole bytes; what a test wants of the last one, it says itself.
        sheet = Sheet(self.width, self.height)
        for x, y, drawn in self.drawn:
            if x + len(drawn) > self.width:
                raise Refused("GW: wider than the label")
            sheet.draw(x, y, drawn)
        return sheet.read(self.copies)


def read_epl2(stream: bytes) -> Read:
    """Draw a stream of commands; refuse whatever is unknown, out of range or has a wrong count."""
    buffer = _Buffer()
    commands: list[tuple[bytes, Callable[..., None]]] = [
        (rb"N", buffer.clear),
        (rb"q(\d+)", buffer.set_width),
        (rb"Q(\d+),(\d+|B\d+[+-]\d+)", buffer.set_length),
        (rb"D(\d+)", lambda value: _in_range(value, 0, 15)),
        (rb"S(\d+)", lambda value: _in_range(value, 0, 6)),
        (rb"P(\d+)", buffer.print),
    ]
    while stream:
        graphic = re.match(rb"GW(\d+),(\d+),(\d+),(\d+)[,\n]", stream)
        if graphic:
            x, y, width_bytes, height = (number(part, 0, 65535, "GW") for part in graphic.groups())
            end = graphic.end() + width_bytes * height
            if width_bytes * height == 0 or stream[end : end + 1] != b"\n":
                raise Refused("GW: not as many bytes as announced")
            buffer.draw(x, y, width_bytes, height, stream[graphic.end() : end])
            stream = stream[end + 1 :]
            continue
        line, ended, stream = stream.partition(b"\n")
        if not ended:
            raise Refused(f"{line[:40]!r}: the line does not end")
        if line:
            _obey(line, commands)
    return buffer.read()


def _obey(line: bytes, commands: list[tuple[bytes, Callable[..., None]]]) -> None:
    for form, act in commands:
        if found := re.fullmatch(form, line):
            act(*found.groups())
            return
    raise Refused(f"{line[:40]!r}: unknown")


def _in_range(value: bytes, least: int, most: int) -> None:
    number(value, least, most, "setting")
