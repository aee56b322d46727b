"""Bytes of a wire as lines for people: nothing is lost, and nothing of it can harm a screen or a file."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.wire_text import WireBytes, readable, visible

NOON = datetime(2026, 3, 2, 12, 1, 2, 345_678, tzinfo=UTC)


def heard(data: bytes, after_ms: float = 0, *, sent: bool = False) -> WireBytes:
    return WireBytes(NOON + timedelta(milliseconds=after_ms), sent, data)


def test_a_question_and_its_answer() -> None:
    wire = [heard(b"AT+CGSN=1\r\n", sent=True), heard(b"\r\n+CGSN: 866061038958554\r\n", 7)]
    assert readable(wire, UTC) == (
        "12:01:02.345  → 41 54 2b 43 47 53 4e 3d 31 0d 0a                  AT+CGSN=1\\r\\n",
        "12:01:02.352  ← 0d 0a 2b 43 47 53 4e 3a 20 38 36 36 30 36 31 30   \\r\\n+CGSN: 8660610",
        "12:01:02.352  ← 33 38 39 35 38 35 35 34 0d 0a                     38958554\\r\\n",
    )


def test_what_is_no_text_is_seen_in_the_hexadecimal_side_only() -> None:
    (line,) = readable([heard(bytes.fromhex("ff ff 00 05 0e 01 00 00 14 1b 7f"))], UTC)
    assert line == "12:01:02.345  ← ff ff 00 05 0e 01 00 00 14 1b 7f                  ···········"
    assert visible("é\x1b[2J\x85".encode("latin-1")) == "··[2J·"


def test_pieces_that_follow_closely_share_a_line_and_others_do_not() -> None:
    letters = [heard(bytes([letter]), at) for at, letter in enumerate(b"MAC", start=0)]
    assert [line[-3:] for line in readable(letters, UTC)] == ["MAC"]
    assert len(readable([heard(b"a"), heard(b"b", 21)], UTC)) == 2
    assert len(readable([heard(b"a"), heard(b"b", 1, sent=True), heard(b"c", 2)], UTC)) == 3


def test_a_piece_that_fills_up_a_line_goes_on_with_its_own_time() -> None:
    first, second = readable([heard(b"0123456789"), heard(b"abcdefghij", 10)], UTC)
    assert (first[:12], first[-16:]) == ("12:01:02.345", "0123456789abcdef")
    assert (second[:12], second[-4:]) == ("12:01:02.355", "ghij")


def test_a_megabyte_of_zeros_is_three_lines() -> None:
    assert readable([heard(bytes(1_000_000))], UTC) == (
        f"12:01:02.345  ← {'00 ' * 16}  {'·' * 16}",
        f"12:01:02.345  ← {'00 ' * 16}  {'·' * 16}",
        "12:01:02.345  ← * 62498 × 16",
    )


def test_short_equal_lines_are_never_folded() -> None:
    assert len(readable([heard(b"OK", at * 100) for at in range(20)], UTC)) == 20


@given(st.lists(st.tuples(st.binary(max_size=40), st.booleans(), st.integers(0, 50)), max_size=30))
def test_every_byte_is_told_in_order_with_its_direction(pieces: list[tuple[bytes, bool, int]]) -> None:
    wire, at = [], 0
    for data, sent, pause in pieces:
        at += pause
        wire.append(heard(data, at, sent=sent))
    told: list[tuple[bool, int]] = []
    row = b""
    for line in readable(wire, UTC):
        assert line.isprintable()
        sent = line[14] == "→"
        folded = re.fullmatch(r".{16}\* (\d+) × 16", line)
        row = row if folded else bytes.fromhex(line[16:63])
        told += [(sent, byte) for byte in row * (int(folded[1]) if folded else 1)]
    assert told == [(piece.sent, byte) for piece in wire for byte in piece.data]
