"""Finds the entries of a zip, and believes no record that another one does not bear out.

A zip says most things twice: in the directory at its end and before (or, with a flag, behind) each entry's bytes.
Programs differ in which of the two they believe, and hostile zips live on that. Here both must agree, and the entries
must fill the file from its first byte to the directory, without a gap and without sharing a byte. The reader is our own
because what Python's ``zipfile`` refuses depends on its patch level: 3.11.7 inflates overlapping entries
(CVE-2024-0450).
"""

import struct
from dataclasses import dataclass

from gizqr_station.codes.zip_directory import SUMS_FOLLOW, Listed, ZipWrong, directory_of, require_harmless_extra

_LOCAL = struct.Struct("<4s5H3L2H")
_SUMS = struct.Struct("<3L")
_LOCAL_MARK, _DESCRIPTOR_MARK = b"PK\x03\x04", b"PK\x07\x08"
_NOT_YET = 0
"""What stands before the data for a sum that follows it. Info-ZIP and libarchive (so Windows 11) know one of the three
before, the inflated size."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, after everything that can be checked without inflating it."""

    listed: Listed
    data_at: int
    """Where its packed bytes begin."""


def entries_of(data: bytes, most: int) -> tuple[Entry, ...]:
    """All entries in the directory's order; ZipWrong for more than ``most`` of them and for any contradiction."""
    directory = directory_of(data, most)
    entries: list[Entry] = []
    spans: list[tuple[int, int]] = []
    for listed in directory.entries:
        data_at, end = _located(data, listed, directory.start)
        entries.append(Entry(listed, data_at))
        spans.append((listed.header_at, end))
    _require_tiled(spans, directory.start)
    return tuple(entries)


def _located(data: bytes, listed: Listed, directory_at: int) -> tuple[int, int]:
    """Where the entry's bytes begin, and where they end with what follows them; its own header must say the same."""
    name_at = listed.header_at + _LOCAL.size
    if name_at > directory_at:
        raise ZipWrong("entry misplaced")
    mark, _needs, flags, method, _time, _date, crc, packed, plain, name_length, extra_length = _LOCAL.unpack_from(
        data, listed.header_at
    )
    extra_at = name_at + name_length
    data_at = extra_at + extra_length
    if mark != _LOCAL_MARK or (flags, method, data[name_at:extra_at]) != (listed.flags, listed.method, listed.name):
        raise ZipWrong("entry header")
    require_harmless_extra(data[extra_at:data_at])
    end = data_at + listed.packed_bytes
    if flags & SUMS_FOLLOW:
        if any(told not in (_NOT_YET, sure) for told, sure in zip((crc, packed, plain), listed.sums, strict=True)):
            raise ZipWrong("entry sums")
        end += _descriptor_bytes(data, end, listed.sums)
    elif (crc, packed, plain) != listed.sums:
        raise ZipWrong("entry sums")
    if end > directory_at:
        raise ZipWrong("entry cut")
    return data_at, end


def _descriptor_bytes(data: bytes, at: int, sums: tuple[int, int, int]) -> int:
    """How long the sums behind an entry's bytes are, with or without their mark; they must be the directory's."""
    wanted = _SUMS.pack(*sums)
    for descriptor in (_DESCRIPTOR_MARK + wanted, wanted):
        if data.startswith(descriptor, at):
            return len(descriptor)
    raise ZipWrong("entry sums")


def _require_tiled(spans: list[tuple[int, int]], directory_at: int) -> None:
    """Each entry begins where another one ends: nothing is hidden between them, and no byte counts twice."""
    at = 0
    for begin, end in sorted(spans):
        if begin < at:
            raise ZipWrong("overlap")
        if begin > at:
            raise ZipWrong("gap")
        at = end
    if at != directory_at:
        raise ZipWrong("gap")
