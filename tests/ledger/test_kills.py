"""kill -9 at any moment: the file stays whole, and whatever was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.ledger.store import SqlLedger
from tests.ledger.conftest import OpenLedger
from tests.ledger.postgres import PostgresServer
from tests.ledger.shared import OpenShared

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the station to kill forks")


@pytest.fixture
def stations(request: pytest.FixtureRequest) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.ledger.killed_station"]
    shares = "postgres" in request.fixturenames
    word = request.getfixturevalue("postgres").password if shares else ""
    told = {**os.environ, "GIZQR_TEST_PASSWORD": word}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=told) as parent:
        yield parent
        parent.communicate(timeout=20)


def run_and_kill(
    stations: "subprocess.Popen[str]", place: Path | str, acknowledged: Path, seconds: float, *, at_work: bool
) -> None:
    """Kill so long after the station has started or, with ``at_work``, after its first acknowledged job."""
    assert stations.stdin is not None
    assert stations.stdout is not None
    before = acknowledged.stat().st_size if acknowledged.exists() else 0
    stations.stdin.write(f"{place}\t{acknowledged}\n")
    stations.stdin.flush()
    child = int(stations.stdout.readline())
    if at_work:
        give_up = time.monotonic() + 20
        while not acknowledged.exists() or acknowledged.stat().st_size == before:
            assert time.monotonic() < give_up, "the station writes nothing"
            time.sleep(0.005)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert stations.stdout.readline() == "gone\n"


def acknowledgements(file: Path) -> list[tuple[int, JobState]]:
    lines = file.read_text().splitlines() if file.exists() else []
    return [(int(job), JobState(state)) for job, state in (line.split() for line in lines)]


@pytest.mark.parametrize("kills", [25, pytest.param(300, marks=pytest.mark.slow)])
def test_nothing_acknowledged_is_lost(
    tmp_path: Path, open_again: OpenLedger, stations: "subprocess.Popen[str]", kills: int
) -> None:
    path = tmp_path / "ledger.sqlite"
    require_nothing_lost(stations, path, tmp_path / "acknowledged", lambda: open_again(path), kills)


@pytest.mark.parametrize("kills", [10, pytest.param(300, marks=pytest.mark.slow)])
def test_nothing_acknowledged_is_lost_in_a_shared_ledger(
    tmp_path: Path,
    open_shared: OpenShared,
    postgres: PostgresServer,
    shared_database: str,
    stations: "subprocess.Popen[str]",
    kills: int,
) -> None:
    def opened() -> SqlLedger:
        # Under its name, as the station itself will: the server has noticed that the killed one is gone.
        return open_shared(hold_name=True, busy_timeout_s=20.0)

    url = postgres.url(shared_database)
    require_nothing_lost(stations, url, tmp_path / "acknowledged", opened, kills)


def require_nothing_lost(
    stations: "subprocess.Popen[str]",
    place: Path | str,
    acknowledged: Path,
    opened: Callable[[], SqlLedger],
    kills: int,
) -> None:
    chance = random.Random(kills)
    for number in range(kills):
        run_and_kill(stations, place, acknowledged, chance.uniform(0, 0.06), at_work=number % 2 == 1)
        ledger = opened()
        assert ledger.verify() is None
        promised = acknowledgements(acknowledged)[-20:]
        for job, state in promised:
            assert state in {entry.state for entry in ledger.history(job)}, f"job {job} was {state}"
        ledger.settle_interrupted("test")
        waiting = ledger.queued()
        assert ledger.count(JobState.INTENDED) == len(waiting)
        assert ledger.count(JobState.SENT) == 0
        assert all(queued.held and queued.job.state is JobState.INTENDED for queued in waiting)
        ledger.close()

    ledger = opened()
    promised = acknowledgements(acknowledged)
    assert len(promised) >= kills // 2
    recorded = {(entry.job, entry.state) for job in ledger.all_jobs() for entry in ledger.history(job.id)}
    assert set(promised) <= recorded
    assert ledger.queued(), "nothing waited, so nothing was shown of the queue"
    serials = [job.draft.label_serial for job in ledger.all_jobs()]
    assert len(serials) == len(set(serials))
