"""Shared ledgers to test with: a database of its own for each test, copied from one that has all tables."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from gizqr_station.ledger.opening import Kind
from gizqr_station.ledger.postgres_opening import open_shared_ledger
from gizqr_station.ledger.store import SqlLedger
from tests.fakes import SteppingClock
from tests.ledger.postgres import PostgresServer, running_postgres

OpenShared = Callable[..., SqlLedger]
_TEMPLATE, _KEPT = "gizqr_template", "gizqr_kept"
_numbers = itertools.count(1)

_REMEMBER = """
CREATE SCHEMA born;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE born.%1$I AS TABLE public.%1$I', name);
  END LOOP;
END $$;
"""
# Copying a database takes a third of a second, this a hundredth. As a replica the server fires no trigger.
_AS_BORN = """
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%1$I', name);
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM born.%1$I', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE public.%I RESTART', name);
  END LOOP;
END $$;
"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests, without a care for power cuts; with an empty ledger to copy."""
    with running_postgres() as server:
        server.database(_TEMPLATE)
        open_shared_ledger(
            server.url(_TEMPLATE), server.password, kind="production", station="bench-1", clock=SteppingClock()
        ).close()
        server.database(_KEPT, _TEMPLATE)
        with server.connection(_KEPT) as connection:
            connection.execute(_REMEMBER)
        yield server


@pytest.fixture
def shared_database(postgres: PostgresServer) -> str:
    """The name of a database with an empty production ledger. Its tables must stay: else see ``own_database``."""
    postgres.end_sessions(_KEPT)
    with postgres.connection(_KEPT) as connection:
        connection.execute(_AS_BORN)
    return _KEPT


@pytest.fixture
def own_database(postgres: PostgresServer) -> Iterator[str]:
    """The same, for a test that spoils it."""
    name = postgres.database(f"ledger_{next(_numbers)}", _TEMPLATE)
    yield name
    postgres.drop(name)


@pytest.fixture
def empty_database(postgres: PostgresServer) -> Iterator[str]:
    """One without any table."""
    name = postgres.database(f"empty_{next(_numbers)}")
    yield name
    postgres.drop(name)


@pytest.fixture
def open_shared(postgres: PostgresServer, shared_database: str) -> Iterator[OpenShared]:
    """Opens the test's ledger, any number of times; all are closed when the test ends."""
    clock = SteppingClock()
    with ExitStack() as opened:

        def opener(
            *,
            kind: Kind = "production",
            station: str = "bench-1",
            busy_timeout_s: float = 5.0,
            hold_name: bool = False,
            database: str = "",
            port: int = 0,
        ) -> SqlLedger:
            ledger = open_shared_ledger(
                postgres.url(database or shared_database, port),
                postgres.password,
                kind=kind,
                station=station,
                clock=clock,
                busy_timeout_s=busy_timeout_s,
                hold_name=hold_name,
            )
            opened.callback(ledger.close)
            return ledger

        yield opener
