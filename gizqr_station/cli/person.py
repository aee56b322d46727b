"""Who types a command, where the ledger knows people: a name, and a PIN that no command line shows."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.domain.people import NameAndPin, Permission
from gizqr_station.domain.people_failures import PersonNotNamed, PinNotGiven
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.settings.model import Settings
    from gizqr_station.workflows.duty import Duty

PIN_VARIABLE = "GIZQR_PIN"
_LONGEST_LINE = 200


def add_person(command: argparse.ArgumentParser) -> None:
    """``--person`` and ``--pin-file``, of a command that labels, corrects or changes anything."""
    command.add_argument("--person", default="", metavar="NAME", help="who does it, once people are known here")
    command.add_argument(
        "--pin-file", type=Path, metavar="FILE", help=f"their PIN is its first line (a prompt, or {PIN_VARIABLE})"
    )


def duty_of(arguments: argparse.Namespace, folder: DataFolder, settings: "Settings", ledger: "SqlLedger") -> "Duty":
    """Who this command is of: the operator of the settings, or from the first lead on whoever shows their PIN.

    Raises PersonNotNamed, PinNotGiven, and what signing in raises.
    """
    del folder  # whoever is signed in at a window of this folder is not this command's
    from gizqr_station.assembly.people import people_of

    people = people_of(ledger, settings, locks=False)
    if ledger.anybody():
        people.duty.sign_in(name_and_pin(arguments))
    return people.duty


def person_for(
    arguments: argparse.Namespace,
    folder: DataFolder,
    settings: "Settings",
    ledger: "SqlLedger | None",
    permission: Permission,
    about: str = "",
) -> str:
    """The name of whoever gave the command, if they may; while nobody is known, the operator of the settings.

    ``ledger``: None where there is none yet. For what makes and corrects no label, as ``require_once_known``.
    """
    from gizqr_station.workflows.duty import NamedOperator, require_once_known

    if ledger is None:
        nobody = NamedOperator(settings.station.operator, required=settings.people.required)
        return require_once_known(nobody, permission, about)
    return require_once_known(duty_of(arguments, folder, settings, ledger), permission, about)


def name_and_pin(arguments: argparse.Namespace) -> NameAndPin:
    """As the arguments, the environment or a person at the terminal say."""
    if not arguments.person:
        raise PersonNotNamed
    name: str = arguments.person
    return NameAndPin(name, secret_line(arguments.pin_file, PIN_VARIABLE, f"PIN of {name}: ", name))


def secret_line(file: Path | None, variable: str, prompt: str, person: str) -> str:
    """The first line of a file, a variable of the environment, or what is typed unseen; PinNotGiven without all."""
    if file is not None:
        try:
            with file.open(encoding="utf-8") as opened:
                return opened.readline(_LONGEST_LINE).strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise PinNotGiven(person) from fault
    if given := os.environ.get(variable, ""):
        return given
    if not sys.stdin.isatty():
        raise PinNotGiven(person)
    return getpass.getpass(prompt).strip()


def new_secret_line(file: Path | None, variable: str, prompt: str, person: str) -> str:
    """The same, typed twice where it is typed: nobody can see what it is; PinNotGiven where the two differ."""
    line = secret_line(file, variable, prompt, person)
    typed = file is None and not os.environ.get(variable)
    if typed and line != secret_line(None, variable, f"{prompt.rstrip()} (again) ", person):
        raise PinNotGiven(person)
    return line
