"""Keeps the tasks on disk and makes their zips; whatever was accepted survives a power cut.

::

    tasks/00000007.json   one file a task, written aside and renamed
    zips/7.zip            the same; a zip that has its name is whole, and its task is ready
    service.lock          held while the service runs: numbers are given out by one process only

Two workers make the zips, each the oldest first: one has only the small ranges, so that a single device does not wait
behind ten thousand. Numbers begin at 1 and are never used again: the next follows the highest that any file shows.
"""

import json
import logging
import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import filelock
from pydantic import TypeAdapter, ValidationError

from gizqr_station.domain.ledger_failures import StationAlreadyRunning
from gizqr_station.domain.product import is_product_key
from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.service.pictures import write_zip
from gizqr_station.service.ranges import RangeRefused, identities_between
from gizqr_station.service.sealing import Sealing
from gizqr_station.service.whole_files import flush, rename

_log = logging.getLogger(__name__)
_TASK_FILE = re.compile(r"([0-9]+)\.json", re.ASCII)
_ZIP_FILE = re.compile(r"([0-9]+)\.zip", re.ASCII)
_SMALL_RANGE = 20
"""Identities that take a tenth of a second or two."""

_Queue = queue.SimpleQueue["Task | None"]


@dataclass(frozen=True, slots=True)
class Task:
    """A range of one product whose codes were asked for. Times are whole Unix seconds."""

    number: int
    product_key: str
    start: str
    end: str
    created_at: int
    updated_at: int
    ready: bool = False


class TaskStore:
    """The tasks of a sandbox service, below one folder. ``close`` ends its workers and lets the folder go.

    StationAlreadyRunning when another service has the folder, SettingsUnreadable when a file in it is no task.
    """

    def __init__(self, folder: Path, sealing: Sealing, now: Callable[[], float] = time.time) -> None:
        self._tasks_folder, self._zips_folder = folder / "tasks", folder / "zips"
        for made in (folder, self._tasks_folder, self._zips_folder):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held = filelock.FileLock(folder / "service.lock")
        try:
            self._held.acquire(timeout=0)
        except filelock.Timeout as taken:
            raise StationAlreadyRunning(str(folder)) from taken
        self._sealing = sealing
        self._now = now
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._small: _Queue = queue.SimpleQueue()
        self._large: _Queue = queue.SimpleQueue()
        try:
            self._tasks = self._on_disk()
        except BaseException:
            self._held.release()
            raise
        self._next = self._highest() + 1
        for task in self._tasks.values():
            if not task.ready:
                self._queue_for(task).put(task)
        self._workers = [
            threading.Thread(target=self._make_zips, args=(tasks,), name=name, daemon=True)
            for name, tasks in (("small zips", self._small), ("large zips", self._large))
        ]
        for worker in self._workers:
            worker.start()

    def create(self, product_key: str, start: str, end: str) -> Task:
        """Accept a range, which must be a good one; durable when this returns, its zip comes later."""
        to_make = self._queue_for(Task(0, product_key, start, end, 0, 0))
        with self._lock:
            at = int(self._now())
            task = Task(self._next, product_key, start, end, at, at)
            self._next += 1
            self._write(task)
            self._tasks[task.number] = task
        to_make.put(task)
        return task

    def newest_first(self, product_key: str, skip: int, limit: int) -> tuple[tuple[Task, ...], int]:
        """A page of a product's tasks, and how many there are in all."""
        with self._lock:
            mine = [task for task in self._tasks.values() if task.product_key == product_key]
        mine.sort(key=lambda task: task.number, reverse=True)
        return tuple(mine[skip : skip + limit]), len(mine)

    def zip_of(self, number: int) -> Path | None:
        """The zip of a task that is ready."""
        with self._lock:
            task = self._tasks.get(number)
        return self._zip_path(number) if task is not None and task.ready else None

    def close(self) -> None:
        """End within a picture's time; what is unfinished is made at the next start."""
        self._closing.set()
        for tasks in (self._small, self._large):
            tasks.put(None)
        for worker in self._workers:
            worker.join()
        self._held.release()

    def _on_disk(self) -> dict[int, Task]:
        for left in (*self._tasks_folder.glob("*.part"), *self._zips_folder.glob("*.part")):
            left.unlink()
        tasks: dict[int, Task] = {}
        for path in sorted(self._tasks_folder.iterdir()):
            if named := _TASK_FILE.fullmatch(path.name):
                number = int(named[1])
                tasks[number] = _task_in(path, number, ready=self._zip_path(number).exists())
        return tasks

    def _highest(self) -> int:
        numbers = [
            int(named[1])
            for folder, form in ((self._tasks_folder, _TASK_FILE), (self._zips_folder, _ZIP_FILE))
            for path in folder.iterdir()
            if (named := form.fullmatch(path.name))
        ]
        return max(numbers, default=0)

    def _queue_for(self, task: Task) -> _Queue:
        return self._small if len(identities_between(task.start, task.end)) < _SMALL_RANGE else self._large

    def _make_zips(self, tasks: _Queue) -> None:
        """A worker: one zip after the other, oldest first."""
        while (task := tasks.get()) is not None and not self._closing.is_set():
            try:
                self._make_zip(task)
            except OSError:
                # A full disk: the task stays without a file and is made at the next start.
                _log.exception("zip %d not made", task.number)

    def _make_zip(self, task: Task) -> None:
        path = self._zip_path(task.number)
        aside = path.with_suffix(".part")
        with aside.open("wb") as file:
            whole = write_zip(
                file,
                task.product_key,
                identities_between(task.start, task.end),
                lambda identity: self._sealing.seal(task.product_key, identity),
                lambda: not self._closing.is_set(),
            )
            flush(file)
        if not whole:
            aside.unlink()
            return
        rename(aside, path)
        done = replace(task, ready=True, updated_at=int(self._now()))
        with self._lock:
            self._write(done)
            self._tasks[task.number] = done

    def _write(self, task: Task) -> None:
        path = self._tasks_folder / f"{task.number:08d}.json"
        aside = path.with_suffix(".part")
        text = json.dumps({name: getattr(task, name) for name in Task.__slots__})
        with aside.open("w", encoding="utf-8") as file:
            file.write(text)
            flush(file)
        rename(aside, path)

    def _zip_path(self, number: int) -> Path:
        return self._zips_folder / f"{number}.zip"


def _task_in(path: Path, number: int, *, ready: bool) -> Task:
    """The task in its file; SettingsUnreadable for what this service did not write."""
    try:
        task = TypeAdapter(Task).validate_json(path.read_bytes(), strict=True)
        if not ready:  # else its range, which takes milliseconds to look at, is never needed again
            identities_between(task.start, task.end)
    except ValidationError as wrong:
        raise SettingsUnreadable(str(path), wrong.errors()[0]["msg"]) from wrong
    except RangeRefused as wrong:
        raise SettingsUnreadable(str(path), str(wrong)) from wrong
    except OSError as broken:
        raise SettingsUnreadable(str(path), broken.strerror or type(broken).__name__) from broken
    if task.number != number or not is_product_key(task.product_key):
        raise SettingsUnreadable(str(path), "number" if task.number != number else "product_key")
    return replace(task, ready=ready)
