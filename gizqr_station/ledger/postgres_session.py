"""One session with a PostgreSQL server, in which no wait is without an end."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import make_conninfo

from gizqr_station.ledger.postgres_address import PostgresAddress

CONNECTS_WITHIN_S = 5
_SILENT_FOR_S = 5.0
"""So much later than the server ends a statement by itself it is taken for dead: frozen, or behind a dead line."""
_LOOKS_EVERY_S = 0.1
_DEAD_LINE_MS = 15_000
"""Sent bytes that nobody confirms."""

RV = TypeVar("RV")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a session waits for what, in seconds."""

    lock_s: float
    """For another writer."""
    statement_s: float
    """For one statement."""
    idle_s: float
    """The server, for the next statement of a transaction: a program that froze must not hold the others up."""


class BoundedConnection(psycopg.Connection[Any]):
    """psycopg waits for an answer without end; this one closes itself and raises OperationalError."""

    answer_within_s = 30.0

    def wait(
        self, gen: "Generator[Any, Any, RV]", interval: float = _LOOKS_EVERY_S, timeout: float | None = None
    ) -> RV:
        """Run one exchange with the server to its end."""
        return super().wait(self._until(gen, time.monotonic() + self.answer_within_s), interval, timeout)

    def _until(self, gen: "Generator[Any, Any, RV]", give_up: float) -> "Generator[Any, Any, RV]":
        """The same exchange; psycopg comes by every tenth of a second, even when nothing was heard."""
        try:
            wanted = next(gen)
            while True:
                heard = yield wanted
                if not heard and time.monotonic() > give_up:
                    gen.close()
                    self.close()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(heard)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]


def connected(address: PostgresAddress, password: str, patience: Patience, name: str) -> BoundedConnection:
    """Connect, or raise psycopg.Error; ``name`` is what the server's list of sessions shows.

    Every commit waits for the server's disk, whatever the database says: synchronous_commit is ours to ask for.
    """
    settings = {
        "lock_timeout": round(patience.lock_s * 1000),
        "statement_timeout": round(patience.statement_s * 1000),
        "idle_in_transaction_session_timeout": round(patience.idle_s * 1000),
        "synchronous_commit": "on",
        "timezone": "UTC",
    }
    where = make_conninfo(
        host=address.host,
        port=address.port,
        dbname=address.database,
        user=address.user,
        password=password or None,
        connect_timeout=CONNECTS_WITHIN_S,
        client_encoding="utf8",
        application_name=name[:63],
        options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
        keepalives=1,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=_DEAD_LINE_MS,
        **dict(address.encryption),
    )
    connection = BoundedConnection.connect(where)
    connection.answer_within_s = patience.statement_s + _SILENT_FOR_S
    return connection
