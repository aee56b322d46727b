"""``ledger backup | restore``: copies of the ledger, and a copy that takes its place."""

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import add_person, duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.people import Permission
from gizqr_station.places import DataFolder
from gizqr_station.settings.store import load

if TYPE_CHECKING:
    from gizqr_station.domain.restoring import Restored
    from gizqr_station.ledger.store import SqlLedger


def add_copies(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", common: Callable[[], argparse.ArgumentParser]
) -> None:
    """``backup`` and ``restore``; ``common`` makes the arguments that every command takes."""
    purpose = "copy the ledger, also while the station runs"
    backup = actions.add_parser("backup", help=purpose, description=purpose, parents=[common()])
    backup.set_defaults(run="ledger_copies:backup")
    add_person(backup)
    purpose = "let a copy take the ledger's place, with what the old file still tells"
    restore = actions.add_parser("restore", help=purpose, description=purpose, parents=[common()])
    restore.set_defaults(run="ledger_copies:restore")
    restore.add_argument("copy", type=Path, metavar="FILE", help="a copy that `ledger backup` or a shift has made")
    add_person(restore)


def backup(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """A copy as of now."""
    from gizqr_station.assembly import existing_ledger
    from gizqr_station.assembly.clock import SystemClock
    from gizqr_station.assembly.copies import copies_for

    settings = load(folder.settings_file)
    with contextlib.closing(existing_ledger(folder)) as ledger, stop_at_interrupt() as stop:
        who = duty_of(arguments, folder, settings, ledger).require(Permission.BACK_UP, "copy")
        copy = copies_for(folder, settings, ledger, SystemClock()).copy(who=who, stop=stop)
    answer.give({"copy": copy}, [f"{copy} is a whole copy."])
    return 0


def restore(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """The copy becomes the ledger; the station must not run."""
    from gizqr_station.assembly.copies import restore as restore_copy

    settings = load(folder.settings_file)

    def allowed(ledger: "SqlLedger") -> str:
        return duty_of(arguments, folder, settings, ledger).require(Permission.RESTORE, arguments.copy.name)

    restored = restore_copy(folder, settings, arguments.copy, allowed)
    answer.give(_document(restored), _lines(restored))
    return 0


def _lines(restored: "Restored") -> list[str]:
    salvaged = restored.salvaged
    lines = [f"{restored.copy} is the ledger now, with {restored.copied_entries} entries of its own."]
    if restored.kept_as:
        lines.append(f"The old file is kept as {restored.kept_as}.")
    if salvaged.readable:
        lines.append(f"Taken over from it: {salvaged.labels} labels begun since, {salvaged.moved} that had gone on.")
    if restored.labels_may_be_missing:
        lost = f"{salvaged.unreadable} labels" if salvaged.readable else "Every label made since that copy"
        lines.append(f"{lost} could not be taken over: such a device would get a second label.")
        lines.append("Before you label a device, look whether it has a label already.")
    if salvaged.acts:
        lines.append(
            f"{salvaged.acts} acts since that copy about orders, shifts, lists or rolls are gone: look at them."
        )
    if restored.checkpoints_set_aside:
        lines.append(f"{restored.checkpoints_set_aside} checkpoints of what is gone were set aside beside the others.")
    return lines


def _document(restored: "Restored") -> dict[str, object]:
    salvaged = restored.salvaged
    return {
        "copy": restored.copy,
        "copied_entries": restored.copied_entries,
        "signed_entries": restored.signed_entries,
        "kept_as": restored.kept_as,
        "salvaged": {
            "readable": salvaged.readable,
            "labels": salvaged.labels,
            "moved": salvaged.moved,
            "unreadable": salvaged.unreadable,
            "acts_lost": salvaged.acts,
        },
        "labels_may_be_missing": restored.labels_may_be_missing,
        "checkpoints_set_aside": restored.checkpoints_set_aside,
    }
