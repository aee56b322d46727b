"""One TCP connection to a printer: opened, filled, and closed so that it is known what the other side took."""

import contextlib
import errno
import ipaddress
import queue
import selectors
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.stop import Stop, Stopped

_LOOK_AT_STOP_S = 0.1
_LAST_BYTES_S = 0.005
"""Short, because the other side acknowledges within milliseconds as a rule."""
_CHUNK = 4096
# What the kernel may hold for us: the less it holds, the nearer "sent" is to "taken by the printer".
_SEND_BUFFER = 8192
_UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}
# On, zero seconds: closing then throws away what was not sent, and tells the other side with a reset.
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class NotConnected(Exception):
    """No connection came about; not one byte of a label was sent."""


class End(Enum):
    """How a delivery ended."""

    TAKEN = "taken"
    """Every byte was taken, and the other side did not break off afterwards."""
    LOST = "lost"
    STALLED = "stalled"
    """Not a byte was taken for too long."""
    OVERDUE = "overdue"
    """Bytes were taken, but too slowly."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of bytes that were to go out."""

    end: End
    sent: int
    """Bytes that may have reached the other side."""
    taken: int
    """Bytes that the other side is known to have taken; the same as ``sent`` where the system does not tell."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a delivery may take, in seconds."""

    stall_s: float
    """Without a single byte being taken."""
    total_s: float
    settle_s: float
    """After the last byte, for the other side to close or to break off."""


def connect(host: str, port: int, timeout_s: float, stop: Stop) -> socket.socket:
    """An open, non-blocking connection; raise NotConnected, or Stopped."""
    until = time.monotonic() + timeout_s
    reason: Exception = NotConnected("no address")
    for family, address in _addresses(host, port, until, stop):
        try:
            # A name may stand for addresses of a family that this system does not have: that is one address less.
            connection = socket.socket(family, socket.SOCK_STREAM)
        except OSError as failed:
            reason = failed
            continue
        try:
            _open(connection, address, until, stop)
        except OSError as failed:
            connection.close()
            reason = failed
        except Stopped:
            connection.close()
            raise
        else:
            return connection
    raise NotConnected(str(reason)) from reason


def deliver(connection: socket.socket, data: bytes, patience: Patience, stop: Stop) -> Delivery:
    """Send everything and close. Never raises; after anything but TAKEN no byte trickles out later."""
    try:
        delivery = _Sending(connection, data, patience, stop).run()
        if delivery.end is not End.TAKEN:
            with contextlib.suppress(OSError):  # some systems take no option for a connection that is broken already
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        return delivery
    finally:
        connection.close()


