"""The sealed record as the ledger writes it: acts, seals without a gap, and clocks that are not believed."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gizqr_station.domain.audit import Act, ActKind, ClockMark
from gizqr_station.domain.audit_failures import EntryChanged, JobAltered
from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger.journal import Known
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.sealed_rows import DRAFT_COLUMNS, ENTRY_COLUMNS, LATER_DRAFT_COLUMNS
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.tables import MOVING_COLUMNS, entries, jobs
from gizqr_station.workflows.batch_ports import BatchDraft
from tests.contracts.ledger_samples import IMAGE, brought_to, draft, mac, opened
from tests.trust.mutations import seal_behind
from tests.trust.sealed_ledger import rows_of

ACT = Act(ActKind.GRANT, "L-000007", (("asked", "reprint"), ("原因", "损坏")))


class JumpingClock:
    """A time of day that is set at will, beside a time that only goes on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
        self.elapsed = 100.0

    def now(self) -> datetime:
        return self.time

    def elapsed_s(self) -> float:
        return self.elapsed

    def pass_s(self, seconds: float, *, jump_s: float = 0.0) -> None:
        self.elapsed += seconds
        self.time += timedelta(seconds=seconds + jump_s)


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def jumping(ledger_file: Path, clock: JumpingClock) -> Iterator[SqlLedger]:
    with closing(open_ledger(ledger_file, kind="production", station="bench-2", clock=clock)) as ledger:
        yield ledger


def test_every_column_is_sealed_or_known_to_move() -> None:
    assert {*ENTRY_COLUMNS, "seal"} == set(entries.c.keys())
    assert {*DRAFT_COLUMNS, *LATER_DRAFT_COLUMNS, *MOVING_COLUMNS, "id"} == set(jobs.c.keys())


def test_an_act_is_told_as_it_was_written(ledger: SqlLedger) -> None:
    job = opened(ledger)
    written = ledger.act(ACT, who="qa")
    assert (written.sequence, written.kind, written.job, written.state) == (2, "grant", None, "")
    assert (written.subject, written.who, written.station) == ("L-000007", "qa", "bench-1")
    assert written.evidence == '{"asked": "reprint", "原因": "损坏"}'
    assert ledger.entries(1, 9) == [written]
    assert ledger.acts_about("L-000007") == [written]
    assert ledger.acts_about("L-000008") == []
    assert (ledger.last_entry(), ledger.seal_at(2), ledger.seal_at(3)) == (2, written.seal, "")
    assert [entry.sequence for entry in ledger.history(job.id)] == [1]


def test_acts_about_something_come_newest_first(ledger: SqlLedger) -> None:
    for _ in range(3):
        ledger.act(ACT, who="qa")
    assert [entry.sequence for entry in ledger.acts_about(ACT.subject, limit=2)] == [3, 2]


def test_a_fact_is_not_told_twice(ledger: SqlLedger) -> None:
    with pytest.raises(ValueError, match="told twice"):
        ledger.act(Act(ActKind.GRANT, "x", (("a", "1"), ("a", "2"))), who="qa")
    assert ledger.last_entry() == 0


def test_every_seal_can_be_made_again_by_another_program(ledger: SqlLedger, ledger_file: Path) -> None:
    brought_to(ledger, opened(ledger, work_order="工单 7", test=True), JobState.VERIFIED)
    ledger.act(ACT, who="qa")
    ledger.enqueue_all(
        [(draft("L-000100", identity=mac(1)), IMAGE), (draft("L-000101", identity=mac(2)), IMAGE)], who="x"
    )
    with closing(sqlite3.connect(ledger_file)) as raw:
        rows = rows_of(raw, "entries", "sequence")
        before = None
        for row in rows:
            assert row["seal"] == seal_behind(raw, before, row)
            before = row
    assert [row["sequence"] for row in rows] == list(range(1, 10))


