"""A copy takes the ledger's place: nothing is lost that can still be read, and no serial is given out twice."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly.checkpoints import checkpoints_for
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.copies import SERIALS_SKIPPED, copies_for, restore
from gizqr_station.assembly.ledgers import hold
from gizqr_station.domain.copy_failures import CopiedElsewhere, CopyNotWhole, CopyOfAnother
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled, LedgerDamaged, StationAlreadyRunning
from gizqr_station.domain.restoring import Salvaged
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.salvage import NOT_READABLE, way_to
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, brought_to, draft, mac, opened

SETTINGS = Settings()
LATER = (JobState.SENT, JobState.VERIFIED, JobState.VOIDED, JobState.UNKNOWN, JobState.PRINTED, JobState.INTENDED)


def lead(_ledger: SqlLedger) -> str:
    return "lead"


def ledger_of(folder: DataFolder) -> SqlLedger:
    return open_ledger(folder.ledger_file, kind="production", station="bench-1", clock=SystemClock())


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.root.mkdir()
    return made


@pytest.fixture
def copy(folder: DataFolder) -> Path:
    """Of five verified labels and one that was printed; after it come six more, and the printed one is verified."""
    with closing(ledger_of(folder)) as ledger:
        for number in range(1, 6):
            brought_to(ledger, opened(ledger, identity=mac(number)), JobState.VERIFIED)
        printed = brought_to(ledger, opened(ledger, identity=mac(6)), JobState.PRINTED)
        made = copies_for(folder, SETTINGS, ledger, SystemClock()).copy(who="lead", stop=Stop())
        ledger.move(printed, JobState.VERIFIED, who="li.wei")
        for number, state in enumerate(LATER, start=7):
            brought_to(ledger, opened(ledger, identity=mac(number)), state)
        checkpoints_for(folder, SETTINGS, ledger).sign(who="lead", stop=Stop())
    return Path(made)


def recorded(ledger_file: Path) -> list[tuple[object, ...]]:
    """Every line of a ledger's record. (To ask whether somebody may restore opens the file, which it counts.)"""
    with closing(sqlite3.connect(ledger_file)) as raw:
        return raw.execute("SELECT * FROM entries ORDER BY sequence").fetchall()


def standing(folder: DataFolder) -> dict[str, str]:
    with closing(ledger_of(folder)) as ledger:
        assert ledger.verify() is None
        assert checkpoints_for(folder, SETTINGS, ledger).verify(Stop()).fault is None
        return {job.identity.text[-2:]: job.state.value for job in ledger.all_jobs()}


def test_what_the_old_file_still_tells_is_taken_over(folder: DataFolder, copy: Path) -> None:
    restored = restore(folder, SETTINGS, copy, lead)
    assert restored.salvaged == Salvaged(labels=6, moved=1, unreadable=0)
    assert not restored.labels_may_be_missing
    told = standing(folder)
    assert [told[f"{number:02x}"] for number in range(1, 7)] == ["verified"] * 6
    # Of what was intended or sent the last word may be lost: a person decides.
    assert [told[f"{number:02x}"] for number in range(7, 13)] == [
        "unknown", "verified", "voided", "unknown", "printed", "unknown",
    ]  # fmt: skip


def test_a_device_labelled_since_the_copy_gets_no_second_first_label(folder: DataFolder, copy: Path) -> None:
    restore(folder, SETTINGS, copy, lead)
    with closing(ledger_of(folder)) as ledger, pytest.raises(AlreadyLabelled):
        ledger.open(draft(ledger.next_label_serial(), identity=mac(8)), IMAGE)


@pytest.mark.parametrize("readable", [True, False], ids=["readable", "gone"])
def test_no_serial_is_given_out_twice(folder: DataFolder, copy: Path, readable: bool) -> None:
    if not readable:
        folder.ledger_file.write_bytes(b"\0" * 8192)
    restored = restore(folder, SETTINGS, copy, lead)
    assert (restored.salvaged == NOT_READABLE) is not readable
    assert restored.labels_may_be_missing is not readable
    with closing(ledger_of(folder)) as ledger:
        number = int(ledger.next_label_serial().rpartition("-")[2])
    assert number > 12
    if not readable:
        assert number > SERIALS_SKIPPED


def test_the_old_file_is_kept_as_it_was(folder: DataFolder, copy: Path) -> None:
    before = recorded(folder.ledger_file)
    restored = restore(folder, SETTINGS, copy, lead)
    assert recorded(Path(restored.kept_as)) == before
    left = sorted(file.name for file in folder.root.iterdir() if file.name.startswith("ledger.sqlite"))
    assert left == ["ledger.sqlite", Path(restored.kept_as).name]


