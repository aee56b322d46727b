"""A ledger that is gone, damaged or an older one is said, with the copy that brings it back; no new one is begun."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gizqr_station.domain.audit_failures import OlderLedger
from gizqr_station.domain.copy_failures import CopyNotWhole
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.loss_failures import LedgerDamagedCopied, LedgerGone, LedgerGoneCopied, OlderLedgerCopied
from gizqr_station.ledger.file_copies import checked_head, copies_in
from gizqr_station.places import DataFolder
from gizqr_station.trust.remembered import Remembered

_LOOKED_AT = 3
"""Copies that are checked: each was when it was made, and one of millions of labels takes half a minute."""


def require_not_gone(folder: DataFolder, backup_folder: str = "") -> None:
    """Raise LedgerGone where a ledger stood once: one that began anew would label every device a second time."""
    file = folder.ledger_file
    if file.exists() and file.stat().st_size:
        return
    copy = newest_whole_copy(folder, backup_folder)
    if copy is not None:
        raise LedgerGoneCopied(str(file), str(copy))
    if folder.last_checkpoint_file.exists():
        raise LedgerGone(str(file), str(folder.last_checkpoint_file))


@contextmanager
def copy_named(folder: DataFolder, backup_folder: str = "") -> Iterator[None]:
    """What is raised inside of a damaged or older ledger names the newest whole copy, if there is one."""
    try:
        yield
    except OlderLedger as older:
        copy = newest_whole_copy(folder, backup_folder, beyond=older.found)
        if copy is None:
            raise
        raise OlderLedgerCopied(older.path, older.count, older.found, older.remembered, str(copy)) from older
    except LedgerDamaged as damaged:
        copy = newest_whole_copy(folder, backup_folder)
        if copy is None:
            raise
        raise LedgerDamagedCopied(damaged.path, damaged.reason, str(copy)) from damaged


def newest_whole_copy(folder: DataFolder, backup_folder: str = "", *, beyond: int = -1) -> Path | None:
    """Of this folder's production ledger, with more entries than ``beyond``; None where none is found.

    In a folder that the settings name other stations may keep theirs: there only a copy of the ledger that was signed
    here counts.
    """
    mark = Remembered(folder.last_checkpoint_file).read()
    wanted = "" if mark is None else mark.ledger
    found = copies_in(folder.backups)
    if backup_folder and wanted:
        found += copies_in(Path(backup_folder).expanduser())
    likely = [copy for copy in found if copy.entries > beyond and (not wanted or copy.ledger == wanted[:8])]
    likely.sort(key=lambda copy: (copy.at, copy.entries), reverse=True)
    for copy in likely[:_LOOKED_AT]:
        try:
            head = checked_head(copy.path)
        except CopyNotWhole:
            continue
        if head.kind == "production" and wanted in ("", head.ledger_id):
            return copy.path
    return None
