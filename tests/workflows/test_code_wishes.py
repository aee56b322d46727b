"""Ranges that people type: parted by whatever they part them by, and refused by name."""

import pytest

from gizqr_station.domain.allowance import ANYTHING, Allowance, LocalMacs
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import (
    LocallyAdministeredMac,
    MulticastMac,
    NotAnIdentity,
    OuiNotAllowed,
    WrongLength,
)
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.list_failures import RangeNotUnderstood, RangeTooLarge
from gizqr_station.domain.pool_failures import NothingToFetch
from gizqr_station.workflows.code_wishes import called, typed_ranges, wished_ranges
from tests.fake_codes import macs

A, B = "00911f500000", "00911f5000ff"


@pytest.mark.parametrize(
    "typed",
    [
        f"{A}..{B},00911f600000",
        f"{A} .. {B} 00911f600000",
        f"{A} - {B}\n00911f600000\n",
        f"{A} x 256; 00:91:1F:60:00:00",
        f"00911f600000 {A} x 256",
        f"{A} 至 {B}，00911f600000",
        f"{A} to {B}、00-91-1F-60-00-00",
        f"00911f600000 {A}..{B} {A}..{B}",
    ],
)
def test_ranges_may_be_parted_by_commas_lines_and_blanks(typed: str) -> None:
    _, ranges = wished_ranges(ANYTHING, typed)
    assert ranges == (macs(0, 256), IdentityRange.parse("00911f600000"))


def test_an_imei_in_its_printed_groups_is_one() -> None:
    (found,) = typed_ranges("86 119304 049650 8")
    assert str(found.first) == "861193040496508"


@pytest.mark.parametrize(
    ("typed", "failure"),
    [
        (f"{B}..{A}", RangeNotUnderstood),
        (f"{A} x 2000000", RangeTooLarge),
        (f"{A} 00911f60000", WrongLength),
        (f"{A} nonsense", NotAnIdentity),
        ("01911f500000", MulticastMac),
        ("02911f500000", LocallyAdministeredMac),
        (" \n ,", NothingToFetch),
        ("", NothingToFetch),
    ],
)
def test_what_is_no_range_is_refused_by_name(typed: str, failure: type[Failure]) -> None:
    with pytest.raises(failure):
        wished_ranges(ANYTHING, typed)


def test_empty_text_is_the_whole_order_by_its_number() -> None:
    order = Allowance(order="WO-7", ranges=(macs(10, 5), macs(12, 8), macs(0, 1)))
    assert wished_ranges(order, " \n") == ("WO-7", (macs(0, 1), macs(10, 10)))


def test_ranges_beside_the_order_are_for_a_shift_to_come_but_not_of_another_maker() -> None:
    order = Allowance(order="WO-7", ranges=(macs(0, 1),), ouis=frozenset({"00911f"}))
    assert wished_ranges(order, f"{A} x 300")[1] == (macs(0, 300),)
    with pytest.raises(OuiNotAllowed):
        wished_ranges(order, "accf23000000 x 3")


def test_locally_administered_macs_need_the_products_permission() -> None:
    allowed = Allowance(local_macs=LocalMacs("Li Wei", "own range"))
    assert len(wished_ranges(allowed, "02911f500000 x 3")[1][0]) == 3


def test_a_name_says_the_ranges_and_is_cut_off_where_it_gets_long() -> None:
    assert called([macs(0, 1), macs(2, 2)]) == "00911f500000, 00911f500002..00911f500003"
    assert len(called([macs(number * 10, 2) for number in range(9)])) == 60
