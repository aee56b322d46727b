"""Upgrades: all of it or nothing, never without a copy, never a ledger of a newer program."""

import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.ledger_failures import LedgerDamaged, LedgerNewer
from gizqr_station.ledger.migrate import VERSIONS, known_revision, upgrade
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from tests.contracts.ledger_samples import opened
from tests.ledger.conftest import OpenLedger

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table("shifts", sa.Column("id", sa.Integer, primary_key=True))
    op.bulk_insert(sa.table("shifts", sa.column("id")), [{"id": 1}])
"""


@pytest.fixture
def later_versions(tmp_path: Path) -> Path:
    """The revisions of a later program. (The % is there because alembic's settings give it a meaning.)"""
    versions = tmp_path / "later 100%"
    versions.mkdir()
    for revision in VERSIONS.glob("0*.py"):
        shutil.copy(revision, versions)
    (versions / "0002_shifts.py").write_text(NEXT)
    return versions


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
    assert "shifts" in tables(ledger_file)
    assert revision_in(ledger_file) == [("0002",)]

    copy = ledger_file.with_name("ledger.sqlite.before-0002")
    assert "shifts" not in tables(copy)
    restored = open_again(copy)
    assert list(restored.all_jobs()) == [job]
    assert restored.verify() is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")
def test_the_copy_is_its_owners_alone(ledger_file: Path, later_versions: Path) -> None:
    upgraded(ledger_file, later_versions)
    assert stat.S_IMODE(ledger_file.with_name("ledger.sqlite.before-0002").stat().st_mode) == 0o600


def test_the_newest_ledger_is_neither_copied_nor_changed(ledger_file: Path) -> None:
    before = ledger_file.read_bytes()
    upgraded(ledger_file, VERSIONS)
    assert ledger_file.read_bytes() == before
    assert [path.name for path in ledger_file.parent.iterdir()] == ["ledger.sqlite"]


def test_an_upgrade_that_breaks_leaves_the_ledger_as_it_was(
    ledger_file: Path, open_again: OpenLedger, later_versions: Path
) -> None:
    (later_versions / "0002_shifts.py").write_text(NEXT + "    raise RuntimeError('power cut')\n")
    with pytest.raises(RuntimeError, match="power cut"):
        upgraded(ledger_file, later_versions)
    assert "shifts" not in tables(ledger_file)
    assert open_again(ledger_file).verify() is None


def test_a_first_ledger_that_broke_off_is_begun_again(tmp_path: Path, later_versions: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    (later_versions / "0002_shifts.py").write_text(NEXT + "    raise RuntimeError('power cut')\n")
    with pytest.raises(RuntimeError, match="power cut"):
        upgraded(path, later_versions)
    assert tables(path) == set()
    upgraded(path, VERSIONS)
    assert revision_in(path) == [("0001",)]


def test_a_newer_programs_ledger_is_left_alone(ledger_file: Path, open_again: OpenLedger, later_versions: Path) -> None:
    upgraded(ledger_file, later_versions)
    before = ledger_file.read_bytes()
    with pytest.raises(LedgerNewer) as refused:
        open_again(ledger_file)
    assert refused.value.values() == {"path": str(ledger_file), "revision": "0002"}
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
