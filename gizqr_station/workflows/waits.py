"""Where a line waits: for a device, its turn, a label to be scanned, a device to leave, a refusal to pass."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from gizqr_station.domain.device_failures import NEVER_OPENED, NOTHING_SAID, DeviceSwapped, DeviceUnplugged
from gizqr_station.domain.failures import DeviceFailure, Failure
from gizqr_station.domain.identity_failures import ImeiIsImsi
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.line_failures import CommandUnknown, ScanTooEarly, TurnNotInTime, UnplugFirst
from gizqr_station.domain.people import Permission
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.scan_failures import DeviceBelongsInSlot
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import (
    DeviceSeen,
    ScanRefused,
    Tell,
    TurnAwaited,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.inbox import Inbox, Message, NewRoll, NoUsableLabel, OpenJobs, Scanned, TryAgain
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Reader
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.refusals import may_be_over, would_be_refused
from gizqr_station.workflows.retry import retry_after_s
from gizqr_station.workflows.roll_change import obey_new_roll
from gizqr_station.workflows.side_wait import SideWait
from gizqr_station.workflows.turn import Turn
from gizqr_station.workflows.unheld import Unheld

log = logging.getLogger(__name__)

R = TypeVar("R")
LOOK_AT_PORT_S = 0.25
"""A module that answers at once never shows as being read; a slow one does."""
UNREAD: tuple[type[Exception], ...] = (Stopped, ImeiIsImsi, *NOTHING_SAID)
"""A plugged-in device of which a scan may say who it is; whatever else went wrong leaves a doubt about that."""
NO_LABEL_CAME_OUT = "no usable label came out"
SETTLED = frozenset({JobState.VERIFIED, JobState.VOIDED})
"""Nobody has to find this label any more."""


class Waits:
    """Each wait hears everything: what it cannot use it answers, so that no scan is lost in silence."""

    def __init__(
        self, bench: Bench, reader: Reader, reader_lane: Lane, inbox: Inbox, tell: Tell, *, by_scan: bool = True
    ) -> None:
        """``by_scan``: a scanned device can only be meant for this slot, and starts a unit."""
        self._bench = bench
        self._reader = reader
        self._reader_lane = reader_lane
        self._inbox = inbox
        self._tell = tell
        self._by_scan = by_scan
        self.awaited: PrintJob | None = None
        """The label that is waited for now; read by whoever sorts scans."""

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
                    if scanned is not None and self._by_scan:
                        return self._agreed(scanned, port, stop)
                    if scanned is not None:
                        # It was about the unit before: which slot it is for now, nobody knows.
                        self._tell(ScanRefused(DeviceBelongsInSlot(scanned.identity.readable)))

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
        except UNREAD as unread:
            log.info("taken from the scan alone: %s", unread)
            return scanned
        if read.identity != scanned.identity:
            raise DeviceSwapped(scanned.identity.readable, read.identity.readable)
        return read

    def for_turn(self, reading: DeviceReading | None, turn: Turn, stop: Stop) -> None:
        """Until no other slot has a label out; then this one may. Its device must stay all that time.

        Raises DeviceUnplugged, and TurnNotInTime for a unit that was only scanned: nothing holds it here.
        """
        turn.ask()
        if turn.mine:
            return
        if reading is None or not reading.port:
            self._turn_of_unheld(reading, turn, stop)
            return
        with self._beside(self._reader.wait_until_gone) as gone:
            for message in self._until_mine(turn, stop):
                if gone.ended(message):
                    gone.result()
                    raise DeviceUnplugged(reading.port)
                self._scan_before_turn(message, reading)

    def _turn_of_unheld(self, reading: DeviceReading | None, turn: Turn, stop: Stop) -> None:
        unheld = None if reading is None else Unheld(self._reader)
        for_later: list[Scanned] = []
        for message in self._until_mine(turn, stop):
            if unheld is not None and unheld.may_have_left():
                raise TurnNotInTime(turn.holder or turn.slot, unheld.minutes)
            if reading is not None:
                self._scan_before_turn(message, reading)
            elif isinstance(message, Scanned):
                # No unit has begun here: what is scanned counts once this slot listens for one again.
                for_later.append(message)
        for later in for_later:
            self._inbox.put(later)

    def _until_mine(self, turn: Turn, stop: Stop) -> Iterator[Message | None]:
        """Every message until it is this slot's turn, None four times a second; tells whose turn it is instead."""
        told: int | None = None
        while not turn.mine:
            holder = turn.holder
            if holder is not None and holder != told:
                told = holder
                self._tell(TurnAwaited(holder))
            yield self._heard(stop, LOOK_AT_PORT_S)

    def _scan_before_turn(self, message: Message | None, reading: DeviceReading) -> None:
        if not isinstance(message, Scanned):
            return
        early = idle_scan(self._bench, message.text, self._tell)
        if early is not None and early.identity != reading.identity:
            self._tell(ScanRefused(ScanTooEarly(early.identity.readable, reading.identity.readable)))

    def for_label(self, job: PrintJob, stop: Stop, *, any_open: bool = False) -> PrintJob:
        """Until this job's label is scanned or declared unusable. At start-up any open job's label will do."""
        self.awaited = job
        try:
            while True:
                settled = self._label_message(job, self._heard(stop), any_open=any_open)
                if settled is not None:
                    return settled
        finally:
            self.awaited = None

    def _label_message(self, job: PrintJob, message: Message | None, *, any_open: bool) -> PrintJob | None:
        """What has become of the label; None while nobody knows."""
        try:
            if isinstance(message, Scanned):
                return label_scan(self._bench, job, message.text, self._tell, any_open=any_open)
            if message == NoUsableLabel(job.id):
                return self._voided(job)
            if isinstance(message, OpenJobs):
                return self._settled_elsewhere(job)
        except Failure as failure:
            # Whoever scanned it a moment before this slot asked for it has settled it.
            if isinstance(failure, IllegalMove) and (settled := self._settled_elsewhere(job)) is not None:
                return settled
            log.warning("scan refused: %s", failure)
            self._tell(ScanRefused(failure))
        return None

    def _settled_elsewhere(self, job: PrintJob) -> PrintJob | None:
        try:
            stands = self._bench.ledger.job(job.id)
        except Failure as failure:
            self._tell(ScanRefused(failure))
            return None
        return stands if stands.state in SETTLED else None

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
        unheld = None if plugged else Unheld(self._reader)
        with self._beside(self._reader.wait_until_gone) as gone:
            while True:
                if unheld is not None and unheld.may_have_left():
                    self._tell(UnitRefused(failure, reading))
                    return False
                message = self._heard(stop, None if ends is None else _until(ends, unheld))
                if isinstance(message, TryAgain):
                    return again
                if pause_s is not None and may_be_over(failure, message):
                    ends = time.monotonic()
                elif message is None and ends is not None and time.monotonic() >= ends:
                    if not would_be_refused(self._bench, failure, stop):
                        return again
                    ends = time.monotonic() + (retry_after_s(failure) or LOOK_AT_PORT_S)
                elif gone.ended(message) and plugged and not isinstance(failure, NEVER_OPENED):
                    return False
                elif isinstance(message, Scanned):
                    decided = self._scan_while_refused(message, reading)
                    if decided is not None:
                        return decided and again

    def _scan_while_refused(self, message: Scanned, reading: DeviceReading | None) -> bool | None:
        """True: the same device once more. False: a new unit. None: the wait goes on."""
        identity = sort_scan(message.text, self._bench.scan_rules).identity
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

    def _heard(self, stop: Stop, within_s: float | None = None) -> Message | None:
        """The next message; None when none came in time, or when it was a command that nobody knows.

        A command barcode is obeyed here, whatever is waited for, so that it reaches no wait as a scan.
        """
        message = self._inbox.take(stop, within_s)
        if (
            isinstance(message, Scanned)
            and (scan := sort_scan(message.text, self._bench.scan_rules)).what is ScanKind.COMMAND
        ):
            if scan.supply is None:
                self._tell(ScanRefused(CommandUnknown(scan.text)))
                return None
            message = NewRoll(scan.supply)
        if isinstance(message, NewRoll) and not message.counted:
            obey_new_roll(self._bench, message.kind, self._tell)
        return message

    def _voided(self, job: PrintJob) -> PrintJob:
        if JobState.VOIDED not in MOVES[job.state]:
            return job
        who = self._bench.duty.require(Permission.LABEL)
        return self._bench.ledger.move(job, JobState.VOIDED, who=who, evidence=NO_LABEL_CAME_OUT)

    def _beside(self, work: Callable[[Stop], R]) -> SideWait[R]:
        return SideWait(work, self._reader_lane, self._inbox)


def _until(moment: float, unheld: Unheld | None) -> float:
    left_s = max(0.0, moment - time.monotonic())
    return left_s if unheld is None else min(left_s, LOOK_AT_PORT_S)
