"""``outbox``: its actions and their arguments."""

import argparse
from collections.abc import Callable

from gizqr_station.cli.person import add_person


def add_outbox(command: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]) -> None:
    """``show`` and ``retry``; ``common`` makes the arguments that every command takes."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, purpose: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=f"outbox:{name}")
        return action

    add("show", "how many results are not handed over yet, and why")
    add_person(add("retry", "try those again that wait for a person"))
