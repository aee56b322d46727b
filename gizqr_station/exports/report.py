"""A report as titled sections of rows: the one content that screen, PDF and CSV show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title; with ``header`` a table, else pairs of a name and a value."""

    title: str
    rows: tuple[Row, ...]
    header: Row = ()
    widths: tuple[int, ...] = ()
    """Of a table's columns, as shares of the page's width in percent."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is written, section by section."""

    title: str
    sections: tuple[Section, ...]


def as_lines(report: Report) -> Iterable[str]:
    """For a screen of plain text."""
    yield report.title
    for section in report.sections:
        yield ""
        yield section.title
        yield from (f"  {line}" for line in _aligned(section))


def _aligned(section: Section) -> Iterable[str]:
    rows: Sequence[Row] = (section.header, *section.rows) if section.header else section.rows
    widths = [max((_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(_columns(rows))]
    for row in rows:
        cells = [cell + " " * (widths[at] - _width(cell)) for at, cell in enumerate(row)]
        yield "  ".join(cells).rstrip()


def _columns(rows: Sequence[Row]) -> int:
    return max((len(row) for row in rows), default=0)


def _width(text: str) -> int:
    """In columns of a terminal: what is not of the Latin world takes two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)
