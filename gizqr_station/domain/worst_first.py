"""The lines of a judged list as a person looks at them: the worst first, counted, and each verdict by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict

ORDER = (Verdict.BAD, Verdict.NOT_ALLOWED, Verdict.REPEATED, Verdict.LABELLED, Verdict.GOOD)


@dataclass(frozen=True, slots=True)
class WorstFirst:
    """All lines, by ``ORDER`` and within a verdict as they stand in the list."""

    lines: tuple[ListLine, ...]
    counts: Mapping[Verdict, int]
    """Of every verdict."""

    def only(self, verdict: Verdict) -> tuple[ListLine, ...]:
        """The lines that have it."""
        begin = sum(self.counts[worse] for worse in ORDER[: ORDER.index(verdict)])
        return self.lines[begin : begin + self.counts[verdict]]


def worst_first(checked: CheckedList) -> WorstFirst:
    """Half a second for the longest list: not for a thread that somebody waits for."""
    of: dict[Verdict, list[ListLine]] = {verdict: [] for verdict in ORDER}
    for line in checked.lines:
        of[line.verdict].append(line)
    counts = {verdict: len(lines) for verdict, lines in of.items()}
    return WorstFirst(tuple(line for verdict in ORDER for line in of[verdict]), counts)
