"""EPL2 byte by byte."""

from dataclasses import replace

import pytest

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.domain.printer_setup_failures import LabelTooLarge
from gizqr_station.printing.languages.epl2 import Epl2Encoder
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS

CONFIG = PrinterConfig("bench 4", ADDRESS, Language.EPL2)
# 0 is black, and what fills a row up is 1.
DOTS = b"\x1f\xff\xff\x7f"


def test_a_tiny_label_is_these_bytes() -> None:
    assert Epl2Encoder(CONFIG).label(tiny(203), "17") == b"\nN\nq16\nQ2,16\nGW0,0,2,2," + DOTS + b"\nP1\n"


@pytest.mark.parametrize(
    ("dpi", "media", "page"),
    [
        (203, Media(40, 30), b"q320\nQ240,16\n"),
        (203, Media(40, 30, gap_mm=3), b"q320\nQ240,24\n"),
        (203, Media(40, 30, gap_mm=0), b"q320\nQ240,16\n"),
        (203, Media(40, 30, gap_mm=50), b"q320\nQ240,240\n"),
        (203, Media(40, 30, Sensing.MARK, 4), b"q320\nQ240,B32+0\n"),
        (203, Media(40, 30, Sensing.CONTINUOUS), b"q320\nQ2,0\n"),
        (300, Media(40, 30), b"q472\nQ354,24\n"),
        (300, Media(40, 30, gap_mm=1), b"q472\nQ354,18\n"),
    ],
)
def test_the_page_is_the_media(dpi: int, media: Media, page: bytes) -> None:
    stream = Epl2Encoder(replace(CONFIG, dpi=dpi, media=media)).label(tiny(dpi), "17")
    assert stream.startswith(b"\nN\n" + page + b"GW0,0,2,2,")


def test_an_offset_is_where_the_picture_begins() -> None:
    moved = replace(CONFIG, media=Media(40, 30), tuning=Tuning(offset_x_mm=2, offset_y_mm=1))
    assert b"\nGW16,8,2,2," in Epl2Encoder(moved).label(tiny(203), "17")


def test_the_last_byte_is_on_the_page() -> None:
    moved = replace(CONFIG, media=Media(2, 30), tuning=Tuning(offset_x_mm=0.875))
    assert b"\nq24\n" in Epl2Encoder(moved).label(tiny(203), "17")


@pytest.mark.parametrize(("dpi", "pins"), [(203, 832), (300, 1248)])
def test_a_label_wider_than_any_head_is_refused(dpi: int, pins: int) -> None:
    encoder = Epl2Encoder(replace(CONFIG, dpi=dpi))
    assert encoder.label(LabelImage(pins, 1, dpi, (bytes(pins // 8),)), "17")
    with pytest.raises(LabelTooLarge) as refused:
        encoder.label(LabelImage(pins + 1, 1, dpi, (bytes(pins // 8 + 1),)), "17")
    assert refused.value.room.startswith("104.0 x" if dpi == 203 else "105.7 x")


@pytest.mark.parametrize(
    ("tuning", "setup"),
    [
        (Tuning(), b""),
        (Tuning(darkness=0), b"\nD0\n"),
        (Tuning(darkness=30, speed=4), b"\nD15\nS4\n"),
        (Tuning(speed=14), b"\nS6\n"),
    ],
)
def test_the_set_up_is_these_bytes(tuning: Tuning, setup: bytes) -> None:
    assert Epl2Encoder(replace(CONFIG, tuning=tuning)).setup() == setup


@pytest.mark.parametrize(
    ("sensing", "command"), [(Sensing.GAP, b"\nxa\n"), (Sensing.MARK, None), (Sensing.CONTINUOUS, None)]
)
def test_the_media_is_measured_with_these_bytes(sensing: Sensing, command: bytes | None) -> None:
    assert Epl2Encoder(replace(CONFIG, media=Media(sensing=sensing))).calibration() == command
