"""Records in memory that are searched by looking at each, files that are none, and whoever writes evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.records import (
    PAGE_SIZE,
    UNKNOWN_ON_TOP,
    RecordPage,
    RecordQuery,
    known_by,
    made_for,
    span_of,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Ledger


def wanted(query: RecordQuery, job: PrintJob) -> bool:
    """Whether all that is asked for holds."""
    since, until = span_of(query)
    return (
        known_by(query, job.identity.text, job.draft.label_serial)
        and made_for(query, job.draft.work_order, job.draft.operator)
        and (not query.states or job.state in query.states)
        and (since is None or job.opened_at >= since)
        and (until is None or job.opened_at < until)
        and not query.contested
    )


@dataclass
class FakeSearch:
    """A RecordSearch over any ledger."""

    ledger: Ledger
    searched: list[tuple[RecordQuery, int | None]] = field(default_factory=list)
    short_pages: int = 0
    """So many jobs a page, where it is not 0."""
    before: Callable[[], None] = lambda: None
    """Done in each search, before it looks."""
    broken: Failure | None = None

    def search(self, query: RecordQuery, after: int | None = None) -> RecordPage:
        self.searched.append((query, after))
        self.before()
        if self.broken is not None:
            raise self.broken
        found = [job for job in self.ledger.all_jobs() if wanted(query, job)]
        on_top = [job for job in found if job.state is JobState.UNKNOWN][:UNKNOWN_ON_TOP]
        rest = [job for job in reversed(found) if job not in on_top and (after is None or job.id < after)]
        size = self.short_pages or PAGE_SIZE
        onward = rest[size - 1].id if len(rest) > size else None
        return RecordPage(tuple(rest[:size]), onward, tuple(on_top) if after is None else ())

    def all_matching(self, query: RecordQuery) -> Iterator[PrintJob]:
        yield from [job for job in self.ledger.all_jobs() if wanted(query, job)][::-1]


@dataclass
class FakeRecordFiles:
    """Remembers what was written, and where."""

    written: dict[str, list[PrintJob]] = field(default_factory=dict)
    broken: Failure | None = None

    def write_csv(self, jobs: Iterator[PrintJob], path: PurePath, stop: Stop) -> int:
        if self.broken is not None:
            raise self.broken
        rows = []
        for job in jobs:
            stop.check()
            rows.append(job)
        self.written[str(path)] = rows
        return len(rows)

    def write_xlsx(self, jobs: Iterator[PrintJob], path: PurePath, stop: Stop) -> int:
        return self.write_csv(jobs, path, stop)


@dataclass
class FakeEvidence:
    """An EvidenceWriter that remembers what it was asked for."""

    written: list[tuple[PrintJob | str, str, str]] = field(default_factory=list)

    def write(self, about: PrintJob | str, path: PurePath, who: str, stop: Stop) -> int:
        stop.check()
        self.written.append((about, str(path), who))
        return 7
