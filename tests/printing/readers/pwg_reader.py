"""Reads PWG raster as an IPP Everywhere printer would; from PWG 5102.4-2012."""

import struct
from typing import NamedTuple

from tests.printing.readers.read import Read, Refused

# One after the other, as table 1 of the standard lists them; s is a text of 64 bytes, I a number, x reserved.
FIELDS = (
    ("PwgRaster", "64s"), ("MediaColor", "64s"), ("MediaType", "64s"), ("PrintContentOptimize", "64s"),
    ("-", "12x"), ("CutMedia", "I"), ("Duplex", "I"), ("CrossFeedResolution", "I"), ("FeedResolution", "I"),
    ("-", "16x"), ("InsertSheet", "I"), ("Jog", "I"), ("LeadingEdge", "I"), ("-", "12x"), ("MediaPosition", "I"),
    ("MediaWeight", "I"), ("-", "8x"), ("NumCopies", "I"), ("Orientation", "I"), ("-", "4x"), ("PageWidth", "I"),
    ("PageHeight", "I"), ("-", "8x"), ("Tumble", "I"), ("Width", "I"), ("Height", "I"), ("-", "4x"),
    ("BitsPerColor", "I"), ("BitsPerPixel", "I"), ("BytesPerLine", "I"), ("ColorOrder", "I"), ("ColorSpace", "I"),
    ("-", "16x"), ("NumColors", "I"), ("-", "28x"), ("TotalPageCount", "I"), ("CrossFeedTransform", "I"),
    ("FeedTransform", "I"), ("ImageBoxLeft", "I"), ("ImageBoxTop", "I"), ("ImageBoxRight", "I"),
    ("ImageBoxBottom", "I"), ("AlternatePrimary", "I"), ("PrintQuality", "I"), ("-", "20x"), ("VendorIdentifier", "I"),
    ("VendorLength", "I"), ("VendorData", "1088s"), ("-", "64x"), ("RenderingIntent", "64s"), ("PageSizeName", "64s"),
)  # fmt: skip
LAYOUT = ">" + "".join(form for _, form in FIELDS)
NAMES = [name for name, form in FIELDS if not form.endswith("x")]


class Page(NamedTuple):
    """One page and what its header says."""

    read: Read
    header: dict[str, int | str]


def read_pwg(stream: bytes) -> Page:
    """The one page of a stream of black_1."""
    if stream[:4] != b"RaS2":
        raise Refused("no sync word")
    size = struct.calcsize(LAYOUT)
    if size != 1796 or len(stream) < 4 + size:
        raise Refused("no whole header")
    reserved = struct.calcsize(LAYOUT)
    values = struct.unpack(LAYOUT, stream[4 : 4 + reserved])
    header = {
        name: value.rstrip(b"\0").decode("ascii") if isinstance(value, bytes) else value
        for name, value in zip(NAMES, values, strict=True)
    }
    width, height = header["Width"], header["Height"]
    assert isinstance(width, int)
    assert isinstance(height, int)
    stride = (width + 7) // 8
    wanted = {
        "PwgRaster": "PwgRaster", "BitsPerColor": 1, "BitsPerPixel": 1, "ColorSpace": 3, "ColorOrder": 0,
        "NumColors": 1, "BytesPerLine": stride, "CrossFeedTransform": 1, "FeedTransform": 1,
    }  # fmt: skip
    wrong = {name: header[name] for name, value in wanted.items() if header[name] != value}
    if wrong or not width or not height:
        raise Refused(f"header: {wrong}")
    copies = header["NumCopies"]
    assert isinstance(copies, int)
    return Page(Read(copies, width, height, _rows(stream[4 + size :], stride, height)), header)


def _rows(data: bytes, stride: int, height: int) -> tuple[bytes, ...]:
    rows: list[bytes] = []
    at = 0
    while len(rows) < height:
        times, row = data[at] + 1, bytearray()
        at += 1
        while len(row) < stride:
            count = data[at]
            if count == 128:
                raise Refused("a count of 128")
            if count < 128:
                row += data[at + 1 : at + 2] * (count + 1)
                at += 2
            else:
                row += data[at + 1 : at + 1 + 257 - count]
                at += 1 + 257 - count
            if at > len(data):
                raise Refused("ends within a row")
        if len(row) != stride:
            raise Refused("a row too long")
        rows += [bytes(row)] * times
    if len(rows) != height or at != len(data):
        raise Refused("not as many rows as announced")
    return tuple(rows)
