"""Records found by any part of what they are known by, newest first, a page at a time (``workflows.record_ports``).

Whatever is asked, one page looks at no more than some ten thousand jobs, by the way that is shortest: the terms of the
search index, the index of a rare state, or down the numbers. Where that is not enough, because newer jobs have one half
of what is wanted and older ones the other, the page is short and says from where to go on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.records import (
    PAGE_SIZE,
    UNKNOWN_ON_TOP,
    RecordPage,
    RecordQuery,
    known_by,
    made_for,
    span_of,
)
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.search_index import HIGHEST, build_anew, terms_in
from gizqr_station.ledger.search_rows import numbers_within
from gizqr_station.ledger.search_steps import (
    Step,
    Window,
    at_most_standing,
    newest_contested,
    newest_standing,
    oldest_standing,
)
from gizqr_station.ledger.search_terms import terms_wanted
from gizqr_station.ledger.tables import jobs

_FIRST_STEP, _LARGEST_STEP = 64, 4096
_LOOKED_AT = 12_000
"""Jobs that one page looks at."""
_RARE = 4_000
"""States with no more jobs than this are looked through, whatever else is asked for."""


@dataclass(frozen=True, slots=True)
class _Hunt:
    """A query in the words of the tables."""

    query: RecordQuery
    terms: tuple[str, ...]
    states: tuple[str, ...]
    """Empty for any."""
    since: int | None
    until: int | None
    """Microseconds since 1970; ``until`` itself is outside."""
    window: Window

    def wants(self, row: Row[Any]) -> bool:
        """Whether a job of the window and the states is what was asked for."""
        if self.since is not None and row.opened_at < self.since:
            return False
        if self.until is not None and row.opened_at >= self.until:
            return False
        query = self.query
        return known_by(query, row.identity, row.label_serial) and made_for(query, row.work_order, row.operator)


class SearchTables:
    """``record_ports.RecordSearch`` in SQL tables."""

    _database: Database
    _journal: Journal

    def search(self, query: RecordQuery, after: int | None = None) -> RecordPage:
        """A page, newest first; a short page with an ``after`` was not looked through to its end."""
        with self._database.reading() as connection:
            hunt = _hunt(connection, query)
            if hunt is None:
                return RecordPage((), None)
            unknown, settled = _unknown(connection, hunt)
            numbers, onward = _found(connection, hunt, after, PAGE_SIZE, settled)
            found = self._jobs(connection, numbers)
            return RecordPage(found, onward, self._jobs(connection, unknown) if after is None else ())

    def all_matching(self, query: RecordQuery) -> Iterator[PrintJob]:
        """Newest first, UNKNOWN ones among them, a page and a transaction at a time."""
        after: int | None = None
        while True:
            found, after = self._page(query, after, 10 * PAGE_SIZE)
            yield from found
            if after is None:
                return

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        """Newest first, by any part of identity or label serial; separators and case do not matter."""
        found: list[PrintJob] = []
        after: int | None = None
        while len(found) < limit:
            some, after = self._page(RecordQuery(text), after, min(limit - len(found), 10 * PAGE_SIZE))
            found.extend(some)
            if after is None:
                break
        return found

    def rebuild_search(self) -> int:
        """Build the search index anew; how many jobs it has then. Nobody else writes meanwhile."""
        with self._database.writing() as connection:
            return build_anew(connection)

    def _page(self, query: RecordQuery, after: int | None, most: int) -> tuple[tuple[PrintJob, ...], int | None]:
        with self._database.reading() as connection:
            hunt = _hunt(connection, query)
            if hunt is None:
                return (), None
            numbers, onward = _found(connection, hunt, after, most)
            return self._jobs(connection, numbers), onward

    def _jobs(self, connection: Connection, numbers: Sequence[int]) -> tuple[PrintJob, ...]:
        """In this order."""
        found = {job.id: job for job in self._journal.many(connection, select(jobs).where(jobs.c.id.in_(numbers)))}
        return tuple(found[number] for number in numbers)


def _hunt(connection: Connection, query: RecordQuery) -> _Hunt | None:
    """None where nothing can match."""
    since, until = (None if moment is None else micros(moment) for moment in span_of(query))
    window = Window(1, HIGHEST)
    if since is not None or until is not None:
        numbers = numbers_within(connection, since, until)
        if numbers is None:
            return None
        window = Window(*numbers)
    states = () if len(query.states) == len(JobState) else tuple(sorted(state.value for state in query.states))
    return _Hunt(query, terms_wanted(query), states, since, until, window)


def _unknown(connection: Connection, hunt: _Hunt) -> tuple[list[int], int]:
    """The jobs that stand on top, oldest first, and the number up to which every UNKNOWN one is among them."""
    if hunt.query.contested or (hunt.states and JobState.UNKNOWN.value not in hunt.states):
        return [], 0
    on_top: list[int] = []
    lowest, looked_at = hunt.window.lowest, 0
    while looked_at < _RARE:
        some = oldest_standing(connection, JobState.UNKNOWN.value, replace(hunt.window, lowest=lowest), _FIRST_STEP * 8)
        for row in some:
            if hunt.wants(row):
                on_top.append(row.id)
                if len(on_top) == UNKNOWN_ON_TOP:
                    return on_top, row.id
        if len(some) < _FIRST_STEP * 8:
            return on_top, HIGHEST
        looked_at += len(some)
        lowest = some[-1].id + 1
    return on_top, lowest - 1


def _found(
    connection: Connection, hunt: _Hunt, after: int | None, most: int, settled: int = 0
) -> tuple[list[int], int | None]:
    """Numbers of the newest jobs below ``after``, and after which to go on; None where there are no more.

    Without the UNKNOWN ones up to the number ``settled``, which are told elsewhere.
    """
    step = _way(connection, hunt)
    found: list[int] = []
    highest = hunt.window.highest if after is None else min(hunt.window.highest, after - 1)
    size, looked_at = _FIRST_STEP, 0
    while highest >= hunt.window.lowest:
        seen = step(replace(hunt.window, highest=highest), size)
        for row in seen.rows:
            if hunt.wants(row) and not (row.state == JobState.UNKNOWN.value and row.id <= settled):
                if len(found) == most:
                    return found, found[-1]
                found.append(row.id)
        if seen.reached is None:
            return found, None
        looked_at += len(seen.rows)
        # fewer than asked for, though not at the end: the step looked at as many as it may, in other states
        if looked_at >= _LOOKED_AT or len(seen.rows) < size:
            return found, seen.reached
        highest = seen.reached - 1
        size = min(4 * size, _LARGEST_STEP)
    return found, None


def _way(connection: Connection, hunt: _Hunt) -> Callable[[Window, int], Step]:
    """The shortest one: states that are rare are looked through, whatever else is asked for."""
    terms, states = hunt.terms, hunt.states
    if hunt.query.contested:
        return lambda window, most: newest_contested(connection, states, window, most)
    rare = bool(states) and at_most_standing(connection, states, hunt.window, _RARE + 1) <= _RARE
    if not terms or rare:
        return lambda window, most: newest_standing(connection, states, window, most)
    index = terms_in(connection)
    return lambda window, most: index.newest(connection, terms, states, window, most)
