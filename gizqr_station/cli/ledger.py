"""``ledger find | show | export | reindex``: what was done, for scripts and QA."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.record_arguments import query_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import NothingRecorded, SeveralMatch
from gizqr_station.domain.people import Permission
from gizqr_station.domain.records import RecordQuery, plain
from gizqr_station.places import DataFolder
from gizqr_station.wording import state_word
from gizqr_station.workflows.ports import Entry
from gizqr_station.workflows.record_exports import query_facts

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger


MOST_SHOWN = 500
UNNAMED = "(command)"
"""Who exported, in the record of a ledger that knows nobody yet."""


def find(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Labels that match: those that nobody can account for first, then the newest."""
    query = query_of(arguments)
    with _looked_into(folder) as ledger:
        jobs, after = _first(ledger, query, arguments.after, arguments.limit)
    if query != RecordQuery() and not jobs:
        raise NothingRecorded(", ".join(value for _, value in query_facts(query)))
    lines = [_line(job, answer.language) for job in jobs] or ["No label yet."]
    if after is not None:
        lines.append(f"More: --after {after}")
    answer.give({"found": len(jobs), "jobs": [as_document(job) for job in jobs], "after": after}, lines)
    return 0


def show(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Every label of the one unit that matches, with all that was written of it."""
    with _looked_into(folder) as ledger:
        label = _the_one(ledger, arguments.text)
        jobs = [job for job in ledger.find(str(label.identity), MOST_SHOWN) if job.identity == label.identity]
        told = [(job, ledger.history(job.id)) for job in jobs]
        image = None if arguments.image is None else ledger.image(label.id)
    lines = []
    for job, entries in told:
        lines.append(_line(job, answer.language))
        lines.extend(f"    {_entry_line(entry, answer.language)}" for entry in entries)
    shown = [{**as_document(job), "history": [_entry_document(entry) for entry in entries]} for job, entries in told]
    document: dict[str, object] = {"identity": str(label.identity), "jobs": shown}
    if image is not None:
        _write_picture(image, arguments.image)
        document["image"] = str(arguments.image)
        lines.append(f"{label.draft.label_serial} as it was sent: {arguments.image}")
    answer.give(document, lines)
    return 0


def export(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Labels that match into a .csv or .xlsx file; once people are known here, by one of them who may."""
    from gizqr_station.exports.record_files import RecordFilesOnDisk
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.record_exports import export_records

    output = arguments.output
    with _ledger(folder) as ledger, stop_at_interrupt() as stop:
        who = UNNAMED
        if ledger.anybody():
            duty = duty_of(arguments, folder, load(folder.settings_file), ledger)
            who = duty.require(Permission.EXPORT, output.name)
        files, query = RecordFilesOnDisk(), query_of(arguments)
        rows = export_records(ledger, files, ledger, who, query, output, stop, lambda _: None)
    answer.give({"output": str(output), "rows": rows}, [f"{output}: {rows} labels"])
    return 0


def reindex(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Build anew what records are found by."""
    del arguments
    with _ledger(folder) as ledger:
        rows = ledger.rebuild_search()
    answer.give({"jobs": rows}, [f"{rows} labels can be found."])
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
        "sent_to": job.sent_to,
        "replaces": draft.replaces,
        "reason": draft.reason,
        "allowed_by": draft.allowed_by,
        "station": draft.station,
        "operator": draft.operator,
        "template": draft.template,
        "dpi": draft.dpi,
        "image_digest": draft.image_digest,
    }


def _first(ledger: "SqlLedger", query: RecordQuery, after: int | None, limit: int) -> tuple[list[PrintJob], int | None]:
    """At most so many, and behind which there are more."""
    found: list[PrintJob] = []
    while True:
        page = ledger.search(query, after)
        found += [*page.unknown, *page.jobs]
        if len(found) > limit or (len(found) == limit and page.after is not None):
            return found[:limit], found[limit - 1].id
        if page.after is None:
            return found, None
        after = page.after


def _the_one(ledger: "SqlLedger", text: str) -> PrintJob:
    """The newest label of the one unit that is meant: exactly, or by a part that no other unit has."""
    found = ledger.find(text, MOST_SHOWN)
    exactly = [job for job in found if plain(text) in (job.identity.text, plain(job.draft.label_serial))]
    meant = exactly or found
    if not meant:
        raise NothingRecorded(text)
    if units := len({job.identity for job in meant}) - 1:
        raise SeveralMatch(text, units + 1)
    return meant[0]


def _write_picture(image: LabelImage, path: Path) -> None:
    from gizqr_station.exports.whole_file import appearing
    from gizqr_station.printing.languages.png import encode_png

    with appearing(path) as part:
        part.write_bytes(encode_png(image))


@contextlib.contextmanager
def _looked_into(folder: DataFolder) -> "Iterator[SqlLedger]":
    from gizqr_station.assembly import ledger_to_look_into

    with contextlib.closing(ledger_to_look_into(folder)) as ledger:
        yield ledger


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
