"""How long a record takes to check and to sign, and how large it is."""

import os
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.job_images import first_bad_image
from gizqr_station.ledger.journal import Known
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.audit_check import check_record
from tests.contracts.ledger_samples import IMAGE, ROUTES, draft, mac
from tests.fakes import SteppingClock
from tests.trust.sealed_ledger import checkpoints_in

pytestmark = pytest.mark.benchmark
ENTRIES = int(os.environ.get("GIZQR_BENCH_ENTRIES", "100000"))


def say(line: str) -> None:
    """For whoever runs it with -s."""
    sys.stdout.write(f"{line}\n")


@contextmanager
def timed(what: str, said: list[float]) -> Iterator[None]:
    """Seconds of this program's own processor time: others' work on the machine is not the record's."""
    begun, cpu = time.perf_counter(), time.process_time()
    yield
    said.append(time.process_time() - cpu)
    say(f"{what}: {time.perf_counter() - begun:.2f} s, {said[-1]:.2f} s of CPU")


def filled(ledger: SqlLedger) -> None:
    """Labels with four entries each, many to a transaction."""
    clock, route = SteppingClock(), ROUTES[JobState.VERIFIED]
    for first in range(0, ENTRIES // 4, 1000):
        with ledger._database.writing() as connection:
            for number in range(first, min(first + 1000, ENTRIES // 4)):
                job = ledger._journal.open(
                    connection, draft(f"L-{number:06d}", identity=mac(number)), IMAGE, clock.now()
                )
                for state in route:
                    job = ledger._journal.move(connection, job, state, Known(clock.now(), "li.wei"))


def test_a_hundred_thousand_entries_are_checked_within_five_seconds(tmp_path: Path) -> None:
    path, took = tmp_path / "ledger.sqlite", list[float]()
    with closing(open_ledger(path, kind="production", station="b", clock=SteppingClock())) as ledger:
        with timed(f"{ENTRIES} entries written", took):
            filled(ledger)
        say(f"{path.stat().st_size / (ENTRIES / 4):.0f} bytes a label of four entries and a small image")
        checkpoints = checkpoints_in(tmp_path, ledger, SteppingClock())
        with timed("signed", took):
            checkpoints.sign(who="qa", stop=Stop())
        with timed("plain read of all rows", plain := list[float]()), closing(sqlite3.connect(path)) as raw:
            rows = raw.execute("SELECT * FROM entries LEFT JOIN jobs ON jobs.id = entries.job").fetchall()
        last = ledger.last_entry()
        assert len(rows) == last
        with timed("entries and drafts against their seals", chain := list[float]()):
            assert check_record(ledger.seal_lines(last, Stop()), ()).fault is None
        with timed("images", took):
            assert first_bad_image(ledger._database, Stop()) is None
        with timed("all of it, with states, images and checkpoints", whole := list[float]()):
            assert checkpoints.verify(Stop()).fault is None
        most_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(f"{chain[0] / plain[0]:.1f} times a plain read; {most_mib} MiB")
        assert chain[0] * 100_000 / ENTRIES < 5
        assert whole[0] > 0
