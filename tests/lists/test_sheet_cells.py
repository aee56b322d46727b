"""Columns of a sheet that nobody who looks at it sees."""

import openpyxl
import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.list_failures import ColumnUnclear, HiddenRow
from gizqr_station.lists.files import read_bytes
from tests.lists.sheets import MAIN, by_hand, saved

A, B, C = "00911f500047", "00911f500048", "00911f500049"
IMEI = "861193040496508"
Read = list[tuple[int, str, type[Failure] | None]]


def read(data: bytes) -> Read:
    return [
        (line.number, line.text, type(line.failure) if line.failure else None)
        for line in read_bytes(data, "list.xlsx").lines
    ]


def sheet(hidden: str, *rows: list[str]) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    for letter in hidden:
        made.active.column_dimensions[letter].hidden = True
    return saved(made)


@pytest.mark.parametrize(
    "rows", [(["MAC", "SN"], [A, "S1"], [B, "S2"]), (["x", "SN"], [A, "S1"], [B, "S2"]), (["x"], [A], ["y"], ["void"])]
)
def test_the_only_column_of_identities_is_not_printed_where_it_is_hidden(rows: tuple[list[str], ...]) -> None:
    shown = read(sheet("", *rows))
    assert (2, A, None) in shown
    assert read(sheet("A", *rows)) == [(number, text, HiddenRow) for number, text, _ in shown]


def test_a_hidden_column_that_is_named_is_a_doubt_beside_one_that_is_seen() -> None:
    for name in ("MAC", "identity", "AP MAC"):
        with pytest.raises(ColumnUnclear) as refused:
            read(sheet("A", [name, "WiFi address"], [A, B]))
        assert refused.value.columns == f"{name}, WiFi address"


def test_a_hidden_column_is_no_doubt_beside_one_that_is_named_and_seen() -> None:
    assert read(sheet("B", ["MAC", "IMEI"], [A, IMEI])) == [(2, A, None)]
    assert read(sheet("AC", ["old", "MAC", "Qty"], [B, A, "5"])) == [(2, A, None)]
    assert read(sheet("A", [A, C], [B, C])) == [(1, C, None), (2, C, None)]


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ('<col min="1" max="1" hidden="true"/>', True),
        ('<col min="1" max="16384" hidden="1"/>', True),
        ('<col min="1" max="9999999" hidden="1"/>' * 2000, True),
        ('<col min="0" max="1" hidden="1"/>', True),
        ('<col min="1" max="1" hidden="0"/><col min="2" max="16384" hidden="1"/>', False),
        ('<col min="99999999999" max="99999999999" hidden="1"/><col min="5" max="2" hidden="1"/>', False),
        ('<col min="x" hidden="1"/>', False),
    ],
    ids=["true", "all", "again and again", "from 0", "others", "nowhere", "nothing"],
)
def test_hidden_columns_are_known_by_their_numbers(columns: str, hidden: bool) -> None:
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{A}</t></is></c></row>'
    part = f'<worksheet xmlns="{MAIN}"><cols>{columns}</cols><sheetData>{cell}</sheetData></worksheet>'
    data = by_hand("", parts={"xl/worksheets/sheet1.xml": part.encode()})
    assert read(data) == [(1, A, HiddenRow if hidden else None)]