class _Sending:
    """The state of one delivery: how much is out, and when it last moved."""

    def __init__(self, connection: socket.socket, data: bytes, patience: Patience, stop: Stop) -> None:
        self._connection, self._data, self._patience, self._stop = connection, data, patience, stop
        self._handed = 0
        self._taken = 0
        self._peer_closed = False

    def run(self) -> Delivery:
        end = self._send()
        if end is End.TAKEN:
            end = self._settle()
        return Delivery(end, self._handed, self._taken)

    def _send(self) -> End:
        """Until everything is taken: by the other side where the kernel tells, by the kernel elsewhere."""
        started = moved = time.monotonic()
        while True:
            try:
                if self._stop.asked and not self._all_taken():
                    return End.STOPPED
                self._push()
                self._listen(_LOOK_AT_STOP_S if self._handed < len(self._data) else _LAST_BYTES_S)
                taken = self._handed - _not_taken(self._connection)
            except OSError:
                return End.LOST
            now = time.monotonic()
            if taken > self._taken:
                self._taken, moved = taken, now
            if taken == len(self._data):
                return End.TAKEN
            if now - moved > self._patience.stall_s:
                return End.STALLED
            if now - started > self._patience.total_s:
                return End.OVERDUE

    def _settle(self) -> End:
        """Wait for an orderly close or a reset. Whoever keeps the connection open has taken the bytes all the same."""
        until = time.monotonic() + self._patience.settle_s
        try:
            self._connection.shutdown(socket.SHUT_WR)
            while not self._peer_closed and time.monotonic() < until and not self._stop.asked:
                self._listen(_LOOK_AT_STOP_S)
        except OSError:
            return End.LOST
        return End.TAKEN

    def _all_taken(self) -> bool:
        return self._handed == len(self._data) and _not_taken(self._connection) == 0

    def _push(self) -> None:
        """Hand over as much as the kernel takes without waiting; raises OSError."""
        while self._handed < len(self._data):
            try:
                self._handed += self._connection.send(self._data[self._handed : self._handed + _CHUNK])
            except BlockingIOError:
                return

    def _listen(self, seconds: float) -> None:
        """Wait until there is something to do, and drop what the printer says; raises OSError when it broke off."""
        unsent = self._handed < len(self._data)
        events = (selectors.EVENT_WRITE if unsent else 0) | (0 if self._peer_closed else selectors.EVENT_READ)
        ready = _ready(self._connection, events, seconds)
        failed = self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed:
            raise OSError(failed, "connection")
        if ready & selectors.EVENT_READ:
            with contextlib.suppress(BlockingIOError):  # select may err on the side of ready
                self._peer_closed = self._connection.recv(_CHUNK) == b""


def _open(connection: socket.socket, address: tuple[str, int], until: float, stop: Stop) -> None:
    """Raise OSError or Stopped unless the connection stands in time."""
    connection.setblocking(False)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    failed = connection.connect_ex(address)
    if failed not in _UNDER_WAY:
        raise OSError(failed, "connect")
    while True:
        stop.check()
        if _ready(connection, selectors.EVENT_WRITE, _LOOK_AT_STOP_S):
            failed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failed:
                raise OSError(failed, "connect")
            return
        if time.monotonic() > until:
            raise TimeoutError("connect")


def _ready(connection: socket.socket, events: int, seconds: float) -> int:
    if not events:
        time.sleep(seconds)
        return 0
    with selectors.DefaultSelector() as selector:
        selector.register(connection, events)
        return sum(ready for _, ready in selector.select(seconds))


def _addresses(host: str, port: int, until: float, stop: Stop) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Where a host can be found. Asking for a name cannot be broken off, so a thread asks and is left behind."""
    try:
        numeric = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return [(socket.AF_INET if numeric.version == 4 else socket.AF_INET6, (host, port))]
    answers: queue.SimpleQueue[list[tuple[socket.AddressFamily, tuple[str, int]]] | OSError | UnicodeError] = (
        queue.SimpleQueue()
    )

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(family, (str(address[0]), port)) for family, _, _, _, address in found])
        except (OSError, UnicodeError) as unknown:  # the latter for what cannot be a name, such as "a..b"
            answers.put(unknown)

    threading.Thread(target=ask, name=f"name of {host}", daemon=True).start()
    while True:
        stop.check()
        try:
            answer = answers.get(timeout=_LOOK_AT_STOP_S)
        except queue.Empty:
            if time.monotonic() > until:
                raise NotConnected(f"{host}: no answer from the name service") from None
            continue
        if isinstance(answer, OSError | UnicodeError):
            raise NotConnected(str(answer)) from answer
        return answer


if sys.platform == "linux":
    import fcntl
    import termios

    def _not_taken(connection: socket.socket) -> int:
        """Bytes that the other side has not acknowledged yet."""
        answer = fcntl.ioctl(connection, termios.TIOCOUTQ, struct.pack("i", 0))
        return int(struct.unpack("i", answer)[0])
else:

    def _not_taken(connection: socket.socket) -> int:  # noqa: ARG001 - not every system tells
        """Unknown here, so what the kernel took counts as taken."""
        return 0
