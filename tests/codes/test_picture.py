"""Facts about reading the service's pictures."""

import io
import random
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image

from gizqr_station.codes.picture import MOST_PIXELS, content_of
from gizqr_station.domain.code_failures import PictureUnreadable
from gizqr_station.service.pictures import picture_of
from tests.codes.scripted_service import FOR_A_MAC, FOR_AN_IMEI

FILE = "/static/zipfiles/1.zip"
PICTURE = picture_of(FOR_A_MAC)


def opened(png: bytes = PICTURE) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        return image


def saved(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def declared_png(width: int, height: int) -> bytes:
    head = struct.pack(">2L5B", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def reason(png: bytes) -> str:
    with pytest.raises(PictureUnreadable) as caught:
        content_of(png, FILE)
    assert caught.value.file == FILE
    return caught.value.reason


@pytest.mark.parametrize("content", [FOR_A_MAC, FOR_AN_IMEI])
def test_a_picture_says_its_content(content: str) -> None:
    assert content_of(picture_of(content), FILE) == content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_usual_kind_of_png_is_read(mode: str) -> None:
    assert content_of(saved(opened().convert("L").convert(mode)), FILE) == FOR_A_MAC


def test_what_is_see_through_is_paper() -> None:
    grey = opened().convert("L")
    black = Image.new("RGBA", grey.size, (0, 0, 0, 255))
    black.putalpha(grey.point(lambda level: 255 - level))
    assert content_of(saved(black), FILE) == FOR_A_MAC


def test_no_code_and_two_codes_are_not_one() -> None:
    assert reason(saved(Image.new("L", (200, 200), 255))) == "0 codes"
    one = opened().convert("L")
    two = Image.new("L", (400, 200), 255)
    two.paste(one, (0, 0))
    two.paste(one, (220, 0))
    assert reason(saved(two)) == "2 codes"


def test_another_symbology_is_no_qr_code() -> None:
    for form in (zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.MicroQRCode):
        symbol = zxingcpp.create_barcode("00911F500047", form)
        image = Image.fromarray(zxingcpp.write_barcode_to_image(symbol, scale=4, add_quiet_zones=True))
        assert reason(saved(image)) == "0 codes"


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "BMP", "TIFF"])
def test_what_is_no_png_is_refused_whatever_its_name(kind: str) -> None:
    assert reason(saved(opened().convert("L"), kind)) == "not a PNG"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"%PDF-1.7" + bytes(100), PICTURE[8:]])
def test_remains_of_a_file_are_no_png(data: bytes) -> None:
    assert reason(data) == "not a PNG"


@pytest.mark.parametrize("size", [(MOST_PIXELS + 1, 1), (2001, 2000), (100_000, 100_000), (2**31, 2**31)])
def test_a_picture_of_too_many_dots_is_not_opened(size: tuple[int, int]) -> None:
    assert reason(declared_png(*size)) == "too large"


@pytest.mark.parametrize(("side", "told"), [(3000, "too large"), (60_000, "Decompression")])
def test_a_second_header_cannot_smuggle_in_a_larger_size(side: int, told: str) -> None:
    head = struct.pack(">2L5B", side, side, 1, 0, 0, 0, 0)
    assert reason(PICTURE[:33] + chunk(b"IHDR", head) + PICTURE[33:]).startswith(told)


def test_an_animation_is_not_one_picture() -> None:
    first = opened().convert("L")
    other = Image.new("L", first.size, 255)
    assert reason(saved(first, save_all=True, append_images=[other])) == "animated"


def test_a_bomb_of_text_is_refused() -> None:
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(40_000_000)))
    assert reason(PICTURE[:33] + bomb + PICTURE[33:]) == "ValueError"


@pytest.mark.parametrize("seed", range(3))
def test_a_mutated_picture_says_the_truth_or_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        data = bytearray(PICTURE)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            assert content_of(bytes(data), FILE) == FOR_A_MAC
        except PictureUnreadable:
            continue
