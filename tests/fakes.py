"""Plain stand-ins for the parts that workflows are handed; each passes the contract suite of what it stands for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, JobDraft, JobState, PrintJob, PrintOutcome, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, IllegalMove
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.quota import Quota
from gizqr_station.workflows.ports import Clock, Entry
from tests.fake_corrections import FakeCorrections
from tests.fake_kept import Kept

__all__ = ["FakeLedger", "Kept", "SteppingClock"]


class SteppingClock:
    """A Clock that goes on by one second each time it is looked at."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self.time = start

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class FakeLedger(FakeCorrections):
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

    def label_serials(self, count: int) -> Sequence[str]:
        if count < 1:
            raise ValueError(f"{count} serials")
        return [self.next_label_serial() for _ in range(count)]

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        for job in self._of(product_key, identity):
            if job.state not in ENDED:
                drawn = job.draft
                raise AlreadyLabelled(str(identity), job.opened_at, drawn.station, drawn.label_serial, job.state.value)

    def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
        wanted = set(identities)
        live = (job for job in self.kept.jobs.values() if job.state not in ENDED and job.identity in wanted)
        return {job.identity: job for job in live if job.draft.product_key == product_key}

    def open(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob:
        self._require_writable()
        if image.digest != draft.image_digest:
            raise ValueError(f"the image of {draft.label_serial} is not the one its draft names")
        self.require_unlabelled(draft.product_key, draft.identity)
        if any(job.draft.label_serial == draft.label_serial for job in self.kept.jobs.values()):
            raise ValueError(f"label serial {draft.label_serial} was used before")
        self._require_quota([draft], quota)
        if at_most is not None and self.labels_of_order(draft.product_key, draft.work_order) >= at_most:
            raise OrderComplete(draft.work_order, at_most)
        at = self.clock.now()
        job = PrintJob(len(self.kept.jobs) + 1, draft, JobState.INTENDED, None, at, at)
        self.kept.images[job.id] = image
        self._keep(job, "move", at, draft.operator, "")
        return self._keep(job, "note", at, draft.operator, remark) if remark else job

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
        if moves:
            self._goes_with(actual, state, outcome)
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
        self.hold_waiting("", who=who, reason="station restarted")
        touched = []
        for job in list(self.kept.jobs.values()):
            if job.id in self.kept.queue:
                continue
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

    def job(self, number: int) -> PrintJob:
        return self._must(number)

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
