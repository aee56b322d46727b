"""Facts about tasks on disk."""

import contextlib
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.ledger_failures import StationAlreadyRunning
from gizqr_station.service import tasks
from gizqr_station.service.sealing import Sealing
from gizqr_station.service.tasks import TaskStore

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
OTHER_PRODUCT = "1b6781ed676045988d5d72f3f0480fbb"
MAC = "00911f500047"


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[TaskStore]:
    with contextlib.closing(TaskStore(folder, Sealing(bytes(32)))) as store:
        yield store


def zip_when_ready(store: TaskStore, number: int) -> Path:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        if (path := store.zip_of(number)) is not None:
            return path
        time.sleep(0.005)
    raise AssertionError("never ready")


def test_tasks_come_newest_first_and_by_product(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for product in (PRODUCT, OTHER_PRODUCT, PRODUCT, PRODUCT):
            store.create(product, MAC, MAC)
        page, total = store.newest_first(PRODUCT, 0, 2)
        assert ([task.number for task in page], total) == ([4, 3], 3)
        assert [task.number for task in store.newest_first(PRODUCT, 2, 2)[0]] == [1]


def test_a_small_task_is_made_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        task = store.create(PRODUCT, MAC, "00911f500049")
        with zipfile.ZipFile(zip_when_ready(store, task.number)) as archive:
            assert len(archive.namelist()) == 3


def test_tasks_outlive_the_service_and_numbers_are_never_used_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.create(PRODUCT, MAC, MAC)
        zip_when_ready(store, store.create(PRODUCT, MAC, MAC).number)
    (tmp_path / "tasks" / "00000002.json").unlink()
    with opened(tmp_path) as store:
        assert store.create(PRODUCT, MAC, MAC).number == 3
        assert [task.number for task in store.newest_first(PRODUCT, 0, 10)[0]] == [3, 1]


def test_what_was_unfinished_is_made_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        number = store.create(PRODUCT, "00911f500000", "00911f5007ff").number
        ends = time.monotonic() + 20
        while not (tmp_path / "zips" / f"{number}.part").exists():
            assert time.monotonic() < ends
            time.sleep(0.005)
    assert not (tmp_path / "zips" / f"{number}.zip").exists()
    (tmp_path / "zips" / f"{number}.part").write_bytes(b"half a zip")
    stale = tmp_path / "zips" / "9.part"
    stale.write_bytes(b"half a zip")
    small = tmp_path / "tasks" / "00000001.json"
    small.write_text(small.read_text().replace("00911f5007ff", "00911f500001"))
    with opened(tmp_path) as store:
        assert zipfile.is_zipfile(zip_when_ready(store, number))
        assert not stale.exists()


def test_a_large_task_does_not_keep_the_next_one_from_being_taken(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        large = store.create(PRODUCT, "00911f500000", "00911f5007ff")
        store.create(PRODUCT, MAC, MAC)
        page, _ = store.newest_first(PRODUCT, 0, 10)
        assert [task.ready for task in page] == [False, False]
        assert store.zip_of(large.number) is None


def test_a_zip_that_cannot_be_written_does_not_end_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> bool:
        monkeypatch.undo()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tasks, "write_zip", full)
    with opened(tmp_path) as store:
        lost = store.create(PRODUCT, MAC, MAC)
        zip_when_ready(store, store.create(PRODUCT, MAC, MAC).number)
        assert store.zip_of(lost.number) is None
    assert "zip 1 not made" in caplog.text
    with opened(tmp_path) as store:
        zip_when_ready(store, lost.number)


def test_two_services_never_share_a_folder(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(StationAlreadyRunning):
        TaskStore(tmp_path, Sealing(bytes(32)))
