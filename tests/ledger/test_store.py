"""What only the real ledger has to stand: many threads, many processes, long exports, changed bytes."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, LedgerBusy, LedgerDamaged
from gizqr_station.domain.print_queue_failures import NotQueued
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.ledger import store
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, MAC, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.ledger.conftest import OpenLedger


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run it in so many threads that start together; what each returned, or the refusal it raised."""
    start = threading.Barrier(count)

    def run(number: int) -> object:
        start.wait(timeout=10)
        try:
            return work(number)
        except (AlreadyLabelled, IllegalMove, NotQueued) as refused:
            return type(refused)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_of_twenty_threads_one_gets_the_label(ledger: SqlLedger) -> None:
    ends = at_once(20, lambda number: ledger.open(draft(f"L-{number:06d}"), IMAGE).state)
    assert sorted(map(str, ends)) == sorted([str(JobState.INTENDED)] + [str(AlreadyLabelled)] * 19)
    assert len(list(ledger.all_jobs())) == 1
    assert ledger.verify() is None


def test_of_twenty_threads_one_moves_the_job(ledger: SqlLedger) -> None:
    sent = brought_to(ledger, opened(ledger), JobState.SENT)
    ends = at_once(20, lambda number: ledger.move(sent, JobState.VERIFIED, who=f"thread {number}").state)
    assert ends.count(JobState.VERIFIED) == 1
    assert ends.count(IllegalMove) == 19
    assert [entry.state for entry in ledger.history(sent.id)].count(JobState.VERIFIED) == 1


def test_of_twenty_threads_one_takes_the_job(ledger: SqlLedger) -> None:
    job = ledger.enqueue(draft("L-000001"), IMAGE, who="batch")
    ends = at_once(20, lambda number: ledger.take(job.id, who=f"thread {number}").state)
    assert ends.count(JobState.SENT) == 1
    assert ends.count(NotQueued) == 19
    assert [entry.state for entry in ledger.history(job.id)].count(JobState.SENT) == 1


def test_labels_that_are_sent_side_by_side_are_all_counted(ledger: SqlLedger) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 100, 0, who="li.wei")
    jobs = [opened(ledger, identity=mac(number)) for number in range(20)]
    at_once(20, lambda number: ledger.move(jobs[number], JobState.SENT, who="station"))
    assert [supply.left for supply in ledger.supplies("bench printer")] == [80]


def test_twenty_threads_get_twenty_serials(ledger: SqlLedger) -> None:
    assert len(set(at_once(20, lambda _: ledger.next_label_serial()))) == 20


def test_lanes_work_side_by_side(ledger: SqlLedger) -> None:
    def lane(number: int) -> object:
        for unit in range(5):
            job = opened(ledger, identity=mac(number * 100 + unit))
            assert ledger.find("", limit=3)
            brought_to(ledger, job, JobState.VERIFIED)
        return "done"

    assert at_once(6, lane) == ["done"] * 6
    assert ledger.count(JobState.VERIFIED) == 30
    assert ledger.verify() is None


def claim_twenty(ledger: SqlLedger, name: str) -> list[str]:
    """Open one label for each of twenty products; what became of each."""
    ends = []
    for number in range(20):
        drawn = draft(f"{name}-{number}", content=f"{number}", product_key=f"{number:032x}", station=name)
        try:
            ledger.open(drawn, IMAGE)
            ends.append(f"got {number}")
        except AlreadyLabelled:
            ends.append(f"lost {number}")
    return ends


RIVAL = """
import sys
from pathlib import Path
from gizqr_station.ledger.opening import open_ledger
from tests.fakes import SteppingClock
from tests.ledger.test_store import claim_twenty
ledger = open_ledger(Path(sys.argv[1]), kind="production", station="rival", clock=SteppingClock())
print("ready", flush=True)
sys.stdin.readline()
print(*claim_twenty(ledger, "rival"), sep="\\n")
"""


