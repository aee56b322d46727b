"""``codes fetch | resume | cancel``: codes are fetched ahead while there is a network."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.codes_pool import fetch_document, fetch_line
from gizqr_station.cli.fetch_patience import Patience
from gizqr_station.cli.person import person_for
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import CheckedList
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.list_failures import ListEmpty
from gizqr_station.domain.people import Permission
from gizqr_station.domain.pool_failures import FetchNotAccepted, FetchPaused
from gizqr_station.domain.pooled_codes import FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for

if TYPE_CHECKING:
    from gizqr_station.assembly.codes_bench import CodesBench
    from gizqr_station.workflows.code_happenings import FetchSeen
    from gizqr_station.workflows.happenings import Happening, Tell

_STANDARD_INPUT = "-"
_YES = frozenset({"y", "yes", "是"})
_SAID_EVERY_S = 10.0
"""How often a wait is said where no bar is shown."""
UNATTENDED_S = 600.0
"""So long a service is waited for where nobody sits at a terminal, unless --wait says otherwise."""


def fetch(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Ask once, then fetch what is missing; Ctrl+C pauses."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.code_fetch import begin_fetch

    settings = load(folder.settings_file)
    with codes_bench(folder, settings) as bench, stop_at_interrupt() as stop:
        person_for(arguments, folder, settings, bench.ledger, Permission.LABEL)
        parts = bench.pooled.fetch
        name, ranges = _wished(arguments, bench, answer, stop)
        missing = parts.left_of(ranges, stop)
        if not missing:
            return _nothing(name, ranges, answer)
        _say_quota(bench, ranges, answer, stop)
        refused = _refused(arguments, name, missing)
        if refused is not None:
            return answer.conclude({"fetch": None, "missing": _count(missing)}, [], refused)
        with parts.hold():
            number = begin_fetch(parts, name, missing, stop).number
            return _fetched(bench, number, stop, answer, _patience_s(arguments))


def resume(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Go on where it stopped."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    with codes_bench(folder, settings) as bench, stop_at_interrupt() as stop:
        person_for(arguments, folder, settings, bench.ledger, Permission.LABEL)
        with bench.pooled.fetch.hold():
            return _fetched(bench, arguments.number, stop, answer, _patience_s(arguments))


def cancel(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """One that runs in a station is cancelled there."""
    from gizqr_station.assembly.codes_bench import codes_bench
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.code_fetch import cancel_fetch

    settings = load(folder.settings_file)
    with codes_bench(folder, settings) as bench:
        person_for(arguments, folder, settings, bench.ledger, Permission.LABEL)
        cancelled = cancel_fetch(bench.pooled.fetch, arguments.number)
    answer.give({"fetch": fetch_document(cancelled)}, [fetch_line(cancelled, answer.language)])
    return 0


def _wished(
    arguments: argparse.Namespace, bench: "CodesBench", answer: Answer, stop: Stop
) -> tuple[str, tuple[IdentityRange, ...]]:
    from gizqr_station.workflows.code_wishes import wished_ranges

    if arguments.file is None:
        return wished_ranges(bench.allowance, "\n".join(arguments.ranges))
    from gizqr_station.cli.list_summary import summary_lines

    checked = _checked(arguments.file, bench, stop)
    answer.say("\n".join(summary_lines(checked, answer.language, "to fetch")))
    if not checked.good:
        raise ListEmpty(checked.name)
    return checked.name, joined(line.identity for line in checked.good if line.identity is not None)


def _checked(file: str, bench: "CodesBench", stop: Stop) -> CheckedList:
    """The list may be of an order to come: the one of the settings does not limit it."""
    from gizqr_station.lists import limits
    from gizqr_station.lists.files import read_bytes, read_list
    from gizqr_station.workflows.list_check import check_list

    if file == _STANDARD_INPUT:
        raw = read_bytes(sys.stdin.buffer.read(limits.FILE_BYTES + 1), "standard input")
    else:
        raw = read_list(Path(file))
    allowance = replace(bench.allowance, ranges=(), order="", quantity=None)
    return check_list(raw, bench.ledger, bench.product.key, allowance, lambda _: None, stop)


def _nothing(name: str, ranges: tuple[IdentityRange, ...], answer: Answer) -> int:
    """All of them have what they need: whoever runs this every evening is not told that something failed."""
    lines = [f"{name}: all {_count(ranges)} devices have codes or labels, nothing is to be fetched."]
    return answer.conclude({"fetch": None, "missing": 0}, lines, None)


def _say_quota(bench: "CodesBench", ranges: tuple[IdentityRange, ...], answer: Answer, stop: Stop) -> None:
    """Before anybody says yes: codes of devices that can never register are of no use."""
    from gizqr_station.workflows.code_cuts import labelled_among
    from gizqr_station.workflows.codes_seen import over_quota

    labelled = labelled_among(bench.ledger, bench.product.key, ranges, stop)
    stops = over_quota(_count(ranges) - labelled, bench.left())
    if stops is not None:
        answer.say(words_for(stops, answer.language).line)


def _patience_s(arguments: argparse.Namespace) -> float:
    """How long a service may be away; 0 without end, which is right only where somebody sits and can press Ctrl+C."""
    if arguments.wait is not None:
        wanted: float = arguments.wait
        return wanted
    return 0.0 if sys.stdin.isatty() else UNATTENDED_S


def _refused(arguments: argparse.Namespace, name: str, missing: tuple[IdentityRange, ...]) -> FetchNotAccepted | None:
    """None after one clear yes."""
    from gizqr_station.workflows.code_cuts import cuts_of

    if arguments.yes:
        return None
    if not sys.stdin.isatty():
        return FetchNotAccepted(name, _count(missing))
    tasks = sum(1 for _ in cuts_of(missing))
    sys.stderr.write(f"Fetch {_count(missing)} codes in {tasks} task{'s' * (tasks > 1)}? [y/N] ")
    sys.stderr.flush()
    accepted = sys.stdin.readline().strip().casefold() in _YES
    return None if accepted else FetchNotAccepted(name, _count(missing))


def _fetched(bench: "CodesBench", number: int, stop: Stop, answer: Answer, patience_s: float) -> int:
    """Run it to its end, or until it pauses."""
    from gizqr_station.workflows.code_fetch import FetchRun

    patience = Patience(patience_s, stop)
    with _progress(answer) as shown:

        def tell(happening: "Happening") -> None:
            shown(happening)
            patience.hear(happening)

        seen = FetchRun(bench.pooled.fetch, tell).run(number, stop)
    if patience.ended is not None:
        words = words_for(patience.ended, answer.language)
        answer.say(f"Nothing came for {patience_s:g} s (--wait): {words.what} [{words.code}]")
    left = seen.fetch.total - seen.done
    failure: Failure | None = seen.failure
    lines = [fetch_line(seen.fetch, answer.language), f"{seen.done} of {seen.fetch.total} codes are in the pool."]
    if seen.fetch.state is not FetchState.DONE and failure is None:
        failure = FetchPaused(number, left)
    elif seen.fetch.state is FetchState.PAUSED:
        lines.append(f"`gizqr-station codes resume {number}` goes on with it.")
    return answer.conclude({"fetch": fetch_document(seen.fetch, seen.done), "missing": left}, lines, failure)


@contextlib.contextmanager
def _progress(answer: Answer) -> "Iterator[Tell]":
    """A bar on stderr where that is a terminal, else a line for each task and each wait."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gizqr_station.workflows.code_happenings import FetchSeen

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = sys.stderr.isatty()
    with Progress(*columns, console=Console(file=sys.stderr), disable=not shown) as progress:
        bar = progress.add_task("codes", total=None)
        lines = _Lines(answer)

        def tell(happening: "Happening") -> None:
            if isinstance(happening, FetchSeen):
                waits = f"waits {happening.waits_s:.0f} s, Ctrl+C pauses" if happening.waits_s else "codes"
                progress.update(bar, total=happening.fetch.total, completed=happening.done, description=waits)
                if not shown:
                    lines.hear(happening)

        yield tell


class _Lines:
    """Says each task, and every few seconds why nothing goes on."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._cut = ""
        self._left_s = 0.0

    def hear(self, seen: "FetchSeen") -> None:
        if seen.waits_s and seen.failure is not None:
            if not 0 <= self._left_s - seen.waits_s < _SAID_EVERY_S:
                self._left_s = seen.waits_s
                words = words_for(seen.failure, self._answer.language)
                self._answer.say(f"{words.what} [{words.code}] Again in {seen.waits_s:.0f} s; Ctrl+C pauses.")
        elif seen.cut and seen.cut != self._cut:
            self._cut = seen.cut
            self._answer.say(f"{seen.done} of {seen.fetch.total}: {seen.cut}")


def _count(ranges: tuple[IdentityRange, ...]) -> int:
    return sum(len(each) for each in ranges)
