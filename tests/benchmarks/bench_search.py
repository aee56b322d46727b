"""How soon any of five million labels is found: ``pytest -m benchmark -s tests/benchmarks/bench_search.py``.

It writes a file of 6 GB first, which takes a quarter of an hour; ``GIZQR_RECORDS_FILE`` names one to keep, for again.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.records import RecordQuery
from gizqr_station.ledger.opening import open_ledger, open_to_look
from gizqr_station.ledger.store import SqlLedger
from tests.benchmarks.many_records import FIRST_AT, OPERATORS, PER_HOUR, identity_of, ledger_of, order_of
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, draft, mac
from tests.fakes import SteppingClock

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

RECORDS = int(os.environ.get("GIZQR_RECORDS", "5000000"))
ASKED = 150
"""Queries of each kind."""
STATES = [frozenset({state}) for state in JobState] + [frozenset({JobState.VOIDED, JobState.FAILED, JobState.SENT})]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    kept = os.environ.get("GIZQR_RECORDS_FILE", "")
    path = Path(kept) if kept else tmp_path_factory.mktemp("records") / "ledger.sqlite"
    if not path.exists():
        ledger_of(path, RECORDS).close()
    yield path
    if not kept:
        path.unlink()


@pytest.fixture(scope="module")
def ledger(records: Path) -> Iterator[SqlLedger]:
    ledger = open_to_look(records, clock=SteppingClock())
    yield ledger
    ledger.close()


def report(name: str, times_ms: list[float]) -> None:
    ordered = sorted(times_ms)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    told = f"median {statistics.median(ordered):.1f} ms, p99 {p99:.1f} ms, most {ordered[-1]:.1f} ms"
    print(f"\n{name}: {told}, n={len(ordered)}")  # noqa: T201 - this is what a benchmark is for


def timed(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return (time.perf_counter() - start) * 1000


def a_part(chance: random.Random, least: int, most: int) -> str:
    text = identity_of(chance.randrange(1, RECORDS), chance)[0]
    size = chance.randrange(least, most + 1)
    start = chance.randrange(max(1, len(text) - size + 1))
    return text[start : start + size]


def a_serial(chance: random.Random) -> str:
    return f"L-{chance.randrange(1, RECORDS):06d}"


def no_part(chance: random.Random) -> str:
    """What nobody has, made of what everybody has."""
    kind = chance.randrange(4)
    if kind == 0:
        return "".join(chance.choice("0123456789abcdef") for _ in range(chance.randrange(9, 13)))
    if kind == 1:
        return chance.choice("0123456789abcdef") * chance.randrange(7, 12)
    if kind == 2:
        return a_part(chance, 6, 9) + chance.choice("ghxz")
    return f"86119{chance.randrange(3, 6)}0{chance.choice((4, 5))}{chance.randrange(10**6):06d}99"


def some_days(chance: random.Random) -> tuple[date, date]:
    first = datetime.fromtimestamp(FIRST_AT / 1e6, UTC).date()
    since = first + timedelta(chance.randrange(RECORDS // PER_HOUR // 24 + 1))
    return since, since + timedelta(chance.choice((0, 1, 7, 90)))


def queries(kind: str, chance: random.Random) -> RecordQuery:
    since, until = some_days(chance)
    order = order_of(chance.randrange(RECORDS))
    operator = chance.choice(OPERATORS)[: chance.randrange(1, 6)]
    match kind:
        case "1 or 2 characters":
            return RecordQuery(a_part(chance, 1, 2))
        case "3 or 4 characters":
            return RecordQuery(a_part(chance, 3, 4))
        case "5 characters and more":
            return RecordQuery(a_part(chance, 5, 15))
        case "label serial":
            return RecordQuery(a_serial(chance))
        case "nothing has it":
            return RecordQuery(no_part(chance))
        case "order":
            return RecordQuery(order=order[: chance.randrange(1, 14)])
        case "operator":
            return RecordQuery(operator=operator)
        case "states":
            return RecordQuery(states=chance.choice(STATES))
        case "days":
            return RecordQuery(since=since, until=until)
        case "order and state":
            return RecordQuery(order=order[: chance.randrange(6, 14)], states=chance.choice(STATES))
        case "operator and order of another":
            return RecordQuery(operator=operator, order=order)
        case "part, operator, state":
            return RecordQuery(a_part(chance, 1, 5), operator=operator, states=chance.choice(STATES))
        case _:
            return RecordQuery(
                chance.choice(("", a_part(chance, 1, 6))),
                order=order[: chance.choice((0, 4, 8, 13))],
                operator=chance.choice(("", operator)),
                states=chance.choice([frozenset(), *STATES]),
                since=chance.choice((None, since)),
                until=chance.choice((None, until)),
            )


KINDS = [
    "1 or 2 characters", "3 or 4 characters", "5 characters and more", "label serial", "nothing has it", "order",
    "operator", "states", "days", "order and state", "operator and order of another", "part, operator, state",
    "all kinds of filters together",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_page(ledger: SqlLedger, kind: str) -> None:
    chance = random.Random(kind)
    times, short = [], 0
    for _ in range(ASKED):
        query = queries(kind, chance)
        start = time.perf_counter()
        page = ledger.search(query)
        times.append((time.perf_counter() - start) * 1000)
        short += len(page.jobs) < 50 and page.after is not None
    report(f"{kind} ({short} short pages)", times)
    assert sorted(times)[len(times) * 99 // 100] < 200


def test_the_duplicate_check(records: Path) -> None:
    """Both of what a line asks: the quick look before, and the claim that decides, refused and granted."""
    chance = random.Random(5)
    kept = records.stat()
    ledger = open_ledger(records, kind="production", station="bench-1", clock=SteppingClock())
    try:
        new = [mac(0xF00000 + number) for number in range(1000)]
        report("require_unlabelled", [timed(ledger.require_unlabelled, PRODUCT_KEY, one) for one in new])
        refused = [draft(f"D-{n}", identity=mac(chance.randrange(1, RECORDS) // 5000 * 5000 + 1)) for n in range(300)]

        def open_twice(number: int) -> None:
            try:
                ledger.open(refused[number], IMAGE)
            except AlreadyLabelled:
                return

        report("open, refused or not", [timed(open_twice, number) for number in range(300)])
        fresh = [draft(f"E-{n}-{time.time_ns()}", identity=mac(0xE00000 + n)) for n in range(300)]
        report("open, granted", [timed(ledger.open, one, IMAGE) for one in fresh])
        print(f"\n{kept.st_size / RECORDS * 1e6 / 1e9:.2f} GB for a million labels")  # noqa: T201
    finally:
        ledger.close()
