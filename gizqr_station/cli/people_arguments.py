"""``people``: its actions and their arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gizqr_station.cli.person import add_person
from gizqr_station.domain.people import Role

ROLES = tuple(role.value for role in Role)
NEW_PIN_VARIABLE = "GIZQR_NEW_PIN"
BADGE_VARIABLE = "GIZQR_BADGE"


def add_people(command: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]) -> None:
    """No PIN and no badge ever stands in an argument: other users of the machine could read it there."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, run: str, purpose: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[common()])
        action.set_defaults(run=f"people:{run}", keeps_log=True)
        return action

    def about(name: str, run: str, purpose: str) -> argparse.ArgumentParser:
        action = add(name, run, purpose)
        action.add_argument("name", metavar="NAME", help="whom it is about")
        add_person(action)
        return action

    add("list", "list_people", "everybody, and who has left")
    first = add("first-lead", "first_lead", "make the first lead, where nobody is known yet")
    first.add_argument("name", metavar="NAME", help="of the lead")
    _new_pin(first)
    new = about("add", "add", "add somebody with a PIN, a badge or both")
    new.add_argument("--role", choices=ROLES, required=True)
    _new_pin(new)
    _badge(new)
    new.add_argument("--no-pin", action="store_true", help="with a badge alone")
    about("role", "role", "what somebody is there for").add_argument("role", choices=ROLES)
    _new_pin(about("pin", "pin", "give somebody a new PIN"))
    badge = about("badge", "badge", "give somebody a new badge")
    _badge(badge)
    badge.add_argument("--none", action="store_true", help="take the badge away")
    about("unlock", "unlock", "let somebody in again after too many wrong PINs")
    about("leave", "leave", "somebody has left and signs in no more; records keep their name")
    about("return", "come_back", "somebody who had left is back")


def _new_pin(action: argparse.ArgumentParser) -> None:
    named = f"the new PIN is its first line (a prompt, or {NEW_PIN_VARIABLE})"
    action.add_argument("--new-pin-file", type=Path, metavar="FILE", help=named)


def _badge(action: argparse.ArgumentParser) -> None:
    action.add_argument("--badge", action="store_true", help="a badge is asked for: scan it")
    named = f"what the badge says is its first line (or {BADGE_VARIABLE})"
    action.add_argument("--badge-file", type=Path, metavar="FILE", help=named)
