"""Facts about the gate: what comes out is exactly what was asked for, or nothing."""

import ast
import struct
import zlib
from pathlib import Path

import pytest

import gizqr_station.codes as codes_folder
from gizqr_station.codes.zip_gate import GateLimits, gated, identities_in, product_key_of, says_sandbox
from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.qrcode_api import SANDBOX_ZIP_MARK
from tests.codes.gated_pictures import pictures_in
from tests.codes.scripted_service import PRODUCT, zip_of
from tests.codes.zip_by_hand import (
    DIRECTORY_BYTES,
    END_BYTES,
    HEADER_BYTES,
    IMEI,
    MAC,
    NEXT_MAC,
    PICTURE,
    Item,
    deflated,
    field,
    name_of,
    streamed,
    whole,
    zip_by_hand,
)

FILE = "/static/zipfiles/1.zip"
HONEST = zip_of({MAC: PICTURE})
FOLDER = f"{PRODUCT}/".encode()
LISTED_BYTES = DIRECTORY_BYTES + len(name_of(MAC))
ZIP64_LOCATOR = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)


def refusal(data: bytes, wanted: frozenset[str] = frozenset({MAC}), limits: GateLimits | None = None) -> str:
    with pytest.raises(ZipRefused) as caught:
        pictures_in(data, PRODUCT, wanted, FILE, limits)
    assert caught.value.file == FILE
    return caught.value.reason


def test_an_honest_zip_gives_its_pictures() -> None:
    data = zip_of({MAC: PICTURE, NEXT_MAC: b"", IMEI: bytes(70_000)})
    assert identities_in(data, PRODUCT, FILE) == {MAC, NEXT_MAC, IMEI}
    assert pictures_in(data, PRODUCT, {MAC, NEXT_MAC, IMEI}, FILE) == {MAC: PICTURE, NEXT_MAC: b"", IMEI: bytes(70_000)}


def test_the_bare_folder_may_be_listed_once() -> None:
    folder = Item(name=FOLDER, packed=b"", declared=0, crc=0)
    assert pictures_in(zip_by_hand(folder, Item()), PRODUCT, {MAC}, FILE) == {MAC: PICTURE}
    assert refusal(zip_by_hand(folder, folder, Item())) == "twice the folder"
    assert "name" in refusal(zip_by_hand(Item(name=FOLDER), Item()))


def test_a_zip_of_other_devices_is_not_ours_but_well_formed() -> None:
    assert identities_in(zip_of({NEXT_MAC: PICTURE}), PRODUCT, FILE) == {NEXT_MAC}


@pytest.mark.parametrize("held", [{NEXT_MAC}, {MAC, NEXT_MAC}])
def test_missing_and_surplus_devices_give_nothing(held: set[str]) -> None:
    assert refusal(zip_of(dict.fromkeys(held, PICTURE))) == "other identities"
    assert refusal(HONEST, frozenset({MAC, NEXT_MAC})) == "other identities"


@pytest.mark.parametrize(
    "name",
    [
        f"../{PRODUCT}/{MAC}.png",
        f"/{PRODUCT}/{MAC}.png",
        f"{PRODUCT}/../{MAC}.png",
        f"C:\\{PRODUCT}\\{MAC}.png",
        f"{PRODUCT}\\{MAC}.png",
        f"\\\\host\\{PRODUCT}/{MAC}.png",
        f"{PRODUCT}/{MAC}.png\0.txt",
        f"{PRODUCT}/{MAC}.PNG",
        f"{PRODUCT}/{MAC.upper()}.png",
        f"{PRODUCT}/{MAC}.png.png",
        f"{PRODUCT}/{MAC}",
        f"{PRODUCT}/00911f50004.png",
        f"{PRODUCT}/00911f50004７.png",
        f"{PRODUCT}/86119304049650٨.png",
        f"{PRODUCT}//{MAC}.png",
        f"{PRODUCT}/{MAC}.png/",
        f"{MAC}.png",
        f"0b6781ed676045988d5d72f3f0480fba/{MAC}.png",
        f"{PRODUCT}/{MAC}.png\n",
        "",
    ],
)
def test_a_foreign_name_closes_the_gate(name: str) -> None:
    data = zip_by_hand(Item(), Item(name=name.encode()))
    assert refusal(data).startswith("name")
    with pytest.raises(ZipRefused):
        identities_in(data, PRODUCT, FILE)


