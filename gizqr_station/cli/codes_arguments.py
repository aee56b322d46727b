"""The arguments of ``codes``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.codes_prove import add_prove
from gizqr_station.cli.person import add_person
from gizqr_station.cli.values import positive, wait_seconds

Common = Callable[[], argparse.ArgumentParser]


def add_codes(command: argparse.ArgumentParser, common: Common) -> None:
    """``codes`` and what can be done with them; ``common`` makes the arguments that every command takes."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str, *, keeps_log: bool = False) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=run, keeps_log=keeps_log)
        return action

    fetch = add("fetch", "codes_fetch:fetch", "fetch codes ahead: of the work order, of ranges, or of a list")
    fetch.set_defaults(keeps_log=True)
    which = fetch.add_mutually_exclusive_group()
    which.add_argument("ranges", nargs="*", default=[], metavar="RANGE", help="FIRST..LAST, or “FIRST x COUNT”")
    which.add_argument("--file", metavar="F", help="a text, CSV or XLSX file; - reads standard input")
    fetch.add_argument("--yes", action="store_true", help="without asking")
    resume = add("resume", "codes_fetch:resume", "go on with a fetch where it stopped", keeps_log=True)
    _number(resume)
    for waits in (fetch, resume):
        waits.add_argument(
            "--wait",
            type=wait_seconds,
            metavar="SECONDS",
            help="pause when nothing came for so long, 0: never (0 at a terminal, else 600)",
        )
        add_person(waits)
    cancel = add("cancel", "codes_fetch:cancel", "give a fetch up; what it brought stays", keeps_log=True)
    _number(cancel)
    add_person(cancel)
    every = add("list", "codes_pool:list_codes", "what the pool has, what the order misses, where codes came from")
    every.add_argument("--gaps", action="store_true", help="only what has neither code nor label; exit 1 if any")
    show = add("show", "codes_pool:show", "one code of the pool, and where it came from")
    show.add_argument("identity", metavar="ID", help="MAC or IMEI")
    remove = add("remove", "codes_pool:remove", "take a wrong code out of the pool, for good", keeps_log=True)
    remove.add_argument("identity", metavar="ID", help="MAC or IMEI")
    remove.add_argument("--reason", required=True, metavar="TEXT", help="why, for whoever asks later")
    add_person(remove)
    taken = add("import", "codes_files:import_files", "take codes from zips and from other stations' pool files")
    taken.set_defaults(keeps_log=True)
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_person(taken)
    export = add("export", "codes_files:export", "write the pool, or some ranges of it, into a file to carry about")
    export.add_argument("--output", type=Path, required=True, metavar="FILE")
    export.add_argument("--replace", action="store_true", help="even if FILE is there already")
    export.add_argument("ranges", nargs="*", default=[], metavar="RANGE", help="only these (all)")
    add_person(export)
    add_prove(actions, common)


def _number(action: argparse.ArgumentParser) -> None:
    action.add_argument("number", type=positive, metavar="N", help="its number, as the list shows it")
