"""A bench of fakes: every part a small class that does what a test tells it to."""

import base64
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.device_failures import DeviceUnplugged
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.product import Product
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.duty import Duty, NamedOperator
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.serial_codes import CodesSeen
from tests.fakes import FakeLedger, SteppingClock

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PRODUCT = Product("0a6781ed676045988d5d72f3f0480fba", "Smart Plug")
MAC = MacAddress("00911f500047")
OTHER_MAC = MacAddress("00911f500048")
WAIT_S = 10.0


def reading_of(identity: Identity, port: str = "ttyUSB0") -> DeviceReading:
    """As a port would have told it."""
    return DeviceReading(identity, "fake", port, b"", NOW)


def content_of(identity: Identity) -> str:
    """What the fake service issues: of the vendor's anatomy, and readable in a test that fails."""
    sealed = b"forty bytes that nobody outside can read" + str(identity).encode()
    return "2efc9e621cb34553b12edf7e63645864" + base64.b64encode(sealed).decode()


class FakeReader:
    """A port into which a test plugs devices."""

    def __init__(self) -> None:
        self.plugged: queue.SimpleQueue[DeviceReading | Failure] = queue.SimpleQueue()
        self.gone = True
        self.swapped_for: Failure | None = None
        self.answering = threading.Event()
        """Cleared, a device that is plugged in takes its time to answer."""
        self.answering.set()
        self.looked_at = threading.Event()

    def plug(self, identity: Identity) -> None:
        self.gone = False
        self.plugged.put(reading_of(identity))

    def fail(self, failure: Failure) -> None:
        self.gone = False
        self.plugged.put(failure)

    def unplug(self) -> None:
        self.gone = True

    def read(self, stop: Stop) -> DeviceReading:
        while True:
            try:
                found = self.plugged.get(timeout=0.01)
            except queue.Empty:
                stop.check()
                continue
            while not self.answering.wait(0.01):
                stop.check()
            if isinstance(found, Failure):
                raise found
            return found

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        if self.swapped_for is not None:
            raise self.swapped_for
        if self.gone:
            raise DeviceUnplugged(reading.port)

    def wait_until_gone(self, stop: Stop) -> None:
        while not self.gone:
            stop.sleep(0.005)

    def present(self) -> bool:
        self.looked_at.set()
        return not self.gone

    def health(self, stop: Stop) -> Failure | None:
        return None


@dataclass
class FakeCodes:
    """A service that answers at once, or fails as often as it is told to."""

    failures: list[Failure] = field(default_factory=list)
    asked: list[Identity] = field(default_factory=list)
    source: CodeSource = CodeSource.SERVICE
    content: str = ""
    """For every identity the same, where a test wants that."""
    refused: set[str] = field(default_factory=set)
    """Contents that a proof showed to be no good."""

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        self.asked.append(identity)
        if self.failures:
            raise self.failures.pop(0)
        return IssuedCode(self.content or content_of(identity), identity, self.source, NOW, service=product.service)

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        return code.content in self.refused

    def reachable(self, stop: Stop) -> Failure | None:
        return self.failures[0] if self.failures else None


class FakePainter:
    """Draws eight by eight dots, and remembers what was asked for."""

    def __init__(self) -> None:
        self.painted: list[LabelFields] = []
        self.small_codes: dict[str, str] = {}
        """What the small code says, by the digest of the dots."""

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        self.painted.append(fields)
        image = LabelImage(8, 8, dpi, tuple(bytes([len(self.painted) % 256]) for _ in range(8)))
        if fields.serial_code:
            self.small_codes[image.digest] = fields.label_serial
        return image


@dataclass
class FakeSerialCodes:
    """Finds the small codes that a FakePainter drew."""

    painter: FakePainter
    place: bool = False
    """Whether the template has room for one."""

    def has_place(self, template: str) -> bool:
        return self.place

    def said_by(self, image: LabelImage) -> str:
        return self.painter.small_codes.get(image.digest, "")


@dataclass
class FakeReadBack:
    """Finds what was drawn, unless told that it reads badly."""

    failure: Failure | None = None

    def require_content(self, image: LabelImage, content: str) -> None:
        if self.failure is not None:
            raise self.failure


@dataclass
class FakePrinter:
    """Takes labels and answers as told; ``before`` runs when a label arrives."""

    reports: list[PrintReport] = field(default_factory=list)
    printed: list[tuple[str, LabelImage]] = field(default_factory=list)
    before: Callable[[str], None] = lambda _job: None
    name: str = "fake printer"
    dpi: int = 203
    off: Failure | None = None
    """Why it cannot print now, if it cannot."""
    warning: Failure | None = None
    told: bool = False
    asked: int = 0
    """How often it was asked for its state."""
    calibrated: int = 0
    uncalibrated: Failure | None = None
    """Why its media cannot be measured, if it cannot."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        self.before(job_name)
        report = self.reports.pop(0) if self.reports else PrintReport(PrintOutcome.ACCEPTED, 1000)
        if report.outcome is not PrintOutcome.REFUSED:
            self.printed.append((job_name, image))
        return report

    def status(self, stop: Stop) -> PrinterStatus:
        self.asked += 1
        return PrinterStatus(self.off, self.warning, self.told)

    def calibrate(self, stop: Stop) -> None:
        if self.uncalibrated is not None:
            raise self.uncalibrated
        self.calibrated += 1


@dataclass
class FakeBench:
    """All of them, and the Bench that they make."""

    product: Product = PRODUCT
    demo: bool = False
    reader: FakeReader = field(default_factory=FakeReader)
    codes: FakeCodes = field(default_factory=FakeCodes)
    painter: FakePainter = field(default_factory=FakePainter)
    read_back: FakeReadBack = field(default_factory=FakeReadBack)
    printer: FakePrinter = field(default_factory=FakePrinter)
    ledger: FakeLedger = field(default_factory=lambda: FakeLedger(SteppingClock(NOW)))
    told: list[Happening] = field(default_factory=list)
    duty: Duty = field(default_factory=lambda: NamedOperator("Li Wei"))
    small_codes: bool = False
    """Whether the template has room for the small code of a replacement."""
    codes_seen: CodesSeen = field(default_factory=CodesSeen)

    def bench(self) -> Bench:
        return Bench(
            product=self.product,
            station="bench-1",
            duty=self.duty,
            demo=self.demo,
            codes=self.codes,
            painter=self.painter,
            read_back=self.read_back,
            ledger=self.ledger,
            printer=self.printer,
            clock=SteppingClock(NOW),
            serial_codes=FakeSerialCodes(self.painter, self.small_codes),
            codes_seen=self.codes_seen,
        )
