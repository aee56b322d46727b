"""Text as a list: any notation, several in a line, comments, tables with separators, and every line accounted for."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import judged
from gizqr_station.domain.list_failures import (
    ListEmpty,
    ListTooLarge,
    ListUnreadable,
    SpreadsheetDamage,
)
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.lists import limits
from gizqr_station.lists.files import FileLists, read_bytes, read_text

A, B, C, D = "00911f500047", "00911f500048", "00911f500049", "00911f50004a"
IMEI = "861193040496508"
Read = list[tuple[int, str, type[Failure] | None]]


def read(text: str | bytes) -> Read:
    made = read_text(text, "pasted") if isinstance(text, str) else read_bytes(text, "list.txt")
    return [(line.number, line.text, type(line.failure) if line.failure else None) for line in made.lines]


def good(*numbered: tuple[int, str]) -> Read:
    return [(number, text, None) for number, text in numbered]


# line by line


def test_a_line_each_in_mixed_notations_with_the_numbers_of_the_file() -> None:
    text = "00911F500047\r\n\r\n00:91:1f:50:00:48\n  00-91-1F-50-00-49 \r0091.1f50.004a\n86-119304-049650-8\n"
    assert read(text) == good(
        (1, "00911F500047"), (3, "00:91:1f:50:00:48"), (4, "00-91-1F-50-00-49"), (5, "0091.1f50.004a"),
        (6, "86-119304-049650-8"),
    )  # fmt: skip


@pytest.mark.parametrize("between", [", ", ",", ";", "; ", "\t", " ", "   ", "，", "；", "、", " , ", " | "])
def test_several_in_a_line_are_taken_apart(between: str) -> None:
    assert read(between.join([A, B, IMEI])) == good((1, A), (1, B), (1, IMEI))


@pytest.mark.parametrize("text", [f"{A};", f"{A},", f'"{A}",', f"'{A}", f'="{A}"', f"\ufeff{A}", f"\u200b{A}\u200e"])
def test_what_only_stands_around_an_identity_is_taken_off(text: str) -> None:
    assert read(text) == good((1, A))


@pytest.mark.parametrize(
    "text",
    [f"1. {A}", f"12) {A}", f"3、{A}", f"MAC: {A}", f"mac={A}", f"MAC：{A}", f"4. MAC 地址：{A}", f"MAC Address: {A}"],
)
def test_words_that_only_say_what_follows_are_taken_off(text: str) -> None:
    assert read(text) == good((1, A))


@pytest.mark.parametrize(
    "text",
    [f"{A} void", f"void {A}", f"{A};void", f"not {A}", f"BSSID: {A}", f"AP MAC: {A}", f"{A} 报废", f"1.{A}",
     "12345 67890 12347", "123456 789012 347", f"{A}x;{A}", f"{A}{B}", f"{A}/{B}", f"12 {A}"],
)  # fmt: skip
def test_words_beside_an_identity_are_never_dropped(text: str) -> None:
    checked = judged("list", read_text(f"{B}\n{text}", "pasted").lines)
    assert [line.verdict.value for line in checked.lines] == ["good", "bad"]


def test_among_several_in_a_line_the_bad_one_is_kept_by_itself() -> None:
    assert read(f"{A}, {B}, void, 9.11E+11") == [(1, f"{A}, {B}, void, 9.11E+11", None)]
    assert read(f"{A}, {B}, {C}, void, 9.11E+11") == [
        (1, A, None), (1, B, None), (1, C, None), (1, "void", None), (1, "9.11E+11", SpreadsheetDamage),
    ]  # fmt: skip


def test_words_that_only_together_have_fifteen_digits_do_not_look_like_an_identity() -> None:
    assert read(f"{A}, 12345 67890 12347") == [(1, f"{A}, 12345 67890 12347", None)]
    assert read(f"{A}, 861193-04-049650-8") == good((1, A), (1, "861193-04-049650-8"))


def test_ranges_stand_in_lines_like_identities() -> None:
    assert read(f"{A}..{C}\n{A} - {C}\n{A}-{C}, {D}\n{A} x 100; {IMEI} + 9") == good(
        (1, f"{A}..{C}"), (2, f"{A} - {C}"), (3, f"{A}-{C}"), (3, D), (4, f"{A} x 100"), (4, f"{IMEI} + 9")
    )


def test_comments_and_a_heading_are_no_lines() -> None:
    assert read(f"# order 7\nMAC\n{A}  # first\n#{B}\n#\n{C}") == good((2, "MAC"), (3, A), (6, C))[1:]
    assert read(f"设备MAC地址\n{A}") == good((2, A))
    assert read(f"{A}\nvoid # {B}") == good((1, A), (2, f"void # {B}"))


def test_only_the_first_line_can_be_a_heading() -> None:
    assert read(f"{A}\nMAC\n{B}") == good((1, A), (2, "MAC"), (3, B))


@pytest.mark.parametrize(
    "text", ["MAC: 00911f50004", "MAC 00:91:1f:50:00", "IMEI 861193040496", "mac=9.1E+11 00911f500"]
)
def test_a_first_line_with_digits_behind_the_word_is_no_heading(text: str) -> None:
    assert [number for number, *_ in read(f"{text}\n{A}")] == [1, 2]
    assert [number for number, *_ in read(f"{text};SN\n{A};1\n{B};2")] == [1, 2, 3]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "########"])
def test_what_a_spreadsheet_shows_instead_of_a_value_is_no_comment(error: str) -> None:
    assert [number for number, *_ in read(f"{A}\n{error}\n{B}")] == [1, 2, 3]
    assert [number for number, *_ in read(f"mac;sn\n{A};1\n{error};2\n{B};3")] == [2, 3, 4]


@pytest.mark.parametrize("text", ["9.11235E+11", "9,11235E+11", "911235678901.0", "9E+11", "8.61193E+14", "########"])
def test_numbers_that_a_spreadsheet_made_are_damage(text: str) -> None:
    assert read(f"{A}\n{text}")[1] == (2, text, SpreadsheetDamage)
    assert read(f"mac\tsn\n{A}\t1\n{text}\t2")[1] == (3, text, SpreadsheetDamage)


def test_a_mac_whose_digits_look_like_a_power_of_ten_is_none() -> None:
    assert read("1234567890E2\n00503E000123\n503E00000000") == good(
        (1, "1234567890E2"), (2, "00503E000123"), (3, "503E00000000")
    )


# bytes


@pytest.mark.parametrize(
    "data",
    [
        f"设备MAC,备注\n{A},好\n{B},坏\n".encode(),
        f"\ufeff设备MAC,备注\n{A},好\n{B},坏\n".encode(),
        f"设备MAC,备注\n{A},好\n{B},坏\n".encode("gb18030"),
        codecs.BOM_UTF16_LE + f"设备MAC\t备注\r\n{A}\t好\r\n{B}\t坏\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + f"设备MAC\t备注\r\n{A}\t好\r\n{B}\t坏\r\n".encode("utf-16-be"),
        f"MAC\tNote\r\n{A}\tgood\r\n{B}\tbad\r\n".encode("utf-16-le"),
        f"MAC\tNote\r\n{A}\tgood\r\n{B}\tbad\r\n".encode("utf-16-be"),
        f"MAC;Gerät\r\n{A};für\r\n{B};ü;\r\n".encode("latin-1"),
        f"MAC;Gerät\r\n{A};für\r\n{B};ü;\r\n".encode("cp1252"),
    ],
)
def test_the_usual_encodings_are_understood(data: bytes) -> None:
    assert [(text, failure) for _, text, failure in read(data)] == [(A, None), (B, None)]


def test_a_stray_zero_byte_spoils_its_line_only() -> None:
    found = judged("list", read_bytes(f"{A}\n0091\x001f500048\n{C}\n{D}\n{B}".encode(), "list.txt").lines)
    assert [line.verdict.value for line in found.lines[:3]] == ["good", "bad", "good"]


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x7fELF" + bytes(4000), b"\x89PNG\r\n\x1a\n" + b"\0\1" * 900]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ListUnreadable):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff".encode(), b"# only a remark\n", b"MAC\n", b"mac;sn\n"])
def test_a_list_of_nothing_is_said(data: bytes) -> None:
    with pytest.raises(ListEmpty):
        read(data)


# bounds


def test_a_list_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 3)
    assert len(read(f"{A}\n{B}\n{C}\n\n\n")) == 3
    for text in ("\n".join([A] * 4), " ".join([A] * 4), f"{A},{B},{C},{D},{A}", f"mac;sn\n{A};1\n{B};2\n{C};3\n{D};4"):
        with pytest.raises(ListTooLarge):
            read(text)


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    for read_it in (read, lambda text: read(text.encode())):
        assert len(read_it(f"{A}\n" * 7)) == 7
        with pytest.raises(ListTooLarge):
            read_it(f"{A}\n" * 8)


@pytest.mark.parametrize(
    "text",
    [
        "x," * 1_000_000,
        "," * 5_000_000,
        "0" * 5_000_000,
        " " * 5_000_000 + "x",
        '"' * 1_000_001,
        "a;" * 100_000 + "\n" + A,
    ],
    ids=["columns", "commas", "digits", "blanks", "quotes", "wide"],
)
def test_hostile_lines_come_to_an_end(text: str) -> None:
    try:
        checked = judged("list", read_text(text, "pasted").lines)
    except ListTooLarge:
        return
    assert all(len(line.text) <= 200 for line in checked.lines)
    assert [str(line.identity) for line in checked.good] in ([], [A])


def test_reading_stops_when_it_is_told_to() -> None:
    stop = Stop()
    stop.set()
    for text in (A, f"mac;sn\n{A};1"):
        with pytest.raises(Stopped):
            FileLists().lines_of(text, "pasted", stop)


_PIECES = st.sampled_from(
    [A, B, IMEI, "00:91:1F:50:00:49", f"{A}..{C}", f"{A} x 3", "void", "MAC", "imei", "#", "9.1E+11", '"', "'", "=",
     ",", ";", "\t", "|", " ", "\n", "\r\n", "\r", "，", "设备", "861193040496509", "=1+1", "sep=,", "\ufeff", "..",
     "-", "\0"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_text_of_these_pieces_is_read_or_refused_and_nothing_new_comes_out(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    try:
        checked = judged("list", read_text(text, "pasted").lines)
    except Failure:
        return
    known = {A, B, C, IMEI, "00911f500049"}
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= line.number <= last for line in checked.lines)
    for line in checked.good:
        assert str(line.identity) in known or _glued(text), (text, line)


def _glued(text: str) -> bool:
    """Whether pieces stood so close that digits of two run into one another or a range has another end."""
    return any(mark in text for mark in ("..", "-", "x 3"))


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        judged("list", read_bytes(data, "list").lines)
    except Failure:
        return
