"""The LedgerCopies of ``workflows.backup_ports`` for a ledger file."""

import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.copy_failures import CopyNotMade
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.file_copies import copy_file, made_at, newest_copy, older_copies
from gizqr_station.workflows.audit_ports import AuditTrail
from gizqr_station.workflows.ports import Clock

log = logging.getLogger(__name__)


class FileCopies:
    """``made`` says that the folder is ours to make, while one that somebody named has to be there."""

    def __init__(
        self, ledger_file: Path, record: AuditTrail, folder: Path, *, made: bool, kept: int, clock: Clock
    ) -> None:
        self._ledger_file = ledger_file
        self._record = record
        self._folder = folder
        self._made = made
        self._kept = kept
        self._clock = clock

    def copy(self, *, who: str, stop: Stop) -> str:
        """A copy as of now, checked and told in the record; where it is. Raises CopyNotMade, CopyNotWhole, Stopped.

        Older copies of ours go once this one is whole, so that there is never none.
        """
        if self._made:
            with suppress(OSError):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._folder.is_dir():
            raise CopyNotMade(str(self._folder), "the folder is not there")
        whole, head = copy_file(self._ledger_file, self._folder, self._clock.now(), stop)
        facts = (("file", whole.name), ("entries", str(head.entries)), ("seal", head.seal))
        self._record.act(Act(ActKind.BACKUP, "copy", facts), who=who)
        self._remove_older(head.ledger_id)
        return str(whole)

    def copy_if_older(self, than: timedelta, *, who: str, stop: Stop) -> str:
        """Unless the newest copy is younger than this; empty where none was made. By the time in its name."""
        newest = newest_copy(self._folder)
        if newest is not None and timedelta(0) <= self._clock.now() - made_at(newest) < than:
            return ""
        return self.copy(who=who, stop=stop)

    def _remove_older(self, ledger_id: str) -> None:
        try:
            for older in older_copies(self._folder, ledger_id, self._kept):
                older.unlink()
        except OSError as refused:
            log.warning("older copies are left: %s", refused)
