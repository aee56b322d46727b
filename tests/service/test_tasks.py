"""Facts about tasks on disk."""

import contextlib
import json
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.ledger_failures import StationAlreadyRunning
from gizqr_station.domain.settings_failures import SettingsUnreadable
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


def test_a_single_device_does_not_wait_behind_a_large_task(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        large = store.create(PRODUCT, "00911f500000", "00911f5024ff")
        single = store.create(PRODUCT, MAC, MAC)
        assert zipfile.is_zipfile(zip_when_ready(store, single.number))
        assert store.zip_of(large.number) is None
        assert [task.ready for task in store.newest_first(PRODUCT, 0, 10)[0]] == [True, False]


GOOD = {"number": 1, "product_key": PRODUCT, "start": MAC, "end": MAC, "created_at": 1, "updated_at": 1, "ready": False}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0\0\0",
        "[]",
        "{}",
        json.dumps(GOOD | {"number": "1"}),
        json.dumps(GOOD | {"number": 2}),
        json.dumps(GOOD | {"product_key": "../x"}),
        json.dumps(GOOD | {"start": "nonsense"}),
    ],
)
def test_a_task_file_that_is_broken_is_named_and_lets_the_folder_go(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tasks" / "00000001.json"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(SettingsUnreadable) as caught, opened(tmp_path):
        pass
    assert caught.value.file == str(path)
    assert caught.value.reason
    path.write_text(json.dumps(GOOD))
    with opened(tmp_path) as store:
        zip_when_ready(store, 1)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_their_owner_can_look_into_the_folders(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with opened(tmp_path / "service"):
            pass
    finally:
        os.umask(before)
    for made in ("service", "service/tasks", "service/zips"):
        assert stat.S_IMODE((tmp_path / made).stat().st_mode) == 0o700


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
