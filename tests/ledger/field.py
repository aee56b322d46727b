"""Ledgers that worked alone, and merges of them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.merging import Merged
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.merge_files import foreign_ledger
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.merge import merge
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fake_duty import FakeDuty
from tests.fakes import SteppingClock

LEAD = "Wang Fang"


class Field:
    """A laptop's ledger; close it."""

    def __init__(self, file: Path, name: str, prefix: str = "") -> None:
        self.file = file
        self.name = name
        self.ledger = open_ledger(file, kind="production", station=name, clock=SteppingClock())
        self.ledger.number_under(prefix or name.upper())

    def close(self) -> None:
        self.ledger.close()

    def label(self, unit: int, state: JobState = JobState.VERIFIED, **changes: object) -> PrintJob:
        """A label for the unit-th device, brought to a state."""
        words = {"station": self.name, "operator": f"{self.name} Wu", **changes}
        return brought_to(self.ledger, opened(self.ledger, identity=mac(unit), **words), state)

    def move(self, job: PrintJob, state: JobState, evidence: str = "") -> PrintJob:
        return self.ledger.move(self.ledger.job(job.id), state, who=f"{self.name} Wu", evidence=evidence)

    def jobs(self) -> list[PrintJob]:
        return list(self.ledger.all_jobs())

    @property
    def ledger_id(self) -> str:
        return self.ledger.ledger_id()


Fields = Callable[..., Field]


def born(fresh: Path, file: Path) -> Path:
    """An empty ledger with an id of its own, copied because that is faster than making one."""
    shutil.copy(fresh, file)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE meta SET ledger_id = ?", [uuid4().hex])
        raw.commit()
    return file


def merged(ours: SqlLedger, file: Path, stop: Stop | None = None) -> Merged:
    """As the command does it."""
    with foreign_ledger(file, file.parent, kind=ours.kind(), clock=SteppingClock()) as theirs:
        return merge(ours, theirs, FakeDuty(LEAD), file.name, stop or Stop())
