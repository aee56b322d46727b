"""Several lanes and programs that use one pool."""

import random
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.codes import pool_store
from gizqr_station.codes.pool_database import PoolDatabase
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.pool_failures import PoolBusy, PoolUnreadable
from gizqr_station.domain.pooled_codes import AskedTask, PoolAdded
from gizqr_station.domain.stop import Stop, Stopped
from tests.codes.conftest import OpenPool, changed
from tests.contracts.ledger_samples import MAC, OTHER_MAC, PRODUCT_KEY
from tests.contracts.pool_samples import SERVICE, codes_of, macs
from tests.fakes import SteppingClock


@dataclass
class Locked:
    """Another program that has the pool, with the lock that is asked for."""

    path: Path
    holders: list[sqlite3.Connection] = field(default_factory=list)

    def __call__(self, kind: str) -> None:
        self.holders.append(sqlite3.connect(self.path, isolation_level=None))
        self.holders[-1].execute(f"BEGIN {kind}")

    def free(self) -> None:
        while self.holders:
            self.holders.pop().close()


@pytest.fixture
def locked(pool_path: Path) -> Iterator[Locked]:
    other = Locked(pool_path)
    yield other
    other.free()


def test_a_pool_that_another_program_writes_can_be_read_and_is_waited_for(
    open_pool: OpenPool, locked: Locked, pool_path: Path
) -> None:
    pool = open_pool(busy_timeout_s=0.3)
    pool.add(codes_of([MAC]), Stop())
    locked("IMMEDIATE")
    assert pool.code(PRODUCT_KEY, SERVICE, MAC) is not None
    for write in (
        lambda: pool.add(codes_of([OTHER_MAC], 2), Stop()),
        lambda: pool.asked(AskedTask(PRODUCT_KEY, SERVICE, "A..B", frozenset())),
        lambda: pool.begin_fetch("WO-7", PRODUCT_KEY, SERVICE, (macs(0, 5),)),
    ):
        with pytest.raises(PoolBusy) as refused:
            write()
        assert refused.value.file == str(pool_path)


def test_a_pool_that_another_program_keeps_to_itself_is_told(open_pool: OpenPool, locked: Locked) -> None:
    pool = open_pool(busy_timeout_s=0.3)
    locked("EXCLUSIVE")
    with pytest.raises(PoolBusy):
        pool.code(PRODUCT_KEY, SERVICE, MAC)


def test_looking_for_gaps_in_a_pool_that_is_locked_ends_when_it_is_stopped(open_pool: OpenPool, locked: Locked) -> None:
    pool, stop = open_pool(busy_timeout_s=30), Stop()
    assert pool.count(PRODUCT_KEY, SERVICE) == 0, "it is connected now"
    locked("EXCLUSIVE")
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    with pytest.raises(Stopped):
        pool.missing(PRODUCT_KEY, SERVICE, [macs(0, 5)], stop)
    timer.join()


