"""Reads the directory of a zip: what stands at its end, and what it says of each entry.

Format: PKWARE APPNOTE 6.3, without ZIP64, which no honest task needs.
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_EXTRA = struct.Struct("<2H")
_END_MARK, _CENTRAL_MARK = b"PK\x05\x06", b"PK\x01\x02"
_ZIP64_MARKS = (b"PK\x06\x06", b"PK\x06\x07")
_ZIP64_LOCATOR_BYTES = 20
_TOLD_ELSEWHERE = 0xFFFFFFFF
"""In place of a number that a ZIP64 record has."""
_LARGEST_COMMENT = 0xFFFF
STORED, DEFLATED = 0, 8
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
"""Flag bits: encrypted, strongly encrypted, directory encrypted."""
SUMS_FOLLOW = 0x0008
"""Flag bit: CRC and sizes stand behind the data, because the writer could not go back."""
_HARMLESS_FLAGS = 0x0002 | 0x0004 | SUMS_FOLLOW | 0x0800
"""How hard it was deflated, sums behind the data, names in UTF-8; the vendor's names are the same bytes either way."""
_FORBIDDEN_EXTRAS = {0x0001: "ZIP64", 0x0017: "encrypted", 0x7075: "second name", 0x9901: "encrypted"}
"""By their tags: what would give an entry another size, another name or a lock."""
_DOS_FOLDER = 0x10


class ZipWrong(Exception):
    """What is wrong with a zip, as short as a log wants it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as the directory tells it."""

    name: bytes
    flags: int
    method: int
    """STORED or DEFLATED."""
    crc: int
    packed_bytes: int
    plain_bytes: int
    """Inflated, as declared: a lie shows when it is inflated."""
    header_at: int
    folder: bool
    """Whether its attributes say that it is one."""

    @property
    def sums(self) -> tuple[int, int, int]:
        """What is told of its bytes a second time elsewhere: CRC, packed and inflated bytes."""
        return self.crc, self.packed_bytes, self.plain_bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """All of it, and where it begins in the file."""

    entries: tuple[Listed, ...]
    start: int


@dataclass(frozen=True, slots=True)
class _End:
    """The record that a zip ends with."""

    count: int
    start: int
    """Where the directory begins."""
    at: int
    """Where the directory ends and this record begins."""
    comment: bytes


def directory_of(data: bytes, most: int) -> Directory:
    """The directory, which must fill the place before the end record; ZipWrong for more than ``most`` entries too."""
    end = _end_of(data)
    if end.count > most:
        raise ZipWrong("too many entries")
    return Directory(tuple(_entries(data, end)), end.start)


def comment_of(data: bytes) -> bytes:
    """The comment of the zip as a whole; ZipWrong where no single end record stands at the end."""
    return _end_of(data).comment


def require_harmless_extra(extra: bytes) -> None:
    """Times and owners may stand in the extra fields; ZipWrong for what changes an entry, and for broken ones."""
    at = 0
    while at < len(extra):
        if at + _EXTRA.size > len(extra):
            raise ZipWrong("extra field")
        tag, length = _EXTRA.unpack_from(extra, at)
        if tag in _FORBIDDEN_EXTRAS:
            raise ZipWrong(_FORBIDDEN_EXTRAS[tag])
        at += _EXTRA.size + length
    if at != len(extra):
        raise ZipWrong("extra field")


def _end_of(data: bytes) -> _End:
    at = data.rfind(_END_MARK, max(len(data) - _END.size - _LARGEST_COMMENT, 0))
    if at < 0 or at + _END.size > len(data):
        raise ZipWrong("no end record")
    _, disk, first_disk, here, count, size, start, comment_length = _END.unpack_from(data, at)
    comment = data[at + _END.size :]
    if len(comment) != comment_length or disk or first_disk or here != count:
        raise ZipWrong("end record")
    if data.startswith(_ZIP64_MARKS, max(at - _ZIP64_LOCATOR_BYTES, 0)) or _TOLD_ELSEWHERE in (size, start):
        raise ZipWrong("ZIP64")
    if start + size != at:
        raise ZipWrong("directory misplaced")
    return _End(count, start, at, comment)


def _entries(data: bytes, end: _End) -> Iterator[Listed]:
    at = end.start
    for _ in range(end.count):
        if at + _CENTRAL.size > end.at:
            raise ZipWrong("directory cut")
        listed, length = _listed(data, at)
        at += length
        if at > end.at:
            raise ZipWrong("directory cut")
        yield listed
    if at != end.at:
        raise ZipWrong("directory size")


def _listed(data: bytes, at: int) -> tuple[Listed, int]:
    """One entry of the directory and its length."""
    fields = _CENTRAL.unpack_from(data, at)
    mark, _made, _needs, flags, method, _time, _date, crc, packed, plain = fields[:10]
    name_length, extra_length, comment_length, disk, _internal, external, header_at = fields[10:]
    if mark != _CENTRAL_MARK or disk:
        raise ZipWrong("directory entry")
    if flags & _ENCRYPTED:
        raise ZipWrong("encrypted")
    if flags & ~_HARMLESS_FLAGS:
        raise ZipWrong(f"flags {flags:04x}")
    if method not in (STORED, DEFLATED):
        raise ZipWrong(f"method {method}")
    if _TOLD_ELSEWHERE in (packed, plain, header_at):
        raise ZipWrong("ZIP64")
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_length
    require_harmless_extra(data[extra_at : extra_at + extra_length])
    listed = Listed(data[name_at:extra_at], flags, method, crc, packed, plain, header_at, _is_folder(external))
    return listed, _CENTRAL.size + name_length + extra_length + comment_length


def _is_folder(external: int) -> bool:
    """Whether the attributes say folder; ZipWrong for a link, a pipe or a device."""
    kind = stat.S_IFMT(external >> 16)
    if kind == stat.S_IFLNK:
        raise ZipWrong("link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ZipWrong("no plain file")
    return kind == stat.S_IFDIR or bool(external & _DOS_FOLDER)
