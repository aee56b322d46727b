"""All slots of a bench behind one scanner and one set of keys: each scan goes to the slot that it is about."""

import logging
from collections.abc import Sequence

from gizqr_station.domain.line_failures import CommandUnknown, ProgramFault
from gizqr_station.domain.scan_failures import DeviceBelongsInSlot
from gizqr_station.domain.scans import Scan, ScanKind, sort_scan
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    FaultSeen,
    Happening,
    QueueSeen,
    ScanRefused,
    Tally,
    Tell,
)
from gizqr_station.workflows.label_scan import idle_scan
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.roll_change import obey_new_roll
from gizqr_station.workflows.shared_bench import SharedBench

log = logging.getLogger(__name__)


def at_slot(slot: int, tell: Tell) -> Tell:
    """Tells with the slot's number what a line tells, except what concerns the whole bench."""

    def told(happening: Happening) -> None:
        bench_wide = isinstance(happening, Tally | QueueSeen | DeskDone | FaultSeen)
        tell(happening if bench_wide else AtSlot(slot, happening))

    return told


class SlotLines:
    """The lines of a bench, 1 to 8. Everything here returns at once, from any thread.

    With one slot all is its own. With several a scan goes to the one whose turn it is: only its label is out, and it
    says what was scanned instead. Between labels a device's own label can only mean the slot that has just read it,
    or the one that has no port. What is nobody's is looked up once, on ``aside``.
    """

    def __init__(self, lines: Sequence[Line], shared: SharedBench, bench: Bench, aside: Lane, tell: Tell) -> None:
        self._lines = tuple(lines)
        self._by_number = {line.slot: line for line in lines}
        self._shared = shared
        self._bench = bench
        self._aside = aside
        self._tell = tell

    @property
    def slots(self) -> tuple[int, ...]:
        """Their numbers."""
        return tuple(line.slot for line in self._lines)

    def run(self, slot: int, stop: Stop) -> None:
        """Run one slot's line on the calling thread until stopped."""
        self._by_number[slot].run(stop)

    def scanned(self, text: str) -> None:
        """A scanner read this."""
        self._bench.duty.stirred()
        if len(self._lines) == 1:
            self._lines[0].scanned(text)
            return
        scan = sort_scan(text, self._bench.scan_rules)
        if scan.what is ScanKind.COMMAND:
            if scan.supply is None:
                self._tell(ScanRefused(CommandUnknown(scan.text)))
            else:
                self.new_roll(scan.supply)
        elif (line := self._meant(scan)) is not None:
            line.scanned(text)
        elif scan.identity is not None:
            self._tell(ScanRefused(DeviceBelongsInSlot(scan.identity.readable)))
        else:
            self._aside.submit(self._look_up, scan, text)

    def no_usable_label(self, job: int) -> None:
        """A person says that no usable label came out of this job; only the slot whose label it is listens."""
        for line in self._lines:
            line.no_usable_label(job)

    def try_again(self, slot: int) -> None:
        """A person wants the refused unit of this slot tried again."""
        self._by_number[slot].try_again()

    def new_roll(self, kind: SupplyKind) -> None:
        """A person has put a new roll or ribbon into the line's printer: counted once, and known to all slots."""
        if len(self._lines) == 1:
            self._lines[0].new_roll(kind)
        else:
            self._aside.submit(self._count_roll, kind)

    def duty_changed(self) -> None:
        """Somebody else is on duty, or nobody any more: every slot hears of it."""
        for line in self._lines:
            line.duty_changed()

    def look_at_open_jobs(self) -> None:
        """A label of the queue may or may not have come out: the first slot that is free asks for it."""
        for line in self._lines:
            line.look_at_open_jobs()

    def _meant(self, scan: Scan) -> Line | None:
        running = [line for line in self._lines if not line.ended]
        holder = self._shared.turns.holder
        if holder is not None:
            return self._by_number[holder]
        if scan.identity is None:
            return None
        for line in running:
            if line.identity == scan.identity:
                return line
        return next((line for line in running if self._shared.takes_scanned_devices(line.slot)), None)

    def _look_up(self, scan: Scan, text: str) -> None:
        try:
            idle_scan(self._bench, text, self._tell)
        except Exception as fault:
            log.exception("a scan was not looked up")
            self._tell(ScanRefused(ProgramFault(type(fault).__name__)))
        for line in self._lines:
            # A slot may have begun to ask for this very label meanwhile.
            awaited = line.awaited
            if awaited is not None and scan.text in (awaited.draft.content, awaited.draft.label_serial):
                line.look_at_open_jobs()

    def _count_roll(self, kind: SupplyKind) -> None:
        try:
            obey_new_roll(self._bench, kind, self._tell)
        except Exception as fault:
            log.exception("a new roll was not counted")
            self._tell(ScanRefused(ProgramFault(type(fault).__name__)))
            return
        for line in self._lines:
            line.new_roll(kind, counted=True)
