"""Which texts are identities, and exactly why the others are not."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Imei, MacAddress, luhn_digit, parse_identity
from gizqr_station.domain.identity_failures import (
    BroadcastMac,
    EmptyImei,
    EmptyMac,
    LocallyAdministeredMac,
    MulticastMac,
    NotAnIdentity,
    WrongCheckDigit,
    WrongLength,
)

NOTATIONS = (
    "c47f510385f7",
    "C47F510385F7",
    "c4:7f:51:03:85:f7",
    "C4-7F-51-03-85-F7",
    "c47f.5103.85f7",
    " c47f510385f7\r\n",
)


@pytest.mark.parametrize("text", NOTATIONS)
def test_every_notation_of_a_mac_is_the_same_mac(text: str) -> None:
    assert parse_identity(text) == MacAddress("c47f510385f7")


def test_a_mac_is_readable_in_pairs_and_knows_its_maker() -> None:
    mac = MacAddress.parse("00911f500047")
    assert (mac.readable, mac.oui, str(mac)) == ("00:91:1F:50:00:47", "00911f", "00911f500047")


@pytest.mark.parametrize("first", range(256))
def test_of_all_first_octets_only_the_makers_own_unicast_ones_are_taken(first: int) -> None:
    text = f"{first:02x}911f500047"
    if first & 1:
        with pytest.raises(MulticastMac):
            parse_identity(text)
    elif first & 2:
        with pytest.raises(LocallyAdministeredMac):
            parse_identity(text)
    else:
        assert str(parse_identity(text)) == text


@pytest.mark.parametrize("first", range(256))
def test_with_local_macs_allowed_only_the_group_addresses_stay_out(first: int) -> None:
    text = f"{first:02x}911f500047"
    if first & 1:
        with pytest.raises(MulticastMac):
            parse_identity(text, local_macs=True)
    else:
        taken = parse_identity(text, local_macs=True)
        assert (str(taken), isinstance(taken, MacAddress) and taken.local) == (text, bool(first & 2))


def test_of_all_first_octets_a_quarter_is_the_makers_own() -> None:
    refused: Counter[str] = Counter()
    for first in range(256):
        try:
            parse_identity(f"{first:02x}911f500047")
        except IdentityRefused as failure:
            refused[type(failure).__name__] += 1
    assert refused == {"MulticastMac": 128, "LocallyAdministeredMac": 64}


def _require_sorted(text: str) -> None:
    """IEEE 802: the first octet's last bit says group, the one before it local; worked out apart from the code."""
    last_digit_of_first_octet = text[1]
    if last_digit_of_first_octet in "13579bdf":
        expected: type[IdentityRefused] | None = MulticastMac
    elif last_digit_of_first_octet in "26ae":
        expected = LocallyAdministeredMac
    else:
        expected = None
    outcome: object = None
    try:
        assert parse_identity(text).text == text
    except IdentityRefused as refused:
        outcome = type(refused)
    assert outcome is expected, text


def _random_macs(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        # What nobody meets by chance is tested by name.
        yield f"{chance.randrange(1, 0xFFFF_FFFF_FFFF):012x}"


def test_a_hundred_thousand_random_macs_are_sorted_by_the_two_bits() -> None:
    for text in _random_macs(100_000, 1):
        _require_sorted(text)


@pytest.mark.slow
def test_a_million_random_macs_are_sorted_by_the_two_bits() -> None:
    for text in _random_macs(1_000_000, 2):
        _require_sorted(text)


@pytest.mark.parametrize("local_macs", [False, True])
@pytest.mark.parametrize(
    ("text", "refusal"),
    [("000000000000", EmptyMac), ("ffffffffffff", BroadcastMac), ("01005e0000fb", MulticastMac)],
)
def test_no_permission_makes_zeros_broadcast_or_groups_a_device(
    text: str, refusal: type[IdentityRefused], local_macs: bool
) -> None:
    with pytest.raises(refusal):
        parse_identity(text, local_macs=local_macs)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("000000000000", EmptyMac),
        ("00:00:00:00:00:00", EmptyMac),
        ("ffffffffffff", BroadcastMac),
        ("00911f50004", WrongLength),
        ("00911f5000477", WrongLength),
        ("00:91:1f:50:00", WrongLength),
        ("", NotAnIdentity),
        ("www.hi-flying.com", NotAnIdentity),
        ("00:91-1f:50:00:47", NotAnIdentity),
        ("0091.1f50:0047", NotAnIdentity),
        ("００９１１ｆ５０００４７", NotAnIdentity),
        ("861193040496509", WrongCheckDigit),
        ("000000000000000", EmptyImei),
        ("8611930404965081", WrongLength),
        ("86119304049650", WrongLength),  # without its check digit
        ("8611930404965012", WrongLength),  # IMEISV: a software version in the place of the check digit
        ("86-119304-049650-12", WrongLength),
        ("000000000000000!", NotAnIdentity),  # as a module was seen to answer
        ("460001234567891", WrongCheckDigit),  # an IMSI; nine of ten show by their last digit
        ("460111174510481", WrongCheckDigit),
        ("89860318740200000000", WrongLength),  # ICCID
        ("8611930404965O8", NotAnIdentity),
        ("８６１１９３０４０４９６５０８", NotAnIdentity),
    ],
)
def test_what_is_no_identity_is_refused_for_its_own_reason(text: str, refusal: type[IdentityRefused]) -> None:
    with pytest.raises(refusal):
        parse_identity(text)


