"""A hand-written web server that answers whatever a test wants, down to the single byte."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from gizqr_station.domain.stop import Stop, Stopped


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class FaultyServer:
    """Calls ``answer(asked, connection, stop)`` on a thread for each connection, then closes it."""

    def __init__(self, answer: Callable[[Asked, socket.socket, Stop], None], tls: ssl.SSLContext | None = None) -> None:
        self._answer = answer
        self._tls = tls
        self._stop = Stop()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self._threads: list[threading.Thread] = []
        self.asked: list[Asked] = []
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "FaultyServer":
        accepting = threading.Thread(target=self._accept, name="faulty")
        self._threads.append(accepting)
        accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.asked:
            with contextlib.suppress(TimeoutError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), name="faulty connection")
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError, Stopped), self._secured(connection) as talking:
            asked = _request(talking)
            if asked is not None:
                self.asked.append(asked)
                self._answer(asked, talking, self._stop)

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self._tls is None:
            return connection
        try:
            return self._tls.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            raise


def _request(connection: socket.socket) -> Asked | None:
    with connection.makefile("rb") as arriving:
        if arriving.peek(1)[:1] == b"\x16":  # a TLS handshake: this server does not speak it
            return None
        first = arriving.readline().decode("latin-1").split()
        if len(first) < 2:
            return None
        headers: dict[str, str] = {}
        while (line := arriving.readline().decode("latin-1")) != "\r\n":
            if not line.endswith("\n"):  # cut off
                return None
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        body = arriving.read(length)
        if len(body) < length:
            return None
    return Asked(first[0], first[1], headers, body)


def http(status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> bytes:
    """A whole answer; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def always(answer: bytes) -> Callable[[Asked, socket.socket, Stop], None]:
    """The same bytes for each request."""
    return lambda _asked, connection, _stop: connection.sendall(answer)
