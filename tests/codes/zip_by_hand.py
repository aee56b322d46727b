"""A writer of zips from bytes, as the format's paper has them, in which any two records may disagree."""

import struct
import zlib
from dataclasses import dataclass

from tests.codes.scripted_service import PRODUCT

MAC, NEXT_MAC, IMEI = "00911f500047", "00911f500048", "861193040496508"
PICTURE = b"a picture " * 50
DIRECTORY_BYTES, HEADER_BYTES, END_BYTES = 46, 30, 22


def name_of(identity: str, folder: str = PRODUCT) -> bytes:
    return f"{folder}/{identity}.png".encode()


def deflated(plain: bytes, level: int = 9) -> bytes:
    packer = zlib.compressobj(level, wbits=-15)
    return packer.compress(plain) + packer.flush()


def field(tag: int, data: bytes) -> bytes:
    """An extra field."""
    return struct.pack("<2H", tag, len(data)) + data


@dataclass
class Item:
    """One entry, where directory and content may disagree; what is None is as it should be."""

    name: bytes = name_of(MAC)
    packed: bytes = PICTURE
    declared: int = len(PICTURE)
    crc: int = zlib.crc32(PICTURE)
    method: int = 0
    flags: int = 0
    external: int = 0
    made_by: int = 20
    extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    header_at: int | None = None
    """Where the directory says the entry begins, if not where it does."""
    packed_declared: int | None = None
    own_name: bytes | None = None
    """Name, flags, method, sums and extra fields in the entry's own header."""
    own_flags: int | None = None
    own_method: int | None = None
    own_sums: tuple[int, int, int] | None = None
    own_extra: bytes = b""
    behind: bytes = b""
    """What follows the packed bytes."""

    @property
    def sums(self) -> tuple[int, int, int]:
        packed = len(self.packed) if self.packed_declared is None else self.packed_declared
        return self.crc, packed, self.declared

    def written(self) -> bytes:
        name = self.name if self.own_name is None else self.own_name
        flags = self.flags if self.own_flags is None else self.own_flags
        method = self.method if self.own_method is None else self.own_method
        sums = self.sums if self.own_sums is None else self.own_sums
        head = struct.pack("<3H2H3L2H", 20, flags, method, 0, 33, *sums, len(name), len(self.own_extra))
        return b"PK\x03\x04" + head + name + self.own_extra + self.packed + self.behind

    def listed(self, at: int) -> bytes:
        at = at if self.header_at is None else self.header_at
        head = struct.pack("<4H2H3L", self.made_by, 20, self.flags, self.method, 0, 33, *self.sums)
        tail = (len(self.name), len(self.extra), len(self.comment), self.disk, 0, self.external, at)
        return b"PK\x01\x02" + head + struct.pack("<5H2L", *tail) + self.name + self.extra + self.comment


def whole(plain: bytes = PICTURE, name: bytes = name_of(MAC), level: int | None = 9) -> Item:
    """An honest entry; stored where ``level`` is None."""
    packed, method = (plain, 0) if level is None else (deflated(plain, level), 8)
    return Item(name, packed, len(plain), zlib.crc32(plain), method)


def streamed(item: Item, *, mark: bool = True) -> Item:
    """As a writer makes it that cannot go back: sums behind the data, zeros before it."""
    item.flags |= 0x0008
    item.own_sums = (0, 0, 0)
    item.behind = (b"PK\x07\x08" if mark else b"") + struct.pack("<3L", *item.sums)
    return item


def zip_by_hand(
    *items: Item,
    before: bytes = b"",
    gap: bytes = b"",
    after_directory: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    start: int | None = None,
    size: int | None = None,
    disks: tuple[int, int] = (0, 0),
    here: int | None = None,
) -> bytes:
    body, directory = before, b""
    for item in items:
        directory += item.listed(len(body))
        body += item.written()
    body += gap
    count = len(items) if count is None else count
    end = struct.pack(
        "<4H2LH",
        *disks,
        count if here is None else here,
        count,
        len(directory) if size is None else size,
        len(body) if start is None else start,
        len(comment),
    )
    return body + directory + after_directory + b"PK\x05\x06" + end + comment
