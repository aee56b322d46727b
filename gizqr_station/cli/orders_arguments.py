"""``orders`` and ``shift``: their actions and their arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.person import add_person
from gizqr_station.cli.values import positive

Common = Callable[[], argparse.ArgumentParser]


def add_orders(command: argparse.ArgumentParser, common: Common) -> None:
    """Work orders, from plan to close."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str, *, changes: bool = True) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=f"orders:{run}", keeps_log=changes)
        if changes:
            add_person(action)
        return action

    def about(name: str, run: str, purpose: str, *, changes: bool = True) -> argparse.ArgumentParser:
        action = add(name, run, purpose, changes=changes)
        action.add_argument("number", metavar="NUMBER", help="of the order")
        return action

    plan = about("plan", "plan", "plan an order: what this station labels now, so many units of it")
    plan.add_argument("--quantity", type=positive, required=True, metavar="N", help="units")
    named = "its devices: FIRST..LAST, or “FIRST x COUNT”; none = any"
    plan.add_argument("--range", dest="ranges", nargs="+", default=[], metavar="RANGE", help=named)
    plan.add_argument("--file", type=Path, metavar="FILE", help="a text, CSV or XLSX file with its devices")
    for name, purpose in (
        ("product-key", "another product than the station's"),
        ("product-name", "as printed on its labels"),
        ("template", "another label template"),
        ("printer", "another printer, by its name"),
    ):
        plan.add_argument(f"--{name}", default="", metavar="X", help=purpose)
    about("sign", "sign", "fix what was planned: a lead's word")
    take = add("take", "take", "changeover: this station works on the order from now on")
    take.add_argument(
        "number", nargs="?", default="", metavar="NUMBER", help="without one, the order in hand goes back"
    )
    release = about("release", "release", "QA releases the order by its first label, which somebody else made")
    release.add_argument("--scanned", default="", metavar="CONTENT", help="what QA's scanner reads from that label")
    close = about("close", "close", "end the order with a report; nothing of it may be unsettled")
    close.add_argument("--remark", default="", metavar="TEXT", help="why, where units are missing")
    cancel = about("cancel", "cancel", "give up an order of which no label is out")
    cancel.add_argument("--remark", default="", metavar="TEXT", help="why")
    every = add("list", "list_orders", "orders and how they stand", changes=False)
    every.add_argument("--closed", action="store_true", help="those that ended too")
    about("show", "show", "everything about one order, as its report says it", changes=False)
    about("report", "report", "write the report of one order as PDF and CSV")


def add_shift(command: argparse.ArgumentParser, common: Common) -> None:
    """The shift at this station."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str, *, changes: bool = True) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=f"shift:{run}", keeps_log=changes)
        if changes:
            add_person(action)
        return action

    add("open", "open_shift", "begin a shift at this station")
    close = add("close", "close", "end it with a report, a checkpoint and a copy of the ledger")
    close.add_argument("--remark", default="", metavar="TEXT", help="what the next shift should know")
    add("show", "show", "how the shift stands, and what keeps it from being closed", changes=False)
