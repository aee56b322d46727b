"""Keeps the patterns of reader profiles from taking for ever: how many ways a pattern can try one line, at most."""

import re
from dataclasses import dataclass

from gizqr_station.readers.text_lines import LONGEST_LINE

LONGEST_PATTERN = 300
MOST_WAYS = 50_000
"""From one starting point: one repetition without an end, and some with one. The worst take most of a second a line."""
_DEEPEST = 8
_QUANTIFIER = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
_GROUP = re.compile(r"\?(?::|=|!|<=|<!|P<identity>|i:)")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|[^0-9a-zA-Z]|[dDwWsSbBnrt])")


class PatternRefused(ValueError):
    """The text is no pattern that a profile may have; the message says why."""


def bounded_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern that has the group ``identity`` and whose work on one line has a known end.

    Upper and lower case count the same, classes are ASCII. Raises PatternRefused: for what Python's ``re`` refuses,
    for a text that is too long, for a missing group, for constructs outside the plain ones (back-references,
    conditions, atomic groups), and where one line could be tried in more than MOST_WAYS ways.
    """
    if len(text) > LONGEST_PATTERN:
        raise PatternRefused(f"longer than {LONGEST_PATTERN} characters")
    try:
        compiled = re.compile(text, re.ASCII | re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as wrong:
        raise PatternRefused(str(wrong)) from wrong
    if compiled.groupindex.keys() != {"identity"}:
        raise PatternRefused("needs one named group: (?P<identity>…)")
    ways = _Ways(text).whole()
    if ways > MOST_WAYS:
        raise PatternRefused("repetitions multiply: leave one out, or give it an end such as {0,8}")
    return compiled


@dataclass(slots=True)
class _Ways:
    """Reads a pattern that ``re`` takes, and counts: alternatives add up, what follows multiplies."""

    text: str
    at: int = 0
    depth: int = 0

    def whole(self) -> int:
        ways = self._alternatives()
        if self.at < len(self.text):
            raise PatternRefused(f"not understood from character {self.at + 1} on")
        return ways

    def _alternatives(self) -> int:
        total = 0
        while True:
            ways = 1
            while self.at < len(self.text) and self.text[self.at] not in "|)":
                ways = min(ways * self._repeated(), MOST_WAYS + 1)
            total = min(total + ways, MOST_WAYS + 1)
            if not self._take("|"):
                return total

    def _repeated(self) -> int:
        ways = self._item()
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None or found[0] == "{}":
            return ways
        self.at = found.end()
        least, most = _times(found)
        if self._take("+"):
            raise PatternRefused("possessive repetitions are not taken")
        self._take("?")
        if ways == 1:
            return most - least + 1
        total = 0
        for times in range(least, most + 1):
            total += ways**times
            if total > MOST_WAYS:
                return MOST_WAYS + 1
        return total

    def _item(self) -> int:
        if self._take("("):
            return self._group()
        if self._take("["):
            self._class()
            return 1
        if self.text[self.at] == "\\":
            found = _ESCAPE.match(self.text, self.at)
            if found is None:
                raise PatternRefused(f"not taken: {self.text[self.at : self.at + 2]}")
            self.at = found.end()
            return 1
        self.at += 1
        return 1

    def _group(self) -> int:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternRefused(f"groups more than {_DEEPEST} deep")
        if self.text[self.at : self.at + 1] == "?":
            found = _GROUP.match(self.text, self.at)
            if found is None:
                raise PatternRefused(f"not taken: ({self.text[self.at : self.at + 3]}")
            self.at = found.end()
        ways = self._alternatives()
        if not self._take(")"):
            raise PatternRefused("a bracket is not closed")
        self.depth -= 1
        return ways

    def _class(self) -> None:
        self._take("^")
        self._take("]")
        while self.at < len(self.text) and not self._take("]"):
            self.at += 2 if self.text[self.at] == "\\" else 1

    def _take(self, character: str) -> bool:
        if self.text[self.at : self.at + 1] != character:
            return False
        self.at += 1
        return True


def _times(found: re.Match[str]) -> tuple[int, int]:
    match found[0]:
        case "*":
            return 0, LONGEST_LINE
        case "+":
            return 1, LONGEST_LINE
        case "?":
            return 0, 1
    least = min(int(found[1] or 0), LONGEST_LINE)
    if not found[2]:
        return least, least
    return least, min(int(found[3] or LONGEST_LINE), LONGEST_LINE)
