"""A reader that proves something refuses what a printer would not take."""

import pytest

from tests.printing.readers.brother_reader import Head, read_brother
from tests.printing.readers.epl2_reader import read_epl2
from tests.printing.readers.escpos_reader import read_escpos
from tests.printing.readers.pwg_reader import read_pwg
from tests.printing.readers.read import Refused
from tests.printing.readers.tspl_reader import read_tspl

TSPL = b"SIZE 1 mm,0.25 mm\r\nGAP 2 mm,0 mm\r\nCLS\r\nBITMAP 0,0,1,2,0,\x7f\xfe\r\nPRINT 1,1\r\n"
EPL2 = b"N\nq8\nQ2,16\nGW0,0,1,2,\x7f\xfe\nP1\n"
ESCPOS = b"\x1b@\x1dv0\x00\x01\x00\x02\x00\x80\x01\x1d\x0c"
HEAD = Head(16, 0, 16)
BROTHER = bytes(100) + b"\x1b@\x1biz\xc6\x0a\x0c\x00\x02\x00\x00\x00\x00\x00g\x00\x02\x00\x01g\x00\x02\x80\x00\x1a"
DIAGONAL = (b"\x80", b"\x01")


def test_what_is_right_is_read() -> None:
    for read in (read_tspl(TSPL, 203), read_epl2(EPL2), read_escpos(ESCPOS)):
        assert read == (1, 8, 2, DIAGONAL)
    assert read_brother(BROTHER, HEAD).read == (1, 16, 2, (b"\x80\x00", b"\x00\x01"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"SIZE 1 mm,0.25 mm", b"SIZE 0.8 mm,0.25 mm"),
        (b"SIZE 1 mm,0.25 mm", b"SIZE 1 mm,0.2 mm"),
        (b"SIZE 1 mm,0.25 mm\r\n", b""),
        (b"GAP 2 mm,0 mm\r\n", b""),
        (b"GAP 2 mm", b"GAP 26 mm"),
        (b"CLS\r\n", b""),
        (b"CLS", b"CLR"),
        (b"CLS", b"DIRECTION 1,0\r\nCLS"),
        (b"CLS", b"SHIFT 8\r\nCLS"),
        (b"CLS", b"REFERENCE 1,0\r\nCLS"),
        (b"CLS", b"REFERENCE -1,0\r\nCLS"),
        (b"CLS", b"DENSITY 16\r\nCLS"),
        (b"CLS", b"SPEED 0\r\nCLS"),
        (b"CLS\r\n", b"CLS\n"),
        (b"1,2,0,", b"1,3,0,"),
        (b"1,2,0,", b"1,1,0,"),
        (b"1,2,0,", b"1,2,1,"),
        (b"PRINT 1,1\r\n", b"PRINT 1,0\r\n"),
        (b"PRINT 1,1\r\n", b"PRINT 1,1"),
        (b"PRINT 1,1\r\n", b"PRINT 1,1\r\nBITMAP 0,0,1,1,0,\xff\r\n"),
    ],
)
def test_tspl_that_is_wrong_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in TSPL
    with pytest.raises(Refused):
        read_tspl(TSPL.replace(right, wrong), 203)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"N\n", b""),
        (b"q8", b"q7"),
        (b"q8", b"q1249"),
        (b"Q2,", b"Q1,"),
        (b",16", b",15"),
        (b",16", b",B241+0"),
        (b"q8", b"R0,0\nq8"),
        (b"q8", b"D16\nq8"),
        (b"q8", b"S7\nq8"),
        (b"1,2,", b"1,3,"),
        (b"1,2,", b"1,1,"),
        (b"GW0,0", b"GW1,0"),
        (b"P1", b"P0"),
        (b"P1\n", b"P1"),
        (b"P1\n", b"P1\nN\n"),
    ],
)
def test_epl2_that_is_wrong_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in EPL2
    with pytest.raises(Refused):
        read_epl2(EPL2.replace(right, wrong))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"\x1b@", b""),
        (b"v0\x00", b"v0\x01"),
        (b"v0\x00", b"v1\x00"),
        (b"\x01\x00\x02\x00", b"\x01\x00\x01\x00"),
        (b"\x01\x00\x02\x00", b"\x01\x00\x03\x00"),
        (b"\x01\x00\x02\x00", b"\x00\x00\x02\x00"),
        (b"\x1d\x0c", b"\n"),
        (b"\x1d\x0c", b"\x1d\x0cL-000123"),
        (b"\x1d\x0c", b"\x1d\x0c\x1dv0\x00\x01\x00\x01\x00\x80"),
        (b"\x1d\x0c", b"\x1dv0\x00\x02\x00\x01\x00\x80\x00\x1d\x0c"),
        (b"\x1d\x0c", b"\x1dVB"),
    ],
)
def test_escpos_that_is_wrong_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in ESCPOS
    with pytest.raises(Refused):
        read_escpos(ESCPOS.replace(right, wrong))


