"""``people list | first-lead | add | role | pin | badge | unlock | leave | return``: who may sign in."""

import argparse
import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.people_arguments import BADGE_VARIABLE, NEW_PIN_VARIABLE
from gizqr_station.cli.person import name_and_pin, new_secret_line, secret_line
from gizqr_station.domain.ledger_failures import NoLedger
from gizqr_station.domain.people import Person, Role
from gizqr_station.domain.people_failures import FirstLeadMade, NobodySignedIn
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.assembly.people import People
    from gizqr_station.ledger.store import SqlLedger


def list_people(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Everybody, by name."""
    del arguments
    from gizqr_station.assembly import existing_ledger

    with contextlib.closing(existing_ledger(folder)) as ledger:
        known = ledger.people()
    lines = [_line(person) for person in known] or ["Nobody yet: `gizqr-station people first-lead NAME`."]
    answer.give({"people": [_document(person) for person in known]}, lines)
    return 0


def first_lead(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Of a ledger that knows nobody; it is begun where there is none."""
    with _ledger_and_people(folder) as (ledger, people):
        if ledger.anybody():
            raise FirstLeadMade
        return _shown(answer, people.admin.make_first_lead(arguments.name, _new_pin(arguments)))


def add(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Somebody new."""
    with _as_person(arguments, folder) as people:
        badge = _badge(arguments)
        pin = "" if arguments.no_pin else _new_pin(arguments)
        return _shown(answer, people.admin.add(arguments.name, Role(arguments.role), pin, badge))


def role(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """What they are there for from now on."""
    with _as_person(arguments, folder) as people:
        number = people.admin.number_of(arguments.name)
        return _shown(answer, people.admin.change(number, role=Role(arguments.role)))


def pin(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Of anybody for a lead, one's own for everybody."""
    with _as_person(arguments, folder) as people:
        number = people.admin.number_of(arguments.name)
        on_duty = people.duty.person
        own = on_duty is not None and on_duty.id == number
        shown = name_and_pin(arguments).pin if own else ""
        return _shown(answer, people.admin.set_pin(number, _new_pin(arguments), shown))


def badge(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Another one, or none."""
    with _as_person(arguments, folder) as people:
        number = people.admin.number_of(arguments.name)
        arguments.badge = True
        return _shown(answer, people.admin.set_badge(number, "" if arguments.none else _badge(arguments)))


def unlock(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Their wrong PINs are forgotten."""
    with _as_person(arguments, folder) as people:
        return _shown(answer, people.admin.unlock(people.admin.number_of(arguments.name)))


def leave(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """They sign in no more."""
    return _made_active(arguments, folder, answer, active=False)


def come_back(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """They sign in again, with what they had."""
    return _made_active(arguments, folder, answer, active=True)


def _made_active(arguments: argparse.Namespace, folder: DataFolder, answer: Answer, *, active: bool) -> int:
    with _as_person(arguments, folder) as people:
        return _shown(answer, people.admin.change(people.admin.number_of(arguments.name), active=active))


@contextlib.contextmanager
def _ledger_and_people(folder: DataFolder) -> "Iterator[tuple[SqlLedger, People]]":
    """Beside a station that runs, too; a ledger is begun where there is none."""
    from gizqr_station.assembly import begun_ledger, existing_ledger
    from gizqr_station.assembly.people import people_of
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    try:
        opened = existing_ledger(folder)
    except NoLedger:
        opened = begun_ledger(folder, settings.station.name, hold_name=False)
    with contextlib.closing(opened) as ledger:
        yield ledger, people_of(ledger, settings, locks=False)


@contextlib.contextmanager
def _as_person(arguments: argparse.Namespace, folder: DataFolder) -> "Iterator[People]":
    """Signed in as the arguments say; NobodySignedIn where there is nobody who could be."""
    with _ledger_and_people(folder) as (ledger, people):
        if not ledger.anybody():
            raise NobodySignedIn
        people.duty.sign_in(name_and_pin(arguments))
        yield people


def _new_pin(arguments: argparse.Namespace) -> str:
    return new_secret_line(arguments.new_pin_file, NEW_PIN_VARIABLE, f"New PIN of {arguments.name}: ", arguments.name)


def _badge(arguments: argparse.Namespace) -> str:
    """What the badge says; empty where none is wanted."""
    if not (arguments.badge or arguments.badge_file or os.environ.get(BADGE_VARIABLE)):
        return ""
    return secret_line(arguments.badge_file, BADGE_VARIABLE, f"Scan the badge of {arguments.name}: ", arguments.name)


def _shown(answer: Answer, person: Person) -> int:
    answer.give({"person": _document(person)}, [_line(person)])
    return 0


def _line(person: Person) -> str:
    shows = " and ".join(word for word, has in (("badge", person.has_badge), ("PIN", person.has_pin)) if has)
    state = "" if person.active else "  has left"
    locked = "  locked out: a lead unlocks them" if person.locked_out else ""
    return f"{person.name}  {person.role.value}  {shows or 'nothing to sign in with'}{state}{locked}"


def _document(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "role": person.role.value,
        "active": person.active,
        "has_badge": person.has_badge,
        "has_pin": person.has_pin,
        "language": person.language,
        "failures": person.failures,
        "locked_until": None if person.locked_until is None else person.locked_until.isoformat(),
        "locked_out": person.locked_out,
    }
