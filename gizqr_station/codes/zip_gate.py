"""Lets pictures out of a task's zip: only the ones asked for, only from a zip that is exactly what it should be.

Zips come over plain HTTP from a list that strangers write to, or by mail, so nothing is believed. Nothing is ever
unpacked to disk, and no more is inflated than an honest picture has.
"""

import re
import zlib
from collections.abc import Mapping, Set
from dataclasses import dataclass

from gizqr_station.codes.zip_directory import DEFLATED, ZipWrong, comment_of
from gizqr_station.codes.zip_entries import Entry, entries_of
from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.qrcode_api import MAX_RANGE, SANDBOX_ZIP_MARK

_IDENTITY = re.compile(rb"[0-9a-f]{12}|[0-9]{15}")
_FOLDER = re.compile(rb"([0-9a-f]{32})/")
_NAME_BYTES = 60
"""Of a name that is no picture's, shown."""
_EMPTY_BYTES = 2
"""What a folder's nothing takes where a writer deflates it, as Java's does."""


@dataclass(frozen=True, slots=True)
class GateLimits:
    """Above these a zip is no honest one."""

    entries: int = MAX_RANGE + 10
    picture_bytes: int = 1 << 20
    """Inflated, a picture."""
    total_bytes: int = 256 << 20
    """Inflated, all pictures together."""


@dataclass(frozen=True, slots=True)
class GatedZip:
    """A zip whose every record was checked; its pictures are inflated one at a time."""

    file: str
    data: bytes
    entries: Mapping[str, Entry]
    """By identity, in the directory's order."""

    @property
    def identities(self) -> Set[str]:
        """Whose pictures it holds."""
        return self.entries.keys()

    def picture(self, identity: str) -> bytes:
        """The file of one picture; ZipRefused when its bytes are not what the directory declares."""
        try:
            return _inflated(self.data, self.entries[identity])
        except ZipWrong as wrong:
            raise ZipRefused(self.file, f"{identity}.png: {wrong}") from wrong


def gated(data: bytes, product_key: str, file: str, limits: GateLimits | None = None) -> GatedZip:
    """The zip of a product, after every check that needs no inflating; ZipRefused for anything else.

    A picture may declare at most ``limits.picture_bytes``, packed or inflated, and all together
    ``limits.total_bytes``; more than declared is never inflated.
    """
    try:
        return GatedZip(file, data, _pictures(data, product_key, limits or GateLimits()))
    except ZipWrong as wrong:
        raise ZipRefused(file, str(wrong)) from wrong


def identities_in(data: bytes, product_key: str, file: str, limits: GateLimits | None = None) -> frozenset[str]:
    """Whose pictures a zip holds, by the names in its directory; nothing is inflated.

    A well-formed zip of other identities is simply not ours. ZipRefused for one that is not well-formed or not of
    this product.
    """
    return frozenset(gated(data, product_key, file, limits).identities)


def says_sandbox(data: bytes) -> bool:
    """Whether a zip says that a sandbox service made it. It need not be well-formed: in doubt, what it says counts."""
    try:
        return SANDBOX_ZIP_MARK in comment_of(data)
    except ZipWrong:
        return SANDBOX_ZIP_MARK in data


def product_key_of(data: bytes) -> str | None:
    """The product whose folder a well-formed zip holds; None for any other zip, and for what is none."""
    try:
        entries = entries_of(data, GateLimits().entries)
    except ZipWrong:
        return None
    folder = _FOLDER.match(entries[0].listed.name) if entries else None
    if folder is None or not all(entry.listed.name.startswith(folder[0]) for entry in entries):
        return None
    return folder[1].decode()


def _pictures(data: bytes, product_key: str, limits: GateLimits) -> dict[str, Entry]:
    """The entries by identity."""
    folder = product_key.encode() + b"/"
    found: dict[str, Entry] = {}
    folders = total = 0
    for entry in entries_of(data, limits.entries):
        name, size = entry.listed.name, entry.listed.plain_bytes
        if name == folder and not size and entry.listed.packed_bytes <= _EMPTY_BYTES:
            folders += 1
            continue
        identity = name.removeprefix(folder).removesuffix(b".png")
        if name != folder + identity + b".png" or not _IDENTITY.fullmatch(identity) or entry.listed.folder:
            raise ZipWrong(f"name {_shown(name)}")
        if identity.decode() in found:
            raise ZipWrong(f"twice {_shown(name)}")
        total += size
        if max(size, entry.listed.packed_bytes) > limits.picture_bytes or total > limits.total_bytes:
            raise ZipWrong("too large")
        found[identity.decode()] = entry
    if folders > 1:
        raise ZipWrong("twice the folder")
    if not found:
        raise ZipWrong("no pictures")
    return found


def _shown(name: bytes) -> str:
    """A name for people and logs, whatever a stranger put into it."""
    return ascii(name[:_NAME_BYTES].decode("utf-8", "replace"))


def _inflated(data: bytes, entry: Entry) -> bytes:
    listed = entry.listed
    packed = data[entry.data_at : entry.data_at + listed.packed_bytes]
    if listed.method == DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than declared is enough to see a lie, and all that is ever inflated of it.
            plain = inflater.decompress(packed, listed.plain_bytes + 1)
        except zlib.error as broken:
            raise ZipWrong("deflate") from broken
        whole = inflater.eof and not inflater.unused_data
    else:
        plain, whole = packed, True
    if not whole or len(plain) != listed.plain_bytes:
        raise ZipWrong("size")
    if zlib.crc32(plain) != listed.crc:
        raise ZipWrong("CRC")
    return plain
