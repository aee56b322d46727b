"""Copies of a ledger file: whole, checked, told in the record, never fewer than the newest one."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gizqr_station.domain.audit import ActKind
from gizqr_station.domain.copy_failures import CopyNotMade, CopyNotWhole
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.ledger.copies import FileCopies
from gizqr_station.ledger.file_copies import checked_head, copy_file, newest_copy, older_copies
from gizqr_station.ledger.store import SqlLedger
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.ledger.conftest import OpenLedger

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Minutes:
    """A clock that goes on a minute each time."""

    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path


def copies(ledger: SqlLedger, ledger_file: Path, place: Path, *, made: bool = True, kept: int = 30) -> FileCopies:
    return FileCopies(ledger_file, ledger, place, made=made, kept=kept, clock=Minutes())


def files(place: Path) -> list[str]:
    return sorted(file.name for file in place.iterdir())


def test_a_copy_has_every_label_and_opens_as_a_ledger(
    ledger: SqlLedger, ledger_file: Path, place: Path, open_again: OpenLedger
) -> None:
    for number in (1, 2, 3):
        brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
    before = list(ledger.all_jobs())
    whole = Path(copies(ledger, ledger_file, place).copy(who="lead", stop=Stop()))
    assert list(open_again(whole).all_jobs()) == before
    assert whole.name == f"ledger-{ledger.ledger_id()[:8]}-20261122T080100Z-{12:09d}.sqlite"
    assert whole.stat().st_mode & 0o077 == 0


def test_a_copy_is_told_in_the_record(ledger: SqlLedger, ledger_file: Path, place: Path) -> None:
    opened(ledger)
    seal = ledger.seal_at(1)
    copies(ledger, ledger_file, place).copy(who="lead", stop=Stop())
    (act,) = ledger.acts_about("copy")
    assert (act.kind, act.who, act.sequence) == (ActKind.BACKUP.value, "lead", 2)
    assert seal in act.evidence


def test_older_copies_go_and_nothing_of_anybody_else_does(ledger: SqlLedger, ledger_file: Path, place: Path) -> None:
    (place / "holiday.jpg").write_text("not ours")
    (place / "ledger-00000000-20200101T000000Z-000000001.sqlite").write_text("of another ledger")
    made = copies(ledger, ledger_file, place, kept=2)
    whole = [Path(made.copy(who="lead", stop=Stop())).name for _ in range(4)]
    assert files(place) == sorted(["holiday.jpg", "ledger-00000000-20200101T000000Z-000000001.sqlite", *whole[-2:]])


def test_the_newest_is_never_among_those_that_go(tmp_path: Path) -> None:
    name = "ledger-0a0a0a0a-20261122T08000{}Z-00000000{}.sqlite"
    for number in (1, 2):
        (tmp_path / name.format(number, number)).touch()
    assert [path.name for path in older_copies(tmp_path, "0a" * 16, 0)] == [name.format(1, 1)]
    newest = newest_copy(tmp_path)
    assert newest is not None
    assert newest.name == name.format(2, 2)


def test_a_named_folder_that_is_away_is_said_and_not_made(ledger: SqlLedger, ledger_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CopyNotMade):
        copies(ledger, ledger_file, tmp_path / "usb", made=False).copy(who="lead", stop=Stop())
    assert not (tmp_path / "usb").exists()


def test_a_full_disk_leaves_no_half_copy_and_the_ones_before(
    ledger: SqlLedger, ledger_file: Path, small_disk: Path
) -> None:
    made = copies(ledger, ledger_file, small_disk, kept=1)
    whole = Path(made.copy(who="lead", stop=Stop())).name
    (small_disk / "filler").write_bytes(b"x" * (1024 * 1024 - 2 * ledger_file.stat().st_size))
    with pytest.raises(CopyNotMade):
        made.copy(who="lead", stop=Stop())
    assert files(small_disk) == ["filler", whole]


def test_a_stopped_copy_leaves_nothing(ledger_file: Path, place: Path) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        copy_file(ledger_file, place, AT, stop)
    assert files(place) == []


def test_a_copy_that_takes_too_long_is_given_up(ledger_file: Path, place: Path) -> None:
    with pytest.raises(CopyNotMade, match="too often"):
        copy_file(ledger_file, place, AT, Stop(), within_s=-1.0)
    assert files(place) == []


def test_a_damaged_ledger_gives_no_copy(ledger_file: Path, place: Path) -> None:
    raw = bytearray(ledger_file.read_bytes())
    raw[4096:12288] = b"\xff" * 8192
    ledger_file.write_bytes(raw)
    with pytest.raises((CopyNotWhole, CopyNotMade)):
        copy_file(ledger_file, place, AT, Stop())
    assert files(place) == []


def test_a_file_that_is_no_ledger_is_no_copy(tmp_path: Path) -> None:
    for name, content in (("empty", b""), ("text", b"hello" * 1000)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CopyNotWhole):
            checked_head(tmp_path / name)
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("CREATE TABLE notes (text)")
    with pytest.raises(CopyNotWhole):
        checked_head(tmp_path / "other")


def copied_while_written(ledger: SqlLedger, ledger_file: Path, place: Path, times: int) -> None:
    """Each copy is whole, and has what was written before it began."""
    stop, written = threading.Event(), list[int]()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
            written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for step in range(times):
            before = len(written)
            whole, head = copy_file(ledger_file, place, AT + timedelta(seconds=step), Stop())
            assert checked_head(whole) == head
            assert head.entries >= 4 * before
            with closing(sqlite3.connect(whole)) as copy:
                (verified,) = copy.execute("SELECT count(*) FROM jobs WHERE state = 'verified'").fetchone()
            assert verified >= before
    finally:
        stop.set()
        writer.join()


def test_copies_made_while_labels_are_written_are_whole(ledger: SqlLedger, ledger_file: Path, place: Path) -> None:
    copied_while_written(ledger, ledger_file, place, 10)


@pytest.mark.slow
def test_two_hundred_copies_made_while_labels_are_written_are_whole(
    ledger: SqlLedger, ledger_file: Path, place: Path
) -> None:
    copied_while_written(ledger, ledger_file, place, 200)


def test_a_day_that_has_its_copy_gets_no_second_one(ledger: SqlLedger, ledger_file: Path, place: Path) -> None:
    made = copies(ledger, ledger_file, place)
    asked = [made.copy_if_older(timedelta(minutes=2), who="bench-1", stop=Stop()) for _ in range(3)]
    assert [bool(path) for path in asked] == [True, False, True]
    assert len(files(place)) == 2


def test_a_copy_from_the_future_does_not_keep_the_next_one_back(
    ledger: SqlLedger, ledger_file: Path, place: Path
) -> None:
    (place / f"ledger-{ledger.ledger_id()[:8]}-20380101T000000Z-000000001.sqlite").touch()
    assert copies(ledger, ledger_file, place).copy_if_older(timedelta(days=1), who="bench-1", stop=Stop())
