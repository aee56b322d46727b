"""TSPL byte by byte."""

from dataclasses import replace

import pytest

from gizqr_station.domain.printer import Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.printing.languages.tspl import TsplEncoder
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS

CONFIG = PrinterConfig("bench 4", ADDRESS, Language.TSPL)
# 0 is black, and what fills a row up is 1.
DOTS = b"\x1f\xff\xff\x7f"


def test_a_tiny_label_is_these_bytes() -> None:
    assert TsplEncoder(CONFIG).label(tiny(203), "17") == (
        b"\r\nSIZE 1.13 mm,0.25 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nSHIFT 0\r\nCLS\r\n"
        b"BITMAP 0,0,2,2,0," + DOTS + b"\r\nPRINT 1,1\r\n"
    )


@pytest.mark.parametrize(
    ("media", "page"),
    [
        (Media(40, 30), b"SIZE 40 mm,30 mm\r\nGAP 2 mm,0 mm\r\n"),
        (Media(40, 30, gap_mm=2.5), b"SIZE 40 mm,30 mm\r\nGAP 2.5 mm,0 mm\r\n"),
        (Media(40, 30, Sensing.MARK, 3), b"SIZE 40 mm,30 mm\r\nBLINE 3 mm,0 mm\r\n"),
        # As long as the label: the height of an endless roll says nothing.
        (Media(40, 30, Sensing.CONTINUOUS), b"SIZE 40 mm,0.25 mm\r\nGAP 0 mm,0 mm\r\n"),
    ],
)
def test_the_page_is_the_media(media: Media, page: bytes) -> None:
    stream = TsplEncoder(replace(CONFIG, media=media)).label(tiny(203), "17")
    assert stream.startswith(b"\r\n" + page + b"DIRECTION")


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_printer_that_cuts_millimetres_off_keeps_the_last_dot(dpi: int) -> None:
    pitch = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}[dpi]
    for width in range(9, 1200, 7):
        image = replace(tiny(dpi), width=width, rows=(bytes((width + 7) // 8),) * 2)
        size = TsplEncoder(replace(CONFIG, dpi=dpi)).label(image, "17").split(b" ")[1]
        assert int(float(size) * pitch) == width


def test_an_offset_is_the_reference_point() -> None:
    moved = replace(CONFIG, media=Media(40, 30), tuning=Tuning(offset_x_mm=2, offset_y_mm=1))
    assert b"\r\nREFERENCE 16,8\r\n" in TsplEncoder(moved).label(tiny(203), "17")


@pytest.mark.parametrize(
    ("tuning", "setup"),
    [
        (Tuning(), b""),
        (Tuning(darkness=0), b"DENSITY 0\r\n"),
        (Tuning(darkness=15), b"DENSITY 8\r\n"),
        (Tuning(darkness=30, speed=4), b"DENSITY 15\r\nSPEED 4\r\n"),
        (Tuning(speed=0), b"SPEED 1\r\n"),
    ],
)
def test_the_set_up_is_these_bytes(tuning: Tuning, setup: bytes) -> None:
    assert TsplEncoder(replace(CONFIG, tuning=tuning)).setup() == setup


@pytest.mark.parametrize(
    ("sensing", "command"),
    [(Sensing.GAP, b"GAPDETECT\r\n"), (Sensing.MARK, b"BLINEDETECT\r\n"), (Sensing.CONTINUOUS, None)],
)
def test_the_media_is_measured_with_these_bytes(sensing: Sensing, command: bytes | None) -> None:
    assert TsplEncoder(replace(CONFIG, media=Media(sensing=sensing))).calibration() == command
