"""A disk that is full, whatever is left of it: nothing half-written, nothing sent unrecorded, and the stop is told."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.copy_failures import CopyNotMade
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.ballast import SIZE, Ballast
from gizqr_station.ledger.file_copies import copy_file
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import IMAGE, draft, mac, opened
from tests.fakes import SteppingClock
from tests.ledger.test_sqlite_engine import fill_up

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LEVELS = range(0, 65 * 4096, 4096)


@pytest.fixture
def disk(small_disk: Path) -> Path:
    """The small disk, somewhat larger: an empty ledger takes half of it, and its copy as much."""
    subprocess.run(["mount", "-o", "remount,size=3m", small_disk], check=True)
    return small_disk


@pytest.fixture
def ledger(disk: Path, fresh_ledger: Path) -> Iterator[SqlLedger]:
    with closing(with_ballast(disk, fresh_ledger)) as opened_here:
        yield opened_here


def with_ballast(disk: Path, fresh_ledger: Path) -> SqlLedger:
    path = disk / "ledger.sqlite"
    shutil.copyfile(fresh_ledger, path)
    clock = SteppingClock()
    return open_ledger(path, kind="production", station="bench-1", clock=clock, ballast=disk / "kept free")


def each_kind(ledger: SqlLedger, disk: Path, first: PrintJob, sent: PrintJob) -> list[Callable[[], object]]:
    """What is written while a station works."""
    return [
        lambda: ledger.open(draft("X-1", identity=mac(3)), IMAGE),
        lambda: ledger.move(first, JobState.SENT, who="station"),
        lambda: ledger.move(sent, JobState.PRINTED, who="station"),
        lambda: ledger.act(Act(ActKind.SIGN_IN, "Li Wei"), who="Li Wei"),
        lambda: ledger.label_serials(3),
        lambda: copy_file(disk / "ledger.sqlite", disk, AT, Stop()),
    ]


@pytest.mark.parametrize("levels", [LEVELS[::4], pytest.param(LEVELS, marks=pytest.mark.slow)], ids=["some", "all"])
def test_whatever_is_left_nothing_is_half_written(disk: Path, fresh_ledger: Path, levels: range) -> None:
    refused = 0
    for level in levels:
        with closing(with_ballast(disk, fresh_ledger)) as ledger:
            first = opened(ledger, identity=mac(1))
            sent = ledger.move(opened(ledger, identity=mac(2)), JobState.SENT, who="station")
            (disk / "kept free").unlink()
            filler = fill_up(disk, level)
            steps = each_kind(ledger, disk, first, sent)
            before = ledger.last_entry()
            done = 0
            for step in steps:
                try:
                    step()
                    done += 1
                except (DiskFull, CopyNotMade):
                    refused += 1
            assert ledger.verify() is None
            assert ledger.last_entry() - before <= done
            for other in disk.iterdir():
                assert ".part" not in other.name
            filler.unlink()
            # Room again: the next call that is made, without anybody doing anything, goes through.
            assert ledger.open(draft("X-2", identity=mac(9)), IMAGE).state is JobState.INTENDED
            assert ledger.verify() is None
        for left in disk.iterdir():
            left.unlink()
    assert refused > len(levels), "the disk was not full"


def test_the_ballast_lets_what_was_sent_be_told_and_the_stop_itself(disk: Path, ledger: SqlLedger) -> None:
    sent = ledger.move(opened(ledger, identity=mac(1)), JobState.SENT, who="station")
    filler = fill_up(disk, 0)
    printed = ledger.move(sent, JobState.PRINTED, who="station")
    assert printed.state is JobState.PRINTED
    (told,) = ledger.acts_about("disk full")
    assert (told.kind, told.who) == (ActKind.STORAGE.value, "bench-1")
    assert ledger.move(printed, JobState.VERIFIED, who="station").state is JobState.VERIFIED
    assert ledger.verify() is None
    assert filler.exists()


def begins(ledger: SqlLedger, waits: PrintJob, stands: PrintJob) -> list[Callable[[], object]]:
    """Everything by which one more label would go out."""
    return [
        lambda: ledger.open(draft("X-1", identity=mac(30)), IMAGE),
        lambda: ledger.enqueue(draft("X-2", identity=mac(31)), IMAGE, who="station"),
        lambda: ledger.enqueue_all([(draft("X-3", identity=mac(32)), IMAGE)], who="station"),
        lambda: ledger.take(waits.id, who="station"),
        lambda: ledger.move(stands, JobState.SENT, who="station"),
    ]


def test_nothing_new_is_begun_on_what_the_ballast_gave_free(disk: Path, ledger: SqlLedger) -> None:
    waits = ledger.enqueue(draft("Q-1", identity=mac(1)), IMAGE, who="station")
    stands = opened(ledger, identity=mac(2))
    filler = fill_up(disk, 0)
    with pytest.raises(DiskFull):
        ledger.label_serials(1)
    before = ledger.last_entry()
    for begin in begins(ledger, waits, stands):
        with pytest.raises(DiskFull):
            begin()
    assert ledger.last_entry() == before
    filler.unlink()
    for begin in begins(ledger, waits, stands):
        begin()
    assert (disk / "kept free").stat().st_size == SIZE
    assert ledger.verify() is None


def test_a_disk_that_is_full_already_at_the_start_begins_no_label_and_recovers(disk: Path, fresh_ledger: Path) -> None:
    shutil.copyfile(fresh_ledger, disk / "ledger.sqlite")
    filler = fill_up(disk, 128 * 1024)
    clock = SteppingClock()
    path, ballast = disk / "ledger.sqlite", disk / "kept free"
    with closing(open_ledger(path, kind="production", station="bench-1", clock=clock, ballast=ballast)) as ledger:
        assert not ballast.exists()
        with pytest.raises(DiskFull):
            ledger.open(draft("X-1", identity=mac(1)), IMAGE)
        assert list(ledger.all_jobs()) == []
        filler.unlink()
        assert ledger.open(draft("X-1", identity=mac(1)), IMAGE).state is JobState.INTENDED


def test_a_ballast_is_whole_or_not_there(disk: Path) -> None:
    ballast = Ballast(disk / "kept free")
    assert ballast.kept()
    assert ballast.give()
    assert not ballast.give()
    (disk / "kept free").write_bytes(b"half of it")
    filler = fill_up(disk, SIZE // 2)
    assert not ballast.kept()
    filler.unlink()
    assert ballast.kept()
    assert (disk / "kept free").stat().st_size == SIZE