@pytest.mark.parametrize("cut", [1, 10, 22, 60, 120, len(HONEST) - 1, len(HONEST)])
def test_a_truncated_zip_is_refused(cut: int) -> None:
    assert refusal(HONEST[:-cut])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no end record"),
        (b"<html>not found</html>", "no end record"),
        (zip_by_hand(), "no pictures"),
        (b"junk" + HONEST, "directory misplaced"),
        (HONEST + b"junk", "end record"),
        (HONEST + HONEST, "directory misplaced"),
        (zip_by_hand(Item(), Item()), "twice"),
        (zip_by_hand(Item(), comment=HONEST[-END_BYTES:]), "directory misplaced"),
        (zip_by_hand(Item(), comment=b"PK\x05\x06"), "no end record"),
        (zip_by_hand(Item(), comment=b"PK\x05\x06" + bytes(40)), "end record"),
        (zip_by_hand(Item(), disks=(1, 0)), "end record"),
        (zip_by_hand(Item(), disks=(0, 1)), "end record"),
        (zip_by_hand(Item(), here=2), "end record"),
        (zip_by_hand(Item(), count=2), "directory cut"),
        (zip_by_hand(Item(), after_directory=bytes(50), size=LISTED_BYTES + 50, count=2), "directory entry"),
        (zip_by_hand(Item(), Item(), count=1), "directory size"),
        (zip_by_hand(Item(), count=0), "directory size"),
        (zip_by_hand(Item(), count=0xFFFF), "too many entries"),
        (zip_by_hand(Item(), after_directory=b"PK\x05\x05\0\0"), "directory misplaced"),
        (zip_by_hand(Item(disk=1)), "directory entry"),
        (zip_by_hand(Item(flags=0x0001)), "encrypted"),
        (zip_by_hand(Item(flags=0x0040)), "encrypted"),
        (zip_by_hand(Item(flags=0x2000)), "encrypted"),
        (zip_by_hand(Item(flags=0x0020)), "flags 0020"),
        (zip_by_hand(Item(method=9)), "method 9"),
        (zip_by_hand(Item(method=12)), "method 12"),
        (zip_by_hand(Item(method=99)), "method 99"),
        (zip_by_hand(Item(external=0o120777 << 16)), "link"),
        (zip_by_hand(Item(external=0o010644 << 16)), "no plain file"),
        (zip_by_hand(Item(external=0o060644 << 16)), "no plain file"),
        (zip_by_hand(Item(external=0o040755 << 16)), "name"),
        (zip_by_hand(Item(external=0x10)), "name"),
        (zip_by_hand(Item(extra=field(0x7075, b"\x01other"))), "second name"),
        (zip_by_hand(Item(extra=field(0x9901, bytes(7)))), "encrypted"),
        (zip_by_hand(Item(own_extra=field(0x0017, bytes(8)))), "encrypted"),
        (zip_by_hand(Item(extra=b"UT\x09\0x")), "extra field"),
        (zip_by_hand(Item(own_extra=b"UT\x09")), "extra field"),
        (zip_by_hand(Item(), before=b"junk"), "gap"),
        (zip_by_hand(Item(), gap=b"junk"), "gap"),
        (zip_by_hand(Item(behind=b"junk"), Item(name=name_of(NEXT_MAC))), "gap"),
        (zip_by_hand(Item(packed_declared=5000)), "entry cut"),
        (zip_by_hand(Item(header_at=1 << 31)), "entry misplaced"),
        (zip_by_hand(Item(header_at=3)), "entry header"),
        (zip_by_hand(Item(own_name=name_of(NEXT_MAC))), "entry header"),
        (zip_by_hand(Item(own_method=8)), "entry header"),
        (zip_by_hand(Item()).replace(b"PK\x03\x04", b"PK\x03\x05"), "entry header"),
        (zip_by_hand(Item(own_flags=0x0001)), "entry header"),
        (zip_by_hand(Item(own_flags=0x0008)), "entry header"),
        (zip_by_hand(Item(own_sums=(1, len(PICTURE), len(PICTURE)))), "entry sums"),
        (zip_by_hand(Item(own_sums=(zlib.crc32(PICTURE), 1, len(PICTURE)))), "entry sums"),
        (zip_by_hand(Item(own_sums=(zlib.crc32(PICTURE), len(PICTURE), 1))), "entry sums"),
        (zip_by_hand(Item(own_sums=(0, 0, 0))), "entry sums"),
        (zip_by_hand(Item(flags=0x0008)), "entry sums"),
        (zip_by_hand(Item(flags=0x0008, behind=b"PK\x07\x08" + bytes(12))), "entry sums"),
        (zip_by_hand(Item(flags=0x0008, own_sums=(1, 0, 0), behind=streamed(Item()).behind)), "entry sums"),
        (zip_by_hand(Item(flags=0x0008, own_sums=(0, 1, 0), behind=streamed(Item()).behind)), "entry sums"),
        (zip_by_hand(Item(flags=0x0008, own_sums=(0, 0, 1), behind=streamed(Item()).behind)), "entry sums"),
    ],
)
def test_what_is_wrong_with_a_zip_is_named(data: bytes, reason: str) -> None:
    assert refusal(data).startswith(reason)


