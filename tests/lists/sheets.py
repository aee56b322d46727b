"""XLSX files for tests: by another library than reads them, and by hand where no library would write such a thing."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import openpyxl

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(*rows: Sequence[object], **more: Sequence[Sequence[object]]) -> bytes:
    """As openpyxl writes it; ``more`` are further sheets by name."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    for name, content in more.items():
        another = made.create_sheet(name)
        for row in content:
            another.append(list(row))
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def by_hand(
    sheet_data: str,
    shared: Sequence[str] = (),
    *,
    prologue: str = "",
    parts: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """A package with one sheet whose ``sheetData`` is given as XML; ``shared`` are the insides of ``<si>``."""
    strings = "".join(f"<si>{one}</si>" for one in shared)
    texts = {
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "/xl/sharedStrings.xml")}
        ),
        "xl/worksheets/sheet1.xml": f'{prologue}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{sheet_data}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    return zipped({name: text.encode() for name, text in texts.items()} | dict(parts))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{each}</Relationships>'
