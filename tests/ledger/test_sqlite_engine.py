"""SQLite as the ledger uses it: durable, bounded, and honest about what went wrong."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerDamaged, LedgerNotWritable
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened
from tests.ledger.conftest import OpenLedger

HOLD = """
import sqlite3, sys
holder = sqlite3.connect(sys.argv[1], isolation_level=None)
holder.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(ledger_file: Path) -> Iterator[SqliteDatabase]:
    opened_here = SqliteDatabase(ledger_file, busy_timeout_s=0.2)
    yield opened_here
    opened_here.close()


@pytest.fixture
def held_elsewhere(ledger_file: Path) -> Iterator[None]:
    """Another process holds the ledger for itself."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ledger_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate(timeout=20)


@pytest.mark.parametrize(
    ("pragma", "value"),
    # synchronous: 3 is EXTRA
    [("journal_mode", "delete"), ("synchronous", 3), ("foreign_keys", 1), ("recursive_triggers", 1)],
)
def test_every_connection_is_set_up(database: SqliteDatabase, pragma: str, value: object) -> None:
    with database.reading() as one, database.reading() as other, database.writing() as third:
        for connection in (one, other, third):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_a_ledger_that_somebody_put_into_wal_mode_is_taken_out_of_it(
    ledger_file: Path, database: SqliteDatabase
) -> None:
    with closing(sqlite3.connect(ledger_file)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"


def test_a_block_that_raises_writes_nothing(database: SqliteDatabase) -> None:
    def broken() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE serials SET last = 99")
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT last FROM serials").scalar_one() == 0


def test_a_writing_transaction_has_its_turn_from_its_first_word(ledger_file: Path, database: SqliteDatabase) -> None:
    with database.writing(), closing(sqlite3.connect(ledger_file, timeout=0, isolation_level=None)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT last FROM serials").fetchone() == (0,)


def test_another_thread_waits_no_longer_than_told(database: SqliteDatabase) -> None:
    refused = list[BaseException]()

    def write() -> None:
        try:
            with database.writing():
                pass
        except LedgerBusy as busy:
            refused.append(busy)

    with database.writing():
        waiting = threading.Thread(target=write)
        waiting.start()
        waiting.join(timeout=10)
        assert not waiting.is_alive()
    assert len(refused) == 1


@pytest.mark.usefixtures("held_elsewhere")
def test_a_ledger_that_another_process_holds_is_busy(database: SqliteDatabase) -> None:
    for transaction in (database.reading, database.writing):
        with pytest.raises(LedgerBusy) as busy, transaction():
            pytest.fail("held by another process")
        assert busy.value.path == database.path


def test_a_station_writes_again_when_the_other_program_lets_go(ledger_file: Path, open_again: OpenLedger) -> None:
    ledger = open_again(ledger_file, busy_timeout_s=0.1)
    holder = sqlite3.connect(ledger_file, isolation_level=None)
    with closing(holder):
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusy):
            ledger.next_label_serial()
    assert ledger.next_label_serial() == "L-000001"


def test_a_collision_is_left_to_whoever_wrote(database: SqliteDatabase) -> None:
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO serials VALUES ('label', 1)")


def test_a_fault_of_the_program_is_not_dressed_up(database: SqliteDatabase) -> None:
    with pytest.raises(OperationalError, match="syntax"), database.reading() as connection:
        connection.exec_driver_sql("SELEKT 1")


def test_a_missing_table_is_damage(database: SqliteDatabase) -> None:
    with pytest.raises(LedgerDamaged, match="no such table"), database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM gone")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "gone" / "ledger.sqlite", busy_timeout_s=0.1)
    with pytest.raises(LedgerNotWritable), database.reading():
        pytest.fail("there is no folder")


def test_a_whole_file_gives_no_cause_for_complaint(database: SqliteDatabase) -> None:
    assert database.complaint(thorough=False) == ""
    assert database.complaint(thorough=True) == ""


def test_a_copy_is_whole_and_replaces_an_older_one(ledger_file: Path, database: SqliteDatabase) -> None:
    copy = ledger_file.with_name("copy.sqlite")
    copy.write_bytes(b"older")
    ledger_file.with_name("copy.sqlite.part").write_bytes(b"left by a crash")
    with database.writing():
        database.back_up(copy)
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("SELECT last FROM serials").fetchone() == (0,)
    assert sorted(path.name for path in ledger_file.parent.iterdir()) == ["copy.sqlite", "ledger.sqlite"]


def test_a_copy_that_cannot_be_made_is_told(ledger_file: Path, database: SqliteDatabase) -> None:
    with pytest.raises(LedgerNotWritable):
        database.back_up(ledger_file.parent / "gone" / "copy.sqlite")


def fill_up(disk: Path, leave: int) -> Path:
    """Write a ballast file until so many bytes of the disk are left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            pass
        stream.truncate(max(0, stream.tell() - leave))
    return ballast


@pytest.mark.parametrize("leave", [0, 4096, 8192, 16384, 32768])
def test_a_full_disk_is_told_and_nothing_is_half_written(small_disk: Path, open_again: OpenLedger, leave: int) -> None:
    path = small_disk / "ledger.sqlite"
    ledger = open_again(path)
    written = [opened(ledger, identity=mac(0))]
    ballast = fill_up(small_disk, leave)

    def write_until_it_is_full() -> None:
        for number in range(1, 2000):
            job = ledger.open(draft(f"X-{number:06d}", identity=mac(number)), IMAGE)
            written.append(job)

    with pytest.raises(DiskFull) as full:
        write_until_it_is_full()
    assert full.value.path == str(path)
    assert list(ledger.all_jobs()) == written
    assert ledger.verify() is None

    ballast.unlink()
    recovered = ledger.open(draft("X-009999", identity=mac(len(written))), IMAGE)
    assert ledger.move(recovered, JobState.SENT, who="station").state is JobState.SENT
    assert ledger.verify() is None


def test_a_full_disk_is_found_out_at_opening(small_disk: Path, open_again: OpenLedger) -> None:
    path = small_disk / "ledger.sqlite"
    open_again(path).close()
    fill_up(small_disk, 0)
    with pytest.raises(DiskFull):
        open_again(path)


def test_a_copy_onto_a_full_disk_is_told(small_disk: Path, open_again: OpenLedger) -> None:
    path = small_disk / "ledger.sqlite"
    ledger = open_again(path)
    opened(ledger)
    fill_up(small_disk, 8192)
    database = SqliteDatabase(path, busy_timeout_s=1)
    with pytest.raises(DiskFull):
        database.back_up(small_disk / "copy.sqlite")
    database.close()
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "ledger.sqlite"]


def test_a_disk_that_turns_read_only_is_told(small_disk: Path, open_again: OpenLedger) -> None:
    path = small_disk / "ledger.sqlite"
    ledger: SqlLedger = open_again(path)
    job = opened(ledger)
    ledger.close()  # Linux does not turn a mount read-only while files are open for writing; the ledger reopens
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for write in (ledger.next_label_serial, lambda: ledger.move(job, JobState.SENT, who="station")):
        with pytest.raises(LedgerNotWritable):
            write()
    assert list(ledger.find("")) == [job]
    with pytest.raises(LedgerNotWritable):
        open_again(path)
    ledger.close()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert ledger.move(job, JobState.SENT, who="station").state is JobState.SENT
