"""ESC/POS byte by byte."""

from dataclasses import replace

import pytest

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.printing.languages.escpos import EscposEncoder
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS

CONFIG = PrinterConfig("bench 4", ADDRESS, Language.ESCPOS)


def test_a_tiny_label_is_these_bytes() -> None:
    assert EscposEncoder(CONFIG).label(tiny(203), "17") == (b"\x1b@\x1dv0\x00\x02\x00\x02\x00\xe0\x00\x00\x80\x1d\x0c")


@pytest.mark.parametrize(
    ("gap_mm", "end"),
    [
        (0, b"\x1dVB\x00"),
        (2, b"\x1bJ\x10\x1dVB\x00"),
        (50, b"\x1bJ\xff\x1bJ\x91\x1dVB\x00"),
    ],
)
def test_an_endless_roll_is_fed_and_cut(gap_mm: float, end: bytes) -> None:
    endless = replace(CONFIG, media=Media(0, 0, Sensing.CONTINUOUS, gap_mm))
    assert EscposEncoder(endless).label(tiny(203), "17").endswith(b"\xe0\x00\x00\x80" + end)


def test_a_mark_is_gone_to_like_a_gap() -> None:
    marked = replace(CONFIG, media=Media(sensing=Sensing.MARK))
    assert EscposEncoder(marked).label(tiny(203), "17").endswith(b"\x1d\x0c")


def test_a_tall_label_goes_in_slices_without_a_feed_between() -> None:
    image = LabelImage(8, 300, 203, tuple(bytes([at % 251]) for at in range(300)))
    stream = EscposEncoder(CONFIG).label(image, "17")
    first, second, third = image.packed[:128], image.packed[128:256], image.packed[256:]
    assert stream == (
        b"\x1b@"
        + b"\x1dv0\x00\x01\x00\x80\x00" + first
        + b"\x1dv0\x00\x01\x00\x80\x00" + second
        + b"\x1dv0\x00\x01\x00\x2c\x00" + third
        + b"\x1d\x0c"
    )  # fmt: skip


def test_wide_and_tall_counts_are_two_bytes() -> None:
    image = LabelImage(2400, 2, 203, (bytes(300),) * 2)
    assert b"\x1dv0\x00\x2c\x01\x02\x00" in EscposEncoder(CONFIG).label(image, "17")


def test_an_offset_is_white_dots_before_the_label() -> None:
    moved = replace(CONFIG, media=Media(40, 30), tuning=Tuning(offset_x_mm=1, offset_y_mm=0.125))
    assert EscposEncoder(moved).label(tiny(203), "17") == (
        b"\x1b@\x1dv0\x00\x03\x00\x03\x00\x00\x00\x00\x00\xe0\x00\x00\x00\x80\x1d\x0c"
    )


def test_nothing_is_set_up_or_measured() -> None:
    dark = EscposEncoder(replace(CONFIG, tuning=Tuning(darkness=30, speed=5)))
    assert (dark.setup(), dark.calibration()) == (b"", None)
