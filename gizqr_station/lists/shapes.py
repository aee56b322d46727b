"""What identities, headings and the damage of spreadsheets look like, before anything is judged."""

import re

from gizqr_station.domain.identity import IMEI_NOTATIONS
from gizqr_station.domain.identity_ranges import named_in

_IDENTITY = re.compile(
    r"[0-9a-f]{12}|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}"
    rf"|{IMEI_NOTATIONS.pattern}",
    re.IGNORECASE | re.ASCII,
)
_ATTEMPT = re.compile(
    r"(?![0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4} )(?:[0-9a-f][:.\- ]?){10,}",
    re.IGNORECASE | re.ASCII,
)
"""Ten digits or more, and no date."""
_DIGITS = re.compile(r"[0-9a-f](?:[:.\- ]?[0-9a-f]){7,}", re.IGNORECASE | re.ASCII)
"""Too many for a heading: somebody wrote an identity behind the word."""
# 9.11235E+11 as a spreadsheet shows a long number (a MAC such as 1234567890E2 has no sign in it), 911235678901.0 as
# programs write one, and the crosses that fill a cell too narrow for it.
_DAMAGED = re.compile(r"[0-9]+(?:[.,][0-9]+)?E[+-][0-9]{1,3}|[0-9]{4,}[.,]0*|#{3,}", re.IGNORECASE | re.ASCII)
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD])
_FORCED_TEXT = re.compile(r'="([^"]*)"')
"""How CSV files keep a spreadsheet from taking a text for a number."""

_HEADING_NOISE = re.compile(r"[\s_\-:：()（）\[\]./#*'\"]+")
_OF_IDENTITIES = frozenset({"identity", "identities", "标识", "设备标识", "身份标识"})
_OF_NUMBERS = frozenset(
    {
        *("mac", "macs", "macaddress", "macaddresses", "macaddr", "devicemac", "mac地址", "设备mac", "设备mac地址"),
        *("imei", "imeis", "imeinumber", "deviceimei", "imei号", "imei码", "设备imei", "macorimei", "macimei"),
    }
)
_ALSO = re.compile(r"(?<![a-z])(?:mac|imei)(?:addr(?:ess)?)?(?![a-z])|macaddr")
LONGEST_HEADING = 40
_WORDS = re.compile(r"[a-z\u00e0-\u00ff]+|[\u4e00-\u9fff]+")
_SAYS_NO_MORE = re.compile(r"(?<![a-z])(?:mac|imei|addr(?:ess)?|identity|range|of)(?![a-z])|地址|标识|设备")
_OF_ENDS = frozenset(
    {*("to", "last", "end", "until", "till", "thru", "through", "bis", "ende"), *("到", "至", "结束", "终止", "截止")}
)
_OF_COUNTS = re.compile(r"(?<![a-z])(?:qty|quantity|quantities|count|pcs|pieces|anzahl|menge)(?![a-z])|数量|个数|台数")
_OF_OTHERS = frozenset({"ap"})
"""The access point's own address, which stands beside the station's on purpose."""


def is_shaped(text: str) -> bool:
    """Whether it is written like an identity or a range of them; it may still be one that must not be labelled."""
    if _IDENTITY.fullmatch(text):
        return True
    named = named_in(text)
    return bool(named) and all(_IDENTITY.fullmatch(one) for one in named)


def is_imei(text: str) -> bool:
    """Whether it is written like one IMEI."""
    return IMEI_NOTATIONS.fullmatch(text) is not None


def is_attempt(text: str) -> bool:
    """Whether somebody meant an identity: a digit too few, or damaged."""
    return _ATTEMPT.fullmatch(text) is not None or is_damaged(text)


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet wrote a number in the place of the text."""
    return _DAMAGED.fullmatch(text) is not None


def cleaned(text: str) -> str:
    """Without what nobody sees, and without the signs that only say "this is text"."""
    bare = text.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u3000", " ").strip()
    forced = _FORCED_TEXT.fullmatch(bare)
    if forced is not None:
        return forced[1].strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1].strip()
    return bare.removeprefix("'")


def heading_rank(text: str) -> int | None:
    """How clearly a heading says that identities stand below it: 0 best, then 1 and 2; None where it does not."""
    if len(text) > LONGEST_HEADING or _DIGITS.search(text):
        return None
    lowered = text.casefold()
    bare = _HEADING_NOISE.sub("", lowered)
    if bare in _OF_IDENTITIES:
        return 0
    if bare in _OF_NUMBERS:
        return 1
    return 2 if _ALSO.search(lowered) else None


def says_range(text: str) -> bool:
    """Whether a heading says that below it stands where a range ends, or how many it has."""
    if len(text) > LONGEST_HEADING:
        return False
    lowered = text.casefold()
    if _OF_COUNTS.search(lowered):
        return True
    words = set(_WORDS.findall(_SAYS_NO_MORE.sub(" ", lowered)))
    return bool(words) and words <= _OF_ENDS


def says_other(text: str) -> bool:
    """Whether a heading says that identities below it are those of something else than the device."""
    return _HEADING_NOISE.sub("", text.casefold()) in _OF_OTHERS
