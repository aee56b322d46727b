"""Where a line waits: for a device, for a label to be scanned, for a device to leave, for a refusal to pass."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from gizqr_station.domain.device_failures import DeviceSwapped
from gizqr_station.domain.failures import DeviceFailure, Failure, PrinterFailure
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.line_failures import CommandUnknown, UnplugFirst
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind, supply_failure
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    DeviceSeen,
    ScanRefused,
    Tell,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.inbox import Inbox, Message, NewRoll, NoUsableLabel, OpenJobs, Scanned, TryAgain
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Reader
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.roll_change import new_roll
from gizqr_station.workflows.side_wait import SideWait

log = logging.getLogger(__name__)

R = TypeVar("R")
LOOK_AT_PORT_S = 0.25
"""A module that answers at once never shows as being read; a slow one does."""
NO_LABEL_CAME_OUT = "no usable label came out"


UNHELD_S = 180.0
"""How long a scanned unit is waited for: enough to change a roll, and nobody walks off with it for so long."""


class Waits:
    """Each wait hears everything: what it cannot use it answers, so that no scan is lost in silence."""

    def __init__(self, bench: Bench, reader: Reader, reader_lane: Lane, inbox: Inbox, tell: Tell) -> None:
        self._bench = bench
        self._reader = reader
        self._reader_lane = reader_lane
        self._inbox = inbox
        self._tell = tell

    def for_device(self, stop: Stop) -> DeviceReading | None:
        """From the port or from a scanned module label, whichever comes first; both at once must agree.

        None when a label of somebody else's is to be settled first.
        """
        seen = False
        with self._beside(self._reader.read) as port:
            while True:
                message = self._heard(stop, LOOK_AT_PORT_S)
                if port.ended(message):
                    return port.result()
                if isinstance(message, OpenJobs) and not self._reader.present():
                    return None
                if message is None and self._reader.present() is not seen:
                    seen = not seen
                    self._tell(DeviceSeen() if seen else WaitingForDevice())
                if isinstance(message, Scanned):
                    scanned = idle_scan(self._bench, message.text, self._tell)
                    if scanned is not None:
                        return self._agreed(scanned, port, stop)

    def _agreed(self, scanned: DeviceReading, port: SideWait[DeviceReading], stop: Stop) -> DeviceReading:
        """A device that is plugged in is read to its end, for it may be another than the one that was scanned."""
        if not self._reader.present():
            port.stop()
        early: list[Scanned] = []
        while not port.ended(message := self._heard(stop)):
            if isinstance(message, Scanned) and message.text != scanned.evidence.decode():
                early.append(message)
        for message in early:
            self._inbox.put(message)
        try:
            read = port.result()
        except (Stopped, Failure) as unread:
            log.info("taken from the scan alone: %s", unread)
            return scanned
        if read.identity != scanned.identity:
            raise DeviceSwapped(scanned.identity.readable, read.identity.readable)
        return read

    def for_label(self, job: PrintJob, stop: Stop, *, any_open: bool = False) -> PrintJob:
        """Until this job's label is scanned or declared unusable. At start-up any open job's label will do."""
        while True:
            message = self._heard(stop)
            try:
                if isinstance(message, Scanned):
                    return label_scan(self._bench, job, message.text, any_open=any_open)
                if message == NoUsableLabel(job.id):
                    return self._voided(job)
            except Failure as failure:
                log.warning("scan refused: %s", failure)
                self._tell(ScanRefused(failure))

    def for_leaving(self, reading: DeviceReading, job: PrintJob, stop: Stop) -> PrintJob:
        """The device must leave before the next unit starts. A label that was never scanned may be voided meanwhile."""
        with self._beside(self._reader.wait_until_gone) as gone:
            while not gone.ended(message := self._heard(stop)):
                try:
                    if message == NoUsableLabel(job.id) and job.state is not JobState.VERIFIED:
                        return self._voided(job)
                except Failure as failure:
                    self._tell(ScanRefused(failure))
                if isinstance(message, Scanned):
                    early = idle_scan(self._bench, message.text, self._tell)
                    if early is not None and early.identity != reading.identity:
                        self._tell(ScanRefused(UnplugFirst(early.identity.readable, reading.identity.readable)))
        return job

    def after_refusal(self, failure: Failure, reading: DeviceReading | None, pause_s: float | None, stop: Stop) -> bool:
        """True: try this unit again. False: it left, another one was scanned, or its device must be read afresh.

        ``pause_s`` is how long to leave it at first, None where only a person can change something.
        """
        # After a fault of the device what it said before no longer counts.
        again = reading is not None and not isinstance(failure, DeviceFailure)
        plugged = reading is None or bool(reading.port)
        if not plugged and pause_s is None:
            # Nothing holds a scanned unit here: the failure stays on the page, and the port is watched again.
            return False
        ends = None if pause_s is None else time.monotonic() + pause_s
        unheld = None if plugged else _Unheld(self._reader)
        with self._beside(self._reader.wait_until_gone) as gone:
            while True:
                if unheld is not None and unheld.may_have_left():
                    self._tell(UnitRefused(failure, reading))
                    return False
                message = self._heard(stop, None if ends is None else _until(ends, unheld))
                if isinstance(message, TryAgain):
                    return again
                if isinstance(message, NewRoll) and isinstance(failure, PrinterFailure) and pause_s is not None:
                    ends = time.monotonic()
                elif message is None and ends is not None and time.monotonic() >= ends:
                    if not self._would_be_refused(failure, stop):
                        return again
                    ends = time.monotonic() + (retry_after_s(failure) or LOOK_AT_PORT_S)
                elif gone.ended(message) and plugged:
                    return False
                elif isinstance(message, Scanned):
                    decided = self._scan_while_refused(message, reading)
                    if decided is not None:
                        return decided and again

    def _scan_while_refused(self, message: Scanned, reading: DeviceReading | None) -> bool | None:
        """True: the same device once more. False: a new unit. None: the wait goes on."""
        identity = sort_scan(message.text).identity
        if identity is None:
            idle_scan(self._bench, message.text, self._tell)
            return None
        if reading is not None and identity == reading.identity:
            return True
        if reading is None or not reading.port:
            self._inbox.put(message)
            return False
        self._tell(ScanRefused(UnplugFirst(identity.readable, reading.identity.readable)))
        return None

    def _would_be_refused(self, failure: Failure, stop: Stop) -> bool:
        """Ask the printer, and count, before a unit is tried again: each real try leaves one more FAILED record."""
        if not isinstance(failure, PrinterFailure):
            return False
        printer = self._bench.printer
        if not printer.status(stop).ready:
            return True
        try:
            return supply_failure(self._bench.ledger.supplies(printer.name)) is not None
        except Failure as unread:
            log.warning("supplies not read: %s", unread)
            return True

    def _heard(self, stop: Stop, within_s: float | None = None) -> Message | None:
        """The next message; None when none came in time, or when it was a command that nobody knows.

        A command barcode is obeyed here, whatever is waited for, so that it reaches no wait as a scan.
        """
        message = self._inbox.take(stop, within_s)
        if isinstance(message, Scanned) and (scan := sort_scan(message.text)).what is ScanKind.COMMAND:
            if scan.supply is None:
                self._tell(ScanRefused(CommandUnknown(scan.text)))
                return None
            message = NewRoll(scan.supply)
        if isinstance(message, NewRoll):
            self._roll_changed(message.kind)
        return message

    def _roll_changed(self, kind: SupplyKind) -> None:
        printer = self._bench.printer.name
        try:
            new_roll(self._bench.ledger, printer, kind, who=self._bench.operator)
        except Failure as failure:
            log.warning("roll not changed: %s", failure)
            self._tell(ScanRefused(failure))
        else:
            self._tell(DeskDone(DeskWork.NEW_ROLL, printer))

    def _voided(self, job: PrintJob) -> PrintJob:
        if JobState.VOIDED not in MOVES[job.state]:
            return job
        return self._bench.ledger.move(job, JobState.VOIDED, who=self._bench.operator, evidence=NO_LABEL_CAME_OUT)

    def _beside(self, work: Callable[[Stop], R]) -> SideWait[R]:
        return SideWait(work, self._reader_lane, self._inbox)


class _Unheld:
    """A unit that was only scanned: nothing but clock and port tell whether its device is still on the bench."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._beside = reader.present()
        self._given_up_at = time.monotonic() + UNHELD_S

    def may_have_left(self) -> bool:
        """Time is up, or another device was plugged in or out meanwhile."""
        return self._reader.present() is not self._beside or time.monotonic() >= self._given_up_at


def _until(moment: float, unheld: _Unheld | None) -> float:
    left_s = max(0.0, moment - time.monotonic())
    return left_s if unheld is None else min(left_s, LOOK_AT_PORT_S)
