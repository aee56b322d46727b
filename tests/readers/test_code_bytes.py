"""What a scanner in serial mode sends is cut into codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.readers.code_bytes import LARGEST_HELD, LONGEST_CODE, CodeBytes, decoded


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t"])
def test_each_usual_end_ends_a_code_once(end: bytes) -> None:
    assert CodeBytes().feed(b"ACCF232BE530" + end + b"C89346466684" + end) == ["ACCF232BE530", "C89346466684"]


def test_silence_ends_a_code_once() -> None:
    codes = CodeBytes()
    assert codes.feed(b"ACCF23") == []
    assert codes.feed(b"2BE530") == []
    assert (codes.silence(), codes.silence()) == (["ACCF232BE530"], [])


@given(st.lists(st.binary(max_size=40)))
def test_however_it_is_cut_the_codes_are_the_same(parts: list[bytes]) -> None:
    whole, cut = CodeBytes(), CodeBytes()
    assert (
        whole.feed(b"".join(parts)) + whole.silence()
        == [code for part in parts for code in cut.feed(part)] + cut.silence()
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (b"]Q1ACCF232BE530", "]Q1ACCF232BE530"),
        ("模块".encode(), "模块"),
        ("模块".encode("gbk"), "模块"),
        (b"\xff\x80x", "\xff\x80x"),
        (b"861193040496508;22271M\x1d15", "861193040496508;22271M\x1d15"),
    ],
)
def test_any_encoding_is_read(code: bytes, text: str) -> None:
    assert decoded(code) == text


def test_a_flood_is_held_within_64_kib_and_given_on_short() -> None:
    codes = CodeBytes()
    for _ in range(100):
        codes.feed(b"x" * 4096)
        assert codes.held <= LARGEST_HELD
    (code,) = codes.feed(b"\r")
    assert len(code) == LONGEST_CODE == 4097
    assert codes.held == 0
