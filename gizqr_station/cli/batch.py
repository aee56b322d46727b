"""``batch run | resume``: labels for a list or for ranges, each with the guards that a line has."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.batch_records import batch_document, batch_line
from gizqr_station.cli.list_summary import summary_document, summary_lines
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import CheckedList, ListText, RawLine
from gizqr_station.domain.list_failures import BatchIncomplete, BatchPaused, ListEmpty, ListNotAccepted, OrderComplete
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.domain.allowance import Allowance
    from gizqr_station.domain.product import Product
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.workflows.happenings import Happening, Tell
    from gizqr_station.workflows.list_ports import LiveLabels
    from gizqr_station.workflows.ports import Ledger
    from gizqr_station.workflows.provision import Bench
    from gizqr_station.workflows.quota_ports import DeviceCounter

_STANDARD_INPUT = "-"
_LONGEST_NAME = 60
_YES = frozenset({"y", "yes", "是"})


def run(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Look the list through, ask once, then print what is good; with ``--dry-run`` only look it through."""
    from gizqr_station.assembly import hold
    from gizqr_station.assembly.batches import batch_bench
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.batch import begin_batch

    if arguments.dry_run:
        return _looked_through(arguments, folder, answer)
    settings = load(folder.settings_file)
    raw = _raw(arguments)
    duty = partial(duty_of, arguments, folder, settings)
    lock = hold(folder)
    try:
        with batch_bench(folder, settings, arguments.printer, duty=duty) as bench:
            checked = _checked(raw, bench.ledger, bench.product.key, bench.allowance)
            listed: dict[str, object] = {"list": summary_document(checked, answer)}
            summary = list(summary_lines(checked, answer.language))
            refused = (
                _order_complete(bench.ledger, bench.product.key, bench.allowance, len(checked.good), summary)
                or _quota_reached(bench.ledger, bench.product, bench.allowance, checked, summary)
                or _refused(arguments, checked, summary, answer)
            )
            if refused is not None:
                return answer.conclude({**listed, "batch": None}, summary, refused)
            identities = [line.identity for line in checked.good if line.identity is not None]
            batch = begin_batch(bench, checked.name, identities)
            return _printed(bench, batch, answer, listed)
    finally:
        lock.release()


