"""What the records page asks for: each request returns at once, and is answered with happenings."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.people import Credential, Permission
from gizqr_station.domain.records import PAGE_SIZE, RecordQuery
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.audit_ports import AuditTrail
from gizqr_station.workflows.code_patience import Seldom
from gizqr_station.workflows.corrections import Corrections
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_exports import export_records, write_evidence
from gizqr_station.workflows.record_happenings import RecordDone, RecordProgress, RecordsFound, RecordWork
from gizqr_station.workflows.record_ports import EvidenceWriter, RecordFiles, RecordSearch
from gizqr_station.workflows.unit_record import unit_of

DESTROYED = "old label destroyed"


@dataclass(frozen=True, slots=True)
class RecordParts:
    """What the desk works with."""

    bench: Bench
    search: RecordSearch
    corrections: Corrections
    files: RecordFiles
    evidence: EvidenceWriter | None
    """None where nothing is sealed that could be shown."""
    trail: AuditTrail


class RecordsDesk:
    """Requests may come from any thread. Searches wait for nobody's export, and a reprint for neither."""

    def __init__(self, parts: RecordParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        self._search_lane = lane_named("records")
        self._file_lane = lane_named("record-files")
        self._correction_lane = lane_named("corrections")
        self._lock = threading.Lock()
        self._query = RecordQuery()
        self._searches = 0
        """Counted as they are asked for: only the last is answered."""
        self._looks = 0
        self._file_stop = Stop()

    def shown(self, visible: bool) -> None:
        """As the page is opened: RecordsFound of the last query, and at first of none, the newest labels."""
        if visible:
            with self._lock:
                query = self._query
            self.search(query)

    def search(self, query: RecordQuery) -> None:
        """As somebody types: RecordsFound of the newest query; one that still waits is dropped.

        A page that ends early goes on in further ones, unless somebody asks for something else meanwhile.
        """
        with self._lock:
            self._searches += 1
            self._query, number = query, self._searches
        self._give(self._search_lane, RecordWork.SEARCH, lambda: self._search(query, None, number))

    def more(self, query: RecordQuery, after: int) -> None:
        """The next page: RecordsFound; nothing where something else was asked for meanwhile."""
        with self._lock:
            number = self._searches
        self._give(self._search_lane, RecordWork.SEARCH, lambda: self._search(query, after, number))

    def look(self, job: int) -> None:
        """Everything about the device of a label: UnitSeen; of several looks at once, of the last."""
        with self._lock:
            self._looks += 1
            number = self._looks

        def work() -> None:
            if number == self._looks:
                self._tell_unit(self._parts.bench.ledger.job(job))

        self._give(self._search_lane, RecordWork.LOOK, work)

    def scanned(self, text: str) -> None:
        """UnitSeen, behind RecordDone(VERIFY) where the scan verified a label; or RecordDone(SCAN) with why not."""
        self._parts.bench.duty.stirred()

        def work() -> None:
            scan = self._parts.corrections.scanned(text)
            if scan.verified:
                self._tell(RecordDone(RecordWork.VERIFY, scan.job))
            self._tell_unit(scan.job, scanned=True)
            if scan.alarm is not None and not scan.alarm.certain:
                self._tell(scan.alarm)

        self._give(self._correction_lane, RecordWork.SCAN, work)

    def reprint(self, job: int, reason: ReprintReason, remark: str = "", second: Credential | None = None) -> None:
        """LabelAwaited, then RecordDone(REPRINT) and UnitSeen; or RecordDone with why not."""

        def work() -> tuple[PrintJob, Failure | None]:
            made = self._parts.corrections.reprint(job, reason, remark, second, self._stop)
            return made.job, made.failure

        self._correct(RecordWork.REPRINT, job, work)

    def void(self, job: int, reason: ReprintReason, remark: str = "") -> None:
        """RecordDone(VOID), UnitSeen."""
        self._correct(RecordWork.VOID, job, lambda: (self._parts.corrections.void(job, reason, remark), None))

    def no_usable_label(self, job: int) -> None:
        """RecordDone(SETTLE), UnitSeen."""
        self._correct(RecordWork.SETTLE, job, lambda: (self._parts.corrections.no_usable_label(job), None))

    def give_up_waiting(self) -> None:
        """The awaited label is not scanned here now; it stays open."""
        self._give(self._correction_lane, RecordWork.VERIFY, self._parts.corrections.give_up_waiting)

    def old_label_destroyed(self, job: int) -> None:
        """Noted of the voided label by whoever is on duty; RecordDone(SCAN) where it cannot be."""

        def work() -> None:
            voided = self._parts.bench.ledger.job(job)
            who = self._parts.bench.duty.require(Permission.SETTLE, voided.draft.label_serial)
            self._parts.bench.ledger.note(voided, who=who, evidence=DESTROYED)

        self._give(self._correction_lane, RecordWork.SCAN, work)

    def export(self, query: RecordQuery, path: str) -> None:
        """RecordProgress, then RecordDone(EXPORT); without rows and failure where it was stopped."""
        stop, seldom, parts = self._file_stop, Seldom(), self._parts

        def written(count: int) -> None:
            if seldom.due():
                self._tell(RecordProgress(RecordWork.EXPORT, count))

        def work() -> None:
            target = PurePath(path)
            who = parts.bench.duty.require(Permission.EXPORT, target.name)
            rows = export_records(parts.search, parts.files, parts.trail, who, query, target, stop, written)
            self._tell(RecordDone(RecordWork.EXPORT, file=path, rows=rows))

        self._give(self._file_lane, RecordWork.EXPORT, work, path)

    def evidence(self, job: int, path: str) -> None:
        """RecordDone(EVIDENCE)."""
        stop, parts = self._file_stop, self._parts

        def work() -> None:
            about = parts.bench.ledger.job(job)
            rows = write_evidence(parts.evidence, parts.trail, parts.bench.duty, about, PurePath(path), stop)
            self._tell(RecordDone(RecordWork.EVIDENCE, about, path, rows))

        self._give(self._file_lane, RecordWork.EVIDENCE, work, path)

    def stop_file_work(self) -> None:
        """Enough of it, and of what waits behind it: RecordDone."""
        with self._lock:
            self._file_stop.set()
            self._file_stop = Stop()

    def close(self) -> None:
        """Stop all of it and wait for it; close the ledger after this."""
        self._stop.set()
        self.stop_file_work()
        with self._lock:
            self._searches += 1  # what is searched for goes no further
        for lane in (self._search_lane, self._file_lane, self._correction_lane):
            lane.close()

    def _search(self, query: RecordQuery, after: int | None, number: int) -> None:
        shown = 0
        while number == self._searches:
            page = self._parts.search.search(query, after)
            if number != self._searches:
                return
            self._tell(RecordsFound(query, page, more=after is not None))
            shown += len(page.jobs)
            if page.after is None or shown >= PAGE_SIZE:
                return
            after = page.after

    def _correct(self, work: RecordWork, number: int, step: Callable[[], tuple[PrintJob, Failure | None]]) -> None:
        """Do it and show the device as it stands then, whatever became of it."""

        def corrected() -> None:
            try:
                job, failure = step()
            except Failure:
                with contextlib.suppress(Failure):  # one is enough, and it is told behind this
                    self._tell_unit(self._parts.bench.ledger.job(number))
                raise
            self._tell(RecordDone(work, job, failure=failure))
            self._tell_unit(job)

        self._give(self._correction_lane, work, corrected)

    def _tell_unit(self, job: PrintJob, *, scanned: bool = False) -> None:
        standing = self._parts.corrections.standing(job)
        self._tell(unit_of(self._parts.bench.ledger, job, standing, scanned=scanned))

    def _give(self, lane: Lane, work: RecordWork, step: Callable[[], None], file: str = "") -> None:
        """Whoever pressed a key waits for an answer: what has none of its own is told as RecordDone."""

        def answered() -> None:
            try:
                step()
            except Stopped:
                self._tell(RecordDone(work, file=file))

        def told(failure: Failure) -> None:
            self._tell(RecordDone(work, file=file, failure=failure))

        DeskLanes("records desk", self._stop, told).give(lane, answered)
