"""How long a service wants to be left alone: the Retry-After header of a 429 or 503 (RFC 9110, section 10.2.3)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 120.0
"""A longer wish is cut down to this: somebody stands at the bench."""

_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
"""The RFC has whole seconds only; whoever sends a fraction means it."""


def pause_wished_s(values: Iterable[str], now: datetime, sent: str | None = None) -> float | None:
    """Seconds from 0 to LONGEST_S, the longest of several headers; None where none makes sense.

    A header holds seconds or an HTTP date. A date is compared with ``sent``, the answer's own Date header, because a
    station's clock may be wrong, and else with ``now``, which is aware.
    """
    clock = _date(sent or "") or now
    wishes = [wish for value in values if (wish := _wish_s(value.strip(), clock)) is not None]
    return max(wishes) if wishes else None


def _wish_s(text: str, clock: datetime) -> float | None:
    if _SECONDS.fullmatch(text):
        # Longer than any float is what float() makes an infinity of.
        return min(float(text), LONGEST_S)
    until = _date(text)
    return None if until is None else min(max((until - clock).total_seconds(), 0.0), LONGEST_S)


def _date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # email.utils raises more than it says for odd texts
        return None
