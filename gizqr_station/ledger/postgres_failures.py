"""The one place where PostgreSQL's errors become ledger failures."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerDamaged, LedgerNotWritable
from gizqr_station.domain.shared_ledger_failures import DatabaseRefused, LedgerAway

# SQLSTATE, PostgreSQL documentation, appendix A; a class is the first two characters.
_BUSY = {"55P03", "57014", "40001", "40P01"}
"""Lock not available, statement cancelled by its time-out, and the two ways in which one of two has to give way."""
_FULL = {"53100"}
_AWAY = {"53300", "57P01", "57P02", "57P03", "57P05", "25P03"}
"""Too many connections, shut down, crashed, starting up, and sessions that were idle for too long."""
_REFUSED = {"28", "3D", "42501"}
_READ_ONLY = {"25006", "58030"}
_DAMAGED = {"XX001", "XX002", "42P01", "42703", "42883", "22021"}
"""Data or index corrupted; and our own SQL never changes, so a table that is missing was taken away."""

_WORDS_OF_AWAY = re.compile(
    r"database system is|too many|remaining connection slots|closed the connection|could not|timeout|SSL SYSCALL|reset",
    re.IGNORECASE,
)
"""The driver's own words are English; a server that speaks another language is at worst said to refuse."""
_LONGEST = 120


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise what PostgreSQL or the network raises inside as a ledger failure; IntegrityError passes."""
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError):
        raise
    except NoConnectionFree as waited:
        raise LedgerBusy(path) from waited
    except DBAPIError as wrapped:
        failure = failure_of(path, wrapped.orig, lost=wrapped.connection_invalidated)
        if failure is None:
            raise
        raise failure from wrapped
    except psycopg.Error as bare:
        failure = failure_of(path, bare)
        if failure is None:
            raise
        raise failure from bare


def failure_of(path: str, error: BaseException | None, *, lost: bool = False) -> LedgerFailure | None:
    """What an error of PostgreSQL means; None for one that only a fault of this program can cause.

    ``lost``: the connection broke with it, and whatever was under way was not committed.
    """
    state = getattr(error, "sqlstate", None) or ""
    if state in _FULL:
        return DiskFull(path)
    if state in _BUSY and not lost:
        return LedgerBusy(path)
    if state in _DAMAGED:
        return LedgerDamaged(path, said(error))
    if state in _READ_ONLY:
        return LedgerNotWritable(path, said(error))
    if state in _REFUSED or state[:2] in _REFUSED:
        return DatabaseRefused(path, said(error))
    if lost or state in _AWAY or state[:2] == "08":
        return LedgerAway(path, said(error))
    if isinstance(error, psycopg.OperationalError) and not state:
        return _not_connected(path, error)
    return None


def said(error: BaseException | None) -> str:
    """The first line of the server's or the driver's own words, shortened; they hold no password."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    _, _, told = lines[0].rpartition("failed: ")
    return (told or lines[0]).strip()[:_LONGEST]


def _not_connected(path: str, error: psycopg.OperationalError) -> LedgerFailure:
    """Connecting gives no SQLSTATE: who was asked for a password, or told FATAL, did reach a server."""
    connection = error.pgconn
    answered = "FATAL:" in str(error) or (connection is not None and bool(connection.used_password))
    if answered and not _WORDS_OF_AWAY.search(str(error)):
        return DatabaseRefused(path, said(error).removeprefix("FATAL:").strip())
    return LedgerAway(path, said(error))
