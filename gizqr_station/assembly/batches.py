"""What prints a batch without a line."""

import contextlib
from collections.abc import Iterator

from gizqr_station.assembly.ledgers import existing_ledger
from gizqr_station.assembly.single_labels import DutyOf, single_bench
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.provision import Bench


@contextlib.contextmanager
def batch_bench(
    folder: DataFolder, settings: Settings, printer: str = "", *, duty: DutyOf | None = None
) -> Iterator[Bench]:
    """A bench on the folder's production ledger and this printer, or else the line's; whoever prints holds the folder.

    What an earlier program left behind is settled first: its labels, and batches that still say they run.
    """
    with single_bench(folder, settings, printer, duty=duty) as bench:
        bench.ledger.settle_interrupted(bench.operator)
        bench.ledger.pause_interrupted_batches(bench.operator)
        yield bench


@contextlib.contextmanager
def settled_ledger(folder: DataFolder, who: str) -> Iterator[SqlLedger]:
    """The folder's ledger, settled in the same way, for whoever holds the folder and only cancels."""
    with contextlib.closing(existing_ledger(folder, hold_name=True)) as ledger:
        ledger.settle_interrupted(who)
        ledger.pause_interrupted_batches(who)
        yield ledger
