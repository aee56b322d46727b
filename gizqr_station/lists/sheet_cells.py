"""The cells of one sheet of an XLSX file, and which of them a spreadsheet has taken for numbers.

Format: ECMA-376 part 1, 18.3.1 (columns and sheet data) and 18.4 (shared strings).
"""

import re
from collections.abc import Sequence

from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.identity_list import LONGEST_LINE
from gizqr_station.domain.list_failures import ListTooLarge, SpreadsheetDamage
from gizqr_station.lists import limits
from gizqr_station.lists.package import XmlListener
from gizqr_station.lists.rows import Row
from gizqr_station.lists.shapes import cleaned

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_NUMBER = "n"
_YES = ("1", "true")
# A spreadsheet keeps 15 digits of a number, so an IMEI survives. Not so surely one that ends in five zeros: that may
# have been a MAC such as 1234567890E5, ten digits and an exponent. Nor one that begins with 1: it may be what is left
# of a longer number that began with 01.
_WHOLE_IMEI = re.compile(r"[2-9][0-9]{14}(?<!00000)", re.ASCII)


class SharedStrings(XmlListener):
    """The texts that cells name by their number."""

    def __init__(self, file: str) -> None:
        self.texts: list[str] = []
        self._file = file
        self._collected: list[str] = []
        self._inside = False
        self._phonetic = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A text begins, or one of its runs."""
        del attributes
        if name == "si":
            self._collected = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._inside = not self._phonetic

    def text(self, text: str) -> None:
        """Some of a run."""
        if self._inside:
            self._collected.append(text)

    def end(self, name: str) -> None:
        """A text is whole."""
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            if len(self.texts) == limits.CELLS:
                raise ListTooLarge(self._file, limits.TOO_MANY_ROWS)
            self.texts.append("".join(self._collected))


class SheetCells(XmlListener):
    """The rows of a sheet that are not blank."""

    def __init__(self, file: str, shared: Sequence[str]) -> None:
        self.rows: list[Row] = []
        self._file = file
        self._shared = shared
        self._left = limits.CELLS
        self._row = 0
        self._hidden = False
        self._hidden_columns = 0
        self._cells: dict[int, str] = {}
        self._refused: dict[int, IdentityRefused] = {}
        self._column = -1
        self._kind = _NUMBER
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._phonetic = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what is in it."""
        if name == "col" and attributes.get("hidden") in _YES:
            first = _numbered(attributes.get("min", ""))
            last = min(_numbered(attributes.get("max", "")), limits.COLUMNS)
            # A bit for each: a hostile file may name the same columns again and again.
            self._hidden_columns |= (1 << last) - (1 << min(max(first, 1) - 1, last))
        elif name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else self._row + 1
            self._hidden = attributes.get("hidden") in _YES
            self._cells, self._refused, self._column = {}, {}, -1
        elif name == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._kind = attributes.get("t", _NUMBER)
            self._value, self._formula = [], None
        elif name == "rPh":
            self._phonetic = True
        elif name == "f":
            self._formula = self._into = []
        elif name == "v" or (name == "t" and not self._phonetic):
            self._into = self._value

    def text(self, text: str) -> None:
        """Some of a value or formula."""
        if self._into is not None:
            self._into.append(text)

    def end(self, name: str) -> None:
        """A value, cell or row is whole."""
        if name in ("f", "v", "t"):
            self._into = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._keep_cell()
        elif name == "row" and self._cells:
            if len(self.rows) == limits.ROWS:
                raise ListTooLarge(self._file, limits.TOO_MANY_ROWS)
            self.rows.append(Row(self._row, self._cells, self._refused, hidden=self._hidden))

    def hidden_columns(self) -> frozenset[int]:
        """From 0."""
        return frozenset(column for column in range(limits.COLUMNS) if self._hidden_columns >> column & 1)

    def _keep_cell(self) -> None:
        value = "".join(self._value)
        text, refusal = self._meaning(value)
        if not text:
            return
        self._left -= 1
        if self._left < 0 or len(self._cells) == limits.COLUMNS:
            raise ListTooLarge(self._file, limits.TOO_MANY_ROWS)
        self._cells[self._column] = text
        if refusal is not None:
            self._refused[self._column] = refusal

    def _meaning(self, value: str) -> tuple[str, IdentityRefused | None]:
        """The text of a cell, and what keeps it from being an identity."""
        if not value.strip() and self._formula is not None:
            # Whoever wrote the file did not work the formula out: nobody knows what the cell says.
            text = f"={''.join(self._formula)}"[:LONGEST_LINE]
            return text, NotAnIdentity(text)
        if self._kind == "s":
            number = value.strip()
            known = number.isascii() and number.isdecimal() and len(number) < 9 and int(number) < len(self._shared)
            return (cleaned(self._shared[int(number)]), None) if known else (f"#{number}"[:LONGEST_LINE], None)
        text = cleaned(value)
        if self._kind != _NUMBER or not text or _WHOLE_IMEI.fullmatch(text):
            return text, None
        return text, SpreadsheetDamage(text[:LONGEST_LINE])


def _numbered(text: str) -> int:
    """A column's number, from 1; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def _column(reference: str, following: int) -> int:
    """The column of ``AB12``, from 0; a cell that does not say stands beside the one before it."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return following
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
