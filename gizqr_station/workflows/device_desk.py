"""What the devices page asks for: each request returns at once, and is answered with happenings."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gizqr_station.domain.device_failures import DeviceSilent, NoIdentitySaid, PortInUseHere, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people import Permission
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortKind, PortName, SerialPort
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKept,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireLogKept,
)
from gizqr_station.workflows.device_ports import PortList, ReaderMaker, ReaderShelf, SlotShelf, WireLogs
from gizqr_station.workflows.duty import Duty, NamedOperator
from gizqr_station.workflows.happenings import FaultSeen, Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.trial_wire import TELL_EVERY_S, TrialWire

LOOK_EVERY_S = 1.0
TRIAL_AT_MOST_S = 300.0
"""A trial that nobody ends ends by itself: until then it holds the port."""
OF_SCANNER = "scanner"
"""In place of the slot that holds a port."""
OF_A_TRIAL = 0
"""In place of a slot's number."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceParts:
    """What the desk works with."""

    ports: PortList
    readers: ReaderShelf
    slots: SlotShelf
    running: tuple[SlotConfig, ...]
    """As the station was opened with."""
    make: ReaderMaker
    logs: WireLogs
    scanner: PortName | None = None
    """Of a scanner in serial mode, which listens as long as the station is open."""
    duty: Duty = field(default_factory=lambda: NamedOperator(""))
    """Asked before slots are kept."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One reader that is tried at one port."""

    port: str
    reader: str
    baud: int
    wire: TrialWire
    stop: Stop = field(default_factory=Stop)
    late: Stop = field(default_factory=Stop)
    """Set where it was time, and not a person, that ended it."""


