"""The part of the ledger that tells the sealed record as it is: acts, seals, and what they are about."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Row, Select, select

from gizqr_station.domain.audit import Act, ActKind, SealedEntry
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.rows import DAMAGE
from gizqr_station.ledger.sealed_rows import sealed_entry_of
from gizqr_station.ledger.tables import entries, meta
from gizqr_station.workflows.ports import Clock


class AuditTables:
    """The AuditTrail of ``workflows.audit_ports``; the ledger that it is a part of brings database, clock, journal."""

    _database: Database
    _clock: Clock
    _journal: Journal

    @property
    def path(self) -> str:
        """The ledger as shown to people: a file, or an address without secrets."""
        return self._database.path

    def act(self, act: Act, *, who: str) -> SealedEntry:
        """Write one entry, durable when it returns."""
        with self._database.writing() as connection:
            sequence = self._journal.act(connection, act, Known(self._clock.now(), who))
            return self._sealed(connection.execute(select(entries).where(entries.c.sequence == sequence)).one())

    def disk_was_full(self) -> None:
        """Write that it was, on the room that was given free for it; where even that is not enough, go on without."""
        with suppress(Failure):
            self.act(Act(ActKind.STORAGE, "disk full", (("path", self._database.path),)), who=self._journal.station)

    def entries(self, after: int, limit: int) -> Sequence[SealedEntry]:
        """The next of them in their order, of every kind."""
        return self._entries(select(entries).where(entries.c.sequence > after).order_by(entries.c.sequence), limit)

    def acts_about(self, subject: str, limit: int = 50) -> Sequence[SealedEntry]:
        """Newest first."""
        wanted = select(entries).where(entries.c.job.is_(None), entries.c.subject == subject)
        return self._entries(wanted.order_by(entries.c.sequence.desc()), limit)

    def last_entry(self) -> int:
        """Sequence of the newest; 0 for none."""
        with self._database.reading() as connection:
            head = connection.execute(hot_path.HEAD).first()
        return 0 if head is None else int(head.sequence)

    def seal_at(self, sequence: int) -> str:
        """The seal of one entry as it stands there; empty where there is none."""
        with self._database.reading() as connection:
            found = connection.execute(select(entries.c.seal).where(entries.c.sequence == sequence)).scalar()
        return str(found or "")

    def ledger_id(self) -> str:
        """What tells this ledger from every other; raises LedgerDamaged where it is gone."""
        with self._database.reading() as connection:
            found = connection.execute(select(meta.c.ledger_id)).scalars().all()
        if len(found) != 1:
            raise LedgerDamaged(self._database.path, f"{len(found)} rows in meta")
        return str(found[0])

    def _entries(self, wanted: Select[Any], limit: int) -> list[SealedEntry]:
        with self._database.reading() as connection:
            return [self._sealed(row) for row in connection.execute(wanted.limit(limit))]

    def _sealed(self, row: Row[Any]) -> SealedEntry:
        try:
            return sealed_entry_of(row)
        except DAMAGE as broken:
            raise LedgerDamaged(self._database.path, f"entry {row.sequence}: {broken}") from broken
