"""The quiet watch over the parts: each is looked at in turn, and only told.

What can keep a look waiting has a watch of its own, each on its own lane: a slow service must not keep the printer's
tile back, nor a printer that takes its time the others.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import supply_failure, supply_warning
from gizqr_station.workflows.code_health import CodeHealth
from gizqr_station.workflows.happenings import AtSlot, Happening, HealthSeen, Part, Tell
from gizqr_station.workflows.ports import Clock, CodeProvider, Ledger, Printer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Parts that are looked at one after the other, again and again."""

    name: str
    """Of the lane that it runs on."""
    parts: tuple[Part, ...]
    pause_s: float


ROUNDS = (
    # A plug that is pulled must show within a second, whatever its line is doing.
    Round("ports", (Part.DEVICE_PORT, Part.SCANNER), 0.4),
    Round("bench", (Part.LEDGER,), 2.0),
    # Its tile must follow within two seconds; a look at a printer that is there takes some milliseconds.
    Round("printer", (Part.PRINTER,), 1.0),
    # The service is somebody else's, and shared: every 20 s will do. Units find out by themselves at once.
    Round("service", (Part.CODE_SERVICE,), 20.0),
)
"""All that is watched; each on a lane of its own."""


SAID_AGAIN_S = 2.0
"""What has not changed is told so often: each telling makes the window draw."""


class Looked(Protocol):
    """A reader, or a scanner that is not a keyboard."""

    def health(self, stop: Stop) -> Failure | None:
        """None when it could be used, else why not. Quick, and disturbs nothing."""
        ...


@dataclass(frozen=True, slots=True)
class WatchedPort:
    """One slot's port."""

    slot: int
    reader: Looked
    detail: str
    """As on screen."""


@dataclass(frozen=True, slots=True)
class WatchedParts:
    """What is watched, and how each is called on screen."""

    ports: tuple[WatchedPort, ...]
    codes: CodeProvider
    printer: Printer
    ledger: Ledger
    details: dict[Part, str]
    """Of all but the ports, and the printer, which has a name of its own."""
    clock: Clock
    scanner: Looked | None = None
    """Set up on a port of its own, or a camera."""
    pool: CodeHealth | None = None
    """What the codes that were fetched ahead make of a service that is away."""


def watch(parts: WatchedParts, looks: Round, stop: Stop, tell: Tell) -> None:
    """Look at the parts of one round, pause, and again, until stopped; tells what changed, the rest now and then."""
    news = _News(tell)
    try:
        while True:
            look_once(parts, stop, news.hear, looks.parts)
            stop.sleep(looks.pause_s)
    except Stopped:
        return


def look_once(parts: WatchedParts, stop: Stop, tell: Tell, wanted: Iterable[Part] = tuple(Part)) -> None:
    """Tell the health of each wanted part as soon as it is known; a port's at its slot."""
    for part in wanted:
        if part is Part.DEVICE_PORT:
            for port in parts.ports:
                tell(AtSlot(port.slot, _seen(parts, part, stop, port)))
        elif part is not Part.SCANNER or parts.scanner is not None:
            tell(_seen(parts, part, stop))


def _seen(parts: WatchedParts, part: Part, stop: Stop, port: WatchedPort | None = None) -> HealthSeen:
    stop.check()
    detail = parts.details.get(part, "") if port is None else port.detail
    try:
        status = _health(parts, part, stop) if port is None else PrinterStatus(port.reader.health(stop))
        if part is Part.PRINTER:  # another one may have been chosen meanwhile
            detail = parts.printer.name
    except Stopped:
        raise
    except Exception as fault:
        # One part that breaks must not end the watch over the others.
        log.exception("looking at %s failed", part.value)
        status = PrinterStatus(ProgramFault(type(fault).__name__))
    return HealthSeen(part, status.failure, detail, parts.clock.now(), status.warning, status.told)


@dataclass(slots=True)
class _News:
    """Passes on what is new, and the rest not more often than every so many seconds."""

    tell: Tell
    _last: dict[tuple[int, Part], tuple[str, float]] = field(default_factory=dict)

    def hear(self, happening: Happening) -> None:
        slot, seen = (happening.slot, happening.happening) if isinstance(happening, AtSlot) else (0, happening)
        if not isinstance(seen, HealthSeen):
            return
        said, now = repr((seen.failure, seen.warning, seen.detail, seen.told)), time.monotonic()
        before, at = self._last.get((slot, seen.part), ("", 0.0))
        if said != before or now - at >= SAID_AGAIN_S:
            self._last[slot, seen.part] = (said, now)
            self.tell(happening)


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
        case Part.CODE_SERVICE:
            failure = parts.codes.reachable(stop)
            return PrinterStatus(failure) if parts.pool is None else parts.pool.seen(failure, stop)
        case Part.PRINTER:
            return printer_health(parts.printer, parts.ledger, stop)
        case Part.LEDGER:
            try:
                parts.ledger.open_jobs()
            except Failure as failure:
                return PrinterStatus(failure)
            return PrinterStatus()
        case _:
            return PrinterStatus(None if parts.scanner is None else parts.scanner.health(stop))
