"""A list that a person accepted, label after label: it pauses, goes on where it stopped, and prints nothing twice."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from gizqr_station.domain.batch import BATCH_MOVES, Batch, BatchState, ItemState
from gizqr_station.domain.failures import Failure, PrinterFailure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.list_failures import (
    BatchEnded,
    BatchOfOtherOrder,
    BatchOfOtherProduct,
    BatchUnderWay,
    LabelsInDoubt,
    ListEmpty,
)
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.printer_failures import PrinterBusy
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.batch_happenings import BatchSeen
from gizqr_station.workflows.batch_labels import enqueued, prepared
from gizqr_station.workflows.batch_ports import BatchDraft
from gizqr_station.workflows.batch_progress import Progress
from gizqr_station.workflows.batch_queue import adopted, held_back, left_waiting
from gizqr_station.workflows.finishing_printer import FinishingPrinter
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.ports import Ledger
from gizqr_station.workflows.print_queue import run_queue
from gizqr_station.workflows.provision import Bench, on_one_printer, started_by

log = logging.getLogger(__name__)

HANDFUL = 20
"""Labels that are made ahead of the printer: it need not wait, and few have to be held when it stops."""
PAUSED = "paused"
"""Why a batch pauses that was told to."""
LEFT = "stopped"
"""Why one pauses whose end nobody could write down when it came."""
NOT_ANSWERED = "the batch ended while it was sent"
"""Of a label that may have come out or not."""
BUSY_TRIES = 30
"""Others print on the same printer, one label at a time; so many in a row are something else."""


def begin_batch(bench: Bench, name: str, identities: Sequence[Identity]) -> Batch:
    """Keep an accepted list, for the bench's product, order and printer; nothing is printed yet.

    Raises ListEmpty, and a PeopleFailure where nobody is on duty who may label.
    """
    who = bench.duty.require(Permission.LABEL)
    if not identities:
        raise ListEmpty(name)
    draft = BatchDraft(
        bench.secrets.hidden(name), bench.product.key, bench.allowance.order, bench.printer.name, tuple(identities)
    )
    return bench.ledger.begin_batch(draft, who=who)


def cancel_batch(ledger: Ledger, number: int, *, who: str, tell: Tell) -> Batch:
    """Nothing of it is printed after this; what waited for its printer is FAILED. Tells BatchSeen.

    Raises BatchUnknown, BatchEnded, and BatchUnderWay for one that runs: pause it first.
    """
    if ledger.batch(number).state is BatchState.RUNNING:
        raise BatchUnderWay(number)
    cancelled = ledger.cancel_batch(number, who=who)
    tell(BatchSeen(cancelled))
    return cancelled


class BatchRun:
    """Prints batches, one at a time, on one bench; the person at the bench is written beside all of it."""

    def __init__(self, bench: Bench, tell: Tell, *, busy_pause_s: float = 1.0) -> None:
        """``busy_pause_s``: how long a printer that works on somebody else's label is left alone."""
        self._bench = bench
        self._tell = tell
        self._busy_pause_s = busy_pause_s
        self._turn = threading.Lock()
        self._under_way = 0
        """The batch whose end this object could not write down, or that it prints now."""

    def run(self, number: int, stop: Stop) -> BatchSeen:
        """Begin a batch or go on with it, until it is done or pauses; how it stands then, and why it paused.

        Tells BatchSeen at every step. Stop pauses it between two labels. Raises, before anything is printed:
        BatchUnknown, BatchEnded, BatchUnderWay, LabelsInDoubt, BatchOfOtherProduct, BatchOfOtherOrder, LedgerFailure,
        and a PeopleFailure where nobody is on duty who may label. It is then theirs until it pauses or ends.
        """
        who = self._bench.duty.require(Permission.LABEL)
        with self._alone():
            self._write_down_the_end()
            bench = _to_the_end_of_a_label(on_one_printer(started_by(self._bench, who)))
            was_at = self._require_right(bench, number).printer
            batch = bench.ledger.move_batch(number, BatchState.RUNNING, who=bench.operator, printer=bench.printer.name)
            self._under_way = number
            progress = Progress(bench.ledger, batch, self._tell)
            reason, failure = "", None
            try:
                progress.caught_up()
                failure = self._printed(bench, was_at, progress, stop)
            except Stopped:
                reason = PAUSED
            except Failure as pausing:
                # A printer that was stopped in mid label says that it is out of reach, which nobody need look into.
                stopped = stop.asked and isinstance(pausing, PrinterFailure)
                reason, failure = (PAUSED, None) if stopped else ("", pausing)
            except Exception as fault:
                self._ended(bench, progress, ProgramFault(type(fault).__name__), "")
                raise
            return self._ended(bench, progress, failure, reason)

    def cancel(self, number: int) -> Batch:
        """As ``cancel_batch``; also BatchUnderWay while this object prints any, and a PeopleFailure."""
        who = self._bench.duty.require(Permission.LABEL)
        with self._alone():
            self._write_down_the_end()
            return cancel_batch(self._bench.ledger, number, who=who, tell=self._tell)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._turn.acquire(blocking=False):
            raise BatchUnderWay(self._under_way)
        try:
            yield
        finally:
            self._turn.release()

    def _write_down_the_end(self) -> None:
        """A ledger that could not be written left a batch RUNNING that does not run: no other one runs either."""
        ledger, left = self._bench.ledger, self._under_way
        if left and ledger.batch(left).state is BatchState.RUNNING:
            ledger.pause_interrupted_batches(self._bench.operator)
        self._under_way = 0

    def _require_right(self, bench: Bench, number: int) -> Batch:
        """The batch as it was before it goes on here, if it may; its items are brought in line with their labels."""
        batch = bench.ledger.batch(number)
        if not BATCH_MOVES[batch.state]:
            raise BatchEnded(number, batch.state.value)
        if batch.state is BatchState.RUNNING:
            raise BatchUnderWay(number)
        if batch.product_key != bench.product.key:
            raise BatchOfOtherProduct(number, batch.product_key, bench.product.key)
        if batch.order != bench.allowance.order:
            raise BatchOfOtherOrder(number, batch.order or "-", bench.allowance.order or "-")
        _require_no_doubt(bench.ledger.catch_up(number, who=bench.operator, again=True))
        return batch

    def _printed(self, bench: Bench, was_at: str, progress: Progress, stop: Stop) -> Failure | None:
        """What waits in the queue from before, then handful after handful; what is left over at the end."""
        self._sent(bench, adopted(bench, progress.number, {was_at, bench.printer.name}), progress, stop)
        while self._handful(bench, progress, stop):
            pass
        return left_waiting(bench, progress.number)

    def _handful(self, bench: Bench, progress: Progress, stop: Stop) -> bool:
        """Make and print the next few labels; False when no item waits any more. Raises what pauses the batch."""
        stop.check()
        number = progress.number
        batch = bench.ledger.batch(number)
        if batch.state is not BatchState.RUNNING:
            raise Stopped  # somebody paused or cancelled it in the ledger
        if batch.printer != bench.printer.name:
            # Renamed meanwhile, and what waits with it: only a person who goes on makes it this printer's again.
            raise PrinterUnknown(bench.printer.name, batch.printer)
        items = bench.ledger.batch_items(number, [ItemState.WAITING], limit=HANDFUL)
        if not items:
            return False
        made = prepared(bench, items, stop)
        if made.settled:
            bench.ledger.mark_items(number, made.settled, who=bench.operator)
        jobs = enqueued(bench, number, made.labels)
        progress.caught_up()
        self._sent(bench, jobs, progress, stop)
        if made.failure is not None:
            raise _of_all_that_wait(made.failure, progress.batch)
        return True

    def _sent(self, bench: Bench, jobs: Sequence[int], progress: Progress, stop: Stop) -> None:
        """Let queued labels go to their printer; raises what keeps the batch from going on."""
        tries = 0
        while jobs:
            run = run_queue(bench.ledger, bench.printer, jobs, who=bench.operator, stop=stop, tell=progress.hear)
            doubtful = bench.ledger.catch_up(progress.number, who=bench.operator)
            progress.caught_up()
            _require_no_doubt(doubtful)
            if run.failure is None:
                return
            tries = 1 if run.sent else tries + 1
            if not isinstance(run.failure, PrinterBusy) or tries > BUSY_TRIES:
                raise run.failure
            stop.sleep(self._busy_pause_s)
            jobs = adopted(bench, progress.number, {bench.printer.name})

    def _ended(self, bench: Bench, progress: Progress, failure: Failure | None, reason: str) -> BatchSeen:
        """Hold what still waits, and write down that it is done, or paused and why."""
        ledger, number, who = bench.ledger, progress.number, bench.operator
        try:
            _doubt_what_is_in_hand(ledger, progress.in_hand, who)
            stands = ledger.batch(number)
            if not BATCH_MOVES[stands.state]:
                self._under_way = 0
                return progress.ended(stands, failure)
            doubtful = ledger.catch_up(number, who=who)
            if doubtful:
                failure = _doubt(doubtful[0])
            reason = reason if failure is None else failure.code
            if reason:
                held_back(bench, number, reason)
            batch = stands
            if stands.state is BatchState.RUNNING:
                state = BatchState.PAUSED if reason else BatchState.DONE
                batch = ledger.move_batch(number, state, who=who, reason=reason)
        except Failure as unwritten:
            # The ledger still says RUNNING; the next run, or the next start, writes PAUSED before anything else.
            log.warning("the end of batch %d is not written: %s", number, unwritten)
            failure = failure or unwritten
            return progress.ended(replace(progress.batch, state=BatchState.PAUSED, reason=failure.code), failure)
        self._under_way = 0
        log.info("batch %d is %s %s", number, batch.state.value, reason)
        return progress.ended(batch, failure)


def _of_all_that_wait(failure: Failure, batch: Batch) -> Failure:
    """What the next few labels failed of, said of the whole batch: its places are used up by now."""
    if not isinstance(failure, QuotaReached):
        return failure
    return QuotaReached(failure.product, failure.registered, 0, batch.left)


def _to_the_end_of_a_label(bench: Bench) -> Bench:
    return replace(bench, printer=FinishingPrinter(bench.printer))


def _doubt_what_is_in_hand(ledger: Ledger, job: PrintJob | None, who: str) -> None:
    """UNKNOWN, unless somebody has settled it: what the printer made of it nobody will write down any more."""
    if job is not None:
        with suppress(IllegalMove):
            ledger.move(job, JobState.UNKNOWN, who=who, evidence=NOT_ANSWERED)


def _require_no_doubt(doubtful: Sequence[PrintJob]) -> None:
    """Raise LabelsInDoubt for the first of them."""
    if doubtful:
        raise _doubt(doubtful[0])


def _doubt(job: PrintJob) -> LabelsInDoubt:
    return LabelsInDoubt(job.draft.label_serial, job.identity.readable)
