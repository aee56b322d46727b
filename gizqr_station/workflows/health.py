"""The quiet watch over the parts: each is looked at in turn, and only told."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import HealthSeen, Part, Tell
from gizqr_station.workflows.ports import Clock, CodeProvider, Ledger, Printer, Reader

PAUSE_S = 2.0
EVERY_ROUNDS = {Part.CODE_SERVICE: 10}
"""The service is somebody else's, and shared: every 20 s will do. Units find out by themselves at once."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WatchedParts:
    """What is watched, and how each is called on screen."""

    reader: Reader
    codes: CodeProvider
    printer: Printer
    ledger: Ledger
    details: dict[Part, str]
    clock: Clock


def watch(parts: WatchedParts, stop: Stop, tell: Tell) -> None:
    """Look at every part, every few seconds, until stopped."""
    rounds = 0
    try:
        while True:
            look_once(parts, stop, tell, [part for part in Part if rounds % EVERY_ROUNDS.get(part, 1) == 0])
            rounds += 1
            stop.sleep(PAUSE_S)
    except Stopped:
        return


def look_once(parts: WatchedParts, stop: Stop, tell: Tell, wanted: Iterable[Part] = tuple(Part)) -> None:
    """Tell the health of each wanted part as soon as it is known."""
    for part in wanted:
        stop.check()
        try:
            failure = _health(parts, part, stop)
        except Stopped:
            raise
        except Exception as fault:
            # One part that breaks must not end the watch over the others.
            log.exception("looking at %s failed", part.value)
            failure = ProgramFault(type(fault).__name__)
        tell(HealthSeen(part, failure, parts.details.get(part, ""), parts.clock.now()))


def _health(parts: WatchedParts, part: Part, stop: Stop) -> Failure | None:
    match part:
        case Part.DEVICE_PORT:
            return parts.reader.health(stop)
        case Part.CODE_SERVICE:
            return parts.codes.reachable(stop)
        case Part.PRINTER:
            return parts.printer.reachable(stop)
        case Part.LEDGER:
            try:
                parts.ledger.open_jobs()
            except Failure as failure:
                return failure
            return None
