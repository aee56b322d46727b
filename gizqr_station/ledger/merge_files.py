"""Another ledger's file as it can be merged: copied, brought to this program's revision, and found whole."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.ledger_failures import LedgerDamaged, LedgerNewer, WrongLedgerKind
from gizqr_station.domain.merge_failures import HasMerged, MergeUnreadable
from gizqr_station.ledger.file_copies import read_only
from gizqr_station.ledger.opening import Kind, open_ledger
from gizqr_station.ledger.sqlite_engine import create_private
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.ports import Clock


@contextmanager
def foreign_ledger(file: Path, folder: Path, *, kind: Kind, clock: Clock) -> Iterator[SqlLedger]:
    """A checked copy of it in a scratch place below ``folder``; the file itself is only read.

    Raises MergeUnreadable, LedgerNewer for one of a newer program, WrongLedgerKind, HasMerged.
    """
    with TemporaryDirectory(prefix="merge-", dir=folder) as scratch:
        copy = Path(scratch) / "ledger.sqlite"
        try:
            _copy(file, copy)
        except (OSError, sqlite3.Error) as refused:
            raise MergeUnreadable(str(file), getattr(refused, "strerror", None) or str(refused)) from refused
        with closing(_opened(file, copy, kind, clock)) as ledger:
            fault = ledger.verify()
            if fault is not None:
                raise MergeUnreadable(str(file), str(fault)) from fault
            if taken_in := ledger.merged_labels():
                raise HasMerged(str(file), taken_in)
            yield ledger


def _opened(file: Path, copy: Path, kind: Kind, clock: Clock) -> SqlLedger:
    try:
        return open_ledger(copy, kind=kind, station="", clock=clock)
    except LedgerNewer as newer:
        raise LedgerNewer(str(file), newer.revision) from newer
    except WrongLedgerKind as other:
        raise WrongLedgerKind(str(file), found=other.found, wanted=other.wanted) from other
    except LedgerDamaged as damaged:
        raise MergeUnreadable(str(file), damaged.reason) from damaged
    except LedgerFailure as refused:
        raise MergeUnreadable(str(file), str(refused)) from refused


def _copy(file: Path, copy: Path) -> None:
    """By SQLite's own backup, or as it lies there: what was killed in a transaction is undone in the copy."""
    with file.open("rb") as opened:
        if not opened.read(1):
            raise OSError("it is empty")
    create_private(copy)
    journal = Path(f"{file}-journal")
    if journal.exists() and journal.stat().st_size:
        shutil.copyfile(file, copy)
        shutil.copyfile(journal, f"{copy}-journal")
        return
    with closing(read_only(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
