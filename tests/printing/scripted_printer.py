"""Printers of a few lines, each a script for one connection, and the driver that is to cope with them."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from gizqr_station.domain.label import LabelImage
from gizqr_station.printing.tcp_printer import TcpZplPrinter
from gizqr_station.printing.zpl import encode_zpl
from tests.labels.samples import MAC_FIELDS, PAINTER

SMALL = PAINTER.paint("25x25", 203, MAC_FIELDS)
# Noise does not compress: several hundred kilobytes, more than any buffer on the way holds.
LARGE = LabelImage(3200, 4000, 600, tuple(bytes((x * y * 7 + x * x) % 251 for x in range(400)) for y in range(4000)))
SMALL_ZPL, LARGE_ZPL = encode_zpl(SMALL, "17"), encode_zpl(LARGE, "17")

Script = Callable[[socket.socket], object]


@contextmanager
def serving(script: Script, receive_buffer: int = 0) -> Iterator[int]:
    """A port that lets one script after another deal with its connections."""
    door = socket.socket()
    if receive_buffer:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    door.bind(("127.0.0.1", 0))
    door.listen()
    door.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = door.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(10)
                script(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        ended.set()
        thread.join(timeout=15)
        door.close()
        assert not thread.is_alive()


def printer_at(port: int, **time_outs: float) -> TcpZplPrinter:
    return TcpZplPrinter("bench", "127.0.0.1", port, dpi=203, **time_outs)


def read_all(connection: socket.socket) -> bytes:
    received = b""
    while part := connection.recv(65536):
        received += part
    return received


def read(connection: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += connection.recv(count - len(received))
    return received


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def closed_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
