"""The wire is cut at every step: what was said to be written is there once, what was said not to be is not there."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from sqlalchemy import Connection

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.shared_ledger_failures import LedgerAway, OutcomeInDoubt
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened
from tests.fake_bench import WAIT_S
from tests.ledger.cut_proxy import Cut, CutProxy, cut_proxy
from tests.ledger.postgres import PostgresServer, running_postgres
from tests.ledger.shared import OpenShared

STEPS = 16
"""Opening a job takes about so many messages."""
QUICK_S = 0.4


@pytest.fixture
def wire(postgres: PostgresServer) -> Iterator[CutProxy]:
    with cut_proxy(postgres.port) as proxy:
        yield proxy


@pytest.fixture
def far(open_shared: OpenShared, wire: CutProxy) -> SqlLedger:
    """The ledger at the other end of the wire."""
    return open_shared(port=wire.port, busy_timeout_s=QUICK_S)


def rows(postgres: PostgresServer, database: str, label_serial: str) -> int:
    with postgres.connection(database) as connection:
        asked = connection.execute("SELECT count(*) FROM jobs WHERE label_serial = %s", [label_serial]).fetchone()
    return cast("int", asked[0]) if asked is not None else 0


def tried(ledger: SqlLedger, number: int) -> LedgerFailure | None:
    """Why a job was not opened, or may not have been."""
    try:
        ledger.open(draft(f"L-{number:06d}", identity=mac(number)), IMAGE)
    except LedgerFailure as failure:
        return failure
    return None


@pytest.mark.parametrize("cuts", [60, pytest.param(500, marks=pytest.mark.slow)])
def test_no_cut_loses_or_doubles_a_row(
    far: SqlLedger, wire: CutProxy, postgres: PostgresServer, shared_database: str, cuts: int
) -> None:
    chance = random.Random(cuts)
    ends: Counter[str] = Counter()
    for number in range(1, cuts + 1):
        how = chance.choice(list(Cut))
        stays_away = chance.random() < 0.25
        aim = b"COMMIT" if chance.random() < 0.5 else b""
        wire.cut_at(1 if aim else chance.randint(1, STEPS), how, naming=aim, stays_away=stays_away)
        failure = tried(far, number)
        wire.back()
        if isinstance(failure, OutcomeInDoubt):
            assert stays_away, "the database was there to be asked"
            assert failure.label_serial == f"L-{number:06d}"
            # Once the wire is back the ledger itself knows.
            known = far.with_serial(failure.label_serial) is not None
            assert rows(postgres, shared_database, failure.label_serial) == known
            ends["in doubt, then " + ("written" if known else "not written")] += 1
        else:
            assert failure is None or isinstance(failure, LedgerAway), failure
            assert rows(postgres, shared_database, f"L-{number:06d}") == (failure is None)
            ends["written" if failure is None else "not written"] += 1
    assert wire.cut_at_commit > cuts // 3
    assert min(ends["written"], ends["not written"]) > cuts // 6, ends
    assert ends["in doubt, then written"], ends
    assert far.verify() is None


def test_what_was_committed_counts_although_its_answer_was_lost(far: SqlLedger, wire: CutProxy) -> None:
    wire.cut_at(1, Cut.AFTER, naming=b"COMMIT")
    job = opened(far)
    assert wire.cut_at_commit == 1
    assert far.job(job.id) == job


def test_what_never_reached_the_server_was_not_written(far: SqlLedger, wire: CutProxy) -> None:
    wire.cut_at(1, Cut.BEFORE, naming=b"COMMIT")
    assert isinstance(tried(far, 7), LedgerAway)
    assert far.with_serial("L-000007") is None
    assert tried(far, 7) is None


def test_a_doubt_is_settled_before_anything_is_read(far: SqlLedger, wire: CutProxy) -> None:
    wire.cut_at(1, Cut.AFTER, naming=b"COMMIT", stays_away=True)
    assert isinstance(tried(far, 7), OutcomeInDoubt)
    with pytest.raises(LedgerAway):
        far.open_jobs()
    wire.back()
    assert far.with_serial("L-000007") is not None
    assert tried(far, 8) is None


def test_two_doubts_in_a_row_are_both_settled(far: SqlLedger, wire: CutProxy) -> None:
    for number, how in ((7, Cut.AFTER), (8, Cut.BEFORE)):
        wire.cut_at(1, how, naming=b"COMMIT", stays_away=True)
        assert isinstance(tried(far, number), OutcomeInDoubt)
        wire.back()
    assert far.with_serial("L-000007") is not None
    assert far.with_serial("L-000008") is None
    assert tried(far, 8) is None


def test_a_session_that_ended_while_nobody_used_it_costs_nothing(
    far: SqlLedger, postgres: PostgresServer, shared_database: str
) -> None:
    opened(far)
    postgres.end_sessions(shared_database)
    assert tried(far, 9) is None
    postgres.end_sessions(shared_database)
    assert [job.draft.label_serial for job in far.all_jobs()] == ["L-000001", "L-000009"]


@contextmanager
def killed_server() -> Iterator[PostgresServer]:
    with running_postgres(durable=True) as server:
        server.database("ledger")
        yield server


@pytest.mark.parametrize("crashes", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_a_server_that_crashes_at_commit_leaves_no_doubt_behind(crashes: int) -> None:
    from gizqr_station.ledger.postgres_opening import open_shared_ledger
    from tests.fakes import SteppingClock

    with killed_server() as server, cut_proxy(server.port) as wire:
        ledger = open_shared_ledger(
            server.url("ledger", wire.port), server.password, kind="production", station="bench-1",
            clock=SteppingClock(), busy_timeout_s=QUICK_S,
        )  # fmt: skip
        for number in range(1, crashes + 1):
            how = list(Cut)[number % 3]
            wire.cut_at(1, how, naming=b"COMMIT", stays_away=True)
            doubt = tried(ledger, number)
            assert isinstance(doubt, OutcomeInDoubt)
            server.stop(at_once=True)
            assert isinstance(tried(ledger, 1000 + number), LedgerAway)
            server.start()
            wire.back()
            job = ledger.with_serial(f"L-{number:06d}")
            assert (job is not None) or how is not Cut.AFTER, "an acknowledged commit is gone"
            assert rows(server, "ledger", f"L-{number:06d}") == (job is not None)
            if job is not None:
                ledger.move(job, JobState.FAILED, who="test")
            assert tried(ledger, 2000 + number) is None
        assert ledger.verify() is None
        ledger.close()


def test_while_a_commit_takes_its_time_others_read(far: SqlLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    far.open_jobs()
    inside, onward = threading.Event(), threading.Event()
    real = Connection.commit

    def slow(connection: Connection) -> None:
        if threading.current_thread() is writer:
            inside.set()
            assert onward.wait(WAIT_S)
        real(connection)

    writer = threading.Thread(target=far.next_label_serial)
    monkeypatch.setattr(Connection, "commit", slow)
    writer.start()
    try:
        assert inside.wait(WAIT_S)
        assert list(far.open_jobs()) == []
    finally:
        onward.set()
        writer.join()
    assert far.next_label_serial() == "L-000002"
