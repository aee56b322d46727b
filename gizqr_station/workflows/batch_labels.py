"""The next few labels of a batch: which identities get one, and the labels drawn and checked before they are queued."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gizqr_station.domain.batch import BatchItem, ItemState
from gizqr_station.domain.code_failures import (
    CodeIsIdentity,
    CodeMalformed,
    CodeNotUnique,
    NoCodeListed,
    PictureUnreadable,
)
from gizqr_station.domain.correction_failures import SecondPersonAtDesk
from gizqr_station.domain.failures import Failure, IdentityRefused
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.label_failures import CodeDoesNotFit, ReadBackDiffers
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import FirstArticleDue
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.printer_failures import PrinterBusy
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import supply_failure
from gizqr_station.workflows.batch_ports import BatchLabel
from gizqr_station.workflows.provision import (
    Bench,
    code_for,
    draw,
    quota_left,
    quota_reached,
    require_own,
    room_left,
)

log = logging.getLogger(__name__)

READER = "list"
"""Nobody read a device: a list named it."""
OF_ONE_IDENTITY = (
    IdentityRefused,
    NoCodeListed,
    CodeMalformed,
    CodeNotUnique,
    CodeIsIdentity,
    PictureUnreadable,
    CodeDoesNotFit,
    ReadBackDiffers,
    SecondPersonAtDesk,
)
"""What concerns one identity and says nothing of the next; with all else the batch pauses."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of the next few items before anything was queued."""

    labels: tuple[BatchLabel, ...]
    settled: tuple[BatchItem, ...]
    """Those that get no label: SKIPPED with the label's serial, REFUSED with the failure's code."""
    failure: Failure | None
    """What keeps the rest from being made; the labels are good all the same."""


def prepared(bench: Bench, items: Sequence[BatchItem], stop: Stop) -> Prepared:
    """Look at each item, and draw the labels of those that get one. Raises Stopped, and what the ledger raises.

    Where printer or roll would not take them, nobody is asked for a code.
    """
    live = bench.ledger.live_among(bench.product.key, [item.identity for item in items])
    settled: list[BatchItem] = []
    wanted: list[BatchItem] = []
    for item in items:
        if item.identity in live:
            settled.append(_skipped(item, live[item.identity].draft.label_serial))
            continue
        try:
            bench.allowance.require(item.identity)
        except IdentityRefused as refused:
            settled.append(_refused(item, refused))
        else:
            wanted.append(item)
    wanted, complete = _with_room(bench, wanted)
    if not wanted:
        return Prepared((), tuple(settled), complete)
    unready = _unready(bench, stop)
    if unready is not None:
        return Prepared((), tuple(settled), unready)
    labels, refusals, broke = _drawn(bench, wanted, stop)
    if refusals or any(label.draft.test for label in labels):
        complete = None  # there may be room still: the next look finds out
    return Prepared(tuple(labels), (*settled, *refusals), broke or complete)


def enqueued(bench: Bench, number: int, labels: Sequence[BatchLabel]) -> list[int]:
    """Let the labels wait for their printer, all in one transaction; their jobs.

    Whoever was quicker with one of these identities keeps it, and the next look at its item finds that out. Of an
    order that filled up meanwhile as many as it still takes, of one that nobody released its first article alone, and
    the same of a quota; raises OrderComplete, FirstArticleDue or QuotaReached where that is none.
    """
    left = list(labels)
    at_most, quota = bench.allowance.quantity, bench.allowance.quota
    while left:
        try:
            jobs = bench.ledger.enqueue_items(number, left, who=bench.operator, at_most=at_most, quota=quota)
            return [job.id for job in jobs]
        except AlreadyLabelled as labelled:
            quicker = [label for label in left if label.draft.identity.text == labelled.identity]
            if not quicker:
                raise
            left = [label for label in left if label not in quicker]
        except OrderComplete:
            room = room_left(bench)
            if not room:
                raise
            left = left[: min(room, len(left) - 1)]
            if not left:
                raise
        except FirstArticleDue:
            if len(left) == 1:
                raise
            left = left[:1]
        except QuotaReached:
            left = left[: min(_labels_within_quota(bench, left), len(left) - 1)]
            if not left:
                raise
    return []


def _with_room(bench: Bench, items: list[BatchItem]) -> tuple[list[BatchItem], Failure | None]:
    """Those that order and quota have room for, from the first on, and what there is no room for more in."""
    room, full = room_left(bench), None
    if room is not None and len(items) > room:
        items, full = items[:room], OrderComplete(bench.allowance.order, bench.allowance.quantity or 0)
    left = quota_left(bench)
    if left is None:
        return items, full
    counted = bench.ledger.devices_among(bench.product.key, [item.identity for item in items])
    within = _from_the_first([item.identity not in counted for item in items], left)
    return (items, full) if within == len(items) else (items[:within], quota_reached(bench, len(items) - within))


def _labels_within_quota(bench: Bench, labels: Sequence[BatchLabel]) -> int:
    """How many of them may be queued: one of a device that counts already, or that carries TEST, needs no place."""
    left = quota_left(bench) or 0
    drafts = [label.draft for label in labels]
    counted = bench.ledger.devices_among(bench.product.key, [draft.identity for draft in drafts])
    return _from_the_first([not draft.test and draft.identity not in counted for draft in drafts], left)


def _from_the_first(needs_place: Sequence[bool], places: int) -> int:
    """How many come before the first that would need a place where none is left."""
    for at, needs in enumerate(needs_place):
        if needs and places == 0:
            return at
        places -= needs
    return len(needs_place)


def _drawn(
    bench: Bench, items: Sequence[BatchItem], stop: Stop
) -> tuple[list[BatchLabel], list[BatchItem], Failure | None]:
    labels: list[BatchLabel] = []
    refusals: list[BatchItem] = []
    whose: dict[str, Identity] = {}
    for item, serial in zip(items, bench.ledger.label_serials(len(items)), strict=True):
        stop.check()
        try:
            label = _label(bench, item, serial, stop)
            # Those of this handful are not in the ledger yet, where each is looked for.
            other = whose.setdefault(label.draft.content, item.identity)
            if other != item.identity:
                raise CodeNotUnique(item.identity.readable, other.readable)
        except OF_ONE_IDENTITY as refused:
            refusals.append(_refused(item, refused))
        except Failure as broke:
            return labels, refusals, broke
        else:
            labels.append(label)
    return labels, refusals, None


def _label(bench: Bench, item: BatchItem, serial: str, stop: Stop) -> BatchLabel:
    reading = DeviceReading(item.identity, READER, "", b"", bench.clock.now())
    code = code_for(bench, reading, stop)
    require_own(bench, code)
    # Nobody waits for its scan: it is verified whenever somebody scans it, and until then it only is what it is.
    draft, image = draw(bench, code, scan_back_due=False, label_serial=serial)
    return BatchLabel(item.position, draft, image, bench.allowance.remark(draft.identity))


def _unready(bench: Bench, stop: Stop) -> Failure | None:
    """Why the printer would take no label now; one that only works on somebody else's will."""
    failure = supply_failure(bench.ledger.supplies(bench.printer.name)) or bench.printer.status(stop).failure
    return None if isinstance(failure, PrinterBusy) else failure


def _skipped(item: BatchItem, label_serial: str) -> BatchItem:
    return replace(item, state=ItemState.SKIPPED, job=None, reason=label_serial)


def _refused(item: BatchItem, refused: Failure) -> BatchItem:
    log.warning("no label for %s: %s", item.identity, refused)
    return replace(item, state=ItemState.REFUSED, job=None, reason=refused.code)
