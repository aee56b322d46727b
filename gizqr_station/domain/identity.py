"""Who a device is: a MAC or an IMEI, parsed once from any notation and trusted afterwards."""

import re
from dataclasses import dataclass
from enum import Enum

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

_MAC_NOTATIONS = re.compile(
    r"[0-9a-f]{12}|[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5}|[0-9a-f]{4}(\.[0-9a-f]{4}){2}",
    re.IGNORECASE | re.ASCII,
)
_HEX_AND_SEPARATORS = re.compile(r"[0-9a-f:.\- ]+", re.IGNORECASE | re.ASCII)
_IMEI = re.compile(r"[0-9]{15}", re.ASCII)
IMEI_NOTATIONS = re.compile(
    r"[0-9]{15}|[0-9]{2}(?P<new>[- ])[0-9]{6}(?P=new)[0-9]{6}(?P=new)[0-9]"
    r"|[0-9]{6}(?P<old>[- ])[0-9]{2}(?P=old)[0-9]{6}(?P=old)[0-9]",
    re.ASCII,
)
"""Bare, or in the groups that are printed; any other words of 15 digits together are several numbers."""
_PLAIN = {str(digit): digit for digit in range(10)}
_DOUBLED = {digit: sum(map(int, str(2 * value))) for digit, value in _PLAIN.items()}
"""Twice a digit, and the sum of the digits where that has two."""
_MULTICAST_BIT = 0x01
_LOCAL_BIT = 0x02


class IdentityKind(Enum):
    """What an identity is made of; the value is what JSON and ledger write."""

    MAC = "mac"
    IMEI = "imei"


@dataclass(frozen=True, slots=True)
class MacAddress:
    """A unicast MAC, as a rule given by a maker: 12 lower-case hexadecimal digits, the form of the QR service."""

    text: str

    @property
    def local(self) -> bool:
        """Whether it is locally administered, so that nobody vouches for its being the only one in the world."""
        return bool(int(self.text[:2], 16) & _LOCAL_BIT)

    @property
    def kind(self) -> IdentityKind:
        """Always a MAC."""
        return IdentityKind.MAC

    @property
    def oui(self) -> str:
        """The maker's part, the first six digits."""
        return self.text[:6]

    @property
    def readable(self) -> str:
        """In pairs with colons, as people compare it: ``00:91:1F:50:00:47``."""
        return ":".join(self.text[at : at + 2] for at in range(0, 12, 2)).upper()

    def __str__(self) -> str:
        """The normal form."""
        return self.text

    @classmethod
    def parse(cls, text: str, *, local_macs: bool = False) -> "MacAddress":
        """Take any usual notation; raise what exactly forbids it as a device's own MAC.

        ``local_macs``: the product's makers give out locally administered addresses on purpose, and somebody has
        allowed it (``domain.allowance``). Group addresses, zeros and broadcast stay forbidden.
        """
        stripped = text.strip()
        if not _MAC_NOTATIONS.fullmatch(stripped):
            raise _not_a_mac(stripped)
        digits = re.sub(r"[:.\-]", "", stripped).lower()
        first = int(digits[:2], 16)
        if digits == "0" * 12:
            raise EmptyMac(stripped)
        if digits == "f" * 12:
            raise BroadcastMac(stripped)
        if first & _MULTICAST_BIT:
            raise MulticastMac(stripped)
        if first & _LOCAL_BIT and not local_macs:
            raise LocallyAdministeredMac(stripped)
        return cls(digits)


@dataclass(frozen=True, slots=True)
class Imei:
    """A cellular module's 15 digits, the last of which checks the others."""

    text: str

    @property
    def kind(self) -> IdentityKind:
        """Always an IMEI."""
        return IdentityKind.IMEI

    @property
    def readable(self) -> str:
        """In the groups that are printed on devices: ``86-119304-049650-8``."""
        return f"{self.text[:2]}-{self.text[2:8]}-{self.text[8:14]}-{self.text[14]}"

    def __str__(self) -> str:
        """The normal form."""
        return self.text

    @classmethod
    def parse(cls, text: str) -> "Imei":
        """Take 15 digits, bare or in their printed groups; refuse a wrong check digit and all zeros."""
        digits = text if _IMEI.fullmatch(text) else re.sub(r"[\- ]", "", text.strip())
        if not _IMEI.fullmatch(digits):
            if re.fullmatch(r"[0-9]+", digits, re.ASCII):
                raise WrongLength(text.strip(), len(digits))
            raise NotAnIdentity(text.strip())
        if not IMEI_NOTATIONS.fullmatch(text.strip()):
            raise NotAnIdentity(text.strip())
        if digits == "0" * 15:
            raise EmptyImei(digits)
        expected = luhn_digit(digits[:14])
        if int(digits[14]) != expected:
            raise WrongCheckDigit(digits, expected)
        return cls(digits)


Identity = MacAddress | Imei


def parse_identity(text: str, *, local_macs: bool = False) -> Identity:
    """Whatever is 15 decimal digits long is an IMEI, all else must be a MAC; ``local_macs`` as in MacAddress.parse."""
    digits = re.sub(r"[\- ]", "", text.strip())
    if _IMEI.fullmatch(digits):
        return Imei.parse(text)
    return MacAddress.parse(text, local_macs=local_macs)


def luhn_digit(digits: str) -> int:
    """The check digit that makes the sum of Luhn (ISO/IEC 7812-1) a multiple of ten."""
    doubled = sum(map(_DOUBLED.__getitem__, digits[::-2]))
    return -(doubled + sum(map(_PLAIN.__getitem__, digits[-2::-2]))) % 10


def _not_a_mac(text: str) -> NotAnIdentity | WrongLength:
    digits = re.sub(r"[:.\- ]", "", text)
    if digits and _HEX_AND_SEPARATORS.fullmatch(text) and len(digits) != 12:
        return WrongLength(text, len(digits))
    return NotAnIdentity(text)
