"""The tables, and what they refuse whoever asks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from gizqr_station.domain.job import MOVES, JobState
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import ENDED_STATES, METADATA, MOVING_COLUMNS, jobs
from gizqr_station.workflows.batch_ports import BatchDraft
from tests.contracts.ledger_samples import IMAGE, brought_to, draft, mac, opened


@pytest.fixture
def raw(ledger: SqlLedger, ledger_file: Path) -> Iterator[sqlite3.Connection]:
    """The file as any other program sees it, with one printed label in it."""
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    brought_to(ledger, opened(ledger), JobState.PRINTED)
    ledger.begin_batch(BatchDraft("list.csv", "k" * 32, "WO-7", "bench printer", (mac(1), mac(2))), who="li.wei")
    with closing(sqlite3.connect(ledger_file)) as connection:
        yield connection


def schema(connection: sqlite3.Connection) -> dict[str, dict[str, object]]:
    """Columns, keys and indexes by table, without the order or the spelling of the statements."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    # the search index is a table of SQLite's own kind, with tables behind it, and says nothing that the jobs do not
    ours = [name for name in tables if not name.startswith(("sqlite_", "alembic_", "search_index"))]
    return {name: _table(connection, name) for name in ours}


def _table(connection: sqlite3.Connection, name: str) -> dict[str, object]:
    indexes = {}
    for _, index, unique, _, _ in connection.execute(f"PRAGMA index_list({name})"):
        columns = [column for _, _, column in connection.execute(f"PRAGMA index_info({index})")]
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index]).fetchone()
        condition = sql.partition("WHERE")[2].strip(" ()") if sql else ""
        indexes[index] = (unique, columns, condition)
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
    return {
        "columns": connection.execute(f"PRAGMA table_info({name})").fetchall(),
        "foreign keys": connection.execute(f"PRAGMA foreign_key_list({name})").fetchall(),
        "indexes": indexes,
        "autoincrement": "AUTOINCREMENT" in sql,
    }


def test_the_migrations_build_the_tables_that_the_program_uses(fresh_ledger: Path) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(engine)
    drawn = engine.raw_connection()
    assert isinstance(drawn.driver_connection, sqlite3.Connection)
    with closing(sqlite3.connect(fresh_ledger)) as built:
        assert schema(built) == schema(drawn.driver_connection)
    drawn.close()
    engine.dispose()


def test_the_claim_covers_every_state_that_is_not_an_end() -> None:
    assert set(ENDED_STATES) == {state.value for state in JobState if not MOVES[state]} == {"failed", "voided"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET evidence = 'nothing'",
        "DELETE FROM entries",
        "DELETE FROM jobs",
        "UPDATE images SET dots = x''",
        "DELETE FROM images",
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
    ],
)
def test_what_was_written_is_not_changed_by_any_program(raw: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"(are|is) never"):
        raw.execute(statement)


@pytest.mark.parametrize("column", [name for name in jobs.c.keys() if name not in MOVING_COLUMNS])  # noqa: SIM118
def test_what_a_job_was_opened_with_is_not_changed_by_any_program(raw: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute(f"UPDATE jobs SET {column} = {column}")


@pytest.mark.parametrize("column", ["number", "name", "product_key", "work_order", "who", "at", "total"])
def test_what_a_batch_began_with_is_not_changed_by_any_program(raw: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute(f"UPDATE batches SET {column} = {column}")


@pytest.mark.parametrize("column", ["batch", "position", "identity", "identity_kind"])
def test_the_list_of_a_batch_is_not_changed_by_any_program(raw: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute(f"UPDATE batch_items SET {column} = {column}")


def test_a_job_is_made_for_one_item_at_most(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        raw.execute("UPDATE batch_items SET job = 1")


@pytest.mark.parametrize("column", sorted(MOVING_COLUMNS))
def test_where_a_job_stands_may_change(raw: sqlite3.Connection, column: str) -> None:
    assert raw.execute(f"UPDATE jobs SET {column} = {column}").rowcount == 1


def test_a_row_is_not_replaced_behind_the_triggers_back(ledger: SqlLedger) -> None:
    opened(ledger)
    with ledger._database.writing() as connection, pytest.raises(Exception, match="entries are never deleted"):
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO entries"
            " SELECT sequence, job, kind, 'verified', subject, at, clock, who, station, evidence, seal FROM entries"
        )


def test_an_entry_needs_its_job(ledger: SqlLedger) -> None:
    with ledger._database.writing() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        connection.exec_driver_sql("INSERT INTO entries VALUES (1, 99, 'note', 'sent', '', 0, '', '', '', '', '')")


def test_numbers_of_jobs_are_never_given_out_twice(raw: sqlite3.Connection, ledger: SqlLedger) -> None:
    for trigger in ("entries_are_not_deleted", "images_are_not_deleted", "jobs_are_not_deleted"):
        raw.execute(f"DROP TRIGGER {trigger}")
    for table in ("entries", "images", "jobs"):
        raw.execute(f"DELETE FROM {table}")
    raw.commit()
    assert ledger.open(draft("L-000009"), IMAGE).id == 2