def test_of_two_processes_one_gets_each_label(ledger: SqlLedger, ledger_file: Path) -> None:
    command = [sys.executable, "-c", RIVAL, str(ledger_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as rival:
        assert rival.stdin is not None
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
        rival.stdin.write("go\n")
        rival.stdin.flush()
        ours = claim_twenty(ledger, "ours")
        theirs = rival.communicate(timeout=60)[0].split("\n")[:-1]
    assert sorted(ours + theirs) == sorted(f"{end} {number}" for end in ("got", "lost") for number in range(20))
    assert len(list(ledger.all_jobs())) == 20


def take_twenty(ledger: SqlLedger) -> list[str]:
    """Take each of twenty jobs; what became of each."""
    ends = []
    for number in range(1, 21):
        try:
            ledger.take(number, who="station")
            ends.append(f"got {number}")
        except NotQueued:
            ends.append(f"lost {number}")
    return ends


def test_of_two_processes_one_takes_each_job(ledger: SqlLedger, ledger_file: Path) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 100, 0, who="li.wei")
    for number in range(20):
        ledger.enqueue(draft(f"L-{number}", identity=mac(number)), IMAGE, who="batch")
    program = RIVAL.replace('claim_twenty(ledger, "rival")', "take_twenty(ledger)").replace("claim_", "take_")
    command = [sys.executable, "-c", program, str(ledger_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as rival:
        assert rival.stdin is not None
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
        rival.stdin.write("go\n")
        rival.stdin.flush()
        ours = take_twenty(ledger)
        theirs = rival.communicate(timeout=60)[0].split("\n")[:-1]
    numbers = range(1, 21)
    assert sorted(ours + theirs) == sorted(f"{end} {number}" for end in ("got", "lost") for number in numbers)
    assert [supply.left for supply in ledger.supplies("bench printer")] == [80]
    assert ledger.verify() is None


def test_a_long_export_comes_in_pages_and_keeps_no_one_waiting(
    ledger: SqlLedger, ledger_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PAGE", 3)
    jobs = [opened(ledger, identity=mac(number)) for number in range(7)]
    export = ledger.all_jobs()
    assert next(export) == jobs[0]
    with closing(sqlite3.connect(ledger_file, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # would be refused while the export reads
        other.execute("ROLLBACK")
    assert list(export) == jobs[1:]


@pytest.mark.parametrize("queued", [False, True])
def test_a_label_costs_four_commits_however_it_is_sent_and_counted(ledger: SqlLedger, queued: bool) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    asked = list[str]()
    with ledger._database.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
    assert ledger.supplies("bench printer")
    drawn = draft(ledger.next_label_serial())
    if queued:
        sent = ledger.take(ledger.enqueue(drawn, IMAGE, who="batch").id, who="station")
    else:
        sent = ledger.move(ledger.open(drawn, IMAGE), JobState.SENT, who="station")
    ledger.move(sent, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
    driver.set_trace_callback(None)
    assert asked.count("BEGIN IMMEDIATE") == 4


def test_each_call_is_durable_when_it_returns(ledger: SqlLedger, ledger_file: Path) -> None:
    """Read by another connection, so nothing is held back in this one."""
    job = opened(ledger)
    sent = ledger.move(job, JobState.SENT, who="station")
    ledger.move(sent, JobState.SENT, who="station", outcome=PrintOutcome.ACCEPTED)
    with closing(sqlite3.connect(ledger_file)) as raw:
        assert raw.execute("SELECT state, outcome FROM jobs").fetchall() == [("sent", "accepted")]
        assert raw.execute("SELECT state FROM entries ORDER BY sequence").fetchall() == [
            ("intended",),
            ("sent",),
            ("sent",),
        ]
        assert raw.execute("SELECT job, width, height, dpi FROM images").fetchall() == [(1, 12, 2, 203)]


def test_a_job_whose_entry_cannot_be_written_is_not_written(ledger: SqlLedger, ledger_file: Path) -> None:
    job = opened(ledger)
    waits = ledger.enqueue(draft(ledger.next_label_serial(), identity=mac(2)), IMAGE, who="batch")
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    with closing(sqlite3.connect(ledger_file)) as raw:
        raw.execute("CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'broken'); END")
    writes: list[Callable[[], object]] = [
        lambda: ledger.open(draft("L-000007", identity=mac(1)), IMAGE),
        lambda: ledger.move(job, JobState.SENT, who="station"),
        lambda: ledger.settle_interrupted("station"),
        lambda: ledger.enqueue(draft("L-000008", identity=mac(1)), IMAGE, who="batch"),
        lambda: ledger.hold(waits.id, who="qa", reason="wait"),
        lambda: ledger.hold_waiting("bench printer", who="qa", reason="wait"),
        lambda: ledger.reassign(waits.id, "B", who="qa"),
        lambda: ledger.cancel(waits.id, who="qa"),
        lambda: ledger.take(waits.id, who="qa"),
    ]
    for write in writes:
        with pytest.raises(Exception, match="broken"):
            write()
    assert list(ledger.all_jobs()) == [job, waits]
    assert [(queued.held, queued.printer) for queued in ledger.queued()] == [(False, "bench printer")]
    assert [supply.left for supply in ledger.supplies("bench printer")] == [10]


def test_a_closed_ledger_leaves_no_other_file_behind(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    ledger.close()
    assert [path.name for path in ledger_file.parent.iterdir()] == ["ledger.sqlite"]


def changed(path: Path, statement: str, *values: Any) -> None:
    """Change the file as no trigger would allow."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        assert raw.execute(statement, values).rowcount > 0


DAMAGES = [
    ("UPDATE jobs SET state = 'verified' WHERE id = 2", "job 2 is verified, its last entry says sent"),
    ("DELETE FROM entries WHERE sequence = 3", "job 2 is sent, its last entry says intended"),
    ("DELETE FROM entries WHERE job = 2", "job 2 is sent, its last entry says None"),
    ("UPDATE images SET dots = x'00' WHERE job = 2", "image of job 2"),
    ("UPDATE images SET dpi = 300 WHERE job = 2", "image of job 2"),
    ("UPDATE images SET dots = 'text' WHERE job = 2", "image of job 2"),
    ("UPDATE jobs SET image_digest = 'other' WHERE id = 2", "image of job 2"),
    ("DELETE FROM images WHERE job = 2", "job 2 has no image"),
]


@pytest.mark.parametrize(("statement", "reason"), DAMAGES)
def test_a_changed_record_is_found_and_named(ledger: SqlLedger, ledger_file: Path, statement: str, reason: str) -> None:
    jobs = [opened(ledger, identity=mac(number)) for number in range(3)]
    ledger.move(jobs[1], JobState.SENT, who="station")
    # entries: 1 and 2 and 3 open the jobs, 4 moves the second
    changed(ledger_file, statement.replace("sequence = 3", "sequence = 4"))
    fault = ledger.verify()
    assert isinstance(fault, LedgerDamaged)
    assert fault.reason.startswith(reason)


def test_every_page_of_images_is_checked(ledger: SqlLedger, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gizqr_station.ledger.job_images._PAGE", 2)
    for number in range(5):
        opened(ledger, identity=mac(number))
    changed(ledger_file, "UPDATE images SET dots = x'00' WHERE job = 5")
    assert isinstance(fault := ledger.verify(), LedgerDamaged)
    assert fault.reason.startswith("image of job 5")


def test_an_index_that_disagrees_with_its_table_is_found(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with closing(sqlite3.connect(ledger_file)) as raw, raw:
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'content_digest', 'printer') WHERE name LIKE 'jobs_by_c%'"
        )
    ledger.close()  # reopened by the next call, which then reads the changed schema
    assert isinstance(ledger.verify(), LedgerDamaged)


def test_a_held_ledger_is_said_to_be_busy_not_damaged(ledger_file: Path, open_again: OpenLedger) -> None:
    ledger = open_again(ledger_file, busy_timeout_s=0.1)
    with closing(sqlite3.connect(ledger_file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert isinstance(ledger.verify(), LedgerBusy)


@pytest.mark.parametrize(
    "damage",
    [
        "state = 'gone'",
        "outcome = 'perhaps'",
        "identity = 'ffffffffffff'",
        "identity_kind = 'vin'",
        "code_source = 'thin air'",
        "moved_at = 9223372036854775807",
        "opened_at = 'yesterday'",
        "printer = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_job_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path, damage: str) -> None:
    opened(ledger)
    changed(ledger_file, f"UPDATE jobs SET {damage}")
    with pytest.raises(LedgerDamaged) as damaged:
        ledger.find("")
    assert damaged.value.path == str(ledger_file)


def test_contents_are_compared_in_full_not_by_digest_alone(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger, content="as printed")
    changed(ledger_file, "UPDATE jobs SET content = 'as changed'")
    assert ledger.with_content("as printed") is None


def test_an_entry_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    changed(ledger_file, "UPDATE entries SET state = 'gone'")
    with pytest.raises(LedgerDamaged, match="entry 1"):
        ledger.history(1)


MOVED = (
    "INSERT INTO entries"
    " SELECT 9, ?, 'move', 'sent', subject, at, clock, who, station, evidence, seal FROM entries LIMIT 1"
)


def test_a_job_that_waits_but_has_moved_is_found(ledger: SqlLedger, ledger_file: Path) -> None:
    job = ledger.enqueue(draft("L-000001"), IMAGE, who="batch")
    changed(ledger_file, MOVED, job.id)
    changed(ledger_file, "UPDATE jobs SET state = 'sent'")
    assert isinstance(fault := ledger.verify(), LedgerDamaged)
    assert fault.reason == "job 1 waits in the queue, but is sent"


@pytest.mark.parametrize(
    ("damage", "name"),
    [("UPDATE queue SET acted_at = 9223372036854775807", "queued job 1"), ("UPDATE jobs SET state = 'gone'", "job 1")],
)
def test_a_queue_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path, damage: str, name: str) -> None:
    ledger.enqueue(draft("L-000001"), IMAGE, who="batch")
    changed(ledger_file, damage)
    with pytest.raises(LedgerDamaged, match=name):
        ledger.queued()


@pytest.mark.parametrize("damage", ["kind = 'toner'", "remaining = 'many'"])
def test_a_count_that_cannot_be_read_is_damage(ledger: SqlLedger, ledger_file: Path, damage: str) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 0, who="li.wei")
    changed(ledger_file, f"UPDATE supplies SET {damage}")
    with pytest.raises(LedgerDamaged, match="bench printer"):
        ledger.supplies("bench printer")


def test_who_put_in_which_roll_and_what_was_left_of_the_last_stays_on_record(
    ledger: SqlLedger, ledger_file: Path
) -> None:
    ledger.load_supply("bench printer", SupplyKind.LABELS, 10, 2, who="li.wei")
    ledger.use_supply("bench printer", 3)
    ledger.load_supply("bench printer", SupplyKind.LABELS, 20, 2, who="qa")
    ledger.load_supply("bench printer", SupplyKind.LABELS, 0, 0, who="qa")
    with closing(sqlite3.connect(ledger_file)) as raw:
        loads = raw.execute("SELECT printer, kind, remaining, capacity, warn_below, who FROM supply_loads").fetchall()
        (times,) = raw.execute("SELECT count(DISTINCT at) FROM supply_loads").fetchone()
    assert loads == [
        ("bench printer", "labels", None, 10, 2, "li.wei"),
        ("bench printer", "labels", 7, 20, 2, "qa"),
        ("bench printer", "labels", 20, 0, 0, "qa"),
    ]
    assert times == 3


@pytest.mark.parametrize("damage", ["DELETE FROM serials", "UPDATE serials SET last = 0.5"])
def test_a_counter_that_is_gone_is_damage(ledger: SqlLedger, ledger_file: Path, damage: str) -> None:
    changed(ledger_file, damage)
    with pytest.raises(LedgerDamaged, match="counter"):
        ledger.next_label_serial()


def test_dots_that_are_not_those_of_the_job_are_not_shown(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    changed(ledger_file, "UPDATE images SET dots = x'00'")
    with pytest.raises(LedgerDamaged, match="image of job 1"):
        ledger.image(1)


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda ledger: ledger.latest(PRODUCT_KEY, MAC), "jobs_by_identity"),
        (lambda ledger: ledger.require_unlabelled(PRODUCT_KEY, MAC), "one_live_label"),
        (lambda ledger: ledger.revision_for(PRODUCT_KEY, MAC), "jobs_by_identity"),
        (lambda ledger: ledger.with_content("x"), "jobs_by_content"),
        (lambda ledger: ledger.count(JobState.VERIFIED), "jobs_by_state"),
        (lambda ledger: ledger.open_jobs(), "jobs_by_state"),
        (lambda ledger: ledger.history(1), "entries_by_job"),
        (lambda ledger: ledger.queued("bench printer"), "queue_by_printer"),
        (lambda ledger: ledger.held_count("bench printer"), "queue_by_printer"),
        (lambda ledger: ledger.supplies("bench printer"), "sqlite_autoindex_supplies"),
    ],
)
def test_what_is_asked_for_each_unit_is_looked_up_not_searched(
    ledger: SqlLedger, ledger_file: Path, question: Callable[[SqlLedger], object], index: str
) -> None:
    asked = list[str]()
    with ledger._database.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
    question(ledger)
    driver.set_trace_callback(None)
    (select,) = [statement for statement in asked if statement.startswith("SELECT")]
    with closing(sqlite3.connect(ledger_file)) as raw:
        plan = [detail for *_, detail in raw.execute(f"EXPLAIN QUERY PLAN {select}")]
    assert any(index in step for step in plan), plan
    assert not any(step.startswith("SCAN") for step in plan)
