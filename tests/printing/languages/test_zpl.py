"""ZPL byte by byte, and drawn by somebody else's renderer in every profile it has."""

import functools
import hashlib
import itertools
import re
import zlib
from dataclasses import replace
from typing import Literal, get_args

import pytest
import zplkit
import zplkit.rendering

from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.printer import Graphic, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.printing.languages.zpl import LARGEST_GRAPHIC, ZplEncoder
from gizqr_station.printing.languages.zpl_graphic import repeated
from gizqr_station.printing.zpl_reader import read_format
from tests.labels.samples import IMEI_FIELDS, MAC_FIELDS, RESOLUTIONS, SHIPPED, dots, painted
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS

Profile = Literal["specification", "zd621", "zq610-plus"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
BEFORE = b"^XA^PON^PMN^LS0^LH0,0^PW9^LL2^FXjob 17^FS\n^FO0,0^GFA,4,4,2,"
AFTER = b"^FS\n^PQ1^XZ\n"

# Digests of whole labels at 203 dpi. The compressed part depends on the zlib that wrote it.
GOLDEN = {
    "25x25": "5f30e578a2ec3cda",
    "40x30": "670276e329b73735",
    "50x30": "fcdbc0d84abcf71f",
    "60x40": "a530d1b398210815",
}


def _config(dpi: int = 203, graphic: Graphic = Graphic.Z64, **more: object) -> PrinterConfig:
    return replace(PrinterConfig("bench 4", ADDRESS, dpi=dpi, graphic=graphic), **more)  # type: ignore[arg-type]


def _label(image: LabelImage, graphic: Graphic = Graphic.Z64) -> bytes:
    return ZplEncoder(_config(image.dpi, graphic)).label(image, "17")


def _rendered(zpl: bytes, image: LabelImage, profile: Profile) -> bytes:
    """By zplkit, in grey; of all that stands in a label it only refuses the number of copies."""
    alike = zplkit.Options(profile=profile).compatibility
    # One of the profiles is a printer of 48 mm: here with a head as wide as is needed.
    wide = alike.replace(preview_max_width=None, preview_width_quantum=None)
    options = zplkit.Options(profile=profile, width=image.width, height=image.height, compatibility=wide)
    roomy = zplkit.rendering.Limits(graphic_bytes=10_000_000, field_bytes=10_000_000)
    (label,) = zplkit.render(zpl.replace(b"^PQ1", b""), options, limits=roomy).labels
    raster = label.rasterize()
    assert (raster.width, raster.height) == (image.width, image.height)
    return bytes(raster.pixels)


@pytest.mark.parametrize(
    ("graphic", "data"),
    [(Graphic.HEX, b"E0000080"), (Graphic.ACS, b"E,008,")],
)
def test_a_tiny_label_is_these_bytes(graphic: Graphic, data: bytes) -> None:
    assert _label(tiny(203), graphic) == BEFORE + data + AFTER


def test_a_tiny_label_is_compressed_between_these_bytes() -> None:
    zpl = _label(tiny(203))
    assert zpl.startswith(BEFORE + b":Z64:")
    assert re.fullmatch(rb"[A-Za-z0-9+/]+=*:[0-9A-F]{4}", zpl[len(BEFORE) + 5 : -len(AFTER)])
    assert zpl.endswith(AFTER)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="another zlib compresses into other bytes")
def test_the_bytes_have_not_changed_by_accident(name: str) -> None:
    zpl = _label(painted(name, 203, IMEI_FIELDS))
    assert hashlib.sha256(zpl).hexdigest()[:16] == GOLDEN[name]


@pytest.mark.parametrize(
    ("tuning", "sensing", "setup"),
    [
        (Tuning(), Sensing.GAP, b"^XA^JZN^MNW^XZ\n"),
        (Tuning(darkness=7), Sensing.MARK, b"~SD07^XA^JZN^MNM^XZ\n"),
        (Tuning(darkness=30, speed=4), Sensing.CONTINUOUS, b"~SD30^XA^JZN^MNN^PR4^XZ\n"),
        (Tuning(darkness=31, speed=18), Sensing.GAP, b"~SD30^XA^JZN^MNW^PR14^XZ\n"),
        (Tuning(darkness=0, speed=0), Sensing.GAP, b"~SD00^XA^JZN^MNW^PR1^XZ\n"),
    ],
)
def test_the_set_up_is_these_bytes(tuning: Tuning, sensing: Sensing, setup: bytes) -> None:
    assert ZplEncoder(_config(tuning=tuning, media=Media(sensing=sensing))).setup() == setup