@pytest.mark.parametrize(
    "item",
    [
        Item(crc=1),
        Item(declared=len(PICTURE) - 1),
        Item(declared=len(PICTURE) + 1),
        Item(method=8),
        Item(packed=deflated(PICTURE) + b"more", method=8),
        Item(packed=deflated(PICTURE)[:-1], method=8),
        Item(packed=deflated(PICTURE[:-1]), method=8),
    ],
)
def test_a_picture_that_is_not_what_it_declares_is_refused_by_name(item: Item) -> None:
    assert refusal(zip_by_hand(item)).startswith(f"{MAC}.png: ")


@pytest.mark.parametrize(
    "data",
    [
        zip_by_hand(Item(), after_directory=ZIP64_LOCATOR),
        zip_by_hand(Item(), start=0xFFFFFFFF),
        zip_by_hand(Item(), size=0xFFFFFFFF),
        zip_by_hand(Item(declared=0xFFFFFFFF)),
        zip_by_hand(Item(packed_declared=0xFFFFFFFF)),
        zip_by_hand(Item(header_at=0xFFFFFFFF)),
        zip_by_hand(Item(extra=field(0x0001, struct.pack("<2Q", 500, 500)))),
        zip_by_hand(Item(own_extra=field(0x0001, struct.pack("<2Q", 500, 500)))),
    ],
)
def test_no_honest_task_is_so_large_that_it_needs_zip64(data: bytes) -> None:
    assert refusal(data) == "ZIP64"


def test_a_picture_that_inflates_to_more_than_it_declares_is_not_inflated_further() -> None:
    bomb = deflated(bytes(50_000_000))
    assert refusal(zip_by_hand(Item(packed=bomb, method=8, declared=100, crc=0))) == f"{MAC}.png: size"
    assert refusal(zip_by_hand(Item(packed=bomb, method=8, declared=50_000_000, crc=0))) == "too large"


def test_a_picture_is_small_packed_as_well() -> None:
    """Millions of empty deflate blocks inflate to next to nothing."""
    empty_blocks = b"\x00\x00\x00\xff\xff" * 300_000
    assert refusal(zip_by_hand(Item(packed=empty_blocks + deflated(PICTURE), method=8))) == "too large"


def test_pictures_count_together() -> None:
    data = zip_of({MAC: bytes(600), NEXT_MAC: bytes(600)})
    wanted = frozenset({MAC, NEXT_MAC})
    assert refusal(data, wanted, GateLimits(total_bytes=1199)) == "too large"
    assert pictures_in(data, PRODUCT, wanted, FILE, GateLimits(total_bytes=1200, picture_bytes=600))
    assert refusal(data, wanted, GateLimits(picture_bytes=599)) == "too large"


def test_a_directory_of_too_many_entries_is_not_read() -> None:
    assert refusal(zip_of({MAC: b"", NEXT_MAC: b""}), limits=GateLimits(entries=1)) == "too many entries"


def test_entries_that_share_their_bytes_are_refused() -> None:
    """A bomb quotes the headers of later entries as its own stored data, so each byte counts many times."""
    inner = Item(name=name_of(NEXT_MAC))
    quoting = whole(inner.written(), level=None)
    inner.header_at = HEADER_BYTES + len(quoting.name)
    data = zip_by_hand(quoting, inner)
    # the second entry's own bytes are cut out: only the quoted ones are left
    start = len(quoting.written())
    directory_at = struct.unpack_from("<L", data, len(data) - 6)[0]
    quoted = data[:start] + data[directory_at:-6] + struct.pack("<LH", start, 0)
    assert refusal(quoted, frozenset({MAC, NEXT_MAC})) == "overlap"


