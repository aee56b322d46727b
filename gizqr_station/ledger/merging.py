"""One page of another ledger's record, written into this one within a transaction that the caller holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from gizqr_station.domain.audit import SealedEntry
from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.merging import Brought, MergePage, Taken
from gizqr_station.ledger import contests, device_count, queries, search_index
from gizqr_station.ledger.journal import Journal, Known, Line, opened_with
from gizqr_station.ledger.merge_rows import MERGED, called_here, serial_here, told_of
from gizqr_station.ledger.rows import draft_values, image_values, micros
from gizqr_station.ledger.sealed_rows import OPENING
from gizqr_station.ledger.tables import entries, images, jobs


class PageTaker:
    """Each entry becomes an entry here with its own person, station and evidence; its moment and seal are the subject.

    What is moved here on top of what was merged stays as it is: from then on the other ledger's moves are notes.
    """

    def __init__(self, journal: Journal, connection: Connection, page: MergePage, at: datetime) -> None:
        self._journal = journal
        self._connection = connection
        self._page = page
        self._at = at
        self._ours = self._merged_before()
        self._moved_here = self._moved_by_us()
        self._lines: list[Line] = []
        self._opened: list[int] = []

    def take(self) -> Taken:
        """All of it, and what it was."""
        taken = Taken()
        for entry in self._page.entries:
            if entry.job is not None:
                taken += self._take(entry, entry.job)
        self._flush()
        if self._opened:  # nobody else writes meanwhile, so all numbers between the two are of this page
            search_index.keep_rows(self._connection, self._opened[0], self._opened[-1])
        return taken

    def _take(self, entry: SealedEntry, number: int) -> Taken:
        if number not in self._page.brought:
            raise LedgerDamaged(self._journal.path, f"entry {entry.sequence} is about a label that is not there")
        brought = self._page.brought[number]
        if (entry.kind, entry.state) == OPENING:
            job = self._open(entry, brought)
            return Taken(labels=1, contested=int(job.contested))
        job = self._ours[number]
        if entry.kind == "move" and job.id not in self._moved_here:
            self._move(job, entry, brought)
            return Taken(moves=1)
        moves = entry.kind == "move"
        evidence = f"{entry.state} there: {entry.evidence}" if moves else entry.evidence
        self._know(job, {"outcome": self._outcome(brought)})
        self._enter(self._ours[number], entry, "note", evidence)
        return Taken(moves=int(moves))

    def _open(self, entry: SealedEntry, brought: Brought) -> PrintJob:
        origin, there = self._page.origin, brought.job
        draft = replace(
            there.draft,
            label_serial=serial_here(self._connection, there.draft.label_serial, origin),
            replaces=called_here(self._connection, there.draft.replaces, origin),
        )
        claim = self._journal.one(self._connection, queries.live_of(draft.product_key, draft.identity))
        opened_at = micros(there.opened_at)
        values = {
            **draft_values(draft),
            "state": JobState.INTENDED.value,
            "opened_at": opened_at,
            "moved_at": opened_at,
            "origin": origin,
            "origin_job": there.id,
            "contested": claim is not None,
        }
        job = self._journal.job(self._connection.execute(insert(jobs).returning(jobs), values).one())
        self._connection.execute(insert(images), image_values(job.id, brought.image))
        device_count.count_opened(self._connection, draft)
        self._opened.append(job.id)
        self._ours[there.id] = job
        self._enter(job, entry, "move", entry.evidence)
        return job

    def _move(self, job: PrintJob, entry: SealedEntry, brought: Brought) -> None:
        state = JobState(entry.state)
        changed: dict[str, object] = {"state": state.value, "moved_at": micros(entry.at)}
        if state is JobState.SENT and brought.job.sent_to:
            changed["sent_to"] = brought.job.sent_to
        self._know(job, {**changed, "outcome": self._outcome(brought)})
        moved = self._ours[job.origin_job]
        if state is JobState.FAILED:
            device_count.count_failed(self._connection, moved.draft)
        self._enter(moved, entry, "move", entry.evidence)
        if state in ENDED:
            self._flush()  # what is said of the next label comes behind what is said of this one
            known = Known(self._at, entry.who)
            self._ours[job.origin_job] = contests.ended(self._journal, self._connection, moved, known)

    def _know(self, job: PrintJob, changed: Mapping[str, object]) -> None:
        if job.id in self._moved_here or changed == {"outcome": job.outcome and job.outcome.value}:
            return
        row = self._connection.execute(update(jobs).where(jobs.c.id == job.id).values(changed).returning(jobs)).one()
        self._ours[job.origin_job] = self._journal.job(row)

    def _outcome(self, brought: Brought) -> str | None:
        return None if brought.job.outcome is None else brought.job.outcome.value

    def _enter(self, job: PrintJob, entry: SealedEntry, kind: str, evidence: str) -> None:
        line: dict[str, object] = {
            "kind": kind,
            "job": job.id,
            "state": job.state.value,
            "subject": told_of(self._page.origin, entry),
            "evidence": evidence,
            "who": entry.who,
            "station": entry.station,
        }
        self._lines.append((line, opened_with(job) if (kind, job.state.value) == OPENING else None))

    def _flush(self) -> None:
        self._journal.enter_lines(self._connection, self._lines, self._at)
        self._lines = []

    def _merged_before(self) -> dict[int, PrintJob]:
        """By their numbers there."""
        merged = (jobs.c.origin == self._page.origin, jobs.c.origin != "")
        wanted = select(jobs).where(*merged, jobs.c.origin_job.in_(self._page.brought))
        return {job.origin_job: job for job in self._journal.many(self._connection, wanted)}

    def _moved_by_us(self) -> set[int]:
        """Which of these have moved here since they were merged."""
        numbers = [job.id for job in self._ours.values()]
        ours = (entries.c.job.in_(numbers), entries.c.kind == "move", entries.c.subject.not_like(f"{MERGED}%"))
        return set(self._connection.execute(select(entries.c.job).where(*ours)).scalars())
