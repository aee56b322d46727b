"""How long the ledger takes with its durable settings: ``pytest -m benchmark -s tests/benchmarks/bench_ledger.py``."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.rows import draft_values, image_values, micros
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import entries, images, jobs, labelled_devices
from tests.contracts.ledger_samples import PRODUCT_KEY, draft, mac
from tests.fakes import SteppingClock

pytestmark = pytest.mark.benchmark

LABEL = LabelImage(320, 240, 203, tuple(bytes(40 * [row % 256]) for row in range(240)))
"""As large as a label of 40 x 30 mm at 203 dpi."""
ROWS = 100_000


@contextmanager
def station_ledger(path: Path) -> Iterator[SqlLedger]:
    ledger = open_ledger(path, kind="production", station="bench-1", clock=SteppingClock())
    yield ledger
    ledger.close()


def report(name: str, times_ms: list[float]) -> None:
    p95 = statistics.quantiles(times_ms, n=20)[-1]
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{name}: median {statistics.median(times_ms):.2f} ms, p95 {p95:.2f} ms, n={len(times_ms)}"
    )


def timed(work: Callable[..., object], *values: object) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    work(*values)
    return (time.perf_counter() - start) * 1000


def one_unit(ledger: SqlLedger, number: int) -> None:
    job = ledger.open(draft(f"B-{number}", identity=mac(number), image_digest=LABEL.digest), LABEL)
    job = ledger.move(job, JobState.SENT, who="station")
    job = ledger.move(job, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
    ledger.move(job, JobState.VERIFIED, who="li.wei", evidence="scanned back")


def open_at_quota(ledger: SqlLedger, number: int) -> None:
    """As ``one_unit`` opens its job, with the question how many may register."""
    drawn = draft(f"B-{number}", identity=mac(number), image_digest=LABEL.digest)
    ledger.open(drawn, LABEL, quota=Quota(2 * ROWS))


def filled(path: Path) -> None:
    """As if so many labels had been verified, written in one transaction."""
    with station_ledger(path) as ledger, ledger._database.writing() as connection:
        for first in range(0, ROWS, 1000):
            numbers = range(first + 1, first + 1001)
            at = [micros(ledger._clock.now()) for _ in numbers]
            drawn = [draft(f"L-{number:06d}", identity=mac(number), image_digest=LABEL.digest) for number in numbers]
            placed = [{"state": "verified", "outcome": "accepted", "opened_at": when, "moved_at": when} for when in at]
            rows = [{**draft_values(one), **where} for one, where in zip(drawn, placed, strict=True)]
            connection.execute(insert(jobs), rows)
            entry = {"kind": "move", "state": "verified", "who": "li.wei", "evidence": "scanned back"}
            connection.execute(
                insert(entries), [{**entry, "job": job, "at": when} for job, when in zip(numbers, at, strict=True)]
            )
            connection.execute(insert(images), [image_values(job, LABEL) for job in numbers])
        connection.execute(insert(labelled_devices), {"product_key": PRODUCT_KEY, "devices": ROWS})


def test_a_unit_in_an_empty_ledger(tmp_path: Path) -> None:
    with station_ledger(tmp_path / "ledger.sqlite") as ledger:
        one_unit(ledger, 0)
        report("open + 3 moves", [timed(one_unit, ledger, number) for number in range(1, 301)])
        report("next label serial", [timed(ledger.next_label_serial) for _ in range(300)])


def test_a_label_by_the_line_and_by_the_queue(tmp_path: Path) -> None:
    """Four commits for a label that is not scanned back; labels and ribbon are counted."""
    with station_ledger(tmp_path / "ledger.sqlite") as ledger:
        for kind in SupplyKind:
            ledger.load_supply("bench printer", kind, 5000, 50, who="li.wei")

        def by_the_line(number: int) -> None:
            ledger.supplies("bench printer")
            serial = ledger.next_label_serial()
            job = ledger.open(draft(serial, identity=mac(number), image_digest=LABEL.digest), LABEL)
            job = ledger.move(job, JobState.SENT, who="station")
            ledger.move(job, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)

        def by_the_queue(number: int) -> None:
            serial = ledger.next_label_serial()
            drawn = draft(serial, identity=mac(number), image_digest=LABEL.digest)
            queued = ledger.enqueue(drawn, LABEL, who="batch")
            job = ledger.take(queued.id, who="station")
            ledger.move(job, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)

        by_the_line(0)
        report("a label by the line", [timed(by_the_line, number) for number in range(1, 301)])
        report("a label by the queue", [timed(by_the_queue, number) for number in range(1001, 1301)])
        waiting = [draft(f"Q-{n}", identity=mac(n), image_digest=LABEL.digest) for n in range(5000, 6000)]
        for drawn in waiting:
            ledger.enqueue(drawn, LABEL, who="batch")
        hold = timed(lambda: ledger.hold_waiting("bench printer", who="batch", reason="E-PRN-04"))
        report("hold all of 1,000", [hold, hold])
        report("held count of 1,000", [timed(ledger.held_count, "bench printer") for _ in range(20)])
        report("show a queue of 1,000", [timed(ledger.queued, "bench printer") for _ in range(20)])


def test_a_ledger_with_100_000_labels(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    filled(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM jobs").fetchone() == (ROWS,)

    def open_and_close() -> None:
        with station_ledger(path):
            pass

    report(f"open {path.stat().st_size / 1e6:.0f} MB", [timed(open_and_close) for _ in range(5)])
    some = range(1, ROWS, 500)
    with station_ledger(path) as ledger:
        report("duplicate check", [timed(ledger.require_unlabelled, PRODUCT_KEY, mac(ROWS + n)) for n in some])
        report("latest", [timed(ledger.latest, PRODUCT_KEY, mac(n)) for n in some])
        report("open + 3 moves", [timed(one_unit, ledger, n) for n in range(ROWS + 1, ROWS + 201)])
        report("devices labelled", [timed(ledger.devices_labelled, PRODUCT_KEY) for _ in some])
        report("devices among 20", [timed(ledger.devices_among, PRODUCT_KEY, map(mac, range(n, n + 20))) for n in some])
        report("open at a quota", [timed(open_at_quota, ledger, n) for n in range(ROWS + 301, ROWS + 501)])
        report("find by the last six", [timed(ledger.find, f"{n:06x}") for n in range(1, ROWS, 5000)])
        report("find what is not there", [timed(ledger.find, "no such label") for _ in range(20)])
        report("with content", [timed(ledger.with_content, f"code of {mac(n)}") for n in some])
        report("count verified", [timed(ledger.count, JobState.VERIFIED) for _ in range(20)])
        report("verify", [timed(ledger.verify) for _ in range(2)])
        report("all jobs", [timed(list, ledger.all_jobs()) for _ in range(2)])
