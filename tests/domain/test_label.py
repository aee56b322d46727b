"""The one bitmap everybody gets."""

import pytest

from gizqr_station.domain.label import LabelImage


def test_the_same_dots_have_the_same_digest_and_others_another() -> None:
    one = LabelImage(9, 2, 203, (b"\x80\x80", b"\x00\x00"))
    assert one.digest == LabelImage(9, 2, 203, (b"\x80\x80", b"\x00\x00")).digest
    assert one.digest != LabelImage(9, 2, 203, (b"\x80\x00", b"\x00\x00")).digest
    assert one.digest != LabelImage(9, 2, 300, (b"\x80\x80", b"\x00\x00")).digest


@pytest.mark.parametrize("rows", [(b"\x80",), (b"\x80\x80", b"\x00"), (b"\x80\x80\x00", b"\x00\x00\x00")])
def test_rows_of_another_shape_are_no_image(rows: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="needs 2 rows of 2 bytes"):
        LabelImage(9, 2, 203, rows)


def test_a_dot_in_the_padding_would_print_a_stray_line() -> None:
    with pytest.raises(ValueError, match="padding"):
        LabelImage(9, 1, 203, (b"\x00\x40",))


def test_packed_dots_unpack_to_the_same_image() -> None:
    image = LabelImage(9, 2, 203, (b"\x80\x80", b"\xff\x00"))
    assert LabelImage.from_packed(9, 2, 203, image.packed) == image
