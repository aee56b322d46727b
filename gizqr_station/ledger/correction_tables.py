"""Labels that take the place of others, in the tables of the ledger."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from gizqr_station.domain.correction_failures import NotTheNewest
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.ledger import queries
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.tables import jobs
from gizqr_station.workflows.ports import Clock


class CorrectionTables:
    """The CorrectionStore of ``workflows.correction_ports``; the ledger that it is a part of brings the rest."""

    _database: Database
    _clock: Clock
    _journal: Journal

    def with_serial(self, label_serial: str) -> PrintJob | None:
        """The label that has exactly this serial."""
        with self._database.reading() as connection:
            return self._journal.one(connection, select(jobs).where(jobs.c.label_serial == label_serial))

    def labels_of(self, product_key: str, identity: Identity) -> Sequence[PrintJob]:
        """All labels of one device, newest first."""
        with self._database.reading() as connection:
            return self._journal.many(connection, queries.of_identity(product_key, identity))

    def replace(
        self,
        old: PrintJob,
        draft: JobDraft,
        image: LabelImage,
        *,
        who: str,
        evidence: str,
        at_most: int | None = None,
    ) -> tuple[PrintJob, PrintJob]:
        """Void the old label, unless it is VOIDED already, and open the one that takes its place: both or neither."""
        require_successor(old, draft)
        if old.state is not JobState.VOIDED:
            require_legal(old.id, old.state, JobState.VOIDED)
        self._database.require_room()
        try:
            return self._exchanged(old, draft, image, Known(self._clock.now(), who, evidence), at_most)
        except OutcomeInDoubt as doubt:
            raise OutcomeInDoubt(doubt.path, draft.label_serial) from doubt

    def _exchanged(
        self, old: PrintJob, draft: JobDraft, image: LabelImage, known: Known, at_most: int | None
    ) -> tuple[PrintJob, PrintJob]:
        with self._database.writing() as connection:
            self._require_newest(connection, old)
            if old.state is not JobState.VOIDED:
                old = self._journal.move(connection, old, JobState.VOIDED, known)
            self._require_revision(connection, draft)
            new = self._journal.open(connection, draft, image, known.at)
            self._journal.require_room(connection, [draft], at_most, None)
            return old, new

    def _require_newest(self, connection: Connection, old: PrintJob) -> None:
        of_device = queries.of_identity(old.draft.product_key, old.identity)
        newest = self._journal.one(connection, of_device.where(jobs.c.state != JobState.FAILED.value).limit(1))
        if newest is None or newest.id != old.id:
            raise NotTheNewest(old.draft.label_serial, "" if newest is None else newest.draft.label_serial)

    def _require_revision(self, connection: Connection, draft: JobDraft) -> None:
        voided = connection.execute(queries.voided_of(draft.product_key, draft.identity)).scalar_one()
        if voided != draft.revision:
            raise ValueError(f"{draft.label_serial} is revision {draft.revision}, but {voided} labels were voided")


def require_successor(old: PrintJob, draft: JobDraft) -> None:
    """Raise ValueError unless a draft names the old label, is of the same device and says the same."""
    of_old = (old.draft.label_serial, old.draft.product_key, old.identity, old.draft.content)
    if of_old != (draft.replaces, draft.product_key, draft.identity, draft.content):
        raise ValueError(f"{draft.label_serial} is no replacement of {old.draft.label_serial}")
