"""Text with separators as rows: quotes, lines inside quotes, and quotes that somebody forgot to close."""

import csv
import io
import re
from collections.abc import Iterator

from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.identity_list import LONGEST_LINE
from gizqr_station.domain.stop import Stop
from gizqr_station.lists import limits
from gizqr_station.lists.rows import Row
from gizqr_station.lists.shapes import cleaned, heading_rank, is_attempt, is_shaped

DELIMITERS = ("\t", ";", ",", "|")
"""A tab hardly ever stands inside a cell, a comma easily does."""
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# What spreadsheets show instead of a value begins with the sign of comments, too, and is no comment.
_COMMENT = re.compile(r"#(?!#{2,}\s*(?:[,;\t|]|$)|(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!))")
_PIECES = re.compile(r"[,;\t|\"]")
_SEPARATOR_LINE = re.compile(r"sep=.", re.IGNORECASE)
_FULL_CELL = 100_000
"""Characters; a cell that is longer has swallowed a file."""


def rows_of(text: str, delimiter: str, stop: Stop) -> tuple[Row, ...]:
    """The rows that are neither blank nor comments; none where the delimiter does not occur, or too often for a table.

    Raises Stopped.
    """
    if delimiter not in text or any(line.count(delimiter) > limits.COLUMNS for line in _LINE_ENDS.split(text)):
        return ()
    records = _whole(text, delimiter, stop)
    if records is None:
        records = _line_by_line(text, delimiter, stop)
    return tuple(_rows(records, delimiter))


def is_comment(line: str) -> bool:
    """Whether a line is a remark of whoever wrote the list."""
    return _COMMENT.match(line) is not None


def _whole(text: str, delimiter: str, stop: Stop) -> list[tuple[int, list[str]]] | None:
    """The records by the line on which they begin; None where a quote has swallowed lines that look like identities."""
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for record in reader:
            if len(records) % limits.LOOK_EVERY == 0:
                stop.check()
            if reader.line_num > begins and any(map(_swallowed, record)):
                return None
            records.append((begins, record))
            begins = reader.line_num + 1
    except csv.Error:
        return None
    return records


def _swallowed(cell: str) -> bool:
    """Whether a cell of several lines holds what should have been rows of their own."""
    lines = _LINE_ENDS.split(cell)
    pieces = (cleaned(piece) for line in lines[1:] for piece in _PIECES.split(line))
    return len(cell) > _FULL_CELL or any(is_shaped(piece) or is_attempt(piece) for piece in pieces)


def _line_by_line(text: str, delimiter: str, stop: Stop) -> list[tuple[int, list[str]]]:
    records = []
    for number, line in enumerate(_LINE_ENDS.split(text), start=1):
        if number % limits.LOOK_EVERY == 1:
            stop.check()
        # A quote that closes on its own line is one; any other is taken for a letter.
        quoted = line.count('"') % 2 == 0
        try:
            record = next(csv.reader([line], delimiter=delimiter, quotechar='"' if quoted else None), [])
        except csv.Error:
            record = [line]
        records.append((number, record))
    return records


def _rows(records: list[tuple[int, list[str]]], delimiter: str) -> Iterator[Row]:
    for number, record in records:
        cells = {column: text for column, cell in enumerate(record) if (text := cleaned(cell))}
        if not cells or (number == 1 and len(cells) <= 2 and _SEPARATOR_LINE.match(cells.get(0, ""))):
            continue
        if 0 not in cells or not is_comment(cells[0]) or _numbered_heading(cells):
            yield Row(number, cells, width=len(record))
        elif any(map(is_shaped, cells.values())):
            # Taken out by somebody, or only numbered so: nobody knows, so it is neither printed nor left out unsaid.
            said = f" {delimiter} ".join(cells.values())[:LONGEST_LINE]
            yield Row(number, cells, dict.fromkeys(range(len(record)), NotAnIdentity(said)), width=len(record))


def _numbered_heading(cells: dict[int, str]) -> bool:
    """``#;MAC;SN``: the sign stands for a number, and the row is a heading."""
    return any(heading_rank(text) in (0, 1) for text in cells.values())
