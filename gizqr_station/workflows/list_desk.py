"""What the lists page asks for: each request returns at once, and is answered with happenings."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gizqr_station.domain.batch import Batch, BatchState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import CheckedList, ListText
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.list_failures import BatchUnderWay, ListEmpty
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.worst_first import worst_first
from gizqr_station.workflows.batch import LEFT, BatchRun, begin_batch
from gizqr_station.workflows.batch_happenings import BatchesSeen, BatchRefused, ListChecked, ListFolderSeen
from gizqr_station.workflows.batch_room import more_than_may_register
from gizqr_station.workflows.desk_lanes import DeskLanes
from gizqr_station.workflows.happenings import PrintersKnown, Tell
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.list_check import check_list
from gizqr_station.workflows.list_ports import ListFiles, ListFolders
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ListParts:
    """What the desk works with."""

    files: ListFiles
    folders: ListFolders
    bench: Bench
    """Of the line; a batch is made with it, on whichever printer was chosen."""
    pool: PrinterPool


@dataclass(frozen=True, slots=True)
class _Checked:
    """A list that waits for its yes, and the request it came with."""

    request: int
    checked: CheckedList


@dataclass(slots=True)
class _Run:
    """The batch that prints now, or is about to."""

    number: int
    """0 until a new one has its number."""
    stop: Stop = field(default_factory=Stop)


class ListDesk:
    """Requests may come from any thread. One list is looked through at a time, and one batch prints at a time."""

    def __init__(self, parts: ListParts, lane_named: Callable[[str], Lane], tell: Tell) -> None:
        self._parts = parts
        self._tell = tell
        self._stop = Stop()
        # Whoever pressed a key waits for an answer: what has none of its own is told as refused.
        self._lanes = DeskLanes("list desk", self._stop, lambda failure: tell(BatchRefused(failure)))
        self._check_lane = lane_named("lists")
        self._batch_lane = lane_named("batch")
        self._lock = threading.RLock()
        self._checking: Stop | None = None
        self._checked: _Checked | None = None
        self._run: _Run | None = None

    def shown(self, visible: bool) -> None:
        """As the page is opened: PrintersKnown and BatchesSeen."""
        if visible:
            self._lanes.give(self._check_lane, self._tell_known)

    def look_in(self, folder: str) -> None:
        """The lists in a folder, empty for the user's own: ListFolderSeen."""
        self._lanes.give(self._check_lane, lambda: self._look_in(folder))

    def check_file(self, path: str, request: int = 0) -> None:
        """ListChecking, ListChecked with this request's number. What is being looked through gives way to the new one.

        A folder is looked into instead: ListFolderSeen, and ListChecked with nothing.
        """
        self._check(lambda stop: self._lines_of(path, stop), request)

    def check_text(self, text: str, name: str, request: int = 0) -> None:
        """The same for what was pasted or typed."""
        self._check(lambda stop: self._parts.files.lines_of(text, name, stop), request)

    def stop_checking(self) -> None:
        """Enough of it; what was looked through before is forgotten too."""
        with self._lock:
            self._checked = None
            if self._checking is not None:
                self._checking.set()

    def begin(self, printer: str, request: int = 0) -> None:
        """A person says yes to the list that this request handed over: BatchSeen, or BatchRefused.

        Whoever says it twice begins one batch; what was not begun waits for another yes.
        """
        with self._lock:
            checked = self._checked

        def accepted() -> int:
            if checked is None or checked.request != request:
                raise ListEmpty("-")
            identities = [line.identity for line in checked.checked.good if line.identity is not None]
            number = begin_batch(self._bench_at(printer), checked.checked.name, identities).number
            with self._lock:
                if self._checked is checked:
                    self._checked = None
            return number

        self._start(accepted, printer)

    def go_on(self, number: int, printer: str = "") -> None:
        """A person lets a paused batch go on, on its own printer unless another one is named: BatchSeen."""
        self._start(lambda: number, printer, number)

    def pause(self) -> None:
        """After the label that is being printed: BatchSeen."""
        with self._lock:
            if self._run is not None:
                self._run.stop.set()

    def cancel(self, number: int) -> None:
        """Nothing of it is printed any more: BatchSeen; BatchRefused for the one that prints, which is paused first.

        Beside one that prints, not on the batch lane: that may take the whole day.
        """
        with self._lock:
            run = self._run
            if run is None:
                self._lanes.give(self._batch_lane, lambda: self._cancel(number, nothing_prints=True))
                return
        if run.number == number:
            self._tell(BatchRefused(BatchUnderWay(number)))
            return
        self._lanes.give(self._check_lane, lambda: self._cancel(number))

    def close(self) -> None:
        """Pause what prints and wait for it; close the printers after this."""
        self._stop.set()
        self.pause()
        self.stop_checking()
        for lane in (self._batch_lane, self._check_lane):
            lane.close()

    def _tell_known(self) -> None:
        pool = self._parts.pool
        self._tell(PrintersKnown(pool.printers(), pool.chosen_name()))
        self._tell_batches()

    def _look_in(self, folder: str) -> None:
        try:
            path, files = self._parts.folders.lists_in(folder)
        except Failure as unread:
            self._tell(ListFolderSeen(folder, (), unread))
        else:
            self._tell(ListFolderSeen(path, files))

    def _lines_of(self, path: str, stop: Stop) -> ListText | None:
        if not self._parts.folders.is_folder(path):
            return self._parts.files.lines(path, stop)
        self._look_in(path)
        return None

    def _check(self, lines: Callable[[Stop], ListText | None], request: int) -> None:
        with self._lock:
            if self._checking is not None:
                self._checking.set()
            self._checking = stop = Stop()
            self._checked = None
        self._lanes.give(self._check_lane, lambda: self._look_through(lines, stop, request))

    def _look_through(self, lines: Callable[[Stop], ListText | None], stop: Stop, request: int) -> None:
        """Whatever becomes of it is told as ListChecked: somebody waits for exactly that."""
        bench = self._parts.bench
        try:
            stop.check()
            raw = lines(stop)
            if raw is None:
                self._tell(ListChecked(None, request=request))
                return
            checked = check_list(raw, bench.ledger, bench.product.key, bench.allowance, self._tell, stop)
            seen = worst_first(checked)
            good = [line.identity for line in checked.good if line.identity is not None]
            quota = None if bench.demo else bench.allowance.quota
            too_many = more_than_may_register(bench.ledger, bench.product, quota, good)
        except Failure as failure:
            log.warning("the list cannot be used: %s", failure)
            if not stop.asked:
                self._tell(ListChecked(None, failure, request=request))
            return
        except Stopped:
            return
        except Exception as fault:
            log.exception("a fault of the program while a list was looked through")
            self._tell(ListChecked(None, ProgramFault(type(fault).__name__), request=request))
            return
        with self._lock:
            if stop.asked:
                return
            self._checked = _Checked(request, checked)
        self._tell(ListChecked(checked, too_many, seen, request))

    def _start(self, batch: Callable[[], int], printer: str, number: int = 0) -> None:
        with self._lock:
            under_way, self._run = self._run, self._run or _Run(number)
            run = self._run
        if under_way is not None:
            self._tell(BatchRefused(BatchUnderWay(under_way.number)))
            return
        self._lanes.give(self._batch_lane, lambda: self._print(batch, printer, run))

    def _print(self, batch: Callable[[], int], printer: str, run: _Run) -> None:
        """On the batch lane, where nothing else prints: what still says that it runs was left so by a fault."""
        ledger, who = self._parts.bench.ledger, self._parts.bench.operator
        try:
            ledger.pause_interrupted_batches(who)
            run.number = number = batch()
            self._tell_batches()
            bench = self._bench_at(printer or ledger.batch(number).printer)
            BatchRun(bench, self._tell).run(number, run.stop)
        except Failure as failure:
            log.warning("the batch does not go on: %s", failure)
            self._tell(BatchRefused(failure))
        finally:
            self._nothing_prints()

    def _nothing_prints(self) -> None:
        """What the ledger still has as RUNNING does not run; where that cannot be written, it is told all the same."""
        with self._lock:
            self._run = None
        try:
            self._parts.bench.ledger.pause_interrupted_batches(self._parts.bench.operator)
        except Failure as unwritten:
            log.warning("what does not run any more is not paused: %s", unwritten)
        self._tell_batches()

    def _bench_at(self, printer: str) -> Bench:
        """The line's bench with this printer; raises PrinterUnknown."""
        pool = self._parts.pool
        return replace(self._parts.bench, printer=pool.named(printer or pool.chosen_name()))

    def _cancel(self, number: int, *, nothing_prints: bool = False) -> None:
        try:
            if nothing_prints:
                self._parts.bench.ledger.pause_interrupted_batches(self._parts.bench.operator)
            BatchRun(self._parts.bench, self._tell).cancel(number)
        except Failure as failure:
            self._tell(BatchRefused(failure))
        self._tell_batches()

    def _tell_batches(self) -> None:
        """As they stand; one that the ledger has as RUNNING, and that nobody prints, is paused."""
        batches = self._parts.bench.ledger.batches()
        with self._lock:
            prints = 0 if self._run is None else self._run.number
        self._tell(BatchesSeen(tuple(_as_it_is(batch, prints) for batch in batches)))


def _as_it_is(batch: Batch, prints: int) -> Batch:
    left = batch.state is BatchState.RUNNING and batch.number != prints
    return replace(batch, state=BatchState.PAUSED, reason=LEFT) if left else batch
