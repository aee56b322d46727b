"""What paper and ledger say of each other: every way in which they may not differ, in words."""

import itertools
from collections import defaultdict
from datetime import datetime

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.ports import Entry
from tests.end_to_end.lying_bench import OPERATOR, Handed
from tests.printing.lying_printer import LyingPrinter, OnPaper

_GOOD = {JobState.PRINTED, JobState.VERIFIED}
_ASKED = {JobState.SENT, JobState.UNKNOWN, JobState.VOIDED}
"""States in which a label may come out: it is under way, or a person was or is asked about it."""


def verdict(ledger: SqlLedger, printer: LyingPrinter, handed: list[Handed]) -> list[str]:
    """Empty if all is well."""
    jobs = {str(job.id): job for job in ledger.all_jobs()}
    moves = {name: [entry for entry in ledger.history(job.id) if entry.kind == "move"] for name, job in jobs.items()}
    paper: dict[str, list[OnPaper]] = defaultdict(list)
    for piece in printer.paper:
        paper[piece.job].append(piece)
    return [
        *_good_without_a_label(moves, paper),
        *_second_labels(jobs, moves, paper),
        *_surprises(moves, paper),
        *_refused_and_sent(jobs, printer, handed),
    ]


def _good_without_a_label(moves: dict[str, list[Entry]], paper: dict[str, list[OnPaper]]) -> list[str]:
    found = []
    for name, entries in moves.items():
        out_at = min((piece.at for piece in paper[name] if piece.whole), default=None)
        found += [
            f"shown as printed: job {name} is {entry.state.value}, and no whole label was out"
            for entry in entries
            if entry.state in _GOOD and (out_at is None or entry.at < out_at)
        ]
    return found


def _second_labels(
    jobs: dict[str, PrintJob], moves: dict[str, list[Entry]], paper: dict[str, list[OnPaper]]
) -> list[str]:
    found, of_identity = [], defaultdict(list)
    for name in jobs:
        whole = [piece for piece in paper[name] if piece.whole]
        if sum(not piece.own_doing for piece in whole) > 1:
            found.append(f"second label: job {name} came out {len(whole)} times")
        if whole:
            of_identity[jobs[name].identity].append(name)
    for names in of_identity.values():
        for earlier, later in itertools.pairwise(names):
            sent_at = min(entry.at for entry in moves[later] if entry.state is JobState.SENT)
            if not any(
                entry.state is JobState.VOIDED and entry.who == OPERATOR and entry.at <= sent_at
                for entry in moves[earlier]
            ):
                found.append(f"second label: jobs {earlier} and {later} of one identity, and nobody voided the first")
    return found


def _surprises(moves: dict[str, list[Entry]], paper: dict[str, list[OnPaper]]) -> list[str]:
    found = []
    for name, pieces in paper.items():
        for piece in pieces:
            state = _state_at(moves.get(name, []), piece.at)
            if state not in _ASKED and not (piece.own_doing and state is JobState.PRINTED):
                known = "unknown to the ledger" if state is None else state.value
                found.append(f"surprise: a label of job {name} came out while it was {known}")
    return found


def _state_at(entries: list[Entry], at: datetime) -> JobState | None:
    return next((entry.state for entry in reversed(entries) if entry.at <= at), None)


def _refused_and_sent(jobs: dict[str, PrintJob], printer: LyingPrinter, handed: list[Handed]) -> list[str]:
    found = [
        f"refused and sent: job {one.job}, {one.bytes_at_printer} bytes, {one.report.bytes_sent} said"
        for one in handed
        if jobs[one.job].state is JobState.FAILED and (one.bytes_at_printer or one.report.bytes_sent)
    ]
    return found + [
        f"refused and sent: job {name} reached the printer"
        for name, job in jobs.items()
        if job.state is JobState.FAILED and printer.names[name]
    ]
