"""kill -9 at every moment of a batch: nothing is lost, nothing is printed twice, and going on completes the list."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.job import JobState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch_ports import BatchDraft
from tests.fake_bench import PRODUCT
from tests.fakes import SteppingClock
from tests.workflows.batch_bench import mac

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program to kill forks")

KILLED = -signal.SIGKILL


@dataclass
class Bench:
    """A ledger with a batch, the paper that came out, and the programs that work on it until they are killed."""

    folder: Path
    programs: "subprocess.Popen[str]"

    @property
    def ledger_file(self) -> Path:
        return self.folder / "ledger.sqlite"

    @property
    def paper(self) -> Path:
        return self.folder / "paper"

    def opened(self) -> SqlLedger:
        return open_ledger(self.ledger_file, kind="production", station="bench-1", clock=SteppingClock())

    def begin(self, count: int) -> None:
        with closing(self.opened()) as ledger:
            identities = tuple(mac(number) for number in range(count))
            ledger.begin_batch(BatchDraft("list.csv", PRODUCT.key, "", "fake printer", identities), who="Li Wei")

    def run(self, moment: int = -1, kill_after_s: float | None = None) -> int:
        """One program: how it ended; killed from outside so long after its first label, where that is given."""
        assert self.programs.stdin is not None
        assert self.programs.stdout is not None
        before = len(self.printed())
        self.programs.stdin.write(f"{self.ledger_file}\t{self.paper}\t{moment}\n")
        self.programs.stdin.flush()
        child = int(self.programs.stdout.readline())
        if kill_after_s is not None:
            give_up = time.monotonic() + 20
            while len(self.printed()) == before and time.monotonic() < give_up:
                time.sleep(0.001)
            time.sleep(kill_after_s)
            with suppress(ProcessLookupError):  # it came to its end by itself meanwhile
                os.kill(child, signal.SIGKILL)
        return int(self.programs.stdout.readline())

    def printed(self) -> list[int]:
        """The jobs whose labels came out, in order."""
        return [int(line) for line in self.paper.read_text().split()] if self.paper.exists() else []

    def settle(self) -> int:
        """A person looks at the paper for each label in doubt; how many there were."""
        printed = set(self.printed())
        with closing(self.opened()) as ledger:
            ledger.settle_interrupted("Li Wei")
            doubtful = [job for job in ledger.open_jobs() if job.state is JobState.UNKNOWN]
            for job in doubtful:
                ledger.move(job, JobState.VERIFIED if job.id in printed else JobState.VOIDED, who="Li Wei")
        return len(doubtful)

    def require_one_label_each(self, count: int) -> None:
        with closing(self.opened()) as ledger:
            batch = ledger.batch(1)
            assert (batch.state, batch.counts[ItemState.SENT]) == (BatchState.DONE, count)
            assert ledger.verify() is None
            jobs = {job.id: job for job in ledger.all_jobs()}
            live = ledger.live_among(PRODUCT.key, [mac(number) for number in range(count)])
        assert len(live) == count
        assert not [job for job in live.values() if job.state is JobState.INTENDED]
        labels = Counter(str(jobs[number].identity) for number in self.printed())
        assert labels == Counter(str(identity) for identity in live)
        assert {job.id for job in live.values()} == set(self.printed())


@pytest.fixture
def programs() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.end_to_end.killed_batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield parent
        parent.communicate(timeout=20)


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_of_a_batch_loses_nothing_and_doubles_nothing(
    tmp_path: Path, programs: "subprocess.Popen[str]", step: int
) -> None:
    begun = Bench(tmp_path, programs)
    begun.begin(3)
    moment, doubts = 0, 0
    while True:
        bench = Bench(tmp_path / str(moment), programs)
        bench.folder.mkdir()
        shutil.copy(begun.ledger_file, bench.ledger_file)
        killed = bench.run(moment)
        if killed == 0:
            break
        assert killed == KILLED
        doubts += bench.settle()
        assert bench.run() == 0
        bench.require_one_label_each(3)
        moment += step
    bench.require_one_label_each(3)
    # Each write and each label has a moment before and one after it; labels in doubt are some of them, not all.
    assert moment > 24
    assert 0 < doubts < moment


def test_program_after_program_that_is_killed_at_work_completes_the_list(
    tmp_path: Path, programs: "subprocess.Popen[str]"
) -> None:
    chance = random.Random(7)
    bench = Bench(tmp_path, programs)
    bench.begin(30)
    kills = 0
    while (ended := bench.run(kill_after_s=chance.uniform(0.0, 0.08) if kills < 6 else None)) != 0:
        kills += ended == KILLED
        bench.settle()
        assert kills < 40
    assert kills >= 3
    bench.require_one_label_each(30)
