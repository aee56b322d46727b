"""How a shared ledger is opened: of the right kind, at the newest revision, with all its guards, under a name."""

from pathlib import Path

from sqlalchemy import Connection, update

from gizqr_station.domain.ledger_failures import LedgerDamaged, NoLedger
from gizqr_station.domain.shared_ledger_failures import DatabaseTooOld, LedgerOutdated, StationsAtWork
from gizqr_station.ledger.integrity import require_whole_file
from gizqr_station.ledger.migrate import VERSIONS, known_revision, newest_revision, run_missing
from gizqr_station.ledger.opening import Kind, require_kind, write_birth
from gizqr_station.ledger.postgres_address import PostgresAddress
from gizqr_station.ledger.postgres_engine import PostgresDatabase
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import meta
from gizqr_station.workflows.ports import Clock

OLDEST_SERVER = 15
"""The one that all tests run on."""


def open_shared_ledger(
    url: str,
    password: str,
    *,
    kind: Kind,
    station: str,
    clock: Clock,
    busy_timeout_s: float = 5.0,
    hold_name: bool = False,
    begin: bool = True,
    versions: Path = VERSIONS,
) -> SqlLedger:
    """Open the ledger of a database, or ``begin`` one in an empty database. An older one is not upgraded on the way.

    ``hold_name``: nobody else works under this station's name until the ledger is closed; StationNameTaken. Raises
    LedgerAway, DatabaseRefused, DatabaseTooOld, LedgerOutdated, LedgerNewer, WrongLedgerKind, NoLedger, LedgerDamaged,
    LedgerBusy and DiskFull too.
    """
    address = PostgresAddress.parse(url)
    held = station if hold_name else ""
    database = PostgresDatabase(address, password, busy_timeout_s=busy_timeout_s, station=held)
    try:
        _require_new_enough(database)
        with database.reading() as connection:
            revision = known_revision(connection, database.path, versions)
        if revision is None:
            if not begin:
                raise NoLedger(database.path)
            _begin(database, kind, station, clock, versions)
        with database.writing() as connection:
            _require_fit(connection, database.path, kind, versions)
            # A server that may not be written is found out by this write, not at the first label.
            connection.execute(update(meta).values(openings=meta.c.openings + 1))
        require_whole_file(database, thorough=False)
    except BaseException:
        database.close()
        raise
    return SqlLedger(database, clock=clock, station=station, shared=True)


def upgrade_shared_ledger(
    url: str, password: str, *, busy_timeout_s: float = 5.0, versions: Path = VERSIONS
) -> tuple[str, str]:
    """Bring it to the newest revision for all stations; the revision before and after. Nothing is copied here.

    All of it or nothing, in one transaction. Raises StationsAtWork while a station has it open, and what opening
    raises.
    """
    database = PostgresDatabase(PostgresAddress.parse(url), password, busy_timeout_s=busy_timeout_s)
    try:
        _require_new_enough(database)
        if count := database.stations_at_work():
            raise StationsAtWork(database.path, count)
        with database.upgrading() as connection:
            before = known_revision(connection, database.path, versions)
            if before is None:
                raise LedgerDamaged(database.path, "there is no ledger in it")
            run_missing(connection, versions)
        return before, newest_revision(versions)
    finally:
        database.close()


def _begin(database: PostgresDatabase, kind: Kind, station: str, clock: Clock, versions: Path) -> None:
    """Build the tables, unless another station has built them meanwhile."""
    with database.upgrading() as connection:
        if known_revision(connection, database.path, versions) is None:
            run_missing(connection, versions)
            write_birth(connection, kind, station, clock)


def _require_fit(connection: Connection, path: str, kind: Kind, versions: Path) -> None:
    revision, newest = known_revision(connection, path, versions), newest_revision(versions)
    if revision is None:
        raise LedgerDamaged(path, "there is no ledger in it")
    require_kind(connection, path, kind)  # before all else: no demo has a say in a production ledger
    if revision != newest:
        raise LedgerOutdated(path, revision, newest)


def _require_new_enough(database: PostgresDatabase) -> None:
    version = database.server_version()
    if version // 10_000 < OLDEST_SERVER:
        raise DatabaseTooOld(database.path, str(version // 10_000), str(OLDEST_SERVER))
