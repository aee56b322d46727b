"""When a unit that was refused may be tried again: what ended the refusal, and what would refuse it once more."""

import logging

from gizqr_station.domain.failures import Failure, PeopleFailure, PrinterFailure
from gizqr_station.domain.people import Permission
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.inbox import DutyChanged, Message, NewRoll
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


def may_be_over(failure: Failure, message: Message | None) -> bool:
    """Whether a message says so: a roll was put in, or somebody signed in."""
    by_roll = isinstance(message, NewRoll) and isinstance(failure, PrinterFailure)
    return by_roll or (isinstance(message, DutyChanged) and isinstance(failure, PeopleFailure))


def would_be_refused(bench: Bench, failure: Failure, stop: Stop) -> bool:
    """Ask the printer, and count, before a unit is tried again: each real try leaves one more FAILED record.

    Whether somebody is on duty is asked in the same way, so that nothing is read or told until somebody is.
    """
    if isinstance(failure, PeopleFailure):
        return not _may_label(bench.duty)
    if not isinstance(failure, PrinterFailure):
        return False
    printer = bench.printer
    if not printer.status(stop).ready:
        return True
    try:
        return supply_failure(bench.ledger.supplies(printer.name)) is not None
    except Failure as unread:
        log.warning("supplies not read: %s", unread)
        return True


def _may_label(duty: Duty) -> bool:
    try:
        duty.require(Permission.LABEL)
    except Failure as still:
        log.debug("still refused: %s", still)
        return False
    return True
