"""How a search goes through the records: step by step from the newest number down, each step with an end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, union_all

from gizqr_station.ledger.tables import jobs

SEEN = tuple(
    jobs.c[name] for name in ("id", "identity", "label_serial", "work_order", "operator", "opened_at", "state")
)
"""What decides whether a job is wanted, of what an index alone cannot tell."""


@dataclass(frozen=True, slots=True)
class Window:
    """Numbers of jobs that a step may look at, both included."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one step saw."""

    rows: Sequence[Row[Any]]
    """With the columns of SEEN, newest first."""
    reached: int | None
    """Everything from here up was looked at; None when everything was."""


class Terms(Protocol):
    """The index of a database: finds jobs by the terms of ``search_terms``."""

    def newest(
        self, connection: Connection, terms: Sequence[str], states: Sequence[str], window: Window, most: int
    ) -> Step:
        """At most so many jobs that have all the terms and stand in one of the states, or in any where none is said."""
        ...

    def keep(self, connection: Connection, labels: Iterable[tuple[int, frozenset[str]]]) -> None:
        """Take jobs in, by number, that are not there."""
        ...

    def empty(self, connection: Connection) -> None:
        """Forget all of them."""
        ...

    def numbers(self, connection: Connection, window: Window, most: int) -> Sequence[int]:
        """Which jobs are there, lowest first, at most so many."""
        ...


def newest_standing(connection: Connection, states: Sequence[str], window: Window, most: int) -> Step:
    """Jobs in one of these states, or in any where none is said; by the index of each state, or by number."""
    ordered = _standing(states, window, most, newest=True)
    rows = connection.execute(ordered).all()
    return Step(rows, rows[-1].id if len(rows) == most else None)


def newest_contested(connection: Connection, states: Sequence[str], window: Window, most: int) -> Step:
    """Contested jobs in one of these states, or in any where none is said: there are few, by an index of their own."""
    wanted = [jobs.c.contested, *([jobs.c.state.in_(states)] if states else [])]
    rows = connection.execute(_ordered(wanted, window, most, newest=True)).all()
    return Step(rows, rows[-1].id if len(rows) == most else None)


def oldest_standing(connection: Connection, state: str, window: Window, most: int) -> Sequence[Row[Any]]:
    """Jobs in this state, oldest first."""
    return connection.execute(_standing([state], window, most, newest=False)).all()


def at_most_standing(connection: Connection, states: Sequence[str], window: Window, most: int) -> int:
    """How many jobs stand in these states; counted no further than ``most``."""
    left = most
    for state in states:
        some = select(jobs.c.id).where(jobs.c.state == state, *_within(window)).limit(left).subquery()
        left -= int(connection.execute(select(func.count()).select_from(some)).scalar_one())
        if left <= 0:
            return most
    return most - left


def _standing(states: Sequence[str], window: Window, most: int, *, newest: bool) -> Select[Any]:
    # One question a state, put together: a database sorts all rows of several states before it shows the first.
    each = [_ordered([jobs.c.state == state], window, most, newest=newest) for state in states]
    if not each:
        return _ordered([], window, most, newest=newest)
    if len(each) == 1:
        return each[0]
    together = union_all(*[select(one.subquery()) for one in each]).subquery()
    return select(together).order_by(together.c.id.desc() if newest else together.c.id).limit(most)


def _ordered(wanted: Sequence[ColumnElement[bool]], window: Window, most: int, *, newest: bool) -> Select[Any]:
    such = select(*SEEN).where(*wanted, *_within(window))
    return such.order_by(jobs.c.id.desc() if newest else jobs.c.id).limit(most)


def _within(window: Window) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return jobs.c.id >= window.lowest, jobs.c.id <= window.highest
