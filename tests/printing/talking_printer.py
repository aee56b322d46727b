"""Printers of a few lines that answer: a port that serves one connection at a time, and what thinks behind it."""

import contextlib
import re
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from tests.printing.scripted_printer import reset


class HangUp(Exception):
    """Say what comes with it, then close in order."""


class BreakOff(Exception):
    """Reset the connection."""


class Mind(Protocol):
    """What a printer makes of what it is sent."""

    def connected(self) -> None: ...

    def hear(self, data: bytes) -> bytes:
        """What it answers; may raise HangUp and BreakOff. Called with nothing now and then."""
        ...


@contextmanager
def talking(mind: Mind, port: int = 0) -> Iterator[int]:
    """The port that it talks at."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    door.listen()
    door.settimeout(0.02)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = door.accept()
                with connection, contextlib.suppress(OSError):
                    _converse(connection, mind, ended)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(door.getsockname()[1])
    finally:
        ended.set()
        thread.join(timeout=15)
        door.close()
        assert not thread.is_alive()


def _converse(connection: socket.socket, mind: Mind, ended: threading.Event) -> None:
    mind.connected()
    while not ended.is_set():
        data = b""
        if select.select([connection], [], [], 0.01)[0]:
            data = connection.recv(65536)
            if not data:
                return
        try:
            connection.sendall(mind.hear(data))
        except HangUp as last:
            connection.sendall(b"".join(last.args))
            return
        except BreakOff:
            reset(connection)
            return


_TOKEN = re.compile(rb'~HS|! U1 getvar "odometer.total_label_count"\r\n|\^XZ')


class Zebra:
    """Answers ``~HS`` and counts its labels. What is to go wrong is set from outside."""

    def __init__(self) -> None:
        self.paper_out = self.pause = self.head_up = self.ribbon_out = self.label_waiting = 0
        self.formats = 0
        self.count: int | None = 100
        self.silent = False
        self.connections = 0
        self.received = b""
        self.labels: list[bytes] = []
        self.asked: list[bytes] = []
        self.on_label: Callable[[Zebra], None] = Zebra.print_one
        self.on_state: Callable[[Zebra], None] = lambda _: None
        self._buffer = b""

    def connected(self) -> None:
        self.connections += 1
        self._buffer = b""

    def print_one(self) -> None:
        self.count = None if self.count is None else self.count + 1

    def hear(self, data: bytes) -> bytes:
        self.received += data
        self._buffer += data
        said = b""
        while token := _TOKEN.search(self._buffer):
            before, self._buffer = self._buffer[: token.end()], self._buffer[token.end() :]
            if token[0] == b"^XZ":
                if b"^GF" in before:
                    self.labels.append(before)
                    self.on_label(self)
            else:
                self.asked.append(token[0])
                if token[0] == b"~HS":
                    self.on_state(self)
                said += b"" if self.silent else self._state() if token[0] == b"~HS" else self._count()
        return said

    def _state(self) -> bytes:
        first = f"030,{self.paper_out},{self.pause},0240,{self.formats:03d},0,0,0,000,0,0,0"
        second = f"000,0,{self.head_up},{self.ribbon_out},0,2,4,{self.label_waiting},00000000,1,000"
        return b"".join(b"\x02" + line.encode() + b"\x03\r\n" for line in (first, second, "1234,0"))

    def _count(self) -> bytes:
        return b'"?"' if self.count is None else f'"{self.count}"'.encode()
