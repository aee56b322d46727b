"""An order of 100,000 units: ``python3 packaging/station.py test -m benchmark -n 0 -s -k bench_orders``."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import OrderProfile, OrderState
from gizqr_station.exports.report_files import ReportFiles
from gizqr_station.ledger.rows import draft_values
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import jobs
from gizqr_station.workflows.order_reports import ReportParts, report_order
from tests.contracts.ledger_samples import PRODUCT_KEY, draft, mac, opened
from tests.contracts.order_book_contract import LEAD, NUMBER, QA
from tests.fakes import SteppingClock
from tests.order_bench import ledger_in

pytestmark = pytest.mark.benchmark

UNITS = 100_000


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def filled(ledger: SqlLedger) -> None:
    """The order with all but 100 of its units labelled, one in a thousand voided; past the journal."""
    singles = tuple(IdentityRange(mac(number), mac(number)) for number in range(0, 2 * UNITS, 2))
    profile = OrderProfile(PRODUCT_KEY, "Lamp", "gizwits", "40x30", "bench printer", UNITS, singles)
    started = time.perf_counter()
    ledger.plan_order(NUMBER, profile, who=LEAD)
    ledger.move_order(NUMBER, OrderState.SIGNED, who=LEAD)
    say(f"\nplanned and signed with {UNITS:,} single devices: {time.perf_counter() - started:.2f} s")
    first = opened(ledger, identity=mac(0), work_order=NUMBER)
    for state in (JobState.SENT, JobState.PRINTED, JobState.VERIFIED):
        first = ledger.move(first, state, who="li.wei")
    content = first.draft.content
    ledger.move_order(NUMBER, OrderState.RELEASED, who=QA, first_article=first.id, scanned=content)
    for at in range(1, UNITS - 100, 5_000):
        rows = []
        for number in range(at, min(at + 5_000, UNITS - 100)):
            state = JobState.VOIDED if number % 1000 == 0 else JobState.VERIFIED
            drawn = draft(f"X-{number:06d}", identity=mac(2 * number), work_order=NUMBER)
            moved = {"state": state.value, "opened_at": number, "moved_at": number, "outcome": "accepted"}
            rows.append({**draft_values(drawn), **moved})
        with ledger._database.writing() as connection:
            connection.execute(insert(jobs), rows)


def milliseconds(work: Callable[[int], object], times: int) -> str:
    took = []
    for at in range(times):
        started = time.perf_counter()
        work(at)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return f"median {took[len(took) // 2]:.1f} ms, slowest {took[-1]:.1f} ms"


def test_an_order_of_a_hundred_thousand_units(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    try:
        filled(ledger)
        say(f"balance: {milliseconds(lambda _: ledger.order_balance(NUMBER), 50)}")
        say(f"the order with its profile: {milliseconds(lambda _: ledger.order(NUMBER), 50)}")
        say(f"quick look before a label: {milliseconds(lambda _: ledger.require_taking(NUMBER), 50)}")
        begun = UNITS - 100

        def one_more(at: int) -> object:
            return opened(ledger, identity=mac(2 * (begun + at)), work_order=NUMBER)

        say(f"a label opened under the order: {milliseconds(one_more, 50)}")
        say(f"a label of no order: {milliseconds(lambda at: opened(ledger, identity=mac(900_001 + 2 * at)), 50)}")
        stands = ledger.order_balance(NUMBER)
        assert stands.verified + stands.voided + stands.unknown + stands.remaining == UNITS
        started = time.perf_counter()
        parts = ReportParts(ledger, ledger, ReportFiles(tmp_path / "reports", "en"), SteppingClock(), "bench-1")
        report_order(parts, NUMBER, who=QA, stop=Stop())
        say(f"report of {UNITS:,} labels as PDF and CSV: {time.perf_counter() - started:.1f} s")
    finally:
        ledger.close()
