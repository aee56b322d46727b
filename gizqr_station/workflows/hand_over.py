"""A label's way to its printer: what is known is written before the first byte and after the last."""

from dataclasses import dataclass, replace

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import STATE_AFTER, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.printer_failures import after_sending
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.workflows.happenings import JobChanged, Tell
from gizqr_station.workflows.ports import Ledger, Printer, PrintReport
from gizqr_station.workflows.queue_ports import Told


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A label that was handed over, or not."""

    job: PrintJob
    image: LabelImage
    failure: Failure | None
    """Why it is not as it should be: the printer's report, or a ledger that could not be written."""


def require_supplies(ledger: Ledger, printer: Printer) -> None:
    """Raise RollEnded or RibbonEnded: by count, the next label would be a half one."""
    ended = supply_failure(ledger.supplies(printer.name))
    if ended is not None:
        raise ended


def hand_over(
    ledger: Ledger, printer: Printer, job: PrintJob, image: LabelImage, *, who: str, stop: Stop, tell: Tell
) -> HandedOver:
    """Write SENT, let the bytes go, write what is known of them."""
    try:
        job = ledger.move(job, JobState.SENT, who=who)
    except Failure as unwritten:
        # Nothing was sent: the job stays INTENDED, and whoever opened it makes it FAILED once the ledger writes again.
        return HandedOver(job, image, unwritten)
    return send(ledger, printer, job, image, who=who, stop=stop, tell=tell)


def send(
    ledger: Ledger, printer: Printer, job: PrintJob, image: LabelImage, *, who: str, stop: Stop, tell: Tell
) -> HandedOver:
    """Let the bytes of a job go that the ledger has as SENT, then write what is known of them."""
    failure, told = let_go(printer, job, image, stop=stop, tell=tell)
    try:
        job = settle(ledger, told, who=who)
    except Failure as unwritten:
        # The row says SENT and the bytes are out: only a person can settle it, now or after a restart.
        return HandedOver(job, image, unwritten)
    tell(JobChanged(job))
    return HandedOver(job, image, failure)


def let_go(
    printer: Printer, job: PrintJob, image: LabelImage, *, stop: Stop, tell: Tell
) -> tuple[Failure | None, Told]:
    """Let the bytes of a SENT job go: why it is not as it should be, and what is to be written of it."""
    tell(JobChanged(job))
    report = reported(printer, printer.print_label(f"{job.id}", image, stop))
    evidence = f"{report.bytes_sent} bytes" if report.failure is None else str(report.failure)
    return report.failure, Told(job, report.outcome, evidence)


def settle(ledger: Ledger, told: Told, *, who: str) -> PrintJob:
    """Write what is known of a label. Who scanned it meanwhile, or threw it away, knew more: then it is a note."""
    try:
        return ledger.move(told.job, STATE_AFTER[told.outcome], who=who, evidence=told.evidence, outcome=told.outcome)
    except IllegalMove:
        stands = ledger.job(told.job.id)
        if stands.state not in {JobState.VERIFIED, JobState.VOIDED}:
            raise
        ledger.note(stands, who=who, evidence=f"{told.outcome.value}: {told.evidence}")
        return stands


def reported(printer: Printer, report: PrintReport) -> PrintReport:
    """The report with the words for what it means: a fault behind a label that was sent is another one than before."""
    if report.outcome is not PrintOutcome.UNKNOWN or report.failure is None:
        return report
    return replace(report, failure=after_sending(printer.name, report.failure))
