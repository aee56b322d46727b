"""Another ledger's labels are taken over: all of them, once, as they were made, into one record that stays whole."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled, LedgerNewer, WrongLedgerKind
from gizqr_station.domain.merge_failures import (
    HasMerged,
    LedgerDiverged,
    MergedIntoItself,
    MergedMeanwhile,
    MergeUnreadable,
    OlderThanMerged,
)
from gizqr_station.domain.merging import MergedUpTo, MergePage, Taken
from gizqr_station.domain.people_failures import NotAllowed
from gizqr_station.domain.records import RecordQuery
from gizqr_station.domain.result import Destination
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.ledger.merge_files import foreign_ledger
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows import merge as merging
from gizqr_station.workflows.merge import looked_over, merge
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.fake_duty import FakeDuty
from tests.fakes import SteppingClock
from tests.ledger.field import LEAD, Field, Fields, merged


@pytest.fixture
def field(fields: Fields) -> Field:
    return fields("f7")


def as_made(job: PrintJob) -> PrintJob:
    """What both ledgers have to say alike."""
    return replace(job, id=0, origin="", origin_job=0, contested=False)


def standing(ledger: SqlLedger) -> list[tuple[object, ...]]:
    """Every label with its history, but for the moments at which entries were written here."""
    return [
        (job, [(entry.kind, entry.state, entry.who, entry.evidence) for entry in ledger.history(job.id)])
        for job in ledger.all_jobs()
    ]


def test_labels_come_with_all_that_is_known_of_them(ours: SqlLedger, field: Field) -> None:
    for unit, state in enumerate(JobState, start=1):
        field.label(unit, state, work_order=f"WO-{unit}")
    taken = merged(ours, field.file)
    assert (taken.taken.labels, taken.taken.contested, taken.behind) == (len(JobState), 0, 0)
    there, here = field.jobs(), list(ours.all_jobs())
    assert [as_made(job) for job in here] == [as_made(job) for job in there]
    assert [(job.origin, job.origin_job) for job in here] == [(field.ledger_id, job.id) for job in there]
    for job, was in zip(here, there, strict=True):
        assert ours.image(job.id) == IMAGE
        history = field.ledger.history(was.id)
        assert [(e.kind, e.state, e.who, e.evidence) for e in ours.history(job.id)] == [
            (e.kind, e.state, e.who, e.evidence) for e in history
        ]
    assert ours.verify() is None
    assert ours.devices_labelled(PRODUCT_KEY) == len(JobState) - 1


def test_each_entry_says_which_one_it_was_and_how_it_was_sealed_there(ours: SqlLedger, field: Field) -> None:
    field.label(1, JobState.PRINTED)
    merged(ours, field.file)
    there, origin = field.ledger.entries(0, 9), field.ledger_id
    here = [entry for entry in ours.entries(0, 9) if entry.job is not None]
    assert [(e.kind, e.state, e.who, e.station) for e in here] == [(e.kind, e.state, e.who, e.station) for e in there]
    assert {entry.station for entry in here} == {"f7"}
    for entry, was in zip(here, there, strict=True):
        assert entry.subject == f"merged {origin[:12]} {was.sequence} {was.at:%Y-%m-%dT%H:%M:%S.%fZ} {was.seal[:16]}"
    (act,) = ours.acts_about(origin)
    assert (act.kind, act.who) == ("merge", LEAD)
    assert f'"head": "{there[-1].seal}"' in act.evidence


def test_merging_again_brings_what_is_new_and_nothing_twice(ours: SqlLedger, field: Field) -> None:
    first = field.label(1, JobState.SENT)
    merged(ours, field.file)
    last = ours.last_entry()
    assert merged(ours, field.file).taken == Taken()
    assert ours.last_entry() == last
    field.move(first, JobState.VERIFIED)
    field.label(2, JobState.PRINTED)
    again = merged(ours, field.file)
    assert again.taken == Taken(labels=1, moves=3)
    assert [as_made(job) for job in ours.all_jobs()] == [as_made(job) for job in field.jobs()]
    assert ours.verify() is None


def test_an_outcome_that_came_late_comes_too(ours: SqlLedger, field: Field) -> None:
    job = field.label(1, JobState.SENT, scan_back_due=False)
    merged(ours, field.file)
    field.ledger.move(job, JobState.SENT, who="Wu", outcome=PrintOutcome.ACCEPTED)
    merged(ours, field.file)
    (here,) = ours.all_jobs()
    assert (here.state, here.outcome, here.sent_to) == (JobState.SENT, PrintOutcome.ACCEPTED, "bench printer")


def test_a_merged_device_gets_no_second_label(ours: SqlLedger, field: Field) -> None:
    field.label(1)
    merged(ours, field.file)
    with pytest.raises(AlreadyLabelled) as refused:
        opened(ours, identity=mac(1))
    assert refused.value.station == "f7"


@pytest.mark.parametrize("at", range(1, 6))
def test_a_merge_that_broke_off_goes_on_from_there(
    ours: SqlLedger, field: Field, at: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    for unit in range(1, 4):
        field.label(unit, JobState.VERIFIED)
    opened(ours, identity=mac(2))
    calls = 0

    def broken(page: MergePage, so_far: Taken, *, who: str, last: bool) -> Taken:
        nonlocal calls
        calls += 1
        if calls == at:
            raise RuntimeError
        return SqlLedger.take_over(ours, page, so_far, who=who, last=last)

    with monkeypatch.context() as patched:
        patched.setattr(ours, "take_over", broken)
        with pytest.raises(RuntimeError):
            merged(ours, field.file)
    assert ours.verify() is None
    merged(ours, field.file)
    whole = [as_made(job) for job in ours.all_jobs() if job.origin]
    assert whole == [as_made(job) for job in field.jobs()]
    assert [len(conflict.labels) for conflict in ours.conflicts()] == [2]
    assert ours.verify() is None
    assert merged(ours, field.file).taken == Taken()


def test_a_page_that_breaks_in_the_middle_leaves_nothing(
    ours: SqlLedger, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    field.label(1)
    last = ours.last_entry()
    with monkeypatch.context() as patched:
        patched.setattr("gizqr_station.ledger.search_index.keep_rows", _broken)
        with pytest.raises(RuntimeError):
            merged(ours, field.file)
    assert (list(ours.all_jobs()), ours.last_entry()) == ([], last)
    assert merged(ours, field.file).taken.labels == 1
    assert ours.verify() is None


def _broken(*_: object) -> int:
    raise RuntimeError


def test_a_stopped_merge_ends_between_two_pages(ours: SqlLedger, field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    field.label(1)
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        merged(ours, field.file, stop)
    assert list(ours.all_jobs()) == []


def test_two_that_merge_the_same_file_at_once_bring_nothing_twice(ours: SqlLedger, field: Field) -> None:
    field.label(1)
    with foreign_ledger(field.file, field.file.parent, kind="production", clock=SteppingClock()) as theirs:
        entries = theirs.entries(0, 99)
        page = MergePage(field.ledger_id, MergedUpTo(0, ""), entries, theirs.brought({1}))
        ours.take_over(page, Taken(), who=LEAD, last=True)
        with pytest.raises(MergedMeanwhile):
            ours.take_over(page, Taken(), who=LEAD, last=True)
    assert len(list(ours.all_jobs())) == 1


def test_a_look_says_what_a_merge_would_bring_and_writes_nothing(ours: SqlLedger, field: Field) -> None:
    opened(ours, identity=mac(2))
    for unit in (1, 2, 3):
        field.label(unit)
    last = ours.last_entry()
    with foreign_ledger(field.file, field.file.parent, kind="production", clock=SteppingClock()) as theirs:
        seen = looked_over(ours, theirs, "f7", Stop())
    assert (ours.last_entry(), len(list(ours.all_jobs()))) == (last, 1)
    assert seen == merged(ours, field.file)


def test_whoever_may_not_merge_does_not(ours: SqlLedger, field: Field) -> None:
    field.label(1)
    theirs = foreign_ledger(field.file, field.file.parent, kind="production", clock=SteppingClock())
    with theirs as ledger, pytest.raises(NotAllowed):
        merge(ours, ledger, FakeDuty("Zhang Min"), "f7", Stop())
    assert list(ours.all_jobs()) == []


# what is refused


def test_a_copy_that_went_on_apart_is_refused(ours: SqlLedger, field: Field, tmp_path: Path) -> None:
    field.label(1)
    shutil.copy(field.file, tmp_path / "twin.sqlite")
    field.label(2)
    with closing(Field(tmp_path / "twin.sqlite", "f7")) as twin:
        twin.label(3)
        twin.label(4)
    merged(ours, field.file)
    last = ours.last_entry()
    with pytest.raises(LedgerDiverged):
        merged(ours, tmp_path / "twin.sqlite")
    assert ours.last_entry() == last


def test_an_older_copy_is_refused(ours: SqlLedger, field: Field, tmp_path: Path) -> None:
    field.label(1)
    older = tmp_path / "older.sqlite"
    shutil.copy(field.file, older)
    field.label(2)
    merged(ours, field.file)
    with pytest.raises(OlderThanMerged):
        merged(ours, older)


def test_a_ledger_is_not_merged_into_itself(ledger: SqlLedger, ledger_file: Path) -> None:
    opened(ledger)
    with pytest.raises(MergedIntoItself):
        merged(ledger, ledger_file)
    assert len(list(ledger.all_jobs())) == 1


def test_a_ledger_that_took_others_in_is_refused(ours: SqlLedger, field: Field, fields: Fields) -> None:
    field.label(1)
    between = fields("between")
    merged(between.ledger, field.file)
    with pytest.raises(HasMerged):
        merged(ours, between.file)


def test_a_demo_does_not_get_into_the_record(ours: SqlLedger, tmp_path: Path) -> None:
    demo = tmp_path / "demo.sqlite"
    with closing(open_ledger(demo, kind="demo", station="f7", clock=SteppingClock())) as ledger:
        opened(ledger)
    with pytest.raises(WrongLedgerKind):
        merged(ours, demo)
    assert list(ours.all_jobs()) == []


def _no_ledger(file: Path) -> None:
    file.write_text("hello")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _other_word(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("DROP TRIGGER entries_are_not_changed")
        raw.execute("UPDATE entries SET who = 'somebody else' WHERE sequence = 2")
        raw.commit()


def _other_dots(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("DROP TRIGGER images_are_not_changed")
        raw.execute("UPDATE images SET dots = x'00'")
        raw.commit()


@pytest.mark.parametrize("spoil", [_no_ledger, _empty, _gone, _other_word, _other_dots])
def test_a_file_that_is_not_whole_brings_nothing(
    ledger: SqlLedger, field: Field, spoil: Callable[[Path], None]
) -> None:
    field.label(1)
    field.close()
    spoil(field.file)
    with pytest.raises(MergeUnreadable):
        merged(ledger, field.file)
    assert list(ledger.all_jobs()) == []


def test_a_newer_programs_ledger_is_refused(ledger: SqlLedger, field: Field) -> None:
    with closing(sqlite3.connect(field.file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(LedgerNewer):
        merged(ledger, field.file)


def test_an_older_programs_ledger_is_merged_and_stays_as_it_is(ours: SqlLedger, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as raw:
        raw.executescript(Path(__file__).with_name("ledger_0005.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    taken = merged(ours, old)
    assert taken.taken.labels == len(list(ours.all_jobs())) > 0
    assert (old.read_bytes(), ours.verify()) == (before, None)
    assert sorted(path.name for path in tmp_path.glob("old*")) == ["old.sqlite"]
    with closing(open_ledger(old, kind="production", station="f7", clock=SteppingClock())) as ledger:
        opened(ledger, identity=mac(77))
    assert merged(ours, old).taken.labels == 1


def test_what_a_killed_laptop_did_not_commit_is_not_merged(ours: SqlLedger, field: Field, tmp_path: Path) -> None:
    field.label(1)
    killed = tmp_path / "killed.sqlite"
    with closing(sqlite3.connect(field.file, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size=1")
        raw.execute("PRAGMA cache_spill=1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("CREATE TABLE half (x)")
        raw.execute("WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO half"
                    " SELECT randomblob(200) FROM n")  # fmt: skip
        shutil.copyfile(field.file, killed)
        shutil.copyfile(f"{field.file}-journal", f"{killed}-journal")
        raw.execute("ROLLBACK")
    assert merged(ours, killed).taken.labels == 1
    assert ours.verify() is None


# whose labels they are afterwards


def test_a_start_of_the_station_settles_no_merged_label(ours: SqlLedger, field: Field) -> None:
    """The laptop may send it yet: failed here, its device would be free for a second label."""
    for unit, state in ((1, JobState.INTENDED), (2, JobState.SENT), (3, JobState.UNKNOWN)):
        field.label(unit, state, station="bench-1")
    merged(ours, field.file)
    before = standing(ours)
    assert list(ours.settle_interrupted("station")) == []
    assert (standing(ours), ours.open_jobs()) == (before, [])
    assert [ours.count(state) for state in (JobState.SENT, JobState.UNKNOWN)] == [0, 0]
    assert len(ours.search(RecordQuery()).unknown) == 1


def test_what_moved_here_stays_and_their_moves_are_told_beside_it(ours: SqlLedger, field: Field) -> None:
    job = field.label(1, JobState.PRINTED)
    merged(ours, field.file)
    (here,) = ours.all_jobs()
    ours.move(here, JobState.VOIDED, who="Zhang Min", evidence="damaged")
    field.move(job, JobState.VERIFIED, evidence="scanned")
    assert merged(ours, field.file).taken == Taken(moves=1)
    (here,) = ours.all_jobs()
    last = ours.history(here.id)[-1]
    assert (here.state, last.kind, last.state) == (JobState.VOIDED, "note", JobState.VOIDED)
    assert last.evidence == "verified there: scanned"
    assert ours.verify() is None


def test_a_serial_that_is_taken_gets_the_beginning_of_its_origin(ours: SqlLedger, fields: Fields) -> None:
    same = fields("same", "L")
    opened(ours, identity=mac(1))
    old = same.label(2, JobState.VOIDED)
    same.label(2, JobState.VERIFIED, revision=1, replaces=old.draft.label_serial)
    merged(ours, same.file)
    mark = same.ledger_id[:4]
    assert [job.draft.label_serial for job in ours.all_jobs()] == ["L-000001", f"L-000001~{mark}", "L-000002"]
    assert [job.draft.label_serial for job in ours.find("L-000001")] == [f"L-000001~{mark}", "L-000001"]
    assert [job.draft.replaces for job in ours.all_jobs()] == ["", "", f"L-000001~{mark}"]
    assert ours.verify() is None


def test_results_are_handed_over_by_the_ledger_in_which_they_became_known(ledger: SqlLedger, field: Field) -> None:
    field.label(1, JobState.VERIFIED)
    before = ledger.last_entry()
    ledger.outbox_standing(Destination.FOLDER)
    merged(ledger, field.file)
    assert list(ledger.results_after(before, 99)) == []
    (here,) = ledger.all_jobs()
    ledger.move(here, JobState.VOIDED, who="Zhang Min")
    assert len(ledger.results_after(before, 99)) == 1


def test_a_changed_origin_is_found_out(ledger: SqlLedger, ledger_file: Path, field: Field) -> None:
    field.label(1)
    merged(ledger, field.file)
    with closing(sqlite3.connect(ledger_file)) as raw:
        raw.execute("DROP TRIGGER where_a_job_came_from_is_not_changed")
        raw.execute("UPDATE jobs SET origin_job = 9")
        raw.commit()
    assert isinstance(ledger.verify(), Failure)


def test_a_label_brought_to_its_end_twice_over_counts_its_device_once(ours: SqlLedger, field: Field) -> None:
    brought_to(ours, opened(ours, identity=mac(1)), JobState.VOIDED)
    field.label(1, JobState.FAILED)
    field.label(1, JobState.VERIFIED)
    merged(ours, field.file)
    assert ours.devices_labelled(PRODUCT_KEY) == 1
    assert ours.conflicts() == []
    assert ours.revision_for(PRODUCT_KEY, mac(1)) == 1
    assert ours.verify() is None
    assert draft("L-000001").product_key == PRODUCT_KEY
