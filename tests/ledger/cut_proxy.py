"""A wire to a database that can be cut at any step of the talk, and held away for as long as a test likes."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from enum import Enum

from tests.ledger.postgres import free_port

_LOOKS_EVERY_S = 0.2


class Cut(Enum):
    """Where a step is cut."""

    BEFORE = "before it"
    """The server never hears of it."""
    RACE = "as it leaves"
    """The server hears of it, and then that nobody listens any more."""
    AFTER = "before its answer"
    """The server has done it; the answer is lost."""


class CutProxy:
    """Passes everything between the programs and the server, until told to cut."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._lock = threading.Lock()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._threads: list[threading.Thread] = []
        self._plan: tuple[int, bytes, Cut] | None = None
        self._behind = b""
        self._away = False
        self._stays_away = False
        self._closed = False
        self.cuts = 0
        self.cut_at_commit = 0
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", free_port()))
        self._listener.listen(16)
        self._listener.settimeout(_LOOKS_EVERY_S)
        self.port = int(self._listener.getsockname()[1])
        self._start(self._accept)

    def cut_at(
        self, step: int, how: Cut, *, naming: bytes = b"", behind: bytes = b"", stays_away: bool = False
    ) -> None:
        """At the step-th message from now, of those that have ``naming`` in them, once one with ``behind`` has passed.

        Then be away until ``back``, if told so.
        """
        with self._lock:
            self._plan, self._behind, self._stays_away = (step, naming, how), behind, stays_away

    def away(self) -> None:
        """Cut everything now, and let nobody through."""
        with self._lock:
            self._away = True
        self._cut_all()

    def back(self) -> None:
        """Let everybody through, and cut nothing."""
        with self._lock:
            self._away, self._plan, self._behind = False, None, b""

    def close(self) -> None:
        """End all threads."""
        self._closed = True
        self._cut_all()
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: object, *words: object) -> None:
        thread = threading.Thread(target=work, args=words, name="proxy")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except (TimeoutError, OSError):
                continue
            with self._lock:
                away = self._away
            if away:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._server_port), 5)
            except OSError:
                near.close()
                continue
            for end in (near, far):
                end.settimeout(_LOOKS_EVERY_S)
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pair = (near, far)
            with self._lock:
                self._pairs.add(pair)
            self._start(self._pass_on, pair)

    def _pass_on(self, pair: tuple[socket.socket, socket.socket]) -> None:
        """One thread for both ways: so that no answer slips past a cut."""
        near, far = pair
        with contextlib.suppress(OSError):
            while not self._closed and pair in self._pairs:
                for source, target in ((near, far), (far, near)):
                    source.settimeout(0.002)
                    try:
                        heard = source.recv(65536)
                    except TimeoutError:
                        continue
                    if not heard:
                        raise OSError("closed")
                    how = self._due(heard) if source is near else None
                    if how is not Cut.BEFORE:
                        target.sendall(heard)
                    if how is Cut.AFTER:
                        far.settimeout(5)
                        far.recv(65536)
                    if how is not None:
                        raise OSError("cut")
        self._end(pair)

    def _due(self, heard: bytes) -> Cut | None:
        with self._lock:
            if self._behind:
                self._behind = b"" if self._behind in heard else self._behind
                return None
            if self._plan is None or self._plan[1] not in heard:
                return None
            step, naming, how = self._plan
            if step > 1:
                self._plan = (step - 1, naming, how)
                return None
            self._plan, self._away = None, self._stays_away
            self.cuts += 1
            self.cut_at_commit += b"COMMIT" in heard
            return how

    def _cut_all(self) -> None:
        for pair in list(self._pairs):
            self._end(pair)

    def _end(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with self._lock:
            self._pairs.discard(pair)
        for end in pair:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def cut_proxy(server_port: int) -> Iterator[CutProxy]:
    """One that is gone when the test is."""
    proxy = CutProxy(server_port)
    try:
        yield proxy
    finally:
        proxy.close()
