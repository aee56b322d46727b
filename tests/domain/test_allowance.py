"""What may be labelled: makers, ranges and lists of the work order, the kind, and local MACs by permission only."""

import random

import pytest

from gizqr_station.domain.allowance import ANYTHING, Allowance, LocalMacs
from gizqr_station.domain.failures import IdentityRefused, Owner
from gizqr_station.domain.identity import IdentityKind, Imei, MacAddress, parse_identity
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, NotInOrder, OuiNotAllowed, WrongKind
from gizqr_station.domain.identity_ranges import IdentityRange, joined

OURS, OTHERS, LOCAL = MacAddress("00911f500047"), MacAddress("accf232be530"), MacAddress("02911f500047")
IMEI = Imei("861193040496508")
PERMISSION = LocalMacs("Zhang Wei", "prototype run of 40")


def refusal(allowance: Allowance, identity: MacAddress | Imei) -> type[IdentityRefused] | None:
    try:
        allowance.require(identity)
    except IdentityRefused as refused:
        return type(refused)
    return None


def test_without_limits_every_identity_of_a_maker_may_be_labelled() -> None:
    assert [refusal(ANYTHING, each) for each in (OURS, OTHERS, IMEI)] == [None, None, None]


def test_a_maker_who_is_not_on_the_list_is_refused_by_name() -> None:
    allowance = Allowance(ouis=frozenset({"00911f", "f0fe6b"}))
    assert refusal(allowance, OURS) is None
    with pytest.raises(OuiNotAllowed) as refused:
        allowance.require(OTHERS)
    assert refused.value.values() == {
        "identity": "AC:CF:23:2B:E5:30", "oui": "AC:CF:23", "allowed": "00:91:1F, F0:FE:6B",
    }  # fmt: skip
    assert refused.value.owner is Owner.LEAD


def test_an_imei_has_no_maker_and_is_not_held_back_by_the_list_of_makers() -> None:
    assert refusal(Allowance(ouis=frozenset({"00911f"})), IMEI) is None


def test_only_the_kind_that_the_product_is_labelled_by_is_taken() -> None:
    assert refusal(Allowance(kind=IdentityKind.MAC), IMEI) is WrongKind
    assert refusal(Allowance(kind=IdentityKind.IMEI), OURS) is WrongKind
    assert refusal(Allowance(kind=IdentityKind.MAC), OURS) is None
    assert refusal(Allowance(kind=IdentityKind.IMEI), IMEI) is None


def test_a_local_mac_needs_somebodys_permission() -> None:
    assert refusal(ANYTHING, LOCAL) is LocallyAdministeredMac
    assert refusal(Allowance(local_macs=PERMISSION), LOCAL) is None


def test_the_permission_for_local_macs_lifts_nothing_else() -> None:
    allowed = Allowance(
        ouis=frozenset({"02911f"}), ranges=(IdentityRange.parse("02911f500000 x 16", local_macs=True),), order="WO-7",
        local_macs=PERMISSION,
    )  # fmt: skip
    assert refusal(allowed, LOCAL) is NotInOrder
    assert refusal(allowed, MacAddress("021111000001")) is OuiNotAllowed
    assert refusal(allowed, MacAddress("02911f50000f")) is None


@pytest.mark.parametrize("first", range(256))
def test_of_all_first_octets_the_gate_lets_through_what_it_should(first: int) -> None:
    """Parsing keeps group addresses out; the gate keeps local ones out, even if they were parsed for somebody else."""
    mac = MacAddress(f"{first:02x}911f500047")
    if not first & 1:
        assert refusal(ANYTHING, mac) is (LocallyAdministeredMac if first & 2 else None)
        assert refusal(Allowance(local_macs=PERMISSION), mac) is None


def test_the_orders_ranges_hold_both_ends_and_not_one_more() -> None:
    allowance = Allowance(order="WO-7", ranges=(IdentityRange.parse("00911f500047..00911f500049"),))
    inside = ["00911f500047", "00911f500048", "00911f500049"]
    assert [refusal(allowance, MacAddress(text)) for text in inside] == [None, None, None]
    for text in ("00911f500046", "00911f50004a", "accf232be530", "000000000001"):
        with pytest.raises(NotInOrder) as refused:
            allowance.require(MacAddress(text))
        assert refused.value.order == "WO-7"
    assert refusal(allowance, IMEI) is NotInOrder


def test_an_order_of_imeis_holds_no_mac_whose_digits_look_alike() -> None:
    allowance = Allowance(ranges=(IdentityRange.parse("861193040496508 x 100"),), local_macs=PERMISSION)
    assert refusal(allowance, IMEI) is None
    assert refusal(allowance, MacAddress("861193040496")) is NotInOrder


def test_ranges_that_overlap_or_touch_or_come_in_any_order_hold_what_each_of_them_holds() -> None:
    chance = random.Random(5)
    for _ in range(200):
        ranges = []
        for _ in range(chance.randrange(1, 8)):
            first = chance.randrange(1, 60)
            ranges.append(IdentityRange.parse(f"{first:012x} x {chance.randrange(1, 12)}"))
        allowance = Allowance(ranges=tuple(ranges))
        for number in range(1, 80):
            mac = MacAddress(f"{number:012x}")
            assert (refusal(allowance, mac) is None) == any(mac in each for each in ranges)


def test_a_list_of_singles_is_held_to_the_single() -> None:
    listed = [MacAddress(f"00911f{number:06x}") for number in range(0, 3000, 3)]
    allowance = Allowance(order="WO-7", ranges=joined(listed))
    for number in range(3000):
        expected = None if number % 3 == 0 else NotInOrder
        assert refusal(allowance, MacAddress(f"00911f{number:06x}")) is expected


def test_a_list_of_one_identity_is_a_list() -> None:
    allowance = Allowance(ranges=joined([parse_identity("00911f500047")]))
    assert (refusal(allowance, OURS), refusal(allowance, OTHERS)) == (None, NotInOrder)
