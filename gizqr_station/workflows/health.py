"""The quiet watch over the parts: each is looked at in turn, and only told.

What can keep a look waiting has a watch of its own, each on its own lane: a slow service must not keep the printer's
tile back, nor a printer that takes its time the others.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import supply_failure, supply_warning
from gizqr_station.workflows.happenings import HealthSeen, Part, Tell
from gizqr_station.workflows.ports import Clock, CodeProvider, Ledger, Printer, Reader

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Parts that are looked at one after the other, again and again."""

    name: str
    """Of the lane that it runs on."""
    parts: tuple[Part, ...]
    pause_s: float


ROUNDS = (
    Round("bench", (Part.DEVICE_PORT, Part.LEDGER), 2.0),
    # Its tile must follow within two seconds; a look at a printer that is there takes some milliseconds.
    Round("printer", (Part.PRINTER,), 1.0),
    # The service is somebody else's, and shared: every 20 s will do. Units find out by themselves at once.
    Round("service", (Part.CODE_SERVICE,), 20.0),
)
"""All that is watched; each on a lane of its own."""


@dataclass(frozen=True, slots=True)
class WatchedParts:
    """What is watched, and how each is called on screen."""

    reader: Reader
    codes: CodeProvider
    printer: Printer
    ledger: Ledger
    details: dict[Part, str]
    """Of all but the printer, which has a name of its own."""
    clock: Clock


def watch(parts: WatchedParts, looks: Round, stop: Stop, tell: Tell) -> None:
    """Look at the parts of one round, pause, and again, until stopped."""
    try:
        while True:
            look_once(parts, stop, tell, looks.parts)
            stop.sleep(looks.pause_s)
    except Stopped:
        return


def look_once(parts: WatchedParts, stop: Stop, tell: Tell, wanted: Iterable[Part] = tuple(Part)) -> None:
    """Tell the health of each wanted part as soon as it is known."""
    for part in wanted:
        stop.check()
        try:
            status, detail = _health(parts, part, stop), _detail(parts, part)
        except Stopped:
            raise
        except Exception as fault:
            # One part that breaks must not end the watch over the others.
            log.exception("looking at %s failed", part.value)
            status, detail = PrinterStatus(ProgramFault(type(fault).__name__)), parts.details.get(part, "")
        tell(HealthSeen(part, status.failure, detail, parts.clock.now(), status.warning, status.told))


def printer_health(printer: Printer, ledger: Ledger, stop: Stop) -> PrinterStatus:
    """What the printer says of itself and, where that is nothing bad, what the counts and the queue say."""
    name, status = printer.name, printer.status(stop)
    try:
        supplies, held = ledger.supplies(name), ledger.held_count(name)
    except Failure as unread:
        # The ledger has a tile of its own.
        log.warning("supplies and queue of %s not read: %s", name, unread)
        return status
    failure = status.failure or supply_failure(supplies)
    warning = status.warning or supply_warning(supplies) or (QueueWaits(name, held) if held else None)
    return PrinterStatus(failure, warning, status.told, status.said)


def _health(parts: WatchedParts, part: Part, stop: Stop) -> PrinterStatus:
    match part:
        case Part.DEVICE_PORT:
            return PrinterStatus(parts.reader.health(stop))
        case Part.CODE_SERVICE:
            return PrinterStatus(parts.codes.reachable(stop))
        case Part.PRINTER:
            return printer_health(parts.printer, parts.ledger, stop)
        case Part.LEDGER:
            try:
                parts.ledger.open_jobs()
            except Failure as failure:
                return PrinterStatus(failure)
            return PrinterStatus()


def _detail(parts: WatchedParts, part: Part) -> str:
    if part is Part.PRINTER:  # another one may have been chosen meanwhile
        return parts.printer.name
    return parts.details.get(part, "")
