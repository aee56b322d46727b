"""PostgreSQL as the ledger uses it: one writer of all stations at a time, every wait with an end, no COMMIT guessed.

An advisory lock is what BEGIN IMMEDIATE is in SQLite. The session that writes also holds the station's name, so that a
station whose session ended writes again only once it has its name back.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Connection, Engine, column, create_engine, insert, select, table, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import LedgerBusy, LedgerDamaged
from gizqr_station.domain.shared_ledger_failures import LedgerAway, OutcomeInDoubt, StationNameTaken
from gizqr_station.ledger.postgres_address import PostgresAddress
from gizqr_station.ledger.postgres_failures import said, translated
from gizqr_station.ledger.postgres_guards import missing_guard
from gizqr_station.ledger.postgres_session import Patience, connected

WRITERS, NAMES = 0x67697A71, 0x67697A72
"""The first half of our advisory locks: of the one who writes, and of station names."""
_LOCK = text("SELECT pg_advisory_xact_lock(:those, 0)").bindparams(those=WRITERS)

writers = table("writers", column("name"), column("last"))
"""How far each program has written; its row changes in each of its transactions."""

_WRITES_S, _READS_S, _UPGRADES_S = 15.0, 60.0, 600.0
_IDLE_S = 10.0
_PAUSE_S = 0.1


class PostgresDatabase:
    """One ledger on a server; used from any number of threads.

    ``station`` is the name to hold for as long as this is open; empty for programs that only pass by.
    """

    def __init__(self, address: PostgresAddress, password: str, *, busy_timeout_s: float, station: str = "") -> None:
        """Connect to nothing yet. ``busy_timeout_s`` is how long one call waits for another writer."""
        self._address, self._password, self._station = address, password, station
        self._busy_timeout_s = busy_timeout_s
        self._turn = threading.Lock()
        self._name = uuid4().hex
        self._last = 0
        """How many transactions of ours were committed."""
        self._in_doubt = False
        """A COMMIT has failed, and nobody knows yet what it did; while one merely takes its time, nobody waits."""
        self._upgrades = False
        self._reads = _engine(self._connect_reader, 3, 7, busy_timeout_s).execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._writes = _engine(self._connect_writer, 1, 0, busy_timeout_s)

    @property
    def path(self) -> str:
        """The address, without anything secret."""
        return self._address.shown

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the ledger."""
        if self._in_doubt:
            with self._turn_to_write():
                self._settle_doubt()
        with translated(self.path), self._reads.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writing transaction: of this process by a lock, of all stations by an advisory one.

        A COMMIT whose answer is lost is found out by asking again: LedgerAway when nothing was written; OutcomeInDoubt
        only while nobody answers, and the next transaction begins with finding it out.
        """
        with self._turn_to_write(), translated(self.path), self._transaction() as connection:
            yield connection
            self._count(connection)

    @contextmanager
    def upgrading(self) -> Iterator[Connection]:
        """Like ``writing``, for as long as tables are built; nothing is known of a lost COMMIT but by opening again."""
        self._upgrades = True
        try:
            with self._turn_to_write(), translated(self.path), self._writes.connect() as connection:
                connection.execute(_LOCK)
                yield connection
                connection.commit()
        finally:
            self._upgrades = False
            self._writes.dispose()  # the next session has everyday patience again

    def require_room(self) -> None:
        """The server keeps its own disk."""

    def complaint(self, *, thorough: bool) -> str:
        """What is missing of what keeps the record as it was written. The pages are the server's own to check."""
        del thorough
        with self.reading() as connection:
            return missing_guard(connection)

    def stations_at_work(self) -> int:
        """How many others hold a station's name on this ledger now."""
        holders = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :names AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self.reading() as connection:
            held = int(connection.execute(holders, {"names": NAMES}).scalar_one())
        return held - bool(self._station)

    def server_version(self) -> int:
        """150004 is 15.4."""
        with self.reading() as connection:
            return int(connection.execute(text("SHOW server_version_num")).scalar_one())

    def close(self) -> None:
        """Give back every connection that no thread uses now, and with them the station's name."""
        self._reads.dispose()
        self._writes.dispose()

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._busy_timeout_s):
            raise LedgerBusy(self.path)
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        connection = self._begun()
        try:
            yield connection
        except BaseException:
            connection.close()  # which undoes it
            raise
        self._commit(connection)

    def _begun(self) -> Connection:
        """Our turn among all stations. A session that ended while nobody used it is begun anew, once."""
        for once_more in (True, False):
            connection = self._writes.connect()
            try:
                connection.execute(_LOCK)
                if self._in_doubt:
                    self._find_out(connection)
            except DBAPIError as refused:
                connection.close()
                if not (once_more and refused.connection_invalidated):
                    raise
            except BaseException:
                connection.close()
                raise
            else:
                return connection
        raise AssertionError("the second try returns or raises")

    def _count(self, connection: Connection) -> None:
        """The row by which a lost COMMIT is found out. One that is not as we left it is of another ledger's past."""
        if self._last == 0:
            connection.execute(insert(writers), {"name": self._name, "last": 1})
            return
        ours = (writers.c.name == self._name, writers.c.last == self._last)
        if connection.execute(update(writers).where(*ours).values(last=self._last + 1)).rowcount != 1:
            raise LedgerDamaged(self.path, "an older state was put back while this station was open")

    def _commit(self, connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as failed:
            if not failed.connection_invalidated:
                raise  # the server has said no
            self._in_doubt = True
            connection.close()
            if not self._was_written():
                raise LedgerAway(self.path, said(failed.orig)) from failed
            return
        except BaseException:
            self._in_doubt = True
            raise
        finally:
            connection.close()
        self._last += 1

    def _was_written(self) -> bool:
        """Ask again until somebody answers; OutcomeInDoubt when nobody does for as long as one waits for a writer."""
        before = self._last
        give_up = time.monotonic() + self._busy_timeout_s
        while True:
            try:
                self._settle_doubt()
            except LedgerFailure as still_away:
                if time.monotonic() > give_up:
                    raise OutcomeInDoubt(self.path) from still_away
                time.sleep(_PAUSE_S)
            else:
                return self._last > before

    def _settle_doubt(self) -> None:
        """With the lock in our hands the lost transaction has ended, one way or the other."""
        with translated(self.path):
            if self._in_doubt:
                self._begun().close()

    def _find_out(self, connection: Connection) -> None:
        found = connection.execute(select(writers.c.last).where(writers.c.name == self._name)).scalar()
        self._last = int(found or 0)
        self._in_doubt = False

    def _connect_reader(self) -> psycopg.Connection[Any]:
        return connected(self._address, self._password, self._patience(_READS_S), self._called)

    def _connect_writer(self) -> psycopg.Connection[Any]:
        connection = connected(
            self._address, self._password, self._patience(_UPGRADES_S if self._upgrades else _WRITES_S), self._called
        )
        try:
            if self._station:
                self._hold_name(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _hold_name(self, connection: psycopg.Connection[Any]) -> None:
        """Of this session, for as long as it lives; our own last session may need a moment to be found dead."""
        try:
            connection.execute("SELECT pg_advisory_lock(%s, %s)", [NAMES, name_key(self._station)])
            connection.commit()
        except psycopg.errors.LockNotAvailable as taken:
            raise StationNameTaken(self.path, self._station) from taken

    def _patience(self, statement_s: float) -> Patience:
        return Patience(self._busy_timeout_s, statement_s, max(_IDLE_S, statement_s))

    @property
    def _called(self) -> str:
        return f"gizqr-station {self._station}".strip()


def name_key(station: str) -> int:
    """32 bits with a sign, as the second half of an advisory lock is."""
    return int.from_bytes(hashlib.sha256(station.encode()).digest()[:4], "big", signed=True)


def _engine(connect: Callable[[], psycopg.Connection[Any]], kept: int, more: int, wait_s: float) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=kept,
        max_overflow=more,
        pool_timeout=wait_s,
        pool_pre_ping=bool(more),  # of readers; the writer finds out by asking for its turn
    )
