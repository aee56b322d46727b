"""What was said once is nobody, what was said twice is believed, and two identities stop everything."""

import pytest

from gizqr_station.domain.device_failures import SaidTwoIdentities
from gizqr_station.domain.identity import IdentityKind, Imei, MacAddress
from gizqr_station.domain.identity_failures import EmptyImei, LocallyAdministeredMac, WrongKind
from gizqr_station.readers.sayings import Saying, Terms, TwiceSaid, each_once

MAC, OTHER = "00911f500047", "accf232be530"


def said(text: str, terms: Terms = Terms()) -> Saying:  # noqa: B008 - frozen
    return terms.saying(text, text.encode())


def test_two_equal_sayings_are_believed_in_any_notation() -> None:
    twice = TwiceSaid("COM3")
    assert twice.take(said("00:91:1F:50:00:47")) is None
    assert twice.once == MAC
    believed = twice.take(said(MAC))
    assert believed is not None
    assert believed.believed() == (MacAddress(MAC), MAC.encode())


def test_two_identities_stop_everything() -> None:
    twice = TwiceSaid("COM3")
    twice.take(said(MAC))
    with pytest.raises(SaidTwoIdentities) as two:
        twice.take(said(OTHER))
    assert (two.value.first, two.value.second) == (MAC, OTHER)


def test_who_is_known_says_it_once_and_anybody_else_twice() -> None:
    assert TwiceSaid("COM3", MacAddress(MAC)).take(said(MAC)) is not None
    twice = TwiceSaid("COM3", MacAddress(MAC))
    assert twice.take(said(OTHER)) is None
    assert twice.take(said(OTHER)) is not None


def test_who_is_known_does_not_hide_somebody_else() -> None:
    twice = TwiceSaid("COM3", MacAddress(MAC))
    twice.take(said(OTHER))
    with pytest.raises(SaidTwoIdentities):
        twice.take(said(MAC))


def test_a_refusal_is_believed_when_it_is_said_twice() -> None:
    twice = TwiceSaid("COM3")
    assert twice.take(said("000000000000000")) is None
    refused = twice.take(said("000000000000000"))
    assert refused is not None
    with pytest.raises(EmptyImei):
        refused.believed()


def test_a_damaged_line_in_between_changes_nothing() -> None:
    twice = TwiceSaid("COM3")
    twice.take(said(MAC))
    assert twice.take(said("00911f50004")) is None
    assert twice.take(said(MAC)) is not None


@pytest.mark.parametrize(
    ("text", "terms", "failure"),
    [
        ("866061038958554", Terms(IdentityKind.MAC), WrongKind),
        (MAC, Terms(IdentityKind.IMEI), WrongKind),
        ("02911f500047", Terms(), LocallyAdministeredMac),
    ],
)
def test_what_the_product_does_not_have_is_refused(text: str, terms: Terms, failure: type[Exception]) -> None:
    assert isinstance(said(text, terms).refusal, failure)


def test_what_the_product_has_is_taken() -> None:
    assert said("866061038958554", Terms(IdentityKind.IMEI)).identity == Imei("866061038958554")
    assert said("02911f500047", Terms(local_macs=True)).identity == MacAddress("02911f500047")


def test_what_stands_twice_in_one_answer_was_said_once() -> None:
    assert [saying.words for saying in each_once([said(MAC), said(OTHER), said(MAC.upper())])] == [MAC, OTHER]
