"""What another ledger's file is merged with: the folder's own ledger, or the one that stations share."""

from collections.abc import Callable
from pathlib import Path

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.domain.merging import Merged
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.merge_files import foreign_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.merge import looked_over, merge


def merge_file(
    folder: DataFolder, ledger: SqlLedger, file: Path, duty: Callable[[], Duty], stop: Stop, *, dry_run: bool = False
) -> Merged:
    """Take it over, or with ``dry_run`` only say what that would bring; the file stays as it is.

    Who does it is asked before the file is read: checking thousands of labels takes a while.
    """
    on_duty = None if dry_run else duty()
    with foreign_ledger(file, folder.root, kind=ledger.kind(), clock=SystemClock()) as theirs:
        if on_duty is None:
            return looked_over(ledger, theirs, file.name, stop)
        return merge(ledger, theirs, on_duty, file.name, stop)
