"""What can be asked of the records, and how the answer comes: a page at a time, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gizqr_station.domain.job import JobState, PrintJob

PAGE_SIZE = 50
UNKNOWN_ON_TOP = 200
"""Labels that nobody can account for on top of a first page: the oldest; newer ones stand where they belong."""

_SEPARATORS = re.compile(r"[:.\-\s]")


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """All that is given must hold; an empty query finds everything."""

    text: str = ""
    """A part of an identity in any notation, or of a label serial; separators and case do not matter."""
    order: str = ""
    """Beginning of an order's number."""
    operator: str = ""
    """Beginning of a name."""
    states: frozenset[JobState] = frozenset()
    """Any of these; empty = all."""
    since: date | None = None
    """Opened on that day, local time, or later."""
    until: date | None = None
    """Opened on that day, local time, or earlier."""
    contested: bool = False
    """Only labels that came from another ledger and claim a device that has one here."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A part of the answer."""

    jobs: tuple[PrintJob, ...]
    """Newest first."""
    after: int | None
    """Ask with this for the next page; None where there is none.

    A page may be short, or empty, and still have one: then a part of the records was looked through, and no more.
    """
    unknown: tuple[PrintJob, ...] = ()
    """Of the first page: labels that match and that nobody can account for, oldest first; not in ``jobs`` again."""


def plain(text: str) -> str:
    """An identity or a label serial, or a part of one, as it is compared: without separators, in small letters."""
    return _SEPARATORS.sub("", text).lower()


def folded(text: str) -> str:
    """An order's number or a name as it is compared: the case does not matter."""
    return text.strip().casefold()


def known_by(query: RecordQuery, identity: str, label_serial: str) -> bool:
    """Whether one of the two has the query's text as a part."""
    part = plain(query.text)
    return part in plain(identity) or part in plain(label_serial)


def made_for(query: RecordQuery, order: str, operator: str) -> bool:
    """Whether both begin as the query says."""
    return folded(order).startswith(folded(query.order)) and folded(operator).startswith(folded(query.operator))


def span_of(query: RecordQuery) -> tuple[datetime | None, datetime | None]:
    """When the query's first day begins and when its last one has ended, here; aware, in UTC. None where not asked."""
    since = None if query.since is None else _midnight(query.since)
    until = None if query.until is None or query.until == date.max else _midnight(query.until + timedelta(days=1))
    return since, until


def _midnight(day: date) -> datetime:
    at = datetime.combine(day, time())
    try:
        return at.astimezone(UTC)
    except (OverflowError, OSError, ValueError):  # beyond what this system's clock can say: nobody labelled then
        return at.replace(tzinfo=UTC)
