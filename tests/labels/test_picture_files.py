"""Anybody's picture of a label is decoded, or refused by name."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.label_failures import NoCodeInPicture, PictureNotOpened, SeveralCodesInPicture
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.labels.read_back import as_picture
from gizqr_station.printing.languages.png import encode_png
from tests.labels.samples import (
    IMEI_CONTENT,
    IMEI_FIELDS,
    MAC_CONTENT,
    MAC_FIELDS,
    painted,
)


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp"])
def test_a_picture_of_a_label_is_decoded(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"label.{kind}"
    as_picture(painted("40x30", 300, MAC_FIELDS)).save(path)
    assert decode_picture(path) == MAC_CONTENT


def test_a_turned_picture_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "label.png"
    as_picture(painted("40x30", 300, MAC_FIELDS)).rotate(17, fillcolor=255, expand=True).save(path)
    assert decode_picture(path) == MAC_CONTENT


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    grey = as_picture(painted("40x30", 300, MAC_FIELDS))
    black = Image.new("RGBA", grey.size, (0, 0, 0, 255))
    black.putalpha(grey.point([255 - value for value in range(256)]))
    black.save(tmp_path / "label.png")
    assert decode_picture(tmp_path / "label.png") == MAC_CONTENT


def test_codes_that_differ_are_listed_and_equal_ones_are_one(tmp_path: Path) -> None:
    path = tmp_path / "labels.png"
    path.write_bytes(encode_png(_beside(painted("40x30", 203, MAC_FIELDS), painted("40x30", 203, MAC_FIELDS))))
    assert decode_picture(path) == MAC_CONTENT
    path.write_bytes(encode_png(_beside(painted("40x30", 203, MAC_FIELDS), painted("40x30", 203, IMEI_FIELDS))))
    with pytest.raises(SeveralCodesInPicture) as refused:
        decode_picture(path)
    assert refused.value.found == f"{MAC_CONTENT}\n{IMEI_CONTENT}"


def _beside(left: LabelImage, right: LabelImage) -> LabelImage:
    rows = tuple(one + other for one, other in zip(left.rows, right.rows, strict=True))
    return LabelImage(left.width + right.width, left.height, left.dpi, rows)


def test_a_picture_without_a_code_is_refused(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    with pytest.raises(NoCodeInPicture):
        decode_picture(tmp_path / "white.png")


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(40), b"BM" + bytes(60)]
)
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "label.png").write_bytes(content)
    with pytest.raises(PictureNotOpened) as refused:
        decode_picture(tmp_path / "label.png")
    assert refused.value.reason


def test_broken_chunks_of_a_png_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "label.png"
    as_picture(painted("25x25", 203, MAC_FIELDS)).save(path)
    whole = path.read_bytes()
    header_too_short = whole.replace(b"\0\0\0\x0dIHDR", b"\0\0\0\x0cIHDR")
    name_unknown = whole.replace(b"IDAT", b"\xe8\xbd/\xfb")
    at = whole.index(b"IDAT") - 4
    data_too_short = whole[:at] + struct.pack(">I", 40) + whole[at + 4 :]
    for content in (header_too_short, name_unknown, data_too_short):
        assert content != whole
        path.write_bytes(content)
        with pytest.raises(PictureNotOpened):
            decode_picture(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.png", tmp_path):
        with pytest.raises(PictureNotOpened):
            decode_picture(path)


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp"])
def test_a_file_cut_off_anywhere_is_refused_or_decoded(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"label.{kind}"
    as_picture(painted("25x25", 203, MAC_FIELDS)).save(path)
    whole = path.read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:length])
        try:
            assert decode_picture(path) == MAC_CONTENT
        except (PictureNotOpened, NoCodeInPicture):
            continue


@pytest.mark.parametrize("side", [6_400, 10_000, 20_000])
def test_a_picture_beyond_forty_megapixels_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(_png_header(side))
    with pytest.raises(PictureNotOpened) as refused:
        decode_picture(path)
    assert str(side) in refused.value.reason or "decompression bomb" in refused.value.reason


def _png_header(side: int) -> bytes:
    """A PNG that promises side x side dots and has none."""
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"")
    chunks = [struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) for body in (header, data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
