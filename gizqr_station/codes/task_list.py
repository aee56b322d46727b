"""Reads the service's list of tasks: what was there before, and what may have been created since.

The list belongs to the product, other stations write to it and its pages shift while they are read. It should be
sorted newest first; where clocks jump or tasks change places it is not quite, so neither place, number nor time alone
says that a task is old.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gizqr_station.codes.task_client import Listing
from gizqr_station.qrcode_api import TaskFile

PAGES_AT_MOST = 100
_OVERLAPS_FROM = 10
"""Pages of this length and more overlap by one entry, so that one deletion in between hides none."""
_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)

PageAt = Callable[[int], Listing]
"""The page that begins so many entries from the top."""


@dataclass(frozen=True, slots=True)
class Known:
    """The newest files of the list before a task was created."""

    files: frozenset[tuple[str, str]]
    """``created_at`` and ``file``; a task that is merely touched later has another ``updated_at``."""
    number: int
    """The highest of the files' numbers; -1 for none."""
    created: int
    """The latest of their times; -1 for none."""

    @classmethod
    def of(cls, files: frozenset[tuple[str, str, str]]) -> "Known":
        """From ``created_at``, ``updated_at`` and ``file``, as the journal keeps them."""
        return cls(
            frozenset((created, file) for created, _, file in files),
            max((_number(file) for _, _, file in files), default=-1),
            max((_seconds(created) for created, _, _ in files), default=-1),
        )

    def holds(self, task: TaskFile) -> bool:
        """Whether this task was there."""
        return task.file is not None and (task.created_at, task.file) in self.files

    def precedes(self, task: TaskFile, *, among_them: bool) -> bool:
        """Whether a task is later than all of them by its number, or by its time where the list has none of them.

        A service that was set up anew has none of them, and counts from the beginning; on any other its clock may have
        been wrong when an older task was created. A time has whole seconds only.
        """
        if task.file is None:
            return _seconds(task.created_at) >= self.created
        return _number(task.file) > self.number or (not among_them and _seconds(task.created_at) > self.created)


NOTHING_KNOWN = Known.of(frozenset())


def files_there(page_at: PageAt) -> frozenset[tuple[str, str, str]]:
    """The newest files: a page of them is enough to know later where the old ones begin."""
    skip = 0
    for _ in range(PAGES_AT_MOST):
        listing = page_at(skip)
        files = frozenset((task.created_at, task.updated_at, task.file) for task in listing.tasks if task.file)
        skip += listing.shown
        if files or not listing.shown:
            return files
    return frozenset()


def newer_tasks(page_at: PageAt, known: Known, page: int, beyond: int = 0) -> Iterator[TaskFile]:
    """Whatever may have been created since ``known``, once each; pages are read as they are needed.

    It ends with the page on which the old ones begin, or ``beyond`` pages later: only a task whose number or time is
    a later one is taken from among the old. ``page`` is the length of page that is asked for.
    """
    given: set[TaskFile] = set()
    skip, met, at_the_old = 0, False, False
    for _ in range(PAGES_AT_MOST):
        listing = page_at(skip)
        met = met or any(map(known.holds, listing.tasks))
        above = 0 if at_the_old else _above_known(listing.tasks, known)
        fresh = False
        for place, task in enumerate(listing.tasks):
            if place >= above and not known.precedes(task, among_them=met):
                continue
            fresh = True
            if task.file is None or task not in given:
                given.add(task)
                yield task
        if listing.tasks:  # a page of odd entries, which were all left out, says nothing
            at_the_old = at_the_old or met or not fresh
        if at_the_old:
            if beyond <= 0:
                return
            beyond -= 1
        overlap = 1 if listing.shown >= _OVERLAPS_FROM else 0
        skip += listing.shown - overlap
        # A total that lies ends nothing as long as full pages come.
        if listing.shown <= overlap or (skip + overlap >= listing.total and listing.shown < page):
            return


def _above_known(tasks: Sequence[TaskFile], known: Known) -> int:
    """How many entries of a page stand above the first old one; all where nothing was there before.

    None on a page without an old one: they may have been deleted, and then what is older still has come up.
    """
    if not known.files:
        return len(tasks)
    return next((place for place, task in enumerate(tasks) if known.holds(task)), 0)


def _number(file: str) -> int:
    return _seconds(file.rpartition("/")[2].removesuffix(".zip"))


def _seconds(text: str) -> int:
    """-1 for what is none."""
    return int(text) if _DIGITS.fullmatch(text) else -1
