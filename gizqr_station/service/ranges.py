"""Which identities an inclusive range holds."""

import re

from gizqr_station.domain.identity import Imei, luhn_digit
from gizqr_station.domain.identity_failures import EmptyImei, NotAnIdentity, WrongCheckDigit, WrongLength
from gizqr_station.qrcode_api import MAX_RANGE

_MAC = re.compile(r"[0-9a-fA-F]{12}", re.ASCII)
_IMEI = re.compile(r"[0-9]{15}", re.ASCII)


class RangeRefused(Exception):
    """No task can be made of the two ends; its text is the reason."""


def identities_between(start: str, end: str) -> tuple[str, ...]:
    """Every identity from start to end, both included, in the service's form: at most MAX_RANGE.

    A MAC is 12 hexadecimal digits without separators, in either case; which bits are set in it is the client's
    affair. Where the form says MAC an IMEI is taken as well: its range holds every number in between whose check
    digit is right, which is one in ten.
    """
    if _MAC.fullmatch(start) and _MAC.fullmatch(end):
        return tuple(f"{number:012x}" for number in _numbers(int(start, 16), int(end, 16)))
    if _IMEI.fullmatch(start) and _IMEI.fullmatch(end):
        for name, text in (("start_mac", start), ("end_mac", end)):
            _require_imei(name, text)
        bodies = (f"{number:014d}" for number in _numbers(int(start) // 10, int(end) // 10))
        return tuple(body + str(luhn_digit(body)) for body in bodies)
    for name, text in (("start_mac", start), ("end_mac", end)):
        if not _MAC.fullmatch(text) and not _IMEI.fullmatch(text):
            raise RangeRefused(f"{name}: 12 hexadecimal digits of a MAC or 15 digits of an IMEI expected")
    raise RangeRefused("start_mac and end_mac: one is a MAC, the other an IMEI")


def _numbers(first: int, last: int) -> range:
    if first > last:
        raise RangeRefused("start_mac is after end_mac")
    if last - first >= MAX_RANGE:
        raise RangeRefused(f"range: more than {MAX_RANGE}")
    return range(first, last + 1)


def _require_imei(name: str, text: str) -> None:
    try:
        Imei.parse(text)
    except (EmptyImei, NotAnIdentity, WrongCheckDigit, WrongLength) as wrong:
        raise RangeRefused(f"{name}: not an IMEI") from wrong
