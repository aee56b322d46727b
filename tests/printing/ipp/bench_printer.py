"""A printer on a TCP port as a raw queue sees it: takes bytes, and ends each connection as it is told."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class BenchPrinter:
    """What came in on each connection; what to do may be changed between two labels."""

    port: int = 0
    received: list[bytes] = field(default_factory=list)
    keeps_open: bool = False
    reset_after: int | None = None
    stall_after: int | None = None
    let_go: threading.Event = field(default_factory=threading.Event)
    """Set: whoever waits goes on reading to the end."""

    @property
    def device(self) -> str:
        return f"socket://127.0.0.1:{self.port}"

    @property
    def whole(self) -> list[bytes]:
        """Of connections that brought anything."""
        return [data for data in self.received if data]

    def serve(self, connection: socket.socket, ended: threading.Event) -> None:
        at = len(self.received)
        self.received.append(b"")
        connection.settimeout(0.05)
        while not ended.is_set():
            if self.stall_after is not None and len(self.received[at]) >= self.stall_after and not self.let_go.is_set():
                self.let_go.wait(0.05)
                continue
            room = 65536
            if self.reset_after is not None:
                room = self.reset_after - len(self.received[at])
                if room <= 0:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
            try:
                data = connection.recv(room)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                while self.keeps_open and not ended.is_set() and not self.let_go.is_set() and not _gone(connection):
                    self.let_go.wait(0.02)
                return
            self.received[at] += data


def _gone(connection: socket.socket) -> bool:
    """Whether the other side has closed for good: then nothing that is sent is taken."""
    try:
        connection.send(b"\x00")
    except OSError:
        return True
    return False


@contextmanager
def bench_printer(small_buffer: bool = False, port: int = 0) -> Iterator[BenchPrinter]:
    door = socket.socket()
    if small_buffer:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    door.listen()
    door.settimeout(0.05)
    printer = BenchPrinter(door.getsockname()[1])
    ended = threading.Event()
    threads: list[threading.Thread] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            printer.serve(connection, ended)

    def listen() -> None:
        while not ended.is_set():
            try:
                connection, _ = door.accept()
            except TimeoutError:
                continue
            threads.append(threading.Thread(target=answer, args=(connection,)))
            threads[-1].start()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield printer
    finally:
        ended.set()
        for thread in (listener, *threads):
            thread.join(timeout=10)
        door.close()
