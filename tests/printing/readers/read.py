"""What a reader gives back, and the sheet on which it draws."""

from typing import NamedTuple


class Refused(ValueError):
    """Bytes that a strict printer would not take; the text says which."""


class Read(NamedTuple):
    """What a stream would print."""

    copies: int
    width: int
    height: int
    rows: tuple[bytes, ...]
    """Most significant bit leftmost, 1 = black, padding bits 0."""


class Sheet:
    """A page of white dots that refuses black beyond its edges; a row is a text of 0 and 1."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = ["0" * width] * height

    def draw(self, x: int, y: int, dots: str) -> None:
        """One row of dots, 1 black, beginning at x, y."""
        inside = 0 <= y < self.height
        if "1" in (dots[max(0, self.width - x) :] if inside else dots):
            raise Refused(f"black beyond {self.width} x {self.height}")
        if inside:
            row, new = self._rows[y], dots[: self.width - x]
            under = row[x : x + len(new)]
            if "1" in under:
                new = "".join(max(pair) for pair in zip(under, new, strict=True))
            self._rows[y] = row[:x] + new + row[x + len(new) :]

    def read(self, copies: int) -> Read:
        """The page as packed rows."""
        return Read(copies, self.width, self.height, tuple(packed(row) for row in self._rows))


NEGATIVE = str.maketrans("01", "10")


def dots_of(data: bytes, black: int) -> str:
    """Dots of whole bytes; ``black`` is the bit that prints."""
    dots = "".join(f"{byte:08b}" for byte in data)
    return dots if black else dots.translate(NEGATIVE)


def packed(dots: str) -> bytes:
    """Dots in bytes, the last one filled up with white."""
    length = (len(dots) + 7) // 8
    return int(dots.ljust(8 * length, "0") or "0", 2).to_bytes(length, "big")


def number(text: bytes, least: int, most: int, what: str) -> int:
    """A whole number within its range, written plainly."""
    if not text.isdigit() or not least <= int(text) <= most:
        raise Refused(f"{what}: {text!r} is not from {least} to {most}")
    return int(text)
