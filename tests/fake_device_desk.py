"""A device desk of fakes: ports that a test plugs in, readers that do as told, slots and logs in memory."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from gizqr_station.domain.device_failures import DeviceUnplugged, ProfileUnreadable
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import GagentTalk, ReaderProfile
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.workflows.device_desk import DeviceDesk, DeviceParts
from gizqr_station.workflows.device_ports import Tap
from gizqr_station.workflows.duty import Duty, NamedOperator
from gizqr_station.workflows.lanes import Lane, ThreadLane
from tests.ear import Ear

FT232 = SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.1", 0x0403, 0x6001, "FT232R")
CP2102 = SerialPort("/dev/ttyUSB1", "0001", "1-1.2", 0x10C4, 0xEA60, "CP2102")
GAGENT = ReaderProfile("gagent", {"en": "Gizwits module"}, GagentTalk(), 9600)
SLOT = SlotConfig(1, "jig", PortName.parse("usb:A50285BI"))


@dataclass
class FakePorts:
    """What is plugged in."""

    plugged: tuple[SerialPort, ...] = (FT232, CP2102)
    asked: int = 0
    fault: Exception | None = None

    def ports(self) -> tuple[SerialPort, ...]:
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        return self.plugged


@dataclass
class FakeReaders:
    """One profile, and what is wrong with another one."""

    broken: tuple[ProfileUnreadable, ...] = ()
    shipped_broken: ProfileUnreadable | None = None

    def profiles(self) -> tuple[ReaderProfile, ...]:
        if self.shipped_broken is not None:
            raise self.shipped_broken
        return (GAGENT,)

    def faults(self) -> tuple[ProfileUnreadable, ...]:
        return self.broken


@dataclass
class FakeSlots:
    """Settings in memory."""

    kept: tuple[SlotConfig, ...] = (SLOT,)
    broken: Failure | None = None

    def slots(self) -> tuple[SlotConfig, ...]:
        if self.broken is not None:
            raise self.broken
        return self.kept

    def keep(self, slots: tuple[SlotConfig, ...]) -> None:
        if self.broken is not None:
            raise self.broken
        self.kept = slots


@dataclass
class FakeLogs:
    """Files in memory."""

    kept: list[tuple[str, str, tuple[WireBytes, ...]]] = field(default_factory=list)
    broken: Failure | None = None

    def keep(self, port: str, reader: str, wire: tuple[WireBytes, ...]) -> str:
        if self.broken is not None:
            raise self.broken
        self.kept.append((port, reader, wire))
        return f"/logs/{len(self.kept)}.txt"


class TriedReader:
    """Answers what a test puts in; closed once."""

    def __init__(self, slot: SlotConfig, tap: Tap | None) -> None:
        self.slot = slot
        self.tap = tap
        self.answers: queue.SimpleQueue[DeviceReading | Exception] = queue.SimpleQueue()
        self.closed = threading.Event()

    def read(self, stop: Stop) -> DeviceReading:
        while True:
            try:
                answer = self.answers.get(timeout=0.005)
            except queue.Empty:
                stop.check()
                continue
            if isinstance(answer, Exception):
                raise answer
            return answer

    def say(self, wire: WireBytes) -> None:
        assert self.tap is not None
        self.tap(wire)

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        raise DeviceUnplugged(reading.port)

    def wait_until_gone(self, stop: Stop) -> None:
        """Nobody asks."""

    def present(self) -> bool:
        return True

    def health(self, stop: Stop) -> Failure | None:
        return None

    def close(self) -> None:
        assert not self.closed.is_set(), "closed twice"
        self.closed.set()


@dataclass
class FakeDeviceDesk:
    """All of them; every request on threads, as in the station."""

    ports: FakePorts = field(default_factory=FakePorts)
    readers: FakeReaders = field(default_factory=FakeReaders)
    slots: FakeSlots = field(default_factory=FakeSlots)
    logs: FakeLogs = field(default_factory=FakeLogs)
    running: tuple[SlotConfig, ...] = (SLOT,)
    scanner: PortName | None = None
    cannot: Exception | None = None
    """Why a reader cannot be made."""
    made: "queue.SimpleQueue[TriedReader]" = field(default_factory=queue.SimpleQueue)
    ear: Ear = field(default_factory=Ear)
    duty: Duty = field(default_factory=lambda: NamedOperator("Li Wei"))

    def make(self, slot: SlotConfig, tap: Tap | None) -> TriedReader:
        if self.cannot is not None:
            raise self.cannot
        reader = TriedReader(slot, tap)
        self.made.put(reader)
        return reader

    def desk(self, lane_named: Callable[[str], Lane] = ThreadLane) -> DeviceDesk:
        parts = DeviceParts(
            self.ports, self.readers, self.slots, self.running, self.make, self.logs, self.scanner, self.duty
        )
        return DeviceDesk(parts, lane_named, self.ear.hear)
