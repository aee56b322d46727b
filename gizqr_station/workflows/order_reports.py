"""What the reports of orders and shifts say, gathered from the records, and held fast by a checkpoint."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.order_failures import OrderUnknown
from gizqr_station.domain.reports import Anchored, OrderReport, ShiftReport, Voided
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.work_order import OrderState, Shift, ShiftTotals, WorkOrder
from gizqr_station.workflows.audit_ports import AuditTrail, Checkpoints
from gizqr_station.workflows.backup_ports import LedgerCopies
from gizqr_station.workflows.order_ports import OrderLedger
from gizqr_station.workflows.ports import Clock
from gizqr_station.workflows.report_ports import ReportWriter

log = logging.getLogger(__name__)

_LOOK_AT_STOP_EVERY = 500
_MOST_ACTS = 1000


@dataclass(frozen=True, slots=True)
class ReportParts:
    """What reports are made with."""

    ledger: OrderLedger
    trail: AuditTrail
    writer: ReportWriter
    clock: Clock
    station: str
    checkpoints: Checkpoints | None = None
    """None where nothing signs."""
    copies: LedgerCopies | None = None
    """None where nobody copies the ledger."""


NOT_ANCHORED = Anchored()


def report_order(
    parts: ReportParts, number: str, *, who: str, stop: Stop, anchored: Anchored = NOT_ANCHORED
) -> tuple[str, ...]:
    """How an order stands now, as files; raises OrderUnknown, FileNotWritten."""
    report = gathered(parts, number, who=who, stop=stop, anchored=anchored)
    files = parts.writer.write_order(report, parts.ledger.labels_under(number))
    facts = (("what", "report of an order"), *((f"file {at}", file) for at, file in enumerate(files, start=1)))
    parts.trail.act(Act(ActKind.EXPORT, number, facts), who=who)
    return files


def gathered(
    parts: ReportParts, number: str, *, who: str, stop: Stop, anchored: Anchored = NOT_ANCHORED
) -> OrderReport:
    """What the report of an order says; raises OrderUnknown."""
    order = parts.ledger.order(number)
    if order is None:
        raise OrderUnknown(number)
    closed_at, moved_since = _closed_at(parts, order), 0
    labels, voided, reprints, printers = 0, list[Voided](), list[PrintJob](), dict[str, None]()
    first: PrintJob | None = None
    for job in parts.ledger.labels_under(number):
        if labels % _LOOK_AT_STOP_EVERY == 0:
            stop.check()
        labels += 1
        moved_since += closed_at is not None and job.moved_at > closed_at
        printers[job.draft.printer] = None
        if job.state is JobState.VOIDED:
            voided.append(_voided(parts, job))
        if job.draft.replaces:
            reprints.append(job)
        if order.first_article and job.id == order.first_article:
            first = job
    return OrderReport(
        order=order,
        balance=parts.ledger.order_balance(number),
        labels=labels,
        first_article=first,
        voided=tuple(voided),
        reprints=tuple(reprints),
        printers=tuple(printers),
        anchored=anchored,
        written_by=who,
        station=parts.station,
        written_at=parts.clock.now(),
        closed_at=closed_at,
        moved_since=moved_since,
    )


def _closed_at(parts: ReportParts, order: WorkOrder) -> datetime | None:
    """As the record tells it: the last act about an order besides its reports."""
    if order.state is not OrderState.CLOSED:
        return None
    acts = parts.trail.acts_about(order.number, _MOST_ACTS)
    said = f'"what": "{OrderState.CLOSED.value}"'
    return next((act.at for act in acts if act.kind == ActKind.ORDER.value and said in act.evidence), None)


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """How a shift was closed; what went wrong behind it does not open it again."""

    shift: Shift
    totals: ShiftTotals
    files: tuple[str, ...]
    failure: Failure | None
    """Of checkpoint, copy or report: the first."""


def close_shift(parts: ReportParts, *, who: str, remark: str, stop: Stop) -> ShiftClosed:
    """End the shift, sign a checkpoint, copy the ledger, write the report; raises NoShift, ShiftNotSettled.

    The work is done and handed over when the ledger has closed it: a checkpoint folder that is away must not keep the
    next shift from beginning, nor a station that ends meanwhile. What failed is said,
    stands in the report, and in the record as an act of its own.
    """
    shift = parts.ledger.close_shift(who=who, remark=remark)
    totals = parts.ledger.shift_totals(shift)
    anchored = anchor(parts, who=who, stop=stop)
    copied_to, copy_failure = _copied(parts, who=who, stop=stop)
    report = ShiftReport(shift, totals, anchored, copied_to, copy_failure, parts.clock.now())
    files, unwritten = _written(lambda: parts.writer.write_shift(report))
    failed = [each for each in (anchored.failure, copy_failure, unwritten) if each is not None]
    for failure in failed:
        log.warning("behind the shift %d: %s", shift.id, failure)
        _note(parts, shift, failure, who)
    return ShiftClosed(shift, totals, files, failed[0] if failed else None)


def anchor(parts: ReportParts, *, who: str, stop: Stop) -> Anchored:
    """A checkpoint over the record as it is now, or why there is none."""
    if parts.checkpoints is None:
        return Anchored()
    try:
        return Anchored(parts.checkpoints.sign(who=who, stop=stop))
    except Stopped:
        return Anchored()
    except Failure as failure:
        return Anchored(failure=failure)


def _copied(parts: ReportParts, *, who: str, stop: Stop) -> tuple[str, Failure | None]:
    if parts.copies is None:
        return "", None
    try:
        return parts.copies.copy(who=who, stop=stop), None
    except Stopped:
        return "", None
    except Failure as failure:
        return "", failure


def _written(write: Callable[[], tuple[str, ...]]) -> tuple[tuple[str, ...], Failure | None]:
    try:
        return write(), None
    except Failure as failure:
        return (), failure


def _note(parts: ReportParts, shift: Shift, failure: Failure, who: str) -> None:
    """Into the record, if it can be written: a full disk may be the very thing that failed."""
    facts = (("what", "not done at its end"), ("shift", str(shift.id)), ("why", failure.code))
    try:
        parts.trail.act(Act(ActKind.SHIFT, shift.station, facts), who=who)
    except Failure as unwritten:
        log.warning("not written down: %s", unwritten)


def _voided(parts: ReportParts, job: PrintJob) -> Voided:
    moves = [entry for entry in parts.ledger.history(job.id) if entry.state is JobState.VOIDED and entry.kind == "move"]
    return Voided(job, moves[-1].who, moves[-1].evidence) if moves else Voided(job, "", "")