def test_what_was_undone_leaves_no_gap(ledger: SqlLedger) -> None:
    job = opened(ledger)

    def break_off() -> None:
        with ledger._database.writing() as connection:
            ledger._journal.act(connection, ACT, Known(datetime(2026, 3, 2, tzinfo=UTC), "qa"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    ledger.note(job, who="qa", evidence="looked at")
    assert [entry.sequence for entry in ledger.entries(0, 9)] == [1, 2]
    assert ledger.verify() is None


def test_batches_and_rolls_are_sealed_too(ledger: SqlLedger) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 500, 20, who="li.wei")
    batch = ledger.begin_batch(
        BatchDraft("list.csv", "k" * 32, "WO-7", "bench printer", (mac(1), mac(2))), who="li.wei"
    )
    ledger.move_batch(batch.number, BatchState.RUNNING, who="li.wei", reason="go")
    assert [(act.kind, act.subject, act.evidence) for act in ledger.entries(0, 9)] == [
        ("supply", "bench printer", '{"kind": "labels", "capacity": "500", "warn_below": "20", "remaining": "None"}'),
        (
            "batch",
            "1",
            '{"state": "ready", "name": "list.csv", "product_key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",'
            ' "work_order": "WO-7", "printer": "bench printer", "total": "2",'
            ' "list": "af5b4dcd8508596cf82f0978b93662b0509d787575fb8f8a33d68b93db240283"}',
        ),
        ("batch", "1", '{"state": "running", "evidence": "go"}'),
    ]


def test_a_clock_that_is_put_back_is_marked_and_orders_nothing(jumping: SqlLedger, clock: JumpingClock) -> None:
    first = opened(jumping, identity=mac(1))
    clock.pass_s(5, jump_s=-3600)
    second = opened(jumping, identity=mac(2))
    assert [entry.clock for entry in jumping.entries(0, 9)] == [ClockMark.STEADY, ClockMark.BACK]
    assert second.opened_at < first.opened_at
    assert [job.id for job in jumping.find("")] == [2, 1]
    assert [job.id for job in jumping.open_jobs()] == [job.id for job in jumping.all_jobs() if job.open]


def test_a_clock_that_is_put_back_between_two_entries_is_marked_too(jumping: SqlLedger, clock: JumpingClock) -> None:
    opened(jumping, identity=mac(1))
    clock.pass_s(3600, jump_s=-60)
    opened(jumping, identity=mac(2))
    clock.pass_s(1, jump_s=60)
    opened(jumping, identity=mac(3))
    marks = [entry.clock for entry in jumping.entries(0, 9)]
    assert marks == [ClockMark.STEADY, ClockMark.BACK, ClockMark.AHEAD]


@pytest.mark.parametrize(("jump_s", "mark"), [(2.0, ""), (2.1, "ahead"), (-2.0, ""), (-3.1, "back")])
def test_time_servers_may_set_a_clock_a_little(
    jumping: SqlLedger, clock: JumpingClock, jump_s: float, mark: str
) -> None:
    opened(jumping, identity=mac(1))
    clock.pass_s(1.0, jump_s=jump_s)
    opened(jumping, identity=mac(2))
    assert jumping.entries(1, 1)[0].clock.value == mark


def test_a_clock_that_knows_no_elapsed_time_is_compared_with_the_entry_before(
    ledger: SqlLedger, ledger_file: Path
) -> None:
    opened(ledger)
    earlier = JumpingClock()
    earlier.time -= timedelta(days=1)
    with closing(open_ledger(ledger_file, kind="production", station="bench-2", clock=earlier)) as other:
        other.act(ACT, who="qa")
    assert [entry.clock for entry in ledger.entries(0, 9)] == [ClockMark.STEADY, ClockMark.BACK]


def test_two_hundred_jumps_of_the_clock_are_all_marked_and_change_no_order(
    jumping: SqlLedger, clock: JumpingClock
) -> None:
    dice = random.Random(200)
    job = opened(jumping)
    expected = []
    for number in range(200):
        jump_s = dice.choice([-1, 1]) * dice.choice([3, 59, 3_600, 86_400, 400 * 86_400])
        clock.pass_s(dice.uniform(0, 0.5), jump_s=jump_s)
        jumping.note(job, who="qa", evidence=str(number))
        expected.append(ClockMark.BACK if jump_s < 0 else ClockMark.AHEAD)
        clock.pass_s(1)
        jumping.note(job, who="qa", evidence=f"steady {number}")
        expected.append(ClockMark.STEADY)
    assert [entry.clock for entry in jumping.entries(1, 999)] == expected
    told = [entry.evidence for entry in jumping.history(job.id)][1:]
    assert told == [text for number in range(200) for text in (str(number), f"steady {number}")]
    assert jumping.verify() is None


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("UPDATE entries SET who = 'somebody else' WHERE sequence = 1", EntryChanged),
        ("UPDATE entries SET evidence = x'00ff' WHERE sequence = 1", EntryChanged),
        ("UPDATE jobs SET operator = 'somebody else' WHERE id = 1", EntryChanged),
        ("UPDATE jobs SET content = 'another code' WHERE id = 1", JobAltered),
        ("UPDATE jobs SET work_order = x'00ff' WHERE id = 1", JobAltered),
    ],
)
def test_the_ledgers_own_check_finds_what_no_longer_fits_its_seal(
    ledger: SqlLedger, ledger_file: Path, damage: str, kind: type[Exception]
) -> None:
    opened(ledger)
    assert ledger.verify() is None
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(damage)
    fault = ledger.verify()
    assert isinstance(fault, kind), fault
    assert fault.sequence == 1  # type: ignore[attr-defined]


def test_an_act_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path) -> None:
    ledger.act(ACT, who="qa")
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("DROP TRIGGER entries_are_not_changed")
        raw.execute("UPDATE entries SET clock = 'odd'")
    with pytest.raises(LedgerDamaged, match="entry 1"):
        ledger.entries(0, 1)


def test_whoever_reads_it_all_can_be_stopped(ledger: SqlLedger) -> None:
    opened(ledger)
    stop = Stop()
    stop.set()
    for reading in (ledger.seal_lines(1, stop), ledger.seals(0, 1, stop)):
        with pytest.raises(Stopped):
            next(reading)
    with pytest.raises(Stopped):
        ledger.job_fault(stop)
