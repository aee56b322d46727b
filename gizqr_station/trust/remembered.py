"""What the station remembers of its newest checkpoint, outside the ledger: an old ledger put back does not have it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from gizqr_station.domain.audit import Checkpoint
from gizqr_station.domain.audit_failures import CheckpointPlaceAway
from gizqr_station.domain.sealing import canonical
from gizqr_station.trust.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the record went when it was signed last."""

    ledger: str
    count: int
    head: str
    """Seal of entry ``count``."""


class Remembered:
    """A small file in the data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> str:
        """As shown to people."""
        return str(self._path)

    def read(self) -> Mark | None:
        """None where nothing was ever signed, or where the file says nothing of use."""
        try:
            found = json.loads(self._path.read_bytes())
            mark = Mark(str(found["ledger"]), int(found["count"]), str(found["head"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return mark

    def forget(self) -> None:
        """For a restored ledger alone: it does not have what was signed last."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as refused:
            raise CheckpointPlaceAway(str(self._path), refused.strerror or type(refused).__name__) from refused

    def write(self, checkpoint: Checkpoint) -> None:
        """This is the newest now; raises CheckpointPlaceAway where the folder cannot be written."""
        mark = Mark(checkpoint.ledger_id, checkpoint.count, checkpoint.head)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path, canonical(asdict(mark)) + b"\n")
        except OSError as refused:
            raise CheckpointPlaceAway(str(self._path), refused.strerror or type(refused).__name__) from refused
