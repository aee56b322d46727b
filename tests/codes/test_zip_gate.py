"""Facts about the gate: what comes out is exactly what was asked for, or nothing."""

import io
import random
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass

import pytest

from gizqr_station.codes.zip_gate import GateLimits, identities_in, pictures_in
from gizqr_station.domain.code_failures import ZipRefused
from tests.codes.scripted_service import PRODUCT, zip_of

MAC, NEXT_MAC, IMEI = "00911f500047", "00911f500048", "861193040496508"
FILE = "/static/zipfiles/1.zip"
PICTURE = b"a picture " * 50
HONEST = zip_of({MAC: PICTURE})


@dataclass
class Item:
    """One entry of a zip made by hand, where directory and content may disagree."""

    name: bytes = f"{PRODUCT}/{MAC}.png".encode()
    packed: bytes = PICTURE
    declared: int = len(PICTURE)
    crc: int = zlib.crc32(PICTURE)
    method: int = 0
    flags: int = 0
    external: int = 0
    header_at: int | None = None
    """Where the directory says the entry begins, if not where it does."""
    own_name: bytes | None = None
    packed_declared: int | None = None


def zip_by_hand(*items: Item, count: int | None = None, gap: bytes = b"", comment: bytes = b"") -> bytes:
    body, directory = b"", b""
    for item in items:
        packed_length = len(item.packed) if item.packed_declared is None else item.packed_declared
        shared = struct.pack("<4H3L", item.flags, item.method, 0, 0, item.crc, packed_length, item.declared)
        at = len(body) if item.header_at is None else item.header_at
        own = item.name if item.own_name is None else item.own_name
        body += b"PK\x03\x04" + struct.pack("<H", 20) + shared + struct.pack("<2H", len(own), 0) + own + item.packed
        directory += b"PK\x01\x02" + struct.pack("<2H", 20, 20) + shared
        directory += struct.pack("<5H2L", len(item.name), 0, 0, 0, 0, item.external, at) + item.name
    body += gap
    number = len(items) if count is None else count
    end = struct.pack("<4H2LH", 0, 0, number, number, len(directory), len(body), len(comment))
    return body + directory + b"PK\x05\x06" + end + comment


def refusal(data: bytes, wanted: frozenset[str] = frozenset({MAC}), limits: GateLimits | None = None) -> str:
    with pytest.raises(ZipRefused) as caught:
        pictures_in(data, PRODUCT, wanted, FILE, limits)
    assert caught.value.file == FILE
    return caught.value.reason


def test_an_honest_zip_gives_its_pictures() -> None:
    data = zip_of({MAC: PICTURE, NEXT_MAC: b"", IMEI: bytes(70_000)})
    assert identities_in(data, PRODUCT, FILE) == {MAC, NEXT_MAC, IMEI}
    assert pictures_in(data, PRODUCT, {MAC, NEXT_MAC, IMEI}, FILE) == {MAC: PICTURE, NEXT_MAC: b"", IMEI: bytes(70_000)}


def test_a_zip_made_by_hand_is_honest_too() -> None:
    assert pictures_in(zip_by_hand(Item(), comment=b"x"), PRODUCT, {MAC}, FILE) == {MAC: PICTURE}


def test_a_zip_that_was_written_as_a_stream_is_taken() -> None:
    class Pipe(io.RawIOBase):
        """Cannot seek, so sizes follow their data."""

        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            piece = bytes(data)  # type: ignore[call-overload]
            self.written += piece
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{PRODUCT}/{MAC}.png", PICTURE)
    assert pictures_in(bytes(pipe.written), PRODUCT, {MAC}, FILE) == {MAC: PICTURE}


