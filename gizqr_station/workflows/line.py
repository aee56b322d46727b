"""The line of one slot: one unit after the other, each until its label is scanned back or settled by a person."""

import logging
from collections.abc import Callable
from datetime import datetime

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.hand_over import HandedOver
from gizqr_station.workflows.happenings import (
    DeviceRead,
    Happening,
    JobChanged,
    LineStopped,
    ScanBackDue,
    SettlementDue,
    Tell,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.inbox import (
    DutyChanged,
    Inbox,
    NewRoll,
    NoUsableLabel,
    OpenJobs,
    Scanned,
    TryAgain,
    TurnMoved,
)
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Reader
from gizqr_station.workflows.provision import Bench, provision
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.settling import Settling
from gizqr_station.workflows.shared_bench import SharedBench
from gizqr_station.workflows.tally import tally
from gizqr_station.workflows.waits import Waits

log = logging.getLogger(__name__)


class Line:
    """Runs units until told to stop. ``scanned``, ``new_roll`` and the like: from any thread.

    ``reader_lane`` runs the reader's waits, so that a scan counts while a port is being watched.
    ``counted_since`` says from when on units are counted, each time they are. ``shared`` is what all slots of the
    bench have in common; without it this is the only one. One label in n is scanned back at each slot.
    """

    def __init__(
        self,
        bench: Bench,
        reader: Reader,
        reader_lane: Lane,
        tell: Tell,
        counted_since: Callable[[], datetime],
        *,
        slot: int = 1,
        shared: SharedBench | None = None,
    ) -> None:
        self.slot = slot
        self.identity: Identity | None = None
        """Of the device that is in this slot's hands; read by whoever sorts scans."""
        self.ended = False
        """It listens to nobody any more."""
        self._bench = bench
        self._reader = reader
        self._tell = tell
        self._counted_since = counted_since
        self._inbox = Inbox()
        self._shared = shared or SharedBench([slot])
        by_scan = self._shared.takes_scanned_devices(slot)
        self._waits = Waits(bench, reader, reader_lane, self._inbox, tell, by_scan=by_scan)
        turn = self._shared.turns.of(slot, lambda: self._inbox.put(TurnMoved()))
        self._settling = Settling(bench, self._waits, self._shared, turn, tell, self._count)
        self._handed_over = 0
        self._unsent: list[PrintJob] = []
        self._doubtful: list[str] = []
        self._records_left = 0

    @property
    def awaited(self) -> PrintJob | None:
        """The label that has to be scanned here now."""
        return self._waits.awaited

    def scanned(self, text: str) -> None:
        """A scanner typed this."""
        self._inbox.put(Scanned(text))

    def no_usable_label(self, job: int) -> None:
        """A person says that no usable label came out of this job."""
        self._inbox.put(NoUsableLabel(job))

    def try_again(self) -> None:
        """A person wants the refused unit tried again."""
        self._inbox.put(TryAgain())

    def new_roll(self, kind: SupplyKind, *, counted: bool = False) -> None:
        """A person has put a new roll or ribbon into the line's printer; perhaps that is written down already."""
        self._inbox.put(NewRoll(kind, counted))

    def look_at_open_jobs(self) -> None:
        """A label may or may not have come out, or was found: ask for it before the next unit, or no longer."""
        self._inbox.put(OpenJobs())

    def duty_changed(self) -> None:
        """Somebody else is on duty, or nobody any more: a unit that was refused for that is tried again."""
        self._inbox.put(DutyChanged())

    def run(self, stop: Stop) -> None:
        """Settle what an earlier run left behind, then one unit after the other, until stopped."""
        try:
            if self._shared.begin(self.slot, self._settling.earlier_run, stop):
                while True:
                    self._one_unit(stop)
        except Stopped:
            pass
        except Failure as failure:
            log.warning("the line ended: %s", failure)
            self._broke(failure)
        except Exception as fault:
            log.exception("the line ended by a fault of the program")
            self._broke(ProgramFault(type(fault).__name__))
        finally:
            self.ended = True
            self._tell(LineStopped())

    def _broke(self, failure: Failure) -> None:
        """The other slots go on, and the next of them asks for the label that this one may have out."""
        self._tell(UnitRefused(failure, None))
        self._settling.give_up()

    def _one_unit(self, stop: Stop) -> None:
        self.identity = None
        self._settling.in_doubt(stop)
        self._tell(WaitingForDevice())
        self._records_left = 0
        try:
            reading = self._waits.for_device(stop)
        except Failure as failure:
            self._refused(failure, None, None, stop)
            return
        if reading is None:
            return
        self.identity = reading.identity
        due = self._bench.product.wants_scan_back(self._handed_over + 1)
        # A device that was only scanned is not seen to leave with its label: among others nothing else tells.
        due = due or (self._shared.several and not reading.port)
        while self._label(reading, stop, scan_back_due=due):
            pass

    def _label(self, reading: DeviceReading, stop: Stop, *, scan_back_due: bool) -> bool:
        """Bring one unit to its end; True when it is to be labelled once more."""
        self._tell(DeviceRead(reading))
        try:
            self._fail_doubtful()
            self._fail_unsent(stop)
            made = self._provision(reading, stop, scan_back_due=scan_back_due)
        except Failure as failure:
            if isinstance(failure, OutcomeInDoubt):
                self._doubtful.append(failure.label_serial)
            return self._refused(failure, reading, None, stop)
        self._count()
        job = made.job
        if made.failure is not None and job.state in {JobState.INTENDED, JobState.FAILED}:
            return self._refused(made.failure, reading, job, stop)
        self._handed_over += job.draft.revision == 0
        if made.failure is not None:
            self._tell(SettlementDue(job, made.failure, made.image))
        elif job.draft.scan_back_due:
            self._tell(ScanBackDue(job))
        if made.failure is not None or job.draft.scan_back_due:
            job = self._changed(self._waits.for_label(job, stop))
            self._settling.let_go()
        if job.state is not JobState.VOIDED:
            self._tell(UnitDone(job))
            self._bench.duty.stirred()
            left_with = self._waits.for_leaving(reading, job, stop)
            # A label that nobody scans back is out until its device has left with it.
            self._settling.let_go()
            if left_with.state is not JobState.VOIDED:
                return False
            self._changed(left_with)
        return True

    def _provision(self, reading: DeviceReading, stop: Stop, *, scan_back_due: bool) -> HandedOver:
        def still_there() -> None:
            self._settling.take_turn(reading, stop)
            if reading.port:
                self._reader.read_again(reading, stop)

        made = provision(self._bench, reading, stop, self._hear, still_there=still_there, scan_back_due=scan_back_due)
        if made.job.state is JobState.INTENDED:
            self._unsent.append(made.job)
        return made

    def _hear(self, happening: Happening) -> None:
        """What provisioning tells; from the intent on this slot answers for the label."""
        if isinstance(happening, JobChanged):
            self._settling.answer_for(happening.job)
        self._tell(happening)

    def _fail_doubtful(self) -> None:
        """Jobs of which nobody knew whether they were opened: nothing of them was sent, so those that were are FAILED.

        Before anything else is asked of the ledger, for such a job holds its identity.
        """
        while self._doubtful:
            job = self._bench.ledger.with_serial(self._doubtful[-1])
            if job is not None and job.state is JobState.INTENDED:
                evidence = "never sent: the ledger was away"
                self._changed(
                    self._bench.ledger.move(job, JobState.FAILED, who=self._bench.operator, evidence=evidence)
                )
            self._doubtful.pop()

    def _fail_unsent(self, stop: Stop) -> None:
        """Jobs that the ledger could not even mark as SENT hold their identity until they are marked FAILED."""
        while self._unsent:
            job = self._unsent[-1]
            try:
                job = self._bench.ledger.move(job, JobState.FAILED, who=self._bench.operator, evidence="never sent")
            except IllegalMove:
                # SENT was written after all, though the ledger reported a fault: a person decides, as after a restart.
                sent = self._bench.ledger.latest(job.draft.product_key, job.identity)
                if sent is not None and sent.id == job.id and sent.state is JobState.SENT:
                    self._settling.answer_for(sent)
                    self._settling.take_turn(None, stop)
                    self._settling.ask_for(self._perhaps_sent(sent), stop)
                    self._settling.let_go()
                self._unsent.pop()
                continue
            self._unsent.pop()
            self._tell(JobChanged(job))

    def _perhaps_sent(self, job: PrintJob) -> PrintJob:
        evidence = "the ledger failed while it was marked as sent"
        return self._changed(
            self._bench.ledger.move(job, JobState.UNKNOWN, who=self._bench.operator, evidence=evidence)
        )

    def _refused(self, failure: Failure, reading: DeviceReading | None, job: PrintJob | None, stop: Stop) -> bool:
        """Say why, then wait; True to try this unit again."""
        log.warning("unit refused: %s", failure)
        self._settling.let_go()
        self._count()
        self._records_left += job is not None
        pause_s = retry_after_s(failure, self._records_left)
        self._tell(UnitRefused(failure, reading, job, pause_s))
        return self._waits.after_refusal(failure, reading, pause_s, stop)

    def _changed(self, job: PrintJob) -> PrintJob:
        self._tell(JobChanged(job))
        self._count()
        return job

    def _count(self) -> None:
        """The counters are for the eye: a ledger that cannot be read is said by its own health tile."""
        try:
            self._tell(tally(self._bench.ledger, self._counted_since()))
        except Failure as failure:
            log.warning("not counted: %s", failure)
