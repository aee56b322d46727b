"""Ledgers to test with, and small disks to fill."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gizqr_station.ledger.opening import Kind, open_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.fakes import SteppingClock
from tests.ledger.field import Field, Fields, born
from tests.ledger.shared import empty_database, open_shared, own_database, postgres, shared_database

__all__ = ["empty_database", "open_shared", "own_database", "postgres", "shared_database"]

OpenLedger = Callable[..., SqlLedger]


@pytest.fixture
def ledger_file(tmp_path: Path, fresh_ledger: Path) -> Path:
    """An empty production ledger, copied because that is faster than making one."""
    copy = tmp_path / "ledger.sqlite"
    shutil.copy(fresh_ledger, copy)
    return copy


@pytest.fixture(scope="session")
def fresh_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fresh") / "ledger.sqlite"
    open_ledger(path, kind="production", station="bench-1", clock=SteppingClock()).close()
    return path


@pytest.fixture
def open_again() -> Iterator[OpenLedger]:
    """Opens ledgers that are closed when the test ends."""
    clock, opened = SteppingClock(), list[SqlLedger]()

    def opener(
        path: Path, *, kind: Kind = "production", station: str = "bench-1", busy_timeout_s: float = 5.0
    ) -> SqlLedger:
        ledger = open_ledger(path, kind=kind, station=station, clock=clock, busy_timeout_s=busy_timeout_s)
        opened.append(ledger)
        return ledger

    yield opener
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(ledger_file: Path, open_again: OpenLedger) -> SqlLedger:
    return open_again(ledger_file)


@pytest.fixture
def fields(tmp_path: Path, fresh_ledger: Path) -> Iterator[Fields]:
    """Ledgers of laptops, each with an id of its own."""
    begun: list[Field] = []

    def field(name: str, prefix: str = "") -> Field:
        begun.append(Field(born(fresh_ledger, tmp_path / f"{name}.sqlite"), name, prefix))
        return begun[-1]

    yield field
    for each in begun:
        each.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def ours(request: pytest.FixtureRequest) -> SqlLedger:
    """The factory's ledger, in either database."""
    if request.param == "sqlite":
        open_one: OpenLedger = request.getfixturevalue("open_again")
        return open_one(request.getfixturevalue("ledger_file"))
    shared: SqlLedger = request.getfixturevalue("open_shared")()
    return shared


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB of its own; only root may mount one."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)
