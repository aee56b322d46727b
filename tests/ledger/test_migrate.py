"""Upgrades: all of it or nothing, never without a copy, never a ledger of a newer program."""

import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.audit_failures import EntryMissing
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.ledger_failures import LedgerDamaged, LedgerNewer
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.migrate import VERSIONS, known_revision, upgrade
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from tests.contracts.ledger_samples import OTHER_KEY, PRODUCT_KEY, opened
from tests.ledger.conftest import OpenLedger

NEWEST = "0012"
FIRST_SEAL_OF_0005 = "882e38cffd6f97ad6c9075cdc6391afd58e43bb0949f68a5a661583b510ba9d0"
LAST_SEAL_OF_0005 = "d7201f7ee9aca81c2c655119e1bb117d826d79155cee132d6359f7245da11761"
ENTRIES = "SELECT sequence, job, kind, state, at, who, evidence FROM entries ORDER BY sequence"

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade():
    op.create_table("later_things", sa.Column("id", sa.Integer, primary_key=True))
    op.bulk_insert(sa.table("later_things", sa.column("id")), [{"id": 1}])
"""


@pytest.fixture
def later_versions(tmp_path: Path) -> Path:
    """The revisions of a later program. (The % is there because alembic's settings give it a meaning.)"""
    versions = tmp_path / "later 100%"
    versions.mkdir()
    for revision in VERSIONS.glob("0*.py"):
        shutil.copy(revision, versions)
    (versions / "0013_later_things.py").write_text(NEXT)
    return versions


@pytest.fixture
def old_ledger(tmp_path: Path) -> Path:
    """A ledger of revision 0001 with records in every state that they can be left in."""
    return restored(tmp_path, "0001")


def restored(folder: Path, revision: str) -> Path:
    """A ledger as the program of that revision left it."""
    path = folder / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(Path(__file__).with_name(f"ledger_{revision}.sql").read_text(encoding="utf-8"))
    return path


def upgraded(path: Path, versions: Path) -> None:
    database = SqliteDatabase(path, busy_timeout_s=1)
    try:
        with database.writing() as connection:
            upgrade(connection, database, known_revision(connection, str(path), versions), versions)
    finally:
        database.close()


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        return {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def revision_in(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT version_num FROM alembic_version").fetchall()


def test_an_older_ledger_is_copied_and_then_upgraded(
    ledger_file: Path, open_again: OpenLedger, later_versions: Path
) -> None:
    ledger = open_again(ledger_file)
    job = opened(ledger)
    ledger.close()
    upgraded(ledger_file, later_versions)
    assert "later_things" in tables(ledger_file)
    assert revision_in(ledger_file) == [("0013",)]

    copy = ledger_file.with_name("ledger.sqlite.before-0013")
    assert "later_things" not in tables(copy)
    restored = open_again(copy)
    assert list(restored.all_jobs()) == [job]
    assert restored.verify() is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")
def test_the_copy_is_its_owners_alone(ledger_file: Path, later_versions: Path) -> None:
    upgraded(ledger_file, later_versions)
    assert stat.S_IMODE(ledger_file.with_name("ledger.sqlite.before-0013").stat().st_mode) == 0o600


def test_the_newest_ledger_is_neither_copied_nor_changed(ledger_file: Path) -> None:
    before = ledger_file.read_bytes()
    upgraded(ledger_file, VERSIONS)
    assert ledger_file.read_bytes() == before
    assert [path.name for path in ledger_file.parent.iterdir()] == ["ledger.sqlite"]


def test_an_upgrade_that_breaks_leaves_the_ledger_as_it_was(
    ledger_file: Path, open_again: OpenLedger, later_versions: Path
) -> None:
    (later_versions / "0013_later_things.py").write_text(NEXT + "    raise RuntimeError('power cut')\n")
    with pytest.raises(RuntimeError, match="power cut"):
        upgraded(ledger_file, later_versions)
    assert "later_things" not in tables(ledger_file)
    assert open_again(ledger_file).verify() is None


def test_a_first_ledger_that_broke_off_is_begun_again(tmp_path: Path, later_versions: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    (later_versions / "0013_later_things.py").write_text(NEXT + "    raise RuntimeError('power cut')\n")
    with pytest.raises(RuntimeError, match="power cut"):
        upgraded(path, later_versions)
    assert tables(path) == set()
    upgraded(path, VERSIONS)
    assert revision_in(path) == [(NEWEST,)]


def test_a_newer_programs_ledger_is_left_alone(ledger_file: Path, open_again: OpenLedger, later_versions: Path) -> None:
    upgraded(ledger_file, later_versions)
    before = ledger_file.read_bytes()
    with pytest.raises(LedgerNewer) as refused:
        open_again(ledger_file)
    assert refused.value.values() == {"path": str(ledger_file), "revision": "0013"}
    assert ledger_file.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path, open_again: OpenLedger) -> None:
    path = tmp_path / "photos.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE photos (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(LedgerDamaged):
        open_again(path)
    assert path.read_bytes() == before


def test_two_revisions_at_once_are_damage(ledger_file: Path, open_again: OpenLedger) -> None:
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("INSERT INTO alembic_version VALUES ('0000')")
    with pytest.raises(LedgerDamaged):
        open_again(ledger_file)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


def test_a_ledger_of_the_first_revision_keeps_everything_and_is_copied_first(
    old_ledger: Path, open_again: OpenLedger
) -> None:
    everything = [
        "SELECT id, label_serial, identity, content, printer, state, outcome, opened_at, moved_at FROM jobs",
        ENTRIES,
        "SELECT * FROM images",
        "SELECT * FROM serials",
        "SELECT ledger_id, kind, station, created_at FROM meta",
    ]
    before = [rows(old_ledger, query) for query in everything]
    ledger = open_again(old_ledger)
    assert [rows(old_ledger, query) for query in everything] == before
    assert [job.state.value for job in ledger.all_jobs()] == ["verified", "voided", "unknown", "sent", "intended"]
    assert ledger.verify() is None
    assert revision_in(old_ledger) == [(NEWEST,)]

    copy = old_ledger.with_name(f"ledger.sqlite.before-{NEWEST}")
    assert revision_in(copy) == [("0001",)]
    assert "queue" not in tables(copy)
    assert [rows(copy, query) for query in everything] == before


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_an_upgraded_ledger_has_the_tables_and_triggers_of_a_new_one(
    tmp_path: Path, open_again: OpenLedger, fresh_ledger: Path, revision: str
) -> None:
    old_ledger = restored(tmp_path, revision)
    open_again(old_ledger).close()
    named = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    upgraded_schema, new_schema = rows(old_ledger, named), rows(fresh_ledger, named)
    assert upgraded_schema == new_schema


def test_work_that_the_old_program_left_goes_on_in_the_new_tables(old_ledger: Path, open_again: OpenLedger) -> None:
    ledger = open_again(old_ledger)
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    sent = next(job for job in ledger.all_jobs() if job.state is JobState.UNKNOWN)
    ledger.use_supply("bench printer", 1)
    # Sent before anybody wrote down where to: what was refused is given back to the draft's printer.
    ledger.move(sent, JobState.FAILED, who="li.wei", outcome=PrintOutcome.REFUSED)
    assert [supply.left for supply in ledger.supplies("bench printer")] == [10]
    assert [job.state for job in ledger.settle_interrupted("station")] == [JobState.UNKNOWN, JobState.FAILED]
    assert list(ledger.queued()) == []
    assert ledger.verify() is None


def test_labels_that_waited_in_a_ledger_of_the_second_revision_still_wait_and_belong_to_no_order(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0002")
    everything = [
        "SELECT id, label_serial, identity, content, printer, state, outcome, opened_at, moved_at, sent_to FROM jobs",
        ENTRIES,
        "SELECT * FROM queue",
        "SELECT * FROM supplies",
        "SELECT * FROM supply_loads",
    ]
    before = [rows(path, query) for query in everything]
    ledger = open_again(path)
    assert [rows(path, query) for query in everything] == before
    assert {job.draft.work_order for job in ledger.all_jobs()} == {""}
    assert [(waiting.job.id, waiting.held) for waiting in ledger.queued()] == [(5, True)]
    assert (list(ledger.batches()), ledger.labels_of_order(PRODUCT_KEY, "")) == ([], 4)
    assert ledger.verify() is None
    assert revision_in(path.with_name(f"ledger.sqlite.before-{NEWEST}")) == [("0002",)]


def test_the_devices_of_a_ledger_of_the_third_revision_are_counted_once_each(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0003")
    everything = [
        "SELECT id, label_serial, identity, content, state, outcome, opened_at, moved_at, work_order FROM jobs",
        ENTRIES,
        "SELECT number, name, product_key, work_order, printer, who, at, total, state, reason FROM batches",
        "SELECT * FROM batch_items",
    ]
    before = [rows(path, query) for query in everything]
    ledger = open_again(path)
    assert [rows(path, query) for query in everything] == before
    # 1 verified, 2 replaced, 3 voided, 5 in doubt, 8 after a TEST label, 9 waiting; 4 never went out, 6 carries TEST.
    assert ledger.devices_labelled(PRODUCT_KEY) == 6
    assert ledger.devices_labelled(OTHER_KEY) == 1
    assert ledger.devices_labelled("0" * 32) == 0
    assert ledger.verify() is None
    assert revision_in(path.with_name(f"ledger.sqlite.before-{NEWEST}")) == [("0003",)]


def test_labels_of_a_ledger_of_the_fourth_revision_are_of_no_known_service(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0004")
    everything = [ENTRIES, "SELECT * FROM images", "SELECT * FROM labelled_devices"]
    before = [rows(path, query) for query in everything]
    ledger = open_again(path)
    assert [rows(path, query) for query in everything] == before
    assert [(job.draft.code_service, job.draft.code_source.value) for job in ledger.all_jobs()] == [
        ("", "service"),
        ("", "pool"),
        ("", "template"),
        ("", "sandbox"),
        ("", "service"),
    ]
    job = opened(ledger, code_service="https://qr.factory.example.test")
    assert ledger.job(job.id).draft.code_service == "https://qr.factory.example.test"
    assert ledger.verify() is None
    assert revision_in(path.with_name(f"ledger.sqlite.before-{NEWEST}")) == [("0004",)]


def test_the_entries_of_a_ledger_of_the_fifth_revision_are_sealed_as_they_stood(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0005")
    everything = [
        ENTRIES,
        "SELECT * FROM images",
        "SELECT * FROM batch_entries",
        "SELECT * FROM supply_loads",
        "SELECT id, label_serial, identity, content, state, outcome, opened_at, moved_at, code_service FROM jobs",
    ]
    before = [rows(path, query) for query in everything]
    ledger = open_again(path)
    assert [rows(path, query) for query in everything] == before
    assert rows(path, "SELECT DISTINCT subject, clock, station FROM entries") == [("", "", "")]
    # A seal never changes: whoever has a checkpoint, or evidence, from before has this one in it.
    assert ledger.seal_at(1) == FIRST_SEAL_OF_0005
    assert ledger.seal_at(ledger.last_entry()) == LAST_SEAL_OF_0005
    assert [(job.draft.replaces, job.draft.reason, job.draft.allowed_by) for job in ledger.all_jobs()] == [
        ("",) * 3
    ] * 6
    assert ledger.verify() is None
    assert revision_in(path.with_name(f"ledger.sqlite.before-{NEWEST}")) == [("0005",)]


@pytest.mark.parametrize("size", [1, 7])
def test_a_long_record_is_sealed_a_page_at_a_time(
    tmp_path: Path, open_again: OpenLedger, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = restored(tmp_path, "0005")
    versions = tmp_path / "short pages"
    shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    sealing = versions / "0007_sealed_entries.py"
    short = sealing.read_text().replace("_PAGE = 2_000", f"_PAGE = {size}")
    assert short != sealing.read_text()
    sealing.write_text(short)
    upgraded(path, versions)
    ledger = open_again(path)
    assert ledger.seal_at(ledger.last_entry()) == LAST_SEAL_OF_0005
    assert ledger.verify() is None


def test_an_entry_that_was_taken_out_before_the_record_was_sealed_is_missed(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0005")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TRIGGER entries_are_not_deleted")
        raw.execute("DELETE FROM entries WHERE sequence = 3")
    assert isinstance(fault := open_again(path).verify(), EntryMissing)
    assert fault.sequence == 3


def test_what_is_written_after_an_upgrade_is_sealed_behind_what_was_there(
    tmp_path: Path, open_again: OpenLedger
) -> None:
    path = restored(tmp_path, "0005")
    ledger = open_again(path)
    last = ledger.last_entry()
    ledger.note(ledger.job(1), who="qa", evidence="looked at")
    assert [(entry.sequence, entry.station) for entry in ledger.entries(last, 9)] == [(last + 1, "bench-1")]
    assert ledger.verify() is None
