"""The reader draws what a printer would, and refuses rather than guesses."""

import base64
import binascii
import re
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.label import LabelImage
from gizqr_station.printing.zpl_graphics import ZplRefused
from gizqr_station.printing.zpl_reader import ZplReader, read_format, read_labels, split_formats
from tests.printing.zpl_bytes import SETUP, label_zpl


@st.composite
def images(draw: st.DrawFn) -> LabelImage:
    width, height = draw(st.integers(1, 70)), draw(st.integers(1, 12))
    rows = []
    for _ in range(height):
        bits = draw(st.integers(0, 2**width - 1))
        stride = (width + 7) // 8
        rows.append((bits << (8 * stride - width)).to_bytes(stride, "big"))
    return LabelImage(width, height, 203, tuple(rows))


def _format(inner: bytes) -> bytes:
    return b"^XA" + inner + b"^XZ"


def _rows(inner: bytes) -> tuple[bytes, ...]:
    return read_format(_format(inner), 203).image.rows


def _z64(data: bytes, announced: int, checksum: int | None = None) -> bytes:
    text = base64.b64encode(zlib.compress(data))
    crc = binascii.crc_hqx(text, 0) if checksum is None else checksum
    return b"^GFA,%d,%d,2,:Z64:%s:%04X^FS" % (announced, announced, text, crc)


@given(images())
def test_what_is_encoded_is_read_back_at_any_width(image: LabelImage) -> None:
    read = read_format(label_zpl(image, "x-1"), 203)
    assert (read.image, read.job_name, read.copies) == (image, "x-1", 1)


@pytest.mark.parametrize(
    "setting",
    [
        b"^JZN", b"^PON", b"^PMN", b"^LRN", b"^LS0", b"^LT0", b"^LH0,0", b"^JMA", b"^MUD", b"^XB", b"^ML1200",
        b"^MNN", b"^MNY", b"^MNW", b"^MNA", b"^MNM", b"^MNM,-24", b"^MTD", b"^MTT", b"^MMT", b"^MMT,N",
        b"^MD0", b"^MD-30", b"^MD12.5", b"~SD00", b"~SD30", b"~SD07", b"^PR4", b"^PRA", b"^PR6,6,6",
    ],
)  # fmt: skip
def test_settings_that_change_nothing_are_read_over(setting: bytes) -> None:
    assert _rows(setting + b"^PW8^LL1^FO0,0^GFA,1,1,1,81^FS") == (b"\x81",)


def test_settings_hold_for_the_labels_that_follow_and_print_nothing_themselves() -> None:
    reader = ZplReader(203)
    assert reader.read(b"^XA^PW8^LL2^LT1^JZN~SD15^XZ") is None
    for _ in range(2):
        label = reader.read(_format(b"^FO0,0^GFA,1,1,1,81^FS"))
        assert label is not None
        assert label.image.rows == (b"\0", b"\x81")


def test_nothing_is_kept_of_a_format_that_is_refused() -> None:
    reader = ZplReader(203)
    with pytest.raises(ZplRefused):
        reader.read(_format(b"^PW8^LL2^FO0,0^GFA,1,1,1,8^FS"))
    with pytest.raises(ZplRefused, match=re.escape("no ^PW")):
        reader.read(_format(b"^FO0,0^GFA,1,1,1,81^FS"))


def test_copies_without_a_picture_are_refused() -> None:
    with pytest.raises(ZplRefused, match="PQ: nothing to print"):
        ZplReader(203).read(_format(b"^PW8^LL1^PQ2"))


def test_a_stream_of_settings_and_labels_gives_its_labels() -> None:
    image = LabelImage(8, 1, 203, (b"\x81",))
    labels = read_labels(SETUP + label_zpl(image, "1") + SETUP + label_zpl(image, "2"), 203)
    assert [(label.image, label.job_name) for label in labels] == [(image, "1"), (image, "2")]
    with pytest.raises(ZplRefused, match="not one format"):
        read_labels(SETUP + b"^XA^PW8", 203)


def test_a_format_that_prints_nothing_is_no_label() -> None:
    with pytest.raises(ZplRefused, match="nothing to print"):
        read_format(SETUP.strip(), 203)


