"""``printers queue | hold | release | cancel | move``: labels that wait for a printer and a person."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.ledger import as_document
from gizqr_station.cli.outcomes import outcome_line
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.people import Permission
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.places import DataFolder
from gizqr_station.workflows.single_label import HELD_BY_HAND

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger


def queue(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """All that waits, oldest first."""
    del arguments
    with _ledger(folder) as ledger:
        waiting = ledger.queued()
    lines = [waiting_line(one) for one in waiting] or ["No label waits."]
    answer.give({"waiting": len(waiting), "jobs": [waiting_document(one) for one in waiting]}, lines)
    return 0


def hold(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """It waits until somebody releases it."""
    with _ledger(folder) as ledger:
        return _shown(answer, ledger.hold(arguments.job, who=_who(arguments, folder, ledger), reason=HELD_BY_HAND))


def cancel(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Nothing was sent; its device can get another label."""
    with _ledger(folder) as ledger:
        job = ledger.cancel(arguments.job, who=_who(arguments, folder, ledger))
    answer.give({"job": as_document(job)}, [f"Job {job.id} is cancelled: nothing was sent."])
    return 0


def move(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """It waits for another printer of the same resolution."""
    from gizqr_station.assembly import label_printer
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.print_queue import reassign

    printer = label_printer(folder, load(folder.settings_file), arguments.name)
    with _ledger(folder) as ledger:
        return _shown(answer, reassign(ledger, arguments.job, printer, who=_who(arguments, folder, ledger)))


def release(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Print it now. Not while a station runs: there the printers page does it."""
    from gizqr_station.assembly import hold as hold_folder
    from gizqr_station.assembly import label_printer
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.print_queue import release_and_print

    settings = load(folder.settings_file)
    with _ledger(folder) as ledger:
        lock = hold_folder(folder)
        try:
            who = _who(arguments, folder, ledger)
            waiting = ledger.queued_job(arguments.job)
            printer = label_printer(folder, settings, waiting.printer)
            with stop_at_interrupt() as stop:
                done = release_and_print(ledger, arguments.job, printer, who=who, stop=stop, tell=lambda _: None)
        finally:
            lock.release()
    outcome = done.job.outcome or PrintOutcome.UNKNOWN
    return answer.conclude({"job": as_document(done.job)}, [outcome_line(outcome, printer.name)], done.failure)


def waiting_document(waiting: QueuedJob) -> dict[str, object]:
    """One waiting job for JSON."""
    return {
        **as_document(waiting.job),
        "waits_for": waiting.printer,
        "held": waiting.held,
        "reason": waiting.reason,
        "by": waiting.by,
        "since": waiting.since.isoformat(),
    }


def waiting_line(waiting: QueuedJob) -> str:
    """One waiting job for people."""
    job = waiting.job
    state = f"held ({waiting.reason})" if waiting.held else "waits"
    when = waiting.since.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    label = f"{job.draft.label_serial} {job.mark}".strip()
    return f"{job.id}  {label}  {job.identity.readable}  {waiting.printer}  {state}  {waiting.by}, {when}"


@contextlib.contextmanager
def _ledger(folder: DataFolder) -> "Iterator[SqlLedger]":
    from gizqr_station.assembly import existing_ledger

    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield ledger


def _who(arguments: argparse.Namespace, folder: DataFolder, ledger: "SqlLedger") -> str:
    """Whoever gives this command, if they may label."""
    from gizqr_station.settings.store import load

    return duty_of(arguments, folder, load(folder.settings_file), ledger).require(Permission.LABEL)


def _shown(answer: Answer, waiting: QueuedJob) -> int:
    answer.give({"job": waiting_document(waiting)}, [waiting_line(waiting)])
    return 0
