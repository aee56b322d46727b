"""The search index in PostgreSQL: the terms of each job as numbers in an array, and a GIN index over them.

It needs no extension, so no right that an owner of a database may lack. To show the newest first of what a GIN index
finds, all of that has to be fetched and sorted: where it is much, the newest jobs are looked through by number instead.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from gizqr_station.ledger.search_steps import SEEN, Step, Window
from gizqr_station.ledger.tables import jobs

CREATE = (
    "CREATE TABLE search_terms (job BIGINT NOT NULL CONSTRAINT pk_search_terms PRIMARY KEY, terms INTEGER[] NOT NULL)",
    "CREATE INDEX search_by_terms ON search_terms USING gin (terms)",
)

# Not among the tables that every ledger has: SQLite knows no arrays.
_KEPT = Table(
    "search_terms",
    MetaData(),
    Column("job", BigInteger, primary_key=True, autoincrement=False),
    Column("terms", ARRAY(Integer), nullable=False),
)
_FEW = 20_000
"""So many finds are fetched and sorted."""
_LOOKED_THROUGH = 40_000
"""Jobs that one step looks through by number where more are found."""


class PostgresTerms:
    """``search_steps.Terms`` of a ledger in PostgreSQL."""

    def newest(
        self, connection: Connection, terms: Sequence[str], states: Sequence[str], window: Window, most: int
    ) -> Step:
        """By the index where it finds few enough to sort them, else by number."""
        numbers = [_number(term) for term in terms]
        some = _found(numbers, window).limit(_FEW).subquery()
        few = connection.execute(select(func.count()).select_from(some)).scalar_one() < _FEW
        found = _found(numbers, window) if few else _found_among_newest(numbers, window)
        rows = connection.execute(_newest(found, states, most)).all()
        if len(rows) == most:
            return Step(rows, rows[-1].id)
        return Step(rows, None if few else connection.execute(_reached(window)).scalar())

    def keep(self, connection: Connection, labels: Iterable[tuple[int, frozenset[str]]]) -> None:
        """In the transaction that opened them."""
        kept = [{"job": job, "terms": sorted({_number(term) for term in terms})} for job, terms in labels]
        if kept:
            connection.execute(insert(_KEPT), kept)

    def empty(self, connection: Connection) -> None:
        """All of them; the space is the database's to use again."""
        connection.execute(delete(_KEPT))

    def numbers(self, connection: Connection, window: Window, most: int) -> Sequence[int]:
        """By the table's own key."""
        wanted = select(_KEPT.c.job).where(*_within(window)).order_by(_KEPT.c.job).limit(most)
        return connection.execute(wanted).scalars().all()


def _found(numbers: Sequence[int], window: Window) -> Select[Any]:
    return select(_KEPT.c.job).where(_KEPT.c.terms.contains(numbers), *_within(window))


def _found_among_newest(numbers: Sequence[int], window: Window) -> Select[Any]:
    newest = select(_KEPT.c.job, _KEPT.c.terms).where(*_within(window)).order_by(_KEPT.c.job.desc())
    looked_through = newest.limit(_LOOKED_THROUGH).subquery("newest")
    return select(looked_through.c.job).where(looked_through.c.terms.contains(numbers))


def _newest(found: Select[Any], states: Sequence[str], most: int) -> Select[Any]:
    # Put aside first: the database would else go down the numbers of jobs and expect to meet the few soon.
    aside = found.cte("found").prefix_with("MATERIALIZED")
    rows = select(*SEEN).join(aside, aside.c.job == jobs.c.id).order_by(jobs.c.id.desc()).limit(most)
    return rows.where(jobs.c.state.in_(states)) if states else rows


def _reached(window: Window) -> Select[Any]:
    last = select(_KEPT.c.job).where(*_within(window)).order_by(_KEPT.c.job.desc())
    return last.limit(1).offset(_LOOKED_THROUGH - 1)


def _within(window: Window) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _KEPT.c.job >= window.lowest, _KEPT.c.job <= window.highest


def _number(term: str) -> int:
    """A term as a whole number of 32 bits with a sign; two that share one are told apart when jobs are read."""
    return zlib.crc32(term.encode()) - 2**31