def test_shifts_move_the_picture_as_the_guide_says() -> None:
    dot = b"^FO3,1^GFA,1,1,1,80^FS"
    assert _rows(b"^PW8^LL3^LH2,0" + dot) == (b"\0", b"\x04", b"\0")
    assert _rows(b"^PW8^LL3^LS2" + dot) == (b"\0", b"\x40", b"\0")
    assert _rows(b"^PW8^LL3^LS-2" + dot) == (b"\0", b"\x04", b"\0")
    assert _rows(b"^PW8^LL3^LT1" + dot) == (b"\0", b"\0", b"\x10")
    assert _rows(b"^PW8^LL3^LT-1" + dot) == (b"\x10", b"\0", b"\0")


@pytest.mark.parametrize("shift", [b"^LS4", b"^LS-5", b"^LT-2", b"^LT2", b"^LH5,0", b"^LH0,2"])
def test_a_picture_that_is_shifted_off_the_label_is_refused(shift: bytes) -> None:
    with pytest.raises(ZplRefused, match="beyond"):
        _rows(b"^PW8^LL3" + shift + b"^FO3,1^GFA,1,1,1,80^FS")


def test_what_places_a_label_counts_only_before_its_first_field_ends() -> None:
    for late in (b"^PW8", b"^LL1", b"^LH0,0", b"^LS0", b"^LT0"):
        with pytest.raises(ZplRefused, match="too late"):
            _rows(b"^PW8^LL1^FXjob 1^FS" + late + b"^FO0,0^GFA,1,1,1,81^FS")


def test_the_number_of_copies_is_read() -> None:
    for copies in (b"^PQ3", b"^PQ3,0,0,N", b"^PQ3,0,0,N,Y"):
        assert read_format(_format(b"^PW8^LL1^FO0,0^GFA,1,1,1,81^FS" + copies), 203).copies == 3


def test_plain_hexadecimal_is_read() -> None:
    assert _rows(b"^PW16^LL2^FO0,0^GFA,4,4,2,AA5500FF^FS") == (b"\xaa\x55", b"\x00\xff")


def test_zebras_short_forms_are_read() -> None:
    # G to Y repeat 1 to 19 times, g to z 20 to 400; comma and ! fill a row with 0 or 1, a colon repeats the row above.
    inner = b"^PW16^LL6^FO0,0^GFA,12,12,2,IFE:,!FF,A!^FS"
    assert _rows(inner) == (b"\xff\xfe", b"\xff\xfe", b"\0\0", b"\xff\xff", b"\xff\0", b"\xaf\xff")
    wide = b"^PW168^LL1^FO0,0^GFA,21,21,21,hHF^FS"
    assert _rows(wide) == (b"\xff" * 21,)


def test_base64_without_compression_is_read() -> None:
    text = base64.b64encode(b"\xaa\x55")
    inner = b"^PW16^LL1^FO0,0^GFA,2,2,2,:B64:%s:%04X^FS" % (text, binascii.crc_hqx(text, 0))
    assert _rows(inner) == (b"\xaa\x55",)


def test_graphics_are_put_where_they_belong_and_add_up() -> None:
    inner = b"^PW12^LL3^FO3,1^GFA,1,1,1,80^FS^FO0,1^GFA,1,1,1,80^FS"
    assert _rows(inner) == (b"\0\0", b"\x90\0", b"\0\0")


def test_white_padding_may_hang_over_the_edge_but_no_dot() -> None:
    assert _rows(b"^PW9^LL1^FO0,0^GFA,2,2,2,FF80^FS") == (b"\xff\x80",)
    for inner in (b"^PW9^LL1^FO0,0^GFA,2,2,2,FF40^FS", b"^PW8^LL1^FO0,0^GFA,2,2,1,0001^FS"):
        with pytest.raises(ZplRefused, match="beyond"):
            _rows(inner)


def test_a_wrong_checksum_is_refused() -> None:
    assert _rows(b"^PW16^LL1^FO0,0" + _z64(b"\xaa\x55", 2)) == (b"\xaa\x55",)
    with pytest.raises(ZplRefused, match="checksum"):
        _rows(b"^PW16^LL1^FO0,0" + _z64(b"\xaa\x55", 2, checksum=0))


def test_more_or_less_data_than_announced_is_refused() -> None:
    for data in (b"\xaa" * 4, b"\xaa"):
        with pytest.raises(ZplRefused, match="instead of"):
            _rows(b"^PW16^LL1^FO0,0" + _z64(data, 2))


def test_a_few_bytes_that_stand_for_millions_take_no_memory() -> None:
    bomb = _format(b"^PW16^LL1^FO0,0" + _z64(bytes(20_000_000), 2))
    repeats = _format(b"^PW16^LL1^FO0,0^GFA,2,2,2," + b"z" * 50_000 + b"F^FS")
    rows = _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AAAA" + b":" * 500_000 + b"^FS")
    tracemalloc.start()
    try:
        for zpl in (bomb, repeats, rows):
            with pytest.raises(ZplRefused):
                read_format(zpl, 203)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_500_000


