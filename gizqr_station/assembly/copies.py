"""Copies of a data folder's ledger, and a copy that takes the ledger's place."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from gizqr_station.assembly.checkpoints import checkpoints_for, second_place
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.ledgers import hold
from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.copy_failures import CopiedElsewhere, CopyNotMade, CopyNotWhole, CopyOfAnother
from gizqr_station.domain.failures import Failure, LedgerFailure
from gizqr_station.domain.restoring import Restored, Salvaged
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.ledger.copies import FileCopies
from gizqr_station.ledger.file_copies import Head, checked_head, head_of, read_only
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.salvage import NOT_READABLE, salvage
from gizqr_station.ledger.salvaged_people import people_of_old_file
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.ledger.whole_folder import sync_file, sync_folder
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.trust.remembered import Remembered
from gizqr_station.workflows.audit_check import check_record
from gizqr_station.workflows.happenings import FaultSeen, Tell
from gizqr_station.workflows.ports import Clock

log = logging.getLogger(__name__)

_A_DAY = timedelta(days=1)
SERIALS_SKIPPED = 10_000
"""Label serials that are never given out after a restore that could not read how far the old file had counted."""

Allowed = Callable[[SqlLedger], str]
"""The name of whoever may restore, as the people of the copy say; raises what keeps them from it."""


def copies_for(folder: DataFolder, settings: Settings, ledger: SqlLedger, clock: Clock) -> FileCopies:
    """Of this folder's ledger, into the folder of the settings, which has to be there, or one beside the ledger.

    Raises CopiedElsewhere for a ledger of many stations.
    """
    if settings.ledger.url:
        raise CopiedElsewhere(settings.ledger.url)
    named = settings.ledger.backup_folder
    place = Path(named).expanduser() if named else folder.backups
    return FileCopies(folder.ledger_file, ledger, place, made=not named, kept=settings.ledger.backups_kept, clock=clock)


def daily_copy(folder: DataFolder, settings: Settings, ledger: SqlLedger, stop: Stop, tell: Tell) -> None:
    """At the start of a station, beside its line: one a day, whether or not anybody closes shifts."""
    if settings.ledger.url:
        return
    try:
        copies = copies_for(folder, settings, ledger, SystemClock())
        copies.copy_if_older(_A_DAY, who=settings.station.name, stop=stop)
    except Stopped:
        return
    except Failure as failure:
        log.warning("no copy today: %s", failure)
        tell(FaultSeen(failure))


def restore(folder: DataFolder, settings: Settings, copy: Path, allowed: Allowed) -> Restored:
    """Let a copy take the ledger's place, with what the old file still tells; the old file is kept beside it.

    Until the very end the old file stands where it stood. Raises StationAlreadyRunning, CopyNotWhole, CopyOfAnother,
    CheckpointPlaceAway, what ``allowed`` raises, and what opening raises; nothing has changed then.
    """
    if settings.ledger.url:
        raise CopiedElsewhere(settings.ledger.url)
    lock = hold(folder)
    try:
        return _restore(folder, settings, copy, allowed, SystemClock().now())
    finally:
        lock.release()


def _restore(folder: DataFolder, settings: Settings, copy: Path, allowed: Allowed, at: datetime) -> Restored:
    head = checked_head(copy)
    remembered = Remembered(folder.last_checkpoint_file)
    mark = remembered.read()
    standing = _standing(folder.ledger_file)
    # What was signed here last says it; else the file that stands there does.
    known = mark.ledger if mark else standing.ledger_id if standing else head.ledger_id
    if known != head.ledger_id:
        raise CopyOfAnother(str(copy), head.ledger_id, known)
    place = second_place(folder, settings)
    place.newest(head.ledger_id)  # it has to be there: what was signed since is set aside in it
    part = folder.ledger_file.with_name(f"{folder.ledger_file.name}.restoring")
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    try:
        _bring(copy, part)
        salvaged, who = _filled(folder, settings, part, head, allowed, mark.count if mark else 0)
        kept_as = _exchange(part, folder.ledger_file, name)
    finally:
        for left in _parts(part):
            with suppress(OSError):
                left.unlink()
    aside = place.set_aside(head.ledger_id, head.entries, f"before-restore-{name}")
    remembered.forget()
    restored = Restored(
        str(copy), head.entries, mark.count if mark else 0, salvaged, kept_as, at, checkpoints_set_aside=aside
    )
    kind = _kind(head)
    with closing(open_ledger(folder.ledger_file, kind=kind, station=settings.station.name, clock=SystemClock())) as now:
        checkpoints_for(folder, settings, now).sign(who=who, stop=Stop())
    return restored


def _bring(copy: Path, part: Path) -> None:
    try:
        for left in _parts(part):  # of a restore that was killed; its journal would be rolled back into this one
            left.unlink(missing_ok=True)
        shutil.copyfile(copy, part)
        part.chmod(0o600)
        sync_file(part)
    except OSError as refused:
        raise CopyNotMade(str(part.parent), refused.strerror or type(refused).__name__) from refused


def _parts(part: Path) -> list[Path]:
    """What stands there before the restored file takes its place: with its journal, and as it was before an upgrade."""
    return [part, Path(f"{part}-journal"), *part.parent.glob(f"{part.name}.before-*")]


def _filled(
    folder: DataFolder, settings: Settings, part: Path, head: Head, allowed: Allowed, signed: int
) -> tuple[Salvaged, str]:
    """The copy in its new place, upgraded, checked, with what can be salvaged, and with serials nobody has seen."""
    station = settings.station.name
    with closing(open_ledger(part, kind=_kind(head), station=station, clock=SystemClock())) as ledger:
        who = _who(folder, settings, head, allowed, ledger)
        checked = check_record(ledger.seal_lines(ledger.last_entry(), Stop()), [])
        if checked.fault is not None:
            raise CopyNotWhole(str(part), f"entry {checked.fault.sequence}: {checked.fault.detail}")
        salvaged, counted = NOT_READABLE, -1
        if folder.ledger_file.exists():
            salvaged, counted = salvage(folder.ledger_file, ledger, who=who, since=head.entries, signed=signed)
            people_of_old_file(folder.ledger_file, ledger, who=who)
        _skip_serials(ledger, counted, certain=salvaged.every_label and counted >= 0)
        facts = (
            ("entries", str(head.entries)),
            ("signed", str(signed)),
            ("salvaged", str(salvaged.labels)),
            ("moved", str(salvaged.moved)),
            ("unreadable", str(salvaged.unreadable) if salvaged.readable else "all"),
            ("acts_lost", str(salvaged.acts)),
        )
        ledger.act(Act(ActKind.BACKUP, "restore", facts), who=who)
        return salvaged, who


def _standing(ledger_file: Path) -> Head | None:
    """How far the file goes that stands there; None for one that says nothing of itself."""
    try:
        with closing(read_only(ledger_file)) as connection:
            return head_of(connection)
    except (sqlite3.Error, TypeError, ValueError):
        return None


def _who(folder: DataFolder, settings: Settings, head: Head, allowed: Allowed, copy: SqlLedger) -> str:
    """Asked of the ledger that stands there, which knows who has left and counts wrong tries; else of the copy."""
    try:
        if not folder.ledger_file.exists():
            return allowed(copy)
        standing = open_ledger(folder.ledger_file, kind=_kind(head), station=settings.station.name, clock=SystemClock())
    except LedgerFailure as unreadable:
        log.warning("the people of the copy are asked: %s", unreadable)
        return allowed(copy)
    with closing(standing):
        return allowed(standing)


def _skip_serials(ledger: SqlLedger, counted: int, *, certain: bool) -> None:
    """No serial is ever given out twice, whatever became of the labels that had them."""
    _, _, number = ledger.next_label_serial().rpartition("-")
    behind = max(0, counted - int(number))
    ledger.label_serials(behind + (1 if certain else SERIALS_SKIPPED))


def _exchange(part: Path, ledger_file: Path, name: str) -> str:
    """One step: at any moment either the old file or the restored one stands there."""
    sync_file(part)
    kept = ""
    if ledger_file.exists():
        aside = _free_name(ledger_file, f"replaced-{name}")
        journal = Path(f"{ledger_file}-journal")
        if journal.exists():
            _keep_with_journal(ledger_file, journal, aside)
        else:
            _keep(ledger_file, aside)
        kept = str(aside)
    part.replace(ledger_file)
    sync_folder(ledger_file.parent)
    return kept


def _free_name(ledger_file: Path, name: str) -> Path:
    """What was kept before stays, though two restores fall into one second."""
    wanted = aside = ledger_file.with_name(f"{ledger_file.name}.{name}")
    number = 1
    while aside.exists():
        number += 1
        aside = wanted.with_name(f"{wanted.name}-{number}")
    return aside


def _keep(ledger_file: Path, aside: Path) -> None:
    try:
        os.link(ledger_file, aside)
    except OSError:
        shutil.copyfile(ledger_file, aside)
        sync_file(aside)


def _keep_with_journal(ledger_file: Path, journal: Path, aside: Path) -> None:
    """Both as they were. Then the old file is brought to where any start would bring it, and the journal is gone.

    It must not be there when the restored file comes, for it would be rolled back into that; nor may the old file
    stand there without it and half a transaction in it, should this be cut off here.
    """
    shutil.copyfile(ledger_file, aside)
    shutil.copyfile(journal, kept := Path(f"{aside}-journal"))
    sync_file(aside)
    sync_file(kept)
    sync_folder(aside.parent)
    with suppress(sqlite3.Error), closing(sqlite3.connect(ledger_file, timeout=5.0)) as old:
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
    journal.unlink(missing_ok=True)


def _kind(head: Head) -> Literal["demo", "production"]:
    return "demo" if head.kind == "demo" else "production"
