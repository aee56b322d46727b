"""``ledger merge | conflicts | keep``: what another station has labelled with a ledger of its own."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.ledger import as_document
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.merging import Merged
from gizqr_station.places import DataFolder
from gizqr_station.wording import state_word

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.settings.model import Settings


def merge(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Take over what is new in a file, however often; or say what that would be."""
    from gizqr_station.assembly.merging import merge_file

    dry_run: bool = arguments.dry_run
    with stop_at_interrupt() as stop, _opened(folder) as (settings, ledger):
        merged = merge_file(
            folder,
            ledger,
            arguments.file,
            lambda: duty_of(arguments, folder, settings, ledger),
            stop,
            dry_run=dry_run,
        )
    answer.give({**_document(merged), "dry_run": dry_run}, _lines(merged, dry_run=dry_run))
    return 0


def conflicts(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Each device with all its live labels: the one that counts first."""
    del arguments
    from gizqr_station.workflows.merge import conflicts as found_in

    with _opened(folder) as (_, ledger):
        found = found_in(ledger)
    lines = []
    for conflict in found:
        lines.append(conflict.labels[0].identity.readable)
        lines.extend(f"    {_line(job, answer.language)}" for job in conflict.labels)
    shown = [[_label(job) for job in conflict.labels] for conflict in found]
    answer.give({"found": len(found), "conflicts": shown}, lines or ["No device has labels of two ledgers."])
    return 0


def keep(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Say which label stays on a device."""
    from gizqr_station.workflows.merge import keep as keep_label

    with _opened(folder) as (settings, ledger):
        duty = duty_of(arguments, folder, settings, ledger)
        kept, voided = keep_label(ledger, arguments.serial, duty, arguments.remark)
    lines = [f"{kept.draft.label_serial} stays on {kept.identity.readable}."]
    lines += [f"{job.draft.label_serial} of {job.draft.station} is voided: destroy it." for job in voided]
    answer.give({"kept": _label(kept), "voided": [_label(job) for job in voided]}, lines)
    return 0


def _lines(merged: Merged, *, dry_run: bool) -> list[str]:
    taken = merged.taken
    if merged.upto == merged.behind:
        return [f"Nothing new in ledger {merged.origin[:12]}: its {merged.upto} entries are all here."]
    done = "would be taken over" if dry_run else "taken over"
    lines = [
        f"Ledger {merged.origin[:12]}, entries {merged.behind + 1} to {merged.upto}: {taken.labels} labels {done}."
    ]
    if taken.contested:
        lines.append(f"{taken.contested} of them are on devices that have a label here: `ledger conflicts`.")
    return lines


def _document(merged: Merged) -> dict[str, object]:
    taken = merged.taken
    counts = {"labels": taken.labels, "moves": taken.moves, "contested": taken.contested}
    return {"origin": merged.origin, "behind": merged.behind, "upto": merged.upto, "head": merged.head, **counts}


def _label(job: PrintJob) -> dict[str, object]:
    return {**as_document(job), "contested": job.contested, "origin": job.origin}


def _line(job: PrintJob, language: str) -> str:
    where = f"{job.draft.station}, ledger {job.origin[:12]}" if job.origin else job.draft.station
    when = job.opened_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{job.draft.label_serial}  {state_word(job.state.value, language)}  {when}  {job.draft.operator}, {where}"


@contextlib.contextmanager
def _opened(folder: DataFolder) -> "Iterator[tuple[Settings, SqlLedger]]":
    from gizqr_station.assembly import existing_ledger
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield settings, ledger
