"""What a report of an order or of a shift says."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.audit import Checkpoint
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.work_order import OrderBalance, Shift, ShiftTotals, WorkOrder


@dataclass(frozen=True, slots=True)
class Voided:
    """A label that was taken back, and what its last entry says of it."""

    job: PrintJob
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """What holds the record as it was when the report was written, or why nothing does."""

    checkpoint: Checkpoint | None = None
    failure: Failure | None = None
    """Why no checkpoint could be signed."""


@dataclass(frozen=True, slots=True)
class OrderReport:
    """One order: what was signed, how it stands, and what was out of the ordinary."""

    order: WorkOrder
    balance: OrderBalance
    labels: int
    """That carry its number, whatever became of them; the report lists them."""
    first_article: PrintJob | None
    voided: tuple[Voided, ...]
    reprints: tuple[PrintJob, ...]
    """Labels that took the place of another one."""
    printers: tuple[str, ...]
    """That its labels were made for; a profile names one, a repair may have needed another."""
    anchored: Anchored
    written_by: str
    station: str
    written_at: datetime
    closed_at: datetime | None = None
    moved_since: int = 0
    """Labels that were begun or moved after the order was closed: replaced ones, and those that replace them."""


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """One shift, and what was handed over to the next."""

    shift: Shift
    totals: ShiftTotals
    anchored: Anchored
    copied_to: str
    """Where the copy of the ledger is; empty for none."""
    copy_failure: Failure | None
    written_at: datetime
