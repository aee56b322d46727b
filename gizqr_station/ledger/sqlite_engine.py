"""SQLite as the ledger uses it: every commit durable, one writer at a time, every wait with an end.

The rollback journal (DELETE) with synchronous EXTRA, never WAL: SQLite before 3.51.3 can lose committed rows
when two connections of a WAL file race at a checkpoint, and most systems still ship such a version. EXTRA also
syncs the folder after the journal is gone, so that a power cut cannot bring an old journal back.

After an error of the disk a second sync may say that all is well though the pages are lost. So nothing is tried again
on that connection: all are closed, and the file is opened anew and checked before anything is written to it.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerDamaged, LedgerNotWritable
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.ledger.ballast import Ballast
from gizqr_station.ledger.sqlite_failures import disk_failed, translated

_PRAGMAS = (
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    # without it, INSERT OR REPLACE deletes rows behind the triggers' back
    "PRAGMA recursive_triggers=ON",
)


class SqliteDatabase:
    """One ledger file; used from any number of threads."""

    def __init__(
        self, path: Path, *, busy_timeout_s: float, read_only: bool = False, ballast: Ballast | None = None
    ) -> None:
        """Connect to nothing yet. ``busy_timeout_s`` is how long one call waits for another writer.

        ``read_only``: neither the file nor anything beside it is written, whoever asks; it may lie on such a disk.
        ``ballast`` is given free when the disk is full, so that what is under way can be written to its end.
        """
        self.when_full: Callable[[], object] = lambda: None
        """Told once each time that the ballast was given, so that the stop itself is written down."""
        self._ballast = ballast
        self._failed = False
        self._path = path
        self._address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._busy_timeout_s = busy_timeout_s
        self._turn = threading.Lock()
        # no limit to connections, because waiting for one would be a second time-out; five are kept open
        self._reads = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1)
        self._writes = self._reads.execution_options(gizqr_writing=True)
        event.listen(self._reads, "begin", _begin)
        event.listen(self._reads, "handle_error", self._distrust)

    @property
    def path(self) -> str:
        """The file."""
        return str(self._path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the ledger."""
        with translated(self.path), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writing transaction: of this process by a lock, of all processes by BEGIN IMMEDIATE.

        OutcomeInDoubt where the disk reported an error at COMMIT: it may have been written all the same.
        """
        try:
            with self._turn_to_write() as connection:
                yield connection
        except DiskFull:
            if self._ballast is not None and self._ballast.give():
                self.when_full()
            raise

    @contextmanager
    def _turn_to_write(self) -> Iterator[Connection]:
        # SQLite's own wait polls; in one process a lock passes the turn on at once
        if not self._turn.acquire(timeout=self._busy_timeout_s):
            raise LedgerBusy(self.path)
        try:
            self._require_trusted()
            with translated(self.path), self._writes.connect() as connection:
                connection.begin()
                yield connection
                self._commit(connection)
        finally:
            self._turn.release()

    def require_room(self) -> None:
        """Raise DiskFull where the disk was full and is still: nothing new is begun on what is left for an end."""
        if self._ballast is not None and not self._ballast.kept():
            raise DiskFull(self.path)

    def complaint(self, *, thorough: bool) -> str:
        """The first line of SQLite's own check unless that is ``ok``; thorough also compares the indexes."""
        with self.reading() as connection:
            check = "integrity_check" if thorough else "quick_check"
            found = connection.exec_driver_sql(f"PRAGMA {check}(1)").scalar_one()
        return "" if found == "ok" else str(found)

    def back_up(self, target: Path) -> None:
        """Copy the ledger as it was last committed, by SQLite's online backup; the copy appears whole or not at all."""
        part = target.with_name(target.name + ".part")
        with translated(self.path):
            try:
                part.unlink(missing_ok=True)
                create_private(part)
                with closing(self._connect()) as source, closing(sqlite3.connect(part)) as copy:
                    source.backup(copy)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)

    def close(self) -> None:
        """Give back every connection that no thread uses now."""
        self._reads.dispose()

    def _distrust(self, context: ExceptionContext) -> None:
        if disk_failed(context.original_exception):
            self._failed = True
            context.is_disconnect = True  # closes this connection, and the ones that nobody uses now

    def _require_trusted(self) -> None:
        """After an error of the disk: raise LedgerDamaged where the file, opened anew, is not whole."""
        if not self._failed:
            return
        complaint = self.complaint(thorough=False)
        if complaint:
            raise LedgerDamaged(self.path, complaint)
        self._failed = False

    def _commit(self, connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as failed:
            if not disk_failed(failed.orig):
                raise
            raise OutcomeInDoubt(self.path) from failed

    def _connect(self) -> sqlite3.Connection:
        # isolation_level None: BEGIN is ours to say, the driver would say it late and without IMMEDIATE
        connection = sqlite3.connect(
            self._address, uri=True, timeout=self._busy_timeout_s, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            if mode != "delete":
                raise LedgerNotWritable(self.path, f"journal_mode={mode}")
        except BaseException:
            connection.close()
            raise
        return connection


def create_private(path: Path) -> None:
    """Create an empty file for its owner alone, unless there is one.

    An existing file is not opened even for a moment: closing it would drop the locks that SQLite holds on it in
    this process (POSIX gives a process one set of locks a file).
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("gizqr_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
