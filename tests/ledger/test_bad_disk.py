"""A disk that reports errors, once or from then on: what was acknowledged stays, nothing is sent unrecorded."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine.default import DefaultDialect

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged, LedgerNotWritable
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened
from tests.ledger.conftest import OpenLedger

FAILING = "fsync,fdatasync,pwrite64"
Told = list[list[str]]
RunStation = Callable[[Path, int], Told]


@contextmanager
def stations(injected: str, limit: int, folder: Path) -> Iterator[RunStation]:
    """Runs a station that has so many good calls of each kind before strace makes one fail."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    strace = ["strace", "-f", "-qqq", "--seccomp-bpf", "-o", str(folder / "trace"), "-e", f"trace={FAILING}"]
    python = [sys.executable, "-m", "tests.ledger.faulty_station", str(limit)]
    with subprocess.Popen(
        [*strace, "-e", f"inject={FAILING}:{injected}", *python],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None

        def run(path: Path, good: int) -> Told:
            assert parent.stdin is not None
            assert parent.stdout is not None
            told = path.with_name("told")
            told.unlink(missing_ok=True)
            parent.stdin.write(f"{path}\t{good}\t{told}\n")
            parent.stdin.flush()
            answer = parent.stdout.readline()
            if not answer:
                pytest.skip(f"strace may not trace here: {parent.communicate(timeout=20)[1].strip()}")
            return [line.split() for line in told.read_text().splitlines()] if told.exists() else []

        yield run
        parent.communicate(timeout=20)


def require_honest(path: Path, told: Told, open_again: OpenLedger) -> SqlLedger:
    """Whatever the station was told, and sent, is in the ledger that the next start finds."""
    ledger = open_again(path)
    assert ledger.verify() is None
    for word, *rest in told:
        if word == "sent":
            assert JobState.SENT in {entry.state for entry in ledger.history(int(rest[0]))}, f"job {rest[0]} unrecorded"
        if word == "state":
            assert JobState(rest[1]) in {entry.state for entry in ledger.history(int(rest[0]))}
    sent = {int(rest[0]) for word, *rest in told if word == "sent"}
    beyond = {job.id for job in ledger.all_jobs() if job.state in {JobState.PRINTED, JobState.VERIFIED}}
    assert beyond <= sent, "said to be printed, though nothing was sent"
    identities = [job.identity for job in ledger.all_jobs()]
    assert len(identities) == len(set(identities))
    return ledger


@pytest.mark.parametrize(
    ("injected", "first"),
    [
        ("error=EIO:when={limit}+", "from then on"),
        ("error=EIO:when={limit}", "once"),
    ],
    ids=["from then on", "once"],
)
@pytest.mark.parametrize("step", [30, pytest.param(1, marks=pytest.mark.slow)])
def test_whatever_call_fails_nothing_false_is_said(
    tmp_path: Path, fresh_ledger: Path, open_again: OpenLedger, injected: str, first: str, step: int
) -> None:
    limit = 240
    failed = sent = 0
    with stations(injected.format(limit=limit), limit, tmp_path) as run:
        for good in range(0, limit, step):
            path = tmp_path / "ledger.sqlite"
            for left in tmp_path.glob("ledger.sqlite*"):
                left.unlink()
            shutil.copyfile(fresh_ledger, path)
            told = run(path, good)
            codes = [rest[0] for word, *rest in told if word == "failed"]
            failed += bool(codes)
            assert set(codes) <= {"E-LED-09", "E-LED-31"}, (good, codes)
            ledger = require_honest(path, told, open_again)
            sent += any(word == "sent" for word, *_ in told)
            if first == "once" and ["ended"] in told:
                # It went on by itself: all labels but the ones that the failures fell on.
                verified = sum(job.state is JobState.VERIFIED for job in ledger.all_jobs())
                assert verified >= 8 - len(codes), (good, codes)
            ledger.close()
    assert sent > 0
    assert failed > limit / step / 2, "nothing failed, so nothing was shown"


def test_after_an_error_of_the_disk_the_file_is_opened_anew_and_checked(
    ledger_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error is made here: what counts is what follows one."""
    with closing(SqliteDatabase(ledger_file, busy_timeout_s=1.0)) as database:
        with database.reading() as connection:
            before = connection.connection.dbapi_connection
        failing = sqlite3.OperationalError("disk I/O error")
        failing.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC

        def broken() -> None:
            with database.writing() as connection:
                cursor = connection.connection.cursor()
                connection.dialect.do_execute = _raising(failing)  # type: ignore[method-assign]
                try:
                    connection.execute(text("SELECT 1"))
                finally:
                    del connection.dialect.do_execute
                cursor.close()

        with pytest.raises(LedgerNotWritable):
            broken()
        checked = list[bool]()
        real = SqliteDatabase.complaint

        def counted(self: SqliteDatabase, *, thorough: bool) -> str:
            checked.append(thorough)
            return real(self, thorough=thorough)

        monkeypatch.setattr(SqliteDatabase, "complaint", counted)
        with database.writing() as connection:
            assert connection.connection.dbapi_connection is not before
        with database.writing():
            pass
        assert checked == [False]

        with pytest.raises(LedgerNotWritable):
            broken()
        monkeypatch.setattr(SqliteDatabase, "complaint", lambda *_, **__: "page 7 is lost")
        for _ in range(2):
            with pytest.raises(LedgerDamaged, match="page 7"), database.writing():
                pytest.fail("the file was not whole")


def _raising(error: Exception) -> Callable[..., None]:
    def execute(*_: object, **__: object) -> None:
        raise error

    return execute


def test_an_error_at_commit_leaves_the_outcome_open_and_names_the_label(
    ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(ledger, identity=mac(1))
    failing = sqlite3.OperationalError("disk I/O error")
    failing.sqlite_errorcode = sqlite3.SQLITE_IOERR_DIR_FSYNC
    real: Callable[[DefaultDialect, Any], None] = DefaultDialect.do_commit

    def commits_and_fails(self: DefaultDialect, connection: Any) -> None:
        real(self, connection)
        raise failing

    monkeypatch.setattr(DefaultDialect, "do_commit", commits_and_fails)
    with pytest.raises(OutcomeInDoubt) as doubt:
        ledger.open(draft("L-000077", identity=mac(2)), IMAGE)
    assert doubt.value.label_serial == "L-000077"
    monkeypatch.undo()
    found = ledger.with_serial("L-000077")
    assert found is not None
    assert ledger.move(found, JobState.FAILED, who="station").state is JobState.FAILED
    assert ledger.verify() is None