def test_the_bare_folder_may_be_listed_once() -> None:
    folder = Item(name=f"{PRODUCT}/".encode(), packed=b"", declared=0, crc=0)
    assert pictures_in(zip_by_hand(folder, Item()), PRODUCT, {MAC}, FILE) == {MAC: PICTURE}
    assert refusal(zip_by_hand(folder, folder, Item())) == "twice the folder"
    assert "name" in refusal(zip_by_hand(Item(name=f"{PRODUCT}/".encode()), Item()))


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
        (zip_by_hand(Item(), Item()), "twice"),
        (zip_by_hand(Item(flags=0x0001)), "encrypted"),
        (zip_by_hand(Item(flags=0x0040)), "encrypted"),
        (zip_by_hand(Item(flags=0x2000)), "encrypted"),
        (zip_by_hand(Item(method=12)), "method 12"),
        (zip_by_hand(Item(method=99)), "method 99"),
        (zip_by_hand(Item(external=0o120777 << 16)), "link"),
        (zip_by_hand(Item(crc=1)), "CRC"),
        (zip_by_hand(Item(declared=len(PICTURE) - 1)), "size"),
        (zip_by_hand(Item(declared=len(PICTURE) + 1)), "size"),
        (zip_by_hand(Item(own_name=f"{PRODUCT}/{NEXT_MAC}.png".encode())), "entry header"),
        (zip_by_hand(Item(packed_declared=5000)), "entry"),
        (zip_by_hand(Item(header_at=1 << 31)), "entry misplaced"),
        (zip_by_hand(Item(header_at=3)), "entry header"),
        (zip_by_hand(Item(), count=2), "directory cut"),
        (zip_by_hand(Item(), Item(), count=1), "directory size"),
        (zip_by_hand(Item(), count=0), "directory size"),
        (zip_by_hand(Item(), count=0xFFFF), "too many entries"),
        (zip_by_hand(Item(method=8)), "deflate"),
    ],
)
def test_what_is_wrong_with_a_zip_is_named(data: bytes, reason: str) -> None:
    assert refusal(data).startswith(reason)


def deflated(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(plain) + packer.flush()


def test_a_picture_that_inflates_to_more_than_it_declares_is_not_inflated_further() -> None:
    bomb = deflated(bytes(50_000_000))
    assert refusal(zip_by_hand(Item(packed=bomb, method=8, declared=100, crc=0))) == "size"
    assert refusal(zip_by_hand(Item(packed=bomb, method=8, declared=50_000_000, crc=0))) == "too large"


def test_what_follows_a_deflated_picture_is_no_part_of_it() -> None:
    item = Item(packed=deflated(PICTURE) + b"more", method=8)
    assert refusal(zip_by_hand(item)) == "size"
    assert refusal(zip_by_hand(Item(packed=deflated(PICTURE)[:-1], method=8))) == "size"


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
    inner = Item(name=f"{PRODUCT}/{NEXT_MAC}.png".encode())
    inner_header = zip_by_hand(inner)[: 30 + len(inner.name)] + PICTURE
    outer = Item(packed=inner_header, declared=len(inner_header), crc=zlib.crc32(inner_header))
    inner.header_at = 30 + len(outer.name)
    data = zip_by_hand(outer, inner)
    # the second entry's own bytes are cut out: only the quoted ones are left
    start = 30 + len(outer.name) + len(inner_header)
    directory_at = struct.unpack_from("<L", data, len(data) - 6)[0]
    quoted = data[:start] + data[directory_at:-6] + struct.pack("<LH", start, 0)
    assert refusal(quoted, frozenset({MAC, NEXT_MAC})) == "overlap"


def test_one_entry_may_not_be_listed_under_two_places() -> None:
    first = Item()
    again = Item(header_at=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert refusal(zip_by_hand(first, again)) in ("overlap", "twice")


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_zip_gives_the_true_pictures_or_a_refusal(seed: int) -> None:
    chance = random.Random(seed)
    honest = zip_of({MAC: PICTURE, NEXT_MAC: PICTURE[::-1]})
    for _ in range(1500):
        data = bytearray(honest)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x80, 0xFF, chance.randrange(256)))
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            found = pictures_in(bytes(data), PRODUCT, {MAC, NEXT_MAC}, FILE)
        except ZipRefused:
            continue
        assert found == {MAC: PICTURE, NEXT_MAC: PICTURE[::-1]}
