"""What a database server is like that keeps a ledger: what it runs, and what about it endangers the record."""

from dataclasses import dataclass

from sqlalchemy import text

from gizqr_station.ledger.postgres_address import PostgresAddress
from gizqr_station.ledger.postgres_engine import PostgresDatabase

_SETTINGS = (
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,"
    " current_setting('full_page_writes') AS pages, current_setting('server_encoding') AS encoding,"
    " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,"
    " coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted"
)
_ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Checkup:
    """How the server is, and what somebody should look after."""

    path: str
    version: str
    doubts: tuple[str, ...]


def checkup(url: str, password: str) -> Checkup:
    """Look at the server and change nothing; raises what opening raises, but for what the ledger itself is like."""
    address = PostgresAddress.parse(url)
    database = PostgresDatabase(address, password, busy_timeout_s=5.0)
    try:
        with database.reading() as connection:
            found = connection.execute(text(_SETTINGS)).one()
    finally:
        database.close()
    said = {
        "fsync is off: a power cut can lose labels": found.fsync != "on",
        "full_page_writes is off: a power cut can spoil the ledger": found.pages != "on",
        f"its encoding is {found.encoding}, not UTF8": found.encoding != "UTF8",
        "the user is a superuser, who can change what was written": bool(found.superuser),
        "the connection is not encrypted (sslmode=verify-full in the address)": not found.encrypted
        and address.host not in _ON_THIS_MACHINE,
    }
    return Checkup(database.path, found.version.split()[0], tuple(doubt for doubt, there in said.items() if there))
