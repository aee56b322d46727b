"""Plain stand-ins for the parts that workflows are handed; each passes the contract suite of what it stands for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, JobDraft, JobState, PrintJob, PrintOutcome, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove, NothingRecorded
from gizqr_station.workflows.ports import Clock, Entry


class SteppingClock:
    """A Clock that goes on by one second each time it is looked at."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self.time = start

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@dataclass
class Kept:
    """What a FakeLedger keeps; two that share it are one ledger opened twice."""

    jobs: dict[int, PrintJob] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    images: dict[int, LabelImage] = field(default_factory=dict)
    serials: int = 0


class FakeLedger:
    """A Ledger in memory, for one thread.

    Set ``failing`` to have every call that writes raise it, and write nothing.
    """

    def __init__(self, clock: Clock | None = None, station: str = "bench-1", kept: Kept | None = None) -> None:
        self.clock = clock or SteppingClock()
        self.station = station
        self.kept = kept or Kept()
        self.failing: Failure | None = None

    def next_label_serial(self) -> str:
        self._require_writable()
        self.kept.serials += 1
        return f"L-{self.kept.serials:06d}"

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        for job in self._of(product_key, identity):
            if job.state not in ENDED:
                drawn = job.draft
                raise AlreadyLabelled(str(identity), job.opened_at, drawn.station, drawn.label_serial, job.state.value)

    def open(self, draft: JobDraft, image: LabelImage) -> PrintJob:
        self._require_writable()
        if image.digest != draft.image_digest:
            raise ValueError(f"the image of {draft.label_serial} is not the one its draft names")
        self.require_unlabelled(draft.product_key, draft.identity)
        if any(job.draft.label_serial == draft.label_serial for job in self.kept.jobs.values()):
            raise ValueError(f"label serial {draft.label_serial} was used before")
        at = self.clock.now()
        job = PrintJob(len(self.kept.jobs) + 1, draft, JobState.INTENDED, None, at, at)
        self.kept.images[job.id] = image
        return self._keep(job, "move", at, draft.operator, "")

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        moves = state is not job.state
        if moves or outcome is None:
            require_legal(job.id, job.state, state)
        self._require_writable()
        actual = self._must(job.id)
        if actual.state is not job.state:
            raise IllegalMove(job.id, actual.state.value, state.value)
        at = self.clock.now()
        moved = replace(
            actual, state=state, outcome=outcome or actual.outcome, moved_at=at if moves else actual.moved_at
        )
        known = evidence or (outcome.value if outcome else "")
        return self._keep(moved, "move" if moves else "note", at, who, known)

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        self._require_writable()
        self._keep(self._must(job.id), "note", self.clock.now(), who, evidence)

    def settle_interrupted(self, who: str) -> Sequence[PrintJob]:
        self._require_writable()
        touched = []
        for job in list(self.kept.jobs.values()):
            if job.state is JobState.INTENDED:
                touched.append(self.move(job, JobState.FAILED, who=who, evidence="interrupted before sending"))
            elif job.state is JobState.SENT and job.outcome is None:
                touched.append(self.move(job, JobState.UNKNOWN, who=who, evidence="interrupted while sending"))
            elif job.state is JobState.SENT and job.outcome is PrintOutcome.ACCEPTED and job.draft.scan_back_due:
                evidence = "not scanned back before the station ended"
                touched.append(self.move(job, JobState.UNKNOWN, who=who, evidence=evidence))
        return touched

    def open_jobs(self) -> Sequence[PrintJob]:
        return [job for job in self.kept.jobs.values() if job.open]

    def latest(self, product_key: str, identity: Identity) -> PrintJob | None:
        return next(iter(reversed(self._of(product_key, identity))), None)

    def revision_for(self, product_key: str, identity: Identity) -> int:
        return sum(job.state is JobState.VOIDED for job in self._of(product_key, identity))

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        needle = re.sub(r"[:.\-\s]", "", text).lower()
        found = [
            job
            for job in reversed(self.kept.jobs.values())
            if needle in job.identity.text or needle in job.draft.label_serial.replace("-", "").lower()
        ]
        return found[:limit]

    def with_content(self, content: str) -> PrintJob | None:
        return next((job for job in reversed(self.kept.jobs.values()) if job.draft.content == content), None)

    def history(self, job: int) -> Sequence[Entry]:
        return [entry for entry in self.kept.entries if entry.job == job]

    def image(self, job: int) -> LabelImage | None:
        return self.kept.images.get(job)

    def all_jobs(self) -> Iterator[PrintJob]:
        yield from list(self.kept.jobs.values())

    def count(self, state: JobState, since: datetime | None = None) -> int:
        return sum(job.state is state and (since is None or job.moved_at >= since) for job in self.kept.jobs.values())

    def verify(self) -> Failure | None:
        return None

    def _of(self, product_key: str, identity: Identity) -> list[PrintJob]:
        jobs = self.kept.jobs.values()
        return [job for job in jobs if job.identity == identity and job.draft.product_key == product_key]

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
