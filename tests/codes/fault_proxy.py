"""A proxy that spoils what passes through it, one fault at a time: the networks of a factory floor, on a loopback.

It stands between the client and a healthy server as a port forwarder does, works on bytes and knows nothing of the
client's code. Each toxic is a function that is handed one passing exchange.
"""

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType

from gizqr_station.domain.stop import Stop, Stopped

LONG_S = 30.0
"""Longer than any test waits."""


class Passing:
    """One exchange on its way: the client's connection, and the server behind."""

    def __init__(self, client: socket.socket, server: tuple[str, int], stop: Stop, begun: threading.Event) -> None:
        self.client = client
        self.stop = stop
        self._server = server
        self._begun = begun

    def request(self) -> bytes:
        """The client's request, whole."""
        arrived = bytearray()
        while b"\r\n\r\n" not in arrived:
            piece = self.client.recv(4096)
            if not piece:
                break
            arrived += piece
        head, _, body = bytes(arrived).partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        while length and len(body) < int(length.group(1)) and (piece := self.client.recv(4096)):
            body += piece
        return head + b"\r\n\r\n" + body

    def ask(self, request: bytes) -> bytes:
        """What the server answers to it, whole."""
        arrived = bytearray()
        with socket.create_connection(self._server, 5) as upstream, contextlib.suppress(OSError):
            upstream.sendall(request)
            upstream.shutdown(socket.SHUT_WR)
            while piece := upstream.recv(65536):
                arrived += piece
        return bytes(arrived)

    def fetch(self) -> bytes:
        """The answer to the client's request."""
        return self.ask(self.request())

    def give(self, data: bytes) -> None:
        """Pass on to the client."""
        self._begun.set()
        self.client.sendall(data)

    def hold(self) -> None:
        """Neither a byte nor an end."""
        self._begun.set()
        self.stop.sleep(LONG_S)

    def reset(self) -> None:
        """Cut the connection with an RST: the client's system learns of it at once and drops what it had."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.client.close()


Toxic = Callable[[Passing], None]


class FaultProxy:
    """Hands each connection to the toxic on a thread of its own, then closes it."""

    def __init__(self, server_url: str, toxic: Toxic) -> None:
        host, port = server_url.removeprefix("http://").split(":")
        self._server = (host, int(port))
        self._toxic = toxic
        self._stop = Stop()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self._threads: list[threading.Thread] = []
        self.begun = threading.Event()
        """The first byte went to a client, or a wait for it began."""
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "FaultProxy":
        accepting = threading.Thread(target=self._accept, name="fault proxy")
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
                thread = threading.Thread(target=self._pass, args=(connection,), name="fault proxy connection")
                self._threads.append(thread)
                thread.start()

    def _pass(self, client: socket.socket) -> None:
        client.settimeout(5)
        with client, contextlib.suppress(OSError, Stopped):
            self._toxic(Passing(client, self._server, self._stop, self.begun))
