"""Jobs that wait in the ledger go to their printer: in order by the run that queued them, or one by one by a person.

Nothing here fires by itself. Whatever interrupts a run turns all that still waits into held, with the reason; from
then on a person releases each label that is still wanted.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure, LedgerFailure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued, PrinterUnsuitable
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.queued import QueuedJob, WaitingLabel
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.workflows.hand_over import HandedOver, let_go, send, settle
from gizqr_station.workflows.happenings import JobChanged, QueueSeen, Tell
from gizqr_station.workflows.ports import Ledger, Printer
from gizqr_station.workflows.queue_ports import Told

log = logging.getLogger(__name__)

STOPPED = "stopped"
"""Why jobs are held whose run was told to end."""


@dataclass(frozen=True, slots=True)
class QueueRun:
    """How a run through the queue ended."""

    sent: tuple[PrintJob, ...]
    """All whose bytes may have gone out, in order; the last may be UNKNOWN."""
    failure: Failure | None
    """What stopped it; all that waited behind is held. None when everything went out."""


def run_queue(ledger: Ledger, printer: Printer, jobs: Iterable[int], *, who: str, stop: Stop, tell: Tell) -> QueueRun:
    """Send these jobs, which the caller has queued, to their printer in order.

    Jobs that somebody held, cancelled, moved or took meanwhile are passed over, and so is one that was drawn for
    another resolution, which is held. Raises Stopped between two labels, and a LedgerFailure when the ledger cannot
    be written; not one byte follows either.

    What became of a label that went well is written together with SENT of the next one: one durable write a label.
    Until then its row says SENT, which is true, and from which a restart makes UNKNOWN.
    """
    run = _Run(ledger, printer, who, tell)
    try:
        for job in jobs:
            stop.check()
            failure = printer.status(stop).failure or run.send(job, stop)
            if failure is not None:
                run.settle()
                _hold_the_rest(ledger, printer, failure.code, who, tell)
                return QueueRun(tuple(run.sent), failure)
        run.settle()
    except (Stopped, Failure) as ended:
        reason = ended.code if isinstance(ended, Failure) else STOPPED
        with suppress(LedgerFailure):  # the next start holds them all the same
            run.settle()
            _hold_the_rest(ledger, printer, reason, who, tell)
        raise
    return QueueRun(tuple(run.sent), None)


class _Run:
    """One run: the jobs that went out, and what is not written yet of the last one."""

    def __init__(self, ledger: Ledger, printer: Printer, who: str, tell: Tell) -> None:
        self._ledger, self._printer, self._who, self._tell = ledger, printer, who, tell
        self._told: Told | None = None
        self.sent: list[PrintJob] = []

    def send(self, number: int, stop: Stop) -> Failure | None:
        """Send one job unless it is not there to be sent; what it failed of."""
        try:
            label = self._ledger.waiting_label(number)
            if label.queued.printer != self._printer.name:
                return None
            _require_drawn_for(label.queued, self._printer)
            image = _image(label)
            ended = supply_failure(label.supplies)
            if ended is not None:
                return ended
            taken = self._take(number)
        except (NotQueued, JobHeld) as passed_over:
            log.info("passed over: %s", passed_over)
            return None
        except PrinterUnsuitable as unsuitable:
            self._ledger.hold(number, who=self._who, reason=unsuitable.code)
            return None
        failure, self._told = let_go(self._printer, taken, image, stop=stop, tell=self._tell)
        return failure

    def settle(self) -> None:
        """Write what is known of the last label."""
        told, self._told = self._told, None
        if told is not None:
            self._settled(settle(self._ledger, told, who=self._who))

    def _take(self, number: int) -> PrintJob:
        if self._told is None:
            return self._ledger.take(number, who=self._who, printer=self._printer.name)
        settled, taken = self._ledger.settle_and_take(self._told, number, who=self._who, printer=self._printer.name)
        self._settled(settled)
        return taken

    def _settled(self, job: PrintJob) -> None:
        self._tell(JobChanged(job))
        if job.state is not JobState.FAILED:
            self.sent.append(job)


def release_and_print(ledger: Ledger, job: int, printer: Printer, *, who: str, stop: Stop, tell: Tell) -> HandedOver:
    """A person wants this label now. Raises what keeps it from being sent: nothing was, and it still waits.

    ``printer`` is the one that it waits for. What the printer makes of it is in the answer.
    """
    label = ledger.waiting_label(job)
    if label.queued.printer != printer.name:
        raise PrinterUnknown(label.queued.printer, printer.name)
    _require_drawn_for(label.queued, printer)
    image = _image(label)
    failure = printer.status(stop).failure or supply_failure(label.supplies)
    if failure is not None:
        raise failure
    stop.check()
    taken = ledger.take(job, who=who, printer=printer.name, release=True)
    return send(ledger, printer, taken, image, who=who, stop=stop, tell=tell)


def reassign(ledger: Ledger, job: int, printer: Printer, *, who: str) -> QueuedJob:
    """Move a waiting job to another printer; PrinterUnsuitable for one whose dots have another size."""
    _require_drawn_for(ledger.queued_job(job), printer)
    return ledger.reassign(job, printer.name, who=who)


def _hold_the_rest(ledger: Ledger, printer: Printer, reason: str, who: str, tell: Tell) -> None:
    held = ledger.hold_waiting(printer.name, who=who, reason=reason)
    log.warning("%d jobs for %s are held: %s", len(held), printer.name, reason)
    tell(QueueSeen(tuple(ledger.queued())))


def _require_drawn_for(waiting: QueuedJob, printer: Printer) -> None:
    if waiting.job.draft.dpi != printer.dpi:
        raise PrinterUnsuitable(waiting.job.id, printer.name, waiting.job.draft.dpi, printer.dpi)


def _image(label: WaitingLabel) -> LabelImage:
    if label.image is None:
        raise NothingRecorded(label.queued.job.draft.label_serial)
    return label.image
