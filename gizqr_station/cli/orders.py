"""``orders plan | sign | take | release | close | cancel | list | show | report``: work orders from plan to close."""

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.order_bench import order_bench
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.order_failures import OrderUnknown
from gizqr_station.domain.people import Permission
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.work_order import WorkOrder
from gizqr_station.places import DataFolder
from gizqr_station.wording import standing_word

if TYPE_CHECKING:
    from gizqr_station.cli.order_bench import OrderBench
    from gizqr_station.workflows.order_happenings import OrderStanding


def plan(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """What this station labels now, or what the arguments say instead."""
    from gizqr_station.workflows import orders

    wanted = {
        "product_key": arguments.product_key,
        "product_name": arguments.product_name,
        "template": arguments.template,
        "printer": arguments.printer,
    }
    changes = {name: value for name, value in wanted.items() if value}
    file = str(arguments.file) if arguments.file else ""
    with order_bench(arguments, folder, answer.language) as bench, stop_at_interrupt() as stop:
        ranges = "\n".join(arguments.ranges)
        order = orders.plan(bench.parts, arguments.number, arguments.quantity, ranges, file, stop, **changes)
        return _shown(bench, order, answer)


def sign(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Fix the profile."""
    from gizqr_station.workflows import orders

    with order_bench(arguments, folder, answer.language) as bench:
        return _shown(bench, orders.sign(bench.parts, arguments.number), answer)


def take(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Changeover; raises StationAlreadyRunning, for an open window has to open its parts anew."""
    from gizqr_station.workflows import orders

    with _held(folder), order_bench(arguments, folder, answer.language, hold_name=True) as bench:
        order = orders.take(bench.parts, arguments.number)
        if order is None:
            answer.give({"in_hand": ""}, ["No order is in hand: the settings say what is labelled."])
            return 0
        return _shown(replace(bench, in_hand=order.number), order, answer)


def release(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """By its first article."""
    from gizqr_station.workflows import orders

    with order_bench(arguments, folder, answer.language) as bench:
        return _shown(bench, orders.release(bench.parts, arguments.number, scanned=arguments.scanned.strip()), answer)


def close(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """End it; a report that cannot be written is said, and the order stays closed."""
    from gizqr_station.workflows import orders
    from gizqr_station.workflows.order_reports import anchor, report_order

    with order_bench(arguments, folder, answer.language) as bench, stop_at_interrupt() as stop:
        order = orders.close(bench.parts, arguments.number, arguments.remark)
        anchored = anchor(bench.reports, who=order.closed_by, stop=stop)
        files: tuple[str, ...] = ()
        failure: Failure | None = anchored.failure
        try:
            files = report_order(bench.reports, order.number, who=order.closed_by, stop=stop, anchored=anchored)
        except Failure as unwritten:
            failure = unwritten
        standing = orders.standing(bench.ledger, order)
        document = {"order": _document(standing, bench.in_hand), "files": list(files)}
        return answer.conclude(document, [_line(standing, bench.in_hand, answer.language), *files], failure)


def cancel(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Give it up."""
    from gizqr_station.workflows import orders

    with order_bench(arguments, folder, answer.language) as bench:
        return _shown(bench, orders.cancel(bench.parts, arguments.number, arguments.remark), answer)


def list_orders(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Newest first."""
    from gizqr_station.workflows import orders

    with order_bench(arguments, folder, answer.language, signed_in=False) as bench:
        found = [orders.standing(bench.ledger, order) for order in bench.ledger.orders(closed=arguments.closed)]
        lines = [_line(each, bench.in_hand, answer.language) for each in found] or ["No order is open."]
        answer.give({"orders": [_document(each, bench.in_hand) for each in found], "in_hand": bench.in_hand}, lines)
    return 0


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """As the report says it; nothing is written."""
    from gizqr_station.exports.order_report import order_sections
    from gizqr_station.exports.report import as_lines
    from gizqr_station.workflows import orders
    from gizqr_station.workflows.order_reports import gathered

    with order_bench(arguments, folder, answer.language, signed_in=False) as bench:
        order = bench.ledger.order(arguments.number)
        if order is None:
            raise OrderUnknown(arguments.number)
        report = gathered(bench.reports, order.number, who="-", stop=Stop())
        document = {"order": _document(orders.standing(bench.ledger, order), bench.in_hand), "labels": report.labels}
        answer.give(document, as_lines(order_sections(report, answer.language)))
    return 0


def report(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """As PDF and CSV."""
    from gizqr_station.workflows.order_reports import report_order

    with order_bench(arguments, folder, answer.language) as bench, stop_at_interrupt() as stop:
        who = bench.parts.duty.require(Permission.EXPORT, arguments.number)
        files = report_order(bench.reports, arguments.number, who=who, stop=stop)
    answer.give({"files": list(files)}, files)
    return 0


@contextlib.contextmanager
def _held(folder: DataFolder) -> Iterator[None]:
    """No window works in this folder meanwhile; raises StationAlreadyRunning."""
    from gizqr_station.assembly import hold

    lock = hold(folder)
    try:
        yield
    finally:
        lock.release()


def _shown(bench: "OrderBench", order: WorkOrder, answer: Answer) -> int:
    from gizqr_station.workflows import orders

    standing = orders.standing(bench.ledger, order)
    answer.give({"order": _document(standing, bench.in_hand)}, [_line(standing, bench.in_hand, answer.language)])
    return 0


def _line(standing: "OrderStanding", in_hand: str, language: str) -> str:
    order, stands = standing.order, standing.balance
    counts = f"{stands.verified} verified, {stands.voided} voided, {stands.unknown} not settled"
    told = f"{order.number}  {standing_word(order.state.value, language)}  {order.profile.product_name}"
    first = standing.first_article
    article = f"  first article {first.draft.label_serial}" if first is not None else ""
    hand = "  in hand" if order.number == in_hand else ""
    return f"{told}  {stands.planned} planned: {counts}, {stands.remaining} remaining{article}{hand}"


def _document(standing: "OrderStanding", in_hand: str) -> dict[str, object]:
    order, stands, first = standing.order, standing.balance, standing.first_article
    profile = order.profile
    return {
        "number": order.number,
        "state": order.state.value,
        "in_hand": order.number == in_hand,
        "digest": order.digest,
        "product_key": profile.product_key,
        "product_name": profile.product_name,
        "template": profile.template,
        "printer": profile.printer,
        "identities": [str(each) for each in profile.identities],
        "planned": stands.planned,
        "verified": stands.verified,
        "voided": stands.voided,
        "unknown": stands.unknown,
        "remaining": stands.remaining,
        "first_article": None if first is None else first.draft.label_serial,
        "made_by": order.made_by,
        "signed_by": order.signed_by,
        "released_by": order.released_by,
        "closed_by": order.closed_by,
        "remark": order.remark,
    }
