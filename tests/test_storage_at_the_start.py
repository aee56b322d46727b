"""Starts that the data folder does not allow: twenty at once, a disk that is read-only, a ledger that is held."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly.ledgers import begun_ledger, hold, ledger_to_look_into
from gizqr_station.assembly.station import open_station
from gizqr_station.domain.job import JobState
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import LedgerBusy, LedgerNotWritable
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.hand_over import hand_over
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.ports import PrintReport
from tests.contracts.ledger_samples import IMAGE, brought_to, draft, mac, opened
from tests.fakes import SteppingClock
from tests.ledger.conftest import small_disk
from tests.ledger.test_sqlite_engine import HOLD

__all__ = ["small_disk"]

SETTINGS = Settings.model_validate(
    {
        "station": {"name": "bench-1", "operator": "Li Wei"},
        "product": {
            "key": "0a6781ed676045988d5d72f3f0480fba",
            "name": "Smart Plug",
            "scheme": "template",
            "content": "https://x.example/{mac}",
        },
    }
)


@pytest.mark.skipif(sys.platform == "win32", reason="the stations fork")
@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=pytest.mark.slow)])
def test_of_twenty_starts_at_once_one_wins(tmp_path: Path, rounds: int) -> None:
    command = [sys.executable, "-m", "tests.starts_at_once", str(tmp_path), str(rounds)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60 + 5 * rounds).stdout
    ends = [sorted(line.split()) for line in told.splitlines()]
    assert ends == [["E-LED-10"] * 19 + ["won"]] * rounds


def nothing(_happening: Happening) -> None:
    pytest.fail("a station that did not open told something")


def test_a_station_on_a_read_only_disk_does_not_open_prints_nothing_and_can_be_looked_into(small_disk: Path) -> None:
    folder = DataFolder(small_disk / "data")
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VERIFIED)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(LedgerNotWritable):
        hold(folder)
    with pytest.raises(LedgerNotWritable):
        open_station(folder, SETTINGS, nothing, demo=False)
    with pytest.raises(LedgerNotWritable):
        begun_ledger(folder, "bench-1")
    with closing(ledger_to_look_into(folder)) as ledger:
        (job,) = ledger.all_jobs()
        assert job.state is JobState.VERIFIED
        with pytest.raises(LedgerNotWritable):
            ledger.next_label_serial()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    begun_ledger(folder, "bench-1").close()


class CountingPrinter:
    """A Printer that counts what it is given."""

    name = "bench printer"
    dpi = 203

    def __init__(self) -> None:
        self.given: list[str] = []

    def status(self, stop: Stop) -> PrinterStatus:
        del stop
        return PrinterStatus()

    def calibrate(self, stop: Stop) -> None:
        del stop

    def print_label(self, job: str, image: LabelImage, stop: Stop) -> PrintReport:
        del image, stop
        self.given.append(job)
        raise AssertionError("sent though the ledger was held")


def held_by_another(path: Path, held_s: float) -> tuple[int, float, list[str]]:
    """How often the ledger was said to be busy, the longest such wait, and what was sent meanwhile."""
    clock, printer = SteppingClock(), CountingPrinter()
    ledger = open_ledger(path, kind="production", station="bench-1", clock=clock, busy_timeout_s=0.2)
    job = opened(ledger, identity=mac(1))
    busy, longest = 0, 0.0
    with (
        closing(ledger),
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as holder,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        ends = time.monotonic() + held_s
        while time.monotonic() < ends:
            began = time.monotonic()
            made = hand_over(ledger, printer, job, IMAGE, who="station", stop=Stop(), tell=lambda _: None)
            longest = max(longest, time.monotonic() - began)
            assert isinstance(made.failure, LedgerBusy)
            with pytest.raises(LedgerBusy):
                ledger.open(draft("X-1", identity=mac(2)), IMAGE)
            busy += 1
        holder.communicate(timeout=20)
        job = ledger.move(job, JobState.SENT, who="station")
        assert ledger.open(draft("X-1", identity=mac(2)), IMAGE).state is JobState.INTENDED
        assert [entry.state for entry in ledger.history(job.id)] == [JobState.INTENDED, JobState.SENT]
        assert ledger.verify() is None
    return busy, longest, printer.given


@pytest.mark.parametrize("held_s", [1.0, pytest.param(30.0, marks=pytest.mark.slow)])
def test_a_ledger_that_another_program_holds_keeps_everything_waiting_and_nothing_for_ever(
    tmp_path: Path, held_s: float
) -> None:
    busy, longest, given = held_by_another(tmp_path / "ledger.sqlite", held_s)
    assert busy > 0
    assert longest < 20.0, "the wait has an end"
    assert given == []


def test_whoever_reads_while_another_writes_is_not_kept_waiting(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    clock = SteppingClock()
    with closing(open_ledger(path, kind="production", station="b", clock=clock, busy_timeout_s=30.0)) as ledger:
        job = opened(ledger, identity=mac(1))
        with closing(sqlite3.connect(path, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            read = list[int]()
            reading = threading.Thread(target=lambda: read.append(len(list(ledger.all_jobs()))))
            reading.start()
            reading.join(timeout=20)
            assert not reading.is_alive()
        assert read == [1]
        assert ledger.job(job.id) == job
