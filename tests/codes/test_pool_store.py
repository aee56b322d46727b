"""The pool's file: what is opened, and what is refused and left as it is."""

import os
import sys
from pathlib import Path

import pytest

from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.pool_failures import PoolUnreadable
from gizqr_station.domain.stop import Stop
from tests.codes.conftest import OpenPool, changed
from tests.contracts.ledger_samples import MAC, PRODUCT_KEY, mac
from tests.contracts.pool_samples import SERVICE, codes_of, content_for, macs
from tests.fakes import SteppingClock


def reason(path: Path) -> str:
    with pytest.raises(PoolUnreadable) as refused:
        SqlPool.open(path, clock=SteppingClock())
    assert refused.value.file == str(path)
    return refused.value.reason


def test_a_pool_is_made_where_there_is_none(tmp_path: Path, open_pool: OpenPool) -> None:
    path = tmp_path / "data" / "station" / "codes.sqlite"
    open_pool(path).add(codes_of([MAC]), Stop())
    assert open_pool(path).count(PRODUCT_KEY, SERVICE) == 1
    assert [each.name for each in path.parent.iterdir()] == ["codes.sqlite"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_new_pool_is_for_its_owner_alone(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool()
    assert pool_path.stat().st_mode & 0o777 == 0o600


def test_an_empty_file_becomes_a_pool(pool_path: Path, open_pool: OpenPool) -> None:
    pool_path.touch()
    assert open_pool().count(PRODUCT_KEY, SERVICE) == 0
    open_pool().verify()


def test_a_pool_says_what_it_is(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool().close()
    head = pool_path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert head[60:64] == b"\0\0\0\x02"  # user_version
    assert head[68:72] == b"GQRC"  # application_id
    assert head[18:20] == b"\x01\x01"  # rollback journal, not WAL


def test_a_folder_in_its_place_is_no_pool(tmp_path: Path) -> None:
    (tmp_path / "codes.sqlite").mkdir()
    assert reason(tmp_path / "codes.sqlite") == "it is a folder"


def test_a_file_where_its_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    assert reason(tmp_path / "data" / "codes.sqlite") in {"File exists", "Not a directory"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_pool_that_may_not_be_read_is_told(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool().close()
    pool_path.chmod(0)
    assert reason(pool_path) == "no right to read it"


@pytest.mark.parametrize("content", [b"hello", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_of_something_else_is_left_as_it_is(pool_path: Path, content: bytes) -> None:
    pool_path.write_bytes(content)
    assert reason(pool_path)
    assert pool_path.read_bytes() == content


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE jobs (id INTEGER)",),
        ("PRAGMA application_id=7", "CREATE TABLE codes (id INTEGER)"),
        ("PRAGMA user_version=1",),
        ("PRAGMA journal_mode=WAL", "CREATE TABLE jobs (id INTEGER)"),
        ("PRAGMA application_id=7", "PRAGMA journal_mode=WAL", "CREATE TABLE codes (id INTEGER)"),
    ],
    ids=["no mark", "another mark", "only a version", "WAL", "WAL with another mark"],
)
def test_another_programs_database_is_left_as_it_is(pool_path: Path, statements: tuple[str, ...]) -> None:
    changed(pool_path, *statements)
    before = pool_path.read_bytes()
    assert reason(pool_path) == "it is not a pool of codes"
    assert pool_path.read_bytes() == before


def test_a_newer_programs_pool_is_left_as_it_is(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool().close()
    changed(pool_path, "PRAGMA user_version=3")
    before = pool_path.read_bytes()
    assert reason(pool_path) == "a newer program made it (version 3)"
    assert pool_path.read_bytes() == before


def test_a_pool_of_the_first_version_keeps_its_codes_and_learns_to_reject(pool_path: Path, open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of(macs(0, 2)), Stop())
    pool.close()
    changed(pool_path, "DROP TABLE rejected_codes", "PRAGMA user_version=1")
    again = open_pool()
    assert again.count(PRODUCT_KEY, SERVICE) == 2
    again.reject(PRODUCT_KEY, SERVICE, content_for(mac(1)), "E-COD-58")
    assert again.rejected(PRODUCT_KEY, content_for(mac(1)))
    assert pool_path.read_bytes()[60:64] == b"\0\0\0\x02"


@pytest.mark.parametrize(
    ("version", "table"), [(1, "known_files"), (2, "rejected_codes"), (0, "rejected_codes"), (0, "")]
)
def test_a_pool_that_no_version_of_the_program_left_so_is_refused(
    pool_path: Path, open_pool: OpenPool, version: int, table: str
) -> None:
    open_pool().close()
    changed(pool_path, f"DROP TABLE IF EXISTS '{table}'", f"PRAGMA user_version={version}")
    assert reason(pool_path) == "tables are missing"


def test_a_pool_without_one_of_its_tables_is_refused(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool().close()
    changed(pool_path, "DROP TABLE known_files")
    assert reason(pool_path) == "tables are missing"


def test_a_pool_whose_schema_is_of_another_format_is_refused(pool_path: Path, open_pool: OpenPool) -> None:
    open_pool().close()
    whole = bytearray(pool_path.read_bytes())
    whole[44:48] = b"\0\0\0\x09"
    pool_path.write_bytes(whole)
    assert reason(pool_path) == "unsupported file format"


def test_a_pool_cut_in_half_is_found_out(pool_path: Path, open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of(macs(0, 500)), Stop())
    pool.close()
    whole = pool_path.read_bytes()
    pool_path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PoolUnreadable):
        open_pool().verify()


def test_a_whole_pool_passes_its_own_check(open_pool: OpenPool) -> None:
    pool = open_pool()
    pool.add(codes_of(macs(0, 50)), Stop())
    pool.verify()
