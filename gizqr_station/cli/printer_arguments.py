"""The arguments of ``print`` and ``printers``."""

import argparse
from collections.abc import Callable

from gizqr_station.cli.person import add_person
from gizqr_station.cli.values import positive

Common = Callable[[], argparse.ArgumentParser]


def add_print(command: argparse.ArgumentParser) -> None:
    """``print``."""
    command.add_argument("--identity", required=True, metavar="ID", help="MAC or IMEI")
    command.add_argument("--printer", default="", metavar="NAME", help="which printer (the line's own)")
    command.add_argument("--hold", action="store_true", help="only queue it: it waits until somebody releases it")
    add_person(command)


def add_printers(command: argparse.ArgumentParser, common: Common) -> None:
    """``printers`` and what can be done with them; ``common`` makes the arguments that every command takes."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str, *, keeps_log: bool = False) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=run, keeps_log=keeps_log)
        return action

    every = add("list", "printers:list_printers", "printers that are set up")
    every.add_argument("--find", action="store_true", help="look around for others, too; takes some seconds")
    status = add("status", "printers:status", "how printers are; exit 1 if one of them is not ready")
    status.add_argument("name", nargs="?", default="", metavar="NAME", help="one printer (all)")
    test = add("test", "printers:test", "print a test label that no device could be mistaken by", keeps_log=True)
    test.add_argument("name", metavar="NAME")
    test.add_argument("--template", default="", metavar="T", help="label template (the largest that fits)")
    add_person(test)
    use = add("use", "printers:use", "let the line print on this printer", keeps_log=True)
    use.add_argument("name", metavar="NAME")
    add_person(use)
    add("queue", "print_queue:queue", "labels that wait")
    for name, purpose in (
        ("hold", "let a waiting label wait until somebody releases it"),
        ("release", "print a waiting label now"),
        ("cancel", "give a waiting label up: nothing was sent, its device can get another"),
    ):
        action = add(name, f"print_queue:{name}", purpose, keeps_log=True)
        action.add_argument("job", type=positive, metavar="JOB", help="its number, as the queue shows it")
        add_person(action)
    move = add("move", "print_queue:move", "let a waiting label wait for another printer", keeps_log=True)
    move.add_argument("job", type=positive, metavar="JOB", help="its number, as the queue shows it")
    move.add_argument("name", metavar="NAME")
    add_person(move)
