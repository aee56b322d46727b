"""The search index of whichever database: kept with every job, checked against the jobs, built anew from them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.search_failures import SearchAstray
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.search_postgres import PostgresTerms
from gizqr_station.ledger.search_rows import MICROS_AN_HOUR, count_hours, record_hours
from gizqr_station.ledger.search_sqlite import SqliteTerms
from gizqr_station.ledger.search_steps import SEEN, Terms, Window
from gizqr_station.ledger.search_terms import terms_of
from gizqr_station.ledger.tables import jobs

HIGHEST = 2**63 - 1
_PAGE = 1000
_CHECKED_AT_ONCE = 20_000
_TERMS: dict[str, Terms] = {"sqlite": SqliteTerms(), "postgresql": PostgresTerms()}


def terms_in(connection: Connection) -> Terms:
    """The index of the database behind a connection."""
    return _TERMS[connection.dialect.name]


def keep(connection: Connection, job: PrintJob) -> None:
    """Let a job be found from now on; in the very transaction that opens it."""
    draft = job.draft
    terms = terms_of(job.identity.text, draft.label_serial, draft.work_order, draft.operator)
    terms_in(connection).keep(connection, [(job.id, terms)])
    count_hours(connection, [(job.id, micros(job.opened_at))])


def keep_rows(connection: Connection, first: int, last: int) -> int:
    """The same of rows of ``jobs`` that were written in bulk, by number, both included; how many there are."""
    wanted = select(*SEEN).where(jobs.c.id.between(first, last)).order_by(jobs.c.id)
    page = connection.execute(wanted).all()
    labels = ((row.id, terms_of(row.identity, row.label_serial, row.work_order, row.operator)) for row in page)
    terms_in(connection).keep(connection, labels)
    count_hours(connection, [(row.id, row.opened_at) for row in page])
    return len(page)


def build_anew(connection: Connection) -> int:
    """Forget the index and build it from the jobs; how many there are. For a migration, and for a damaged index."""
    terms_in(connection).empty(connection)
    connection.execute(record_hours.delete())
    highest = connection.execute(select(func.max(jobs.c.id))).scalar() or 0
    return sum(keep_rows(connection, first, first + _PAGE - 1) for first in range(1, highest + 1, _PAGE))


def require_searchable(database: Database) -> None:
    """Raise SearchAstray for the lowest job that the index lacks, or has though nobody opened it."""
    with database.reading() as connection:
        hours = {row.hour: row for row in connection.execute(select(record_hours))}
        highest = connection.execute(select(func.max(jobs.c.id))).scalar() or 0
    first = 1
    while first <= highest + 1:  # one page behind the last, which has no end
        window = Window(first, HIGHEST if first > highest else min(first + _CHECKED_AT_ONCE - 1, highest))
        with database.reading() as connection:  # one a page: a long reader would keep writers waiting
            astray = _first_astray(connection, window, hours)
        if astray is not None:
            raise SearchAstray(database.path, *astray)
        first = window.highest + 1


def _first_astray(connection: Connection, window: Window, hours: Mapping[int, Row[Any]]) -> tuple[int, str] | None:
    found = set(terms_in(connection).numbers(connection, window, _CHECKED_AT_ONCE))
    within = select(jobs.c.id, jobs.c.opened_at).where(jobs.c.id.between(window.lowest, window.highest))
    there = connection.execute(within.order_by(jobs.c.id).limit(_CHECKED_AT_ONCE)).all()
    for number in sorted(found.symmetric_difference(row.id for row in there)):
        return number, "is found by a search and nowhere else" if number in found else "is not found by a search"
    for row in there:
        hour = hours.get(row.opened_at // MICROS_AN_HOUR)
        if window.highest != HIGHEST and (hour is None or not hour.first_job <= row.id <= hour.last_job):
            return int(row.id), "is not found by its day"
    return None
