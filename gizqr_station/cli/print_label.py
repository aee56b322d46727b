"""``print``: one label for one identity, through the queue, with the guards that a line has."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.ledger import as_document
from gizqr_station.cli.outcomes import outcome_line
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings


def print_label(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Print now, which a running station refuses; or with ``--hold`` only queue it, which it does not mind."""
    from gizqr_station.assembly import local_macs_allowed
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    identity = parse_identity(arguments.identity, local_macs=local_macs_allowed(settings))
    with stop_at_interrupt() as stop:
        if arguments.hold:
            job = _queued(arguments, folder, settings, identity, stop)
            lines = [f"Job {job.id}, {job.draft.label_serial}, waits for {job.draft.printer} until it is released."]
            answer.give({"job": as_document(job), "held": True}, lines)
            return 0
        job, failure = _printed(arguments, folder, settings, identity, stop)
    held = job.state is JobState.INTENDED
    document = {"job": as_document(job), "held": held}
    return answer.conclude(document, [_line(job, held=held)], failure)


def _queued(
    arguments: argparse.Namespace, folder: DataFolder, settings: "Settings", identity: Identity, stop: Stop
) -> PrintJob:
    from gizqr_station.assembly import single_bench
    from gizqr_station.workflows.single_label import HELD_BY_HAND, queue_label

    duty = partial(duty_of, arguments, folder, settings)
    with single_bench(folder, settings, arguments.printer, duty=duty) as bench:
        return queue_label(bench, identity, stop, lambda _: None, held_because=HELD_BY_HAND)


def _printed(
    arguments: argparse.Namespace, folder: DataFolder, settings: "Settings", identity: Identity, stop: Stop
) -> tuple[PrintJob, Failure | None]:
    from gizqr_station.assembly import hold, single_bench
    from gizqr_station.workflows.single_label import print_label as print_one

    duty = partial(duty_of, arguments, folder, settings)
    lock = hold(folder)
    try:
        with single_bench(folder, settings, arguments.printer, duty=duty) as bench:
            return print_one(bench, identity, stop, lambda _: None)
    finally:
        lock.release()


def _line(job: PrintJob, *, held: bool) -> str:
    label = f"Job {job.id}, {job.draft.label_serial}{f' {job.mark}' if job.mark else ''}, {job.identity.readable}"
    if held:
        return f"{label}: nothing was sent. It waits, held: release or cancel it."
    due = " It is to be scanned back." if job.open and job.state is not JobState.UNKNOWN else ""
    return f"{label}: {outcome_line(job.outcome or PrintOutcome.UNKNOWN, job.draft.printer)}{due}"
