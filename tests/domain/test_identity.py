"""Which texts are identities, and exactly why the others are not."""

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
    ],
)
def test_what_is_no_identity_is_refused_for_its_own_reason(text: str, refusal: type[IdentityRefused]) -> None:
    with pytest.raises(refusal):
        parse_identity(text)


def test_an_imei_from_a_real_module_is_taken_in_both_forms() -> None:
    assert parse_identity("861193040496508") == parse_identity("86-119304-049650-8") == Imei("861193040496508")
    assert Imei("861193040496508").readable == "86-119304-049650-8"


@pytest.mark.parametrize("imei", ["861193040496508", "866061038958554", "490154203237518"])
def test_every_single_wrong_digit_of_an_imei_is_found(imei: str) -> None:
    for place in range(15):
        for digit in "0123456789":
            if digit != imei[place]:
                with pytest.raises(WrongCheckDigit):
                    Imei.parse(imei[:place] + digit + imei[place + 1 :])


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
