"""A pool's codes in a file that people carry to another station.

The format is our own, version 1: gzip of lines of JSON in UTF-8, each ended by a line feed.

::

    {"format": "gizqr-codes", "version": 1, "product_key": "<32 hex>", "service": "http://…", "codes": 2, "at": "…"}
    {"zip": {"source": "service", "task": "FIRST..LAST", "file": "/static/zipfiles/1.zip", "digest": "…", "at": "…"}}
    ["00911f500047", "<content>"]
    ["00911f500048", "<content>"]
    {"sha256": "<of all bytes before this line>"}

One product and one service a file. At least one and at most 5,000 codes follow each zip, which may come several times;
the codes of a sandbox say so in their zip (``"source": "sandbox"``). Moments are ISO 8601 with their offset. No key and
no secret stands in it. The digest shows harm, not intent: whoever can write such a file can also print labels.
"""

import hashlib
import json
import os
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from gizqr_station.codes.pool_file_lines import MOST_CODES, Refusal, lines_in, reason_of, regular_file
from gizqr_station.codes.pool_file_lines import MOST_PACKED_BYTES as MOST_BYTES
from gizqr_station.codes.pool_file_records import FORMAT, VERSION, Header, code_of, end_of, header_of, zip_of
from gizqr_station.codes.pool_pieces import PIECE
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.pool_failures import CodesFileRefused, CodesOfOtherProduct, CodesOfOtherService
from gizqr_station.domain.pooled_codes import BadMember, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop

_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose codes a file must have."""

    product_key: str
    service: str


def write_pool_file(
    path: Path,
    wanted: Wanted,
    total: int,
    sections: Iterable[ZipCodes],
    at: datetime,
    written: Callable[[int], None],
) -> int:
    """Whole or not at all, and in place of what was there; how many codes. FileNotWritten says why not."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("xb") as stream:
                done = _write(stream, wanted, total, sections, at, written)
                stream.flush()
                os.fsync(stream.fileno())
            if done != total:
                raise FileNotWritten(str(path), f"{done} of {total} codes")
            part.replace(path)
            _sync_folder(path.parent)
        finally:
            with suppress(OSError):  # a folder in which nothing can be written or removed is told already
                part.unlink(missing_ok=True)
    except (OSError, ValueError) as refused:
        raise FileNotWritten(str(path), reason_of(refused)) from refused
    return done


def read_pool_file(
    path: Path,
    wanted: Wanted,
    stop: Stop,
    opened: Callable[[int, int], None],
    check: Callable[[ZipCodes, Stop], ZipCodes] = lambda codes, _stop: codes,
) -> Iterator[ZipCodes]:
    """Check all of it, digest last; then its codes, in sections, from the file as it was checked.

    ``check`` is asked about each section too, and what it finds bad is given as bad. Raises what it does,
    CodesFileRefused, CodesOfOtherProduct, CodesOfOtherService and Stopped, before it returns or, where the file changes
    or vanishes afterwards, between two sections.
    """
    digests = array("Q")
    bad: dict[int, tuple[BadMember, ...]] = {}
    done = 0
    for section, digest, total in _sections(path, wanted, stop, careful=True):
        if found := check(section, stop).bad:
            bad[len(digests)] = found
        digests.append(digest)
        done += len(section.contents)
        opened(done, total)
    return _given(path, wanted, stop, digests, bad)


def _given(
    path: Path, wanted: Wanted, stop: Stop, digests: "array[int]", bad: Mapping[int, tuple[BadMember, ...]]
) -> Iterator[ZipCodes]:
    """Once more, for a million codes are too many to hold; what is not what was checked is not given."""
    known = iter(digests)
    for number, (section, digest, _) in enumerate(_sections(path, wanted, stop, careful=False)):
        if digest != next(known, None):
            raise CodesFileRefused(path.name, "it changed while it was read")
        yield _without(section, bad.get(number, ()))


def _without(section: ZipCodes, bad: tuple[BadMember, ...]) -> ZipCodes:
    if not bad:
        return section
    named = {each.name.removesuffix(".png") for each in bad}
    good = {identity: content for identity, content in section.contents.items() if identity.text not in named}
    return ZipCodes(section.zip, good, bad)


