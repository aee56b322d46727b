"""A watched folder that gets one file a result, whole and exactly once."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from gizqr_station.domain.hand_over_failures import WatchedFolderAway
from gizqr_station.domain.result import Destination, Result
from gizqr_station.domain.stop import Stop
from gizqr_station.outbox.document import encoded

STAGING = ".gizqr-staging"
"""Inside the folder, for a file can be moved in one step only within one file system; watchers skip hidden folders."""


class WatchedFolder:
    """The Taker of ``workflows.outbox_ports`` for a folder. Whoever watches it may take a file away at once."""

    destination = Destination.FOLDER

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stage(self, result: Result) -> None:
        """Write the file where nobody watches. Raises WatchedFolderAway; the folder itself is never made."""
        try:
            if not self._folder.is_dir():
                raise WatchedFolderAway(str(self._folder), errno.errorcode[errno.ENOENT])
            self._staging.mkdir(exist_ok=True)
            part = self._staged(result).with_suffix(".part")
            with part.open("wb") as stream:
                stream.write(encoded(result))
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self._staged(result))
            _sync(self._staging)
        except OSError as refused:
            raise self._away(refused) from refused

    def deliver(self, result: Result, stop: Stop) -> None:
        """Move it in. Where a file of this name lies there already it is this result's: the name is its key."""
        stop.check()
        try:
            self._staged(result).replace(self._folder / f"{result.key}.json")
            _sync(self._folder)
        except OSError as refused:
            raise self._away(refused) from refused

    def delivered_already(self, result: Result) -> bool:
        """It was staged, and it is there no more: so it was moved in, whether or not somebody took it since.

        Without the folder that it was staged in, which somebody has removed or exchanged, nobody knows: then it is
        handed over again, under the same name. Raises WatchedFolderAway while nobody can look.
        """
        try:
            if not self._folder.is_dir():
                raise WatchedFolderAway(str(self._folder), errno.errorcode[errno.ENOENT])
            return self._staging.is_dir() and not self._staged(result).exists()
        except OSError as refused:
            raise self._away(refused) from refused

    @property
    def _staging(self) -> Path:
        return self._folder / STAGING

    def _staged(self, result: Result) -> Path:
        return self._staging / f"{result.key}.json"

    def _away(self, refused: OSError) -> WatchedFolderAway:
        return WatchedFolderAway(str(self._folder), refused.strerror or type(refused).__name__)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no such thing
            os.fsync(handle)
    finally:
        os.close(handle)
