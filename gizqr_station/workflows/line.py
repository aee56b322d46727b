"""The line: one unit after the other at one slot, each until its label is scanned back or settled by a person."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from gizqr_station.domain.device_failures import DeviceSwapped
from gizqr_station.domain.failures import DeviceFailure, Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.line_failures import ProgramFault, ScanTooEarly
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.scans import sort_scan
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import (
    DeviceRead,
    JobChanged,
    LineStopped,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tell,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.inbox import Inbox, NoUsableLabel, Scanned, TryAgain
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Reader
from gizqr_station.workflows.provision import Bench, Provisioned, provision
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.side_wait import SideWait
from gizqr_station.workflows.tally import tally

log = logging.getLogger(__name__)

R = TypeVar("R")


class Line:
    """Runs units until told to stop. ``scanned``, ``no_usable_label`` and ``try_again`` may be called from any thread.

    ``reader_lane`` runs the reader's waits, so that a scan counts while a port is being watched.
    """

    def __init__(self, bench: Bench, reader: Reader, reader_lane: Lane, tell: Tell, counted_since: datetime) -> None:
        self._bench = bench
        self._reader = reader
        self._reader_lane = reader_lane
        self._tell = tell
        self._since = counted_since
        self._inbox = Inbox()
        self._handed_over = 0
        self._unsent: list[PrintJob] = []

    def scanned(self, text: str) -> None:
        """A scanner typed this."""
        self._inbox.put(Scanned(text))

    def no_usable_label(self, job: int) -> None:
        """A person says that no usable label came out of this job."""
        self._inbox.put(NoUsableLabel(job))

    def try_again(self) -> None:
        """A person wants the refused unit tried again."""
        self._inbox.put(TryAgain())

    def run(self, stop: Stop) -> None:
        """Settle what an earlier run left behind, then one unit after the other, until stopped."""
        try:
            self._settle_earlier_run(stop)
            while True:
                self._one_unit(stop)
        except Stopped:
            pass
        except Failure as failure:
            log.warning("the line ended: %s", failure)
            self._tell(UnitRefused(failure, None))
        except Exception as fault:
            log.exception("the line ended by a fault of the program")
            self._tell(UnitRefused(ProgramFault(type(fault).__name__), None))
        finally:
            self._tell(LineStopped())

    def _settle_earlier_run(self, stop: Stop) -> None:
        ledger = self._bench.ledger
        for job in ledger.settle_interrupted(self._bench.operator):
            self._tell(JobChanged(job))
        self._count()
        while left := ledger.open_jobs():
            oldest = left[0]
            self._tell(SettlementDue(oldest, None, ledger.image(oldest.id)))
            self._until_settled(oldest, stop, any_open=True)

    def _one_unit(self, stop: Stop) -> None:
        self._tell(WaitingForDevice())
        try:
            reading = self._next_reading(stop)
        except Failure as failure:
            self._refused(failure, None, None, stop)
            return
        while self._label(reading, stop):
            pass

    def _label(self, reading: DeviceReading, stop: Stop) -> bool:
        """Bring one unit to its end; True when it is to be labelled once more."""
        self._tell(DeviceRead(reading))
        due = self._bench.product.wants_scan_back(self._handed_over + 1)
        try:
            self._fail_unsent()
            made = self._provision(reading, stop, scan_back_due=due)
        except Failure as failure:
            return self._refused(failure, reading, None, stop)
        self._count()
        job = made.job
        if made.failure is not None and job.state in {JobState.INTENDED, JobState.FAILED}:
            return self._refused(made.failure, reading, job, stop)
        self._handed_over += 1
        if made.failure is not None or due:
            self._tell(SettlementDue(job, made.failure, made.image) if made.failure else ScanBackDue(job))
            job = self._until_settled(job, stop)
            if job.state is JobState.VOIDED:
                return True
        self._tell(UnitDone(job))
        self._until_gone(reading, stop)
        return False

    def _provision(self, reading: DeviceReading, stop: Stop, *, scan_back_due: bool) -> Provisioned:
        def still_there() -> None:
            if reading.port:
                self._reader.read_again(reading, stop)

        made = provision(self._bench, reading, stop, self._tell, still_there=still_there, scan_back_due=scan_back_due)
        if made.job.state is JobState.INTENDED:
            self._unsent.append(made.job)
        return made

    def _fail_unsent(self) -> None:
        """Jobs that the ledger could not even mark as SENT hold their identity until they are marked FAILED."""
        while self._unsent:
            job = self._bench.ledger.move(
                self._unsent[-1], JobState.FAILED, who=self._bench.operator, evidence="never sent"
            )
            self._unsent.pop()
            self._tell(JobChanged(job))

    def _next_reading(self, stop: Stop) -> DeviceReading:
        """From the port or from a scanned module label, whichever comes first; both at once must agree."""
        with self._beside(self._reader.read) as port:
            while True:
                message = self._inbox.take(stop)
                if port.ended(message):
                    return port.result()
                if isinstance(message, Scanned):
                    scanned = idle_scan(self._bench, message.text, self._tell)
                    if scanned is not None:
                        break
            port.stop()
            try:
                read = port.result()
            except (Stopped, Failure):
                return scanned
        if read.identity != scanned.identity:
            raise DeviceSwapped(scanned.identity.readable, read.identity.readable)
        return read

    def _until_settled(self, job: PrintJob, stop: Stop, *, any_open: bool = False) -> PrintJob:
        """Until this job's label is scanned or declared unusable. At start-up any open job's label will do."""
        ledger, who = self._bench.ledger, self._bench.operator
        while True:
            message = self._inbox.take(stop)
            try:
                if isinstance(message, Scanned):
                    job = label_scan(self._bench, job, message.text, any_open=any_open)
                elif message == NoUsableLabel(job.id):
                    job = ledger.move(job, JobState.VOIDED, who=who, evidence="no usable label came out")
                else:
                    continue
            except Failure as failure:
                log.warning("scan refused: %s", failure)
                self._tell(ScanRefused(failure))
                continue
            self._tell(JobChanged(job))
            self._count()
            return job

    def _until_gone(self, reading: DeviceReading, stop: Stop) -> None:
        """The device must leave before the next unit starts; meanwhile scanned labels are looked up."""
        if not reading.port:
            return
        with self._beside(self._reader.wait_until_gone) as gone:
            while not gone.ended(message := self._inbox.take(stop)):
                if isinstance(message, Scanned):
                    early = idle_scan(self._bench, message.text, self._tell)
                    if early is not None:
                        waiting = reading.identity.readable
                        self._tell(ScanRefused(ScanTooEarly(early.identity.readable, waiting)))

    def _refused(self, failure: Failure, reading: DeviceReading | None, job: PrintJob | None, stop: Stop) -> bool:
        """Say why, then wait: True to try this unit again, False when it left or another one was scanned."""
        log.warning("unit refused: %s", failure)
        retry_s = retry_after_s(failure)
        self._count()
        self._tell(UnitRefused(failure, reading, job, retry_s))
        held_by_port = reading is None or bool(reading.port)
        # After a fault of the device it is read afresh: what it said before no longer counts.
        same_again = reading is not None and not isinstance(failure, DeviceFailure)
        with self._beside(self._reader.wait_until_gone) as gone:
            while True:
                message = self._inbox.take(stop, retry_s)
                if message is None or isinstance(message, TryAgain):
                    return same_again
                if gone.ended(message) and held_by_port:
                    return False
                if isinstance(message, Scanned):
                    if sort_scan(message.text).identity is not None and not held_by_port:
                        self._inbox.put(message)
                        return False
                    idle_scan(self._bench, message.text, self._tell)

    def _beside(self, work: Callable[[Stop], R]) -> SideWait[R]:
        return SideWait(work, self._reader_lane, self._inbox)

    def _count(self) -> None:
        """The counters are for the eye: a ledger that cannot be read is said by its own health tile."""
        try:
            self._tell(tally(self._bench.ledger, self._since))
        except Failure as failure:
            log.warning("not counted: %s", failure)
