"""What the pool remembers of tasks that were asked of the service, and of fetches."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from gizqr_station.codes.pool_database import PoolDatabase
from gizqr_station.codes.pool_issuers import issuer_in, issuer_of
from gizqr_station.codes.pool_rows import DAMAGE, identity_of, micros, moment_of
from gizqr_station.codes.pool_tables import fetch_ranges, fetches, issuers, known_files, tasks
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import FetchUnderWay, FetchUnknown, PoolUnreadable
from gizqr_station.domain.pooled_codes import INTERRUPTED, AskedTask, CodeFetch, FetchState
from gizqr_station.workflows.ports import Clock

_ENDED = (FetchState.DONE, FetchState.CANCELLED)


class PoolJournal:
    """The part of the pool that holds no codes."""

    def __init__(self, database: PoolDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def asked(self, task: AskedTask) -> None:
        """In place of what was kept of this range before."""
        with self._database.writing() as connection:
            issuer = issuer_in(connection, task.product_key, task.service)
            connection.execute(delete(tasks).where(tasks.c.issuer == issuer, tasks.c.task == task.task))
            accepted_at = None if task.accepted_at is None else micros(task.accepted_at)
            made = connection.execute(insert(tasks).values(issuer=issuer, task=task.task, accepted_at=accepted_at))
            assert made.inserted_primary_key is not None
            number = made.inserted_primary_key[0]
            rows = [
                {"task": number, "created_at": created_at, "updated_at": updated_at, "file": file}
                for created_at, updated_at, file in sorted(task.known)
            ]
            if rows:
                connection.execute(insert(known_files), rows)

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        """The task of this range, if it is not settled."""
        issuer = issuer_of(product_key, service)
        with self._database.reading() as connection:
            found = connection.execute(select(tasks).where(tasks.c.issuer == issuer, tasks.c.task == task)).first()
            if found is None:
                return None
            files = connection.execute(select(known_files).where(known_files.c.task == found.id)).all()
        try:
            accepted_at = None if found.accepted_at is None else moment_of(found.accepted_at)
            known = frozenset((each.created_at, each.updated_at, each.file) for each in files)
        except DAMAGE as broken:
            raise PoolUnreadable(self._database.path, f"task {task}: {broken}") from broken
        return AskedTask(product_key, service, task, known, accepted_at)

    def settled(self, product_key: str, service: str, task: str) -> None:
        """Forget it."""
        with self._database.writing() as connection:
            issuer = issuer_of(product_key, service)
            connection.execute(delete(tasks).where(tasks.c.issuer == issuer, tasks.c.task == task))

    def begin_fetch(self, name: str, product_key: str, service: str, ranges: tuple[IdentityRange, ...]) -> CodeFetch:
        """Keep a wish, RUNNING; ValueError for one without ranges."""
        if not ranges:
            raise ValueError(f"{name}: no ranges")
        with self._database.writing() as connection:
            issuer = issuer_in(connection, product_key, service)
            values = {"name": name, "state": FetchState.RUNNING.value, "reason": ""}
            made = connection.execute(
                insert(fetches).values(issuer=issuer, began_at=micros(self._clock.now()), **values)
            )
            assert made.inserted_primary_key is not None
            number = int(made.inserted_primary_key[0])
            rows = [
                {"fetch": number, "position": position, "first": each.first.text, "last": each.last.text}
                for position, each in enumerate(ranges)
            ]
            connection.execute(insert(fetch_ranges), rows)
            return self._fetch(connection, number)

    def fetches(self, product_key: str, service: str) -> Sequence[CodeFetch]:
        """All that are kept, newest first."""
        with self._database.reading() as connection:
            numbers = connection.execute(
                select(fetches.c.number)
                .where(fetches.c.issuer == issuer_of(product_key, service))
                .order_by(fetches.c.number.desc())
            )
            return [self._fetch(connection, number) for number in numbers.scalars().all()]

    def fetch(self, number: int) -> CodeFetch:
        """One of them; raises FetchUnknown."""
        with self._database.reading() as connection:
            return self._fetch(connection, number)

    def move_fetch(self, number: int, state: FetchState, reason: str = "") -> CodeFetch:
        """Raises FetchUnderWay for one that has ended."""
        with self._database.writing() as connection:
            if self._fetch(connection, number).state in _ENDED:
                raise FetchUnderWay(number)
            return self._move(connection, number, state, reason)

    def pause_interrupted_fetches(self) -> Sequence[CodeFetch]:
        """What still says RUNNING was left behind; with INTERRUPTED as its reason."""
        running = select(fetches.c.number).where(fetches.c.state == FetchState.RUNNING.value)
        with self._database.reading() as connection:
            if connection.execute(running.limit(1)).first() is None:
                return []  # a pool that cannot be written can still be opened
        with self._database.writing() as connection:
            numbers = connection.execute(running.order_by(fetches.c.number)).scalars().all()
            return [self._move(connection, number, FetchState.PAUSED, INTERRUPTED) for number in numbers]

    def _move(self, connection: Connection, number: int, state: FetchState, reason: str) -> CodeFetch:
        changed = update(fetches).where(fetches.c.number == number).values(state=state.value, reason=reason)
        connection.execute(changed)
        return self._fetch(connection, number)

    def _fetch(self, connection: Connection, number: int) -> CodeFetch:
        query = select(fetches, issuers.c.product_key, issuers.c.service).join(issuers)
        row = connection.execute(query.where(fetches.c.number == number)).first()
        if row is None:
            raise FetchUnknown(number)
        of_fetch = select(fetch_ranges).where(fetch_ranges.c.fetch == number).order_by(fetch_ranges.c.position)
        ranges = connection.execute(of_fetch).all()
        try:
            return _fetch_of(row, ranges)
        except DAMAGE as broken:
            raise PoolUnreadable(self._database.path, f"fetch {number}: {broken}") from broken


def _fetch_of(row: Row[Any], ranges: Sequence[Row[Any]]) -> CodeFetch:
    return CodeFetch(
        number=row.number,
        name=row.name,
        product_key=row.product_key,
        service=row.service,
        ranges=tuple(IdentityRange(identity_of(each.first), identity_of(each.last)) for each in ranges),
        state=FetchState(row.state),
        began_at=moment_of(row.began_at),
        reason=row.reason,
    )
