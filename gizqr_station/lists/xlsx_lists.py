"""XLSX files as tables: every sheet that a person sees, row by row, without a spreadsheet program."""

from collections.abc import Iterator

from gizqr_station.domain.list_failures import ListUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.lists.package import Package, XmlListener, beside, relations_of
from gizqr_station.lists.rows import Table
from gizqr_station.lists.sheet_cells import SharedStrings, SheetCells

_MOST_SHEETS = 200


class _Relations(XmlListener):
    """Where the parts lie that a part names: path by id, and by the last word of their kind."""

    def __init__(self, part: str) -> None:
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}
        self._part = part

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = beside(self._part, attributes.get("Target", ""))
            self.by_id[attributes.get("Id", "")] = path
            self.by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], path)


class _Sheets(XmlListener):
    """The names of the sheets that are not hidden, and the ids of their parts."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible" and len(self.found) < _MOST_SHEETS:
            self.found.append((attributes.get("name", ""), attributes.get("id", "")))


def tables_in(data: bytes, file: str, stop: Stop) -> tuple[Table, ...]:
    """The tables of all sheets that are not hidden; raises ListUnreadable, ListTooLarge, Stopped."""
    with Package(data, file, stop) as package:
        if package.has("content.xml"):
            raise ListUnreadable(file, "an OpenDocument file")
        return tuple(_tables(package, file))


def _tables(package: Package, file: str) -> Iterator[Table]:
    if not package.has("_rels/.rels"):
        raise ListUnreadable(file, "no spreadsheet")
    root = _Relations("")
    package.hear("_rels/.rels", root)
    workbook = root.by_kind.get("officeDocument", "")
    if not package.has(workbook) or not workbook.endswith(".xml"):
        raise ListUnreadable(file, "no spreadsheet")
    relations = _Relations(workbook)
    package.hear(relations_of(workbook), relations)
    sheets = _Sheets()
    package.hear(workbook, sheets)
    shared = SharedStrings(file)
    strings = relations.by_kind.get("sharedStrings")
    if strings is not None and package.has(strings):
        package.hear(strings, shared)
    for name, number in sheets.found:
        part = relations.by_id.get(number, "")
        if relations.by_kind.get("chartsheet") == part:
            continue
        cells = SheetCells(file, shared.texts)
        package.hear(part, cells)
        yield Table(name, tuple(cells.rows), cells.hidden_columns())
