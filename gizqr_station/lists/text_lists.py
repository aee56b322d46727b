"""Text as a list: a table with separators where it clearly is one, else line by line in mixed notations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gizqr_station.domain.identity_list import RawLine
from gizqr_station.domain.list_failures import ListEmpty, ListTooLarge
from gizqr_station.domain.stop import Stop
from gizqr_station.lists import limits
from gizqr_station.lists.columns import columns_of, line_of, lines_of
from gizqr_station.lists.csv_lists import DELIMITERS, is_comment, rows_of
from gizqr_station.lists.parts import parts_of, too_many_parts
from gizqr_station.lists.rows import Row, Table
from gizqr_station.lists.shapes import cleaned, heading_rank, is_shaped

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_BEHIND = re.compile(r"\s#.*$")
_SAMPLE = 2000
"""Rows by which a table is told from text."""
_SAME_WIDTH = 0.8
"""Share of a table's rows that have the same number of cells; text with a comma here and there is no table."""


def text_lines(text: str, file: str, stop: Stop) -> tuple[RawLine, ...]:
    """All lines but blank ones, comments (``#``) and a heading.

    Raises ListEmpty, ListTooLarge, ColumnUnclear, Stopped.
    """
    bare = text.removeprefix("\ufeff")
    lines = _LINE_ENDS.split(bare)
    if sum(1 for line in lines if line.strip()) > limits.ROWS:
        raise ListTooLarge(file, limits.TOO_MANY_ROWS)
    for delimiter in DELIMITERS:
        rows = rows_of(bare, delimiter, stop)
        if _is_table(rows[:_SAMPLE]):
            return lines_of([Table("", rows)], file)
    found: list[RawLine] = []
    for line in _plain_lines(lines, file, stop):
        found.append(line)
        if len(found) > limits.ROWS:
            raise ListTooLarge(file, limits.TOO_MANY_ROWS)
    if not found:
        raise ListEmpty(file)
    return tuple(found)


def _plain_lines(lines: Sequence[str], file: str, stop: Stop) -> Iterator[RawLine]:
    first = True
    for number, line in enumerate(lines, start=1):
        if number % limits.LOOK_EVERY == 1:
            stop.check()
        text = cleaned(line)
        if not text or is_comment(text):
            continue
        if too_many_parts(text):
            raise ListTooLarge(file, limits.TOO_MANY_ROWS)
        parts = _without_remark(text) or parts_of(text)
        if first and heading_rank(text) is not None and not any(map(is_shaped, parts)):
            first = False
            continue
        first = False
        for part in parts:
            yield line_of(number, part)


def _without_remark(text: str) -> tuple[str, ...]:
    """The parts before a ``#``, if all of them look like identities; else it may stand for something else."""
    before = cleaned(_BEHIND.sub("", text))
    parts = parts_of(before) if before != text else ()
    return parts if all(map(is_shaped, parts)) else ()


def _is_table(rows: Sequence[Row]) -> bool:
    """Several columns, either by a heading that says so or by rows alike, and identities in them."""
    if len(rows) < 2:
        return False
    columns = columns_of(rows)
    if not columns.candidates:
        return False
    widths = Counter(row.width for row in rows)
    if columns.heading is not None:
        return columns.heading.width > 1 and 2 * widths[columns.heading.width] >= len(rows)
    width, alike = widths.most_common(1)[0]
    return width > 1 and alike >= _SAME_WIDTH * len(rows)
