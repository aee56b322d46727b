"""Rows of a table, wherever they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gizqr_station.domain.failures import IdentityRefused


@dataclass(frozen=True, slots=True)
class Row:
    """One that is not blank."""

    number: int
    """As a person sees it beside the row, or the line of the file on which it begins."""
    cells: Mapping[int, str]
    """By column, from 0; blank ones are not in it."""
    refused: Mapping[int, IdentityRefused] = field(default_factory=dict)
    """Why a cell cannot be an identity, whatever it says."""
    hidden: bool = False
    """Whoever looks at the sheet does not see it."""
    width: int = 0
    """Cells, blank ones too, of a row with separators."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole file."""

    name: str
    """Of the sheet; empty where there is only one."""
    rows: tuple[Row, ...]
    hidden: frozenset[int] = frozenset()
    """Columns that whoever looks at the sheet does not see."""


def column_letters(column: int) -> str:
    """As a spreadsheet names it: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
