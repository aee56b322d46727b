"""The pool's contract, passed by the one on disk and by the fake that other tests use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.codes.pool_store import SqlPool
from tests.contracts.pool_contract import PoolContract, PoolOpener
from tests.fake_pool import FakePool, KeptCodes
from tests.fakes import SteppingClock


class TestFakePool(PoolContract):
    @pytest.fixture
    def opener(self) -> PoolOpener:
        clock, kept = SteppingClock(), KeptCodes()
        return lambda: FakePool(clock, kept)


class TestSqlPool(PoolContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Iterator[PoolOpener]:
        clock, opened = SteppingClock(), list[SqlPool]()

        def opener() -> SqlPool:
            opened.append(SqlPool.open(tmp_path / "codes.sqlite", clock=clock))
            return opened[-1]

        yield opener
        for pool in opened:
            pool.close()
