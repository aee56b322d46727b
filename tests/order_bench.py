"""An orders desk on a real ledger, with everything around it made of small classes."""

import functools
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from gizqr_station.domain.audit import AuditVerdict, Checkpoint
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import ListText, RawLine
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.reports import OrderReport, ShiftReport
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import WorkOrder
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.lanes import InlineLane
from gizqr_station.workflows.order_happenings import OrderDone
from gizqr_station.workflows.order_reports import ReportParts
from gizqr_station.workflows.orders import OrderParts
from gizqr_station.workflows.orders_desk import OrdersDesk
from tests.contracts.order_book_contract import PROFILE
from tests.fake_bench import NOW
from tests.fake_duty import FakeDuty
from tests.fakes import SteppingClock


@dataclass
class FakeReports:
    """Keeps what was to be written, or fails."""

    orders: list[tuple[OrderReport, list[PrintJob]]] = field(default_factory=list)
    shifts: list[ShiftReport] = field(default_factory=list)
    failure: Failure | None = None

    def write_order(self, report: OrderReport, labels: Iterable[PrintJob]) -> tuple[str, ...]:
        if self.failure is not None:
            raise self.failure
        self.orders.append((report, list(labels)))
        return ("order.pdf", "order.csv")

    def write_shift(self, report: ShiftReport) -> tuple[str, ...]:
        if self.failure is not None:
            raise self.failure
        self.shifts.append(report)
        return ("shift.pdf", "shift.csv")


@dataclass
class FakeCheckpoints:
    """Signs, or fails."""

    ledger: SqlLedger
    failure: Failure | None = None

    def sign(self, *, who: str, stop: Stop) -> Checkpoint:
        if self.failure is not None:
            raise self.failure
        last = self.ledger.last_entry()
        return Checkpoint("1" * 32, last, self.ledger.seal_at(last), "r" * 64, NOW, "bench-1", "k" * 16, who)

    def verify(self, stop: Stop) -> AuditVerdict:
        return AuditVerdict(0, 0)


@dataclass
class FakeCopies:
    """Copies, or fails."""

    failure: Failure | None = None
    made: list[str] = field(default_factory=list)

    def copy(self, *, who: str, stop: Stop) -> str:
        if self.failure is not None:
            raise self.failure
        self.made.append(who)
        return "/backups/ledger-1.sqlite"


@dataclass
class FakeLists:
    """Lists by their path."""

    files: dict[str, Sequence[str]] = field(default_factory=dict)

    def lines(self, path: str, stop: Stop) -> ListText:
        return self.lines_of("\n".join(self.files[path]), path, stop)

    def lines_of(self, text: str, name: str, stop: Stop) -> ListText:
        return ListText(name, tuple(RawLine(at, line) for at, line in enumerate(text.splitlines(), start=1)))


_MADE = TemporaryDirectory()


@functools.cache
def empty_ledger() -> Path:
    """Made once: bringing a new one through all migrations takes longer than most tests."""
    path = Path(_MADE.name) / "empty.sqlite"
    open_ledger(path, kind="production", station="bench-1", clock=SteppingClock(NOW)).close()
    return path


def ledger_in(folder: Path, station: str = "bench-1") -> SqlLedger:
    """The ledger in a folder, an empty one where there is none; close it."""
    path = folder / "ledger.sqlite"
    if not path.exists():
        shutil.copy(empty_ledger(), path)
    return open_ledger(path, kind="production", station=station, clock=SteppingClock(NOW), busy_timeout_s=30.0)


class OrderBench:
    """All of it; ``told`` is what the desk said. Close it."""

    def __init__(self, folder: Path, *, in_hand: str = "") -> None:
        self.ledger = ledger_in(folder)
        self.duty, self.lists, self.reports = FakeDuty("Wang Fang"), FakeLists(), FakeReports()
        self.checkpoints, self.copies = FakeCheckpoints(self.ledger), FakeCopies()
        self.lacking: Failure | None = None
        self.told: list[Happening] = []
        self.parts = OrderParts(self.duty, self.ledger, self.lists, lambda: PROFILE, self._require_here)
        clock = SteppingClock(NOW)
        self.report_parts = ReportParts(
            self.ledger, self.ledger, self.reports, clock, "bench-1", self.checkpoints, self.copies
        )
        self.desk = OrdersDesk(self.parts, self.report_parts, lambda _: InlineLane(), self.told.append, in_hand=in_hand)

    def done(self) -> OrderDone:
        """The newest answer."""
        return next(each for each in reversed(self.told) if isinstance(each, OrderDone))

    def _require_here(self, order: WorkOrder) -> None:
        if self.lacking is not None:
            raise self.lacking
