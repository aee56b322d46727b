"""The pool's SQLite file: every commit durable, one writer at a time, every wait with an end and in short turns.

The rollback journal (DELETE) with synchronous EXTRA, as the ledger has it and for its reasons: never WAL, which can
lose committed rows before SQLite 3.51.3, and the folder is synced after the journal is gone.
"""

import copy
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from gizqr_station.codes.pool_tables import APPLICATION_ID
from gizqr_station.codes.pool_waits import PoolWaits
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.pool_failures import PoolBusy, PoolNotWritten, PoolUnreadable
from gizqr_station.domain.stop import Stop

NOT_A_POOL = "it is not a pool of codes"
_PRAGMAS = ("PRAGMA synchronous=EXTRA", "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-16000")
_LOOK_EVERY_S = 0.1
"""So often a wait for another program looks at Stop."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# What a constraint forbids was looked for in the same transaction: then an index is not its table's.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_CONSTRAINT}
_REFUSED = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}
# Said under general error codes, yet our own SQL never changes: the file's schema or a text in it was changed.
_DAMAGED_WORDS = (
    "no such table",
    "no such column",
    "no such index",
    "table ",
    "could not decode",
    "malformed",
    "unsupported file format",
)


class PoolDatabase:
    """One file of codes; used from any number of threads and processes."""

    def __init__(self, path: Path, *, busy_timeout_s: float, prepare: Callable[["PoolDatabase"], None]) -> None:
        """Connect to nothing yet. ``busy_timeout_s`` is how long one call waits for another program.

        ``prepare`` looks at the file, and makes its tables; before anything else, and again until it came to its end.
        """
        self._path = path
        self._waits = PoolWaits(busy_timeout_s)
        self._turn = threading.Lock()
        self._prepare = prepare
        self._prepared = threading.Event()
        self._preparing = threading.RLock()
        # no limit to connections, because waiting for one would be a second time-out; five of each are kept open
        self._reads = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1)
        self._writes = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1)
        event.listen(self._reads, "begin", _begin)
        event.listen(self._writes, "begin", _begin_writing)

    @property
    def path(self) -> str:
        """The file."""
        return str(self._path)

    def with_waits(self, waits: PoolWaits) -> Self:
        """The same file through the same connections, for somebody who waits differently. Only the first is closed."""
        other = copy.copy(self)
        other._waits = waits
        return other

    def prepare(self) -> None:
        """Once; PoolBusy where another program has the file, and then the next use tries again."""
        if self._prepared.is_set():
            return
        if not self._preparing.acquire(timeout=self._waits.wait_s):
            raise PoolBusy(self.path)
        try:
            if not self._prepared.is_set():
                self._prepare(self)
                self._prepared.set()
        finally:
            self._preparing.release()

    @contextmanager
    def reading(self, stop: Stop | None = None, *, unprepared: bool = False) -> Iterator[Connection]:
        """A transaction that sees one moment of the pool; keep it short, for it keeps writers waiting."""
        if not unprepared:
            self.prepare()
        flag, ends = stop or Stop(), self._waits.begin(self.path, writing=False)
        with self._translated(writing=False), self._begun(self._reads, flag, ends) as connection:
            yield connection

    @contextmanager
    def writing(self, stop: Stop | None = None, *, unprepared: bool = False) -> Iterator[Connection]:
        """The only writing transaction: of this process by a lock, of all processes by BEGIN IMMEDIATE."""
        if not unprepared:
            self.prepare()
        flag, ends = stop or Stop(), self._waits.begin(self.path, writing=True)
        self._take_turn(flag, ends)
        try:
            with self._translated(writing=True), self._begun(self._writes, flag, ends) as connection:
                # for readers, at the commit
                connection.exec_driver_sql(f"PRAGMA busy_timeout={int(self._waits.wait_s * 1000)}")
                yield connection
        finally:
            self._turn.release()

    def complaint(self) -> str:
        """The first line of SQLite's own check unless that is ``ok``; a second or two for a million codes."""
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        return "" if found == "ok" else str(found)

    def close(self) -> None:
        """Give back every connection that no thread uses now."""
        self._reads.dispose()
        self._writes.dispose()

    def _take_turn(self, stop: Stop, ends: float) -> None:
        while not self._turn.acquire(timeout=_LOOK_EVERY_S):
            stop.check()
            if self._waits.is_over(ends):
                raise self._waits.in_vain(self.path, writing=True)

    @contextmanager
    def _begun(self, engine: Engine, stop: Stop, ends: float) -> Iterator[Connection]:
        """Ask for the file in short turns, because SQLite's own wait looks at no Stop."""
        with ExitStack() as stack:
            while True:
                stop.check()
                try:
                    connection = stack.enter_context(engine.begin())
                    break
                except DBAPIError as wrapped:
                    if _code_of(wrapped.orig) not in _BUSY or self._waits.is_over(ends):
                        raise
            yield connection

    def _connect(self) -> sqlite3.Connection:
        # isolation_level None: BEGIN is ours to say, the driver would say it late and without IMMEDIATE
        connection = sqlite3.connect(self._path, timeout=_LOOK_EVERY_S, isolation_level=None, check_same_thread=False)
        try:
            (number,) = connection.execute("PRAGMA application_id").fetchone()
            if number not in (0, APPLICATION_ID):
                raise PoolUnreadable(self.path, NOT_A_POOL)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            # Of somebody else's database nothing is changed, not even this.
            (mode,) = connection.execute(f"PRAGMA journal_mode{'=DELETE' if number else ''}").fetchone()
            if number and mode != "delete":
                raise PoolUnreadable(self.path, f"journal_mode={mode}")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translated(self, *, writing: bool) -> Iterator[None]:
        """Raise what SQLite raises inside as PoolBusy, PoolUnreadable or PoolNotWritten."""
        try:
            yield
        except DBAPIError as wrapped:
            failure = self._failure_of(wrapped.orig, writing)
            if failure is None:
                raise
            raise failure from wrapped
        except sqlite3.Error as bare:
            failure = self._failure_of(bare, writing)
            if failure is None:
                raise
            raise failure from bare
        except UnicodeDecodeError as garbled:  # a text in the file, or a complaint that quotes one
            raise PoolUnreadable(self.path, str(garbled)) from garbled

    def _failure_of(self, error: BaseException | None, writing: bool) -> CodeFailure | None:
        """What an error of SQLite means; None for one that only a fault of this program can cause."""
        code = _code_of(error)
        kind = PoolNotWritten if writing else PoolUnreadable
        if code in _BUSY:
            return self._waits.in_vain(self.path, writing=writing)
        if code == sqlite3.SQLITE_NOTADB:
            return PoolUnreadable(self.path, NOT_A_POOL)
        if code in _DAMAGED or str(error).lower().startswith(_DAMAGED_WORDS):
            return PoolUnreadable(self.path, str(error))
        return kind(self.path, str(error)) if code in _REFUSED else None


def create_private(path: Path) -> None:
    """Create an empty file for its owner alone, unless there is something already.

    An existing file is not opened even for a moment: closing it would drop the locks that SQLite holds on it in
    this process (POSIX gives a process one set of locks a file).
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def _code_of(error: BaseException | None) -> int:
    """SQLite's error code without its details."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
    connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1")  # BEGIN alone takes no lock


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(_LOOK_EVERY_S * 1000)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
