"""The printer's end of each kind of connection: plain bytes, read and written by the test."""

import contextlib
import os
import select
import socket
import struct
import tty
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from gizqr_station.printing.links.link import Connector
from gizqr_station.printing.links.serial_port import SerialConnector
from gizqr_station.printing.links.tcp import TcpConnector
from gizqr_station.printing.links.usb_device import UsbConnector


class OtherEnd(Protocol):
    """What a printer does with its end."""

    def connector(self) -> Connector: ...

    def meet(self) -> None:
        """Take the connection, where that is an act of its own."""
        ...

    def read(self, count: int) -> bytes:
        """So many bytes, or fewer when no more come within two seconds."""
        ...

    def write(self, data: bytes) -> None: ...

    def vanish(self) -> None:
        """Break off, as when it is unplugged."""
        ...


class TcpEnd:
    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._connection: socket.socket | None = None

    def connector(self) -> TcpConnector:
        return TcpConnector("bench", *self._door.getsockname(), connect_s=3.0)

    def meet(self) -> None:
        self._connection, _ = self._door.accept()
        self._connection.settimeout(2.0)

    @property
    def connection(self) -> socket.socket:
        assert self._connection is not None
        return self._connection

    def read(self, count: int) -> bytes:
        received = b""
        with contextlib.suppress(TimeoutError):
            while len(received) < count and (part := self.connection.recv(count - len(received))):
                received += part
        return received

    def write(self, data: bytes) -> None:
        self.connection.sendall(data)

    def vanish(self) -> None:
        if self._connection is not None and self._connection.fileno() >= 0:
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._connection.close()


class PtyEnd:
    """A terminal's other side: for a serial port the real thing, for a USB device a stand-in."""

    def __init__(self, path: str, handle: int, make: Callable[[str], Connector]) -> None:
        self.path, self._handle, self._make = path, handle, make
        self._gone = False

    def connector(self) -> Connector:
        return self._make(self.path)

    def meet(self) -> None:
        """Nobody is asked."""

    def read(self, count: int) -> bytes:
        received = b""
        while len(received) < count and select.select([self._handle], [], [], 2.0)[0]:
            received += os.read(self._handle, count - len(received))
        return received

    def read_now(self) -> bytes:
        """What is there at this moment."""
        return os.read(self._handle, 65536) if select.select([self._handle], [], [], 0)[0] else b""

    def write(self, data: bytes) -> None:
        os.write(self._handle, data)

    def vanish(self) -> None:
        if not self._gone:
            self._gone = True
            os.close(self._handle)


@contextmanager
def tcp_end() -> Iterator[TcpEnd]:
    with socket.socket() as door:
        # So little room that a large label does not fit into it.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        door.bind(("127.0.0.1", 0))
        door.listen()
        end = TcpEnd(door)
        try:
            yield end
        finally:
            end.vanish()


@contextmanager
def pty_end(make: Callable[[str], Connector]) -> Iterator[PtyEnd]:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    end = PtyEnd(os.ttyname(theirs), ours, make)
    # Kept open, or a terminal that nobody has open yet would count as hung up.
    try:
        yield end
    finally:
        os.close(theirs)
        end.vanish()


def serial_connector(path: str) -> Connector:
    return SerialConnector("bench", path, 115200)


def usb_connector(path: str) -> Connector:
    return UsbConnector("bench", path)


KINDS: dict[str, Callable[[], AbstractContextManager[OtherEnd]]] = {
    "tcp": tcp_end,
    "serial": lambda: pty_end(serial_connector),
    "usb": lambda: pty_end(usb_connector),
}
