"""Lets pictures out of a task's zip: only the ones asked for, only from a zip that is exactly what it should be.

Zips come over plain HTTP from a list that strangers write to, so nothing is believed. The reader is our own because
what Python's ``zipfile`` refuses depends on its patch level: 3.11.7 inflates overlapping entries (CVE-2024-0450).
Nothing is ever unpacked to disk. Format: PKWARE APPNOTE 6.3, without ZIP64, which no honest task needs.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.qrcode_api import MAX_RANGE

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
"""Flag bits: encrypted, strongly encrypted, directory encrypted."""
_STORED, _DEFLATED = 0, 8
_IDENTITY = re.compile(rb"[0-9a-f]{12}|[0-9]{15}")


@dataclass(frozen=True, slots=True)
class GateLimits:
    """Above these a zip is no honest one."""

    entries: int = MAX_RANGE + 10
    picture_bytes: int = 1 << 20
    """Inflated, a picture."""
    total_bytes: int = 256 << 20
    """Inflated, all pictures together."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    method: int
    crc: int
    packed_bytes: int
    bytes: int
    header_at: int


class _Wrong(Exception):
    """What is wrong with a zip, as short as a log wants it."""


def identities_in(data: bytes, product_key: str, file: str, limits: GateLimits | None = None) -> frozenset[str]:
    """Whose pictures a zip holds, by the names in its directory; nothing is inflated.

    A well-formed zip of other identities is simply not ours. ZipRefused for one that is not well-formed or not of
    this product.
    """
    try:
        return frozenset(_pictures(data, product_key, limits or GateLimits()))
    except _Wrong as wrong:
        raise ZipRefused(file, str(wrong)) from wrong


def pictures_in(
    data: bytes, product_key: str, wanted: Set[str], file: str, limits: GateLimits | None = None
) -> dict[str, bytes]:
    """The picture files by identity; ZipRefused unless the zip holds exactly the wanted identities, whole and honest.

    A picture is inflated to at most ``limits.picture_bytes``, all together to ``limits.total_bytes``, counted while
    inflating: what the directory declares is checked, never trusted.
    """
    bounds = limits or GateLimits()
    try:
        entries = _pictures(data, product_key, bounds)
        if entries.keys() != wanted:
            raise _Wrong("other identities")
        pictures: dict[str, bytes] = {}
        left = bounds.total_bytes
        for identity, entry in entries.items():
            pictures[identity] = _inflated(data, entry, min(bounds.picture_bytes, left))
            left -= len(pictures[identity])
    except _Wrong as wrong:
        raise ZipRefused(file, str(wrong)) from wrong
    return pictures


def _pictures(data: bytes, product_key: str, limits: GateLimits) -> dict[str, _Entry]:
    """The entries by identity, after every check that needs no inflating."""
    folder = product_key.encode() + b"/"
    found: dict[str, _Entry] = {}
    folders = 0
    entries = list(_directory(data, limits))
    for entry in entries:
        if entry.name == folder and entry.bytes == 0 and entry.packed_bytes == 0:
            folders += 1
            continue
        identity = entry.name.removeprefix(folder).removesuffix(b".png")
        if entry.name != folder + identity + b".png" or not _IDENTITY.fullmatch(identity):
            raise _Wrong(f"name {entry.name[:60]!a}")
        if identity.decode() in found:
            raise _Wrong(f"twice {entry.name[:60]!a}")
        found[identity.decode()] = entry
    if folders > 1:
        raise _Wrong("twice the folder")
    if not found:
        raise _Wrong("no pictures")
    return found


def _directory(data: bytes, limits: GateLimits) -> Iterator[_Entry]:
    """The entries of the central directory, which must lie right before the end record and fill its place."""
    end_at = data.rfind(_END_MARK)
    if end_at < 0 or end_at + _END.size > len(data):
        raise _Wrong("no end record")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end_at)
    if end_at + _END.size + comment != len(data) or disk or first_disk or here != count:
        raise _Wrong("end record")
    if count > limits.entries:
        raise _Wrong("too many entries")
    if start + size != end_at:
        raise _Wrong("directory misplaced")
    at = start
    spans: list[tuple[int, int]] = []
    for _ in range(count):
        if at + _CENTRAL.size > end_at:
            raise _Wrong("directory cut")
        entry, length = _central_entry(data, at)
        spans.append((entry.header_at, _data_end(data, entry, start)))
        yield entry
        at += length
    if at != end_at:
        raise _Wrong("directory size")
    _require_apart(spans)


def _central_entry(data: bytes, at: int) -> tuple[_Entry, int]:
    """One entry of the directory and its length."""
    (mark, _made, _needs, flags, method, _time, _date, crc, packed, size, name_length, extra_length, comment_length) = (
        fields := _CENTRAL.unpack_from(data, at)
    )[:13]
    _disk, _internal, external, header_at = fields[13:]
    if mark != _CENTRAL_MARK:
        raise _Wrong("directory entry")
    name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
    if flags & _ENCRYPTED:
        raise _Wrong("encrypted")
    if method not in (_STORED, _DEFLATED):
        raise _Wrong(f"method {method}")
    if stat.S_ISLNK(external >> 16):
        raise _Wrong("link")
    return (
        _Entry(name, method, crc, packed, size, header_at),
        _CENTRAL.size + name_length + extra_length + comment_length,
    )


def _data_end(data: bytes, entry: _Entry, directory_at: int) -> int:
    """Where an entry's packed bytes end; its own header must say the same name and method as the directory."""
    return _data_start(data, entry, directory_at) + entry.packed_bytes


def _data_start(data: bytes, entry: _Entry, directory_at: int) -> int:
    if entry.header_at + _LOCAL.size > directory_at:
        raise _Wrong("entry misplaced")
    fields = _LOCAL.unpack_from(data, entry.header_at)
    mark, flags, method, name_length, extra_length = fields[0], fields[2], fields[3], fields[9], fields[10]
    name_at = entry.header_at + _LOCAL.size
    start: int = name_at + name_length + extra_length
    if mark != _LOCAL_MARK or method != entry.method or data[name_at : name_at + name_length] != entry.name:
        raise _Wrong("entry header")
    if flags & _ENCRYPTED:
        raise _Wrong("encrypted")
    if start + entry.packed_bytes > directory_at:
        raise _Wrong("entry cut")
    return start


def _require_apart(spans: list[tuple[int, int]]) -> None:
    """No two entries may share a byte."""
    ordered = sorted(spans)
    for (_, end), (following, _) in pairwise(ordered):
        if following < end:
            raise _Wrong("overlap")


def _inflated(data: bytes, entry: _Entry, limit_bytes: int) -> bytes:
    if entry.bytes > limit_bytes:
        raise _Wrong("too large")
    start = _data_start(data, entry, len(data))
    packed = data[start : start + entry.packed_bytes]
    if entry.method == _DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than declared is enough to see a lie, and all that is ever inflated of it.
            plain = inflater.decompress(packed, entry.bytes + 1)
        except zlib.error as broken:
            raise _Wrong("deflate") from broken
        whole = inflater.eof and not inflater.unused_data
    else:
        plain, whole = packed, True
    if not whole or len(plain) != entry.bytes:
        raise _Wrong("size")
    if zlib.crc32(plain) != entry.crc:
        raise _Wrong("CRC")
    return plain
