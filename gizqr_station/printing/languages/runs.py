"""Rows packed in the two kinds of PackBits that printers read; they count the other way round from each other."""

import itertools

_LONGEST = 128


def packed_as_tiff(row: bytes) -> bytes:
    """As TIFF and Brother count: ``n - 1`` before n mixed bytes, ``257 - n`` before a byte that repeats n times."""
    return b"".join(
        bytes([257 - len(piece), piece[0]]) if _repeats(piece) else bytes([len(piece) - 1]) + piece
        for piece in _pieces(row)
    )


def packed_as_pwg(row: bytes) -> bytes:
    """As PWG 5102.4 counts: ``n - 1`` before a byte that repeats n times, ``257 - n`` before n mixed bytes.

    A single byte is one that repeats once, for 257 - 1 is no byte.
    """
    return b"".join(
        bytes([len(piece) - 1, piece[0]]) if len(piece) == 1 or _repeats(piece) else bytes([257 - len(piece)]) + piece
        for piece in _pieces(row)
    )


def _repeats(piece: bytes) -> bool:
    return len(piece) > 1 and piece == piece[:1] * len(piece)


def _pieces(row: bytes) -> list[bytes]:
    """All of a row in order, in pieces of up to 128 bytes that are either one byte over and over, or mixed."""
    found: list[bytes] = []
    mixed = b""
    for _, group in itertools.groupby(row):
        equal = bytes(group)
        if len(equal) == 1:
            mixed += equal
        else:
            found += [*_cut(mixed), *_cut(equal)]
            mixed = b""
    return found + _cut(mixed)


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + _LONGEST] for at in range(0, len(data), _LONGEST)]
