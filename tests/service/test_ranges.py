"""Facts about the ranges that the service takes."""

import pytest

from gizqr_station.domain.identity import Imei
from gizqr_station.qrcode_api import MAX_RANGE
from gizqr_station.service.ranges import RangeRefused, identities_between


def test_one_device_is_a_range_with_equal_ends() -> None:
    assert identities_between("00911F500047", "00911f500047") == ("00911f500047",)


def test_both_ends_belong_to_a_range() -> None:
    assert identities_between("00911f5000ff", "00911f500101") == ("00911f5000ff", "00911f500100", "00911f500101")


def test_a_range_of_imeis_holds_those_with_the_right_check_digit() -> None:
    found = identities_between("861193040496508", "861193040496524")
    assert found[0] == "861193040496508"
    assert found[-1] == "861193040496524"
    assert len(found) == 3
    assert all(Imei.parse(text).text == text for text in found)


def test_the_largest_range_is_taken_and_no_larger() -> None:
    assert len(identities_between("00911f500000", f"{0x00911F500000 + MAX_RANGE - 1:012x}")) == MAX_RANGE
    with pytest.raises(RangeRefused):
        identities_between("00911f500000", f"{0x00911F500000 + MAX_RANGE:012x}")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("00911f500048", "00911f500047"),
        ("00:91:1f:50:00:47", "00911f500047"),
        ("00911f50004", "00911f500047"),
        ("00911f50004g", "00911f500047"),
        ("", ""),
        ("00911f500047", "861193040496508"),
        ("861193040496507", "861193040496508"),
        ("861193040496508", "861193040496525"),
        ("000000000000000", "000000000000000"),
        ("00911f500047\n", "00911f500047"),
        ("٨٦١١٩٣٠٤٠٤٩٦٥٠٨", "861193040496508"),
    ],
)
def test_what_is_no_range_is_refused_with_a_reason(start: str, end: str) -> None:
    with pytest.raises(RangeRefused, match=r"\w"):
        identities_between(start, end)