def test_the_media_is_measured_with_these_bytes() -> None:
    assert ZplEncoder(_config()).calibration() == b"~JC\n"
    assert ZplEncoder(_config(media=Media(sensing=Sensing.CONTINUOUS))).calibration() is None


def test_larger_media_and_an_offset_are_in_these_bytes() -> None:
    moved = _config(graphic=Graphic.HEX, media=Media(10, 5), tuning=Tuning(offset_x_mm=2, offset_y_mm=0.5))
    zpl = ZplEncoder(moved).label(tiny(203), "17")
    assert b"^PW80^LL40^" in zpl
    assert b"^FO16,4^GFA,4,4,2,E0000080^FS" in zpl


@pytest.mark.parametrize(("name", "dpi", "graphic"), list(itertools.product(SHIPPED, RESOLUTIONS, Graphic)), ids=str)
def test_another_renderer_sees_the_very_dots_in_every_profile(name: str, dpi: int, graphic: Graphic) -> None:
    image = painted(name, dpi, MAC_FIELDS)
    zpl = _label(image, graphic)
    for profile in PROFILES:
        assert _rendered(zpl, image, profile) == _black_on_white(name, dpi)


@functools.cache
def _black_on_white(name: str, dpi: int) -> bytes:
    return dots(painted(name, dpi, MAC_FIELDS)).tobytes()


@pytest.mark.parametrize("fields", [MAC_FIELDS, IMEI_FIELDS])
def test_nothing_but_ascii_and_nothing_that_a_user_typed(fields: LabelFields) -> None:
    zpl = _label(painted("40x30", 203, fields))
    assert zpl.isascii()
    commands = re.findall(rb"[\^~][A-Z]{2}", zpl)
    settings = [b"^PO", b"^PM", b"^LS", b"^LH", b"^PW", b"^LL"]
    assert commands == [b"^XA", *settings, b"^FX", b"^FS", b"^FO", b"^GF", b"^FS", b"^PQ", b"^XZ"]


@pytest.mark.parametrize("setting", [b"^PON", b"^PMN", b"^LS0", b"^LH0,0", b"^PW9", b"^LL2"])
def test_nothing_of_an_earlier_job_holds_for_a_label(setting: bytes) -> None:
    # A printer heeds a setting for the label at hand only when it comes before the first ^FS.
    before, _, _ = _label(tiny(203)).partition(b"^FS")
    assert re.search(re.escape(setting) + rb"(?=\^)", before)


def test_a_label_broken_off_is_not_printed_again_by_the_printer() -> None:
    assert b"^JZN" in ZplEncoder(_config()).setup()


@pytest.mark.parametrize("name", ["17", "L-000123", "x" * 40])
def test_a_job_name_can_be_read_from_the_bytes(name: str) -> None:
    assert read_format(ZplEncoder(_config()).label(tiny(203), name), 203).job_name == name


@pytest.mark.parametrize("graphic", Graphic)
def test_a_label_too_large_for_one_graphic_goes_in_bands(graphic: Graphic) -> None:
    stride, height = 150, 1400
    rows = tuple(at.to_bytes(2, "big").rjust(stride, b"\0") for at in range(height))
    image = LabelImage(stride * 8, height, 600, rows)
    zpl = _label(image, graphic)
    counts = [int(count) for count in re.findall(rb"\^GFA,(\d+),", zpl)]
    assert len(counts) == 3
    assert max(counts) <= LARGEST_GRAPHIC
    assert sum(counts) == stride * height
    assert read_format(zpl, 600).image == image
    if graphic is Graphic.Z64:
        assert _rendered(zpl, image, "specification") == dots(image).tobytes()


def test_exactly_one_graphic_of_the_largest_size_is_not_split() -> None:
    image = LabelImage(9 * 8, 11111, 600, (b"\x01" * 9,) * 11111)
    assert image.stride * image.height == LARGEST_GRAPHIC
    assert _label(image).count(b"^GF") == 1


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ("12", b"12"),
        ("00", b","),
        ("FF", b"!"),
        ("1200", b"12,"),
        ("12FF", b"12!"),
        ("1222", b"1I2"),
        ("A" * 6, b"LA"),
        ("A" * 20, b"gA"),
        ("A" * 46, b"hLA"),
        ("A" * 400, b"zA"),
        ("A" * 418, b"zXA"),
        ("A" * 420, b"zYAA"),
        ("A" * 840, b"zYAzYAAA"),
    ],
)
def test_repeats_are_counted_with_zebras_letters(row: str, written: bytes) -> None:
    assert repeated((bytes.fromhex(row),)) == written


def test_a_row_like_the_last_is_a_colon_and_the_first_never_is() -> None:
    assert repeated((b"\x12", b"\x12", b"\x12", b"\x00", b"\x00")) == b"12::,:"
