"""Eight slots, and an operator who does everything in any order: what may never happen does not, and nothing stands.

``python -m pytest -m slow tests/workflows/test_eight_slots.py`` runs many more.
"""

import random
import threading
import time
from collections import Counter
from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import KeyRefused, ServiceUnreachable
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, PrintJob, PrintOutcome
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterUnreachable
from gizqr_station.workflows import retry
from gizqr_station.workflows.happenings import (
    AtSlot,
    LineStopped,
    ScanBackDue,
    SettlementDue,
    UnitDone,
    UnitRefused,
)
from gizqr_station.workflows.ports import PrintReport
from tests.fake_bench import PRODUCT, WAIT_S, FakeBench, content_of
from tests.fake_jigs import Jig, RunningSlots, device, running_slots

SLOTS = 8
ACTIONS = 60
REPORTS = (
    PrintReport(PrintOutcome.ACCEPTED, 1000),
    PrintReport(PrintOutcome.CONFIRMED, 1000),
    PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9)),
    PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a")),
)


class Watcher:
    """Looks at the whole bench each time a label goes to the printer."""

    def __init__(self, running: RunningSlots) -> None:
        self.running = running
        self.faults: list[str] = []
        self.printing = threading.Lock()
        running.fakes.printer.before = self.look

    def look(self, job_name: str) -> None:
        if not self.printing.acquire(blocking=False):
            self.faults.append("two slots print at once")
            return
        try:
            self._look(int(job_name))
        finally:
            self.printing.release()

    def _look(self, number: int) -> None:
        ledger, slots = self.running.ledger, self.running
        with ledger.one_at_a_time:
            job = ledger.job(number)
            out = [each.id for each in ledger.open_jobs() if each.id != number]
        if out:
            self.faults.append(f"job {number} printed while {out} were out")
        read = [reading for reading in slots.jigs.values() if isinstance(reading, Jig) and reading.said == job.identity]
        if not read:
            self.faults.append(f"job {number} is of a device that no slot has read")


class Operator:
    """Plugs, unplugs, exchanges, scans and breaks things at random; then puts all right and finishes."""

    def __init__(self, running: RunningSlots, seed: int) -> None:
        self.running = running
        self.chance = random.Random(seed)
        self.devices = iter(range(1, 10_000))
        self.plugged: dict[int, Identity | None] = dict.fromkeys(running.jigs)

    def do_anything(self) -> None:
        self.chance.choice(
            (self.put, self.put, self.put, self.take, self.exchange, self.scan_right, self.scan_right, self.scan_right,
             self.scan_any, self.no_label, self.try_again, self.break_something)
        )()  # fmt: skip

    def put(self) -> None:
        free = [slot for slot, there in self.plugged.items() if there is None]
        if free:
            self._put(self.chance.choice(free), device(next(self.devices)))

    def take(self) -> None:
        self._put(self.chance.choice(list(self.plugged)), None)

    def exchange(self) -> None:
        one, other = self.chance.sample(list(self.plugged), 2)
        first, second = self.plugged[one], self.plugged[other]
        self._put(one, second)
        self._put(other, first)

    def scan_right(self) -> None:
        due = self.asked_for()
        if due is not None:
            self.running.slots.scanned(due.draft.content)

    def scan_any(self) -> None:
        number = self.chance.randrange(1, 40)
        self.running.slots.scanned(
            self.chance.choice((content_of(device(number)), str(device(number)), "www", "GIZQR:X"))
        )

    def no_label(self) -> None:
        due = self.asked_for()
        if due is not None and self.chance.random() < 0.3:
            self.running.slots.no_usable_label(due.id)

    def try_again(self) -> None:
        self.running.slots.try_again(self.chance.randint(1, len(self.plugged)))

    def break_something(self) -> None:
        fakes = self.running.fakes
        fakes.printer.reports = [self.chance.choice(REPORTS)]
        fakes.codes.failures = [self.chance.choice((ServiceUnreachable("qr"), KeyRefused("qr", 401)))]

    def asked_for(self) -> PrintJob | None:
        """The label that some slot asks for now."""
        return next((line.awaited for line in self.running.line.values() if line.awaited is not None), None)

    def finish(self) -> None:
        """Nothing breaks any more: every slot must come to a fresh device's verified label within the time."""
        fakes = self.running.fakes
        fakes.printer.reports, fakes.codes.failures = [], []
        for slot in self.plugged:
            self._put(slot, None)
        wanted = {slot: device(next(self.devices)) for slot in self.plugged}
        waiting, ends = dict(wanted), time.monotonic() + WAIT_S
        while waiting:
            assert time.monotonic() < ends, f"slots {sorted(waiting)} never came to their turn"
            for slot, identity in list(waiting.items()):
                done = [each.job.identity for each in self.running.ear.of(slot, UnitDone)]
                if identity in done:
                    del waiting[slot]
                    self._put(slot, None)
                elif self.plugged[slot] is None and self.running.line[slot].identity is None:
                    self._put(slot, identity)
            self.scan_right()
            time.sleep(0.001)

    def _put(self, slot: int, identity: Identity | None) -> None:
        self.plugged[slot] = identity
        self.running.put(slot, identity)


def run_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """One bench, one operator; what was done, for the control that all of it came about."""
    for failure in (ServiceUnreachable, PrinterUnreachable):
        monkeypatch.setitem(retry._PASSING, failure, 0.01)
    chance = random.Random(seed)
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=chance.choice((1, 1, 1, 3, 0))))
    with running_slots(fakes, SLOTS, fixed=chance.random() < 0.5) as running:
        watcher, operator = Watcher(running), Operator(running, seed)
        for _ in range(ACTIONS):
            operator.do_anything()
            if chance.random() < 0.5:
                time.sleep(0.001)
        operator.finish()
        began = time.monotonic()
        running.close()
        took_s = time.monotonic() - began
    assert watcher.faults == []
    assert took_s < 1.0
    jobs = list(fakes.ledger.kept.jobs.values())
    live = Counter(job.identity for job in jobs if job.state not in ENDED)
    assert [identity for identity, times in live.items() if times > 1] == []
    printed = Counter(name for name, _ in fakes.printer.printed)
    assert [name for name, times in printed.items() if times > 1] == []
    told = [at.happening for at in running.heard() if isinstance(at, AtSlot)]
    assert sum(isinstance(happening, LineStopped) for happening in told) == SLOTS
    return Counter(type(happening).__name__ for happening in told)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_no_two_labels_are_out_and_every_slot_goes_on(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_one(seed, monkeypatch)


@pytest.mark.slow
def test_three_hundred_operators_who_do_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()
    for seed in range(100, 400):
        done += run_one(seed, monkeypatch)
    for kind in (UnitDone, UnitRefused, ScanBackDue, SettlementDue):
        assert done[kind.__name__] > 100
