"""The parts of an XLSX file, inflated no further than a list can need; nothing is unpacked to disk.

XLSX is a zip of XML parts that name each other (ECMA-376 part 2). What goes wrong inside is told in a few words.
"""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from xml.parsers import expat

from gizqr_station.domain.list_failures import ListTooLarge, ListUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.lists import limits

ZIP_MARK = b"PK\x03\x04"
_CHUNK_BYTES = 64 * 1024
_ENCRYPTED = 0x1
# What zipfile and the decoders below it are known to raise for a file that is damaged or made to do harm.
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, ValueError, RuntimeError, KeyError, IndexError, OverflowError),
)


class XmlListener:
    """Hears the elements of an XML part by their local names; every part of XLSX is read through one."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Some of its text; there may be more."""

    def end(self, name: str) -> None:
        """An element ends."""


class Package:
    """An opened XLSX file; raises ListUnreadable and ListTooLarge, and Stopped while it reads."""

    def __init__(self, data: bytes, file: str, stop: Stop) -> None:
        self._file = file
        self._stop = stop
        self._left_bytes = limits.INFLATED_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as broken:
            raise ListUnreadable(file, "the file is damaged") from broken
        self._names = {entry.filename: entry for entry in self._archive.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._names

    def hear(self, part: str, listener: XmlListener) -> None:
        """Read an XML part from beginning to end."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: listener.begin(
            _local(name), {_local(key): value for key, value in attributes.items()}
        )
        parser.CharacterDataHandler = listener.text
        parser.EndElementHandler = lambda name: listener.end(_local(name))
        # No part of XLSX declares a document type, which is what entity bombs need.
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as broken:
            raise ListUnreadable(self._file, "the file is damaged") from broken

    def _chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part; what is inflated is counted, whatever the directory says of it."""
        entry = self._names.get(part)
        if entry is None:
            raise ListUnreadable(self._file, "the file is damaged")
        if entry.flag_bits & _ENCRYPTED:
            raise ListUnreadable(self._file, "it has a password")
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    self._stop.check()
                    self._left_bytes -= len(chunk)
                    if self._left_bytes < 0:
                        raise ListTooLarge(self._file, limits.TOO_MANY_ROWS)
                    yield chunk
        except _BROKEN as broken:
            raise ListUnreadable(self._file, "the file is damaged") from broken

    def _refuse_doctype(self, *_declared: object) -> None:
        raise ListUnreadable(self._file, "the file is damaged")


def beside(part: str, target: str) -> str:
    """The part that a part names by a path relative to its own folder, or from the root of the package."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def relations_of(part: str) -> str:
    """The part that says where the parts lie that this one names."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
