"""A bench with several slots on fakes: devices go into jigs, and the lines of all slots share one printer."""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gizqr_station.domain.device_failures import DeviceSwapped, DeviceUnplugged
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.workflows.happenings import AtSlot, Happening
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.ports import Reader
from gizqr_station.workflows.shared_bench import SharedBench
from gizqr_station.workflows.slots import SlotLines, at_slot
from tests.ear import Ear
from tests.fake_bench import NOW, WAIT_S, FakeBench, reading_of
from tests.fakes import FakeLedger


class Jig:
    """A Reader on a place where devices come and go; ``fixed``: its adapter stays when the device is exchanged."""

    def __init__(self, slot: int, *, fixed: bool = False) -> None:
        self.slot = slot
        self.fixed = fixed
        self.fault: Exception | None = None
        """Raised at the next read."""
        self.said: Identity | None = None
        """Who was there when it was asked last."""
        self._changed = threading.Condition()
        self._device: Identity | None = None
        self._plugs = itertools.count(1)
        self._plug = 0
        self._opened = 0
        """The plugging that was read last."""

    def put(self, device: Identity | None) -> None:
        """Put a device in, in the place of whatever is there; None: take it out."""
        with self._changed:
            self._device = device
            if not self.fixed or device is None or self._plug == 0:
                self._plug = 0 if device is None else next(self._plugs)
            self._changed.notify_all()

    @property
    def device(self) -> Identity | None:
        return self._device

    def read(self, stop: Stop) -> DeviceReading:
        while True:
            stop.check()
            with self._changed:
                if self.fault is not None:
                    fault, self.fault = self.fault, None
                    raise fault
                if self._device is not None:
                    self._opened, self.said = self._plug, self._device
                    return reading_of(self._device, f"port {self.slot}")
                self._changed.wait(0.02)

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        with self._changed:
            if self._device is None or self._plug != self._opened:
                raise DeviceUnplugged(reading.port)
            self.said = self._device
            if self._device != reading.identity:
                raise DeviceSwapped(reading.identity.readable, self._device.readable)

    def wait_until_gone(self, stop: Stop) -> None:
        while True:
            stop.check()
            with self._changed:
                if self._plug != self._opened:
                    return
                self._changed.wait(0.02)

    def present(self) -> bool:
        return self._device is not None

    def health(self, stop: Stop) -> Failure | None:
        return None


class SharedLedger:
    """The fake ledger, for several threads: one call at a time."""

    def __init__(self, ledger: FakeLedger) -> None:
        self.one_at_a_time = threading.RLock()
        self.ledger = ledger

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.ledger, name)
        if not callable(found):
            return found

        def alone(*given: Any, **named: Any) -> Any:
            with self.one_at_a_time:
                return getattr(self.ledger, name)(*given, **named)

        return alone


@dataclass
class SlotEar(Ear):
    """Hears all slots; what is waited for at one slot passes over nothing of another's."""

    seen_at: dict[int, int] = field(default_factory=dict)

    def at(self, slot: int, kind: type, where: Callable[[Any], bool] = lambda _: True) -> Any:
        """The next happening of this kind at this slot."""
        found: list[Any] = []

        def look() -> bool:
            for at in range(self.seen_at.get(slot, 0), len(self.told)):
                told = self.told[at]
                inner = told.happening if isinstance(told, AtSlot) and told.slot == slot else None
                if isinstance(inner, kind) and where(inner):
                    self.seen_at[slot] = at + 1
                    found.append(inner)
                    return True
            return False

        with self.changed:
            assert self.changed.wait_for(look, WAIT_S), (
                f"no {kind.__name__} at {slot}; told {[told for told in self.told if isinstance(told, AtSlot)][-8:]}"
            )
        return found[0]

    def at_any(self, kind: type) -> tuple[int, Any]:
        """The next happening of this kind, and the slot."""
        seen = self.wait(AtSlot, lambda told: isinstance(told.happening, kind))
        return seen.slot, seen.happening

    def of(self, slot: int, kind: type) -> list[Any]:
        """All of this kind so far."""
        with self.changed:
            inner = [told.happening for told in self.told if isinstance(told, AtSlot) and told.slot == slot]
        return [happening for happening in inner if isinstance(happening, kind)]


class RunningSlots:
    """Lines on their own threads, and a test that is the operator."""

    def __init__(self, fakes: FakeBench, jigs: dict[int, Reader], since: Callable[[], datetime] = lambda: NOW) -> None:
        self.fakes = fakes
        self.jigs = jigs
        self.ear = SlotEar(fakes.told)
        self.stop = Stop()
        self.ledger = SharedLedger(fakes.ledger)
        self.bench = replace(fakes.bench(), ledger=self.ledger)
        self.shared = SharedBench(jigs, [slot for slot, jig in jigs.items() if isinstance(jig, ScannerOnly)])
        self._readers = [ThreadLane(f"read:{slot}") for slot in jigs]
        self._lanes = [ThreadLane(f"prepare:{slot}") for slot in jigs]
        self._aside = ThreadLane("aside")
        self.line = {
            slot: Line(self.bench, jig, lane, at_slot(slot, self.ear.hear), since, slot=slot, shared=self.shared)
            for (slot, jig), lane in zip(jigs.items(), self._readers, strict=True)
        }
        self.slots = SlotLines(list(self.line.values()), self.shared, self.bench, self._aside, self.ear.hear)
        self.runs = [lane.submit(self.slots.run, slot, self.stop) for lane, slot in zip(self._lanes, jigs, strict=True)]

    def put(self, slot: int, device: Identity | None) -> None:
        jig = self.jigs[slot]
        assert isinstance(jig, Jig)
        jig.put(device)

    def heard(self) -> list[Happening]:
        with self.ear.changed:
            return list(self.ear.told)

    def close(self) -> None:
        self.stop.set()
        for lane in (*self._lanes, *self._readers, self._aside):
            lane.close()
        for run in self.runs:
            run.result(0)


@contextlib.contextmanager
def running_slots(fakes: FakeBench, slots: int = 2, *, fixed: bool = False, scanned: int = 0) -> Iterator[RunningSlots]:
    """So many slots with jigs, and behind them so many without a port."""
    jigs: dict[int, Reader] = {slot: Jig(slot, fixed=fixed) for slot in range(1, slots + 1)}
    jigs |= {slot: ScannerOnly() for slot in range(slots + 1, slots + scanned + 1)}
    running = RunningSlots(fakes, jigs)
    try:
        yield running
    finally:
        running.close()


def device(number: int) -> MacAddress:
    """One of many."""
    return MacAddress(f"00911f{number:06x}")
