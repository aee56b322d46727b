"""The folder's ledger, and the lock that keeps a second station out of it."""

import filelock

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.domain.ledger_failures import (
    LedgerNotWritable,
    NoLedger,
    StationAlreadyRunning,
    WrongLedgerKind,
)
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder


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


def existing_ledger(folder: DataFolder) -> SqlLedger:
    """The ledger that is there, of whichever kind; never begins one."""
    if not folder.ledger_file.exists():
        raise NoLedger(str(folder.ledger_file))
    clock = SystemClock()
    try:
        return open_ledger(folder.ledger_file, kind="production", station="", clock=clock)
    except WrongLedgerKind:
        return open_ledger(folder.ledger_file, kind="demo", station="", clock=clock)


def begun_ledger(folder: DataFolder, station: str, *, demo: bool = False) -> SqlLedger:
    """The station's own ledger, begun where there is none; raises WrongLedgerKind for one of the other kind."""
    return open_ledger(folder.ledger_file, kind="demo" if demo else "production", station=station, clock=SystemClock())
