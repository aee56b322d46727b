"""PWG raster, PNG and PDF: what their headers say, and what other programs make of them."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.languages.runs import packed_as_pwg, packed_as_tiff
from tests.labels.samples import MAC_CONTENT, MAC_FIELDS, painted
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS
from tests.printing.readers.pwg_reader import read_pwg


def _config(language: Language, dpi: int = 203) -> PrinterConfig:
    return PrinterConfig("bench 4", ADDRESS, language, dpi)


def _label(language: Language, image: LabelImage) -> bytes:
    return encoder_for(_config(language, image.dpi)).label(image, "17")


def test_the_rows_of_a_tiny_pwg_raster_are_these_bytes() -> None:
    stream = _label(Language.PWG, tiny(203))
    assert stream[:13] == b"RaS2PwgRaster"
    assert len(stream[4:1800]) == 1796
    assert stream[1800:] == b"\x00\xff\xe0\x00" + b"\x00\xff\x00\x80"


@pytest.mark.parametrize(
    ("dpi", "width", "height", "media", "points", "name"),
    [
        (203, 320, 240, Media(), (113, 85), "custom_label_40x30mm"),
        (300, 472, 354, Media(), (113, 85), "custom_label_39.96x29.97mm"),
        (300, 472, 354, Media(40, 30), (113, 85), "custom_label_40x30mm"),
        (300, 472, 354, Media(40, 99, Sensing.CONTINUOUS), (113, 85), "custom_label_40x29.97mm"),
        (600, 945, 709, Media(40, 30), (113, 85), "custom_label_40x30mm"),
        (203, 812, 1218, Media(101.5, 152.25), (288, 432), "custom_label_101.5x152.25mm"),
    ],
)
def test_a_pwg_header_says_what_is_true(
    dpi: int, width: int, height: int, media: Media, points: tuple[int, int], name: str
) -> None:
    encoder = encoder_for(replace(_config(Language.PWG, dpi), media=media))
    header = read_pwg(encoder.label(painted("40x30", dpi, MAC_FIELDS), "17")).header
    assert (header["Width"], header["Height"]) == (width, height)
    assert (header["CrossFeedResolution"], header["FeedResolution"]) == (dpi, dpi)
    assert (header["PageWidth"], header["PageHeight"]) == points
    assert (header["NumCopies"], header["TotalPageCount"]) == (1, 1)
    assert header["PageSizeName"] == name


def test_rows_that_are_equal_stand_once_and_never_more_than_256() -> None:
    image = LabelImage(8, 300, 203, (b"\xaa",) * 300)
    assert _label(Language.PWG, image)[1800:] == b"\xff\x00\xaa" + b"\x2b\x00\xaa"


# The example of Brother's reference, up to where it is given.
BROTHERS_EXAMPLE = bytes(20) + bytes.fromhex("2222 23BABFA2222B")


def test_packing_for_brother_is_that_of_its_reference() -> None:
    assert packed_as_tiff(BROTHERS_EXAMPLE) == bytes.fromhex("ED00 FF22 0523BABFA2222B")


@pytest.mark.parametrize(
    ("row", "tiff", "pwg"),
    [
        ("01", "0001", "0001"),
        ("0102", "010102", "FF0102"),
        ("0101", "FF01", "0101"),
        ("00" * 128, "8100", "7F00"),
        ("00" * 129, "81000000", "7F000000"),
        ("00" * 130, "8100FF00", "7F000100"),
    ],
)
def test_the_two_kinds_of_packing_count_the_other_way_round(row: str, tiff: str, pwg: str) -> None:
    assert packed_as_tiff(bytes.fromhex(row)).hex().upper() == tiff
    assert packed_as_pwg(bytes.fromhex(row)).hex().upper() == pwg


def test_mixed_bytes_are_counted_up_to_128() -> None:
    row = bytes(range(130))
    assert packed_as_tiff(row) == b"\x7f" + row[:128] + b"\x01" + row[128:]
    assert packed_as_pwg(row) == b"\x81" + row[:128] + b"\xff" + row[128:]


def test_a_tiny_pdf_has_the_labels_size_and_dots() -> None:
    document = _label(Language.PDF, tiny(203))
    assert document.startswith(b"%PDF-1.4\n")
    assert b"/MediaBox [0 0 3.1890 0.7087]" in document
    assert b"/Width 9 /Height 2 /BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0]" in document
    assert document.count(b"/Type /Page ") == 1


def test_a_pdf_is_drawn_black_on_white_and_can_be_scanned(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(_label(Language.PDF, painted("25x25", 203, MAC_FIELDS))) as document:
        drawn = document[0].render(scale=3 * 203.2 / 72).to_pil()
    drawn.save(tmp_path / "drawn.png")
    assert decode_picture(tmp_path / "drawn.png") == MAC_CONTENT
    assert drawn.convert("L").getpixel((1, 1)) == 255


def test_a_tiny_png_has_the_labels_dots() -> None:
    with Image.open(io.BytesIO(_label(Language.PNG, tiny(300)))) as picture:
        assert (picture.mode, picture.size) == ("1", (9, 2))
        assert list(picture.convert("L").tobytes()) == [0, 0, 0] + [255] * 6 + [255] * 8 + [0]


@pytest.mark.parametrize("language", [Language.PWG, Language.PNG, Language.PDF])
def test_a_page_is_as_large_as_the_media(language: Language) -> None:
    large = replace(_config(language), media=Media(10, 5), tuning=Tuning(offset_x_mm=1))
    page = encoder_for(large).label(tiny(203), "17")
    widths = {
        Language.PWG: lambda: read_pwg(page).read.width,
        Language.PNG: lambda: Image.open(io.BytesIO(page)).width,
        Language.PDF: lambda: int(re.findall(rb"/Width (\d+)", page)[0]),
    }
    assert widths[language]() == 80
