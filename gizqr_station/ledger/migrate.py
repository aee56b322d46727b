"""Brings a ledger to the newest revision, or says why it cannot; alembic, without an ini file."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, inspect

from gizqr_station.domain.ledger_failures import LedgerDamaged, LedgerNewer
from gizqr_station.ledger.sqlite_engine import SqliteDatabase

_MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = _MIGRATIONS / "versions"


def known_revision(connection: Connection, path: str, versions: Path = VERSIONS) -> str | None:
    """The ledger's revision, None for an empty file.

    Raises LedgerNewer for a revision this program does not know, LedgerDamaged for a database that is no ledger.
    """
    try:
        revision = MigrationContext.configure(connection).get_current_revision()
    except CommandError as several:
        raise LedgerDamaged(path, str(several)) from several
    if revision is None:
        if inspect(connection).get_table_names():
            raise LedgerDamaged(path, "tables of something else than a ledger")
        return None
    if revision not in _revisions(versions):
        raise LedgerNewer(path, str(revision))
    return revision


def upgrade(connection: Connection, database: SqliteDatabase, revision: str | None, versions: Path = VERSIONS) -> None:
    """Run what is missing after ``revision``, in the caller's writing transaction: all of it, or nothing.

    A ledger with records is backed up first, beside itself, as ``<name>.before-<newest revision>``.
    """
    newest = newest_revision(versions)
    if revision == newest:
        return
    if revision is not None:
        ledger = Path(database.path)
        database.back_up(ledger.with_name(f"{ledger.name}.before-{newest}"))
    run_missing(connection, versions)


def newest_revision(versions: Path = VERSIONS) -> str:
    """What this program works with."""
    return _revisions(versions)[0]


def run_missing(connection: Connection, versions: Path = VERSIONS) -> None:
    """Run what is missing, in the caller's writing transaction: all of it, or nothing. Copies nothing."""
    config = _config(versions)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@cache
def _revisions(versions: Path) -> tuple[str, ...]:
    """Newest first. Reading them takes alembic as long as half a dozen labels: it runs each file anew."""
    return tuple(known.revision for known in ScriptDirectory.from_config(_config(versions)).walk_revisions())


def _config(versions: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", _quoted(_MIGRATIONS))
    config.set_main_option("version_locations", _quoted(versions))
    config.set_main_option("path_separator", "newline")
    return config


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%%")  # configparser fills in %(names)s
