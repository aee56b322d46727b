"""Lists as other programs write them, with any remarks beside the identities: exactly those identities come out."""

import csv
import io
from typing import Literal

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.identity import Identity, Imei, MacAddress, luhn_digit
from gizqr_station.domain.identity_list import judged
from gizqr_station.lists.files import read_bytes
from tests.lists.sheets import saved

_macs = st.integers(1, 0xFF_FFFF_FFFF).map(lambda number: MacAddress(f"00{number:010x}"))
_imeis = st.integers(10**13, 10**14 - 1).map(lambda number: Imei(f"{number}{luhn_digit(str(number))}"))
# Letters that are in no identity, and all that a file format might trip over.
_remarks = st.text("ghxyz 中\"',;|\t\n\r#=+-@", max_size=12)


def _written(identity: Identity, notation: int) -> str:
    if isinstance(identity, Imei):
        return identity.text if notation % 2 else identity.readable
    dotted = ".".join(identity.text[at : at + 4] for at in range(0, 12, 4))
    return (identity.text, identity.readable, identity.readable.replace(":", "-"), dotted)[notation]


_rows = st.lists(
    st.tuples(st.one_of(_macs, _imeis), st.integers(0, 3), _remarks, _remarks),
    min_size=1,
    max_size=30,
    unique_by=lambda row: row[0],
)


@settings(max_examples=60, deadline=None)
@given(
    _rows,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_a_table_of_text_gives_exactly_its_identities(
    rows: list[tuple[Identity, int, str, str]], delimiter: str, line_end: str, encoding: str
) -> None:
    stream = io.StringIO(newline="")
    # This writer leaves a line end that is not its own without quotes.
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(["备注", "identity", "note"])
    for identity, notation, before, after in rows:
        writer.writerow([f"g{before}", _written(identity, notation), after])
    checked = judged("list", read_bytes(stream.getvalue().encode(encoding), "list.csv").lines)
    assert [line.identity for line in checked.lines] == [identity for identity, *_ in rows]


@settings(max_examples=40, deadline=None)
@given(_rows)
def test_a_sheet_gives_exactly_its_identities(rows: list[tuple[Identity, int, str, str]]) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["备注", "identity", "note"])
    for identity, notation, before, after in rows:
        sheet.append([f"g{before}", _written(identity, notation), f"g{after}"])
    checked = judged("list", read_bytes(saved(made), "list.xlsx").lines)
    assert [line.identity for line in checked.lines] == [identity for identity, *_ in rows]
    assert [line.number for line in checked.lines] == list(range(2, len(rows) + 2))


@settings(max_examples=60, deadline=None)
@given(_rows, st.sampled_from(["\r\n", "\n", "\r"]), st.sampled_from([", ", ";", " ", "\t", "\n"]))
def test_a_text_of_mixed_notations_gives_exactly_its_identities(
    rows: list[tuple[Identity, int, str, str]], line_end: str, between: str
) -> None:
    # Twelve decimal digits beside an IMEI are its serial number, so such a MAC is written in pairs.
    left = [_written(identity, notation or identity.text.isdecimal()) for identity, notation, *_ in rows]
    lines: list[str] = []
    while left:
        # Two and one by turns: a wrapped list, and no table.
        several = 2 - len(lines) % 2
        lines.append(between.join(left[:several]))
        left = left[several:]
    checked = judged("list", read_bytes(line_end.join(lines).encode(), "list.txt").lines)
    assert [line.identity for line in checked.lines] == [identity for identity, *_ in rows]
