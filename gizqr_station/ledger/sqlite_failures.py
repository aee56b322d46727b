"""The one place where SQLite's and the operating system's errors become ledger failures."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerDamaged, LedgerNotWritable

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_FULL = {sqlite3.SQLITE_FULL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_NOT_WRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}

# Said under general error codes, yet our own SQL never changes: the file's schema or a text in it was changed.
_DAMAGED_WORDS = ("no such table", "no such column", "no such index", "table ", "could not decode")

_DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise what SQLite or the operating system raises inside as a ledger failure; IntegrityError passes."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError):
        raise
    except DBAPIError as wrapped:
        failure = failure_of(path, wrapped.orig)
        if failure is None:
            raise
        raise failure from wrapped
    except sqlite3.Error as bare:
        failure = failure_of(path, bare)
        if failure is None:
            raise
        raise failure from bare
    except UnicodeDecodeError as garbled:  # a text in the file, or a complaint that quotes one
        raise LedgerDamaged(path, str(garbled)) from garbled
    except OSError as refused:
        raise failure_of_system(path, refused) from refused


def disk_failed(error: BaseException | None) -> bool:
    """Whether the disk reported an error: what was written since the last sync may be lost, whatever is said later."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF == sqlite3.SQLITE_IOERR


def failure_of(path: str, error: BaseException | None) -> LedgerFailure | None:
    """What an error of SQLite means; None for one that only a fault of this program can cause."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest of the bits give details
    if code in _BUSY:
        return LedgerBusy(path)
    if code in _FULL:
        return DiskFull(path)
    if code in _DAMAGED or str(error).lower().startswith(_DAMAGED_WORDS):
        return LedgerDamaged(path, str(error))
    if code in _NOT_WRITABLE:
        return LedgerNotWritable(path, str(error))
    return None


def failure_of_system(path: str, error: OSError) -> LedgerFailure:
    """What an error around the ledger's files means."""
    if error.errno in _DISK_FULL_ERRNOS:
        return DiskFull(path)
    return LedgerNotWritable(path, errno.errorcode.get(error.errno or 0, str(error)))
