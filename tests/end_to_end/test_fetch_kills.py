"""kill -9 in the midst of ``codes fetch``: going on completes it, with one task more at most, and the pool whole."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import write_commented
from tests.end_to_end.line import PRODUCT_KEY
from tests.fake_codes import macs
from tests.fakes import SteppingClock
from tests.service.running import SandboxProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program to kill forks")

KILLED = -signal.SIGKILL
EACH = 12
"""Identities of a cut."""
MOMENTS = 24
"""Of a fetch of two cuts, from the first write to the last; after them it ends by itself."""
_CHANCE = random.Random(5)
_NUMBERS = itertools.count()
SOME = sorted(_CHANCE.sample(range(MOMENTS), 6))


@dataclass
class Fetching:
    """A data folder, the service, and the programs that fetch until they are killed."""

    folder: DataFolder
    url: str
    programs: "subprocess.Popen[str]"
    ranges: tuple[IdentityRange, ...]

    def run(self, *words: str, moment: int = -1, kill_after_s: float | None = None) -> int:
        """One program: how it ended; killed from outside so long after its start, where that is given."""
        assert self.programs.stdin is not None
        assert self.programs.stdout is not None
        asked = {"words": ["--data-dir", str(self.folder.root), "codes", *words], "moment": moment}
        self.programs.stdin.write(json.dumps(asked) + "\n")
        self.programs.stdin.flush()
        child = int(self.programs.stdout.readline())
        if kill_after_s is not None:
            time.sleep(kill_after_s)  # when it is killed is what the test tries
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self.programs.stdout.readline())

    def tasks(self) -> int:
        """How many the service has of this product, whoever asked."""
        return TaskClient(self.url, "G").list_tasks(PRODUCT_KEY, Stop(), limit=1).total

    def completed(self) -> None:
        """Go on as a person would: resume what is there, else fetch anew; then everything is there, and whole."""
        with closing(SqlPool.open(self.folder.pool_file, clock=SteppingClock())) as pool:
            left = [each for each in pool.fetches(PRODUCT_KEY, self.url) if each.state is not FetchState.DONE]
        if left:
            assert self.run("resume", str(left[0].number)) == 0
        else:
            assert self.run("fetch", *map(str, self.ranges), "--yes") in (0, 1), "1: nothing was missing any more"
        with closing(SqlPool.open(self.folder.pool_file, clock=SteppingClock())) as pool:
            pool.verify()
            assert pool.missing(PRODUCT_KEY, self.url, self.ranges, Stop()) == ()
            assert pool.count(PRODUCT_KEY, self.url) == 2 * EACH
            assert [each.state for each in pool.fetches(PRODUCT_KEY, self.url)] == [FetchState.DONE]
            for cut in self.ranges:
                assert pool.asked_before(PRODUCT_KEY, self.url, str(cut)) is None, "every task is settled"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with SandboxProcess(tmp_path_factory.mktemp("service")) as process:
        yield process.url()


@pytest.fixture(scope="module")
def programs() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.end_to_end.killed_fetch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield parent
        parent.communicate(timeout=20)


@pytest.fixture
def fetching(
    tmp_path: Path, service: str, programs: "subprocess.Popen[str]", request: pytest.FixtureRequest
) -> Fetching:
    """With ranges of its own: the service keeps the tasks of the tests before."""
    folder = DataFolder(tmp_path / "data")
    settings = {"product": {"key": PRODUCT_KEY, "name": "Smart Plug"}, "service": {"url": service}}
    write_commented(folder.settings_file, Settings.model_validate(settings))
    first = 1000 * next(_NUMBERS)
    return Fetching(folder, service, programs, (macs(first, EACH), macs(first + 2 * EACH, EACH)))


def fetched_after_a_kill(fetching: Fetching, *, moment: int = -1, kill_after_s: float | None = None) -> int:
    """How the killed one ended; completed afterwards."""
    before = fetching.tasks()
    ended = fetching.run("fetch", *map(str, fetching.ranges), "--yes", moment=moment, kill_after_s=kill_after_s)
    fetching.completed()
    assert fetching.tasks() - before in (2, 3), "at most one task more than the two that are needed"
    return ended


@pytest.mark.parametrize(
    "moment", [*SOME, *(pytest.param(at, marks=pytest.mark.slow) for at in range(MOMENTS) if at not in SOME)]
)
def test_a_kill_at_a_write_costs_one_task_at_most(fetching: Fetching, moment: int) -> None:
    assert fetched_after_a_kill(fetching, moment=moment) in (KILLED, 0)


def test_the_moments_reach_from_the_first_write_to_the_last(fetching: Fetching) -> None:
    assert fetched_after_a_kill(fetching, moment=MOMENTS - 3) == KILLED


@pytest.mark.parametrize(
    "after_s", [0.05, 0.12, *(pytest.param(0.02 * at, marks=pytest.mark.slow) for at in range(1, 30))]
)
def test_a_kill_at_any_time_costs_one_task_at_most(fetching: Fetching, after_s: float) -> None:
    assert fetched_after_a_kill(fetching, kill_after_s=after_s) in (KILLED, 0)
