"""Requests byte for byte, and answers of any kind: understood, or refused by name."""

import contextlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.printing.ipp.messages import IPP_1_1, Answer, NotIpp, Operation, Said, Tag, decode, encode
from tests.printing.ipp.fake_ipp import (
    NO_VALUE,
    answer,
    attribute,
    boolean,
    collection,
    enum,
    integer,
    keyword,
    media_col,
    resolution,
    text,
)

_REQUEST = b"\x02\x00\x00\x0b\x00\x00\x00\x05"


def told(*attributes: bytes) -> Answer:
    return decode(answer(_REQUEST, 0, (4, b"".join(attributes))), 5)


def test_a_request_byte_for_byte() -> None:
    said = (Said("printer-uri", Tag.URI, "ipp://h/p"), Said("requested-attributes", Tag.KEYWORD, ("a", "b")))
    assert encode(Operation.GET_PRINTER_ATTRIBUTES, 5, said) == (
        b"\x02\x00\x00\x0b\x00\x00\x00\x05\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x09ipp://h/p"
        b"\x44\x00\x14requested-attributes\x00\x01a"
        b"\x44\x00\x00\x00\x01b"
        b"\x03"
    )


def test_a_job_with_a_collection_and_attributes_that_pyipp_has_no_tag_for() -> None:
    size = (Said("x-dimension", Tag.INTEGER, 4000), Said("y-dimension", Tag.INTEGER, 3000))
    column = Said("media-col", Tag.BEGIN_COLLECTION, (Said("media-size", Tag.BEGIN_COLLECTION, size),))
    scaling = Said("print-scaling", Tag.KEYWORD, "none")
    job = encode(Operation.PRINT_JOB, 5, (), (scaling, column), IPP_1_1)
    assert job[:8] == b"\x01\x01\x00\x02\x00\x00\x00\x05"
    assert job.endswith(
        b"\x02\x44\x00\x0dprint-scaling\x00\x04none"
        b"\x34\x00\x09media-col\x00\x00"
        b"\x4a\x00\x00\x00\x0amedia-size\x34\x00\x00\x00\x00"
        b"\x4a\x00\x00\x00\x0bx-dimension\x21\x00\x00\x00\x04\x00\x00\x0f\xa0"
        b"\x4a\x00\x00\x00\x0by-dimension\x21\x00\x00\x00\x04\x00\x00\x0b\xb8"
        b"\x37\x00\x00\x00\x00\x37\x00\x00\x00\x00\x03"
    )


def test_an_answer_is_read() -> None:
    seen = told(
        attribute("printer-state", enum(5)),
        attribute("printer-state-reasons", keyword("media-empty-error"), keyword("paused")),
        attribute("printer-is-accepting-jobs", boolean(False)),
        attribute("printer-state-message", text("No labels.")),
        attribute("printer-resolution-supported", resolution(203), resolution(300)),
        attribute("time-at-processing", NO_VALUE),
        collection("media-col-ready", media_col(4000, 3000) + b"\x37\x00\x00\x00\x00"),
    ).printers[0]
    assert seen.number("printer-state") == 5
    assert seen.texts("printer-state-reasons") == ("media-empty-error", "paused")
    assert seen.flag("printer-is-accepting-jobs") is False
    assert seen.text("printer-state-message") == "No labels."
    assert seen.several("printer-resolution-supported") == ((203, 203, 3), (300, 300, 3))
    assert seen.number("time-at-processing") is None
    assert "time-at-processing" in seen
    assert seen.several("media-col-ready") == ({"media-size": {"x-dimension": 4000, "y-dimension": 3000}},)
    assert seen.number("nothing") is seen.flag("nothing") is None
    assert seen.text("printer-state") == ""


def test_numbers_that_pyipp_has_no_name_for_are_numbers() -> None:
    assert (
        told(attribute("operations-supported", enum(2), enum(0x7ABC))).printers[0].number("operations-supported") == 2
    )
    assert told(attribute("printer-state", enum(77))).printers[0].number("printer-state") == 77


def test_groups_without_attributes_are_no_harm() -> None:
    seen = decode(answer(_REQUEST, 0x0406, (5, b""), (2, b"")), 5)
    assert (seen.status, seen.ok, seen.jobs) == (0x0406, False, ())


def test_several_jobs_stay_apart() -> None:
    jobs = [(2, attribute("job-id", integer(number))) for number in (7, 8)]
    assert [job.number("job-id") for job in decode(answer(_REQUEST, 0, *jobs), 5).jobs] == [7, 8]


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\x02\x00\x00\x00\x00\x00\x00\x05",
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x07\x21\x00\x01a\x00\x04\x00\x00\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x21\x00\x01a\x00\x02\x00\x00\x03",  # an integer of two bytes
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x41\x00\x01a\xff\xf0",  # a length that leads pyipp backwards
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x35\x00\x01a\x00\x06\xff\xf0en\x00\x00\x03",  # so does this one
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x41\x00\x01a\xff\xf0" + bytes(0xFFF0) + b"\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x35\x00\x01a\x00\x04\xff\xff\xf7\x00\x03",  # round and round
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01\x21\x00\x01a\x00\x05\x00\x00\x00\x01\x03\x03",  # an end inside
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01" + b"\x34\x00\x01a\x00\x00" * 2000 + b"\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x05\x01"
        + b"\x34\x00\x01a\x00\x00" * 2000
        + b"\x37\x00\x00\x00\x00" * 2000
        + b"\x03",
    ],
)
def test_what_is_none_is_refused(bad: bytes) -> None:
    with pytest.raises(NotIpp):
        decode(bad, 5)


def test_the_answer_to_another_request_is_refused() -> None:
    with pytest.raises(NotIpp):
        decode(answer(_REQUEST, 0), 6)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_refused(data: bytes) -> None:
    _understood_or_refused(_REQUEST[:2] + b"\x00\x00\x00\x00\x00\x05\x01" + data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.integers(0, 255), st.integers(0, 200))
def test_a_damaged_answer_is_an_answer_or_refused(at: int, value: int, cut: int) -> None:
    whole = bytearray(
        answer(
            _REQUEST,
            0,
            (
                4,
                attribute("printer-state", enum(3))
                + collection("media-col-ready", media_col(1, 2) + b"\x37" + bytes(4)),
            ),
            (2, attribute("job-name", (0x36, struct.pack(">H", 2) + b"en" + struct.pack(">H", 2) + b"17"))),
        )
    )
    whole[at % len(whole)] = value
    _understood_or_refused(bytes(whole))
    _understood_or_refused(bytes(whole[:cut]))


def _understood_or_refused(data: bytes) -> None:
    with contextlib.suppress(NotIpp):
        assert isinstance(decode(data, 5), Answer)
