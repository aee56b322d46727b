"""``ledger reprint | void | settle``: QA's corrections for scripts, under the same rules as at the desk."""

import argparse
import contextlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.ledger import as_document
from gizqr_station.cli.outcomes import outcome_line
from gizqr_station.cli.person import duty_of, secret_line
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.job import PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.people import NameAndPin
from gizqr_station.places import DataFolder
from gizqr_station.wording import state_word

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings
    from gizqr_station.workflows.corrections import Corrections

SECOND_PIN_VARIABLE = "GIZQR_SECOND_PIN"


def reprint(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Void a label and print another one that says the same; a running station refuses, for it holds the folder."""
    from gizqr_station.assembly import hold

    lock = hold(folder)
    try:
        with stop_at_interrupt() as stop, _desk(arguments, folder) as desk:
            old = _job(desk, arguments.serial)
            made = desk.reprint(
                old.id,
                ReprintReason(arguments.reason),
                arguments.remark,
                _second(arguments),
                stop,
                printer=arguments.printer,
            )
    finally:
        lock.release()
    job, replaced = made.job, made.replaced.draft.label_serial
    document = {"job": as_document(job), "replaced": replaced, "small_code": made.small_code}
    due = "Scan both of its codes back." if made.small_code else "Scan it back."
    outcome = outcome_line(job.outcome or PrintOutcome.UNKNOWN, job.draft.printer)
    lines = [f"{job.draft.label_serial} {job.mark}, {job.identity.readable}: {outcome} {due}"]
    return answer.conclude(document, [*lines, f"{replaced} is voided: destroy it."], made.failure)


def void(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Take a label back without another."""
    with _desk(arguments, folder) as desk:
        job = desk.void(_job(desk, arguments.serial).id, ReprintReason(arguments.reason), arguments.remark)
    answer.give({"job": as_document(job)}, [_line(job, answer.language)])
    return 0


def settle(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Say what became of a label that may or may not have come out."""
    with _desk(arguments, folder) as desk:
        if arguments.no_usable_label:
            job = desk.no_usable_label(_job(desk, arguments.serial).id)
        else:
            job = desk.found(arguments.serial, arguments.found)
    answer.give({"job": as_document(job)}, [_line(job, answer.language)])
    return 0


def _job(desk: "Corrections", label_serial: str) -> PrintJob:
    job = desk.with_serial(label_serial)
    if job is None:
        raise NothingRecorded(label_serial)
    return job


@contextlib.contextmanager
def _desk(arguments: argparse.Namespace, folder: DataFolder) -> "Iterator[Corrections]":
    from gizqr_station.assembly.corrections import correction_desk

    settings = _settings(folder)
    duty = partial(duty_of, arguments, folder, settings)
    with correction_desk(folder, settings, duty, lambda _: None) as desk:
        yield desk


def _settings(folder: DataFolder) -> "Settings":
    from gizqr_station.settings.store import load

    return load(folder.settings_file)


def _second(arguments: argparse.Namespace) -> NameAndPin | None:
    """The second person, with their own PIN; None where none was named."""
    name: str = arguments.second
    if not name:
        return None
    return NameAndPin(name, secret_line(arguments.second_pin_file, SECOND_PIN_VARIABLE, f"PIN of {name}: ", name))


def _line(job: PrintJob, language: str) -> str:
    return f"{job.draft.label_serial}, {job.identity.readable}: {state_word(job.state.value, language)}"
