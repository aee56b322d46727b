"""The part of the ledger in which accepted lists are kept: every act in one transaction with what tells of it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Select, insert, select

from gizqr_station.domain.batch import Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.quota import Quota
from gizqr_station.ledger import queries
from gizqr_station.ledger.batch_journal import BatchJournal
from gizqr_station.ledger.batch_rows import batch_entries, batch_items, batch_move_of, batch_of, batches
from gizqr_station.ledger.journal import Known
from gizqr_station.ledger.queue_tables import QueueTables
from gizqr_station.ledger.rows import digest_of, micros
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel, BatchMove

STOPPED = "stopped"
_AT_ONCE = 5_000
"""Rows that are made at a time, however long the list is."""


class BatchTables(QueueTables):
    """The BatchStore of ``workflows.batch_ports``; the ledger that it is a part of brings database, clock, journals."""

    _batches: BatchJournal

    def begin_batch(self, draft: BatchDraft, *, who: str) -> Batch:
        """READY, all its items WAITING; ValueError for repeats, or for no list at all."""
        different = len(set(draft.identities))
        if not different or different != len(draft.identities):
            raise ValueError(f"{draft.name}: {len(draft.identities)} identities, {different} different ones")
        known = Known(self._clock.now(), who)
        counts = {state.value: different if state is ItemState.WAITING else 0 for state in ItemState}
        row = {"name": draft.name, "product_key": draft.product_key, "work_order": draft.order, "total": different}
        stands = {"printer": draft.printer, "state": BatchState.READY.value, "reason": "", "station": self._own}
        by = {"who": who, "at": micros(known.at)}
        with self._database.writing() as connection:
            begun = connection.execute(insert(batches).returning(batches), {**row, **stands, **by, **counts}).one()
            for some in _item_rows(begun.number, draft, known):
                connection.execute(insert(batch_items), some)
            self._batches.enter(connection, begun.number, BatchState.READY, known, _began_with(draft))
            return batch_of(begun, self._database.path)

    def batches(self, limit: int = 50) -> Sequence[Batch]:
        """Newest first."""
        with self._database.reading() as connection:
            return self._batches.many(connection, select(batches).order_by(batches.c.number.desc()).limit(limit))

    def batch(self, number: int) -> Batch:
        """One of them; raises BatchUnknown."""
        with self._database.reading() as connection:
            return self._batches.must(connection, number)

    def batch_items(
        self, number: int, states: Sequence[ItemState] = tuple(ItemState), *, after: int = 0, limit: int = 500
    ) -> Sequence[BatchItem]:
        """Those in one of these states behind position ``after``, in order; raises BatchUnknown."""
        with self._database.reading() as connection:
            self._batches.must(connection, number)
            wanted = _items(number, states).where(batch_items.c.position > after).limit(limit)
            return self._batches.items(connection, wanted)

    def batch_history(self, number: int) -> Sequence[BatchMove]:
        """Everything that was written about a batch, in order; raises BatchUnknown."""
        wanted = select(batch_entries).where(batch_entries.c.batch == number).order_by(batch_entries.c.sequence)
        with self._database.reading() as connection:
            self._batches.must(connection, number)
            return [batch_move_of(row, self._database.path) for row in connection.execute(wanted)]

    def mark_items(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        """State, job and reason; raises BatchUnknown and BatchEnded, ValueError for items that the batch has not."""
        with self._database.writing() as connection:
            self._batches.must_go_on(connection, number)
            self._batches.mark(connection, number, items, Known(self._clock.now(), who))

    def enqueue_items(
        self,
        number: int,
        labels: Sequence[BatchLabel],
        *,
        who: str,
        at_most: int | None = None,
        quota: Quota | None = None,
    ) -> Sequence[PrintJob]:
        """These labels wait for their printer and their items are QUEUED, or nothing has changed."""
        self._database.require_room()
        with self._database.writing() as connection:
            self._batches.must_go_on(connection, number)
            queued: list[PrintJob] = []
            items: list[BatchItem] = []
            for label in labels:
                job = self._enqueue(connection, label.draft, label.image, who, remark=label.remark)
                queued.append(job)
                items.append(BatchItem(label.position, job.identity, ItemState.QUEUED, job.id))
            self._journal.require_room(connection, [label.draft for label in labels], at_most, quota)
            self._batches.mark(connection, number, items, Known(self._clock.now(), who), was=ItemState.WAITING)
            return queued

    def catch_up(self, number: int, *, who: str, again: bool = False) -> Sequence[PrintJob]:
        """Items follow their jobs; the batch's labels in doubt, oldest first."""
        with self._database.writing() as connection:
            self._batches.must_go_on(connection, number)
            return self._batches.catch_up(connection, number, Known(self._clock.now(), who), again=again)

    def take_back(self, number: int, items: Sequence[BatchItem], *, who: str) -> None:
        """Their jobs are cancelled and they wait again; what has left the queue stays as it is."""
        with self._database.writing() as connection:
            self._batches.must_go_on(connection, number)
            self._batches.take_back(connection, number, items, Known(self._clock.now(), who))

    def move_batch(self, number: int, state: BatchState, *, who: str, reason: str = "", printer: str = "") -> Batch:
        """A legal move, or BatchUnknown, BatchEnded, BatchUnderWay; ValueError for one that the table does not have."""
        with self._database.writing() as connection:
            return self._batches.move(connection, number, state, Known(self._clock.now(), who, reason), printer=printer)

    def cancel_batch(self, number: int, *, who: str) -> Batch:
        """Nothing of it waits for a printer any more, and it never goes on."""
        known = Known(self._clock.now(), who)
        with self._database.writing() as connection:
            self._batches.must_go_on(connection, number)
            self._batches.catch_up(connection, number, known)
            queued = self._batches.items(connection, _items(number, [ItemState.QUEUED]))
            self._batches.take_back(connection, number, queued, known)
            return self._batches.move(connection, number, BatchState.CANCELLED, known)

    def pause_interrupted_batches(self, who: str) -> Sequence[Batch]:
        """Whoever holds the folder, or the name, knows that none of its own runs, and that nothing is being sent."""
        known = Known(self._clock.now(), who, STOPPED)
        ours = (batches.c.state == BatchState.RUNNING.value, batches.c.station == self._own)
        running = select(batches).where(*ours).order_by(batches.c.number)
        with self._database.writing() as connection:
            paused = []
            for batch in self._batches.many(connection, running):
                self._batches.doubt_unanswered(connection, batch.number, known)
                self._batches.catch_up(connection, batch.number, known)
                paused.append(self._batches.move(connection, batch.number, BatchState.PAUSED, known))
            return paused

    def labels_of_order(self, product_key: str, order: str) -> int:
        """How many identities have a live label under it."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.live_of_order(product_key, order)).scalar_one())


def _began_with(draft: BatchDraft) -> tuple[tuple[str, str], ...]:
    """What is sealed of a list: its name, what for, and the digest of its identities, one a line, in order."""
    listed = digest_of("\n".join(identity.text for identity in draft.identities))
    what_for = (("product_key", draft.product_key), ("work_order", draft.order), ("printer", draft.printer))
    return (("name", draft.name), *what_for, ("total", str(len(draft.identities))), ("list", listed))


def _items(number: int, states: Sequence[ItemState]) -> Select[Any]:
    of_batch = select(batch_items).where(batch_items.c.batch == number).order_by(batch_items.c.position)
    if len(states) == len(ItemState):
        return of_batch  # one that a damaged file has in no state at all is not passed over
    return of_batch.where(batch_items.c.state.in_([state.value for state in states]))


def _item_rows(number: int, draft: BatchDraft, known: Known) -> Iterator[list[dict[str, object]]]:
    acted = {"acted_by": known.who, "acted_at": micros(known.at)}
    same = {"batch": number, "state": ItemState.WAITING.value, "job": None, "reason": "", **acted}
    each = enumerate(draft.identities, start=1)
    while some := list(islice(each, _AT_ONCE)):
        yield [
            {**same, "position": position, "identity": identity.text, "identity_kind": identity.kind.value}
            for position, identity in some
        ]
