"""Batches and their items, written and read within a transaction that the caller holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.batch import BATCH_MOVES, Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.list_failures import BatchEnded, BatchUnderWay, BatchUnknown
from gizqr_station.ledger.batch_rows import batch_entries, batch_items, batch_of, batches, item_of
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.tables import jobs, queue

CANCELLED = "cancelled"
INTERRUPTED = "interrupted while sending"
_AT_ONCE = 500
"""Items that one question names; SQLite takes at least 999 values."""
_ENDS = [state.value for state, onward in BATCH_MOVES.items() if not onward]

_LEFT = (jobs.c.state.not_in([JobState.INTENDED.value, JobState.FAILED.value]),)
"""The printer got it, or some of it."""
_REFUSED = (jobs.c.state == JobState.FAILED.value, jobs.c.outcome == PrintOutcome.REFUSED.value)
"""By the printer: nothing of it was sent."""
_CANCELLED = (jobs.c.state == JobState.FAILED.value, jobs.c.outcome.is_distinct_from(PrintOutcome.REFUSED.value))
"""By a person, before it was sent."""
_NO_LABEL = (jobs.c.state.in_([JobState.VOIDED.value, JobState.FAILED.value]),)

_MARK = (
    update(batch_items)
    .where(
        batch_items.c.batch == bindparam("of"),
        batch_items.c.position == bindparam("at"),
    )
    .values(
        state=bindparam("new_state"),
        job=bindparam("new_job"),
        reason=bindparam("new_reason"),
        acted_by=bindparam("new_who"),
        acted_at=bindparam("new_moment"),
    )
)


class BatchJournal:
    """The only writer of batches and their items; ``journal`` is the one of the jobs."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._path = journal.path

    def must(self, connection: Connection, number: int) -> Batch:
        """The batch of this number, or BatchUnknown."""
        row = connection.execute(select(batches).where(batches.c.number == number)).first()
        if row is None:
            raise BatchUnknown(number)
        return batch_of(row, self._path)

    def must_go_on(self, connection: Connection, number: int) -> Batch:
        """The same, or BatchEnded."""
        found = self.must(connection, number)
        if not BATCH_MOVES[found.state]:
            raise BatchEnded(number, found.state.value)
        return found

    def many(self, connection: Connection, query: Select[Any]) -> list[Batch]:
        """The batches that a question finds."""
        return [batch_of(row, self._path) for row in connection.execute(query)]

    def items(self, connection: Connection, query: Select[Any]) -> list[BatchItem]:
        """The items that a question finds."""
        return [item_of(row, self._path) for row in connection.execute(query)]

    def move(self, connection: Connection, number: int, state: BatchState, known: Known, *, printer: str = "") -> Batch:
        """Write a legal move; the evidence is its reason. BatchUnknown, BatchEnded, BatchUnderWay."""
        stands = self.must_go_on(connection, number)
        if state is BatchState.RUNNING:
            # One at a time at each station, and each at one station.
            here = or_(batches.c.station == self._journal.own, batches.c.number == number)
            wanted = select(batches).where(batches.c.state == state.value, here).limit(1)
            for under_way in self.many(connection, wanted):
                raise BatchUnderWay(under_way.number)
        if state not in BATCH_MOVES[stands.state]:
            raise ValueError(f"batch {number} is {stands.state.value} and does not become {state.value}")
        goes_on_at = printer or stands.printer
        changed = {"state": state.value, "reason": known.evidence, "printer": goes_on_at}
        if state is BatchState.RUNNING:
            changed["station"] = self._journal.own
        connection.execute(update(batches).where(batches.c.number == number).values(**changed))
        moved = known if goes_on_at == stands.printer else replace(known, evidence=f"{known.evidence} on {printer}")
        self.enter(connection, number, state, moved)
        return self.must(connection, number)

    def rename_printer(self, connection: Connection, was: str, now: str, known: Known) -> None:
        """Batches that are not at their end go on at the printer under its new name."""
        ours = batches.c.station == self._journal.own
        wanted = select(batches).where(batches.c.printer == was, ours, batches.c.state.not_in(_ENDS))
        for batch in self.many(connection, wanted):
            connection.execute(update(batches).where(batches.c.number == batch.number).values(printer=now))
            self.enter(connection, batch.number, batch.state, replace(known, evidence=f"on {now}"))

    def enter(
        self,
        connection: Connection,
        number: int,
        state: BatchState,
        known: Known,
        began_with: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Write one line of the record of batches, and of the sealed one, where a first line tells more."""
        line = {"batch": number, "state": state.value, "at": micros(known.at), "who": known.who}
        said = known.evidence.strip()
        connection.execute(insert(batch_entries), {**line, "evidence": said})
        told = (("state", state.value), *([("evidence", said)] if said else []), *began_with)
        self._journal.act(connection, Act(ActKind.BATCH, str(number), told), known)

    def mark(
        self,
        connection: Connection,
        number: int,
        items: Sequence[BatchItem],
        known: Known,
        *,
        was: ItemState | None = None,
    ) -> None:
        """Write items as they stand now, and count them there.

        ValueError for an identity that the batch does not have at its position, and for one that does not stand in
        ``was``.
        """
        standing = {
            item.position: item for item in self._standing(connection, number, [each.position for each in items])
        }
        moved: Counter[ItemState] = Counter()
        rows = []
        for item in items:
            stood = standing.pop(item.position, None)
            if stood is None or stood.identity != item.identity or was not in (None, stood.state):
                raise ValueError(f"batch {number} has no {item.identity} at {item.position}, or it is somewhere else")
            marks = {"new_state": item.state.value, "new_job": item.job, "new_reason": item.reason}
            by = {"new_who": known.who, "new_moment": micros(known.at)}
            rows.append({"of": number, "at": item.position, **marks, **by})
            moved[stood.state] -= 1
            moved[item.state] += 1
        changed = {state.value: batches.c[state.value] + by for state, by in moved.items() if by}
        if rows:
            connection.execute(_MARK, rows)
        if changed:
            connection.execute(update(batches).where(batches.c.number == number).values(**changed))

    def catch_up(self, connection: Connection, number: int, known: Known, *, again: bool = False) -> list[PrintJob]:
        """Let items follow their jobs, as BatchStore says; the labels in doubt."""
        self._follow(connection, number, (ItemState.QUEUED, ItemState.WAITING), _REFUSED, known)
        self._follow(connection, number, (ItemState.QUEUED, ItemState.REFUSED), _CANCELLED, known, CANCELLED)
        self._follow(connection, number, (ItemState.QUEUED, ItemState.SENT), _LEFT, known)
        if again:
            self._follow(connection, number, (ItemState.SENT, ItemState.WAITING), _NO_LABEL, known)
        doubtful = select(jobs).join(batch_items, batch_items.c.job == jobs.c.id).order_by(jobs.c.id)
        doubtful = doubtful.where(jobs.c.state == JobState.UNKNOWN.value, batch_items.c.batch == number)
        return self._journal.many(connection, doubtful)

    def doubt_unanswered(self, connection: Connection, number: int, known: Known) -> None:
        """Labels of it that went out, and of which nobody wrote down what became of them, are UNKNOWN."""
        unanswered = select(jobs).join(batch_items, batch_items.c.job == jobs.c.id).order_by(jobs.c.id)
        sent = (jobs.c.state == JobState.SENT.value, jobs.c.outcome.is_(None))
        for job in self._journal.many(connection, unanswered.where(batch_items.c.batch == number, *sent)):
            self._journal.move(connection, job, JobState.UNKNOWN, replace(known, evidence=INTERRUPTED))

    def take_back(self, connection: Connection, number: int, items: Iterable[BatchItem], known: Known) -> None:
        """Cancel the jobs that still wait; their items wait again."""
        for item in items:
            if item.job is None:
                continue
            waiting = select(jobs).join(queue, queue.c.job == jobs.c.id).where(jobs.c.id == item.job)
            job = self._journal.one(connection, waiting)
            if job is not None:
                self._journal.move(connection, job, JobState.FAILED, replace(known, evidence=CANCELLED))
                again = replace(item, state=ItemState.WAITING, job=None, reason="")
                self.mark(connection, number, [again], known, was=ItemState.QUEUED)

    def _follow(
        self,
        connection: Connection,
        number: int,
        step: tuple[ItemState, ItemState],
        jobs_that: Iterable[Any],
        known: Known,
        reason: str = "",
    ) -> None:
        """Items in the first state whose jobs are so become the second; one that waits again has no job."""
        was, now = step
        such = select(batch_items).join(jobs, jobs.c.id == batch_items.c.job).order_by(batch_items.c.position)
        such = such.where(batch_items.c.batch == number, batch_items.c.state == was.value, *jobs_that)
        followed = [
            replace(item, state=now, job=None if now is ItemState.WAITING else item.job, reason=reason)
            for item in self.items(connection, such)
        ]
        self.mark(connection, number, followed, known, was=was)

    def _standing(self, connection: Connection, number: int, positions: Iterable[int]) -> Iterator[BatchItem]:
        left = iter(positions)
        while some := list(islice(left, _AT_ONCE)):
            wanted = select(batch_items).where(batch_items.c.batch == number, batch_items.c.position.in_(some))
            yield from self.items(connection, wanted)
