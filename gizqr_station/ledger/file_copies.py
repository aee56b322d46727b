"""Copies of a ledger file, made while stations write: by SQLite's online backup, checked, named by time and length."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gizqr_station.domain.copy_failures import CopyNotMade, CopyNotWhole
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.ledger.sqlite_engine import create_private
from gizqr_station.ledger.whole_folder import sync_file, sync_folder

STEP_PAGES = 2000
"""Of 4 KiB. Writers get their turn between two steps; one that writes lets the copy begin again."""
DEADLINE_S = 300.0
PATIENT_STARTS = 3
LONGEST_PASS_S = 2.0
"""A copy that was begun so often is made in one go where that takes no longer; a writer waits five seconds."""
NAME = re.compile(r"ledger-(?P<ledger>[0-9a-f]{8})-(?P<at>[0-9]{8}T[0-9]{6}Z)-(?P<entries>[0-9]{9,})\.sqlite")


@dataclass(frozen=True, slots=True)
class Head:
    """How far a ledger goes."""

    ledger_id: str
    kind: str
    entries: int
    seal: str
    """Of the last; empty for none."""


def copy_file(
    ledger: Path, folder: Path, at: datetime, stop: Stop, *, within_s: float = DEADLINE_S
) -> tuple[Path, Head]:
    """A whole copy of the ledger as it was at one moment; its place, and how far it goes.

    Raises CopyNotMade, CopyNotWhole and Stopped; nothing half is left, and no older copy is touched.
    """
    part = folder / f".ledger-{at:%H%M%S%f}.part"
    with _told(folder):
        try:
            create_private(part)
            _back_up(ledger, part, stop, time.monotonic() + within_s)
            head = checked_head(part)
            sync_file(part)
            whole = (
                folder / f"ledger-{head.ledger_id[:8]}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{head.entries:09d}.sqlite"
            )
            part.replace(whole)
            sync_folder(folder)
        finally:
            for left in (part, Path(f"{part}-journal")):
                with suppress(OSError):
                    left.unlink()
    return whole, head


def checked_head(copy: Path) -> Head:
    """How far a copy goes; CopyNotWhole for a file that is damaged or no ledger. Nothing of it is changed."""
    try:
        with closing(read_only(copy)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise CopyNotWhole(str(copy), said)
            return head_of(connection)
    except (sqlite3.Error, TypeError, ValueError) as broken:
        raise CopyNotWhole(str(copy), str(broken)) from broken


def head_of(connection: sqlite3.Connection) -> Head:
    """As its tables say; sqlite3.Error, TypeError for a file that is no ledger."""
    (ledger_id, kind) = connection.execute("SELECT ledger_id, kind FROM meta").fetchone()
    last = connection.execute("SELECT * FROM entries ORDER BY sequence DESC LIMIT 1").fetchone()
    columns = [name for (_, name, *_) in connection.execute("PRAGMA table_info(entries)")]
    said = {} if last is None else dict(zip(columns, last, strict=True))
    # A copy from before entries were sealed has none.
    return Head(str(ledger_id), str(kind), int(said.get("sequence", 0)), str(said.get("seal", "")))


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, and makes no file."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)


def older_copies(folder: Path, ledger_id: str, kept: int) -> list[Path]:
    """Our copies of this ledger that are more than are to be kept, oldest first; never anybody else's file."""
    ours = [path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.name[7:15] == ledger_id[:8]]
    ours.sort(key=_age)
    return ours[: max(0, len(ours) - max(1, kept))]


@dataclass(frozen=True, slots=True)
class NamedCopy:
    """A copy, as its name tells."""

    path: Path
    ledger: str
    """The first eight digits."""
    at: str
    entries: int


def copies_in(folder: Path) -> list[NamedCopy]:
    """In no order; none where the folder cannot be read."""
    try:
        named = [(path, found) for path in folder.iterdir() if (found := NAME.fullmatch(path.name))]
    except OSError:
        return []
    return [NamedCopy(path, found["ledger"], found["at"], int(found["entries"])) for path, found in named]


def newest_copy(folder: Path) -> Path | None:
    """Of whichever ledger; None where there is none."""
    with suppress(OSError):
        return max((path for path in folder.iterdir() if NAME.fullmatch(path.name)), key=_age, default=None)
    return None


def made_at(copy: Path) -> datetime:
    """As its name says."""
    return datetime.strptime(_age(copy)[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _age(path: Path) -> tuple[str, int]:
    found = NAME.fullmatch(path.name)
    assert found is not None
    return found["at"], int(found["entries"])


def _back_up(ledger: Path, part: Path, stop: Stop, deadline: float) -> None:
    with closing(read_only(ledger)) as source, closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous=FULL")
        watched = _Watched(stop, deadline)
        try:
            source.backup(target, pages=STEP_PAGES, progress=watched.step, sleep=0.05)
        except _WrittenMeanwhile:
            # Writers wait for as long as this takes, which is shorter than they have patience for.
            source.backup(target, pages=-1)


class _WrittenMeanwhile(Exception):
    """The copy began anew too often, and is small enough to be made in one go."""


class _Watched:
    """Looks at each step of a copy: SQLite begins anew whenever somebody has written."""

    def __init__(self, stop: Stop, deadline: float) -> None:
        self._stop = stop
        self._deadline = deadline
        self._began = time.monotonic()
        self._anew = 0
        self._left = 0
        self._copied = 0

    def step(self, _status: int, remaining: int, total: int) -> None:
        self._stop.check()
        now = time.monotonic()
        if now > self._deadline:
            raise TimeoutError("the ledger is written too often")
        self._anew += 0 < self._left < remaining
        self._left = remaining
        self._copied += STEP_PAGES
        if self._anew >= PATIENT_STARTS:
            in_one_go_s = (now - self._began) / self._copied * total
            if in_one_go_s < LONGEST_PASS_S:
                raise _WrittenMeanwhile


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except (Stopped, CopyNotWhole):
        raise
    except (sqlite3.Error, OSError) as refused:
        reason = getattr(refused, "strerror", None) or str(refused)
        raise CopyNotMade(str(folder), reason) from refused
