"""Reads ESC/POS as a receipt printer would, as far as a label is pictures; from Epson's command reference.

Anything that is no command would be printed as letters: it is refused.
"""

from tests.printing.readers.read import Read, Refused

ESC, GS = 0x1B, 0x1D
SMALLEST_BUFFER_BYTES = 12_288


def read_escpos(stream: bytes) -> Read:
    """Stack the pictures of a stream; width is in whole bytes."""
    if stream[:2] != bytes([ESC, ord("@")]):
        raise Refused("begins with no reset")
    at, rows, ends = 2, list[bytes](), 0
    while at < len(stream):
        begin = stream[at : at + 2]
        if begin == bytes([GS, ord("v")]):
            if ends:
                raise Refused("a picture behind the end of the label")
            height, at = _raster(stream, at, rows)
            if not height:
                raise Refused("GS v 0: no rows")
        elif begin == bytes([GS, 0x0C]):
            ends, at = ends + 1, at + 2
        elif begin == bytes([ESC, ord("J")]):
            if at + 2 >= len(stream) or not rows:
                raise Refused("ESC J")
            at += 3
        elif stream[at : at + 3] == bytes([GS, ord("V"), 66]) and at + 3 < len(stream):
            ends, at = ends + 1, at + 4
        else:
            raise Refused(f"{stream[at : at + 8]!r}: unknown")
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise Refused(f"rows of {sorted(widths)} bytes")
    return Read(ends, 8 * max(widths, default=0), len(rows), tuple(rows))


def _raster(stream: bytes, at: int, rows: list[bytes]) -> tuple[int, int]:
    """GS v 0 m xL xH yL yH and its bytes: how many rows, and where it ends."""
    head = stream[at + 2 : at + 8]
    if len(head) < 6 or head[0] != ord("0") or head[1] != 0:
        raise Refused(f"GS v: {head!r}")
    width, height = head[2] + 256 * head[3], head[4] + 256 * head[5]
    data = stream[at + 8 : at + 8 + width * height]
    if len(data) != width * height or not width or height > 4095:
        raise Refused("GS v 0: not as many bytes as announced")
    if len(data) > SMALLEST_BUFFER_BYTES:
        raise Refused(f"GS v 0: {len(data)} bytes at once")
    rows += [data[row * width : (row + 1) * width] for row in range(height)]
    return height, at + 8 + len(data)
