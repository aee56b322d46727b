"""kill -9 at every step of handing results over, while somebody takes the files away: each comes exactly once."""

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.result import Destination
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fakes import SteppingClock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program to kill forks")

KILLED = -signal.SIGKILL
MOMENTS = 8
"""Of one result: before and after each of its four steps."""
EACH = 3
"""Results that are there at a time."""

Run = Callable[[Path, Path, int], int]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    program = [sys.executable, "-m", "tests.end_to_end.killed_outbox"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as programs:
        assert programs.stdin is not None
        assert programs.stdout is not None
        send, answers = programs.stdin, programs.stdout

        def one(ledger: Path, folder: Path, moment: int) -> int:
            send.write(json.dumps({"ledger": str(ledger), "folder": str(folder), "moment": moment}) + "\n")
            send.flush()
            return int(answers.readline())

        yield one
        send.close()
        assert programs.wait(30) == 0


def reopened(path: Path) -> SqlLedger:
    return open_ledger(path, kind="production", station="bench-1", clock=SteppingClock())


def tried(run: Run, tmp_path: Path, moments: list[int]) -> None:
    """A kill at each of these moments, new labels between them, then one that is left to end."""
    path, folder = tmp_path / "ledger.sqlite", tmp_path / "mes"
    folder.mkdir()
    with closing(reopened(path)) as ledger:
        ledger.outbox_standing(Destination.FOLDER)
    taken = Counter[str]()
    wanted = 0
    for moment in [*moments, -1]:
        with closing(reopened(path)) as ledger:
            for number in range(wanted + 1, wanted + EACH + 1):
                brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
        wanted += EACH
        assert run(path, folder, moment) == (0 if moment < 0 else KILLED)
        for file in folder.glob("*.json"):
            taken[json.loads(file.read_bytes())["label_serial"]] += 1
            file.unlink()
    assert taken == Counter(f"L-{number:06d}" for number in range(1, wanted + 1))


def test_killed_at_every_step_each_result_comes_once(run: Run, tmp_path: Path) -> None:
    tried(run, tmp_path, list(range(MOMENTS)))


@pytest.mark.slow
def test_killed_two_hundred_times_each_result_comes_once(run: Run, tmp_path: Path) -> None:
    chance = random.Random(6)
    tried(run, tmp_path, [chance.randrange(MOMENTS * EACH) for _ in range(200)])
