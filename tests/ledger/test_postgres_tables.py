"""The tables on a PostgreSQL server, and what they refuse whoever asks."""

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.engine.interfaces import ReflectedIndex

from gizqr_station.domain.job import JobState
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.postgres_engine import writers
from gizqr_station.ledger.postgres_guards import GUARDS
from gizqr_station.ledger.tables import METADATA, MOVING_COLUMNS, jobs
from gizqr_station.workflows.batch_ports import BatchDraft
from tests.contracts.ledger_samples import IMAGE, brought_to, draft, mac, opened
from tests.ledger.postgres import PostgresServer
from tests.ledger.shared import OpenShared

ONLY_HERE = (writers.name, "search_terms")
"""How a lost COMMIT is found out, and what SQLite searches with its own full text."""

Raw = psycopg.Connection[tuple[object, ...]]


def engine(server: PostgresServer, database: str) -> Engine:
    return create_engine("postgresql+psycopg://", creator=lambda: server.connection(database))


def schema(server: PostgresServer, database: str) -> dict[str, object]:
    """Columns, keys and indexes by table."""
    joined = engine(server, database)
    try:
        seen = inspect(joined)
        return {
            name: {
                "columns": [
                    (column["name"], str(column["type"]), column["nullable"], column["default"])
                    for column in seen.get_columns(name)
                ],
                "key": seen.get_pk_constraint(name)["constrained_columns"],
                "foreign keys": sorted(
                    (key["name"], key["constrained_columns"], key["referred_table"])
                    for key in seen.get_foreign_keys(name)
                ),
                "unique": sorted((str(key["name"]), key["column_names"]) for key in seen.get_unique_constraints(name)),
                "indexes": sorted(map(_index, seen.get_indexes(name))),
            }
            for name in seen.get_table_names()
            if not name.startswith("alembic_")
        }
    finally:
        joined.dispose()


def _index(index: ReflectedIndex) -> tuple[str, list[str | None], bool, str]:
    condition = str(index.get("dialect_options", {}).get("postgresql_where", ""))
    return str(index["name"]), index["column_names"], index["unique"], condition


def test_the_migrations_build_the_tables_that_the_program_uses(
    postgres: PostgresServer, shared_database: str, empty_database: str
) -> None:
    drawn = engine(postgres, empty_database)
    METADATA.create_all(drawn)
    drawn.dispose()
    built = schema(postgres, shared_database)
    only_here = {name: built.pop(name) for name in ONLY_HERE}
    assert all(only_here.values())
    assert built == schema(postgres, empty_database)


def test_every_guard_is_looked_for_when_a_ledger_is_opened(postgres: PostgresServer, shared_database: str) -> None:
    with postgres.connection(shared_database) as raw:
        there = raw.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname").fetchall()
    assert sorted(GUARDS) == [name for (name,) in there if not str(name).endswith("_at_once")]


@pytest.fixture
def raw(postgres: PostgresServer, shared_database: str, open_shared: OpenShared) -> Raw:
    """The database as any other program sees it, with one printed label in it."""
    ledger = open_shared()
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    brought_to(ledger, opened(ledger), JobState.PRINTED)
    ledger.begin_batch(BatchDraft("list.csv", "k" * 32, "WO-7", "bench printer", (mac(1), mac(2))), who="li.wei")
    return postgres.connection(shared_database)


STATEMENTS = [
    "UPDATE entries SET evidence = 'nothing'",
    "DELETE FROM entries",
    "TRUNCATE entries",
    "DELETE FROM jobs",
    "TRUNCATE jobs CASCADE",
    "UPDATE images SET dots = ''",
    "DELETE FROM images",
    "TRUNCATE images",
    "UPDATE supply_loads SET who = 'somebody else'",
    "DELETE FROM supply_loads",
    "UPDATE jobs SET sent_to = 'another printer'",
    "UPDATE jobs SET sent_to = NULL",
    "DELETE FROM batches",
    "DELETE FROM batch_items",
    "INSERT INTO batch_items SELECT 1, 3, '00911f000003', 'mac', 'waiting', NULL, '', '', 0",
    "INSERT INTO batch_items SELECT 1, 0, '00911f000003', 'mac', 'waiting', NULL, '', '', 0",
    "UPDATE batch_entries SET who = 'somebody else'",
    "DELETE FROM batch_entries",
    "DELETE FROM labelled_devices",
    *(f"UPDATE jobs SET {column} = {column}" for column in jobs.c.keys() if column not in MOVING_COLUMNS),  # noqa: SIM118
    *(f"UPDATE batches SET {column} = {column}" for column in ("number", "name", "product_key", "work_order", "total")),
    *(f"UPDATE batch_items SET {column} = {column}" for column in ("batch", "position", "identity", "identity_kind")),
]


def test_what_was_written_is_not_changed_by_any_program(raw: Raw) -> None:
    for statement in STATEMENTS:
        with pytest.raises(psycopg.IntegrityError, match=r"(are|is) never"):
            raw.execute(statement)
    for column in sorted(MOVING_COLUMNS):
        assert raw.execute(f"UPDATE jobs SET {column} = {column}").rowcount == 1
    raw.close()


def test_a_device_has_one_live_label_even_for_programs_that_ask_for_no_turn(raw: Raw) -> None:
    columns = ", ".join(name for name in jobs.c.keys() if name not in {"id", "label_serial"})  # noqa: SIM118
    with pytest.raises(psycopg.errors.UniqueViolation, match="one_live_label"):
        raw.execute(f"INSERT INTO jobs (label_serial, {columns}) SELECT 'L-9', {columns} FROM jobs")
    raw.close()


def test_a_guard_that_was_taken_away_is_missed_at_opening(
    postgres: PostgresServer, own_database: str, open_shared: OpenShared
) -> None:
    from gizqr_station.domain.ledger_failures import LedgerDamaged

    ledger = open_shared(database=own_database)
    ledger.open(draft("L-000001"), IMAGE)
    with postgres.connection(own_database) as raw:
        raw.execute("ALTER TABLE jobs DISABLE TRIGGER jobs_are_not_deleted")
        found = ledger.verify()
        assert isinstance(found, LedgerDamaged)
        assert "jobs_are_not_deleted" in found.reason
        with pytest.raises(LedgerDamaged):
            open_shared(database=own_database)
        raw.execute("ALTER TABLE jobs ENABLE TRIGGER jobs_are_not_deleted; DROP INDEX one_live_label")
        with pytest.raises(LedgerDamaged, match="one_live_label"):
            open_shared(database=own_database)
