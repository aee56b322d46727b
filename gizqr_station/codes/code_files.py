"""Codes in files, as people carry them about: a zip of the service, or another station's pool. The content decides."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from gizqr_station.codes.pool_file import Wanted, read_pool_file, write_pool_file
from gizqr_station.codes.pool_file_lines import GZIP_MARK, MOST_PACKED_BYTES, reason_of, regular_file
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.range_codes import Check
from gizqr_station.codes.zip_contents import codes_in
from gizqr_station.codes.zip_gate import product_key_of
from gizqr_station.codes.zip_reasons import plain_reason
from gizqr_station.domain.code_failures import ZipRefused
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import CodesFileRefused, CodesOfOtherProduct, FileThere
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Clock

MOST_ZIP_BYTES = 64 << 20
_ZIP_MARK = b"PK"
_BLOCK = 1 << 20


class CodeFilesOnDisk:
    """The CodeFiles of ``workflows.code_ports``; ``service`` is the one of the settings, which a zip does not name."""

    def __init__(self, pool: SqlPool, service: str, clock: Clock, *, check: Check | None = None) -> None:
        """``check`` is asked about all of a file before any of it is given; what it raises refuses the file."""
        self._pool = pool
        self._service = service
        self._clock = clock
        self._check = check or _nothing_asked

    def read(self, path: str, product_key: str, stop: Stop, opened: Callable[[int, int], None]) -> Iterable[ZipCodes]:
        """As the port says; a pool's file is read again, a few thousand codes at a time, after it was checked."""
        stop.check()
        file = Path(path)
        with regular_file(file, MOST_PACKED_BYTES) as stream:
            data = _read(stream, file.name, stop)
        if data is None:
            return read_pool_file(file, Wanted(product_key, self._service), stop, opened, self._check)
        other = product_key_of(data)
        if other is not None and other != product_key:
            raise CodesOfOtherProduct(file.name, other)
        # A sandbox's zip says so itself, and comes back as one.
        came_in = CodeZip(product_key, self._service, CodeSource.SERVICE, "", file.name, "", self._clock.now())
        try:
            codes = codes_in(data, came_in, None, stop, opened)
        except ZipRefused as refused:
            # Its words are those of a download: nobody need try again, or call the service's owner.
            raise CodesFileRefused(file.name, plain_reason(refused.reason)) from refused
        return (self._check(codes, stop),)

    def write(
        self,
        path: str,
        product_key: str,
        ranges: Iterable[IdentityRange] | None,
        stop: Stop,
        written: Callable[[int], None],
        *,
        replace: bool = False,
    ) -> int:
        """As the port says; 0 where there are no codes to write, and then there is no file either."""
        if not replace and os.path.lexists(path):
            raise FileThere(path)
        total, sections = self._pool.sections(product_key, self._service, ranges, stop)
        if total == 0:
            return 0
        wanted = Wanted(product_key, self._service)
        return write_pool_file(Path(path), wanted, total, sections, self._clock.now(), written)


def _nothing_asked(codes: ZipCodes, _stop: Stop) -> ZipCodes:
    return codes


def _read(stream: BinaryIO, name: str, stop: Stop) -> bytes | None:
    """A whole zip; None for a pool's file, of which only the mark is read."""
    try:
        mark = stream.read(2)
        if mark == GZIP_MARK:
            return None
        if mark != _ZIP_MARK:
            raise CodesFileRefused(name, "neither a zip nor a pool file")
        data = bytearray(mark)
        while block := stream.read(_BLOCK):
            stop.check()
            data += block
            if len(data) > MOST_ZIP_BYTES:
                raise CodesFileRefused(name, f"larger than {MOST_ZIP_BYTES >> 20} MiB")
    except OSError as gone:
        raise CodesFileRefused(name, reason_of(gone)) from gone
    return bytes(data)