def resume(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Go on where it stopped, on the batch's own printer unless another one is named."""
    from gizqr_station.assembly import existing_ledger, hold
    from gizqr_station.assembly.batches import batch_bench
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    lock = hold(folder)
    try:
        with contextlib.closing(existing_ledger(folder)) as ledger:
            batch = ledger.batch(arguments.number)
        duty = partial(duty_of, arguments, folder, settings)
        with batch_bench(folder, settings, arguments.printer or batch.printer, duty=duty) as bench:
            return _printed(bench, batch, answer, {})
    finally:
        lock.release()


def _looked_through(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """As a run would see the list; nothing is held, begun or written."""
    from gizqr_station.assembly import product_from
    from gizqr_station.assembly.orders import labelled_here
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    raw = _raw(arguments)
    with _ledger_there(folder) as ledger:
        labelled = labelled_here(settings, ledger)
        product, allowance = product_from(labelled.settings, folder), labelled.allowance(folder)
        checked = _checked(raw, ledger, product.key, allowance)
        summary = list(summary_lines(checked, answer.language))
        refused = (
            (None if checked.good else ListEmpty(checked.name))
            or _order_complete(ledger, product.key, allowance, len(checked.good), summary)
            or _quota_reached(ledger, product, allowance, checked, summary)
        )
    document = {"list": summary_document(checked, answer), "batch": None}
    return answer.conclude(document, summary, refused)


@contextlib.contextmanager
def _ledger_there(folder: DataFolder) -> "Iterator[SqlLedger | None]":
    """None where none was begun."""
    from gizqr_station.assembly import existing_ledger, has_ledger

    if not has_ledger(folder):
        yield None
        return
    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield ledger


def _raw(arguments: argparse.Namespace) -> ListText:
    from gizqr_station.lists import limits
    from gizqr_station.lists.files import read_bytes, read_list

    if arguments.ranges:
        lines = tuple(RawLine(number, text) for number, text in enumerate(arguments.ranges, start=1))
        raw = ListText(", ".join(arguments.ranges)[:_LONGEST_NAME], lines)
    elif arguments.file == _STANDARD_INPUT:
        raw = read_bytes(sys.stdin.buffer.read(limits.FILE_BYTES + 1), "standard input")
    else:
        raw = read_list(Path(arguments.file))
    return replace(raw, name=arguments.name[:_LONGEST_NAME] or raw.name)


def _checked(raw: ListText, ledger: "LiveLabels | None", product_key: str, allowance: "Allowance") -> CheckedList:
    from gizqr_station.workflows.list_check import check_list

    return check_list(raw, ledger, product_key, allowance, lambda _: None, Stop())


def _order_complete(
    ledger: "Ledger | None", product_key: str, allowance: "Allowance", good: int, summary: list[str]
) -> Failure | None:
    """OrderComplete for an order that has all its labels; one that has room for some is said in the summary."""
    order, quantity = allowance.order, allowance.quantity
    if quantity is None:
        return None
    room = quantity - (0 if ledger is None else ledger.labels_of_order(product_key, order))
    if room < good:
        summary.append(
            f"Order {order} is for {quantity} labels and has room for {max(room, 0)}: the batch pauses there."
        )
    return OrderComplete(order, quantity) if room <= 0 < good else None


def _quota_reached(
    counter: "DeviceCounter | None",
    product: "Product",
    allowance: "Allowance",
    checked: CheckedList,
    summary: list[str],
) -> Failure | None:
    """QuotaReached where no device of the list may register; where some may, that is said in the summary."""
    from gizqr_station.workflows.batch_room import more_than_may_register

    identities = [line.identity for line in checked.good if line.identity is not None]
    reached = more_than_may_register(counter, product, allowance.quota, identities)
    if reached is None:
        return None
    summary.append(
        f"{product.name}: of {reached.registered} devices {reached.left} may still register, and {reached.wanted} here"
        " are new: the batch pauses there."
    )
    return reached if reached.left == 0 and reached.wanted == len(identities) else None


def _refused(arguments: argparse.Namespace, checked: CheckedList, summary: list[str], answer: Answer) -> Failure | None:
    """Why nothing of the list is printed; None after one clear yes."""
    good = len(checked.good)
    if not good:
        return ListEmpty(checked.name)
    if not arguments.yes and not sys.stdin.isatty():
        return ListNotAccepted(checked.name, good)
    answer.say("\n".join(summary))
    if arguments.yes:
        return None
    sys.stderr.write(f"Print {good} labels? [y/N] ")
    sys.stderr.flush()
    return None if sys.stdin.readline().strip().casefold() in _YES else ListNotAccepted(checked.name, good)


def _printed(bench: "Bench", batch: Batch, answer: Answer, document: dict[str, object]) -> int:
    """Print until the batch is done or pauses; Ctrl+C lets the label under way come out, then pauses."""
    from gizqr_station.workflows.batch import BatchRun

    if batch.left:
        answer.say(f"Batch {batch.number}: {batch.left} labels on {bench.printer.name}.")
    with stop_at_interrupt() as stop, _progress(batch) as tell:
        seen = BatchRun(bench, tell).run(batch.number, stop)
    document = {**document, "batch": batch_document(seen.batch), "labels_a_minute": round(seen.labels_a_minute, 1)}
    lines = [batch_line(seen.batch)]
    failure = seen.failure
    refused = seen.batch.counts.get(ItemState.REFUSED, 0)
    if seen.batch.state is BatchState.PAUSED and failure is None:
        failure = BatchPaused(seen.batch.number, seen.batch.left)
    elif seen.batch.state is BatchState.PAUSED:
        lines.append(f"`gizqr-station batch resume {seen.batch.number}` goes on with it.")
    elif failure is None and refused:
        failure = BatchIncomplete(seen.batch.number, refused)
    return answer.conclude(document, lines, failure)


@contextlib.contextmanager
def _progress(batch: Batch) -> "Iterator[Tell]":
    """A bar on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gizqr_station.workflows.batch_happenings import BatchSeen

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("labels", total=batch.total, completed=batch.total - batch.left)

        def tell(happening: "Happening") -> None:
            if isinstance(happening, BatchSeen):
                progress.update(bar, completed=happening.batch.total - happening.batch.left)

        yield tell
