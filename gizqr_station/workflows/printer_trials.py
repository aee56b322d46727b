"""What feeds labels that no device gets: a test label, and letting a printer measure its media."""

import logging
from dataclasses import replace

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.workflows.hand_over import reported
from gizqr_station.workflows.ports import Clock, Ledger, Printer, PrintReport
from gizqr_station.workflows.trial_label import TrialLabels, draw_trial

FED_BY_CALIBRATION = 3
"""Labels. Printers feed between one and four and do not say how many; the count may end a little early, never late."""
log = logging.getLogger(__name__)


def print_trial(
    printer: Printer, config: PrinterConfig, trials: TrialLabels, ledger: Ledger, clock: Clock, stop: Stop, *, who: str
) -> PrintReport:
    """Print one test label; raises RollEnded, RibbonEnded, and what kept it from being drawn.

    It is no job: a job claims an identity and is scanned back, and here is no device. So it stands in the log, and
    its label is counted as used unless nothing was sent.
    """
    ended = supply_failure(ledger.supplies(config.name))
    if ended is not None:
        raise ended
    image = draw_trial(trials, config)
    job_name = f"TEST-{clock.now():%Y%m%d-%H%M%S}"
    log.info("%s prints the test label %s on %s", who, job_name, config.name)
    report = reported(printer, printer.print_label(job_name, image, stop))
    log.info("%s on %s: %s", job_name, config.name, report)
    if report.outcome is PrintOutcome.REFUSED:
        return report
    return _counted(report, ledger, config.name)


def calibrate(printer: Printer, ledger: Ledger, stop: Stop, *, who: str) -> None:
    """Let it measure its media; raises CannotCalibrate, what kept it from being asked, and LedgerFailures."""
    log.info("%s calibrates %s", who, printer.name)
    printer.calibrate(stop)
    ledger.use_supply(printer.name, FED_BY_CALIBRATION)


def _counted(report: PrintReport, ledger: Ledger, name: str) -> PrintReport:
    """The label may be out, so its outcome is told even where it cannot be counted."""
    try:
        ledger.use_supply(name, 1)
    except Failure as uncounted:
        log.warning("the test label on %s is not counted: %s", name, uncounted)
        return replace(report, failure=report.failure or uncounted)
    return report