def test_a_line_leaves_a_locked_pool_alone_for_a_while(
    open_pool: OpenPool, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = open_pool(busy_timeout_s=30)
    pool.add(codes_of([MAC]), Stop())
    line = pool.for_line()
    tries: list[None] = []
    begun = PoolDatabase._begun

    def counted(*given: Any) -> Any:
        tries.append(None)
        return begun(*given)

    monkeypatch.setattr(PoolDatabase, "_begun", counted)
    locked("EXCLUSIVE")
    for _ in range(3):
        with pytest.raises(PoolBusy):
            line.code(PRODUCT_KEY, SERVICE, MAC)
        with pytest.raises(PoolBusy):
            line.add(codes_of([OTHER_MAC], 2), Stop())
    assert len(tries) == 2, "once for reading, once for writing"


def test_the_line_comes_back_to_its_pool(open_pool: OpenPool, locked: Locked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_store, "_LINE_REST_S", 0.0)
    line = open_pool().for_line()
    line.add(codes_of([MAC]), Stop())
    locked("EXCLUSIVE")
    with pytest.raises(PoolBusy):
        line.code(PRODUCT_KEY, SERVICE, MAC)
    locked.free()
    assert line.code(PRODUCT_KEY, SERVICE, MAC) is not None


@pytest.mark.parametrize("made", [True, False], ids=["with codes", "new"])
def test_a_pool_that_is_locked_at_the_start_is_opened_later(
    open_pool: OpenPool, locked: Locked, pool_path: Path, made: bool
) -> None:
    if made:
        open_pool().add(codes_of([MAC]), Stop())
    locked("EXCLUSIVE")
    with pytest.raises(PoolBusy):
        open_pool(busy_timeout_s=0.1)
    pool = SqlPool.open(pool_path, clock=SteppingClock(), busy_timeout_s=0.3, though_busy=True)
    with closing(pool):
        with pytest.raises(PoolBusy):
            pool.count(PRODUCT_KEY, SERVICE)
        locked.free()
        assert pool.add(codes_of([OTHER_MAC], 2), Stop()) == PoolAdded(new=1)
        assert pool.for_line().count(PRODUCT_KEY, SERVICE) == 1 + made


def test_a_pool_that_is_found_damaged_later_says_so(locked: Locked, pool_path: Path) -> None:
    changed(pool_path, "CREATE TABLE jobs (id INTEGER)")
    locked("EXCLUSIVE")
    with closing(SqlPool.open(pool_path, clock=SteppingClock(), though_busy=True)) as pool:
        locked.free()
        with pytest.raises(PoolUnreadable, match="not a pool"):
            pool.count(PRODUCT_KEY, SERVICE)
    with pytest.raises(PoolUnreadable, match="not a pool"):
        SqlPool.open(pool_path, clock=SteppingClock(), though_busy=True)


@pytest.mark.parametrize("who", ["another program", "another lane"])
def test_waiting_for_another_writer_ends_when_it_is_stopped(open_pool: OpenPool, locked: Locked, who: str) -> None:
    pool, stop = open_pool(busy_timeout_s=30), Stop()
    if who == "another program":
        locked("IMMEDIATE")
    else:
        assert pool._database._turn.acquire(timeout=1)
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    with pytest.raises(Stopped):
        pool.add(codes_of([MAC]), stop)
    timer.join()


def test_another_writer_is_waited_for(open_pool: OpenPool, locked: Locked, pool_path: Path) -> None:
    pool = open_pool()
    other = sqlite3.connect(pool_path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    timer.start()
    assert pool.add(codes_of([MAC]), Stop()) == PoolAdded(new=1)
    timer.join()
    other.close()


def test_lanes_and_programs_that_add_the_same_give_each_device_one_code(open_pool: OpenPool) -> None:
    pools = [open_pool(), open_pool()]
    identities = list(macs(0, 300))

    def work(lane: int) -> list[PoolAdded]:
        chance = random.Random(lane)
        added = []
        for number in range(12):
            some = chance.sample(identities, 60)
            codes = codes_of(some, number=lane * 100 + number, salt=f"{lane}")
            added.append(pools[lane % 2].add(codes, Stop()))
            for identity in some[:5]:
                assert pools[lane % 2].code(PRODUCT_KEY, SERVICE, identity) is not None
        return added

    with ThreadPoolExecutor(4) as lanes:
        added = [each for lane in lanes.map(work, range(4)) for each in lane]
    (again,) = pools[0].missing(PRODUCT_KEY, SERVICE, [macs(0, 300)], Stop()) or (None,)
    assert again is None
    assert sum(each.new for each in added) == 300 == pools[0].count(PRODUCT_KEY, SERVICE)
    assert sum(each.new + each.same + len(each.kept) for each in added) == 4 * 12 * 60
    pools[0].verify()


def test_a_reader_of_a_long_list_does_not_keep_a_writer_waiting(open_pool: OpenPool) -> None:
    pool = open_pool(busy_timeout_s=0.5)
    pool.add(codes_of(macs(0, 900)), Stop())
    _, sections = pool.sections(PRODUCT_KEY, SERVICE, None, Stop())
    first = next(sections)
    assert pool.add(codes_of(macs(900, 10), 2), Stop()) == PoolAdded(new=10)
    assert sum(map(len, [first.contents, *(each.contents for each in sections)])) == 900
