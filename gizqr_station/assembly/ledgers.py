"""A station's ledger, its own or the one that stations share, and the lock that keeps a second station out."""

import contextlib
import tomllib
from collections.abc import Iterator

import filelock

from gizqr_station.assembly import shared_ledgers
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.lost_ledgers import copy_named, require_not_gone
from gizqr_station.domain.failures import SettingsFailure
from gizqr_station.domain.ledger_failures import (
    LedgerNotWritable,
    NoLedger,
    StationAlreadyRunning,
    WrongLedgerKind,
)
from gizqr_station.ledger.opening import Kind, open_ledger, open_to_look
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.record_settings import LedgerSettings
from gizqr_station.settings.store import load
from gizqr_station.trust.checkpoints import require_remembered
from gizqr_station.trust.remembered import Remembered


def hold(folder: DataFolder) -> filelock.BaseFileLock:
    """Take the folder for this process; the operating system frees it if the process dies."""
    lock = filelock.FileLock(folder.lock_file, timeout=0)
    try:
        folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except OSError as fault:
        if isinstance(fault, filelock.Timeout):
            raise StationAlreadyRunning(str(folder.root)) from fault
        raise LedgerNotWritable(str(folder.root), fault.strerror or type(fault).__name__) from fault
    return lock


def has_ledger(folder: DataFolder) -> bool:
    """Whether there is one to look into: a shared one is taken to be there."""
    return folder.ledger_file.exists() or shared_ledgers.named_in(folder) is not None


def existing_ledger(folder: DataFolder, *, hold_name: bool = False) -> SqlLedger:
    """The ledger that is there, of whichever kind; never begins one.

    ``hold_name``: for whoever settles what a station of this name left behind, in a ledger that stations share.
    """
    if (settings := shared_ledgers.named_in(folder)) is not None:
        return shared_ledgers.existing_shared(folder, settings, hold_name=hold_name)
    if not folder.ledger_file.exists():
        raise NoLedger(str(folder.ledger_file))
    clock, station = SystemClock(), _station_of(folder)
    try:
        return open_ledger(folder.ledger_file, kind="production", station=station, clock=clock)
    except WrongLedgerKind:
        return open_ledger(folder.ledger_file, kind="demo", station=station, clock=clock)


@contextlib.contextmanager
def ledger_if_any(folder: DataFolder) -> Iterator[SqlLedger | None]:
    """The one that is there, for as long as it is asked; None where no label was ever recorded."""
    if not has_ledger(folder):
        yield None
        return
    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield ledger


def _station_of(folder: DataFolder) -> str:
    """Where entries are written, as the folder's settings say; empty without settings, or with unreadable ones."""
    if not folder.settings_file.exists():
        return ""
    try:
        return load(folder.settings_file).station.name
    except SettingsFailure:
        return ""


def ledger_to_look_into(folder: DataFolder) -> SqlLedger:
    """The same to read it alone: it is not written, not checked and not brought up."""
    if (settings := shared_ledgers.named_in(folder)) is not None:
        return shared_ledgers.existing_shared(folder, settings, hold_name=False)
    if not folder.ledger_file.exists():
        raise NoLedger(str(folder.ledger_file))
    return open_to_look(folder.ledger_file, clock=SystemClock())


def begun_ledger(
    folder: DataFolder,
    station: str,
    *,
    demo: bool = False,
    wanted: LedgerSettings | None = None,
    hold_name: bool = True,
) -> SqlLedger:
    """The station's ledger, begun where there never was one; raises WrongLedgerKind for one of the other kind.

    LedgerGone where there was one; a failure of a damaged or older ledger names the copy that brings it back.
    ``wanted``: as the settings say, or else as those of the folder do. In a ledger that stations share nobody else
    works under this name from now on: StationNameTaken; without ``hold_name`` beside the station's own window, for
    whoever neither prints nor settles.
    """
    if wanted is None and (settings := shared_ledgers.named_in(folder)) is not None:
        wanted = settings.ledger
    if wanted is not None and wanted.url:
        shared = shared_ledgers.shared_ledger(folder, wanted, station, demo=demo, hold_name=hold_name, begin=True)
        return _as_remembered(folder, shared)
    prefix = _serial_prefix(folder) if wanted is None else wanted.serial_prefix
    if demo:
        return _own_ledger(folder, "demo", station, prefix)
    backup_folder = shared_ledgers.backup_folder_named_in(folder) if wanted is None else wanted.backup_folder
    require_not_gone(folder, backup_folder)
    with copy_named(folder, backup_folder):
        return _own_ledger(folder, "production", station, prefix)


def _own_ledger(folder: DataFolder, kind: Kind, station: str, prefix: str) -> SqlLedger:
    clock, ballast = SystemClock(), folder.ballast_file
    own = open_ledger(folder.ledger_file, kind=kind, station=station, clock=clock, ballast=ballast)
    own.number_under(prefix)
    return _as_remembered(folder, own)


def _serial_prefix(folder: DataFolder) -> str:
    """As the folder's settings say; what else is wrong with them is nobody's business here."""
    try:
        said = tomllib.loads(folder.settings_file.read_text(encoding="utf-8"))["ledger"]
        return LedgerSettings.model_validate({"serial_prefix": said["serial_prefix"]}).serial_prefix
    except (OSError, ValueError, KeyError, TypeError):
        return LedgerSettings().serial_prefix


def _as_remembered(folder: DataFolder, ledger: SqlLedger) -> SqlLedger:
    """The same ledger; raises OlderLedger for one that does not have what was signed of it last."""
    try:
        require_remembered(ledger, Remembered(folder.last_checkpoint_file), ledger.path)
    except BaseException:
        ledger.close()
        raise
    return ledger
