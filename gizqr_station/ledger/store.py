"""The ledger: jobs, moves and notes, each written in one transaction and durable when the call returns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, select, update

from gizqr_station.domain.audit_failures import failure_of
from gizqr_station.domain.failures import Failure, LedgerFailure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome, require_legal
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import DiskFull, LedgerDamaged
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger import queries
from gizqr_station.ledger.batch_journal import INTERRUPTED, BatchJournal
from gizqr_station.ledger.batch_tables import BatchTables
from gizqr_station.ledger.correction_tables import CorrectionTables
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.device_count import DeviceCount
from gizqr_station.ledger.integrity import require_whole_file, require_whole_record
from gizqr_station.ledger.journal import Journal, Known, already
from gizqr_station.ledger.merge_tables import MergeTables
from gizqr_station.ledger.order_tables import OrderTables
from gizqr_station.ledger.outbox_tables import OutboxTables
from gizqr_station.ledger.people_tables import PeopleTables
from gizqr_station.ledger.salvaged_labels import SalvagedLabels
from gizqr_station.ledger.sealed_record import SealedRecordTables
from gizqr_station.ledger.search import SearchTables
from gizqr_station.ledger.shift_tables import ShiftTables
from gizqr_station.ledger.supply_tables import SupplyTables
from gizqr_station.ledger.tables import serials
from gizqr_station.workflows.audit_check import check_record
from gizqr_station.workflows.ports import Clock, Entry

_PAGE = 500
RESTARTED = "station restarted"
"""Why what waited before is held."""


class SqlLedger(
    BatchTables,
    SupplyTables,
    DeviceCount,
    CorrectionTables,
    SealedRecordTables,
    OutboxTables,
    PeopleTables,
    OrderTables,
    ShiftTables,
    SearchTables,
    MergeTables,
    SalvagedLabels,
):
    """The Ledger of ``workflows.ports`` in SQL tables; used from any number of threads and processes."""

    def __init__(self, database: Database, *, clock: Clock, station: str = "", shared: bool = False) -> None:
        """``shared``: other stations work on it too, and only what this one began is its own to settle and count."""
        self._database = database
        self._own = station if shared else ""
        self._clock = clock
        self._journal = Journal(database.path, station=station, clock=clock, own=self._own)
        self._batches = BatchJournal(self._journal)
        self._serial_prefix = "L"

    def number_under(self, prefix: str) -> None:
        """From now on label serials begin so: a ledger that is merged into another one has a prefix of its own."""
        self._serial_prefix = prefix

    @property
    def path(self) -> str:
        """As shown to people: a file, or an address without secrets."""
        return self._database.path

    def close(self) -> None:
        """Give back the file."""
        self._database.close()

    def next_label_serial(self) -> str:
        """Count up; a serial whose label never came about is not given out again."""
        return self.label_serials(1)[0]

    def label_serials(self, count: int) -> Sequence[str]:
        """So many, one after the other, in one transaction."""
        if count < 1:
            raise ValueError(f"{count} serials")
        with self._database.writing() as connection:
            connection.execute(update(serials).where(serials.c.name == "label").values(last=serials.c.last + count))
            last = connection.execute(select(serials.c.last).where(serials.c.name == "label")).scalar()
            if not isinstance(last, int):
                raise LedgerDamaged(self._database.path, "the counter of label serials is gone")
        return [f"{self._serial_prefix}-{number:06d}" for number in range(last - count + 1, last + 1)]

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        """Raise AlreadyLabelled if a live label exists now; ``open`` is what decides."""
        with self._database.reading() as connection:
            live = self._journal.one(connection, queries.live_of(product_key, identity))
        if live is not None:
            raise already(live)

    def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
        """The live label of each that has one; a query and a transaction for every few hundred."""
        found: dict[Identity, PrintJob] = {}
        left = iter(identities)
        while some := list(islice(left, _PAGE)):
            found.update((job.identity, job) for job in self._read(queries.live_among(product_key, some)))
        return found

    def open(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob:
        """Write job, first entry and image; AlreadyLabelled for a claimed identity, ValueError for drafts at odds.

        At odds: an image that is not the draft's, a label serial that another job has. OrderComplete where the order
        would have more than ``at_most`` live labels, QuotaReached where more devices would have labels than may
        register; nothing is written then.
        """
        self._database.require_room()
        try:
            with self._database.writing() as connection:
                job = self._journal.open(connection, draft, image, self._clock.now(), remark)
                self._journal.require_room(connection, [draft], at_most, quota)
                return job
        except OutcomeInDoubt as doubt:
            raise OutcomeInDoubt(doubt.path, draft.label_serial) from doubt

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        """Write a legal move from the job's own state; IllegalMove with the true state if it has moved meanwhile.

        With the job's own state as ``state``, the outcome alone is written, and a note. Without evidence, the
        outcome is the evidence.
        """
        if state is not job.state or outcome is None:
            require_legal(job.id, job.state, state)
        if state is JobState.SENT:
            self._database.require_room()
            return self._moved(job, state, Known(self._clock.now(), who, evidence, outcome))
        try:
            return self._moved(job, state, Known(self._clock.now(), who, evidence, outcome))
        except DiskFull:
            # What has happened is told on the room that was given free for it.
            return self._moved(job, state, Known(self._clock.now(), who, evidence, outcome))

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        """Write an entry that moves nothing, beside the state that the job has in the ledger."""
        with self._database.writing() as connection:
            written = self._journal.must(connection, job.id)
            self._journal.enter(connection, written, "note", Known(self._clock.now(), who, evidence))

    def settle_interrupted(self, who: str) -> Sequence[PrintJob]:
        """Settle what was left behind when the station ended; all in one transaction.

        In a folder of every name: it is held by one station, which may have been renamed since. In a shared ledger of
        this station's name alone, which nobody else holds. What waits is held, and not among those that are returned,
        for it stays INTENDED.
        """
        with self._database.writing() as connection:
            self._hold_all(connection, "", who, RESTARTED)
            interrupted = self._journal.many(connection, queries.interrupted(self._own))
            return [self._settle(connection, job, who) for job in interrupted]

    def rename_printer(self, was: str, now: str, *, who: str) -> None:
        """What waits, what is counted and the batches; whatever was counted under the new name is forgotten."""
        with self._database.writing() as connection:
            self._reassign_all(connection, was, now, who)
            self._rename_supplies(connection, was, now, who)
            self._batches.rename_printer(connection, was, now, Known(self._clock.now(), who))

    def open_jobs(self) -> Sequence[PrintJob]:
        """Oldest first; in a shared ledger this station's."""
        return self._read(queries.still_open(self._own))

    def job(self, number: int) -> PrintJob:
        """One job as it stands; raises NothingRecorded."""
        with self._database.reading() as connection:
            return self._journal.must(connection, number)

    def latest(self, product_key: str, identity: Identity) -> PrintJob | None:
        """The newest job of an identity, whatever became of it."""
        return next(iter(self._read(queries.of_identity(product_key, identity).limit(1))), None)

    def revision_for(self, product_key: str, identity: Identity) -> int:
        """How many labels of the identity were voided."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.voided_of(product_key, identity)).scalar_one())

    def with_content(self, content: str) -> PrintJob | None:
        """The newest job whose label says exactly this."""
        return next(iter(self._read(queries.saying(content))), None)

    def history(self, job: int) -> Sequence[Entry]:
        """Everything written about one job, in order."""
        with self._database.reading() as connection:
            return [self._journal.entry(row) for row in connection.execute(queries.history_of(job))]

    def image(self, job: int) -> LabelImage | None:
        """The very dots that were sent; LedgerDamaged if they no longer are."""
        with self._database.reading() as connection:
            return self._journal.image(connection, job)

    def all_jobs(self) -> Iterator[PrintJob]:
        """Every job in order, a page and a transaction at a time: no export keeps a station waiting."""
        after = 0
        while page := self._read(queries.jobs_after(after, _PAGE)):
            yield from page
            after = page[-1].id

    def count(self, state: JobState, since: datetime | None = None) -> int:
        """How many jobs stand in a state, moved there at or after ``since``; in a shared ledger this station's."""
        with self._database.reading() as connection:
            return int(connection.execute(queries.number_in(state, since, self._own)).scalar_one())

    def verify(self) -> Failure | None:
        """Check the file, jobs, batches, images, and every entry against its seal; the first fault."""
        try:
            self.require_whole_besides_seals()
            checked = check_record(self.seal_lines(self.last_entry(), Stop()), ())
        except LedgerFailure as fault:
            return fault
        return None if checked.fault is None else failure_of(checked.fault)

    def require_whole_besides_seals(self) -> None:
        """Raise what is wrong with the file, with states and batches beside their entries, or with images."""
        require_whole_file(self._database, thorough=True)
        require_whole_record(self._database)

    def _moved(self, job: PrintJob, state: JobState, known: Known) -> PrintJob:
        with self._database.writing() as connection:
            return self._journal.move(connection, job, state, known)

    def _settle(self, connection: Connection, job: PrintJob, who: str) -> PrintJob:
        state, evidence = _settlement(job)
        return self._journal.move(connection, job, state, Known(self._clock.now(), who, evidence))

    def _read(self, query: Select[Any]) -> list[PrintJob]:
        with self._database.reading() as connection:
            return self._journal.many(connection, query)


def _settlement(job: PrintJob) -> tuple[JobState, str]:
    if job.state is JobState.INTENDED:
        return JobState.FAILED, "interrupted before sending"
    if job.outcome is None:
        return JobState.UNKNOWN, INTERRUPTED
    return JobState.UNKNOWN, "not scanned back before the station ended"
