"""Facts about a fetch whose program is killed: nothing is lost, and a range costs one more task at the most."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import FaultyServer
from tests.codes.killed_fetch import RealClock
from tests.codes.made_codes import content_for
from tests.codes.ranged_service import RangedService, macs_between
from tests.codes.scripted_service import PRODUCT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork")
CUTS = ["00911f500000..00911f500003", "00911f500004..00911f500007", "00911f500020"]


class Fetcher:
    """The program that is killed, begun again for each fetch."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.codes.killed_fetch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def begin(self, pool: Path, url: str) -> int:
        """Its process number."""
        self._to.write("\t".join([str(pool), url, *CUTS]) + "\n")
        self._to.flush()
        return int(self._from.readline())

    def ended(self) -> int:
        """How it ended: 0 for well, below 0 for a signal."""
        return int(self._from.readline())

    def close(self) -> None:
        self._to.close()
        self._process.wait(20)
        self._from.close()


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    running = Fetcher()
    yield running
    running.close()


@pytest.mark.parametrize("seed", [*range(10), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(10, 110))])
def test_a_fetch_that_is_killed_goes_on_where_it_was(fetcher: Fetcher, tmp_path: Path, seed: int) -> None:
    chance = random.Random(f"kill {seed}")
    pool_file = tmp_path / "codes.pool"
    # One kill in three is aimed at the moment after a POST, where it hurts most.
    service = RangedService(chance, ready_s=0.3)
    stop = Stop()
    with FaultyServer(service) as server:
        child = fetcher.begin(pool_file, server.url)
        if seed % 3:
            wanted = chance.randint(1, 6)
            while len(server.asked) < wanted * 2:
                stop.sleep(0.002)
        else:
            wanted = chance.randint(1, len(CUTS))
            while len(service.tasks) < wanted:
                stop.sleep(0.0005)
        stop.sleep(chance.uniform(0, 0.01))
        os.kill(child, signal.SIGKILL)
        assert fetcher.ended() in (-signal.SIGKILL, 0)
        fetcher.begin(pool_file, server.url)
        assert fetcher.ended() == 0
    pool = SqlPool.open(pool_file, clock=RealClock())
    try:
        for text in CUTS:
            cut = IdentityRange.parse(text)
            for identity in cut:
                code = pool.code(PRODUCT, server.url, identity)
                assert code is not None
                assert code.content == content_for(identity.text)
            assert 1 <= service.tasks_of(macs_between(cut.first.text, cut.last.text)) <= 2
            assert pool.asked_before(PRODUCT, server.url, str(cut)) is None
    finally:
        pool.close()
    assert len(service.tasks) <= len(CUTS) + 1
