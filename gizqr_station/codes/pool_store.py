"""Codes that were fetched ahead, on disk: one a device, found in well under a millisecond among a million."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Select, inspect

from gizqr_station.codes.pool_adding import Adding
from gizqr_station.codes.pool_database import NOT_A_POOL, PoolDatabase, create_private
from gizqr_station.codes.pool_gaps import gaps_in, what_counts
from gizqr_station.codes.pool_journal import PoolJournal
from gizqr_station.codes.pool_questions import ANY, CODE, HOLDER, ZIPS
from gizqr_station.codes.pool_rejected import reject_in, rejected_among
from gizqr_station.codes.pool_rows import DAMAGE, mark_of, opened, zip_of
from gizqr_station.codes.pool_sections import Sections
from gizqr_station.codes.pool_tables import APPLICATION_ID, METADATA, VERSION
from gizqr_station.codes.pool_waits import PoolWaits
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import PoolBusy, PoolUnreadable
from gizqr_station.domain.pooled_codes import CodeZip, PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Clock

_LATER = frozenset({"rejected_codes"})
"""Tables that a pool of the first version gets when it is opened."""


_LINE_WAIT_S = 0.3
"""A person stands there, and the service can be asked instead."""
_LINE_REST_S = 10.0


class SqlPool(PoolJournal):
    """The CodePool of ``workflows.code_ports`` in a SQLite file; used from any number of threads and processes."""

    @classmethod
    def open(cls, path: Path, *, clock: Clock, busy_timeout_s: float = 5.0, though_busy: bool = False) -> Self:
        """Open the pool at a path, or begin one; PoolUnreadable, PoolNotWritten, PoolBusy.

        What is no pool, or a newer program's, is left as it is. ``busy_timeout_s`` bounds each call's wait for
        another program, here and afterwards. ``though_busy``: one that is locked now is not waited for; it is opened
        when somebody uses it, and PoolBusy or PoolUnreadable is raised there.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_private(path)
            if not path.is_file():
                raise PoolUnreadable(str(path), "it is a folder" if path.is_dir() else "not a file")
            if not os.access(path, os.R_OK):
                raise PoolUnreadable(str(path), "no right to read it")
        except OSError as refused:
            raise PoolUnreadable(str(path), refused.strerror or type(refused).__name__) from refused
        database = PoolDatabase(path, busy_timeout_s=busy_timeout_s, prepare=_prepare)
        try:
            (database.with_waits(PoolWaits(_LINE_WAIT_S)) if though_busy else database).prepare()
        except BaseException as refused:
            database.close()
            if not (though_busy and isinstance(refused, PoolBusy)):
                raise
        return cls(database, clock)

    def for_line(self) -> Self:
        """The same pool for a line, which goes on without it: it waits shortly, then leaves the pool alone for a while.

        Close the first one only.
        """
        return type(self)(self._database.with_waits(PoolWaits(_LINE_WAIT_S, _LINE_REST_S)), self._clock)

    def close(self) -> None:
        """Give back the file."""
        self._database.close()

    def verify(self) -> None:
        """PoolUnreadable where SQLite finds its file broken; seconds for a million codes."""
        complaint = self._database.complaint()
        if complaint:
            raise PoolUnreadable(self._database.path, complaint)

    def code(self, product_key: str, service: str, identity: Identity) -> IssuedCode | None:
        """The one code of this identity; PoolUnreadable for one that is not what was written."""
        found = self._found(CODE, product_key, service, {"identity": identity.text})
        if found is None:
            return None
        _, content, came_in = found
        source = CodeSource.SANDBOX if came_in.source is CodeSource.SANDBOX else CodeSource.POOL
        return IssuedCode(content, identity, source, came_in.at, task=came_in.file, service=service)

    def origin(self, product_key: str, service: str, identity: Identity) -> CodeZip | None:
        """The zip that an identity's code came in."""
        found = self._found(CODE, product_key, service, {"identity": identity.text})
        return None if found is None else found[2]

    def holder(self, product_key: str, service: str, content: str) -> Identity | None:
        """Whose code this content is."""
        found = self._found(HOLDER, product_key, service, {"mark": mark_of(content), "content": content})
        return None if found is None else found[0]

    def add(self, codes: ZipCodes, stop: Stop) -> PoolAdded:
        """All of a zip, or nothing where it is stopped or the disk refuses."""
        stop.check()
        with self._database.writing(stop) as connection:
            return Adding(connection, codes.zip).add(codes, stop)

    def reject(self, product_key: str, service: str, content: str, reason: str) -> None:
        """A proof showed that it is no good: no device has it from now on."""
        with self._database.writing() as connection:
            reject_in(connection, product_key, service, content, reason, self._clock.now())

    def rejected(self, product_key: str, content: str) -> bool:
        """Whether it was rejected."""
        with self._database.reading() as connection:
            return bool(rejected_among(connection, product_key, [content]))

    def missing(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange], stop: Stop
    ) -> tuple[IdentityRange, ...]:
        """What of these has no code, as the fewest ranges."""
        return gaps_in(self._database, product_key, service, ranges, stop)

    def count(self, product_key: str, service: str) -> int:
        """As the port says."""
        ours: dict[str, object] = {"product_key": product_key, "service": service, "newest": ANY}
        with self._database.reading() as connection:
            return int(connection.execute(what_counts(connection, ours).count, ours).scalar_one())

    def zips(self, product_key: str, service: str, limit: int = 100) -> Sequence[tuple[CodeZip, int]]:
        """Where they came from, newest first, with how many codes each brought."""
        asked = {"product_key": product_key, "service": service, "limit": limit}
        with self._database.reading() as connection:
            rows = connection.execute(ZIPS, asked).all()
        with self._damage_told():
            return [(zip_of(row), int(row.brought)) for row in rows]

    def sections(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange] | None, stop: Stop
    ) -> tuple[int, Iterator[ZipCodes]]:
        """For exports: how many codes these ranges have, or all, and those, a few thousand at a time."""
        sections = Sections(self._database, product_key, service)
        wanted = None if ranges is None else tuple(ranges)
        return sections.count(wanted, stop), sections.all(wanted, stop)

    def _found(
        self, question: Select[Any], product_key: str, service: str, of: Mapping[str, object]
    ) -> tuple[Identity, str, CodeZip] | None:
        with self._database.reading() as connection:
            row = connection.execute(question, {"product_key": product_key, "service": service, **of}).first()
        if row is None:
            return None
        with self._damage_told():
            came_in = zip_of(row)
            return *opened(row, product_key, service, came_in.source.value), came_in

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE as broken:
            raise PoolUnreadable(self._database.path, str(broken)) from broken


def _prepare(database: PoolDatabase) -> None:
    """Look at what is there, and make the tables where there are none."""
    with database.reading(unprepared=True) as connection:
        made = _is_made(connection, database.path)
    if not made:
        with database.writing(unprepared=True) as connection:
            _make(connection, database.path)
        database.close()  # what was connected before did not see a pool yet


def _is_made(connection: Connection, path: str) -> bool:
    """Whether the file has its tables; False for an empty one and a first version's. PoolUnreadable for other files."""
    number = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    present = set(inspect(connection).get_table_names())
    if number == 0 and version == 0 and not present:
        return False
    if number != APPLICATION_ID:
        raise PoolUnreadable(path, NOT_A_POOL)
    if version > VERSION:
        raise PoolUnreadable(path, f"a newer program made it (version {version})")
    later = _LATER if version == 1 else frozenset()
    if version < 1 or not present >= METADATA.tables.keys() - later:
        raise PoolUnreadable(path, "tables are missing")
    return bool(version == VERSION)


def _make(connection: Connection, path: str) -> None:
    """All tables, or what a first version has not; unless another program has just done so."""
    if _is_made(connection, path):
        return
    METADATA.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
