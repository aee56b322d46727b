"""What the commands about orders and shifts work with."""

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gizqr_station.cli.person import duty_of
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.workflows.order_reports import ReportParts
    from gizqr_station.workflows.orders import OrderParts


@dataclass(frozen=True, slots=True)
class OrderBench:
    """The ledger, who gave the command, and what reports are made with."""

    ledger: "SqlLedger"
    parts: "OrderParts"
    reports: "ReportParts"
    in_hand: str
    """Number of the order that this station works on; empty for none."""


@contextlib.contextmanager
def order_bench(
    arguments: argparse.Namespace, folder: DataFolder, language: str, *, signed_in: bool = True, hold_name: bool = False
) -> Iterator[OrderBench]:
    """On the folder's own ledger, which is begun where there is none; raises what signing in raises.

    Beside a window of this station in a ledger that stations share too, unless it is to ``hold_name``.
    """
    from gizqr_station import assembly
    from gizqr_station.assembly.order_printers import line_shelf
    from gizqr_station.assembly.orders import labelled_here
    from gizqr_station.assembly.orders_desk import order_parts, report_parts
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.duty import NamedOperator

    settings = load(folder.settings_file)
    opened = assembly.begun_ledger(folder, settings.station.name, hold_name=hold_name)
    with contextlib.closing(opened) as ledger:
        labelled = labelled_here(settings, ledger)
        duty = duty_of(arguments, folder, settings, ledger) if signed_in else NamedOperator(settings.station.operator)
        shelf = line_shelf(assembly.printer_shelf(folder, settings), labelled)
        parts = order_parts(folder, labelled, ledger, duty, shelf)
        reports = report_parts(folder, settings, ledger, assembly.SystemClock(), language=language)
        yield OrderBench(ledger, parts, reports, labelled.number)
