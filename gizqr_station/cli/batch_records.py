"""``batch list | show | cancel``: the batches that were begun, and what became of each of their devices."""

import argparse
import contextlib
from collections.abc import Iterator

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import duty_of
from gizqr_station.domain.batch import Batch, BatchItem, ItemState
from gizqr_station.domain.people import Permission
from gizqr_station.places import DataFolder
from gizqr_station.workflows.batch_ports import BatchStore

MOST_SHOWN = 20
"""Devices of one kind on a terminal."""
_ITEM_WORDS = {
    ItemState.WAITING: "waiting",
    ItemState.QUEUED: "waiting for the printer",
    ItemState.SENT: "sent",
    ItemState.SKIPPED: "had a label already",
    ItemState.REFUSED: "without a label",
}


def list_batches(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Newest first."""
    from gizqr_station.assembly import existing_ledger

    with contextlib.closing(existing_ledger(folder)) as ledger:
        batches = ledger.batches(arguments.limit)
    lines = [batch_line(batch) for batch in batches] or ["No batch yet."]
    answer.give({"batches": [batch_document(batch) for batch in batches]}, lines)
    return 0


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """A batch with its devices: all of them for scripts, those that need a person's eye first for people."""
    from gizqr_station.assembly import existing_ledger

    with contextlib.closing(existing_ledger(folder)) as ledger:
        batch = ledger.batch(arguments.number)
        items = list(_items(ledger, batch.number))
    document = {"batch": batch_document(batch), "items": [_item_document(item) for item in items]}
    answer.give(document, [batch_line(batch), *_item_lines(items)])
    return 0


def cancel(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Not while a station runs: there the window does it."""
    from gizqr_station.assembly import hold
    from gizqr_station.assembly.batches import settled_ledger
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.batch import cancel_batch

    settings = load(folder.settings_file)
    lock = hold(folder)
    try:
        with settled_ledger(folder, settings.station.operator) as ledger:
            who = duty_of(arguments, folder, settings, ledger).require(Permission.LABEL)
            batch = cancel_batch(ledger, arguments.number, who=who, tell=lambda _: None)
    finally:
        lock.release()
    answer.give({"batch": batch_document(batch)}, [batch_line(batch)])
    return 0


def batch_document(batch: Batch) -> dict[str, object]:
    """One batch for JSON."""
    return {
        "number": batch.number,
        "name": batch.name,
        "state": batch.state.value,
        "reason": batch.reason,
        "order": batch.order,
        "product_key": batch.product_key,
        "printer": batch.printer,
        "who": batch.who,
        "at": batch.at.isoformat(),
        "total": batch.total,
        "left": batch.left,
        "counts": {state.value: batch.counts.get(state, 0) for state in ItemState},
    }


def batch_line(batch: Batch) -> str:
    """One batch for people."""
    counted = ", ".join(
        f"{batch.counts[state]} {words}" for state, words in _ITEM_WORDS.items() if batch.counts.get(state, 0)
    )
    state = f"{batch.state.value} ({batch.reason})" if batch.reason else batch.state.value
    when = batch.at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    order = f"  order {batch.order}" if batch.order else ""
    return f"{batch.number}  {batch.name}  {state}: {counted}{order}  {batch.printer}  {batch.who}, {when}"


def _items(ledger: BatchStore, number: int) -> Iterator[BatchItem]:
    after = 0
    while items := ledger.batch_items(number, after=after):
        yield from items
        after = items[-1].position


def _item_document(item: BatchItem) -> dict[str, object]:
    return {
        "position": item.position,
        "identity": str(item.identity),
        "state": item.state.value,
        "job": item.job,
        "reason": item.reason,
    }


def _item_lines(items: list[BatchItem]) -> Iterator[str]:
    for state, words in _ITEM_WORDS.items():
        these = [item for item in items if item.state is state]
        if not these or state is ItemState.SENT:
            continue
        yield f"{len(these)} {words}:"
        for item in these[:MOST_SHOWN]:
            yield f"    {item.position}  {item.identity.readable}  {item.reason}".rstrip()
        if len(these) > MOST_SHOWN:
            yield f"    and {len(these) - MOST_SHOWN} more"