def test_what_was_signed_since_is_set_aside_and_the_restore_is_told(folder: DataFolder, copy: Path) -> None:
    restored = restore(folder, SETTINGS, copy, lead)
    assert restored.checkpoints_set_aside == 1
    assert restored.signed_entries > restored.copied_entries
    with closing(ledger_of(folder)) as ledger:
        (act,) = ledger.acts_about("restore")
    assert (act.who, '"salvaged": "6"' in act.evidence) == ("lead", True)


def test_a_copy_of_another_ledger_is_refused(folder: DataFolder, copy: Path, tmp_path: Path) -> None:
    other = DataFolder(tmp_path / "other")
    other.root.mkdir()
    ledger_of(other).close()
    before = folder.ledger_file.read_bytes()
    with pytest.raises(CopyOfAnother):
        restore(folder, SETTINGS, other.ledger_file, lead)
    assert folder.ledger_file.read_bytes() == before


def test_a_copy_whose_record_was_changed_is_refused(folder: DataFolder, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.execute("DROP TRIGGER entries_are_not_changed")
        raw.execute("UPDATE entries SET who = 'nobody' WHERE sequence = 3")
    before = recorded(folder.ledger_file)
    with pytest.raises(CopyNotWhole, match="entry 3"):
        restore(folder, SETTINGS, copy, lead)
    assert recorded(folder.ledger_file) == before


def test_whoever_may_not_restore_changes_nothing(folder: DataFolder, copy: Path) -> None:
    before = recorded(folder.ledger_file)

    def nobody(_ledger: SqlLedger) -> str:
        raise LedgerDamaged("", "not allowed")

    with pytest.raises(LedgerDamaged):
        restore(folder, SETTINGS, copy, nobody)
    assert recorded(folder.ledger_file) == before
    assert not folder.ledger_file.with_name("ledger.sqlite.restoring").exists()


def test_a_running_station_is_left_alone(folder: DataFolder, copy: Path) -> None:
    lock = hold(folder)
    try:
        with pytest.raises(StationAlreadyRunning):
            restore(folder, SETTINGS, copy, lead)
    finally:
        lock.release()


def test_without_the_old_file_the_copy_alone_comes_back(folder: DataFolder, copy: Path) -> None:
    folder.ledger_file.unlink()
    restored = restore(folder, SETTINGS, copy, lead)
    assert (restored.kept_as, restored.labels_may_be_missing) == ("", True)
    assert len(standing(folder)) == 6


def test_a_journal_of_the_old_file_does_not_reach_the_restored_one(folder: DataFolder, copy: Path) -> None:
    journal = folder.ledger_file.with_name("ledger.sqlite-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504)
    restored = restore(folder, SETTINGS, copy, lead)
    assert not journal.exists()
    assert restored.salvaged.labels == 6
    assert len(standing(folder)) == 12


def test_a_shared_ledger_is_not_copied_here(folder: DataFolder) -> None:
    shared = Settings(ledger=LedgerSettings(url="postgresql://station@db/records"))
    with closing(ledger_of(folder)) as ledger, pytest.raises(CopiedElsewhere):
        copies_for(folder, shared, ledger, SystemClock())


@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_damaged_anywhere_comes_back_whole(folder: DataFolder, copy: Path, seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(folder.ledger_file.read_bytes())
    for _ in range(chance.choice([1, 20, 400])):
        raw[chance.randrange(100, len(raw))] = chance.randrange(256)
    folder.ledger_file.write_bytes(raw)
    shutil.copyfile(copy, folder.root / "copy")
    restored = restore(folder, SETTINGS, copy, lead)
    told = standing(folder)
    assert set(told) >= {f"{number:02x}" for number in range(1, 7)}
    assert len(told) == 6 + restored.salvaged.labels
    if restored.salvaged.labels + restored.salvaged.unreadable < 6:
        assert restored.labels_may_be_missing


def test_a_salvaged_label_goes_only_where_the_table_of_states_leads() -> None:
    assert way_to(JobState.INTENDED, JobState.VERIFIED) == (JobState.SENT, JobState.VERIFIED)
    assert way_to(JobState.VERIFIED, JobState.VERIFIED) == ()
    assert way_to(JobState.VOIDED, JobState.VERIFIED) == ()
    assert PRODUCT_KEY
