"""Identity to code with a million codes in the pool: ``pytest -m benchmark -n 0 -s tests/benchmarks/bench_pool.py``.

Each median stands beside one plain read by a primary key of SQLite in the same run, on the same disk.
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.codes.code_files import CodeFilesOnDisk
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.codes.pooled_provider import PooledCodes
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import ZipCodes
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from tests.contracts.ledger_samples import PRODUCT_KEY, mac
from tests.contracts.pool_samples import SERVICE, codes_of, content_for, macs
from tests.fakes import SteppingClock

pytestmark = pytest.mark.benchmark

CODES = 1_000_000
IN_A_ZIP = 1_000
LOOKS = 5_000


class Unplugged:
    """RangeCodes of a station without a network."""

    service = SERVICE

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        raise AssertionError(f"the network was asked for {cut}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pool")


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[SqlPool]:
    with closing(SqlPool.open(folder / "codes.sqlite", clock=SteppingClock())) as pool:
        added = [seconds(pool.add, codes, Stop()) for codes in zips()]
        report("add a zip of 1,000", added)
        say(
            f"add all: {CODES / sum(added):,.0f} codes/s, first 20 zips {statistics.median(added[:20]) * 1000:.0f} ms, "
        )
        say(f"last 20 {statistics.median(added[-20:]) * 1000:.0f} ms each")
        say(f"size: {(folder / 'codes.sqlite').stat().st_size / 1e6:.0f} MB")
        yield pool


def zips() -> Iterator[ZipCodes]:
    for number in range(CODES // IN_A_ZIP):
        yield codes_of(macs(number * IN_A_ZIP, IN_A_ZIP), number)


def say(line: str) -> None:
    print(f"\n{line}", end="")  # noqa: T201 - this is what a benchmark is for


def seconds(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start


def report(name: str, times_s: list[float], plain_s: float | None = None) -> None:
    median, p95 = statistics.median(times_s) * 1000, statistics.quantiles(times_s, n=20)[-1] * 1000
    ratio = "" if plain_s is None else f", {median / plain_s / 1000:.1f} times a plain read"
    say(f"{name}: median {median:.3f} ms, p95 {p95:.3f} ms, n={len(times_s)}{ratio}")


def plain_reads(folder: Path) -> list[float]:
    """One row by its primary key in a table of as many rows and bytes, by Python's own driver, a transaction each."""
    with closing(sqlite3.connect(folder / "plain.sqlite", isolation_level=None)) as plain:
        plain.execute("CREATE TABLE IF NOT EXISTS codes (identity TEXT PRIMARY KEY, content TEXT)")
        if not plain.execute("SELECT 1 FROM codes").fetchone():
            plain.execute("BEGIN")
            rows = ((mac(number).text, f"{number:0104d}") for number in range(CODES))
            plain.executemany("INSERT INTO codes VALUES (?, ?)", rows)
            plain.execute("COMMIT")

        def look(identity: str) -> None:
            plain.execute("BEGIN")
            assert plain.execute("SELECT content FROM codes WHERE identity = ?", (identity,)).fetchone()
            plain.execute("COMMIT")

        return [seconds(look, mac(number).text) for number in random.Random(1).sample(range(CODES), LOOKS)]


def test_identity_to_code_among_a_million(folder: Path, pool: SqlPool) -> None:
    plain = plain_reads(folder)
    report("a plain read", plain)
    some = [mac(number) for number in random.Random(2).sample(range(CODES), LOOKS)]
    provider, product = PooledCodes(pool, Unplugged(), lambda _stop: None), Product(PRODUCT_KEY, "Smart Plug")
    for identity in some[:50]:
        assert provider.code_for(product, identity, Stop()).content == content_for(identity)
    report(
        "identity to code, as the line asks",
        [seconds(provider.code_for, product, identity, Stop()) for identity in some],
        statistics.median(plain),
    )
    report("a look into the pool", [seconds(pool.code, PRODUCT_KEY, SERVICE, each) for each in some])
    absent = [mac(CODES + number) for number in range(LOOKS)]
    report("a look for what is not there", [seconds(pool.code, PRODUCT_KEY, SERVICE, each) for each in absent])
    contents = [content_for(each) for each in some]
    report("whose content this is", [seconds(pool.holder, PRODUCT_KEY, SERVICE, each) for each in contents])


def test_gaps_of_a_million(pool: SqlPool) -> None:
    def gaps(*ranges: IdentityRange) -> int:
        return len(pool.missing(PRODUCT_KEY, SERVICE, ranges, Stop()))

    whole, beside = macs(0, CODES), macs(CODES // 2, CODES)
    singles = [macs(number, 1) for number in range(0, CODES, 10)]
    assert (gaps(whole), gaps(beside), gaps(*singles)) == (0, 1, 0)
    report("gaps of 1,000,000, none", [seconds(gaps, whole) for _ in range(5)])
    report("gaps of 1,000,000, half", [seconds(gaps, beside) for _ in range(5)])
    report("gaps of 100,000 singles, none", [seconds(gaps, *singles) for _ in range(5)])
    report("count", [seconds(pool.count, PRODUCT_KEY, SERVICE) for _ in range(5)])
    report("zips, the newest 100", [seconds(pool.zips, PRODUCT_KEY, SERVICE) for _ in range(20)])


def test_opening_and_checking_a_million(folder: Path, pool: SqlPool) -> None:
    def open_and_close() -> None:
        SqlPool.open(folder / "codes.sqlite", clock=SteppingClock()).close()

    report("open", [seconds(open_and_close) for _ in range(10)])
    report("SQLite's own check", [seconds(pool.verify) for _ in range(3)])


def test_carrying_a_million(folder: Path, pool: SqlPool) -> None:
    resource = pytest.importorskip("resource")
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file = folder / "shift.codes"
    here = CodeFilesOnDisk(pool, SERVICE, SteppingClock())
    took = seconds(here.write, str(file), PRODUCT_KEY, None, Stop(), lambda _done: None)
    say(f"export: {CODES / took:,.0f} codes/s, {file.stat().st_size / 1e6:.0f} MB")
    with closing(SqlPool.open(folder / "there.sqlite", clock=SteppingClock())) as there:
        files = CodeFilesOnDisk(there, SERVICE, SteppingClock())
        start = time.perf_counter()
        brought = files.read(str(file), PRODUCT_KEY, Stop(), lambda _done, _total: None)
        say(f"check of the file: {CODES / (time.perf_counter() - start):,.0f} codes/s")
        for codes in brought:
            there.add(codes, Stop())
        say(f"import, checked, in the pool: {CODES / (time.perf_counter() - start):,.0f} codes/s")
        assert there.count(PRODUCT_KEY, SERVICE) == CODES
    grown_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib) / 1024
    say(f"memory grew by {grown_mib:.0f} MiB")