def test_entries_that_share_their_bytes_before_sums_are_refused() -> None:
    """The same with the sums behind the data."""
    inner = streamed(Item(name=name_of(NEXT_MAC)))
    quoting = streamed(whole(inner.written(), level=None))
    inner.header_at = HEADER_BYTES + len(quoting.name)
    data = zip_by_hand(quoting, inner)
    start = len(quoting.written())
    directory_at = struct.unpack_from("<L", data, len(data) - 6)[0]
    quoted = data[:start] + data[directory_at:-6] + struct.pack("<LH", start, 0)
    assert refusal(quoted, frozenset({MAC, NEXT_MAC})) == "overlap"


def test_two_names_may_not_share_one_entry() -> None:
    assert refusal(zip_by_hand(Item(), Item(header_at=0))) == "overlap"


def test_a_zip_within_a_zip_is_a_name_like_any_other() -> None:
    assert refusal(zip_by_hand(Item(), whole(HONEST, f"{PRODUCT}/1.zip".encode()))).startswith("name")


def test_a_directory_that_lists_its_own_end_is_cut() -> None:
    """The last entry's comment reaches over the end record."""
    data = bytearray(zip_by_hand(Item()))
    comment_length_at = len(data) - END_BYTES - LISTED_BYTES + 32
    struct.pack_into("<H", data, comment_length_at, END_BYTES)
    assert refusal(bytes(data)) == "directory cut"


def test_a_gated_zip_gives_its_pictures_one_by_one() -> None:
    opened = gated(zip_by_hand(whole(), Item(name=name_of(NEXT_MAC), crc=1)), PRODUCT, FILE)
    assert list(opened.identities) == [MAC, NEXT_MAC]
    assert opened.picture(MAC) == PICTURE
    with pytest.raises(ZipRefused, match=f"{NEXT_MAC}.png: CRC"):
        opened.picture(NEXT_MAC)


def test_a_zip_says_itself_that_a_sandbox_made_it() -> None:
    marked = zip_by_hand(Item(), comment=SANDBOX_ZIP_MARK)
    assert says_sandbox(marked)
    assert says_sandbox(zip_by_hand(Item(), comment=b"sent by QA; " + SANDBOX_ZIP_MARK + b"."))
    assert not says_sandbox(HONEST)
    assert not says_sandbox(b"no zip")
    assert pictures_in(marked, PRODUCT, {MAC}, FILE) == {MAC: PICTURE}


def test_a_broken_zip_that_speaks_of_a_sandbox_is_one_of_a_sandbox() -> None:
    assert says_sandbox(zip_by_hand(Item(), comment=SANDBOX_ZIP_MARK) + b"junk")


def test_a_zip_tells_whose_product_it_is_of() -> None:
    other = "0b6781ed676045988d5d72f3f0480fba"
    assert product_key_of(HONEST) == PRODUCT
    assert product_key_of(zip_by_hand(Item(name=f"{other}/".encode(), packed=b"", declared=0, crc=0))) == other
    assert product_key_of(zip_of({MAC: PICTURE, NEXT_MAC: PICTURE}, other)) == other


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        HONEST + b"junk",
        zip_by_hand(),
        zip_by_hand(Item(name=b"lamps/00911f500047.png")),
        zip_by_hand(Item(name=PRODUCT.upper().encode() + b"/00911f500047.png")),
        zip_by_hand(Item(), Item(name=name_of(MAC, "0b6781ed676045988d5d72f3f0480fba"))),
    ],
)
def test_what_is_not_of_one_product_tells_none(data: bytes) -> None:
    assert product_key_of(data) is None


def test_the_gate_does_not_use_pythons_zipfile() -> None:
    """What zipfile and its kin refuse depends on the patch level of the Python that runs."""
    folder = Path(codes_folder.__file__).parent
    sources = [*folder.glob("zip_*.py"), folder / "picture.py", folder / "png_chunks.py"]
    assert len(sources) == 7
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {"zipfile", "shutil", "tarfile", "tempfile", "pathlib", "os"} & set(names), source.name
