"""A printer desk of fakes: a shelf in memory, printers that do as told, and somebody who looks for more."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.label import Box, LabelTemplate, QrElement
from gizqr_station.domain.printer import FoundPrinter, Language, Media, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.duty import Duty, NamedOperator
from gizqr_station.workflows.lanes import InlineLane, Lane
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.printer_desk import DeskParts, PrinterDesk
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.trial_label import TrialLabels
from tests.ear import Ear
from tests.fake_bench import NOW, FakePainter, FakePrinter, FakeReadBack
from tests.fakes import FakeLedger, SteppingClock

WHO = "Li Wei"


def config_of(name: str, host: str = "", **changed: object) -> PrinterConfig:
    """A ZPL printer at an address of its own."""
    address = PrinterAddress.parse(f"tcp://{host or name}:9100")
    return replace(PrinterConfig(name, address, Language.ZPL, 203, media=Media(40.0, 30.0)), **changed)  # type: ignore[arg-type]


def template(name: str, width_mm: float, height_mm: float) -> LabelTemplate:
    """Only its size counts here."""
    return LabelTemplate(name, width_mm, height_mm, QrElement(Box(0, 0, 20, 20)))


TEMPLATES = (template("60x40", 60, 40), template("40x30", 40, 30), template("25x25", 25, 25))


@dataclass
class FakeShelf:
    """Settings in memory."""

    kept: tuple[PrinterConfig, ...]
    line: str
    broken: Failure | None = None

    def printers(self) -> tuple[PrinterConfig, ...]:
        if self.broken is not None:
            raise self.broken
        return self.kept

    def line_printer(self) -> str:
        return self.line

    def keep(self, printers: tuple[PrinterConfig, ...], line_printer: str) -> None:
        if self.broken is not None:
            raise self.broken
        self.kept, self.line = printers, line_printer


@dataclass
class FakeFinder:
    """Finds what it is told to, then waits if it is told to."""

    finds: list[FoundPrinter] = field(default_factory=list)
    waits: bool = False
    began: threading.Event = field(default_factory=threading.Event)

    def find(self, found: Callable[[FoundPrinter], None], stop: Stop) -> None:
        self.began.set()
        for one in self.finds:
            found(one)
        while self.waits:
            stop.sleep(0.01)


@dataclass
class FakeDesk:
    """All of them; ``lane_named`` is InlineLane unless a test wants threads."""

    shelf: FakeShelf = field(default_factory=lambda: FakeShelf((config_of("a"), config_of("b")), "a"))
    made: dict[str, FakePrinter] = field(default_factory=dict)
    """The printer that was made last for each name."""
    makes: list[PrinterConfig] = field(default_factory=list)
    """What was made, in order."""
    cannot: dict[str, Failure] = field(default_factory=dict)
    """Why a printer of this name cannot be made."""
    finder: FakeFinder = field(default_factory=FakeFinder)
    ledger: FakeLedger = field(default_factory=lambda: FakeLedger(SteppingClock(NOW)))
    painter: FakePainter = field(default_factory=FakePainter)
    read_back: FakeReadBack = field(default_factory=FakeReadBack)
    templates: Sequence[LabelTemplate] = TEMPLATES
    ear: Ear = field(default_factory=Ear)
    duty: Duty = field(default_factory=lambda: NamedOperator(WHO))
    lanes: list[str] = field(default_factory=list)

    def make(self, config: PrinterConfig) -> Printer:
        self.makes.append(config)
        if config.name in self.cannot:
            raise self.cannot[config.name]
        printer = self.made.get(config.name)
        if printer is None or printer.dpi != config.dpi:
            printer = FakePrinter(name=config.name, dpi=config.dpi)
        self.made[config.name] = printer
        return printer

    def pool(self, lane_named: Callable[[str], Lane] = lambda _name: InlineLane()) -> PrinterPool:
        def named(name: str) -> Lane:
            self.lanes.append(name)
            return lane_named(name)

        return PrinterPool(self.shelf, self.make, named)

    def desk(self, pool: PrinterPool, lane_named: Callable[[str], Lane] = lambda _name: InlineLane()) -> PrinterDesk:
        trials = TrialLabels(self.painter, self.read_back, lambda: self.templates, "40x30")
        parts = DeskParts(self.shelf, pool, self.finder, self.ledger, trials, SteppingClock(NOW), self.duty)
        return PrinterDesk(parts, lane_named, self.ear.hear)
