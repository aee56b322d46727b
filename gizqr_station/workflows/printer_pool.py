"""All printers that are set up, each made when it is first wanted, and the one that the line prints on."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.line_printer import LinePrinter
from gizqr_station.workflows.ports import Printer, PrinterMaker, PrinterShelf
from gizqr_station.workflows.printer_lane import STALE_S, PrinterOnLane
from gizqr_station.workflows.unmade_printer import UnmadePrinter

log = logging.getLogger(__name__)
R = TypeVar("R")
PATIENT_S = 60.0
"""How long a label waits behind others at most that nobody holds a device for."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the shelf said when it was last looked at."""

    printers: tuple[PrinterConfig, ...]
    line_printer: str

    def config(self, name: str) -> PrinterConfig:
        for config in self.printers:
            if config.name == name:
                return config
        raise PrinterUnknown(name, ", ".join(config.name for config in self.printers))


@dataclass(frozen=True, slots=True)
class _Made:
    """A printer, from what it was made, and where it works."""

    config: PrinterConfig
    printer: Printer
    lane: Lane


class PrinterPool:
    """Hands out printers by name; any thread may ask.

    There is one lane for each device, not for each name: two names for one device, or the old and the new name of a
    printer that is being renamed, must never talk to it at the same time. A printer whose settings change is made
    anew; what it was given before runs to its end first, on the same lane.
    """

    def __init__(self, shelf: PrinterShelf, make: PrinterMaker, lane_named: Callable[[str], Lane]) -> None:
        """Raises what the shelf raises: without settings there is nothing to hand out."""
        self._shelf = shelf
        self._make = make
        self._lane_named = lane_named
        self._lock = threading.Lock()
        self._made: dict[str, _Made] = {}
        self._lanes: dict[str, Lane] = {}
        self._known = self._look()
        self._line_printer = LinePrinter(self.chosen_for_line, self.refresh)

    def refresh(self) -> None:
        """Look at the settings again; printers that changed are made anew. Raises what the shelf raises."""
        self._known = self._look()

    def printers(self) -> tuple[PrinterConfig, ...]:
        """All that are set up, as of the last look at the settings."""
        return self._known.printers

    def chosen_name(self) -> str:
        """Of the printer that the line uses, as of the last look at the settings."""
        return self._known.line_printer

    def config(self, name: str) -> PrinterConfig:
        """Of one printer; raises PrinterUnknown."""
        return self._known.config(name)

    def named(self, name: str, *, stale_s: float = STALE_S) -> Printer:
        """The printer as it is set up now, behind its lane; raises PrinterUnknown.

        ``stale_s``: how long a label may wait there behind others before it is refused.
        One that cannot be made is handed out all the same: its status and its reports say why.
        """
        made = self._made_for(self._known.config(name))
        return PrinterOnLane(made.printer, made.lane, stale_s=stale_s)

    def patient(self, name: str) -> Printer:
        """The same for labels that nobody holds a device for: they wait for their turn."""
        return self.named(name, stale_s=PATIENT_S)

    def submit(self, name: str, work: Callable[[Printer], R]) -> Future[R]:
        """Let a printer's own lane do something with it, after everything that was given before; never waits.

        ``work`` gets the printer itself: one from ``named`` would wait for the lane that it runs on.
        """
        made = self._made_for(self._known.config(name))
        return made.lane.submit(work, made.printer)

    @property
    def line_printer(self) -> LinePrinter:
        """The printer that was chosen for the line, whichever that is when it is used."""
        return self._line_printer

    def chosen_for_line(self) -> Printer:
        """The very printer that the line would use now; it stays this one when another is chosen."""
        known = self._known
        try:
            made = self._made_for(known.config(known.line_printer))
        except PrinterUnknown as unknown:
            return UnmadePrinter(known.line_printer, _any_dpi(known), unknown)
        return PrinterOnLane(made.printer, made.lane)

    def close(self) -> None:
        """Wait for what runs; whoever runs something tells it to stop first."""
        with self._lock:
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.close()

    def _look(self) -> _Known:
        return _Known(self._shelf.printers(), self._shelf.line_printer())

    def _made_for(self, config: PrinterConfig) -> _Made:
        with self._lock:
            made = self._made.get(config.name)
            if made is None or made.config != config:
                made = _Made(config, self._printer(config), self._lane(config))
                self._made[config.name] = made
            return made

    def _printer(self, config: PrinterConfig) -> Printer:
        try:
            return self._make(config)
        except Failure as failure:
            log.warning("%s cannot be made: %s", config.name, failure)
            return UnmadePrinter(config.name, config.dpi, failure)

    def _lane(self, config: PrinterConfig) -> Lane:
        device = config.address.device
        if device not in self._lanes:
            # Kept until the end even when nobody prints there any more: an idle thread costs nothing, and closing
            # one would take away the labels that wait on it.
            self._lanes[device] = self._lane_named(f"printer:{device}")
        return self._lanes[device]


def _any_dpi(known: _Known) -> int:
    """Something to draw for, so that the refusal comes from the printer and says what is wrong with it."""
    return known.printers[0].dpi if known.printers else 203
