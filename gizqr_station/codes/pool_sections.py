"""Reads the pool's codes out again, a few thousand at a time, each with the zip that it came in: for exports."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from gizqr_station.codes.pool_database import PoolDatabase
from gizqr_station.codes.pool_gaps import count_in
from gizqr_station.codes.pool_pieces import PIECE, asked_for, pieces_of
from gizqr_station.codes.pool_questions import ALL, CODES_AFTER, CODES_AMONG, CODES_IN, NEWEST, ZIP
from gizqr_station.codes.pool_rows import DAMAGE, opened, zip_of
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import PoolUnreadable
from gizqr_station.domain.pooled_codes import CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop


class Sections:
    """The codes of a product and service as they were when this was made, although more may come meanwhile."""

    def __init__(self, database: PoolDatabase, product_key: str, service: str) -> None:
        self._database = database
        with database.reading() as connection:
            newest = connection.execute(NEWEST).scalar() or 0
        self._ours: dict[str, object] = {"product_key": product_key, "service": service, "newest": newest}

    def count(self, ranges: Sequence[IdentityRange] | None, stop: Stop) -> int:
        """How many codes of these ranges there are, or of all."""
        if ranges is None:
            with self._database.reading(stop) as connection:
                return int(connection.execute(ALL.count, self._ours).scalar_one())
        total = 0
        for piece in pieces_of(ranges):
            stop.check()
            with self._database.reading(stop) as connection:
                total += count_in(connection, self._ours, piece)
        return total

    def all(self, ranges: Sequence[IdentityRange] | None, stop: Stop) -> Iterator[ZipCodes]:
        """At most PIECE codes each; a zip comes as often as its codes do."""
        yield from self._pages(stop) if ranges is None else self._pages_of(ranges, stop)

    def _pages(self, stop: Stop) -> Iterator[ZipCodes]:
        after = ""
        while True:
            stop.check()
            with self._database.reading(stop) as connection:
                asked = {**self._ours, "after": after, "at_most": PIECE}
                rows = connection.execute(CODES_AFTER, asked).all()
                sections = self._sections(connection, rows)
            if not rows:
                return
            after = rows[-1].identity
            yield from sections

    def _pages_of(self, ranges: Iterable[IdentityRange], stop: Stop) -> Iterator[ZipCodes]:
        for piece in pieces_of(ranges):
            stop.check()
            query = CODES_AMONG if len(piece) > 1 else CODES_IN
            with self._database.reading(stop) as connection:
                rows = connection.execute(query, {**self._ours, **asked_for(piece)}).all()
                sections = self._sections(connection, rows)
            yield from sections

    def _sections(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[ZipCodes]:
        origins: dict[int, CodeZip] = {}
        contents: dict[int, dict[Identity, str]] = {}
        try:
            for row in rows:
                origin = origins.get(row.zip)
                if origin is None:
                    origin = origins[row.zip] = _origin(connection, row.zip)
                identity, content = opened(row, origin.product_key, origin.service, origin.source.value)
                contents.setdefault(row.zip, {})[identity] = content
        except DAMAGE as broken:
            raise PoolUnreadable(self._database.path, str(broken)) from broken
        return [ZipCodes(origin, contents[number]) for number, origin in origins.items()]


def _origin(connection: Connection, number: int) -> CodeZip:
    row = connection.execute(ZIP, {"number": number}).first()
    if row is None:
        raise ValueError(f"zip {number} is gone")
    return zip_of(row)
