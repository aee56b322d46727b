"""Facts about honest zips as they are met with: whatever program wrote them, their pictures come out."""

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.codes.gated_pictures import pictures_in
from tests.codes.scripted_service import PRODUCT
from tests.codes.zip_by_hand import (
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
OTHER = PICTURE[::-1]
BOTH = {MAC: PICTURE, NEXT_MAC: OTHER}
FOLDER = f"{PRODUCT}/".encode()
UNIX = 3 << 8 | 30
# Info-ZIP: modified and read at, user and group; the directory has the shorter form.
TIMES = field(0x5455, b"\x03" + struct.pack("<2L", 1495077738, 1495077738))
TIMES_LISTED = field(0x5455, b"\x03" + struct.pack("<L", 1495077738))
OWNER = field(0x7875, b"\x01\x04" + struct.pack("<L", 1000) + b"\x04" + struct.pack("<L", 1000))
NTFS_TIMES = field(0x000A, bytes(4) + struct.pack("<2H", 1, 24) + bytes(24))
JAR_MARK = field(0xCAFE, b"")


def both(level: int | None = 9) -> tuple[Item, Item]:
    return whole(level=level), whole(OTHER, name_of(NEXT_MAC), level)


def taken(data: bytes) -> dict[str, bytes]:
    return pictures_in(data, PRODUCT, {MAC, NEXT_MAC}, FILE)


@pytest.mark.parametrize("level", [None, 0, 1, 6, 9])
def test_stored_and_deflated_however_hard(level: int | None) -> None:
    assert taken(zip_by_hand(*both(level))) == BOTH


def test_an_entry_of_nothing() -> None:
    data = zip_by_hand(whole(b""), whole(b"", name_of(NEXT_MAC), None))
    assert taken(data) == {MAC: b"", NEXT_MAC: b""}


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("level", [None, 6])
def test_sums_behind_the_data_with_and_without_their_mark(level: int | None, mark: bool) -> None:
    assert taken(zip_by_hand(*(streamed(item, mark=mark) for item in both(level)))) == BOTH


def test_sums_behind_the_data_and_before_it() -> None:
    items = [streamed(item) for item in both()]
    for item in items:
        item.own_sums = None
    assert taken(zip_by_hand(*items)) == BOTH


def test_sums_behind_the_data_with_the_size_before_it_as_info_zip_and_libarchive_pipe_it() -> None:
    items = [streamed(item) for item in both()]
    for item in items:
        item.own_sums = (0, 0, item.declared)
        item.own_extra = item.extra = TIMES + OWNER
        item.made_by, item.external = UNIX, 0o100600 << 16
    assert taken(zip_by_hand(*items)) == BOTH


def test_sums_whose_crc_is_the_mark_itself() -> None:
    """Four bytes behind a picture force any CRC, so the mark of the sums may be the CRC of honest data, too."""
    plain = forced(PICTURE, 0x08074B50)
    assert struct.pack("<L", zlib.crc32(plain)) == b"PK\x07\x08"
    for mark in (True, False):
        items = streamed(whole(plain), mark=mark), streamed(whole(OTHER, name_of(NEXT_MAC)), mark=mark)
        assert taken(zip_by_hand(*items)) == {MAC: plain, NEXT_MAC: OTHER}


def forced(data: bytes, crc: int) -> bytes:
    """The data and four bytes more, so that its CRC is this one: the table of CRC-32 walked backwards."""
    table = [zlib.crc32(bytes([byte])) ^ zlib.crc32(b"\0") for byte in range(256)]
    backwards = {value >> 24: (index, value) for index, value in enumerate(table)}
    state = crc ^ 0xFFFFFFFF
    for _ in range(4):
        index, value = backwards[state >> 24]
        state = ((state ^ value) << 8 & 0xFFFFFFFF) | index
    return data + struct.pack("<L", state ^ zlib.crc32(data) ^ 0xFFFFFFFF)


def test_as_info_zip_writes_a_folder() -> None:
    folder = Item(FOLDER, b"", 0, 0, external=0o040755 << 16 | 0x10, made_by=UNIX)
    items = [folder, *both()]
    for item in items:
        item.own_extra, item.extra, item.made_by = TIMES + OWNER, TIMES_LISTED + OWNER, UNIX
        item.external = item.external or 0o100644 << 16
    assert taken(zip_by_hand(*items)) == BOTH


def test_as_java_writes_a_folder() -> None:
    folder = streamed(Item(FOLDER, deflated(b""), 0, 0, method=8, own_extra=JAR_MARK, extra=JAR_MARK))
    items = [folder, *(streamed(item) for item in both())]
    for item in items:
        item.flags |= 0x0800
    assert taken(zip_by_hand(*items)) == BOTH


def test_as_windows_explorer_writes_a_folder() -> None:
    items = both(6)
    for item in items:
        item.external, item.extra = 0x20, NTFS_TIMES
    assert taken(zip_by_hand(*items)) == BOTH


def test_names_in_utf_8_and_comments_change_nothing() -> None:
    items = both()
    for item in items:
        item.flags, item.comment = 0x0800, b"drawn by hand"
    assert taken(zip_by_hand(*items, comment=b"order 7")) == BOTH
    assert taken(zip_by_hand(*items, comment=bytes(0xFFFF))) == BOTH


def test_a_directory_in_another_order_than_the_entries() -> None:
    first, second = both()
    length = len(first.written())
    data = zip_by_hand(first, second)
    directory_at = length + len(second.written())
    turned = second.listed(length) + first.listed(0)
    assert taken(data[:directory_at] + turned + data[directory_at + len(turned) :]) == BOTH


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


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("piped", [False, True])
def test_as_python_writes_it(method: int, piped: bool) -> None:
    pipe, file = Pipe(), io.BytesIO()
    with zipfile.ZipFile(pipe if piped else file, "w", method) as archive:
        archive.mkdir(PRODUCT)
        for identity, picture in BOTH.items():
            archive.writestr(f"{PRODUCT}/{identity}.png", picture)
    assert taken(bytes(pipe.written) if piped else file.getvalue()) == BOTH


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not on this machine")
@pytest.mark.parametrize("options", [["-r"], ["-rD"], ["-rX"], ["-r0"], ["-r9"]])
def test_as_the_zip_of_this_machine_writes_it(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / PRODUCT).mkdir()
    for identity, picture in BOTH.items():
        (tmp_path / PRODUCT / f"{identity}.png").write_bytes(picture)
    subprocess.run(["zip", "-q", *options, "made.zip", PRODUCT], cwd=tmp_path, check=True, timeout=30)
    assert taken((tmp_path / "made.zip").read_bytes()) == BOTH


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not on this machine")
def test_as_the_zip_of_this_machine_pipes_it(tmp_path: Path) -> None:
    (tmp_path / PRODUCT).mkdir()
    for identity, picture in BOTH.items():
        (tmp_path / PRODUCT / f"{identity}.png").write_bytes(picture)
    piped = subprocess.run(["zip", "-qr", "-", PRODUCT], cwd=tmp_path, check=True, timeout=30, stdout=subprocess.PIPE)
    assert taken(piped.stdout) == BOTH


def test_a_cellular_modules_picture() -> None:
    assert pictures_in(zip_by_hand(whole(name=name_of(IMEI))), PRODUCT, {IMEI}, FILE) == {IMEI: PICTURE}
