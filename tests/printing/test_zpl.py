"""A label's bytes draw exactly its dots, in our own reader and in somebody else's renderer."""

import hashlib
import itertools
import re
import zlib

import pytest
import zplkit
import zplkit.rendering

from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.printing.zpl import LARGEST_GRAPHIC, encode_zpl
from gizqr_station.printing.zpl_reader import read_format
from tests.labels.samples import IMEI_FIELDS, MAC_FIELDS, RESOLUTIONS, SHIPPED, dots, painted

TINY = LabelImage(9, 2, 203, (b"\xaa\x80", b"\x55\x00"))

# Digests of whole ZPL files at 203 dpi. The compressed part depends on the zlib that wrote it.
GOLDEN = {
    "25x25": "cba441965865e18a",
    "40x30": "b1a27bff797e65b4",
    "50x30": "eef62a7dd44e62cd",
    "60x40": "52ec491e1ec36521",
}


def _rendered(zpl: bytes, image: LabelImage) -> bytes:
    """By zplkit, in grey; it takes the picture of a label but no comment, no count and not every setting."""
    drawing = re.sub(rb"\^FX[^^]*\^FS|\^PQ1|\^JZN|\^PON|\^PMN|\^LS0", b"", zpl)
    options = zplkit.Options(profile="specification", width=image.width, height=image.height)
    roomy = zplkit.rendering.Limits(graphic_bytes=10_000_000, field_bytes=10_000_000)
    (label,) = zplkit.render(drawing, options, limits=roomy).labels
    raster = label.rasterize()
    assert (raster.width, raster.height) == (image.width, image.height)
    return bytes(raster.pixels)


def test_a_tiny_label_is_these_bytes() -> None:
    zpl = encode_zpl(TINY, "17")
    assert zpl.startswith(b"^XA^JZN^PON^PMN^LS0^LH0,0^PW9^LL2^FXjob 17^FS\n^FO0,0^GFA,4,4,2,:Z64:")
    assert re.search(rb":[0-9A-F]{4}\^FS\n\^PQ1\^XZ\n$", zpl)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="another zlib compresses into other bytes")
def test_the_bytes_have_not_changed_by_accident(name: str) -> None:
    zpl = encode_zpl(painted(name, 203, IMEI_FIELDS), "17")
    assert hashlib.sha256(zpl).hexdigest()[:16] == GOLDEN[name]


@pytest.mark.parametrize(
    ("name", "dpi", "fields"), list(itertools.product(SHIPPED, RESOLUTIONS, [MAC_FIELDS, IMEI_FIELDS]))
)
def test_two_readers_see_the_very_dots(name: str, dpi: int, fields: LabelFields) -> None:
    image = painted(name, dpi, fields)
    zpl = encode_zpl(image, "17")
    assert read_format(zpl, dpi).image == image
    assert _rendered(zpl, image) == dots(image).tobytes()


def test_nothing_but_ascii_and_nothing_that_a_user_typed() -> None:
    zpl = encode_zpl(painted("40x30", 203, IMEI_FIELDS), "17")
    assert zpl.isascii()
    commands = re.findall(rb"[\^~][A-Z]{2}", zpl)
    settings = [b"^JZ", b"^PO", b"^PM", b"^LS", b"^LH", b"^PW", b"^LL"]
    assert commands == [b"^XA", *settings, b"^FX", b"^FS", b"^FO", b"^GF", b"^FS", b"^PQ", b"^XZ"]


@pytest.mark.parametrize("setting", [b"^JZN", b"^PON", b"^PMN", b"^LS0", b"^LH0,0", b"^PW9", b"^LL2"])
def test_nothing_of_an_earlier_job_holds_for_a_label(setting: bytes) -> None:
    # A printer heeds a setting for the label at hand only when it comes before the first ^FS.
    before, _, _ = encode_zpl(TINY, "17").partition(b"^FS")
    assert re.search(re.escape(setting) + rb"(?=\^)", before)


@pytest.mark.parametrize("name", ["", "17^XZ", "17~JA", "17\n", "a b", "é", "x" * 41])
def test_a_job_name_that_could_be_more_than_a_comment_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="job name"):
        encode_zpl(TINY, name)


@pytest.mark.parametrize("name", ["17", "L-000123", "x" * 40])
def test_a_job_name_can_be_read_from_the_bytes(name: str) -> None:
    assert read_format(encode_zpl(TINY, name), 203).job_name == name


def test_a_label_too_large_for_one_graphic_goes_in_bands() -> None:
    stride, height = 150, 1400
    rows = tuple(at.to_bytes(2, "big").rjust(stride, b"\0") for at in range(height))
    image = LabelImage(stride * 8, height, 600, rows)
    zpl = encode_zpl(image, "17")
    counts = [int(count) for count in re.findall(rb"\^GFA,(\d+),", zpl)]
    assert len(counts) == 3
    assert max(counts) <= LARGEST_GRAPHIC
    assert sum(counts) == stride * height
    assert read_format(zpl, 600).image == image
    assert _rendered(zpl, image) == dots(image).tobytes()


def test_exactly_one_graphic_of_the_largest_size_is_not_split() -> None:
    image = LabelImage(9 * 8, 11111, 600, (b"\x01" * 9,) * 11111)
    assert image.stride * image.height == LARGEST_GRAPHIC
    assert encode_zpl(image, "17").count(b"^GF") == 1
