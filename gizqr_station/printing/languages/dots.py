"""Dots turned, mirrored, inverted and moved, before a language wraps them."""

from gizqr_station.domain.label import LabelImage


class DotsLost(ValueError):
    """A black dot would fall off."""


def turned(image: LabelImage) -> LabelImage:
    """A quarter turn clockwise: what was at the top is at the right."""
    columns = zip(*(_signs(row, image.width) for row in reversed(image.rows)), strict=True)
    return from_numbers(image.height, image.width, image.dpi, [int("".join(column), 2) for column in columns])


def mirrored(image: LabelImage) -> LabelImage:
    """Left and right exchanged."""
    numbers = [int(_signs(row, image.width)[::-1], 2) for row in image.rows]
    return from_numbers(image.width, image.height, image.dpi, numbers)


def inverted_rows(image: LabelImage) -> list[bytes]:
    """Rows in which 0 is black, as long as those of the image; padding is 1, for it must stay white."""
    ones = (1 << (8 * image.stride)) - 1
    return [(int.from_bytes(row, "big") ^ ones).to_bytes(image.stride, "big") for row in image.rows]


def window(image: LabelImage, x: int, y: int, width: int, height: int) -> LabelImage:
    """What is seen through a window of this size whose upper left corner is x, y of the image, in dots.

    The window may reach over the edges, where it is white; x and y may be negative. Raises DotsLost when a black dot
    is outside of it.
    """
    if (x, y, width, height) == (0, 0, image.width, image.height):
        return image  # most labels fill their page, and going through all rows takes longer than sending them
    numbers = [0] * height
    for at, row in enumerate(image.rows):
        number = _number(row, image.width)
        if not number:
            continue
        shift = width + x - image.width
        lost = number & ((1 << max(0, -shift)) - 1)
        number = number << shift if shift >= 0 else number >> -shift
        if lost or number >> width or not 0 <= at - y < height:
            raise DotsLost
        numbers[at - y] = number
    return from_numbers(width, height, image.dpi, numbers)


def from_numbers(width: int, height: int, dpi: int, numbers: list[int]) -> LabelImage:
    """An image of rows that are numbers ``width`` bits wide, the highest bit leftmost."""
    stride = (width + 7) // 8
    rows = tuple((number << (8 * stride - width)).to_bytes(stride, "big") for number in numbers)
    return LabelImage(width, height, dpi, rows)


def _number(row: bytes, width: int) -> int:
    return int.from_bytes(row, "big") >> (8 * len(row) - width)


def _signs(row: bytes, width: int) -> str:
    return f"{_number(row, width):0{width}b}"
