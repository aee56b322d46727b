"""What a FakeLedger keeps."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from gizqr_station.domain.batch import Batch, BatchItem
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.workflows.batch_ports import BatchMove
from gizqr_station.workflows.ports import Clock, Entry


@dataclass
class KeptBatches:
    """By number; items by position."""

    batches: dict[int, Batch] = field(default_factory=dict)
    items: dict[int, dict[int, BatchItem]] = field(default_factory=dict)
    moves: dict[int, list[BatchMove]] = field(default_factory=dict)


@dataclass
class Kept:
    """What a FakeLedger keeps; two that share it are one ledger opened twice."""

    jobs: dict[int, PrintJob] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    images: dict[int, LabelImage] = field(default_factory=dict)
    serials: int = 0
    queue: dict[int, QueuedJob] = field(default_factory=dict)
    sent_to: dict[int, str] = field(default_factory=dict)
    supplies: dict[tuple[str, SupplyKind], Supply] = field(default_factory=dict)
    loads: list[tuple[str, SupplyKind, int, int, str]] = field(default_factory=list)
    """Printer, kind, full, warn below, who; in the order in which they were put in."""
    batches: KeptBatches = field(default_factory=KeptBatches)


class FakeParts(ABC):
    """What every part of a FakeLedger has."""

    clock: Clock
    kept: Kept
    failing: Failure | None

    @abstractmethod
    def open(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob: ...

    @abstractmethod
    def require_unlabelled(self, product_key: str, identity: Identity) -> None: ...

    @abstractmethod
    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob: ...

    @abstractmethod
    def image(self, job: int) -> LabelImage | None: ...

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that happens within, or nothing."""
        before = {name: _copied(part) for name, part in vars(self.kept).items()}
        try:
            yield
        except Exception:
            vars(self.kept).update(before)
            raise

    def _must(self, number: int) -> PrintJob:
        if number not in self.kept.jobs:
            raise NothingRecorded(str(number))
        return self.kept.jobs[number]

    def _keep(self, job: PrintJob, kind: str, at: datetime, who: str, evidence: str) -> PrintJob:
        self.kept.jobs[job.id] = job
        entry = Entry(len(self.kept.entries) + 1, job.id, kind, job.state, at, who, evidence)
        self.kept.entries.append(entry)
        return job

    def _require_writable(self) -> None:
        if self.failing is not None:
            raise self.failing


def _copied(part: object) -> object:
    """Containers anew; what is in them is frozen."""
    if isinstance(part, KeptBatches):
        items = {number: dict(each) for number, each in part.items.items()}
        return KeptBatches(dict(part.batches), items, {number: list(each) for number, each in part.moves.items()})
    return copy(part)
