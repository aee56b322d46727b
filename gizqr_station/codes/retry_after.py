"""How long a service wants to be left alone: the Retry-After header of a 429 (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 120.0
"""A longer wish is cut down to this: somebody stands at the bench."""
UNSAID_S = 1.0
"""When the header is missing or makes no sense."""


def pause_wished_s(header: str | None, now: datetime) -> float:
    """Seconds from 0 to LONGEST_S; the header holds seconds or an HTTP date, ``now`` is aware."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_S) if len(text) < 10 else LONGEST_S
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return UNSAID_S
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_S)
