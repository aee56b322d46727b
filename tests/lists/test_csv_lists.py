"""Tables with separators: the right column, whole rows, and no row that goes missing without a word."""

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.list_failures import ColumnUnclear, RowMisshapen
from gizqr_station.domain.stop import Stop
from gizqr_station.lists import limits
from gizqr_station.lists.csv_lists import rows_of
from gizqr_station.lists.files import read_text

A, B, C, D = "00911f500047", "00911f500048", "00911f500049", "00911f50004a"
IMEI = "861193040496508"
Read = list[tuple[int, str, type[Failure] | None]]


def read(text: str) -> Read:
    made = read_text(text, "pasted")
    return [(line.number, line.text, type(line.failure) if line.failure else None) for line in made.lines]


def good(*numbered: tuple[int, str]) -> Read:
    return [(number, text, None) for number, text in numbered]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_by_its_heading(delimiter: str) -> None:
    text = f"SN,MAC地址,note\n1,{A},ok\n2,{B},\n\n3,,none\n4,void,x".replace(",", delimiter)
    assert read(text) == [
        (2, A, None), (3, B, None), (5, "3 | none", NotAnIdentity), (6, "void", None),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_without_a_heading_is_read_by_its_only_column_of_identities(delimiter: str) -> None:
    text = f"S1,{A},ok\nS2,{B},ok\nS3,void,ok".replace(",", delimiter)
    assert read(text) == good((1, A), (2, B), (3, "void"))


def test_two_columns_of_identities_are_a_doubt() -> None:
    for text in (f"{A},{B}\n{C},{D}", f"STA MAC;AP MAC\n{A};{B}", f"mac\timei\n{A}\t{IMEI}", f"x,y\n{A},{B}\n{C},{D}"):
        with pytest.raises(ColumnUnclear):
            read(text)


@pytest.mark.parametrize("damaged", ["1,23457E+11", "9.11235E+11", "911235678901.0", "########", "91123567890"])
@pytest.mark.parametrize("heading", ["Device;Serial", "Device;AP MAC"])
def test_a_column_of_damaged_identities_leaves_no_other_column_to_be_labelled(heading: str, damaged: str) -> None:
    with pytest.raises(ColumnUnclear):
        read(f"{heading}\n{damaged};004567890128\n{damaged};004567890129")


def test_a_column_of_dates_is_no_column_of_damaged_identities() -> None:
    assert read(f"2024-01-15 10:20:33;{A}\n15.01.2024 10:20:33;{B}") == good((1, A), (2, B))


@pytest.mark.parametrize(
    ("heading", "beside"),
    [("MAC,to", B), ("MAC,Last MAC", B), ("MAC,whatever", B), ("IMEI,IMSI", "460001234567891"),
     ("MAC,Serial", "004567890128"), ("MAC,Qty", "100"), ("MAC,order quantity", "5"), ("start mac,anzahl", "5"),
     ("MAC,数量(台)", "5"),
     ("设备MAC,结束", "4A"), ("设备MAC,MAC到", "4A"), ("MAC,end address", "4A"),
     ("identity,to", B), ("identity,count", "5")],
)  # fmt: skip
def test_a_second_column_that_may_make_ranges_of_the_first_is_a_doubt_that_names_both(
    heading: str, beside: str
) -> None:
    with pytest.raises(ColumnUnclear) as refused:
        read(f"{heading}\n{A},{beside}\n{C},{beside}")
    assert refused.value.columns == heading.replace(",", ", ")


@pytest.mark.parametrize("heading", ["MAC,last tested", "MAC,test to", "MAC,account", "MAC,结束时间", "MAC,country"])
def test_a_heading_that_only_begins_like_that_of_an_end_or_count_is_no_doubt(heading: str) -> None:
    assert read(f"{heading}\n{A},5\n{C},6") == good((2, A), (3, C))


def test_an_empty_column_for_ends_is_no_doubt() -> None:
    assert read(f"MAC,to\n{A},\n{C},") == good((2, A), (3, C))


def test_a_row_with_a_cell_too_few_or_too_many_is_not_read_by_its_column() -> None:
    """With the first cell missing, the MAC of the access point would stand in the column of the station's."""
    text = f"mac,ap,note\n{A},{B},x\n{C},x\n,{D},x\nPlug, white,{D},x\n{D},{A},x,,"
    assert read(text) == [
        (2, A, None), (3, f"{C} | x", RowMisshapen), (4, f"{D} | x", NotAnIdentity),
        (5, f"Plug | white | {D} | x", RowMisshapen), (6, D, None),
    ]  # fmt: skip


def test_quotes_hold_separators_and_lines_together_and_numbers_are_those_of_the_file() -> None:
    text = f'sn,"MAC\naddress",note\r\n1,"{A}","a, b"\r\n2,{B},"two\nlines"\r\n3,{C},x\r\n'
    assert read(text) == good((3, A), (4, B), (6, C))


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    text = f'sn,note,mac\n1,"oops,{A}\n2,x,{B}\n3,x,{C}\n4,x",{D}\n'
    assert read(text) == good((2, A), (3, B), (4, C), (5, D))
    text = f'mac,note\n{A},"oops\n00911f50004,x\n{C},"x\n'
    assert read(text) == good((2, A), (3, "00911f50004"), (4, C))
    text = f'mac,note\n{A},"oops\n00911f50004,x\n00911f50005,"x\n'
    assert read(text) == good((2, A), (3, "00911f50004"), (4, "00911f50005"))
    text = f'mac,note\n{A},"oops\n{B},x\n{C},"x\n'
    assert read(text) == good((2, A), (3, B), (4, C))


def test_the_line_that_tells_excel_its_separator_is_no_row() -> None:
    assert read(f"sep=;\nmac;sn\n{A};1") == good((3, A))


def test_a_numbered_heading_is_no_comment_but_comments_are() -> None:
    assert read(f"#;MAC;SN\n# ask Li; he knows\n1;{A};x\n#;;\n3;{C};x") == good((3, A), (5, C))


def test_a_row_of_a_table_that_begins_like_a_comment_is_neither_printed_nor_dropped() -> None:
    """It may be taken out, and it may only be numbered so."""
    assert read(f"SN;MAC\n1;{A}\n#2;{B}\n3;{C}") == [(2, A, None), (3, B, NotAnIdentity), (4, C, None)]


def test_what_excel_pastes_is_read_like_its_sheet() -> None:
    assert read(f"序号\tMAC\tIMEI号码\n1\t{A}\t\n2\t{B}\t\n") == good((2, A), (3, B))


def test_a_list_that_is_wrapped_into_lines_is_no_table() -> None:
    assert len(read(f"{A}, {B}, {C}\n{D}")) == 4


def test_a_date_above_the_heading_does_not_hide_it() -> None:
    text = f"2024-01-15 10:20:33;;\nmac;AP;SN\n{A};{B};1\n{C};{D};2"
    assert read(text) == good((3, A), (4, C))


def test_a_heading_with_another_separator_in_it_is_no_table_of_that_separator() -> None:
    assert read(f"SN,MAC,note; remark\n1,{A},x\n2,{B},y") == good((2, A), (3, B))


@pytest.mark.parametrize("first", [A, "00911f50004", "9.11235E+11"])
def test_a_heading_below_something_like_an_identity_is_none(first: str) -> None:
    """What stands above a heading is a title; an identity there must not go missing with it."""
    assert [number for number, *_ in read(f"{first};1\nMAC;SN\n{B};2\n{C};3")] == [1, 2, 3, 4]


def test_lines_with_more_cells_than_a_spreadsheet_has_make_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"mac;a;b\n{A};1;2\n{B};1;2"
    assert len(rows_of(text, ";", Stop())) == 3
    monkeypatch.setattr(limits, "COLUMNS", 1)
    assert rows_of(text, ";", Stop()) == ()
