"""Reads TSPL as a TSC printer would, as far as a label is pictures; from TSC's programming manual."""

import re
from collections.abc import Callable

from tests.printing.readers.read import Read, Refused, Sheet, dots_of, number

# TSC's heads; a "300 dpi" one has 300 dots an inch and not 12 a millimetre.
DOTS_PER_MM = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
LENGTH = rb"(\d+(?:\.\d+)?) mm"


class _Page:
    def __init__(self, dpi: int) -> None:
        self.dpi = dpi
        self.size: tuple[int, int] | None = None
        self.sensing = False
        self.origin = (0, 0)
        self.sheet: Sheet | None = None
        self.copies = 0

    def set_size(self, width: bytes, height: bytes) -> None:
        self.size = self._dots(width), self._dots(height)

    def set_gap(self, gap: bytes, offset: bytes) -> None:
        if not 0 <= float(gap) <= 25.4 or float(offset) != 0:
            raise Refused(f"GAP or BLINE: {gap!r}, {offset!r}")
        self.sensing = True

    def set_reference(self, x: bytes, y: bytes) -> None:
        self.origin = number(x, 0, 32000, "REFERENCE"), number(y, 0, 32000, "REFERENCE")

    def clear(self) -> None:
        if self.size is None or not self.sensing:
            raise Refused("CLS before SIZE and GAP")
        self.sheet = Sheet(*self.size)

    def draw(self, x: int, y: int, width_bytes: int, height: int, data: bytes) -> None:
        if self.sheet is None or self.copies:
            raise Refused("BITMAP where none may stand")
        for at in range(height):
            row = dots_of(data[at * width_bytes : (at + 1) * width_bytes], black=0)
            self.sheet.draw(self.origin[0] + x, self.origin[1] + y + at, row)

    def print(self, sets: bytes, copies: bytes) -> None:
        if self.sheet is None:
            raise Refused("PRINT without CLS")
        self.copies += number(sets, 1, 999999999, "PRINT") * number(copies, 1, 999999999, "PRINT")

    def _dots(self, length: bytes) -> int:
        return int(float(length) * DOTS_PER_MM[self.dpi] + 1e-9)


def read_tspl(stream: bytes, dpi: int) -> Read:
    """Draw a stream of commands; refuse whatever is unknown, out of range or has a wrong count."""
    page = _Page(dpi)
    commands: list[tuple[bytes, Callable[..., None]]] = [
        (rb"SIZE " + LENGTH + rb"," + LENGTH, page.set_size),
        (rb"(?:GAP|BLINE) " + LENGTH + rb"," + LENGTH, page.set_gap),
        (rb"DIRECTION 0,0", lambda: None),
        (rb"REFERENCE (\d+),(\d+)", page.set_reference),
        (rb"SHIFT 0", lambda: None),
        (rb"DENSITY (\d+)", lambda value: _in_range(value, 0, 15)),
        (rb"SPEED (\d+)", lambda value: _in_range(value, 1, 18)),
        (rb"CLS", page.clear),
        (rb"PRINT (\d+),(\d+)", page.print),
    ]
    while stream:
        bitmap = re.match(rb"BITMAP (\d+),(\d+),(\d+),(\d+),0,", stream)
        if bitmap:
            x, y, width_bytes, height = (number(part, 0, 32000, "BITMAP") for part in bitmap.groups())
            end = bitmap.end() + width_bytes * height
            if width_bytes * height == 0 or stream[end : end + 2] != b"\r\n":
                raise Refused("BITMAP: not as many bytes as announced")
            page.draw(x, y, width_bytes, height, stream[bitmap.end() : end])
            stream = stream[end + 2 :]
            continue
        line, ended, stream = stream.partition(b"\r\n")
        if not ended:
            raise Refused(f"{line[:40]!r}: the line does not end")
        if line:
            _obey(line, commands)
    return (page.sheet or Sheet(0, 0)).read(page.copies)


def _obey(line: bytes, commands: list[tuple[bytes, Callable[..., None]]]) -> None:
    for form, act in commands:
        if found := re.fullmatch(form, line):
            act(*found.groups())
            return
    raise Refused(f"{line[:40]!r}: unknown")


def _in_range(value: bytes, least: int, most: int) -> None:
    number(value, least, most, "setting")
