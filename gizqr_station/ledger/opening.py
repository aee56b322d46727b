"""How a ledger is opened: on a local disk, for its owner alone, whole, of the right kind, at the newest revision."""

from pathlib import Path
from typing import Literal
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from gizqr_station.domain.ledger_failures import LedgerDamaged, WrongLedgerKind
from gizqr_station.domain.search_failures import LedgerNotCurrent
from gizqr_station.ledger.ballast import Ballast
from gizqr_station.ledger.integrity import require_whole_file
from gizqr_station.ledger.migrate import known_revision, newest_revision, upgrade
from gizqr_station.ledger.network_shares import require_local
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.search_sqlite import require_fts5
from gizqr_station.ledger.sqlite_engine import SqliteDatabase, create_private
from gizqr_station.ledger.sqlite_failures import translated
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import meta
from gizqr_station.workflows.ports import Clock

Kind = Literal["demo", "production"]


def open_ledger(
    path: Path, *, kind: Kind, station: str, clock: Clock, busy_timeout_s: float = 5.0, ballast: Path | None = None
) -> SqlLedger:
    """Open the ledger at a path, or begin one.

    Raises LedgerOnNetwork, LedgerNotWritable, DiskFull, LedgerBusy, LedgerDamaged, WrongLedgerKind, LedgerNewer; the
    file is then as it was. ``busy_timeout_s`` bounds each call's wait for another writer, here and afterwards.
    ``ballast`` is a file on the same disk that is given free when that is full.
    """
    require_local(path)
    with translated(str(path)):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_private(path)
    kept = None if ballast is None else Ballast(ballast)
    database = SqliteDatabase(path, busy_timeout_s=busy_timeout_s, ballast=kept)
    try:
        require_fts5(database)
        require_whole_file(database, thorough=False)
        with database.writing() as connection:
            _bring_up(connection, database, kind, station, clock)
    except BaseException:
        database.close()
        raise
    ledger = SqlLedger(database, clock=clock, station=station)
    database.when_full = ledger.disk_was_full
    if kept is not None:
        kept.kept()  # where there is no room for it, the first label says so
    return ledger


def open_to_look(path: Path, *, clock: Clock, busy_timeout_s: float = 5.0) -> SqlLedger:
    """Open the ledger that is there, of whichever kind, to read it alone: beside a station, and on a read-only disk.

    The file is not checked: that takes minutes for millions of labels, and damage that is met is told. Raises
    LedgerNotWritable where it cannot be opened, LedgerBusy, LedgerDamaged, LedgerNewer; LedgerNotCurrent for one that
    a station has to bring up first.
    """
    database = SqliteDatabase(path, busy_timeout_s=busy_timeout_s, read_only=True)
    try:
        with database.reading() as connection:
            revision = known_revision(connection, database.path)
        if revision != newest_revision():
            raise LedgerNotCurrent(database.path, revision or "0000")
    except BaseException:
        database.close()
        raise
    return SqlLedger(database, clock=clock)


def _bring_up(connection: Connection, database: SqliteDatabase, kind: Kind, station: str, clock: Clock) -> None:
    revision = known_revision(connection, database.path)
    if revision is not None:
        require_kind(connection, database.path, kind)  # first of all: no demo may upgrade a production ledger
    upgrade(connection, database, revision)
    if revision is None:
        write_birth(connection, kind, station, clock)
    # A full or read-only disk is found out by this write, not at the first label. It has to be a new value: SQLite
    # does not touch the disk for what is there already.
    connection.execute(update(meta).values(openings=meta.c.openings + 1))


def write_birth(connection: Connection, kind: Kind, station: str, clock: Clock) -> None:
    """Say what kind of ledger this is, in which nothing stands yet."""
    born = {"ledger_id": uuid4().hex, "kind": kind, "station": station, "created_at": micros(clock.now())}
    connection.execute(insert(meta).values(**born, openings=0))


def require_kind(connection: Connection, path: str, kind: Kind) -> None:
    """Raise WrongLedgerKind for one of the other kind, LedgerDamaged for one that does not say which."""
    found = connection.execute(select(meta.c.kind)).scalars().all()
    if len(found) != 1:
        raise LedgerDamaged(path, f"{len(found)} rows in meta")
    if found[0] != kind:
        raise WrongLedgerKind(path, found=str(found[0]), wanted=kind)
