"""What a name, a badge and a PIN have to be, and how long wrong ones are made to wait."""

import unicodedata
from itertools import pairwise

from gizqr_station.domain.people import SHORTEST_PIN
from gizqr_station.domain.people_failures import BadgeUnusable, NameUnusable, PinTooShort, PinTooSimple

FREE_TRIES = 5
"""So many wrong ones in a row are answered at once, save that the last of them starts the first pause."""
FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 900
LONGEST_BADGE_PAUSE_S = 300
"""Of a station that read unknown badges: everybody's waits there, so it is shorter."""
LOCKED_OUT_AFTER = 20
"""Wrong PINs in a row: from here on a lead has to unlock the person."""
MOST_AN_HOUR = 20
"""Wrong ones within one hour, whatever right ones came between them."""
HOUR_S = 3600.0

LONGEST_NAME = 60
LONGEST_PIN = 64
SHORTEST_BADGE = 4


def pause_s(failures: int, longest_s: int = LONGEST_PAUSE_S) -> int:
    """How long nothing is looked at after so many wrong ones in a row: 0, or 30 s doubled up to the longest."""
    if failures < FREE_TRIES:
        return 0
    doublings = min(failures - FREE_TRIES, 20)
    return min(FIRST_PAUSE_S << doublings, longest_s)


def usable_name(text: str) -> str:
    """A name as it is kept: composed, single blanks; raises NameUnusable.

    It begins with a letter or digit, so that no name looks like what records say where nobody is signed in.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    plain = name.isprintable() and not any(unicodedata.category(char) == "Cf" for char in name)
    if not name or len(name) > LONGEST_NAME or not plain or not name[0].isalnum():
        raise NameUnusable("".join(char for char in name if char.isprintable())[:LONGEST_NAME])
    return name


def name_key(name: str) -> str:
    """What two names are the same by: case, width and composition aside."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def require_good_pin(pin: str, badge: str = "") -> None:
    """Raise PinTooShort or PinTooSimple; ``badge`` is the person's, where it is known."""
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN or not (pin.isascii() and pin.isdigit()):
        raise PinTooShort(SHORTEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}) or (badge and pin in pins_of_badge(badge)):
        raise PinTooSimple


def pins_of_badge(badge: str) -> frozenset[str]:
    """What whoever sees a badge would try first: its text, and the digits in it."""
    return frozenset({badge, "".join(char for char in badge if char.isascii() and char.isdigit())} - {""})


def require_usable_badge(badge: str, *, fits: bool) -> None:
    """Raise BadgeUnusable for one too short, or that this station's scanners would not take for a badge."""
    if len(badge) < SHORTEST_BADGE or not fits:
        raise BadgeUnusable