def test_a_slice_too_large_for_a_small_printer_is_refused() -> None:
    with pytest.raises(Refused):
        read_escpos(b"\x1b@\x1dv0\x00\x48\x00\x00\x01" + bytes(72 * 256) + b"\x1d\x0c")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (bytes(100), bytes(99)),
        (b"\x1b@", b""),
        (b"\x1b@", b"\x1b@\x1biS"),
        (b"\x1b@", b"\x1b@\x1bia\x00"),
        (b"\x1biz\xc6", b"\x1biz\xc0"),
        (b"\xc6\x0a\x0c\x00", b"\xc6\x0a\x0c\x1d"),
        (b"\xc6\x0a\x0c\x00", b"\xc6\x03\x0c\x00"),
        (b"\x02\x00\x00\x00\x00\x00g", b"\x03\x00\x00\x00\x00\x00g"),
        (b"\x02\x00\x00\x00\x00\x00g", b"\x02\x00\x00\x00\x01\x00g"),
        (b"g\x00\x02\x00\x01", b"g\x00\x01\x00"),
        (b"g\x00\x02\x00\x01", b"G\x02\x00\x00\x01"),
        (b"g\x00\x02\x00\x01", b"Z"),
        (b"\x1a", b"\x1a\x1a"),
        (b"\x1a", b"\x0c"),
        (b"\x80\x00\x1a", b"\x80"),
    ],
)
def test_brother_raster_that_is_wrong_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in BROTHER
    with pytest.raises(Refused):
        read_brother(BROTHER.replace(right, wrong), HEAD)


def test_heating_pins_without_media_is_refused() -> None:
    for head in (Head(16, 1, 15), Head(16, 0, 15)):
        with pytest.raises(Refused):
            read_brother(BROTHER, head)


def _pwg(*, rows: bytes, **fields: int) -> bytes:
    places = {"Width": 372, "Height": 376, "Bits": 388, "Stride": 392, "Space": 400}
    header = bytearray(1796)
    header[:9] = b"PwgRaster"
    values = {"Width": 9, "Height": 2, "Bits": 1, "Stride": 2, "Space": 3, **fields}
    for at, value in [*((places[name], value) for name, value in values.items()), *ALWAYS]:
        header[at : at + 4] = value.to_bytes(4, "big")
    return b"RaS2" + bytes(header) + rows


# NumCopies, BitsPerColor, NumColors, CrossFeedTransform, FeedTransform
ALWAYS = [(340, 1), (384, 1), (420, 1), (456, 1), (460, 1)]
ROWS = b"\x00\xff\xe0\x00\x00\x01\x80"


def test_pwg_raster_is_read() -> None:
    assert read_pwg(_pwg(rows=ROWS)).read == (1, 9, 2, (b"\xe0\x00", b"\x80\x80"))
    assert read_pwg(_pwg(rows=b"\x01\x01\x00")).read.rows == (b"\x00\x00",) * 2


@pytest.mark.parametrize(
    "stream",
    [
        _pwg(rows=ROWS)[1:],
        _pwg(rows=ROWS, Bits=8),
        _pwg(rows=ROWS, Stride=3),
        _pwg(rows=ROWS, Space=18),
        _pwg(rows=ROWS, Width=0),
        _pwg(rows=ROWS, Width=17),
        _pwg(rows=ROWS + b"\x00"),
        _pwg(rows=b"\x02\x01\x00"),
        _pwg(rows=b"\x00\x02\x00\x00\x01\x00"),
        _pwg(rows=b"\x00\x80\x00\x00\x00\x01\x00"),
    ],
)
def test_pwg_raster_that_is_wrong_is_refused(stream: bytes) -> None:
    with pytest.raises((Refused, IndexError)):
        read_pwg(stream)
