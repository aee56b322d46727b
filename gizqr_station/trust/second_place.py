"""The second place: a folder of checkpoints, best on another machine, that whoever writes the ledger cannot change."""

import contextlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gizqr_station.domain.audit_failures import CheckpointPlaceAway
from gizqr_station.domain.stop import Stop
from gizqr_station.trust.checkpoint_form import SignedCheckpoint, decoded, encoded
from gizqr_station.trust.whole_file import write_whole

_NAME = re.compile(r"checkpoint-(?P<ledger>[0-9a-f]{12})-(?P<count>[0-9]{12})-(?P<key>[0-9a-f]{8})\.json")
_LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a checkpoint over ten million new entries has some 110 million."""


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file of the second place that is no good checkpoint."""

    name: str
    count: int
    """Entries that it covers, by its name."""
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the second place has of one ledger."""

    good: tuple[SignedCheckpoint, ...]
    """Lowest count first."""
    broken: tuple[BrokenFile, ...]


class SecondPlace:
    """A folder; ``made`` says that it is ours to make, while a folder that somebody named has to be there."""

    def __init__(self, folder: Path, *, made: bool) -> None:
        self._folder = folder
        self._made = made

    @property
    def folder(self) -> str:
        """As shown to people."""
        return str(self._folder)

    def write(self, held: SignedCheckpoint) -> Path:
        """The file, whole and durable; raises CheckpointPlaceAway, and then there is none."""
        checkpoint = held.checkpoint
        name = f"checkpoint-{checkpoint.ledger_id[:12]}-{checkpoint.count:012d}-{checkpoint.key_id[:8]}.json"
        with self._told():
            if self._made:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._folder / name, encoded(held))
        return self._folder / name

    def newest(self, ledger_id: str) -> SignedCheckpoint | None:
        """The one that covers most; one that is broken is passed over. Raises CheckpointPlaceAway."""
        for name, _ in reversed(self._names(ledger_id)):
            with contextlib.suppress(ValueError):
                return self._read(name, ledger_id)
        return None

    def kept(self, ledger_id: str, stop: Stop) -> Kept:
        """All of a ledger's; raises CheckpointPlaceAway."""
        good: list[SignedCheckpoint] = []
        broken: list[BrokenFile] = []
        for name, count in self._names(ledger_id):
            stop.check()
            try:
                good.append(self._read(name, ledger_id))
            except ValueError as fault:
                broken.append(BrokenFile(name, count, str(fault)))
        return Kept(tuple(sorted(good, key=lambda held: held.checkpoint.count)), tuple(broken))

    def set_aside(self, ledger_id: str, beyond: int, name: str) -> int:
        """Move the checkpoints that cover more entries into a folder of this name inside; how many.

        For a restored ledger alone, whose record ends earlier than what was signed. Raises CheckpointPlaceAway.
        """
        late = [file for file, count in self._names(ledger_id) if count > beyond]
        with self._told():
            if late:
                (self._folder / name).mkdir(mode=0o700, exist_ok=True)
            for file in late:
                (self._folder / file).replace(self._folder / name / file)
        return len(late)

    def _names(self, ledger_id: str) -> list[tuple[str, int]]:
        """File names and counts, lowest count first."""
        with self._told():
            if self._made and not self._folder.exists():
                return []
            listed = sorted(path.name for path in self._folder.iterdir())
        fits = [found for name in listed if (found := _NAME.fullmatch(name)) and found["ledger"] == ledger_id[:12]]
        return [(found.string, int(found["count"])) for found in fits]

    def _read(self, name: str, ledger_id: str) -> SignedCheckpoint:
        """Raises ValueError with the reason why it is no good checkpoint of this ledger."""
        with self._told(), (self._folder / name).open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
        if len(data) > _LARGEST_FILE:
            raise ValueError("too large")
        held = decoded(data)
        if held.checkpoint.ledger_id != ledger_id:
            raise ValueError("of another ledger")
        return held

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as refused:
            reason = refused.strerror or os.strerror(refused.errno or 0)
            raise CheckpointPlaceAway(str(self._folder), reason) from refused
