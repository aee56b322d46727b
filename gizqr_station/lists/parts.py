"""One line or cell, taken apart where it names several identities and there is no doubt about it."""

import re

from gizqr_station.domain.identity_ranges import named_in
from gizqr_station.lists import limits
from gizqr_station.lists.shapes import cleaned, is_imei, is_shaped

_SEPARATORS = re.compile(r"[,;|，；、\t\r\n]+")
_SEPARATOR_SIGNS = ",;|，；、\t\r\n"
_IMEI_AND_SERIAL = re.compile(r"([0-9]{15});[0-9A-Z]{4,40}", re.ASCII)
"""As on the labels of cellular modules: ``861193040496508;22271M00015061005530``."""
_SERIAL_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)
"""Beside an IMEI; elsewhere it is a MAC (``domain.scans`` knows the same)."""
_BEFORE = re.compile(
    r"(?:[0-9]{1,6}[.)、](?: +|(?<=、)))?(?:(?:mac(?: address)?|imei|mac ?地址) *[:：=] *)?", re.IGNORECASE
)
"""``12. `` and ``MAC: ``, which only say what follows."""


def parts_of(text: str) -> tuple[str, ...]:
    """The identities and ranges that a text names, each by itself, or the whole text where that is not clear.

    Most of several have to look like identities; what does not is among them and will be refused. Words beside a
    single identity (``void``, ``broken``) are not to be dropped: such a line is refused as a whole. Of an IMEI and the
    serial number behind it the IMEI is kept; where it is not clear whose number it is, nothing is taken apart.
    """
    whole = cleaned(text)
    if is_shaped(whole):
        return (whole,)
    parts = [part for piece in _SEPARATORS.split(whole) for part in _by_blanks(cleaned(piece))]
    named = [one for part in parts for one in named_in(part)] if len(parts) > 1 else []
    if any(map(is_imei, named)) and any(map(_SERIAL_NUMBER.fullmatch, named)):
        module = len(parts) == 2 and is_imei(parts[0]) and _SERIAL_NUMBER.fullmatch(parts[1])
        return (parts[0],) if module else (whole,)
    shaped = sum(map(is_shaped, parts))
    if shaped == len(parts) > 0 or (shaped > 1 and 2 * shaped > len(parts)):
        return tuple(parts)
    labelled = _IMEI_AND_SERIAL.fullmatch(whole)
    if labelled is not None:
        return (labelled[1],)
    behind = cleaned(whole[_BEFORE.match(whole).end() :])  # type: ignore[union-attr]  # it matches nothing, too
    return (behind,) if is_shaped(behind) else (whole,)


def too_many_parts(text: str) -> bool:
    """Whether a text would fall into more parts than a list may have lines."""
    return sum(map(text.count, _SEPARATOR_SIGNS)) > limits.ROWS


def _by_blanks(piece: str) -> list[str]:
    if not piece:
        return []
    if is_shaped(piece):
        return [piece]
    words = piece.split()
    return words if len(words) > 1 and all(map(is_shaped, words)) else [piece]
