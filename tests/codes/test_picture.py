"""Facts about reading the service's pictures."""

import io
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image

from gizqr_station.codes.picture import MOST_PIXELS, content_of
from gizqr_station.domain.code_failures import PictureUnreadable
from tests.codes.issued_pictures import picture_of
from tests.codes.scripted_service import FOR_A_MAC, FOR_AN_IMEI

FILE = "/static/zipfiles/1.zip"
PICTURE = picture_of(FOR_A_MAC)
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The first dot of each pass, and the steps between dots and rows."""
HEADER_END = 33
"""Where the first chunk ends."""


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


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%PDF-1.7" + bytes(100), b"GIF89a" + PICTURE, PICTURE[8:]])
def test_remains_of_a_file_are_no_png(data: bytes) -> None:
    assert reason(data) == "not a PNG"


@pytest.mark.parametrize("length", [8, 12, 20, 33, 40, 100, len(PICTURE) - 12, len(PICTURE) - 1])
def test_a_cut_picture_is_told_of(length: int) -> None:
    assert reason(PICTURE[:length]) == "cut"


@pytest.mark.parametrize(
    "size", [(MOST_PIXELS + 1, 1), (2001, 2000), (65_536, 1), (1, 4_000_000), (100_000, 100_000), (2**31, 2**31)]
)
def test_a_picture_of_too_many_dots_is_not_opened(size: tuple[int, int]) -> None:
    assert reason(declared_png(*size)) == "too large"


@pytest.mark.parametrize("size", [(0, 1), (1, 0), (0, 0)])
def test_a_picture_without_dots_is_empty(size: tuple[int, int]) -> None:
    assert reason(declared_png(*size)) == "empty"


@pytest.mark.parametrize("side", [147, 3000, 60_000])
def test_a_second_header_cannot_smuggle_in_another_size(side: int) -> None:
    head = struct.pack(">2L5B", side, side, 1, 0, 0, 0, 0)
    assert reason(PICTURE[:HEADER_END] + chunk(b"IHDR", head) + PICTURE[HEADER_END:]) == "order"


def test_the_header_comes_first_and_is_as_long_as_it_is() -> None:
    assert reason(PICTURE[:8] + chunk(b"gAMA", bytes(4)) + PICTURE[8:]) == "header"
    assert reason(PICTURE[:8] + chunk(b"IHDR", PICTURE[16:29] + b"\0") + PICTURE[HEADER_END:]) == "header"


@pytest.mark.parametrize("frames", [1, 2])
def test_an_animation_is_not_one_picture(frames: int) -> None:
    """With one frame too: what it shows may be another picture than the still one."""
    moving = chunk(b"acTL", struct.pack(">2L", frames, 0))
    assert reason(PICTURE[:HEADER_END] + moving + PICTURE[HEADER_END:]) == "animated"
    first = opened().convert("L")
    other = Image.new("L", first.size, 255)
    assert reason(saved(first, save_all=True, append_images=[other])) == "animated"


@pytest.mark.parametrize(
    "companion",
    [
        chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(40_000_000))),
        chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(40_000_000))),
        chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(40_000_000))),
        chunk(b"eXIf", b"MM\0*" + bytes(60_000)),
        chunk(b"tEXt", bytes(200_000)),
        chunk(b"prVt", bytes(10)),
        chunk(b"gAMA", bytes(4))[:-1] + b"!",
    ],
)
def test_what_comes_along_with_a_picture_is_never_opened(companion: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    really = Image.open

    def opened_by_pillow(file: io.BytesIO, formats: list[str]) -> Image.Image:
        seen.append(file.getvalue())
        return really(file, formats=formats)

    monkeypatch.setattr(Image, "open", opened_by_pillow)
    assert content_of(PICTURE[:HEADER_END] + companion + PICTURE[HEADER_END:], FILE) == FOR_A_MAC
    assert seen == [PICTURE]


def test_what_stands_behind_the_end_is_left_off() -> None:
    assert content_of(PICTURE + picture_of(FOR_AN_IMEI), FILE) == FOR_A_MAC
    assert content_of(PICTURE + b"<script>", FILE) == FOR_A_MAC


def test_a_chunk_that_must_be_understood_and_is_not_is_refused() -> None:
    assert reason(PICTURE[:HEADER_END] + chunk(b"CgBI", bytes(4)) + PICTURE[HEADER_END:]) == "unknown chunk"


@pytest.mark.parametrize("at", [20, 29, 45, len(PICTURE) - 14, len(PICTURE) - 1])
def test_a_damaged_byte_is_found_by_its_sum(at: int) -> None:
    assert reason(PICTURE[:at] + bytes([PICTURE[at] ^ 1]) + PICTURE[at + 1 :]) == "CRC"


def test_a_palette_that_is_missing_late_or_there_twice_is_no_palette() -> None:
    with_palette = saved(opened().convert("L").convert("P"))
    length = 12 + struct.unpack_from(">L", with_palette, HEADER_END)[0]
    assert with_palette[HEADER_END + 4 : HEADER_END + 8] == b"PLTE"
    head, palette = with_palette[:HEADER_END], with_palette[HEADER_END : HEADER_END + length]
    dots, end = with_palette[HEADER_END + length : -12], with_palette[-12:]
    assert reason(head + dots + end) == "no palette"
    assert reason(head + dots + palette + end) == "order"
    assert reason(head + palette + palette + dots + end) == "order"
    assert reason(head + palette + dots + chunk(b"tRNS", bytes(256)) + end) == "order"
    assert reason(head + palette + end) == "empty"


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_turned_picture_says_the_same(turn: Image.Transpose) -> None:
    assert content_of(saved(opened().convert("L").transpose(turn)), FILE) == FOR_A_MAC


def test_an_inverted_picture_says_the_same() -> None:
    assert content_of(saved(opened().convert("L").point(lambda level: 255 - level)), FILE) == FOR_A_MAC


@pytest.mark.parametrize("modules", [0, 1, 2, 4, 40])
@pytest.mark.parametrize("dots", [1, 2, 3, 10])
def test_small_and_large_with_little_and_much_paper_around(modules: int, dots: int) -> None:
    one = opened().convert("L").crop((12, 12, 135, 135)).resize((41, 41), Image.Resampling.NEAREST)
    side = (41 + 2 * modules) * dots
    image = Image.new("L", (side, side), 255)
    image.paste(one.resize((41 * dots, 41 * dots), Image.Resampling.NEAREST), (modules * dots, modules * dots))
    assert content_of(saved(image), FILE) == FOR_A_MAC


@pytest.mark.parametrize("kind", [(16, 0), (16, 2), (16, 4), (16, 6), (8, 0), (8, 2), (8, 4), (8, 6)])
def test_every_depth_of_colour_is_read(kind: tuple[int, int]) -> None:
    """Grey, colour, grey and colour that is see-through; dark is 1 % grey, as nobody's black is wholly black."""
    depth, colour = kind
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    alpha = channels in (2, 4)
    grey = opened().convert("L")
    most = (1 << depth) - 1
    sample = ">H" if depth == 16 else ">B"
    rows = b""
    for y in range(grey.height):
        rows += b"\0"
        for x in range(grey.width):
            level = most if grey.getpixel((x, y)) else most // 100
            rows += struct.pack(sample, level) * (channels - alpha) + struct.pack(sample, most) * alpha
    head = struct.pack(">2L5B", grey.width, grey.height, depth, colour, 0, 0, 0)
    png = PICTURE[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert content_of(png, FILE) == FOR_A_MAC


def test_the_smallest_sizes_are_read_in_passes() -> None:
    """Interlaced, after Adam7: seven small pictures of one bit a dot, one behind the other."""
    grey = opened().convert("L")
    rows = b""
    for x0, y0, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for y in range(y0, grey.height, dy):
            bits = "".join("1" if grey.getpixel((x, y)) else "0" for x in range(x0, grey.width, dx))
            bits += "0" * (-len(bits) % 8)
            rows += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    head = struct.pack(">2L5B", grey.width, grey.height, 1, 0, 0, 0, 1)
    png = PICTURE[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert content_of(png, FILE) == FOR_A_MAC


def test_two_codes_of_very_different_size_are_two() -> None:
    """The second one is a hundredth of the picture, in the corner that a quick look would leave out."""
    large = opened().convert("L").resize((1200, 1200), Image.Resampling.NEAREST)
    picture = Image.new("L", (1400, 1400), 255)
    picture.paste(large, (0, 0))
    with Image.open(io.BytesIO(picture_of(FOR_AN_IMEI))) as small:
        picture.paste(small.convert("L"), (1230, 1230))
    assert reason(saved(picture)) == "2 codes"


def finder_patterns(side: int, step: int, down: int) -> Image.Image:
    """The corners of codes and nothing else, in rows that begin ever further to the right."""
    pattern = Image.new("L", (7, 7), 0)
    pattern.paste(255, (1, 1, 6, 6))
    pattern.paste(0, (2, 2, 5, 5))
    picture = Image.new("L", (side, side), 255)
    for row, y in enumerate(range(0, side - 7, down)):
        for x in range(row * 8 % step, side - 7, step):
            picture.paste(pattern, (x, y))
    return picture


@pytest.mark.parametrize(("side", "step", "told"), [(2000, 8, "too busy"), (1000, 48, "too busy"), (400, 8, "0 codes")])
def test_a_picture_that_would_be_searched_for_long_is_not(side: int, step: int, told: str) -> None:
    """The first one took 24 seconds, in which nobody could have cancelled it."""
    busy = finder_patterns(side, step, 8)
    assert reason(saved(busy, compress_level=1)) == told
    assert reason(saved(busy.transpose(Image.Transpose.ROTATE_90), compress_level=1)) == told


def test_rows_alone_or_columns_alone_are_busy_enough() -> None:
    stripes = Image.frombytes("L", (1000, 1), b"\0\xff\xff\xff" * 250).resize((1000, 700))
    assert reason(saved(stripes)) == reason(saved(stripes.transpose(Image.Transpose.ROTATE_90))) == "too busy"


@pytest.mark.parametrize("side", [513, 700, 2000])
def test_a_large_picture_is_read_with_hard_and_with_soft_edges(side: int) -> None:
    for kind in (Image.Resampling.NEAREST, Image.Resampling.LANCZOS):
        large = opened().convert("L").resize((side, side), kind)
        assert content_of(saved(large, compress_level=1), FILE) == FOR_A_MAC
    pale = large.point(lambda level: 90 + level // 3)
    assert content_of(saved(pale, compress_level=1), FILE) == FOR_A_MAC


def test_a_large_picture_may_stand_askew() -> None:
    large = opened().convert("L").resize((600, 600)).rotate(30, expand=True, fillcolor=255)
    assert content_of(saved(large), FILE) == FOR_A_MAC


def test_the_same_code_twice_is_two_codes() -> None:
    one = opened().convert("L")
    two = Image.new("L", (one.width, 2 * one.height), 255)
    two.paste(one, (0, 0))
    two.paste(one, (0, one.height))
    assert reason(saved(two)) == "2 codes"
