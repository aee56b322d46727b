"""Whatever comes, lines are found in it and little is kept."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.readers.simulated_wire import heard_at_another_rate
from gizqr_station.readers.text_lines import LONGEST_LINE, Heard, LineAssembler, text_of


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert LineAssembler().feed(b"one\r\ntwo\nthree\rfour\r\r\n\n\nfive") == [b"one", b"two", b"three", b"four"]


def test_zeros_are_no_part_of_what_follows_and_no_end_of_what_stands_before() -> None:
    assembler = LineAssembler()
    assert assembler.feed(bytes(1_000_000) + b"MAC\0861193040496508\0\n") == [b"MAC\x00861193040496508\x00"]


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_however_it_is_cut_the_same_lines_come(data: bytes, cuts: list[int]) -> None:
    assembler = LineAssembler()
    edges = [0, *sorted(cuts), len(data)]
    lines = [line for start, end in pairwise(edges) for line in assembler.feed(data[start:end])]
    assert lines == LineAssembler().feed(data)


@given(st.lists(st.binary(max_size=4000), max_size=8))
def test_never_more_than_one_line_is_held(pieces: list[bytes]) -> None:
    assembler = LineAssembler()
    for piece in pieces:
        assert all(0 < len(line) <= LONGEST_LINE for line in assembler.feed(piece))
        assert assembler.held <= LONGEST_LINE


def test_a_line_that_is_too_long_loses_its_last_word_and_its_rest() -> None:
    number = b"861193040496508"
    line = b"IMEI: ".rjust(LONGEST_LINE - len(number)) + number + b"02 and more"
    assert LineAssembler().feed(line + b"\nnext\n") == [line[: LONGEST_LINE - len(number) - 1], b"next"]


def test_a_word_without_an_end_is_no_line() -> None:
    assert LineAssembler().feed(b"8" * 10_000_000 + b"\nnext\n") == [b"next"]


def test_what_is_no_text_becomes_no_digit() -> None:
    assert text_of(b"8611\xff3040") == "8611�3040"


def test_text_noise_and_another_rate_are_told_apart() -> None:
    text = b"Retrieving the WiFi module MAC address: c4:7f:51:03:85:f7\r\n\x1b[0;32mI (734) wifi\x1b[0m\r\n" * 5
    assert not Heard().is_text
    heard = Heard()
    heard.take(text)
    assert heard.is_text
    for said_at, heard_at in ((115200, 9600), (9600, 115200), (74880, 115200), (115200, 57600), (57600, 115200)):
        wrongly = Heard()
        wrongly.take(heard_at_another_rate(text, said_at, heard_at))
        assert not wrongly.is_text, (said_at, heard_at)
