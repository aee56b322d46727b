"""Opening a shared ledger, or being told why not; a station's name; a server that is away, frozen or full."""

import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from gizqr_station.domain.ledger_failures import (
    LedgerBusy,
    LedgerDamaged,
    LedgerNewer,
    LedgerNotWritable,
    NoLedger,
    WrongLedgerKind,
)
from gizqr_station.domain.shared_ledger_failures import (
    DatabaseRefused,
    DatabaseTooOld,
    LedgerAway,
    LedgerOutdated,
    StationNameTaken,
    StationsAtWork,
)
from gizqr_station.ledger import postgres_opening
from gizqr_station.ledger.migrate import VERSIONS, newest_revision
from gizqr_station.ledger.postgres_opening import open_shared_ledger, upgrade_shared_ledger
from gizqr_station.ledger.postgres_session import BoundedConnection
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import opened
from tests.fakes import SteppingClock
from tests.ledger.postgres import PostgresServer, free_port, running_postgres
from tests.ledger.shared import OpenShared

WORD = "correct-horse-battery"
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "{newest}"


def upgrade():
    op.create_table("tomorrow", sa.Column("id", sa.Integer, primary_key=True))
"""


@pytest.fixture
def later_versions(tmp_path: Path) -> Path:
    """The revisions of a later program."""
    versions = tmp_path / "later"
    versions.mkdir()
    for revision in VERSIONS.glob("0*.py"):
        shutil.copy(revision, versions)
    (versions / "0099_tomorrow.py").write_text(NEXT.format(newest=newest_revision()))
    return versions


def tables(server: PostgresServer, database: str) -> set[object]:
    with server.connection(database) as raw:
        return {name for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_an_empty_database_becomes_a_ledger(open_shared: OpenShared, empty_database: str) -> None:
    job = opened(open_shared(database=empty_database))
    again = open_shared(database=empty_database, station="bench-2")
    assert list(again.all_jobs()) == [job]
    assert again.verify() is None


def test_stations_that_begin_it_at_once_begin_one(open_shared: OpenShared, empty_database: str) -> None:
    ledgers: list[SqlLedger] = []
    threads = [
        threading.Thread(target=lambda: ledgers.append(open_shared(database=empty_database, busy_timeout_s=30.0)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({ledger.next_label_serial() for ledger in ledgers}) == 4


def test_demo_and_production_never_share_a_ledger(open_shared: OpenShared) -> None:
    with pytest.raises(WrongLedgerKind):
        open_shared(kind="demo")


def test_a_database_of_another_program_is_left_alone(
    open_shared: OpenShared, postgres: PostgresServer, empty_database: str
) -> None:
    with postgres.connection(empty_database) as raw:
        raw.execute("CREATE TABLE photos (id integer)")
    with pytest.raises(LedgerDamaged, match="something else"):
        open_shared(database=empty_database)
    assert tables(postgres, empty_database) == {"photos"}


def test_whoever_only_looks_begins_none(postgres: PostgresServer, empty_database: str) -> None:
    with pytest.raises(NoLedger):
        open_shared_ledger(
            postgres.url(empty_database), postgres.password, kind="production", station="", clock=SteppingClock(),
            begin=False,
        )  # fmt: skip
    assert tables(postgres, empty_database) == set()


def test_an_older_ledger_waits_for_a_persons_word(
    open_shared: OpenShared, postgres: PostgresServer, own_database: str, later_versions: Path
) -> None:
    job = opened(open_shared(database=own_database))
    url = postgres.url(own_database)
    words = {"kind": "production", "station": "bench-1", "clock": SteppingClock(), "versions": later_versions}
    with pytest.raises(LedgerOutdated) as refused:
        open_shared_ledger(url, postgres.password, **words)  # type: ignore[arg-type]
    assert (refused.value.revision, refused.value.newest) == (newest_revision(), "0099")
    assert "tomorrow" not in tables(postgres, own_database)

    assert upgrade_shared_ledger(url, postgres.password, versions=later_versions) == (newest_revision(), "0099")
    later = open_shared_ledger(url, postgres.password, **words)  # type: ignore[arg-type]
    assert list(later.all_jobs()) == [job]
    later.close()
    with pytest.raises(LedgerNewer):
        open_shared(database=own_database)


def test_an_upgrade_that_breaks_leaves_the_ledger_as_it_was(
    postgres: PostgresServer, own_database: str, later_versions: Path
) -> None:
    broken = NEXT.format(newest=newest_revision()) + "    raise RuntimeError('power cut')\n"
    (later_versions / "0099_tomorrow.py").write_text(broken)
    with pytest.raises(RuntimeError, match="power cut"):
        upgrade_shared_ledger(postgres.url(own_database), postgres.password, versions=later_versions)
    assert "tomorrow" not in tables(postgres, own_database)


def test_nobody_upgrades_a_ledger_under_the_hands_of_a_station(
    open_shared: OpenShared, postgres: PostgresServer, own_database: str, later_versions: Path
) -> None:
    station = open_shared(database=own_database, hold_name=True)
    with pytest.raises(StationsAtWork) as refused:
        upgrade_shared_ledger(postgres.url(own_database), postgres.password, versions=later_versions)
    assert refused.value.count == 1
    station.close()
    upgrade_shared_ledger(postgres.url(own_database), postgres.password, versions=later_versions)


# names


def test_two_stations_of_one_name_do_not_work_together(open_shared: OpenShared) -> None:
    first = open_shared(station="bench-1", hold_name=True)
    with pytest.raises(StationNameTaken) as refused:
        open_shared(station="bench-1", hold_name=True, busy_timeout_s=0.2)
    assert refused.value.station == "bench-1"
    opened(open_shared(station="bench-2", hold_name=True))
    first.close()
    open_shared(station="bench-1", hold_name=True)


def test_who_lost_the_name_while_away_does_not_write_until_it_is_free(
    open_shared: OpenShared, postgres: PostgresServer, shared_database: str
) -> None:
    first = open_shared(station="bench-1", hold_name=True, busy_timeout_s=0.2)
    postgres.end_sessions(shared_database)
    intruder = open_shared(station="bench-1", hold_name=True)
    with pytest.raises(StationNameTaken):
        first.next_label_serial()
    intruder.close()
    assert first.next_label_serial() == "L-000001"


# the server


@pytest.mark.parametrize("wrong", ["password", "database", "user"])
def test_a_server_that_refuses_is_told_apart_from_one_that_is_away(
    postgres: PostgresServer, shared_database: str, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = postgres.url("nowhere" if wrong == "database" else shared_database)
    if wrong == "user":
        url = url.replace("gizqr@", "somebody@")
    word = postgres.password if wrong == "database" else WORD
    with pytest.raises(DatabaseRefused) as refused:
        open_shared_ledger(url, word, kind="production", station="bench-1", clock=SteppingClock())
    assert word not in f"{refused.value!r} {refused.value.__cause__!r} {caplog.text}"


def test_the_password_stands_in_no_path_and_no_representation(
    open_shared: OpenShared, postgres: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ledger = open_shared()
    opened(ledger)
    assert ledger.path == postgres.url("gizqr_kept")
    assert postgres.password not in f"{ledger.path} {ledger!r} {ledger._database!r} {caplog.text}"


def test_a_server_that_is_away_is_told_at_opening(shared_database: str, postgres: PostgresServer) -> None:
    url = f"postgresql://gizqr@127.0.0.1:{free_port()}/{shared_database}"
    with pytest.raises(LedgerAway):
        open_shared_ledger(url, postgres.password, kind="production", station="bench-1", clock=SteppingClock())


def test_a_server_that_stops_and_starts_again_is_used_again() -> None:
    with running_postgres() as server:
        server.database("ledger")
        ledger = open_shared_ledger(
            server.url("ledger"), server.password, kind="production", station="bench-1", clock=SteppingClock(),
            hold_name=True,
        )  # fmt: skip
        job = opened(ledger)
        server.stop()
        for call in (ledger.open_jobs, ledger.next_label_serial, ledger.next_label_serial, ledger.open_jobs):
            with pytest.raises(LedgerAway):
                call()
        server.start()
        assert ledger.job(job.id) == job
        assert ledger.next_label_serial() == "L-000002"
        ledger.close()


def test_an_old_server_is_refused(open_shared: OpenShared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_opening, "OLDEST_SERVER", 99)
    with pytest.raises(DatabaseTooOld) as refused:
        open_shared()
    assert refused.value.needed == "99"


def test_a_server_that_may_only_be_read_is_told(
    open_shared: OpenShared, postgres: PostgresServer, own_database: str
) -> None:
    with postgres.connection("postgres") as raw:
        raw.execute(f"ALTER DATABASE {own_database} SET default_transaction_read_only = on")
    with pytest.raises(LedgerNotWritable):
        open_shared(database=own_database)


def test_a_writer_that_holds_the_turn_too_long_makes_the_others_busy_and_not_wait_for_ever(
    open_shared: OpenShared,
) -> None:
    first, second = open_shared(), open_shared(station="bench-2", busy_timeout_s=0.2)
    with first._database.writing():
        with pytest.raises(LedgerBusy):
            second.next_label_serial()
        second.open_jobs()  # who reads waits for nobody
    assert second.next_label_serial() == "L-000001"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot freeze a process")
def test_a_session_that_froze_while_nobody_used_it_is_replaced(open_shared: OpenShared) -> None:
    ledger = open_shared()
    with ledger._database.writing() as connection:
        session = quickly_given_up(connection)
    with frozen(session):
        assert ledger.next_label_serial() == "L-000001"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot freeze a process")
def test_a_session_that_froze_at_work_is_given_up_and_nothing_is_written(open_shared: OpenShared) -> None:
    ledger = open_shared()
    with pytest.raises(LedgerAway, match="does not answer"), ExitStack() as until:  # noqa: PT012 - one transaction
        connection = until.enter_context(ledger._database.writing())
        until.enter_context(frozen(quickly_given_up(connection)))
        connection.exec_driver_sql("UPDATE serials SET last = 70")
    assert ledger.next_label_serial() == "L-000001"


def quickly_given_up(connection: Connection) -> int:
    """The process of the server that serves a connection."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, BoundedConnection)
    driver.answer_within_s = 0.3
    return driver.info.backend_pid


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_an_older_state_that_is_put_back_under_a_stations_hands_is_noticed(
    open_shared: OpenShared, postgres: PostgresServer, shared_database: str
) -> None:
    ledger = open_shared()
    opened(ledger)
    with postgres.connection(shared_database) as raw:
        raw.execute("DELETE FROM writers")
    with pytest.raises(LedgerDamaged, match="put back"):
        ledger.next_label_serial()


def test_every_commit_waits_for_the_servers_disk_whatever_the_database_says(
    open_shared: OpenShared, postgres: PostgresServer, own_database: str
) -> None:
    with postgres.connection("postgres") as raw:
        raw.execute(f"ALTER DATABASE {own_database} SET synchronous_commit = off")
    with open_shared(database=own_database)._database.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
