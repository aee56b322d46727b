"""A real line on a ledger on disk, before a printer that lies, with an operator who does what the station says.

Labels here carry their content as plain dots, so that the operator reads them from what came out and from nothing else.
"""

import base64
import hashlib
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.printer import PrinterConfig, PrinterStatus
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.sqlite_engine import SqliteDatabase
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.workflows.duty import NamedOperator
from gizqr_station.workflows.happenings import (
    Happening,
    LineStopped,
    ScanBackDue,
    SettlementDue,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.ports import Printer, PrintReport
from gizqr_station.workflows.provision import Bench, draw
from tests.printing.lying_printer import LyingPrinter

PRODUCT = Product("0a6781ed676045988d5d72f3f0480fba", "Smart Plug Mini")
OPERATOR = "Li Wei"
WAIT_S = 20.0
MOST_TRIES = 8
_WIDTH, _HEIGHT, _TEXT_ROWS = 320, 240, 8


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class PlainCodes:
    """A code for everybody, at once."""

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        sealed = base64.b64encode(bytes(40) + str(identity).encode()).decode()
        return IssuedCode(f"2efc9e621cb34553b12edf7e63645864{sealed}", identity, CodeSource.SERVICE, datetime.now(UTC))

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        return False

    def reachable(self, stop: Stop) -> Failure | None:
        return None


class PlainPainter:
    """The content as dots on top; below them dots that no compression makes much smaller, as many as a label has."""

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        stride = _WIDTH // 8
        text = fields.content.encode().ljust(_TEXT_ROWS * stride, b"\0")
        noise = hashlib.shake_128(fields.label_serial.encode()).digest((_HEIGHT - _TEXT_ROWS) * stride)
        dots = text + noise
        return LabelImage(_WIDTH, _HEIGHT, dpi, tuple(dots[at : at + stride] for at in range(0, len(dots), stride)))


class PlainReadBack:
    def require_content(self, image: LabelImage, content: str) -> None:
        if text_on(image) != content:
            raise ReadBackDiffers(content, text_on(image))


def text_on(image: LabelImage) -> str:
    """What a scanner would read."""
    return b"".join(image.rows[:_TEXT_ROWS]).rstrip(b"\0").decode()


@dataclass(frozen=True)
class Handed:
    """One job as the driver saw it."""

    job: str
    report: PrintReport
    bytes_at_printer: int
    """That the printer had taken more by then."""


class WatchedPrinter:
    """The real driver; what it reported is kept beside what had reached the printer."""

    def __init__(self, printer: Printer, lying: LyingPrinter, handed: list[Handed]) -> None:
        self._printer, self._lying, self._handed = printer, lying, handed

    @property
    def name(self) -> str:
        return self._printer.name

    @property
    def dpi(self) -> int:
        return self._printer.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        before = self._lying.label_bytes
        report = self._printer.print_label(job_name, image, stop)
        if report.outcome is PrintOutcome.REFUSED:
            self._lying.at_rest()
        self._handed.append(Handed(job_name, report, self._lying.label_bytes - before))
        return report

    def status(self, stop: Stop) -> PrinterStatus:
        return self._printer.status(stop)

    def calibrate(self, stop: Stop) -> None:
        self._printer.calibrate(stop)


class LyingBench:
    """A station that is opened and closed again and again, and everything around it."""

    def __init__(
        self,
        folder: Path,
        lying: LyingPrinter,
        config: PrinterConfig,
        make: Callable[[PrinterConfig], Printer],
        at_start: Callable[["LyingBench"], None] = lambda _: None,
    ) -> None:
        """``at_start`` is done each time before the line runs: for stations that are not as they should be."""
        self._at_start = at_start
        # Closed with each life of the station and opened anew; only what SQLAlchemy made of each statement lives on,
        # which would be half of a run's work.
        self._database = SqliteDatabase(folder / "ledger.sqlite", busy_timeout_s=WAIT_S)
        self._config, self._make = config, make
        self.lying = lying
        self.handed: list[Handed] = []
        self._scanned: set[int] = set()
        """Places in the printer's log of labels that were scanned, hence are on a device."""
        self._heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self.open()

    def open(self) -> None:
        """Start the station, with a driver that knows nothing yet."""
        self.printer = WatchedPrinter(self._make(self._config), self.lying, self.handed)
        self.ledger = PlainLedger(self._database, clock=SystemClock())
        self._stop = Stop()
        self._lane = ThreadLane("read:1")
        self._at_start(self)
        self.bench = Bench(
            product=PRODUCT, station="bench-1", duty=NamedOperator(OPERATOR), demo=False, codes=PlainCodes(),
            painter=PlainPainter(), read_back=PlainReadBack(), ledger=self.ledger, printer=self.printer,
            clock=SystemClock(),
        )  # fmt: skip
        self.line = Line(self.bench, ScannerOnly(), self._lane, self._heard.put, lambda: datetime.now(UTC))
        self._thread = threading.Thread(target=self.line.run, args=(self._stop,), name="line")
        self._thread.start()

    def close(self) -> None:
        """End the station, in whatever it does."""
        self._stop.set()
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()
        self._lane.close()
        self.ledger.close()
        while not self._heard.empty():
            self._heard.get()

    def restart(self) -> None:
        self.close()
        self.open()

    def look_at_printer(self) -> None:
        """As the watch does between labels."""
        self.printer.status(self._stop)

    def become_free(self, repair: Callable[[Failure | None], None] = lambda _: None) -> list[PrintJob]:
        """Follow the station's words until it waits for a device; the jobs that were settled on the way."""
        settled = []
        while not isinstance(happening := self._next(), WaitingForDevice):
            if isinstance(happening, SettlementDue | ScanBackDue):
                settled.append(happening.job)
                self._look_for(happening.job, repair)
        return settled

    def label(self, identity: MacAddress, repair: Callable[[Failure | None], None]) -> PrintJob:
        """One unit, from its scan until its label is on it. ``repair`` is what a person does to the printer."""
        self.line.scanned(str(identity))
        for _ in range(MOST_TRIES):
            happening = self._next(ScanBackDue, SettlementDue, UnitRefused, UnitDone)
            match happening:
                case UnitDone(job):
                    self._next(WaitingForDevice)
                    return job
                case ScanBackDue(job):
                    self._look_for(job, repair)
                case SettlementDue(job=job):
                    self._look_for(job, repair)
                case UnitRefused(failure):
                    repair(failure)
                    self.line.scanned(str(identity))
        raise AssertionError(f"{identity} got no label in {MOST_TRIES} tries")

    def begin(self, identity: MacAddress) -> None:
        """Scan a unit and leave it at that."""
        self.line.scanned(str(identity))

    def queue(self, identities: list[MacAddress]) -> list[int]:
        """Draw their labels and let them wait in the ledger."""
        queued = []
        for identity in identities:
            code = self.bench.codes.code_for(PRODUCT, identity, self._stop)
            draft, image = draw(self.bench, code, scan_back_due=True)
            queued.append(self.ledger.enqueue(draft, image, who=OPERATOR).id)
        return queued

    def _look_for(self, job: PrintJob, repair: Callable[[Failure | None], None]) -> None:
        """A person looks into the tray: a whole label with this job's text is scanned, else there is no usable one.

        Whoever sees no label looks after the printer: every other one first, and then looks into the tray again.
        """
        if self._scan(job):
            return
        if job.id % 2:
            repair(None)
            if self._scan(job):
                return
        self.line.no_usable_label(job.id)
        repair(None)

    def _scan(self, job: PrintJob) -> bool:
        """Labels are told apart by what is on them; one that was scanned before sticks on its device already."""
        assert self.lying.at_rest(), "the printer does not come to rest"
        for place, piece in enumerate(list(self.lying.paper)):
            if piece.whole and piece.job == str(job.id) and place not in self._scanned:
                self._scanned.add(place)
                self.line.scanned(text_on(piece.image))
                return True
        return False

    def _next(self, *kinds: type[Happening]) -> Happening:
        while True:
            happening = self._heard.get(timeout=WAIT_S)
            assert not isinstance(happening, LineStopped), "the line ended by itself"
            if not kinds or isinstance(happening, kinds):
                return happening


def new_ledger(path: Path) -> None:
    open_ledger(path, kind="production", station="bench-1", clock=SystemClock()).close()


class PlainLedger(SqlLedger):
    """The real one, but for the counters on the screen, which cost a quarter of each run."""

    def count(self, state: JobState, since: datetime | None = None) -> int:
        return 0

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        return []


def identity_of(number: int) -> MacAddress:
    return MacAddress(f"00911f{number:06x}")