@pytest.mark.parametrize(
    "zpl",
    [
        b"",
        b"^XA",
        b"hello",
        b"^XZ",
        _format(b""),
        _format(b"^PW16"),
        _format(b"^PW16^LL1junk"),
        _format(b"junk^PW16^LL1"),
        _format(b"^PW16^LL1~JA"),
        _format(b"^PW16^LL1^FDhello^FS"),
        _format(b"^PW16^LL1^BQN,2,4"),
        _format(b"^PWsixteen^LL1"),
        _format(b"^PW16^LL99999"),
        _format(b"^PW16^LL1^GFA,2,2,2,AA55^FS"),
        _format(b"^PW16^LL1^FO0,0^FS^GFA,2,2,2,AA55^FS"),
        _format(b"^PW16^LL1^FO0^GFA,2,2,2,AA55^FS"),
        _format(b"^PW16^LL1^FO0,0^GFB,2,2,2,AA55^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,0,AA55^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,3,3,2,AA5500^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AA5^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AA5G^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AA55A^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AA55G^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,AAZZ^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,:^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,zzzzzzzzzzF^FS"),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,:Z64:AAAA:%04X^FS" % binascii.crc_hqx(b"AAAA", 0)),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,:Z64:AAA:%04X^FS" % binascii.crc_hqx(b"AAA", 0)),
        _format(b"^PW16^LL1^FO0,0^GFA,2,2,2,:Z99:AAAA:0000^FS"),
        _format("^FXjöb^FS^PW16^LL1".encode()),
    ],
)
def test_what_is_not_understood_is_refused(zpl: bytes) -> None:
    with pytest.raises(ZplRefused):
        read_format(zpl, 203)


@pytest.mark.parametrize(
    "piece",
    [
        b"^LS", b"^LSx", b"^LS10000", b"^LT121", b"^LT-121", b"^LH8", b"^POI", b"^PO", b"^PMY", b"^LRY", b"^JZY",
        b"^JZ", b"^JMB", b"^MUI", b"^MNX", b"^MT", b"^MD31", b"~SD31", b"~SD", b"^PR", b"^PR4,4,4,4", b"^JUS",
        b"^SXA,A,Y,Y", b"^CI28", b"^CC+", b"~JA", b"~PS", b"^PQ0", b"^PQ", b"^PQ2,0,1,Y", b"^PQ2,1", b"^FWR",
    ],
)  # fmt: skip
def test_a_setting_that_might_change_the_label_is_refused_by_its_name(piece: bytes) -> None:
    picture = b"^PW16^LL1" + piece + b"^FO0,0^GFA,2,2,2,AA55^FS"
    with pytest.raises(ZplRefused, match=re.escape(piece[:3].decode())):
        read_format(_format(picture), 203)


@given(st.binary(max_size=80))
def test_no_bytes_make_it_fail_otherwise(junk: bytes) -> None:
    for zpl in (junk, _format(junk), _format(b"^PW16^LL2^FO0,0^GFA,4,4,2," + junk)):
        try:
            read_format(zpl, 203)
        except ZplRefused:
            continue


@given(st.lists(st.integers(1, 60), max_size=12))
def test_formats_are_found_however_a_stream_is_cut(cuts: list[int]) -> None:
    image = LabelImage(8, 1, 203, (b"\x81",))
    stream = label_zpl(image, "1") + label_zpl(image, "2") + b"^XA^PW8"
    found, rest = [], b""
    for cut in [*cuts, len(stream)]:
        formats, rest = split_formats(rest + stream[:cut])
        stream = stream[cut:]
        found += formats
    assert [read_format(zpl, 203).job_name for zpl in found] == ["1", "2"]
    assert rest.strip() == b"^XA^PW8"


def test_a_label_larger_than_any_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(ZplRefused, match="32000 x 32000 dots"):
        read_format(_format(b"^PW32000^LL32000^FO0,0^GFA,1,1,1,81^FS"), 203)


def test_a_broken_off_format_does_not_spoil_the_next() -> None:
    image = LabelImage(8, 1, 203, (b"\x81",))
    whole = label_zpl(image, "2")
    (found,), rest = split_formats(label_zpl(image, "1")[:30] + whole)
    assert read_format(found, 203).job_name == "2"
    assert rest.strip() == b""