class DeviceDesk:
    """Requests may come from any thread. One trial at a time: the next one ends the one before."""

    def __init__(self, parts: DeviceParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        self._lanes = DeskLanes("device desk", self._stop, lambda failure: tell(FaultSeen(failure)))
        self._work_lane = lane_named("devices")
        self._watch_lane = lane_named("ports")
        self._trial_lane = lane_named("reader trial")
        self._wire_lane = lane_named("trial wire")
        self._lock = threading.Lock()
        self._watch: Stop | None = None
        self._trial: Trial | None = None

    def shown(self, visible: bool) -> None:
        """While the page is visible, the ports are looked at every second; otherwise not."""
        with self._lock:
            if visible is (self._watch is not None):
                return
            if self._watch is not None:
                self._watch.set()
                self._watch = None
                return
            self._watch = watch = Stop()
        self._lanes.give(self._work_lane, self._tell_known)
        self._lanes.give(self._watch_lane, lambda: self._watch_ports(watch))

    def try_reader(self, port: str, reader: str, baud: int) -> None:
        """TrialBegun, WireHeard, and TrialEnded with what it came to. One that is under way ends first."""
        trial = Trial(port, reader, baud, TrialWire(self._tell))
        with self._lock:
            if self._trial is not None:
                self._trial.stop.set()
            self._trial = trial
        self._lanes.give(self._trial_lane, lambda: self._run(trial))

    def stop_trial(self) -> None:
        """TrialEnded, with nothing."""
        with self._lock:
            if self._trial is not None:
                self._trial.stop.set()

    def keep_log(self) -> None:
        """The bytes of the last trial into a file: WireLogKept. Nothing where there was none."""
        with self._lock:
            trial = self._trial
        if trial is not None:
            self._lanes.give(self._work_lane, lambda: self._keep(trial))

    def save_slots(self, slots: tuple[SlotConfig, ...]) -> None:
        """SlotsKept, with why not for whoever may not. The station goes on with those it was opened with."""
        self._lanes.give(self._work_lane, lambda: self._save(slots))

    def close(self) -> None:
        """End the trial and wait for what runs."""
        self._stop.set()
        self.stop_trial()
        self.shown(visible=False)
        for lane in (self._trial_lane, self._wire_lane, self._watch_lane, self._work_lane):
            lane.close()

    def _tell_known(self) -> None:
        try:
            kept = self._parts.slots.slots()
        except Failure as unread:
            # A file that somebody is editing is whole again in a moment.
            log.warning("slots not read: %s", unread)
            kept = ()
        self._tell(SlotsKnown(self._parts.running, kept))
        try:
            faults = self._parts.readers.faults()
            self._tell(ReadersKnown(self._parts.readers.profiles(), faults[0] if faults else None))
        except Failure as broken:
            log.warning("readers not read: %s", broken)
            self._tell(ReadersKnown((), broken))

    def _watch_ports(self, stop: Stop) -> None:
        told: tuple[SerialPort, ...] | None = None
        while not self._stop.asked:
            ports = self._parts.ports.ports()
            if ports != told:
                told = ports
                self._tell(PortsSeen(ports))
            stop.sleep(LOOK_EVERY_S)

    def _run(self, trial: Trial) -> None:
        """On the trial's lane: told from beginning to end, whatever becomes of it."""
        log.info("trying the reader %s at %s", trial.reader, trial.port)
        self._tell(TrialBegun(trial.port, trial.reader))
        over = Stop()
        self._wire_lane.submit(self._tell_wire, trial, over)
        reading: DeviceReading | None = None
        failure: Failure | None = None
        try:
            reading = self._read(trial)
        except Stopped:
            failure = _nothing_said(trial) if trial.late.asked else None
        except Failure as why:
            failure = why
        except Exception as fault:
            log.exception("a fault of the program while a reader was tried")
            failure = ProgramFault(type(fault).__name__)
        over.set()
        # All that came is told before what it came to.
        trial.wire.flush()
        log.info("the trial ended: %s", reading or failure or "stopped")
        self._tell(TrialEnded(reading, failure))

    def _tell_wire(self, trial: Trial, over: Stop) -> None:
        ends = time.monotonic() + TRIAL_AT_MOST_S
        while not over.asked:
            trial.wire.flush()
            if time.monotonic() > ends:
                trial.late.set()
                trial.stop.set()
            try:
                over.sleep(TELL_EVERY_S)
            except Stopped:
                return

    def _read(self, trial: Trial) -> DeviceReading:
        trial.stop.check()
        port = self._free_port(trial.port)
        slot = SlotConfig(OF_A_TRIAL, "", port, trial.reader, trial.baud)
        reader = self._parts.make(slot, trial.wire.hear)
        try:
            return reader.read(trial.stop)
        finally:
            reader.close()

    def _free_port(self, text: str) -> PortName:
        """Unless a slot or the scanner of this station holds it, whatever they call it."""
        try:
            port = PortName.parse(text)
        except ValueError as wrong:
            raise PortMissing(text) from wrong
        ports = self._parts.ports.ports()
        held = [(slot.port, slot.label) for slot in self._parts.running]
        for holds, whose in (*held, (self._parts.scanner, OF_SCANNER)):
            if holds is not None and _devices(holds, ports) & _devices(port, ports):
                raise PortInUseHere(text, whose)
        return port

    def _keep(self, trial: Trial) -> None:
        try:
            path = self._parts.logs.keep(trial.port, trial.reader, trial.wire.kept())
        except Failure as failure:
            log.warning("the bytes of the trial were not kept: %s", failure)
            self._tell(WireLogKept("", failure))
        else:
            self._tell(WireLogKept(path, None, trial.wire.dropped))

    def _save(self, slots: tuple[SlotConfig, ...]) -> None:
        try:
            self._parts.duty.require(Permission.CHANGE_SETTINGS, "slots")
            self._parts.slots.keep(slots)
        except Failure as failure:
            log.warning("the slots were not saved: %s", failure)
            self._tell(SlotsKept(slots, failure))
        else:
            log.info("slots saved for the next start: %s", slots)
            self._tell(SlotsKept(slots))


def _devices(name: PortName, ports: Sequence[SerialPort]) -> set[str]:
    """What a name may mean now. Two paths to one port are told apart only by opening it, which refuses the second."""
    if name.kind is PortKind.PATH:
        return {name.text.casefold()}
    return {port.device.casefold() for port in ports if name.among((port,)) is not None}


def _nothing_said(trial: Trial) -> Failure:
    if trial.wire.silent:
        return DeviceSilent(trial.port, TRIAL_AT_MOST_S)
    return NoIdentitySaid(trial.port, trial.reader)
