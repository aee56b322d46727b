"""A PostgreSQL of the tests' own: on this machine only, with a password, gone when the tests are.

PostgreSQL refuses to run as root, so root starts it as ``nobody``, which every Linux has.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg
import pytest

USER = "gizqr"
STARTS_WITHIN_S = 30.0
STOPS_WITHIN_S = 20.0


@dataclass
class PostgresServer:
    """One server with its files; it can be stopped, killed and started again at the same port."""

    programs: Path
    home: Path
    port: int
    password: str
    durable: bool
    """Whether it waits for the disk; a server whose machine never loses power need not."""
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def url(self, database: str, port: int = 0) -> str:
        """As it stands in the settings: without the password."""
        return f"postgresql://{USER}@127.0.0.1:{port or self.port}/{database}"

    def begin(self) -> None:
        """Make the files of a new server."""
        word = self.home / "password"
        word.write_text(self.password)
        _give(word)
        self._run(
            "initdb", "--no-sync", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", f"--username={USER}",
            f"--pwfile={word}", f"--pgdata={self.home / 'data'}",
        )  # fmt: skip

    def start(self) -> None:
        """Return when it answers."""
        told = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "shared_buffers": "16MB",
            "max_connections": "60",
            "max_wal_senders": "0",
            "autovacuum": "off",
            "logging_collector": "off",
            "dynamic_shared_memory_type": "posix" if sys.platform != "win32" else "windows",
        }
        words = [str(self.programs / "postgres"), "-D", str(self.home / "data")]
        for name, value in told.items():
            words += ["-c", f"{name}={value}"]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                words, stdout=log, stderr=log, cwd=self.home, user=_user(), group=_group(), extra_groups=_groups()
            )
        give_up = time.monotonic() + STARTS_WITHIN_S
        while True:
            try:
                with self.connection("postgres"):
                    return
            except psycopg.OperationalError as not_yet:
                if self._process.poll() is not None or time.monotonic() > give_up:
                    said = (self.home / "log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"PostgreSQL does not start: {said}") from not_yet
                time.sleep(0.02)

    def stop(self, *, at_once: bool = False) -> None:
        """End it and all its sessions; ``at_once`` as a crash would: the next start recovers."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        try:
            self._process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOPS_WITHIN_S)
        self._process = None

    def connection(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        """As any other program would connect; each statement on its own."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=self.password, dbname=database,
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def database(self, name: str, template: str = "template0") -> str:
        """A new one, a copy of another."""
        with self.connection("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """With whoever is connected to it."""
        with self.connection("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def end_sessions(self, name: str) -> None:
        """Of everybody who is connected to a database."""
        ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        with self.connection("postgres") as connection:
            connection.execute(ended, [name])

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *words],
            cwd=self.home,
            capture_output=True,
            check=False,
            timeout=120,
            user=_user(),
            group=_group(),
            extra_groups=_groups(),
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')}")


@contextlib.contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server with no database of ours yet. Skips where PostgreSQL is not installed, but not in a CI."""
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed: packaging/station.py test brings it")
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="gizqr-postgres-"))
    _give(home)
    server = PostgresServer(programs, home, free_port(), secrets.token_urlsafe(16), durable)
    try:
        server.begin()
        server.start()
        yield server
    finally:
        server.stop(at_once=True)
        shutil.rmtree(home, ignore_errors=True)


@cache
def postgres_programs() -> Path | None:
    """Where ``initdb`` and ``postgres`` are: Debian keeps them out of the search path."""
    named = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if named is not None:
        places.append(Path(named).resolve().parent)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def free_port() -> int:
    """One that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _version(place: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in place.parent.name.split(".") if part.isdigit())


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _user() -> str | None:
    return "nobody" if _is_root() else None


def _group() -> str | None:
    if not _is_root():
        return None
    import grp

    return "nogroup" if any(group.gr_name == "nogroup" for group in grp.getgrall()) else "nobody"


def _groups() -> list[str] | None:
    return [] if _is_root() else None


def _give(path: Path) -> None:
    if (user := _user()) is not None:
        shutil.chown(path, user, _group())
