"""The operator of the simulated line: fills the slots, and sticks, scans and unplugs with one pair of hands."""

import queue
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from gizqr_station.demo.world import World
from gizqr_station.domain.identity import Identity, IdentityKind, Imei, MacAddress, luhn_digit
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.workflows.happenings import (
    AtSlot,
    Happening,
    LineStopped,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.ports import Ledger

LABEL_WAIT_S = 10.0
SETTLE_WAIT_S = 0.3
PATIENCE = 5
"""Refused units in a row after which a run of so many units gives up."""
_LOOK_AT_STOP_S = 0.1
_ONE_IN_CELLULAR = 5
_ONE_IN_MIX_UP = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the hands take, in seconds."""

    plug_s: float = 0.0
    scan_s: float = 0.0
    unplug_s: float = 0.0
    mix_ups: bool = False
    """Now and then the label of the unit before is scanned first, as people do."""


AT_ONCE = Pace()
BY_HAND = Pace(plug_s=1.2, scan_s=1.6, unplug_s=1.2, mix_ups=True)


@dataclass(slots=True)
class Done:
    """What this run has come to."""

    verified: int = 0
    settled: int = 0
    """Labels of an earlier run that were found or declared missing."""
    refused: list[str] = field(default_factory=list)


class Keys(Protocol):
    """Scanner and keys, as far as this operator uses them."""

    def scanned(self, text: str) -> None:
        """The scanner read this."""
        ...

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        ...


class SimulatedOperator:
    """Hears what the lines tell and does what a person would; ``run`` ends after so many verified units."""

    def __init__(self, world: World, ledger: Ledger, keys: Keys, seed: int, pace: Pace, units: int | None) -> None:
        self.done = Done()
        self._world = world
        self._ledger = ledger
        self._keys = keys
        self._pace = pace
        self._units = units
        self._devices = self._unlabelled(devices(seed))
        self._before: str = ""
        self._in_a_row = 0
        self._free: list[int] = []
        self._plugged: set[int] = set()
        self._under_way: set[int] = set()
        self._running = set(world.devices)

    def run(self, heard: "queue.SimpleQueue[Happening]", stop: Stop) -> None:
        """Until the wanted number is verified, nothing works any more, all lines have stopped, or ``stop``."""
        while self._running and self._missing() > 0 and (self._units is None or self._in_a_row < PATIENCE):
            stop.check()
            try:
                happening = heard.get(timeout=_LOOK_AT_STOP_S)
            except queue.Empty:
                continue
            if isinstance(happening, AtSlot):
                self._act(happening.slot, happening.happening, stop)
                self._fill(stop)
            elif isinstance(happening, ScanRefused):
                self.done.refused.append(happening.failure.code)

    def _missing(self) -> float:
        """So many units still have to be verified."""
        return float("inf") if self._units is None else self._units - self.done.verified

    def _act(self, slot: int, happening: Happening, stop: Stop) -> None:
        match happening:
            case WaitingForDevice():
                if slot not in self._free and slot not in self._plugged:
                    self._free.append(slot)
            case ScanBackDue(job):
                stop.sleep(self._pace.scan_s)
                self._find_and_scan(job, LABEL_WAIT_S, stop)
            case SettlementDue(job):
                stop.sleep(self._pace.scan_s)
                self.done.settled += 1
                self._find_and_scan(job, SETTLE_WAIT_S, stop)
            case UnitDone(job):
                self._keep(job, stop)
                self.done.verified += job.state is JobState.VERIFIED
                self._in_a_row = 0
                self._unplug(slot, stop)
            case UnitRefused(failure):
                self.done.refused.append(failure.code)
                self._in_a_row += 1
                self._unplug(slot, stop)
            case ScanRefused(failure):
                self.done.refused.append(failure.code)
            case LineStopped():
                self._running.discard(slot)
            case _:
                pass

    def _fill(self, stop: Stop) -> None:
        """A device into each free slot, as long as there are units to be made."""
        while self._free and len(self._under_way) < self._missing():
            slot = self._free.pop(0)
            stop.sleep(self._pace.plug_s)
            self._plugged.add(slot)
            self._under_way.add(slot)
            self._plug(slot, next(self._devices), stop)

    def _unplug(self, slot: int, stop: Stop) -> None:
        self._under_way.discard(slot)
        stop.sleep(self._pace.unplug_s)
        self._plugged.discard(slot)
        self._world.devices[slot].unplug(stop)

    def _find_and_scan(self, job: PrintJob, within_s: float, stop: Stop) -> None:
        printed = self._world.printed.of(job, stop, within_s)
        if printed is None:
            self._keys.no_usable_label(job.id)
            return
        content = self._world.printed.content(printed)
        if self._pace.mix_ups and self._before and job.id % _ONE_IN_MIX_UP == 0:
            self._keys.scanned(self._before)
            stop.sleep(2 * self._pace.scan_s)
        self._before = content
        if job.draft.revision and (small_code := self._world.printed.small_code(printed)):
            self._keys.scanned(small_code)
        self._keys.scanned(content)

    def _keep(self, job: PrintJob, stop: Stop) -> None:
        printed = self._world.printed.of(job, stop, SETTLE_WAIT_S)
        if printed is not None:
            self._world.printed.copy(printed, self._world.folder.root / "labels", str(job.identity))

    def _plug(self, slot: int, identity: Identity, stop: Stop) -> None:
        kind = "cellular" if identity.kind is IdentityKind.IMEI else "wifi"
        self._world.devices[slot].plug(Plugged(str(identity), kind), stop)

    def _unlabelled(self, known: Iterator[Identity]) -> Iterator[Identity]:
        """Those that an earlier run in the same folder has not labelled."""
        for identity in known:
            latest = self._ledger.latest(self._world.settings.product.key, identity)
            if latest is None or latest.state in {JobState.FAILED, JobState.VOIDED}:
                yield identity


def devices(seed: int) -> Iterator[Identity]:
    """Wi-Fi modules with a cellular one now and then, the same for the same seed, without end."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    number = 0
    while True:
        number += 1
        if number % _ONE_IN_CELLULAR == 0:
            digits = "861193" + f"{chance.randrange(10**8):08d}"
            yield Imei.parse(f"{digits}{luhn_digit(digits)}")
        else:
            yield MacAddress.parse(f"00911f{chance.randrange(16**6):06x}")
