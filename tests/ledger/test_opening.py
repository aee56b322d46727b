"""Opening a ledger, or being told why not."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.ledger_failures import (
    LedgerBusy,
    LedgerDamaged,
    LedgerNotWritable,
    LedgerOnNetwork,
    WrongLedgerKind,
)
from gizqr_station.ledger import network_shares
from gizqr_station.ledger.migrate import VERSIONS
from tests.contracts.ledger_samples import opened
from tests.ledger.conftest import OpenLedger
from tests.ledger.test_migrate import NEXT

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")


@posix_only
def test_a_new_ledger_and_its_folder_are_their_owners_alone(tmp_path: Path, open_again: OpenLedger) -> None:
    path = tmp_path / "station" / "ledger.sqlite"
    opened(open_again(path))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_ledger_says_what_it_is(tmp_path: Path, open_again: OpenLedger) -> None:
    path = tmp_path / "ledger.sqlite"
    open_again(path, kind="demo", station="bench-7")
    open_again(path, kind="demo", station="bench-8")
    with closing(sqlite3.connect(path)) as raw:
        ((ledger_id, kind, station),) = raw.execute("SELECT ledger_id, kind, station FROM meta").fetchall()
    assert (len(ledger_id), kind, station) == (32, "demo", "bench-7")


@pytest.mark.parametrize(("found", "wanted"), [("demo", "production"), ("production", "demo")])
def test_demo_and_production_never_share_a_ledger(
    tmp_path: Path, open_again: OpenLedger, found: str, wanted: str
) -> None:
    path = tmp_path / "ledger.sqlite"
    job = opened(open_again(path, kind=found))
    before = path.read_bytes()
    with pytest.raises(WrongLedgerKind) as refused:
        open_again(path, kind=wanted)
    assert refused.value.values() == {"path": str(path), "found": found, "wanted": wanted}
    assert path.read_bytes() == before
    assert list(open_again(path, kind=found).all_jobs()) == [job]


def test_a_demo_does_not_upgrade_a_production_ledger(
    ledger_file: Path, open_again: OpenLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    for revision in VERSIONS.glob("0*.py"):
        shutil.copy(revision, later)
    (later / "0013.py").write_text(NEXT)
    for function in ("known_revision", "upgrade"):
        real = getattr(sys.modules["gizqr_station.ledger.migrate"], function)
        monkeypatch.setattr(f"gizqr_station.ledger.opening.{function}", lambda *args, f=real: f(*args, later))
    before = ledger_file.read_bytes()
    with pytest.raises(WrongLedgerKind):
        open_again(ledger_file, kind="demo")
    assert ledger_file.read_bytes() == before
    open_again(ledger_file, kind="production")
    assert ledger_file.with_name("ledger.sqlite.before-0013").exists()


def test_a_ledger_on_a_network_share_is_not_even_begun(
    tmp_path: Path, open_again: OpenLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"files:/x {tmp_path.resolve()} nfs4 rw 0 0\n")
    monkeypatch.setattr(network_shares, "_MOUNTS", mounts)
    with pytest.raises(LedgerOnNetwork):
        open_again(tmp_path / "station" / "ledger.sqlite")
    assert not (tmp_path / "station").exists()


@pytest.mark.parametrize("damage", ["not a database at all " * 400, ""])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, open_again: OpenLedger, damage: str) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text(damage)
    if damage:
        with pytest.raises(LedgerDamaged) as refused:
            open_again(path)
        assert refused.value.path == str(path)
        assert path.read_text() == damage
    else:
        assert open_again(path).verify() is None  # what a crash in the first moment leaves


def test_a_torn_page_is_found_at_opening(ledger_file: Path, open_again: OpenLedger) -> None:
    ledger = open_again(ledger_file)
    opened(ledger)
    ledger.close()
    with closing(sqlite3.connect(ledger_file)) as raw:
        (size,) = raw.execute("PRAGMA page_size").fetchone()
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'images'").fetchone()
    with ledger_file.open("r+b") as stream:
        stream.seek((page - 1) * size + 1)  # in the page's own description; opening itself reads no image
        stream.write(b"\xff" * 16)
    torn = ledger_file.read_bytes()
    with pytest.raises(LedgerDamaged):
        open_again(ledger_file)
    assert ledger_file.read_bytes() == torn


@pytest.mark.parametrize("change", ["DELETE FROM meta", "INSERT INTO meta SELECT 'x', kind, station, 0, 0 FROM meta"])
def test_a_ledger_that_does_not_say_what_it_is_is_damaged(
    ledger_file: Path, open_again: OpenLedger, change: str
) -> None:
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute(change)
    with pytest.raises(LedgerDamaged, match="rows in meta"):
        open_again(ledger_file)


def test_a_ledger_that_is_held_is_busy_at_opening(ledger_file: Path, open_again: OpenLedger) -> None:
    with closing(sqlite3.connect(ledger_file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusy):
            open_again(ledger_file, busy_timeout_s=0.1)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path, open_again: OpenLedger) -> None:
    (tmp_path / "station").write_text("a file")
    with pytest.raises(LedgerNotWritable):
        open_again(tmp_path / "station" / "ledger.sqlite")


READ_ONLY_TRY = """
import os, sys
from pathlib import Path
from gizqr_station.domain.ledger_failures import LedgerNotWritable
from gizqr_station.ledger.migrate import VERSIONS
from gizqr_station.ledger.opening import open_ledger
from tests.fakes import SteppingClock
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
if not os.access(VERSIONS, os.R_OK | os.X_OK):
    sys.exit("the project itself cannot be read by an ordinary user")
for case in sys.argv[1:]:
    try:
        open_ledger(Path(case), kind="production", station="bench-1", clock=SteppingClock())
        print("opened")
    except LedgerNotWritable as refused:
        print("refused", refused.reason.replace(" ", "-"))
"""


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Below a folder that every user may enter; pytest's own folders are their owner's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@posix_only
def test_a_ledger_that_may_not_be_written_is_told_at_opening(public_folder: Path, fresh_ledger: Path) -> None:
    """In a child that is an ordinary user: rights do not stop root, who may run the tests."""
    cases = {"read-only file": 0o777, "read-only folder": 0o555, "nothing there": 0o555, "all is well": 0o777}
    for case, mode in cases.items():
        path = public_folder / case / "ledger.sqlite"
        path.parent.mkdir()
        if case != "nothing there":
            path.write_bytes(fresh_ledger.read_bytes())
            path.chmod(0o444 if case == "read-only file" else 0o666)
        path.parent.chmod(mode)
    paths = [str(public_folder / case / "ledger.sqlite") for case in cases]
    tried = subprocess.run([sys.executable, "-c", READ_ONLY_TRY, *paths], capture_output=True, check=False, timeout=60)
    for case in cases:
        (public_folder / case).chmod(0o777)
    if b"the project itself" in tried.stderr:
        pytest.skip(tried.stderr.decode())
    ends = [line.split()[0] for line in tried.stdout.decode().splitlines()]
    assert ends == ["refused", "refused", "refused", "opened"], (tried.stdout, tried.stderr)
