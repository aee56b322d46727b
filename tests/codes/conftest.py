"""Pools to test with, and a small disk to fill."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.codes.pool_store import SqlPool
from tests.fakes import SteppingClock

OpenPool = Callable[..., SqlPool]


@pytest.fixture
def pool_path(tmp_path: Path) -> Path:
    return tmp_path / "codes.sqlite"


@pytest.fixture
def open_pool(pool_path: Path) -> Iterator[OpenPool]:
    """Opens pools that are closed when the test ends; twice the same path is twice the same pool."""
    opened = list[SqlPool]()

    def opener(path: Path = pool_path, *, busy_timeout_s: float = 5.0) -> SqlPool:
        opened.append(SqlPool.open(path, clock=SteppingClock(), busy_timeout_s=busy_timeout_s))
        return opened[-1]

    yield opener
    for pool in opened:
        pool.close()


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


def changed(path: Path, *statements: str) -> None:
    """As another program would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
