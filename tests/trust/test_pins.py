"""PINs are hashed with Argon2id as RFC 9106 wants it, and looked at again."""

import pytest

from gizqr_station.trust.pins import Argon2Pins
from gizqr_station.workflows.people_ports import PinHasher

CHEAP = Argon2Pins(rounds=1, memory_kib=64, lanes=1)


def test_a_hash_says_its_parameters_and_never_the_pin() -> None:
    made = CHEAP.hash("482915")
    assert made.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert "482915" not in made
    assert CHEAP.hash("482915") != made


def test_the_stations_own_parameters_are_those_of_the_rfc() -> None:
    made = Argon2Pins().hash("482915")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Argon2Pins().fits(made, "482915")


def test_only_the_pin_itself_fits() -> None:
    pins: PinHasher = CHEAP
    made = pins.hash("482915")
    assert pins.fits(made, "482915")
    for other in ("482916", "48291", "4829150", "", "482915 "):
        assert not pins.fits(made, other)


@pytest.mark.parametrize("damaged", ["", "plain", "$argon2id$v=19$m=64,t=1,p=1$x$y", "482915"])
def test_what_is_no_hash_fits_nothing(damaged: str) -> None:
    assert not CHEAP.fits(damaged, "482915")
    assert not CHEAP.fits(damaged, "")


def test_a_hash_under_other_parameters_is_outdated() -> None:
    made = CHEAP.hash("482915")
    assert not CHEAP.outdated(made)
    assert Argon2Pins().outdated(made)
    assert Argon2Pins().fits(made, "482915")
    assert CHEAP.outdated("plain")
