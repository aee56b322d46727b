"""A ledger that is gone, damaged or older is said at the start, with the copy that brings it back; none begins anew."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly.checkpoints import checkpoints_for
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.copies import copies_for, restore
from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.domain.audit_failures import OlderLedger
from gizqr_station.domain.copy_failures import CopyOfAnother
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.loss_failures import LedgerDamagedCopied, LedgerGone, LedgerGoneCopied, OlderLedgerCopied
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.record_settings import LedgerSettings
from tests.contracts.ledger_samples import brought_to, mac, opened

SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    with closing(begun_ledger(made, "bench-1")) as ledger:
        brought_to(ledger, opened(ledger, identity=mac(1)), JobState.VERIFIED)
    return made


def copied(folder: DataFolder, settings: Settings = SETTINGS) -> Path:
    with closing(begun_ledger(folder, "bench-1", wanted=settings.ledger)) as ledger:
        return Path(copies_for(folder, settings, ledger, SystemClock()).copy(who="lead", stop=Stop()))


def signed(folder: DataFolder) -> None:
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        checkpoints_for(folder, SETTINGS, ledger).sign(who="lead", stop=Stop())


def lead(_ledger: SqlLedger) -> str:
    return "lead"


@pytest.mark.parametrize("emptied", [False, True], ids=["gone", "empty"])
def test_a_ledger_that_was_signed_and_is_gone_is_not_begun_anew(folder: DataFolder, emptied: bool) -> None:
    signed(folder)
    folder.ledger_file.unlink()
    if emptied:
        folder.ledger_file.touch()
    for _ in range(2):
        with pytest.raises(LedgerGone) as gone:
            begun_ledger(folder, "bench-1")
        assert gone.value.remembered == str(folder.last_checkpoint_file)
    assert folder.ledger_file.exists() is emptied
    folder.last_checkpoint_file.unlink()
    begun_ledger(folder, "bench-1").close()


def test_a_mark_that_cannot_be_read_still_keeps_a_new_ledger_from_beginning(folder: DataFolder) -> None:
    folder.ledger_file.unlink()
    folder.last_checkpoint_file.write_bytes(b"\0" * 40)
    with pytest.raises(LedgerGone):
        begun_ledger(folder, "bench-1")


def test_a_ledger_that_is_gone_is_told_with_its_copy_and_comes_back_from_it(folder: DataFolder) -> None:
    copy = copied(folder)
    folder.ledger_file.unlink()
    with pytest.raises(LedgerGoneCopied) as gone:
        begun_ledger(folder, "bench-1")
    assert gone.value.copy == str(copy)
    assert not folder.ledger_file.exists()
    restore(folder, SETTINGS, copy, lead)
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        assert [job.state for job in ledger.all_jobs()] == [JobState.VERIFIED]


def test_a_demo_begins_wherever_it_may(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "demo")
    begun_ledger(folder, "demo", demo=True).close()
    folder.ledger_file.unlink()
    begun_ledger(folder, "demo", demo=True).close()


def test_a_damaged_ledger_names_the_newest_copy_that_is_whole(folder: DataFolder) -> None:
    whole, broken = copied(folder), copied_later(folder)
    broken.write_bytes(broken.read_bytes()[:5000])
    folder.ledger_file.write_bytes(b"\0" * 8192)
    with pytest.raises(LedgerDamaged) as damaged:
        begun_ledger(folder, "bench-1")
    assert isinstance(damaged.value, LedgerDamagedCopied)
    assert damaged.value.copy == str(whole)
    assert folder.ledger_file.read_bytes() == b"\0" * 8192


def copied_later(folder: DataFolder) -> Path:
    """A newer copy, by its name."""
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        opened(ledger, identity=mac(2))
    copy = copied(folder)
    return copy.rename(copy.with_name(copy.name.replace("-20", "-21", 1)))


def test_a_damaged_ledger_without_a_copy_is_told_as_ever(folder: DataFolder) -> None:
    folder.ledger_file.write_bytes(b"\0" * 8192)
    with pytest.raises(LedgerDamaged) as damaged:
        begun_ledger(folder, "bench-1")
    assert type(damaged.value) is LedgerDamaged


def test_an_older_ledger_names_only_a_copy_that_goes_further(folder: DataFolder, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copyfile(folder.ledger_file, older)
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        opened(ledger, identity=mac(2))
    signed(folder)
    shutil.copyfile(folder.ledger_file, newest := tmp_path / "newest")
    shutil.copyfile(older, folder.ledger_file)
    with pytest.raises(OlderLedger) as told:
        begun_ledger(folder, "bench-1")
    assert type(told.value) is OlderLedger
    shutil.copyfile(newest, folder.ledger_file)
    copy = copied(folder)
    shutil.copyfile(older, folder.ledger_file)
    with pytest.raises(OlderLedgerCopied) as named:
        begun_ledger(folder, "bench-1")
    assert named.value.copy == str(copy)


def test_in_a_place_of_many_stations_only_a_copy_of_the_own_ledger_counts(folder: DataFolder, tmp_path: Path) -> None:
    place = tmp_path / "copies of all stations"
    place.mkdir()
    shared = Settings(ledger=LedgerSettings(backup_folder=str(place)))
    copy = copied(folder, shared)
    new = DataFolder(tmp_path / "new station")
    begun_ledger(new, "bench-2", wanted=shared.ledger).close()

    signed(folder)
    folder.ledger_file.unlink()
    with pytest.raises(LedgerGoneCopied) as gone:
        begun_ledger(folder, "bench-1", wanted=shared.ledger)
    assert gone.value.copy == str(copy)


def test_an_old_file_that_was_put_there_does_not_vouch_for_what_is_missing(folder: DataFolder, tmp_path: Path) -> None:
    """Every label of the older file is known to the copy, and yet labels were made that neither knows of."""
    older = tmp_path / "older"
    copy = copied(folder)
    shutil.copyfile(folder.ledger_file, older)
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        for number in (2, 3, 4):
            opened(ledger, identity=mac(number))
    signed(folder)
    shutil.copyfile(older, folder.ledger_file)
    restored = restore(folder, SETTINGS, copy, lead)
    assert restored.labels_may_be_missing
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        assert int(ledger.next_label_serial().rpartition("-")[2]) > 10_000


def test_a_ledger_that_began_anew_does_not_vouch_for_the_one_before(folder: DataFolder) -> None:
    copy = copied(folder)
    shutil.move(folder.backups, folder.root / "elsewhere")
    folder.ledger_file.unlink()
    with closing(begun_ledger(folder, "bench-1")) as ledger:
        opened(ledger, identity=mac(7))
    with pytest.raises(CopyOfAnother):
        restore(folder, SETTINGS, folder.root / "elsewhere" / copy.name, lead)
    folder.ledger_file.unlink()
    restored = restore(folder, SETTINGS, folder.root / "elsewhere" / copy.name, lead)
    assert restored.labels_may_be_missing
    assert not restored.salvaged.readable
