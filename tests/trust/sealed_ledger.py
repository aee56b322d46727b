"""A ledger with some checkpoints, that can be changed behind the program's back and put back as it was."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gizqr_station.domain.audit import Act, ActKind, AuditVerdict
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.trust.checkpoints import CheckpointParts, SignedCheckpoints
from gizqr_station.trust.remembered import Remembered
from gizqr_station.trust.second_place import SecondPlace
from gizqr_station.trust.signing import StationKey
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fakes import SteppingClock

KEY = bytes(range(32))
STATES = [JobState.VERIFIED, JobState.VOIDED, JobState.UNKNOWN, JobState.FAILED, JobState.SENT, JobState.INTENDED]


def checkpoints_in(folder: Path, ledger: SqlLedger, clock: SteppingClock) -> SignedCheckpoints:
    """With their second place and what the station remembers below one folder, and always the same key."""
    place, remembered = SecondPlace(folder / "second place", made=True), Remembered(folder / "last.json")
    return SignedCheckpoints(CheckpointParts(ledger, place, lambda: StationKey(KEY), remembered, clock, "bench-1"))


def build(folder: Path) -> None:
    """Twelve labels, some acts, two checkpoints, and some entries that no checkpoint covers yet."""
    clock, path = SteppingClock(), folder / "ledger.sqlite"
    ledger = open_ledger(path, kind="production", station="bench-1", clock=clock)
    checkpoints = checkpoints_in(folder, ledger, clock)
    (folder / "older").mkdir()
    for numbers in (range(5), range(5, 9), range(9, 12)):
        for number in numbers:
            brought_to(ledger, opened(ledger, identity=mac(number)), STATES[number % len(STATES)])
            ledger.act(Act(ActKind.GRANT, "reprint", (("label", f"L-{number:06d}"),)), who="qa")
            shutil.copy(path, folder / "older" / f"{ledger.last_entry():06d}")
        if numbers.stop < 12:
            checkpoints.sign(who="qa", stop=Stop())
    ledger.close()


class SealedLedger:
    """What ``build`` left in a folder, open."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.sqlite"
        clock = SteppingClock()
        self.ledger = open_ledger(self.path, kind="production", station="bench-1", clock=clock)
        self.checkpoints = checkpoints_in(folder, self.ledger, clock)
        self.unseen = checkpoints_in(folder / "nowhere", self.ledger, clock)
        """Of the same ledger, with nothing in their second place."""
        self.older = [(int(path.name), sqlite3.connect(path)) for path in sorted((folder / "older").iterdir())]
        """The ledger as it was after so many entries."""
        self.last = self.ledger.last_entry()
        self.covered = self.checkpoints.verify(Stop()).covered
        self._raw = sqlite3.connect(self.path)
        self._raw.execute("PRAGMA synchronous=OFF")
        for (trigger,) in self._raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self._raw.execute(f"DROP TRIGGER {trigger}")
        self._raw.commit()
        self._whole = sqlite3.connect(":memory:")
        self._raw.backup(self._whole)

    def verified(self) -> AuditVerdict:
        """What the check finds now."""
        return self.checkpoints.verify(Stop())

    @contextmanager
    def changed(self) -> Iterator[sqlite3.Connection]:
        """The file without its triggers, as it was at first; whoever has it does as they like and commits."""
        self._whole.backup(self._raw)
        yield self._raw
        self._raw.commit()

    def put_back(self, older: sqlite3.Connection) -> None:
        """An old file in place of the newest."""
        older.backup(self._raw)
        self._raw.commit()

    def close(self) -> None:
        """Give back everything."""
        self.ledger.close()
        for connection in (self._raw, self._whole, *(older for _, older in self.older)):
            connection.close()


def rows_of(raw: sqlite3.Connection, table: str, order: str) -> list[dict[str, object]]:
    """All rows as they stand in the file."""
    found = raw.execute(f"SELECT * FROM {table} ORDER BY {order}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def other_than(value: object, dice: random.Random) -> object:
    """Something that a column may well have held instead."""
    if value is None:
        return dice.randrange(1, 12)
    if isinstance(value, int):
        return value + dice.choice([-3_600_000_000, -1, 1, 60_000_000])
    text = str(value)
    at = dice.randrange(len(text) + 1)
    longer, shorter = text[:at] + dice.choice("x 0~é") + text[at:], text[:at] + text[at + 1 :]
    return dice.choice([longer, shorter, ""]) if len(text) > 1 and shorter != text else longer
