"""The arguments of ``batch``."""

import argparse
from collections.abc import Callable

from gizqr_station.cli.person import add_person
from gizqr_station.cli.values import positive

Common = Callable[[], argparse.ArgumentParser]


def add_batch(command: argparse.ArgumentParser, common: Common) -> None:
    """``batch`` and what can be done with one; ``common`` makes the arguments that every command takes."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str, *, keeps_log: bool = False) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=run, keeps_log=keeps_log)
        return action

    run = add("run", "batch:run", "print labels for a list or for ranges, after one clear yes", keeps_log=True)
    source = run.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", metavar="FILE", help="a text, CSV or XLSX file; - reads standard input")
    source.add_argument(
        "--range", nargs="+", action="extend", dest="ranges", metavar="R", help="FIRST..LAST, or “FIRST x COUNT”"
    )
    run.add_argument("--name", default="", metavar="N", help="what the batch is called (as the file is)")
    run.add_argument("--printer", default="", metavar="NAME", help="which printer (the line's own)")
    run.add_argument("--yes", action="store_true", help="print what is good without asking")
    run.add_argument("--dry-run", action="store_true", help="only look the list through; nothing is kept or printed")
    add_person(run)
    every = add("list", "batch_records:list_batches", "batches, newest first")
    every.add_argument("--limit", type=positive, default=50, metavar="N", help="at most so many (50)")
    _number(add("show", "batch_records:show", "one batch, and what became of each of its devices"))
    resume = add("resume", "batch:resume", "go on with a batch where it stopped", keeps_log=True)
    _number(resume)
    resume.add_argument("--printer", default="", metavar="NAME", help="which printer (the batch's own)")
    add_person(resume)
    cancel = add("cancel", "batch_records:cancel", "give a batch up: nothing more of it is printed", keeps_log=True)
    _number(cancel)
    add_person(cancel)


def _number(action: argparse.ArgumentParser) -> None:
    action.add_argument("number", type=positive, metavar="N", help="its number, as the list shows it")
