"""What the printers page asks for: each request returns at once, and is answered with happenings."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Permission
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.desk_answers import Became, answer
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.happenings import DeskDone, DeskWork, FaultSeen, PrinterFound, SearchEnded, Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Clock, Ledger, Printer, PrinterFinder, PrinterShelf
from gizqr_station.workflows.print_queue import reassign, release_and_print
from gizqr_station.workflows.printer_list import forget_in_ledger, removed, saved
from gizqr_station.workflows.printer_looks import PrinterLooks
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.printer_trials import calibrate, print_trial
from gizqr_station.workflows.trial_label import TrialLabels

HELD_BY_HAND = "held by hand"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What the desk works with."""

    shelf: PrinterShelf
    pool: PrinterPool
    finder: PrinterFinder
    ledger: Ledger
    trials: TrialLabels
    clock: Clock
    duty: Duty
    """Who stands there now: written into records and log, and asked before anything is changed or printed."""


class PrinterDesk:
    """Requests may come from any thread. Settings and queue are one lane's work, a printer's are its own lane's."""

    def __init__(self, parts: DeskParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        self._lanes = DeskLanes("printer desk", self._stop, lambda failure: tell(FaultSeen(failure)))
        self._looks = PrinterLooks(parts.pool, parts.ledger, tell, self._stop)
        self._work_lane = lane_named("printers")
        self._search_lane = lane_named("printer search")
        self._watch_lane = lane_named("printer watch")
        self._lock = threading.Lock()
        self._search: Stop | None = None
        self._watch: Stop | None = None

    def look_for_printers(self) -> None:
        """PrinterFound for each, then SearchEnded. A search that is under way gives way to the new one."""
        with self._lock:
            if self._search is not None:
                self._search.set()
            self._search = search = Stop()
        self._lanes.give(self._search_lane, lambda: self._find(search))

    def shown(self, visible: bool) -> None:
        """While the page is visible, printers and queue are looked at every two seconds; otherwise not."""
        with self._lock:
            if visible is (self._watch is not None):
                return
            if self._watch is not None:
                self._watch.set()
                self._watch = None
                return
            self._watch = watch = Stop()
        self._lanes.give(self._watch_lane, lambda: self._looks.watch(watch))

    def look_at(self, name: str) -> None:
        """PrinterLooked, as soon as that printer is free."""
        self._lanes.give(self._work_lane, lambda: self._looks.look_at(name))

    def save(self, config: PrinterConfig, was: str) -> None:
        """Set a printer up, or anew the one that was called ``was``: PrintersKnown, DeskDone, and a first look."""
        parts = self._parts

        def keep() -> None:
            who = parts.duty.require(Permission.CHANGE_SETTINGS, config.name)
            line_printer = parts.shelf.line_printer()
            printers = saved(parts.shelf.printers(), config, was)
            parts.shelf.keep(printers, config.name if was and was == line_printer else line_printer)
            log.info("%s saved the printer %s, which was %r", who, config, was)
            try:
                if was and was != config.name:
                    # The settings first: should the ledger fail, its jobs wait for a name that can be set up again.
                    parts.ledger.rename_printer(was, config.name, who=who)
                    self._looks.look_at_queue()
            finally:
                self._looks.tell_printers()
            # The first wrong choice is explained at once: language, media and kind of queue show in the status.
            self._looks.look_at(config.name)

        self._at_desk(DeskWork.SAVE, config.name, keep)

    def remove(self, name: str) -> None:
        """Unless the line prints on it or labels wait for it: PrintersKnown, DeskDone."""
        parts = self._parts

        def forget() -> None:
            who = parts.duty.require(Permission.CHANGE_SETTINGS, name)
            line_printer = parts.shelf.line_printer()
            left = removed(parts.shelf.printers(), name, line_printer)
            if waiting := len(parts.ledger.queued(name)):
                raise QueueWaits(name, waiting)
            parts.shelf.keep(left, line_printer)
            log.info("%s removed the printer %s", who, name)
            self._looks.tell_printers()
            forget_in_ledger(parts.ledger, name, who=who)

        self._at_desk(DeskWork.SAVE, name, forget)

    def use_for_line(self, name: str) -> None:
        """The line's next unit prints there: PrintersKnown, DeskDone."""
        parts = self._parts

        def choose() -> None:
            who = parts.duty.require(Permission.CHANGE_SETTINGS, name)
            parts.pool.refresh()
            parts.pool.config(name)
            parts.shelf.keep(parts.shelf.printers(), name)
            log.info("%s chose the printer %s for the line", who, name)
            self._looks.tell_printers()

        self._at_desk(DeskWork.SAVE, name, choose)

    def test_label(self, name: str) -> None:
        """DeskDone with what became of it, then a look."""
        parts = self._parts

        def printed(printer: Printer) -> Became:
            who = self._labeller()
            config = parts.pool.config(name)
            report = print_trial(printer, config, parts.trials, parts.ledger, parts.clock, self._stop, who=who)
            return Became(report.outcome, report.failure)

        self._at_printer(DeskWork.TEST_LABEL, name, printed)

    def calibrate(self, name: str) -> None:
        """Let it measure its media: DeskDone, then a look."""

        def measured(printer: Printer) -> None:
            calibrate(printer, self._parts.ledger, self._stop, who=self._labeller())

        self._at_printer(DeskWork.CALIBRATE, name, measured)

    def new_roll(self, name: str, kind: SupplyKind, full: int, warn_below: int) -> None:
        """A roll or ribbon was put in; with ``full`` 0 nobody counts any more. DeskDone, and a look."""
        parts = self._parts

        def load() -> None:
            who = parts.duty.require(Permission.LABEL)
            parts.pool.config(name)
            parts.ledger.load_supply(name, kind, full, warn_below, who=who)
            log.info("%s put %s in %s: %d", who, kind.value, name, full)
            self._looks.look_at(name)

        self._at_desk(DeskWork.NEW_ROLL, name, load)

    def hold(self, job: int) -> None:
        """DeskDone, QueueSeen."""
        parts = self._parts
        self._at_queue(job, lambda: parts.ledger.hold(job, who=self._labeller(), reason=HELD_BY_HAND))

    def cancel(self, job: int) -> None:
        """DeskDone, QueueSeen."""
        parts = self._parts
        self._at_queue(job, lambda: parts.ledger.cancel(job, who=self._labeller()))

    def move(self, job: int, printer: str) -> None:
        """To another printer of the same resolution: DeskDone, QueueSeen."""
        parts = self._parts
        self._at_queue(job, lambda: reassign(parts.ledger, job, parts.pool.named(printer), who=self._labeller()))

    def release(self, job: int) -> None:
        """Print this one label: DeskDone with what became of it, QueueSeen, then a look."""
        ledger = self._parts.ledger

        def printed(printer: Printer) -> Became:
            who = self._labeller()
            handed = release_and_print(ledger, job, printer, who=who, stop=self._stop, tell=self._tell)
            return Became(handed.job.outcome, handed.failure)

        def begin() -> None:
            name = self._waits_for(job)

            def on_its_lane(printer: Printer) -> None:
                answer(self._tell, DeskWork.QUEUE, name, lambda: printed(printer))
                self._lanes.guarded(self._looks.look_at_queue)

            if name:
                self._submit(DeskWork.QUEUE, name, on_its_lane)
            else:
                # The ledger says what became of it instead.
                self._at_queue(job, lambda: ledger.queued_job(job))

        self._lanes.give(self._work_lane, begin)

    def close(self) -> None:
        """Wait for what runs. The pool is closed afterwards, for its lanes may still be at work for the desk."""
        self._stop.set()
        with self._lock:
            for asked in (self._search, self._watch):
                if asked is not None:
                    asked.set()
        for lane in (self._watch_lane, self._search_lane, self._work_lane):
            lane.close()

    def _labeller(self) -> str:
        """Whoever is on duty, if they may label; raises a PeopleFailure."""
        return self._parts.duty.require(Permission.LABEL)

    def _at_desk(self, work: DeskWork, printer: str, step: Callable[[], None]) -> None:
        self._lanes.give(self._work_lane, lambda: answer(self._tell, work, printer, step))

    def _at_printer(self, work: DeskWork, name: str, step: Callable[[Printer], Became | None]) -> None:
        def on_its_lane(printer: Printer) -> None:
            answer(self._tell, work, name, lambda: step(printer))

        self._lanes.give(self._work_lane, lambda: self._submit(work, name, on_its_lane))

    def _submit(self, work: DeskWork, name: str, on_its_lane: Callable[[Printer], None]) -> None:
        """After the labels that the printer has already; then a look at it."""
        try:
            self._parts.pool.submit(name, on_its_lane)
        except Failure as unknown:
            self._tell(DeskDone(work, name, unknown))
        else:
            self._looks.look_at(name)

    def _at_queue(self, job: int, step: Callable[[], object]) -> None:
        def done() -> None:
            step()

        def acted() -> None:
            answer(self._tell, DeskWork.QUEUE, self._waits_for(job), done)
            self._looks.look_at_queue()

        self._lanes.give(self._work_lane, acted)

    def _waits_for(self, job: int) -> str:
        """The printer's name; empty where the ledger has none to tell, and then it says why when it is asked to act."""
        try:
            return self._parts.ledger.queued_job(job).printer
        except Failure:
            return ""

    def _find(self, search: Stop) -> None:
        try:
            self._parts.finder.find(lambda found: self._tell(PrinterFound(found)), search)
        except Stopped:
            return
        finally:
            with self._lock:
                current = self._search is search
                self._search = None if current else self._search
            if current:
                self._tell(SearchEnded())
