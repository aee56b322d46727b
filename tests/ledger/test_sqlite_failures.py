"""What the errors of SQLite and of the operating system mean for the ledger."""

import errno
import sqlite3

import pytest

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerDamaged, LedgerNotWritable
from gizqr_station.ledger.sqlite_failures import failure_of, failure_of_system, translated


def sqlite_error(code: int, message: str = "") -> sqlite3.Error:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (sqlite3.SQLITE_BUSY, LedgerBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LedgerBusy),
        (sqlite3.SQLITE_LOCKED, LedgerBusy),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_CORRUPT, LedgerDamaged),
        (sqlite3.SQLITE_CORRUPT_INDEX, LedgerDamaged),
        (sqlite3.SQLITE_NOTADB, LedgerDamaged),
        (sqlite3.SQLITE_READONLY, LedgerNotWritable),
        (sqlite3.SQLITE_READONLY_DBMOVED, LedgerNotWritable),
        (sqlite3.SQLITE_IOERR_FSYNC, LedgerNotWritable),
        (sqlite3.SQLITE_CANTOPEN, LedgerNotWritable),
    ],
)
def test_each_error_of_sqlite_has_its_failure(code: int, failure: type[LedgerFailure]) -> None:
    found = failure_of("ledger.sqlite", sqlite_error(code))
    assert type(found) is failure
    assert found.values()["path"] == "ledger.sqlite"


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_TOOBIG])
def test_a_fault_of_the_program_has_none(code: int) -> None:
    assert failure_of("ledger.sqlite", sqlite_error(code, 'near "SELEKT": syntax error')) is None


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.ENOSPC, DiskFull("ledger.sqlite")),
        (errno.EDQUOT, DiskFull("ledger.sqlite")),
        (errno.EROFS, LedgerNotWritable("ledger.sqlite", "EROFS")),
        (errno.EACCES, LedgerNotWritable("ledger.sqlite", "EACCES")),
        (errno.EIO, LedgerNotWritable("ledger.sqlite", "EIO")),
    ],
)
def test_each_error_of_the_system_has_its_failure(number: int, failure: LedgerFailure) -> None:
    found = failure_of_system("ledger.sqlite", OSError(number, "said by the system"))
    assert (type(found), found.values()) == (type(failure), failure.values())


def test_the_cause_is_kept() -> None:
    error = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(DiskFull) as full, translated("ledger.sqlite"):
        raise error
    assert full.value.__cause__ is error
