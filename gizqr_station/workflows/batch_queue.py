"""Labels of a batch that wait in the queue from before: which of them go on, and which a person has taken out."""

from collections.abc import Collection, Iterator
from contextlib import suppress

from gizqr_station.domain.batch import BatchItem, ItemState
from gizqr_station.domain.failures import Failure, IdentityRefused
from gizqr_station.domain.print_queue_failures import JobHeld, NotQueued
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.single_label import HELD_BY_HAND

_PAGE = 500


def adopted(bench: Bench, number: int, from_printers: Collection[str]) -> list[int]:
    """The batch's waiting jobs that may be sent now, in order: released, and moved to the bench's printer.

    A label that somebody held by hand, or moved to a printer that is not among these, is that person's business. One
    that was drawn for another resolution, or is not allowed any more, is taken back: its item waits again.
    """
    ready = []
    for item, waiting in list(_waiting(bench, number)):
        by_hand = waiting.held and waiting.reason == HELD_BY_HAND
        if by_hand or waiting.printer not in from_printers:
            continue
        if waiting.job.draft.dpi != bench.printer.dpi or not _allowed(bench, item):
            bench.ledger.take_back(number, [item], who=bench.operator)
            continue
        with suppress(NotQueued):  # somebody was quicker
            if waiting.printer != bench.printer.name:
                bench.ledger.reassign(waiting.job.id, bench.printer.name, who=bench.operator)
            if waiting.held:
                bench.ledger.release(waiting.job.id, who=bench.operator)
            ready.append(waiting.job.id)
    return ready


def held_back(bench: Bench, number: int, reason: str) -> None:
    """Hold what still waits of a batch: nothing of it fires by itself."""
    for _, waiting in list(_waiting(bench, number)):
        if not waiting.held:
            with suppress(NotQueued):
                bench.ledger.hold(waiting.job.id, who=bench.operator, reason=reason)


def left_waiting(bench: Bench, number: int) -> Failure | None:
    """JobHeld for the first label of a batch that somebody took out of its run; None where all have left."""
    for _, waiting in _waiting(bench, number):
        return JobHeld(waiting.job.id, waiting.reason or waiting.printer)
    return None


def _waiting(bench: Bench, number: int) -> Iterator[tuple[BatchItem, QueuedJob]]:
    after = 0
    while page := bench.ledger.batch_items(number, [ItemState.QUEUED], after=after, limit=_PAGE):
        after = page[-1].position
        for item in page:
            if item.job is not None:
                with suppress(NotQueued):
                    yield item, bench.ledger.queued_job(item.job)


def _allowed(bench: Bench, item: BatchItem) -> bool:
    try:
        bench.allowance.require(item.identity)
    except IdentityRefused:
        return False
    return True
