"""``codes import | export``: codes that are carried from one machine to another."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import person_for
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pooled_codes import PoolAdded
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.workflows.code_happenings import CodesDone
    from gizqr_station.workflows.happenings import Happening

MOST_NAMED = 10
_BELIEVED = (
    "Whose code it is was taken from the files' own names: nobody asked the service (service.decrypt_check is off)."
)


def import_files(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """One after the other; exit 1 if any of them gave less than it should, with the words of the first such."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.code_files import import_codes

    settings = load(folder.settings_file)
    with codes_bench(folder, settings) as bench, stop_at_interrupt() as stop:
        person_for(arguments, folder, settings, bench.ledger, Permission.LABEL)
        files = (str(file) for file in arguments.files if not stop.asked)
        done = [import_codes(bench.pooled, file, stop, _progress) for file in files]
        codes = bench.pooled.fetch.pool.count(bench.product.key, bench.pooled.fetch.service)
    document = {
        "files": [_document(each, answer) for each in done],
        "codes": codes,
        "stopped": stop.asked,
    }
    lines = [line for each in done for line in _lines(each)]
    lines.append(f"{codes} codes in the pool.")
    if settings.service.decrypt_check == "off" and any(each.added is not None and each.added.new for each in done):
        lines.append(_BELIEVED)
    failures = [each.failure for each in done if each.failure is not None]
    ended = answer.conclude(document, lines, failures[0] if failures else None)
    for failure in failures[1:]:
        answer.say(_line_of(failure, answer))
    return 1 if stop.asked else ended


def export(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Whole or not at all."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.code_cuts import united
    from gizqr_station.workflows.code_files import export_codes
    from gizqr_station.workflows.code_wishes import typed_ranges

    typed = tuple(united(typed_ranges("\n".join(arguments.ranges), local_macs=True))) if arguments.ranges else None
    settings = load(folder.settings_file)
    with codes_bench(folder, settings) as bench, stop_at_interrupt() as stop:
        person_for(arguments, folder, settings, bench.ledger, Permission.EXPORT, arguments.output.name)
        done = export_codes(bench.pooled, str(arguments.output), typed, stop, _progress, replace=arguments.replace)
    document = {"output": str(arguments.output), "codes": done.written}
    lines = [f"{arguments.output}: {done.written} codes."] if done.failure is None else []
    return answer.conclude(document, lines, done.failure)


def _progress(_: "Happening") -> None:
    """A terminal has nothing to show for the second or two that ten thousand take."""


def _document(done: "CodesDone", answer: Answer) -> dict[str, object]:
    added = done.added or PoolAdded()
    return {
        "file": done.file,
        "new": added.new,
        "same": added.same,
        "kept": [str(each) for each in added.kept],
        "refused": [bad.name for bad in added.refused],
        "error": answer.error_document(done.failure),
    }


def _lines(done: "CodesDone") -> Iterator[str]:
    added = done.added or PoolAdded()
    yield f"{done.file}: {added.new} new, {added.same} were there already."
    if added.kept:
        named = ", ".join(each.readable for each in added.kept[:MOST_NAMED])
        more = f" and {len(added.kept) - MOST_NAMED} more" if len(added.kept) > MOST_NAMED else ""
        yield f"    {len(added.kept)} have another code and keep it: {named}{more}"


def _line_of(failure: Failure, answer: Answer) -> str:
    from gizqr_station.wording import words_for

    return words_for(failure, answer.language).line.replace("\n", " ")
