"""Ranges of identities: what they hold, how they may be written, and what is no range."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, Imei, MacAddress, luhn_digit, parse_identity
from gizqr_station.domain.identity_failures import (
    EmptyMac,
    LocallyAdministeredMac,
    MulticastMac,
    NotAnIdentity,
    WrongCheckDigit,
    WrongLength,
)
from gizqr_station.domain.identity_ranges import LONGEST_RANGE, IdentityRange, joined, named_in
from gizqr_station.domain.list_failures import RangeNotUnderstood, RangeTooLarge

FIRST, LAST = "00911f500047", "00911f500049"


def macs(*last_digits: int) -> list[MacAddress]:
    return [MacAddress(f"00911f5000{digits:02x}") for digits in last_digits]


@st.composite
def ranges(draw: st.DrawFn, longest: int = 300) -> IdentityRange:
    count = draw(st.integers(1, longest))
    if draw(st.booleans()):
        octet = draw(st.sampled_from([0x00, 0x04, 0xAC, 0xFC]))
        number = draw(st.integers(1, 0xFF_FFFF_FFFF - longest))
        first: Identity = MacAddress(f"{octet:02x}{number:010x}")
        last: Identity = MacAddress(f"{octet:02x}{number + count - 1:010x}")
    else:
        number = draw(st.integers(1, 10**14 - longest))
        first, last = imei(number), imei(number + count - 1)
    return IdentityRange(first, last)


def imei(number: int) -> Imei:
    return Imei(f"{number:014d}{luhn_digit(f'{number:014d}')}")


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}..{LAST}",
        f"{FIRST}...{LAST}",
        f"{FIRST} … {LAST}",
        f" {FIRST}~{LAST} ",
        f"{FIRST} ～ {LAST}",
        f"{FIRST}-{LAST}",
        f"{FIRST} - {LAST}",
        f"{FIRST} -{LAST}",
        f"{FIRST}–{LAST}",
        f"{FIRST} to {LAST}",
        f"{FIRST}  TO  {LAST}",
        f"{FIRST}至{LAST}",
        f"{FIRST} 到 {LAST}",
        f"{FIRST} x 3",
        f"{FIRST}x3",
        f"{FIRST} X3",
        f"{FIRST} × 3",
        f"{FIRST} * 3",
        f"{FIRST} + 2",
        f"{FIRST}+2",
        "00:91:1F:50:00:47..00-91-1f-50-00-49",
        "00-91-1F-50-00-47 - 00-91-1F-50-00-49",
        "00-91-1F-50-00-47 ~ 0091.1f50.0049",
        "00:91:1F:50:00:47-00:91:1F:50:00:49",
        "0091.1f50.0047-0091.1f50.0049",
        "0091.1f50.0047..0091.1f50.0049",
        "00-91-1F-50-00-47 x 3",
        "00:91:1F:50:00:47 + 2",
        f"{FIRST}\u00a0-\u00a0{LAST}",
        f"{FIRST}\u3000至\u3000{LAST}",
    ],
)
def test_a_range_is_understood_in_every_notation(text: str) -> None:
    assert list(IdentityRange.parse(text)) == macs(0x47, 0x48, 0x49)


@pytest.mark.parametrize(
    "text",
    [
        "861193040496508..861193040496524",
        "861193040496508-861193040496524",
        "86-119304-049650-8 - 86-119304-049652-4",
        "86-119304-049650-8 至 861193040496524",
        "86 119304 049650 8 ~ 86 119304 049652 4",
        "861193040496508 x 3",
        "86-119304-049650-8 + 2",
    ],
)
def test_imeis_are_counted_by_their_first_fourteen_digits_and_get_their_check_digit(text: str) -> None:
    expected = [Imei("861193040496508"), Imei("861193040496516"), Imei("861193040496524")]
    assert list(IdentityRange.parse(text)) == expected


@pytest.mark.parametrize(
    "text", ["00911f500047", "00-91-1F-50-00-47", "00:91:1f:50:00:47", "0091.1f50.0047", " 00911F500047\r\n"]
)
def test_one_identity_alone_is_a_range_of_one_and_its_hyphens_part_nothing(text: str) -> None:
    only = IdentityRange.parse(text)
    assert (len(only), list(only)) == (1, macs(0x47))
    assert list(IdentityRange.parse("86-119304-049650-8")) == [Imei("861193040496508")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{LAST}..{FIRST}", "it ends before it begins"),
        ("00911f500048..00911f500047", "it ends before it begins"),
        (f"{FIRST}..861193040496508", "a MAC and an IMEI"),
        ("861193040496508..00911f500047", "a MAC and an IMEI"),
        ("00ffffffffff..040000000000", "it crosses the first octet"),
        ("00ffffffffff + 1", "it crosses the first octet"),
        ("00ffffffffff x 2", "it crosses the first octet"),
        (f"{FIRST}..", "it needs two ends"),
        (f"..{LAST}", "it needs two ends"),
        (f"{FIRST}..{FIRST}..{LAST}", "it needs two ends"),
        (f"{FIRST} - {FIRST} - {LAST}", "it needs two ends"),
        (f"{FIRST} x 0", "it has none"),
        ("999999999999994..000000000000018", "it ends before it begins"),
    ],
)
def test_what_is_no_range_is_refused_for_its_own_reason(text: str, reason: str) -> None:
    with pytest.raises(RangeNotUnderstood) as refused:
        IdentityRange.parse(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize("text", [f"{imei(10**14 - 1)} + 1", f"{imei(10**14 - 5)} x 6", f"{imei(10**14 - 5)} + 999999"])
def test_nothing_lies_beyond_the_last_imei(text: str) -> None:
    assert len(IdentityRange.parse(f"{imei(10**14 - 5)} x 5")) == 5
    with pytest.raises(RangeNotUnderstood) as refused:
        IdentityRange.parse(text)
    assert refused.value.reason == "it goes beyond the last one"


def test_a_hyphen_that_parts_no_two_identities_parts_nothing() -> None:
    for text in ("8611930-40496508", "out-of order"):
        with pytest.raises(NotAnIdentity) as refused:
            IdentityRange.parse(text)
        assert refused.value.text == text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("02911f500047..02911f500049", LocallyAdministeredMac),
        ("01911f500047..01911f500049", MulticastMac),
        ("000000000000..000000000005", EmptyMac),
        ("000000000000 x 5", EmptyMac),
        (f"{FIRST}..4f", WrongLength),
        (f"{FIRST}..00911f50004", WrongLength),
        ("86119304049650..86119304049652", WrongLength),
        ("861193040496508..861193040496525", WrongCheckDigit),
        ("861193040496508-861193040496525", WrongCheckDigit),
        ("00-91-1F-50-00-47-00-91-1F-50-00-49", WrongLength),
        ("00911f500047-4f", WrongLength),
        ("type=share&code=5c", NotAnIdentity),
        ("www.hi-flying.com", NotAnIdentity),
        ("", NotAnIdentity),
        ("8611930\n40496508", NotAnIdentity),
        (f"{FIRST}\n{LAST}", NotAnIdentity),
        ("0" * 500_000, NotAnIdentity),
        (" " * 500_000 + "x" + " " * 500_000, NotAnIdentity),
        ("g" + " " * 500_000 + "h", NotAnIdentity),
    ],
)
def test_an_end_that_must_not_be_labelled_refuses_the_range(text: str, refusal: type[IdentityRefused]) -> None:
    with pytest.raises(refusal):
        IdentityRange.parse(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("00911f000000..00911f0f4240", 1_000_001),
        ("000000000001..00ffffffffff", 1_099_511_627_775),
        (f"{FIRST} x 1000001", 1_000_001),
        (f"{FIRST} + 1000000", 1_000_001),
        (f"{FIRST} x 1000000000000000", 1_000_000_000_000_000),
    ],
)
def test_a_digit_too_many_is_refused_with_the_count(text: str, count: int) -> None:
    with pytest.raises(RangeTooLarge) as refused:
        IdentityRange.parse(text)
    assert (refused.value.count, refused.value.most) == (count, LONGEST_RANGE)


def test_the_longest_range_is_a_million() -> None:
    assert len(IdentityRange.parse("00911f000000..00911f0f423f")) == 1_000_000 == LONGEST_RANGE


def test_a_range_that_is_made_of_its_ends_is_checked_as_well() -> None:
    first, last = macs(0x47, 0x49)
    for ends in ((last, first), (first, Imei("861193040496508")), (MacAddress("00ffffffffff"), MacAddress("0" * 12))):
        with pytest.raises(RangeNotUnderstood):
            IdentityRange(*ends)


def test_local_macs_are_taken_where_they_are_allowed_and_stay_in_their_octet() -> None:
    local = IdentityRange.parse("02911f500047..02911f500049", local_macs=True)
    assert [str(one) for one in local] == ["02911f500047", "02911f500048", "02911f500049"]
    with pytest.raises(RangeNotUnderstood):
        IdentityRange.parse("02ffffffffff..040000000000", local_macs=True)
    with pytest.raises(MulticastMac):
        IdentityRange.parse("03911f500047..03911f500049", local_macs=True)


@settings(deadline=None)
@given(ranges())
def test_a_range_reads_back_as_it_is_written(each: IdentityRange) -> None:
    assert IdentityRange.parse(str(each)) == each
    assert IdentityRange.parse(f"{each.first.readable} ~ {each.last.readable}") == each
    assert IdentityRange.parse(f"{each.first} x {len(each)}") == each
    assert IdentityRange.parse(f"{each.first.readable} + {len(each) - 1}") == each


@settings(deadline=None)
@given(ranges())
def test_every_member_is_an_identity_and_they_are_as_many_as_the_length(each: IdentityRange) -> None:
    members = list(each)
    assert len(members) == len(set(members)) == len(each)
    assert (members[0], members[-1]) == (each.first, each.last)
    assert all(parse_identity(member.text) == member and member in each for member in members)


@settings(deadline=None)
@given(ranges(), ranges())
def test_a_range_holds_what_it_goes_through_and_nothing_else(each: IdentityRange, other: IdentityRange) -> None:
    members = set(each)
    assert all((member in each) == (member in members) for member in [*other, *each])
    assert each.first.text not in each
    assert None not in each


@settings(deadline=None)
@given(st.lists(ranges(20), max_size=12))
def test_joined_ranges_hold_exactly_what_was_joined_and_are_as_few_as_can_be(parts: list[IdentityRange]) -> None:
    identities = [identity for part in parts for identity in part]
    made = joined(identities)
    held = [identity for part in made for identity in part]
    assert (len(held), set(held)) == (len(set(held)), set(identities))
    for before, after in pairwise(made):
        assert len(joined([*before, *after])) == 2


def test_joining_leaves_no_gap_and_never_crosses_the_first_octet() -> None:
    assert [str(each) for each in joined(macs(0x49, 0x47, 0x48, 0x4B, 0x47))] == [
        "00911f500047..00911f500049",
        "00911f50004b..00911f50004b",
    ]
    edge = [MacAddress("00ffffffffff"), MacAddress("040000000000")]
    assert [len(each) for each in joined(edge)] == [1, 1]
    assert joined([]) == ()
    imeis = [imei(19_999_999_999_999), imei(20_000_000_000_000)]
    assert [len(each) for each in joined(imeis)] == [2]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_range_or_refused(text: str) -> None:
    try:
        made = IdentityRange.parse(text)
    except IdentityRefused:
        return
    assert IdentityRange.parse(str(made)) == made


@settings(deadline=None)
@given(st.text("0123456789abcdefABCDEF:.-~ x+*至", max_size=60))
def test_any_text_of_the_letters_that_ranges_have_is_a_range_or_refused(text: str) -> None:
    try:
        made = IdentityRange.parse(text)
    except IdentityRefused:
        return
    assert IdentityRange.parse(str(made)) == made


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"{FIRST}..{LAST}", (FIRST, LAST)),
        (f"{FIRST} - {LAST}", (FIRST, LAST)),
        (f"{FIRST}-{LAST}", (FIRST, LAST)),
        ("00-91-1F-50-00-47", ("00-91-1F-50-00-47",)),
        (f"{FIRST} x 100", (FIRST,)),
        (f" {FIRST} ", (FIRST,)),
        ("void", ("void",)),
        ("", ()),
        ("0" * 500, ()),
    ],
)
def test_the_texts_that_stand_where_identities_do_are_found_unchecked(text: str, named: tuple[str, ...]) -> None:
    assert named_in(text) == named


def test_a_part_of_a_range_begins_and_ends_where_it_should() -> None:
    whole = IdentityRange.parse("00911f5000fe x 5")
    assert str(whole.part(0, 5)) == str(whole)
    assert str(whole.part(1, 3)) == "00911f5000ff..00911f500101"
    for at, count in ((-1, 1), (3, 3), (5, 1), (0, 0)):
        with pytest.raises(RangeNotUnderstood):
            whole.part(at, count)


def test_two_ranges_are_one_only_where_the_second_begins_right_behind_the_first() -> None:
    first = IdentityRange.parse("00911f500000 x 5")
    assert str(first.with_next(IdentityRange.parse("00911f500005 x 2"))) == "00911f500000..00911f500006"
    for other in ("00911f500004 x 2", "00911f500006 x 2", "861193040496508", "00911f4fffff"):
        assert first.with_next(IdentityRange.parse(other)) is None
    last = IdentityRange.parse("00ffffffffff")
    assert last.with_next(IdentityRange.parse("010000000000".replace("01", "02", 1), local_macs=True)) is None
