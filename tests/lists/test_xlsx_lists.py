"""Spreadsheets as lists: the right column, the row numbers that a person sees, and no number taken for an identity."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.list_failures import (
    ColumnUnclear,
    HiddenRow,
    ListEmpty,
    ListTooLarge,
    ListUnreadable,
    SpreadsheetDamage,
)
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.lists import limits
from gizqr_station.lists.files import read_bytes
from tests.lists.sheets import by_hand, saved, workbook, zipped

A, B, C = "00911f500047", "00911f500048", "00911f500049"
IMEI = "861193040496508"
Read = list[tuple[int, str, type[Failure] | None]]


def read(data: bytes) -> Read:
    return [
        (line.number, line.text, type(line.failure) if line.failure else None)
        for line in read_bytes(data, "list.xlsx").lines
    ]


@pytest.mark.parametrize(
    "heading",
    ["mac", "MAC", "MAC Address", "Mac_Addr", " 设备MAC ", "MAC地址", "设备 MAC 地址", "模块MAC", "WiFi MAC",
     "identity", "IMEI", "IMEI号", "设备标识", "MAC (hex)"],
)  # fmt: skip
def test_the_column_is_found_by_its_heading(heading: str) -> None:
    assert read(workbook(["SN", heading, "date"], ["S1", A, 45000], ["S2", B, 45001])) == [(2, A, None), (3, B, None)]


def test_a_title_above_the_heading_is_no_line_and_rows_keep_their_numbers() -> None:
    rows: list[list[object]] = [["工单 A-17"], [], ["序号", "MAC地址"], [1, A], [], [2, B]]
    assert read(workbook(*rows)) == [(4, A, None), (6, B, None)]


def test_without_a_heading_the_only_column_of_identities_is_taken() -> None:
    assert read(workbook(["S1", A], ["S2", B])) == [(1, A, None), (2, B, None)]


def test_a_heading_nobody_knows_is_a_bad_line_and_not_dropped() -> None:
    assert read(workbook(["no.", "device"], [1, A], [2, B])) == [(1, "device", None), (2, A, None), (3, B, None)]


def test_several_columns_of_identities_are_a_doubt_that_names_them() -> None:
    with pytest.raises(ColumnUnclear) as refused:
        read(workbook(["STA MAC", "AP MAC"], [A, B]))
    assert refused.value.columns == "STA MAC, AP MAC"
    with pytest.raises(ColumnUnclear) as refused:
        read(workbook([A, "x", B], [B, "y", C]))
    assert refused.value.columns == "A, C"


def test_mac_and_imei_side_by_side_are_a_doubt_and_identity_decides() -> None:
    with pytest.raises(ColumnUnclear) as refused:
        read(workbook(["MAC", "IMEI"], [A, IMEI]))
    assert refused.value.columns == "MAC, IMEI"
    assert read(workbook(["MAC", "identity"], [A, IMEI])) == [(2, IMEI, None)]


def test_a_heading_that_only_has_the_word_in_it_is_not_believed_beside_another_column_of_identities() -> None:
    with pytest.raises(ColumnUnclear) as refused:
        read(workbook(["station", "AP MAC"], [A, B], [B, C]))
    assert refused.value.columns == "station, AP MAC"


def test_a_named_column_that_is_empty_is_no_candidate() -> None:
    assert read(workbook(["MAC", "IMEI"], [None, IMEI])) == [(2, IMEI, None)]


def test_a_row_without_an_identity_is_bad_and_shows_what_else_is_in_it() -> None:
    assert read(workbook(["SN", "MAC"], ["S1", A], ["S2", None], [None, None], ["total", None])) == [
        (2, A, None), (3, "S2", NotAnIdentity), (5, "total", NotAnIdentity),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "number",
    [911235678901, 9.11235678901e11, 9.11e11, 1122334455, 503, 5.03e4, 86119304049650, 8611930404965010,
     123456789000000, 861193040400000, 123456789012345, 0.5, date(2024, 1, 1), True],
)  # fmt: skip
def test_what_the_spreadsheet_took_for_a_number_is_refused_with_its_row(number: object) -> None:
    found = read(workbook(["MAC"], [A], [number], [B]))
    assert [(row, failure) for row, _, failure in found if row != 3] == [(2, None), (4, None)]
    ((_, text, failure),) = [each for each in found if each[0] == 3]
    assert failure is SpreadsheetDamage or text in ("1", "TRUE")


def test_a_number_of_fifteen_digits_is_whole_and_taken_as_an_imei() -> None:
    assert read(workbook(["IMEI"], [int(IMEI)], [IMEI])) == [(2, IMEI, None), (3, IMEI, None)]


def test_a_number_that_may_have_been_a_mac_with_an_exponent_is_not_taken_for_an_imei() -> None:
    """1234567890E5 is a MAC; as a number it is 123456789000000, one in ten of which would pass as an IMEI."""
    assert read(workbook(["IMEI"], [861193040400000], [IMEI]))[0] == (2, "861193040400000", SpreadsheetDamage)


def test_texts_that_look_like_numbers_stay_texts() -> None:
    assert read(workbook(["MAC"], ["001122334455"], ["'001122334456"], ["1234567890E2"])) == [
        (2, "001122334455", None), (3, "001122334456", None), (4, "1234567890E2", None),
    ]  # fmt: skip


def test_ranges_and_several_in_a_cell_are_taken_apart() -> None:
    assert read(workbook(["MAC"], [f"{A}..{C}"], [f"{A}; {B}"], [f"{A}\n{B}"])) == [
        (2, f"{A}..{C}", None), (3, A, None), (3, B, None), (4, A, None), (4, B, None),
    ]  # fmt: skip


def test_a_formula_that_nobody_worked_out_is_bad() -> None:
    assert read(workbook(["MAC"], [A], ['=LOWER("00911F500048")'])) == [
        (2, A, None), (3, '=LOWER("00911F500048")', NotAnIdentity),
    ]  # fmt: skip


def test_a_formula_that_was_worked_out_is_its_value() -> None:
    cell = f'<row r="2"><c r="A2" t="str"><f>LOWER(B2)</f><v>{A}</v></c></row>'
    assert read(by_hand(cell)) == [(2, A, None)]


def test_errors_of_the_spreadsheet_are_bad_lines() -> None:
    cells = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{A}</t></is></c></row><row r="2"><c t="e"><v>#N/A</v></c></row>'
    assert read(by_hand(cells)) == [(1, A, None), (2, "#N/A", None)]


def test_rows_that_a_filter_hides_are_said_and_not_printed() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for text in ("MAC", A, B):
        sheet.append([text])
    sheet.row_dimensions[2].hidden = True
    assert read(saved(made)) == [(2, A, HiddenRow), (3, B, None)]


def test_hidden_sheets_are_not_looked_at_and_visible_ones_are_a_doubt() -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append([A])
    other = made.create_sheet("old")
    other.append([B])
    with pytest.raises(ColumnUnclear) as refused:
        read(saved(made))
    assert refused.value.columns == "Sheet: A, old: A"
    other.sheet_state = "hidden"
    assert read(saved(made)) == [(1, A, None)]


def test_a_sheet_of_remarks_beside_the_list_does_no_harm() -> None:
    assert read(workbook(["MAC"], [A], notes=[["ask Li"], ["call"]])) == [(2, A, None)]


def test_rich_text_is_joined_and_what_tells_its_pronunciation_left_out() -> None:
    shared = ["<r><t>00911f</t></r><r><t>500047</t></r>", "<t>MAC</t><rPh sb='0' eb='1'><t>mak</t></rPh>"]
    cells = '<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    assert read(by_hand(cells, shared)) == [(2, A, None)]


def test_rows_and_cells_that_do_not_say_where_they_are_follow_one_another() -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(f"<row>{cell.format('x')}{cell.format(text)}</row>" for text in ("MAC", A, B))
    assert read(by_hand(rows)) == [(2, A, None), (3, B, None)]


def test_a_string_that_is_not_there_is_a_bad_line() -> None:
    cells = f'<row r="1"><c t="inlineStr"><is><t>{A}</t></is></c></row><row r="2"><c t="s"><v>7</v></c></row>'
    assert read(by_hand(cells)) == [(1, A, None), (2, "#7", None)]


def test_a_sheet_without_identities_is_said() -> None:
    with pytest.raises(ListUnreadable):
        read(workbook(["a", "b"], ["c", "d"]))
    for empty in (workbook(), workbook(["MAC"]), workbook(["SN", "MAC"], notes=[])):
        with pytest.raises(ListEmpty):
            read(empty)


def test_a_single_column_without_identities_is_reported_line_by_line() -> None:
    assert read(workbook(["void"], ["broken"])) == [(1, "void", None), (2, "broken", None)]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 3)
    assert len(read(workbook([A], [B], [C]))) == 3
    with pytest.raises(ListTooLarge):
        read(workbook([A], [B], [C], [A]))


def test_cells_far_away_cost_nothing() -> None:
    cells = f'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{A}</t></is></c></row>'
    assert read(by_hand(cells)) == [(1048576, A, None)]


def test_a_bomb_is_stopped_while_it_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INFLATED_BYTES", 1_000_000)
    blanks = f'<row r="1"><c t="inlineStr"><is><t>{A}</t></is></c></row>' + " " * 5_000_000
    bomb = by_hand(blanks)
    assert len(bomb) < 20_000
    with pytest.raises(ListTooLarge):
        read(bomb)


def test_a_row_with_more_columns_than_a_spreadsheet_has_is_refused() -> None:
    cell = '<c t="inlineStr"><is><t>x</t></is></c>'
    with pytest.raises(ListTooLarge):
        read(by_hand(f"<row>{cell * 17_000}</row>"))


def test_entities_are_refused_before_they_grow() -> None:
    doctype = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(ListUnreadable):
        read(by_hand("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>", prologue=doctype))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"hello.txt": b"hello"}), "no spreadsheet"),
        (zipped({"content.xml": b"<x/>", "mimetype": b"ods"}), "an OpenDocument file"),
        (by_hand("<row><c>"), "the file is damaged"),
        (workbook([A])[:-40], "the file is damaged"),
        (workbook([A])[:900], "the file is damaged"),
        (b"PK\x03\x04" + bytes(500), "the file is damaged"),
        (by_hand("", parts={"xl/workbook.xml": b'<?xml version="1.0" encoding="gb18030"?>'}), "the file is damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "an old XLS file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "it has a password"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ListUnreadable) as refused:
        read(data)
    assert refused.value.reason == reason


_WHOLE = workbook(["SN", "MAC"], *([f"S{number}", f"00911f{number:06x}"] for number in range(40)))


@settings(deadline=None)
@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_file_with_some_bytes_changed_is_read_or_refused(at: int, changed: bytes) -> None:
    data = _WHOLE[:at] + changed + _WHOLE[at + len(changed) :]
    try:
        read_bytes(data, "list.xlsx")
    except Failure:
        return


@settings(deadline=None)
@given(
    st.integers(0, 100),
    st.sampled_from(["sheet1", "workbook", "rels", "strings"]),
    st.text("<>/&\"' r=tsnvc10é\0", max_size=12),
)
def test_a_part_with_some_text_changed_is_read_or_refused(at: int, part: str, changed: str) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="n"><f>A1</f><v>861193040496508</v></c></row>'
    names = {
        "sheet1": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "rels": "xl/_rels/workbook.xml.rels",
        "strings": "xl/sharedStrings.xml",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(by_hand(cells, [f"<t>{A}</t>"]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts[names[part]]
    place = len(content) * at // 100
    parts[names[part]] = content[:place] + changed.encode() + content[place:]
    try:
        read_bytes(zipped(parts), "list.xlsx")
    except Failure:
        return


def test_a_part_without_a_name_is_nobodys() -> None:
    """A name is cut at its first zero byte, and what no relation names must not be found under no name."""
    cell = f'<row><c t="inlineStr"><is><t>{A}</t></is></c></row>'
    with zipfile.ZipFile(io.BytesIO(by_hand(cell))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sharedStrings" not in name}
    relations = parts["xl/_rels/workbook.xml.rels"].replace(b"sharedStrings", b"something")
    without = zipped({**parts, "xl/_rels/workbook.xml.rels": relations, "nameless": b"<x/>"})
    assert read(without.replace(b"nameless", b"\0ameless")) == [(1, A, None)]


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    """Two entries on the same bytes, and one that says it is small: what is inflated is counted, whatever they say."""
    data = bytearray(by_hand("<row/>" * 1000))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (5).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(ListUnreadable):
        read(bytes(data))


def test_an_entry_with_a_password_is_said() -> None:
    data = bytearray(workbook([A]))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(ListUnreadable) as refused:
        read(bytes(data))
    assert refused.value.reason == "it has a password"


def test_reading_stops_when_it_is_told_to() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        read_bytes(workbook(["MAC"], [A]), "list.xlsx", stop)
