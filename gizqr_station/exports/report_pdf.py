"""A report as PDF: A4, the shipped font in it, so that it reads the same on every machine."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.exports.report import Report, Row, Section
from gizqr_station.exports.report_words import said
from gizqr_station.places import resources

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PLAIN, _BOLD = "NotoSansSC", "NotoSansSC-Bold"
_MARGIN_PT, _LEADING_PT, _SIZE_PT = 45.0, 13.0, 8.5
_TITLE_PT, _HEADING_PT = 15.0, 10.5
_NAME_SHARE = 30
"""Of a pair's width, the name's part in percent."""


def write_pdf(report: Report, file: Path, language: str) -> None:
    """The whole report; ``file`` is replaced. Raises OSError."""
    # Imported here: it takes a third of a second, and no station needs it to start.
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    fonts = resources() / "fonts"
    registered = set(pdfmetrics.getRegisteredFontNames())
    for name, font in ((_PLAIN, "NotoSansSC-Regular.ttf"), (_BOLD, "NotoSansSC-Bold.ttf")):
        if name not in registered:
            pdfmetrics.registerFont(TTFont(name, str(fonts / font)))
    width, height = A4
    canvas = Canvas(str(file), pagesize=A4, invariant=1)
    canvas.setTitle(report.title)
    canvas.setCreator("gizqr-station")
    page = _Page(canvas, width, height, language)
    page.begin()
    page.text(report.title, _BOLD, _TITLE_PT)
    for section in report.sections:
        page.section(section)
    page.end()
    canvas.save()


@dataclass
class _Page:
    """Where the next line goes."""

    canvas: "Canvas"
    width_pt: float
    height_pt: float
    language: str
    y_pt: float = 0.0
    number: int = 0

    def begin(self) -> None:
        self.number += 1
        self.y_pt = self.height_pt - _MARGIN_PT - _TITLE_PT

    def end(self) -> None:
        self.canvas.setFont(_PLAIN, _SIZE_PT)
        foot = said(self.language, "page", page=self.number)
        self.canvas.drawRightString(self.width_pt - _MARGIN_PT, _MARGIN_PT / 2, foot)
        self.canvas.showPage()

    def room_for(self, lines: int) -> bool:
        """A new page where these do not fit, and whether it was one."""
        if self.y_pt - lines * _LEADING_PT >= _MARGIN_PT:
            return False
        self.end()
        self.begin()
        return True

    def text(self, text: str, font: str, size_pt: float) -> None:
        self.canvas.setFont(font, size_pt)
        self.canvas.drawString(_MARGIN_PT, self.y_pt, text)
        self.y_pt -= _LEADING_PT

    def section(self, section: Section) -> None:
        self.room_for(4)
        self.y_pt -= _LEADING_PT * 0.7
        self.text(section.title, _BOLD, _HEADING_PT)
        self.y_pt -= 2.0
        widths = section.widths or (_NAME_SHARE, 100 - _NAME_SHARE)
        if section.header:
            self.row(section.header, widths, _BOLD)
        for row in section.rows:
            lines = self.lines_of(row, widths)
            if self.room_for(len(lines)) and section.header:
                self.row(section.header, widths, _BOLD)
            for line in lines:
                self.row(line, widths, _PLAIN)

    def row(self, cells: Row, shares: tuple[int, ...], font: str) -> None:
        self.canvas.setFont(font, _SIZE_PT)
        x_pt = _MARGIN_PT
        for cell, share in zip(cells, shares, strict=False):
            self.canvas.drawString(x_pt, self.y_pt, cell)
            x_pt += self.column_pt(share)
        self.y_pt -= _LEADING_PT

    def lines_of(self, row: Row, shares: tuple[int, ...]) -> list[Row]:
        """A row whose texts are broken so that nothing is cut off."""
        cells = [self.broken(cell, self.column_pt(share) - 4.0) for cell, share in zip(row, shares, strict=False)]
        count = max(len(cell) for cell in cells)
        return [tuple(cell[at] if at < len(cell) else "" for cell in cells) for at in range(count)]

    def column_pt(self, share: int) -> float:
        return (self.width_pt - 2 * _MARGIN_PT) * share / 100

    def broken(self, text: str, width_pt: float) -> list[str]:
        """At blanks where there are some, else wherever it has to be."""
        lines, rest = list[str](), text
        while rest and self.canvas.stringWidth(rest, _PLAIN, _SIZE_PT) > width_pt:
            fits = self.most_that_fits(rest, width_pt)
            blank = rest.rfind(" ", 0, fits + 1)
            at = blank if blank > 0 else fits
            lines.append(rest[:at])
            rest = rest[at:].lstrip(" ")
        return [*lines, rest] if rest or not lines else lines

    def most_that_fits(self, text: str, width_pt: float) -> int:
        taken_pt = 0.0
        for at, letter in enumerate(text):
            taken_pt += self.canvas.stringWidth(letter, _PLAIN, _SIZE_PT)
            if taken_pt > width_pt:
                return max(at, 1)
        return len(text)