def test_an_imei_from_a_real_module_is_taken_in_both_forms() -> None:
    assert parse_identity("861193040496508") == parse_identity("86-119304-049650-8") == Imei("861193040496508")
    assert Imei("861193040496508").readable == "86-119304-049650-8"


@pytest.mark.parametrize(
    "text",
    ["86-119304-049650-8", "86 119304 049650 8", "861193-04-049650-8", "861193 04 049650 8", " 861193040496508\r\n"],
)
def test_an_imei_is_taken_in_the_groups_that_are_printed(text: str) -> None:
    assert parse_identity(text) == Imei.parse(text) == Imei("861193040496508")


@pytest.mark.parametrize(
    "text",
    ["12345 67890 12347", "123456789012 347", "8611930-40496508", "86-119304 049650-8", "86--119304-049650-8",
     "8 6 1 1 9 3 0 4 0 4 9 6 5 0 8"],
)  # fmt: skip
def test_fifteen_digits_in_any_other_groups_are_no_imei(text: str) -> None:
    for parse in (parse_identity, Imei.parse):
        with pytest.raises(NotAnIdentity):
            parse(text)


@pytest.mark.parametrize("imei", ["861193040496508", "866061038958554", "490154203237518"])
def test_every_single_wrong_digit_of_an_imei_is_found(imei: str) -> None:
    for place in range(15):
        for digit in "0123456789":
            if digit != imei[place]:
                with pytest.raises(WrongCheckDigit):
                    Imei.parse(imei[:place] + digit + imei[place + 1 :])


def _imeis(count: int, seed: int) -> Iterator[str]:
    """Check digits by ISO/IEC 7812-1 as one reads it, digit for digit, apart from the code that is tested."""
    chance = random.Random(seed)
    for _ in range(count):
        digits = [chance.randrange(10) for _ in range(14)]
        total = 0
        for place, digit in enumerate(digits):
            # Counted from the right, the digits at places 2, 4, … are doubled: here those at odd indices.
            total += sum(map(int, str(2 * digit))) if place % 2 else digit
        yield "".join(map(str, digits)) + str((10 - total % 10) % 10)


def _changed(imei: str) -> Iterator[str]:
    """All 135 texts that differ from it in one digit."""
    for place in range(15):
        for digit in "0123456789".replace(imei[place], ""):
            yield imei[:place] + digit + imei[place + 1 :]


def test_of_ten_thousand_imeis_every_single_wrong_digit_is_found() -> None:
    found = 0
    for imei in _imeis(10_000, 3):
        assert Imei.parse(imei).text == imei
        found += sum(luhn_digit(changed[:14]) != int(changed[14]) for changed in _changed(imei))
    assert found == 10_000 * 15 * 9


def test_an_imei_with_a_digit_that_does_not_follow_is_refused_whatever_digit_is_wrong() -> None:
    for imei in _imeis(500, 5):
        for changed in _changed(imei):
            try:
                Imei.parse(changed)
            except WrongCheckDigit as refused:
                assert refused.expected == luhn_digit(changed[:14])  # noqa: PT017  # pytest.raises is slow
            else:
                pytest.fail(f"{changed} was taken")


@pytest.mark.slow
def test_ten_thousand_imeis_with_every_single_wrong_digit_are_refused() -> None:
    refused = 0
    for imei in _imeis(10_000, 6):
        for changed in _changed(imei):
            try:
                Imei.parse(changed)
            except WrongCheckDigit:
                refused += 1
    assert refused == 10_000 * 15 * 9


def test_two_neighbours_of_an_imei_swapped_are_found_unless_they_are_0_and_9() -> None:
    kept: set[str] = set()
    kinds: set[str] = set()
    for imei in _imeis(2_000, 4):
        for place in range(14):
            pair = imei[place : place + 2]
            if pair[0] != pair[1]:
                kinds.add(pair)
                swapped = imei[:place] + pair[::-1] + imei[place + 2 :]
                if luhn_digit(swapped[:14]) == int(swapped[14]):
                    kept.add(pair)
    assert (len(kinds), kept) == (90, {"09", "90"})


def test_the_refusal_of_an_imei_tells_the_digit_that_would_fit() -> None:
    with pytest.raises(WrongCheckDigit) as refused:
        Imei.parse("861193040496500")
    assert refused.value.expected == 8


@given(st.text(max_size=40))
def test_any_text_is_either_an_identity_or_refused(text: str) -> None:
    try:
        identity = parse_identity(text)
    except IdentityRefused:
        return
    assert parse_identity(identity.readable) == identity


@given(st.integers(0, 10**14 - 1))
def test_the_luhn_digit_makes_any_fourteen_digits_an_imei(number: int) -> None:
    digits = f"{number:014d}"
    if number:
        assert Imei.parse(digits + str(luhn_digit(digits))).text.startswith(digits)
