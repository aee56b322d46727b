"""In which column of a table the identities stand, and the lines that it makes. A doubt is said, never decided."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.identity_list import LONGEST_LINE, RawLine
from gizqr_station.domain.list_failures import (
    ColumnUnclear,
    HiddenRow,
    ListEmpty,
    ListUnreadable,
    RowMisshapen,
    SpreadsheetDamage,
)
from gizqr_station.lists.parts import parts_of
from gizqr_station.lists.rows import Row, Table, column_letters
from gizqr_station.lists.shapes import (
    cleaned,
    heading_rank,
    is_attempt,
    is_damaged,
    is_shaped,
    says_other,
    says_range,
)

_HEADING_WITHIN = 20
"""Rows; above a heading there may be a title and the like."""
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of a table's columns."""

    heading: Row | None
    candidates: tuple[int, ...]
    """Columns that may be the one; more than one is a doubt."""


def lines_of(tables: Sequence[Table], file: str) -> tuple[RawLine, ...]:
    """The lines of the one column of identities in all these tables.

    Raises ListEmpty, ColumnUnclear with what the columns are called, and ListUnreadable where no column has any.
    """
    filled = [table for table in tables if table.rows]
    if not filled:
        raise ListEmpty(file)
    known = [(table, columns_of(table.rows, table.hidden)) for table in filled]
    found = [(table, columns, column) for table, columns in known for column in columns.candidates]
    if len(found) > 1:
        names = [_name_of(table, columns.heading, column, len(filled)) for table, columns, column in found]
        raise ColumnUnclear(file, ", ".join(names))
    if found:
        table, columns, column = found[0]
        return tuple(column_lines(_as_seen(table, column), columns.heading, column))
    if all(columns.heading is table.rows[-1] for table, columns in known):
        raise ListEmpty(file)
    used = {column for row in filled[0].rows for column in row.cells}
    if len(filled) > 1 or len(used) > 1:
        raise ListUnreadable(file, "no column has identities")
    column = used.pop()
    return tuple(column_lines(_as_seen(filled[0], column), None, column))


def columns_of(rows: Sequence[Row], hidden: Set[int] = frozenset()) -> Columns:
    """The candidates: those that a heading names, else those most of whose cells look like identities, or damaged.

    A heading that says ``identity`` goes before ``mac`` and ``imei``, and these before one that only has such a word
    in it (``AP MAC``). Only ``identity`` is believed beside another column that looks like identities, and none beside
    one that says how far a range goes. A hidden column is a candidate where it is named, or where no other is one.
    """
    heading = _heading_in(rows[:_HEADING_WITHIN])
    below = _below(rows, heading)
    filled = Counter(column for row in below for column in row.cells)
    mostly = _mostly(below, filled, _meant)
    if heading is None:
        return Columns(None, tuple(sorted(mostly - hidden or mostly)))
    ranks = {column: heading_rank(text) for column, text in heading.cells.items() if filled[column]}
    best = min((rank for rank in ranks.values() if rank is not None), default=None)
    named = {column for column, rank in ranks.items() if rank is not None and rank == best}
    others = {column for column, text in heading.cells.items() if filled[column] and says_range(text)}
    if best == 1:
        others |= _mostly(below, filled, _named_in_it) - {c for c, text in heading.cells.items() if says_other(text)}
    elif best != 0 or named <= hidden:
        others |= mostly
    return Columns(heading, tuple(sorted((named - hidden or named) | (others - hidden))))


def column_lines(rows: Sequence[Row], heading: Row | None, column: int) -> Iterator[RawLine]:
    """A line for every identity below the heading, and for every row that has none."""
    below = _below(rows, heading)
    wanted = heading.width if heading is not None else _usual_width(below)
    for row in below:
        text = row.cells.get(column, "")
        if row.width and (row.width < wanted or max(row.cells) >= wanted):
            yield RawLine(row.number, _all_of(row), RowMisshapen(_all_of(row), row.width, wanted))
        elif row.hidden:
            yield RawLine(row.number, text or _all_of(row), HiddenRow(text or _all_of(row)))
        elif column in row.refused:
            yield RawLine(row.number, text, row.refused[column])
        elif not text:
            yield RawLine(row.number, _all_of(row), NotAnIdentity(_all_of(row)))
        else:
            for part in parts_of(text):
                yield line_of(row.number, part)


def line_of(number: int, text: str) -> RawLine:
    """One line; what a spreadsheet did to it is said."""
    kept = text[:LONGEST_LINE]
    return RawLine(number, kept, SpreadsheetDamage(kept) if is_damaged(kept) else None)


def _heading_in(rows: Sequence[Row]) -> Row | None:
    """The first row that calls a column by what identities are called, before any that looks like having one."""
    for row in rows:
        texts = [cleaned(text) for text in row.cells.values()]
        if any(is_shaped(text) or is_attempt(text) for text in texts):
            return None
        if any(heading_rank(text) is not None for text in texts):
            return row
    return None


def _below(rows: Sequence[Row], heading: Row | None) -> Sequence[Row]:
    if heading is None:
        return rows
    return [row for row in rows if row.number > heading.number]


def _usual_width(rows: Sequence[Row]) -> int:
    return Counter(row.width for row in rows).most_common(1)[0][0] if rows else 0


def _as_seen(table: Table, column: int) -> Sequence[Row]:
    """The rows; all of them are hidden where the column is."""
    return [replace(row, hidden=True) for row in table.rows] if column in table.hidden else table.rows


def _mostly(rows: Sequence[Row], filled: Counter[int], wanted: Callable[[str], bool]) -> set[int]:
    """The columns most of whose filled cells are such."""
    found = Counter(column for row in rows for column, text in row.cells.items() if wanted(text))
    return {column for column, cells in found.items() if 2 * cells >= filled[column]}


def _meant(text: str) -> bool:
    """Whether somebody meant an identity, and be it that a spreadsheet has damaged it."""
    return is_attempt(text) or _named_in_it(text)


def _named_in_it(text: str) -> bool:
    """Whether a cell has an identity; a file has many cells, and most are short words or one identity."""
    return len(text) >= _SHORTEST and (is_shaped(text) or any(map(is_shaped, parts_of(text))))


def _all_of(row: Row) -> str:
    return " | ".join(text for _, text in sorted(row.cells.items()))[:LONGEST_LINE]


def _name_of(table: Table, heading: Row | None, column: int, tables: int) -> str:
    called = heading.cells.get(column, "") if heading is not None else ""
    name = called or column_letters(column)
    return f"{table.name}: {name}" if tables > 1 and table.name else name
