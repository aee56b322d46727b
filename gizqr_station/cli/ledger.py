"""``ledger find | show | export | verify``: what was done, for scripts and QA."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.ledger_failures import NothingRecorded, SeveralMatch
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.places import DataFolder
from gizqr_station.wording import state_word
from gizqr_station.workflows.ports import Entry

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger


MOST_SHOWN = 500


def find(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Labels that match, newest first."""
    with _ledger(folder) as ledger:
        jobs = ledger.find(arguments.text, arguments.limit)
    if arguments.text and not jobs:
        raise NothingRecorded(arguments.text)
    lines = [_line(job, answer.language) for job in jobs] or ["No label yet."]
    answer.give({"found": len(jobs), "jobs": [as_document(job) for job in jobs]}, lines)
    return 0


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Every label of the one unit that matches, with all that was written of it."""
    with _ledger(folder) as ledger:
        found = ledger.find(arguments.text, MOST_SHOWN)
        if not found:
            raise NothingRecorded(arguments.text)
        units = {job.identity for job in found}
        if len(units) > 1:
            raise SeveralMatch(arguments.text, len(units))
        jobs = [job for job in ledger.find(str(found[0].identity), MOST_SHOWN) if job.identity == found[0].identity]
        told = [(job, ledger.history(job.id)) for job in jobs]
    lines = []
    for job, entries in told:
        lines.append(_line(job, answer.language))
        lines.extend(f"    {_entry_line(entry, answer.language)}" for entry in entries)
    document = [{**as_document(job), "history": [_entry_document(entry) for entry in entries]} for job, entries in told]
    answer.give({"identity": str(found[0].identity), "jobs": document}, lines)
    return 0


def export(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """All labels as CSV."""
    from gizqr_station.ledger.csv_export import write_csv

    with _ledger(folder) as ledger:
        try:
            rows = write_csv(ledger.all_jobs(), arguments.output)
        except OSError as fault:
            raise FileNotWritten(str(arguments.output), fault.strerror or type(fault).__name__) from fault
    answer.give({"output": str(arguments.output), "rows": rows}, [f"{arguments.output}: {rows} labels"])
    return 0


def verify(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Whether file and records are whole."""
    del arguments
    with _ledger(folder) as ledger:
        failure = ledger.verify()
    if failure is not None:
        raise failure
    answer.give({"whole": True, "ledger": str(folder.ledger_file)}, [f"{folder.ledger_file} is whole."])
    return 0


def as_document(job: PrintJob) -> dict[str, object]:
    """One job for JSON."""
    draft = job.draft
    return {
        "id": job.id,
        "label_serial": draft.label_serial,
        "identity": str(draft.identity),
        "kind": draft.identity.kind.value,
        "product_key": draft.product_key,
        "product_name": draft.product_name,
        "work_order": draft.work_order,
        "content": draft.content,
        "code_source": draft.code_source.value,
        "state": job.state.value,
        "outcome": job.outcome.value if job.outcome else None,
        "mark": job.mark,
        "revision": draft.revision,
        "test": draft.test,
        "opened_at": job.opened_at.isoformat(),
        "moved_at": job.moved_at.isoformat(),
        "printer": draft.printer,
        "station": draft.station,
        "operator": draft.operator,
        "template": draft.template,
        "dpi": draft.dpi,
        "image_digest": draft.image_digest,
    }


@contextlib.contextmanager
def _ledger(folder: DataFolder) -> "Iterator[SqlLedger]":
    from gizqr_station.assembly import existing_ledger

    with contextlib.closing(existing_ledger(folder)) as ledger:
        yield ledger


def _line(job: PrintJob, language: str) -> str:
    when = job.moved_at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    mark = f" {job.mark}" if job.mark else ""
    return f"{job.draft.label_serial}{mark}  {job.identity.readable}  {state_word(job.state.value, language)}  {when}"


def _entry_line(entry: Entry, language: str) -> str:
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    said = f"  ({entry.evidence})" if entry.evidence else ""
    word = state_word(entry.state.value, language) if entry.kind == "move" else entry.kind
    return f"{when}  {word}  {entry.who}{said}"


def _entry_document(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "kind": entry.kind,
        "state": entry.state.value,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "evidence": entry.evidence,
    }
