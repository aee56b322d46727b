"""The part of the ledger that says which results were handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.result import DeliveryTries, Destination, Result, Standing
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.outbox_rows import KINDS, outbox, outbox_tries, results, tries_of
from gizqr_station.ledger.rows import micros, moment_of
from gizqr_station.ledger.tables import entries, meta
from gizqr_station.workflows.ports import Clock

_LONG_ENOUGH_US = 10 * 60 * 1_000_000
_NOTHING_STAGED = {"staged": 0, "staged_by": "", "staged_at": 0}


class OutboxTables:
    """The OutboxStore of ``workflows.outbox_ports``; the ledger that it is a part of brings the rest."""

    _database: Database
    _clock: Clock
    _journal: Journal

    def outbox_standing(self, destination: Destination) -> Standing:
        """How far it is; begins here and now for a destination that was not there before."""
        with self._database.reading() as connection:
            row = self._standing(connection, destination)
        if row is None:
            with self._database.writing() as connection:
                row = self._standing(connection, destination) or self._begin(connection, destination)
        return Standing(row.upto, row.staged, free=self._free(row))

    def results_after(self, sequence: int, limit: int) -> Sequence[Result]:
        """The next ones, in the order in which they became known."""
        with self._database.reading() as connection:
            ledger_id = connection.execute(select(meta.c.ledger_id)).scalar_one()
            wanted = results().where(entries.c.sequence > sequence).limit(limit)
            return [self._result(row, ledger_id) for row in connection.execute(wanted)]

    def result(self, sequence: int) -> Result | None:
        """Of one entry; None if it is about none."""
        with self._database.reading() as connection:
            ledger_id = connection.execute(select(meta.c.ledger_id)).scalar_one()
            row = connection.execute(results().where(entries.c.sequence == sequence)).first()
            return None if row is None else self._result(row, ledger_id)

    def stage_result(self, destination: Destination, sequence: int) -> bool:
        """From now on it may have been handed over; False where another station is at it, or was faster."""
        with self._database.writing() as connection:
            row = self._standing(connection, destination) or self._begin(connection, destination)
            tried = (outbox_tries.c.destination == destination.value, outbox_tries.c.sequence == sequence)
            left = sequence > row.upto or connection.execute(select(outbox_tries).where(*tried)).first() is not None
            if not left or not self._free(row):
                return False
            by = {"staged_by": self._journal.station, "staged_at": micros(self._clock.now())}
            self._change(connection, destination, staged=sequence, **by)
            return True

    def result_delivered(self, destination: Destination, sequence: int) -> None:
        """It was; what is known of its failed tries goes."""
        with self._database.writing() as connection:
            which = self._which(outbox_tries, destination)
            connection.execute(delete(outbox_tries).where(*which, outbox_tries.c.sequence == sequence))
            self._advance(connection, destination, sequence)

    def result_failed(
        self, destination: Destination, sequence: int, *, at: datetime, reason: str, give_up: bool
    ) -> DeliveryTries:
        """A try failed. ``give_up``: later ones go on, this one waits for a person."""
        with self._database.writing() as connection:
            which = (*self._which(outbox_tries, destination), outbox_tries.c.sequence == sequence)
            known = {"last_at": micros(at), "reason": reason, "given_up": give_up}
            again = update(outbox_tries).where(*which).values(tries=outbox_tries.c.tries + 1, **known)
            if connection.execute(again).rowcount == 0:
                first = {"tries": 1, "first_at": micros(at), **known, "sequence": sequence}
                connection.execute(insert(outbox_tries), {**self._key(destination), **first})
            if give_up:
                self._advance(connection, destination, sequence)
            else:
                self._change(connection, destination, staged_by="", staged_at=0)
            return tries_of(connection.execute(select(outbox_tries).where(*which)).one())

    def failed_tries(self, destination: Destination) -> Sequence[DeliveryTries]:
        """Of all results that were not taken so far, in their order."""
        with self._database.reading() as connection:
            which = self._which(outbox_tries, destination)
            found = select(outbox_tries).where(*which).order_by(outbox_tries.c.sequence)
            return [tries_of(row) for row in connection.execute(found)]

    def retry_given_up(self, destination: Destination, *, who: str) -> int:
        """A person wants those tried again; how many."""
        with self._database.writing() as connection:
            which = (*self._which(outbox_tries, destination), outbox_tries.c.given_up)
            now = micros(self._clock.now())
            # Their time begins anew, or the first failure would give them up again.
            again = update(outbox_tries).where(*which).values(given_up=False, tries=0, first_at=now)
            wanted = connection.execute(again).rowcount
            if wanted:
                facts = (("destination", destination.value), ("tried_again", str(wanted)))
                act = Act(ActKind.EXPORT, "outbox", facts)
                self._journal.act(connection, act, Known(self._clock.now(), who))
            return wanted

    def unsent(self, destination: Destination) -> tuple[int, datetime | None]:
        """How many results are not handed over, and when the oldest became known."""
        standing = self.outbox_standing(destination)
        with self._database.reading() as connection:
            ahead = results().where(entries.c.sequence > standing.upto).subquery()
            number, oldest = connection.execute(select(func.count(), func.min(ahead.c.entry_at))).one()
            which = self._which(outbox_tries, destination)
            behind = select(outbox_tries.c.sequence).where(*which, outbox_tries.c.sequence <= standing.upto)
            left = connection.execute(behind).scalars().all()
            if left:
                first = select(func.min(entries.c.at)).where(entries.c.sequence.in_(behind))
                earlier = connection.execute(first).scalar_one()
                oldest = earlier if oldest is None else min(oldest, earlier)
        return int(number) + len(left), None if oldest is None else moment_of(oldest)

    def _begin(self, connection: Connection, destination: Destination) -> Row[Any]:
        last = connection.execute(select(func.max(entries.c.sequence))).scalar() or 0
        connection.execute(insert(outbox), {**self._key(destination), **_NOTHING_STAGED, "upto": last})
        row = self._standing(connection, destination)
        assert row is not None
        return row

    def _standing(self, connection: Connection, destination: Destination) -> Row[Any] | None:
        return connection.execute(select(outbox).where(*self._which(outbox, destination))).first()

    def _advance(self, connection: Connection, destination: Destination, sequence: int) -> None:
        """Never back: a result that was tried again lies behind."""
        row = self._standing(connection, destination)
        self._change(connection, destination, upto=max(sequence, 0 if row is None else row.upto), **_NOTHING_STAGED)

    def _change(self, connection: Connection, destination: Destination, **values: object) -> None:
        connection.execute(update(outbox).where(*self._which(outbox, destination)).values(values))

    def _which(self, table: Table, destination: Destination) -> tuple[Any, ...]:
        return (table.c.destination == destination.value,)

    def _key(self, destination: Destination) -> dict[str, object]:
        return {"destination": destination.value}

    def _free(self, row: Row[Any]) -> bool:
        """Whether this station may hand over: no other one is at it, or that one has had long enough."""
        if not self._journal.own or row.staged_by in ("", self._journal.station):
            return True  # a ledger of its own has one station, whatever it was called when it ended
        return bool(abs(micros(self._clock.now()) - row.staged_at) > _LONG_ENOUGH_US)

    def _result(self, row: Row[Any], ledger_id: str) -> Result:
        job = self._journal.job(row)
        return Result(
            ledger_id=ledger_id,
            sequence=row.entry_sequence,
            kind=KINDS[row.entry_state],
            job=job,
            at=moment_of(row.entry_at),
            who=row.entry_who,
            station=row.entry_station,
            seal=row.entry_seal,
        )
