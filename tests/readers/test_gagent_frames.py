"""Frames are found whatever is around them, and nothing else is taken for one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.failures import Failure
from gizqr_station.readers.gagent_frames import MAX_LENGTH, MAX_PAYLOAD, Frame, FrameParser, encode
from gizqr_station.readers.module_info import identity_in

# Printed in the vendor's documents.
GOLDEN = [
    ("FF FF 00 07 0D 01 00 00 00 04 19", Frame(0x0D, 1, payload=b"\x00\x04")),
    ("FF FF 00 05 0E 01 00 00 14", Frame(0x0E, 1)),
    ("FF FF 00 06 09 02 00 00 01 12", Frame(0x09, 2, payload=b"\x01")),
    ("FF FF 00 05 0A 02 00 00 11", Frame(0x0A, 2)),
    ("FF FF 00 07 0D 02 00 00 00 05 1B", Frame(0x0D, 2, payload=b"\x00\x05")),
    ("FF FF 00 09 05 01 00 00 14 00 00 00 23", Frame(0x05, 1, payload=b"\x14\x00\x00\x00")),
]
HEARTBEAT = bytes.fromhex("FF FF 00 05 07 2A 00 00 36")

payloads = st.one_of(st.binary(max_size=80), st.lists(st.sampled_from([0, 0x55, 0xFF]), max_size=40).map(bytes))
frames = st.builds(
    Frame, st.integers(0, 255), st.integers(0, 255), st.sampled_from([0, 0x00FF, 0xFFFF]), payload=payloads
)


@pytest.mark.parametrize(("wire", "frame"), GOLDEN)
def test_the_vendors_own_frames_are_understood_and_made(wire: str, frame: Frame) -> None:
    assert FrameParser().feed(bytes.fromhex(wire)) == [frame]
    assert encode(frame) == bytes.fromhex(wire)


def test_each_ff_behind_the_header_gets_a_filler_that_neither_length_nor_checksum_count() -> None:
    wire = encode(Frame(0x22, 0xFF, payload=b"\xff\x55\xff"))
    assert wire == bytes.fromhex("FF FF 00 08 22 FF55 00 00 FF55 55 FF55 7C")
    assert FrameParser().feed(wire) == [Frame(0x22, 0xFF, payload=b"\xff\x55\xff")]


def test_a_checksum_of_ff_is_stuffed_too() -> None:
    frame = Frame(0x07, 0xF3)
    assert encode(frame).endswith(b"\x00\x00\xff\x55")
    assert FrameParser().feed(encode(frame)) == [frame]


@given(st.lists(frames, max_size=6), st.data())
def test_any_cutting_gives_the_same_frames(sent: list[Frame], data: st.DataObject) -> None:
    wire = b"".join(map(encode, sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=8)))
    parser = FrameParser()
    found: list[Frame] = []
    for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True):
        found += parser.feed(wire[start:end])
    assert found == sent
    assert (parser.frames, parser.broken, parser.bytes_seen) == (len(sent), 0, len(wire))


@given(st.binary(max_size=60), frames)
def test_a_frame_behind_noise_is_found(noise: bytes, frame: Frame) -> None:
    assert FrameParser().feed(noise + encode(frame))[-1:] == [frame]


@given(frames, frames, st.data())
def test_a_frame_that_was_cut_does_not_hide_the_next(cut: Frame, whole: Frame, data: st.DataObject) -> None:
    wire = encode(cut)
    kept = data.draw(st.integers(0, len(wire) - 1))
    assert FrameParser().feed(wire[:kept] + encode(whole))[-1:] == [whole]


@pytest.mark.parametrize("strays", [1, 2, 3, 4, 5])
def test_stray_ff_before_a_header_cost_no_frame(strays: int) -> None:
    assert FrameParser().feed(b"\xff" * strays + HEARTBEAT) == [Frame(0x07, 0x2A)]


def test_a_new_header_inside_a_frame_begins_a_new_frame() -> None:
    parser = FrameParser()
    assert parser.feed(bytes.fromhex("FF FF 00 09 05 01 00") + HEARTBEAT) == [Frame(0x07, 0x2A)]
    assert (parser.frames, parser.broken) == (1, 1)


def test_an_ff_without_filler_breaks_the_frame() -> None:
    parser = FrameParser()
    assert parser.feed(bytes.fromhex("FF FF 00 06 09 02 00 00 FF 01 12")) == []
    assert (parser.frames, parser.broken) == (0, 1)


@given(frames, st.data())
def test_a_changed_byte_never_gives_the_frame_that_it_changed_into(frame: Frame, data: st.DataObject) -> None:
    body = bytearray(encode(frame).replace(b"\xff\x55", b"\xff"))
    place = data.draw(st.integers(4, len(body) - 1))
    body[place] ^= data.draw(st.integers(1, 255))
    wire = bytes(body[:2]) + bytes(body[2:]).replace(b"\xff", b"\xff\x55")
    if b"\xff\xff" in encode(frame)[2:] or len(wire) < 9:
        return
    parser = FrameParser()
    assert parser.feed(wire) == []
    assert parser.frames == 0


@pytest.mark.parametrize("checksum", [0x35, 0x37, 0x00])
def test_a_wrong_checksum_is_dropped_and_counted(checksum: int) -> None:
    parser = FrameParser()
    assert parser.feed(HEARTBEAT[:-1] + bytes([checksum]) + HEARTBEAT) == [Frame(0x07, 0x2A)]
    assert (parser.frames, parser.broken, parser.bytes_seen) == (1, 1, 2 * len(HEARTBEAT))


@pytest.mark.parametrize("length", [0, 1, 4, MAX_LENGTH + 1, 0x8000, 0xFEFE])
def test_an_impossible_length_is_not_waited_for(length: int) -> None:
    parser = FrameParser()
    parser.feed(b"\xff\xff" + length.to_bytes(2, "big"))
    assert (parser.held, parser.broken) == (0, 1)


def test_the_largest_frame_passes_and_a_larger_one_is_not_made() -> None:
    frame = Frame(0x05, 9, payload=bytes(range(256)) * 3 + bytes(MAX_PAYLOAD - 768))
    assert FrameParser().feed(encode(frame)) == [frame]
    with pytest.raises(ValueError, match="payload"):
        encode(Frame(0x05, 9, payload=bytes(MAX_PAYLOAD + 1)))


def test_memory_stays_bounded_whatever_comes() -> None:
    parser = FrameParser()
    largest = 0
    for flood in (
        b"\xff" * 100_000,
        b"\0" * 100_000,
        b"\xff\xff\x04\x00" + b"A" * 900,
        b"\xff\xff\x04\x00",
        b"\xff\x55",
    ):
        for at in range(0, len(flood), 300):
            parser.feed(flood[at : at + 300])
            largest = max(largest, parser.held)
    assert 900 <= largest <= MAX_LENGTH + 2
    assert parser.feed(HEARTBEAT) == [Frame(0x07, 0x2A)]


@pytest.mark.parametrize("seed", [1, 2])
def test_200_000_random_bytes_name_no_identity(seed: int) -> None:
    parser = FrameParser()
    noise = random.Random(seed).randbytes(200_000)
    for frame in parser.feed(noise):
        with pytest.raises(Failure):
            identity_in(frame.payload, "port")
    assert parser.bytes_seen == 200_000
    assert parser.held <= MAX_LENGTH + 2


@pytest.mark.slow
def test_ten_million_bytes_that_look_like_frames_name_no_identity() -> None:
    draw = random.Random(3)
    parser = FrameParser()
    for _ in range(2_000):
        noise = bytes(draw.choices([0xFF, 0x55, 0x00, 0x22, 0x05, draw.randrange(256)], k=5_000))
        for frame in parser.feed(noise):
            with pytest.raises(Failure):
                identity_in(frame.payload, "port")
    assert parser.frames > 0
