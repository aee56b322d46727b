"""Why a text is not an identity that may be labelled."""

from dataclasses import dataclass

from gizqr_station.domain.failures import IdentityRefused, Owner


@dataclass(eq=False)
class NotAnIdentity(IdentityRefused):
    """Neither a MAC nor an IMEI, in any notation."""

    code = "E-ID-01"
    text: str


@dataclass(eq=False)
class WrongLength(IdentityRefused):
    """All digits, but neither 12 hexadecimal nor 15 decimal."""

    code = "E-ID-02"
    text: str
    digits: int


@dataclass(eq=False)
class MulticastMac(IdentityRefused):
    """The first octet's lowest bit is set: a group address, never a device's own (IEEE 802)."""

    code = "E-ID-03"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class LocallyAdministeredMac(IdentityRefused):
    """The first octet's second bit is set: not given out by a maker, so not unique in the world."""

    code = "E-ID-04"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class EmptyMac(IdentityRefused):
    """All zeros: the module has no MAC written."""

    code = "E-ID-05"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class BroadcastMac(IdentityRefused):
    """All FF: an erased memory or the broadcast address."""

    code = "E-ID-06"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class WrongCheckDigit(IdentityRefused):
    """The fifteenth digit of the IMEI does not follow from the first fourteen (Luhn)."""

    code = "E-ID-07"
    text: str
    expected: int


@dataclass(eq=False)
class EmptyImei(IdentityRefused):
    """All zeros, which pass Luhn: the module has no IMEI written."""

    code = "E-ID-08"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class ImeiIsImsi(IdentityRefused):
    """The module answered its SIM's number in the IMEI field: a known fault of the open-source GAgent."""

    code = "E-ID-09"
    owner = Owner.LEAD
    text: str


@dataclass(eq=False)
class OuiNotAllowed(IdentityRefused):
    """The MAC's maker is not among those of this product."""

    code = "E-ID-10"
    owner = Owner.LEAD
    identity: str
    oui: str
    allowed: str


@dataclass(eq=False)
class NotInOrder(IdentityRefused):
    """The work order names ranges or a list, and this identity is in none of them."""

    code = "E-ID-11"
    owner = Owner.LEAD
    identity: str
    order: str


@dataclass(eq=False)
class WrongKind(IdentityRefused):
    """An IMEI where the product has MACs, or the other way round."""

    code = "E-ID-12"
    identity: str
    wanted: str


@dataclass(eq=False)
class TwoIdentities(IdentityRefused):
    """One device, or one pull of the trigger, named two: nobody knows which one is meant."""

    code = "E-ID-13"
    first: str
    second: str