def _sections(path: Path, wanted: Wanted, stop: Stop, *, careful: bool) -> Iterator[tuple[ZipCodes, int, int]]:
    """Each with 64 bits of the digest up to its end, and the count of the header."""
    stop.check()
    try:
        with regular_file(path, MOST_BYTES) as stream:
            yield from _Reading(path.name, wanted, careful=careful).sections(lines_in(stream, stop))
    except Refusal as refusal:
        raise CodesFileRefused(path.name, str(refusal)) from refusal
    except OSError as gone:
        raise CodesFileRefused(path.name, reason_of(gone)) from gone


class _Reading:
    """One way through a file."""

    def __init__(self, name: str, wanted: Wanted, *, careful: bool) -> None:
        self._name = name
        self._wanted = wanted
        self._careful = careful
        self._digest = hashlib.sha256()
        self._codes = 0

    def sections(self, lines: Iterator[bytes]) -> Iterator[tuple[ZipCodes, int, int]]:
        header = self._header(next(lines, b""))
        came_in: CodeZip | None = None
        contents: dict[Identity, str] = {}
        for line in lines:
            if line.startswith(b"["):
                self._take(line, came_in, contents)
                continue
            if came_in is not None:
                yield self._section(came_in, contents), self._mark(), header.codes
            if line.startswith(b'{"sha256"'):
                self._end(line, header, lines)
                return
            came_in, contents = zip_of(line, self._wanted.product_key, self._wanted.service), {}
            self._count(line)
        raise Refusal("it is cut short")

    def _header(self, line: bytes) -> Header:
        header = header_of(line)
        if header.product_key != self._wanted.product_key:
            raise CodesOfOtherProduct(self._name, header.product_key)
        if header.service != self._wanted.service:
            raise CodesOfOtherService(self._name, header.service)
        self._count(line)
        return header

    def _take(self, line: bytes, came_in: CodeZip | None, contents: dict[Identity, str]) -> None:
        try:
            identity, content = code_of(line, careful=self._careful)
        except Failure as failure:
            raise Refusal(f"line {self._codes + 1} of its codes: {failure.code}") from failure
        if came_in is None:
            raise Refusal("a code without its zip")
        if identity in contents or len(contents) >= PIECE:
            raise Refusal(f"{identity} stands in it twice" if identity in contents else "too many codes of a zip")
        contents[identity] = content
        self._codes += 1
        if self._codes > MOST_CODES:
            raise Refusal("too many codes")
        self._count(line)

    def _section(self, came_in: CodeZip, contents: dict[Identity, str]) -> ZipCodes:
        if not contents:
            raise Refusal("a zip without codes")
        return ZipCodes(came_in, contents)

    def _end(self, line: bytes, header: Header, lines: Iterator[bytes]) -> None:
        if end_of(line) != self._digest.hexdigest():
            raise Refusal("its digest is not that of its lines")
        if self._codes != header.codes:
            raise Refusal(f"{self._codes} codes, not {header.codes}")
        if next(lines, None) is not None:
            raise Refusal("there is more behind its end")

    def _count(self, line: bytes) -> None:
        self._digest.update(line + b"\n")

    def _mark(self) -> int:
        return int.from_bytes(self._digest.digest()[:8])


def _write(
    stream: BinaryIO,
    wanted: Wanted,
    total: int,
    sections: Iterable[ZipCodes],
    at: datetime,
    written: Callable[[int], None],
) -> int:
    # The contents are noise, of which a harder try saves next to nothing.
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    digest = hashlib.sha256()

    def put(*records: object) -> None:
        lines = b"".join(_ENCODER.encode(record).encode() + b"\n" for record in records)
        digest.update(lines)
        stream.write(packer.compress(lines))

    whose = {"product_key": wanted.product_key, "service": wanted.service}
    put({"format": FORMAT, "version": VERSION, **whose, "codes": total, "at": at.astimezone(UTC).isoformat()})
    done = 0
    for section in sections:
        came = section.zip
        told = {"source": came.source.value, "task": came.task, "file": came.file, "digest": came.digest}
        put({"zip": {**told, "at": came.at.astimezone(UTC).isoformat()}})
        put(*([identity.text, content] for identity, content in section.contents.items()))
        done += len(section.contents)
        written(done)
    put({"sha256": digest.hexdigest()})
    stream.write(packer.flush())
    return done


def _sync_folder(folder: Path) -> None:
    """So that a power cut cannot take the new name back; not every system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
