"""kill -9 at every step of a restore or an upgrade: the old ledger or the new one stands there, never none."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from gizqr_station.assembly.checkpoints import checkpoints_for
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.copies import copies_for, restore
from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.domain.audit_failures import OlderLedger
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.migrate import newest_revision
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fakes import SteppingClock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is killed forks")

SETTINGS = Settings()
Killed = Callable[..., bool]


@pytest.fixture(scope="module")
def killed() -> Iterator[Killed]:
    """Runs a restore or an upgrade until its n-th step; False when it had ended before."""
    command = [sys.executable, "-m", "tests.killed_restore"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:

        def run(what: str, place: Path, copy: Path | str, step: int) -> bool:
            assert parent.stdin is not None
            assert parent.stdout is not None
            parent.stdin.write(f"{what}\t{place}\t{copy}\t{step}\n")
            parent.stdin.flush()
            status = int(parent.stdout.readline())
            assert status in {0, signal.SIGKILL}, f"{what} failed at step {step}"
            return status != 0

        yield run
        parent.communicate(timeout=20)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Two labels that the copy knows, one since; what was signed last is beyond the copy. A transaction broke off."""
    folder = DataFolder(tmp_path_factory.mktemp("station") / "data")
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        for number in (1, 2):
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
        copies_for(folder, SETTINGS, ledger, SystemClock()).copy(who="lead", stop=Stop())
        brought_to(ledger, opened(ledger, identity=mac(3)), JobState.VERIFIED)
        checkpoints_for(folder, SETTINGS, ledger).sign(who="lead", stop=Stop())
    break_off(folder.ledger_file)
    return folder


def break_off(ledger_file: Path) -> None:
    """Leave half a transaction in the file, and the journal that undoes it beside it."""
    aside = ledger_file.with_name("aside")
    with closing(sqlite3.connect(ledger_file, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE serials SET last = 77")
        raw.execute("CREATE TABLE half (rest TEXT)")
        raw.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 200)
        shutil.copyfile(ledger_file, aside)
        shutil.copyfile(f"{ledger_file}-journal", f"{aside}-journal")
        raw.execute("ROLLBACK")
    aside.replace(ledger_file)
    Path(f"{aside}-journal").replace(f"{ledger_file}-journal")


def require_one_or_the_other(folder: DataFolder) -> None:
    """Looked at in a copy: looking may roll back what broke off."""
    seen = folder.root.with_name("seen")
    shutil.rmtree(seen, ignore_errors=True)
    shutil.copytree(folder.root, seen)
    with closing(sqlite3.connect(seen / "ledger.sqlite")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
        verified = raw.execute("SELECT count(*) FROM jobs WHERE state = 'verified'").fetchone()
        assert verified == (3,)
        ((last,),) = raw.execute("SELECT last FROM serials WHERE name = 'label'").fetchall()
        assert last in {3, 4}, "a serial of what broke off"


@pytest.mark.parametrize("stride", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_a_restore_that_is_killed_leaves_the_old_ledger_or_the_restored_one(
    tmp_path: Path, station: DataFolder, killed: Killed, stride: int
) -> None:
    step, kills = 1, 0
    while True:
        folder = DataFolder(tmp_path / "data")
        shutil.rmtree(folder.root, ignore_errors=True)
        shutil.copytree(station.root, folder.root)
        (copy,) = folder.backups.iterdir()
        if not killed("restore", folder.root, copy, step):
            break
        kills += 1
        require_one_or_the_other(folder)
        with suppress(OlderLedger):  # that it is one is told, and then it is not gone on with
            begun_ledger(folder, "bench-1").close()
        restore(folder, SETTINGS, copy, lambda _: "lead")
        with closing(begun_ledger(folder, "bench-1")) as ledger:
            assert ledger.verify() is None
            assert [job.state for job in ledger.all_jobs()] == [JobState.VERIFIED] * 3
            assert int(ledger.next_label_serial().rpartition("-")[2]) > 3
        step += stride
    assert kills > 30 / stride


def test_what_a_killed_restore_left_does_not_reach_the_next_one(tmp_path: Path, station: DataFolder) -> None:
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(station.root, folder.root)
    (copy,) = folder.backups.iterdir()
    for name in ("restoring", "salvaging"):
        shutil.copyfile(copy, stale := folder.root / f"ledger.sqlite.{name}")
        break_off(stale)
    restored = restore(folder, SETTINGS, copy, lambda _: "lead")
    assert restored.salvaged.everything
    require_one_or_the_other(folder)
    left = [path.name for path in folder.root.iterdir() if "restoring" in path.name or "salvaging" in path.name]
    assert left == []


def older(folder: Path, revision: str) -> Path:
    path = folder / "ledger.sqlite"
    for left in folder.glob("ledger.sqlite*"):
        left.unlink()
    with closing(sqlite3.connect(path)) as raw:
        script = Path(__file__).parent / "ledger" / f"ledger_{revision}.sql"
        raw.executescript(script.read_text(encoding="utf-8"))
    return path


def structure(path: Path) -> tuple[str, list[tuple[str, str]]]:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return revision, sorted(raw.execute("SELECT name, sql FROM sqlite_master").fetchall(), key=str)


@pytest.mark.parametrize("stride", [20, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_an_upgrade_that_is_killed_has_not_begun_or_has_ended(
    tmp_path: Path, killed: Killed, revision: str, stride: int
) -> None:
    before = structure(older(tmp_path, revision))
    step, kills = int(revision), 0
    while killed("upgrade", path := older(tmp_path, revision), "-", step):
        kills += 1
        found = structure(path)
        if found[0] != newest_revision():
            assert found == before
        if kills % 8 == 1:
            with closing(open_ledger(path, kind="production", station="b", clock=SteppingClock())) as ledger:
                assert ledger.verify() is None
        step += stride
    assert kills > 50 / stride
    assert structure(path)[0] == newest_revision()
