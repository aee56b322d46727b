"""``ledger verify | checkpoint | evidence``: whether the record is true, and what shows it to others."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import duty_of, person_for
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.audit_failures import failure_of
from gizqr_station.domain.ledger_failures import NothingRecorded, SeveralMatch
from gizqr_station.domain.people import Permission
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.settings.model import Settings

MOST_LOOKED_AT = 500


def verify(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Every entry against its seal and every checkpoint, every label against its entries, and the file itself."""
    del arguments
    from gizqr_station.assembly.checkpoints import checkpoints_for

    with stop_at_interrupt() as stop, _opened(folder) as (settings, ledger):
        verdict = checkpoints_for(folder, settings, ledger).verify(stop)
        if verdict.fault is not None:
            raise failure_of(verdict.fault)
        ledger.require_whole_besides_seals()
        path = ledger.path
    document = {"whole": True, "ledger": path, "entries": verdict.entries, "covered": verdict.covered}
    signed = f"{verdict.covered} of them signed" if verdict.covered else "none of them signed yet: `ledger checkpoint`"
    answer.give(document, [f"{path} is whole: {verdict.entries} entries, {signed}."])
    return 0


def checkpoint(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Sign what the record says now, and keep that in the second place; from the first lead on somebody has to."""
    from gizqr_station.assembly.checkpoints import checkpoints_for, second_place

    with stop_at_interrupt() as stop, _opened(folder) as (settings, ledger):
        who = settings.station.name
        if ledger.anybody() or settings.people.required:
            who = person_for(arguments, folder, settings, ledger, Permission.BACK_UP, "checkpoint")
        made = checkpoints_for(folder, settings, ledger).sign(who=who, stop=stop)
    place = second_place(folder, settings).folder
    document = {"count": made.count, "head": made.head, "root": made.root, "key_id": made.key_id, "folder": place}
    answer.give(document, [f"{made.count} entries signed with key {made.key_id}, kept in {place}."])
    return 0


def evidence(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Write what the record says of one unit, or of one order, so that anybody can check it."""
    from gizqr_station.assembly.evidence import EvidenceMaker

    with stop_at_interrupt() as stop, _opened(folder) as (settings, ledger):
        about = {"work_order": arguments.order} if arguments.order else {"identity": _unit(ledger, arguments.text)}
        who = duty_of(arguments, folder, settings, ledger).require(Permission.EXPORT, next(iter(about.values())))
        made = EvidenceMaker(folder, settings, ledger).write(about, arguments.output.absolute(), who=who, stop=stop)
    document = {"output": str(arguments.output), "labels": made.labels, "entries": made.entries, "key_id": made.key_id}
    said = f"{arguments.output}: {made.labels} labels, {made.entries} entries, signed with key {made.key_id}."
    answer.give(document, [said, "packaging/check_evidence.py checks it, with that key id told on another way."])
    return 0


def _unit(ledger: "SqlLedger", text: str) -> str:
    """The identity of the one unit that matches, as drafts have it; raises NothingRecorded, SeveralMatch."""
    units = {job.identity for job in ledger.find(text, MOST_LOOKED_AT)} if text else set()
    if len(units) > 1:
        raise SeveralMatch(text, len(units))
    for identity in units:
        return identity.text
    raise NothingRecorded(text)


@contextlib.contextmanager
def _opened(folder: DataFolder) -> "Iterator[tuple[Settings, SqlLedger]]":
    from gizqr_station.assembly import existing_ledger
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield settings, ledger
