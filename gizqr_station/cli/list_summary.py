"""What a list came to: for people as far as they would read, for scripts whole."""

from collections.abc import Iterator

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict
from gizqr_station.wording import words_for

MOST_SHOWN = 20
"""Lines of one kind on a terminal."""
_KINDS = {
    Verdict.BAD: "Cannot be labelled",
    Verdict.REPEATED: "In the list before",
    Verdict.NOT_ALLOWED: "Not of this product or order",
    Verdict.LABELLED: "Have a label",
}


def summary_lines(checked: CheckedList, language: str, purpose: str = "to print") -> Iterator[str]:
    """How many are good, and of each other kind the first lines with their reasons."""
    yield f"{checked.name}: {len(checked.good)} of {len(checked.lines)} {purpose}."
    for verdict, title in _KINDS.items():
        lines = [line for line in checked.lines if line.verdict is verdict]
        if lines:
            yield f"{title}: {len(lines)}"
        for line in lines[:MOST_SHOWN]:
            yield f"    line {line.number}: {_reason(line, language)}"
        if len(lines) > MOST_SHOWN:
            yield f"    and {len(lines) - MOST_SHOWN} more"


def summary_document(checked: CheckedList, answer: Answer) -> dict[str, object]:
    """All of it for JSON."""
    return {
        "name": checked.name,
        "counts": {verdict.value: checked.count(verdict) for verdict in Verdict},
        "identities": [str(line.identity) for line in checked.good],
        "left_out": [_line_document(line, answer) for line in checked.lines if line.verdict is not Verdict.GOOD],
    }


def _line_document(line: ListLine, answer: Answer) -> dict[str, object]:
    return {
        "line": line.number,
        "text": line.text,
        "verdict": line.verdict.value,
        "identity": str(line.identity) if line.identity is not None else None,
        "first_line": line.first or None,
        "error": answer.error_document(line.failure),
    }


def _reason(line: ListLine, language: str) -> str:
    if line.failure is None:
        # A repeat is no failure: the first of them is printed.
        shown = line.identity.readable if line.identity is not None else line.text
        return f"{shown} stands in line {line.first}."
    words = words_for(line.failure, language)
    return f"{words.what} [{words.code}]"
