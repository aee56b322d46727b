"""A printer's raw TCP port: opened, and watched so that it is known what the other side took."""

import contextlib
import errno
import selectors
import socket
import struct
import sys
import time

from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.links.host_names import NameUnknown, addresses
from gizqr_station.printing.links.link import NotConnected
from gizqr_station.printing.links.wired import LOOK_AT_STOP_S, WiredLink

_CHUNK = 4096
# What the kernel may hold for us: the less it holds, the nearer "sent" is to "taken by the printer".
_SEND_BUFFER = 8192
_UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}
# On, zero seconds: closing then throws away what was not sent, and tells the other side with a reset.
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class TcpConnector:
    """Opens a connection to one printer, for one label or one look at its state."""

    def __init__(self, printer: str, host: str, port: int, *, connect_s: float) -> None:
        """``printer`` is its name, for failures."""
        self._printer, self._host, self._port, self._connect_s = printer, host, port, connect_s

    def open(self, stop: Stop) -> WiredLink:
        """Raises NotConnected or Stopped."""
        until = time.monotonic() + self._connect_s
        reason: Exception | None = None
        try:
            for family, address in addresses(self._host, self._port, until, stop):
                try:
                    return WiredLink(TcpWire(_connected(family, address, until, stop)))
                except OSError as failed:
                    reason = failed
        except NameUnknown as unknown:
            reason = unknown
        address_text = f"[{self._host}]" if ":" in self._host else self._host
        raise NotConnected(PrinterUnreachable(self._printer, f"{address_text}:{self._port}")) from reason


class TcpWire:
    """A Wire over a non-blocking stream socket, which it closes."""

    hears = True

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.delivering = False
        self.ended = False

    def push(self, data: bytes) -> int:
        """As many bytes as the kernel takes."""
        try:
            return self._connection.send(data[:_CHUNK])
        except BlockingIOError:
            return 0

    def pull(self) -> bytes:
        """What came; raises OSError for a reset, even if there is nothing to read."""
        failed = self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed == errno.EPIPE:
            # Linux's word for a reset behind an orderly close: it answers what was sent to a printer that had closed.
            self.ended = True
        if failed:
            raise OSError(failed, "connection")
        if self.ended:
            return b""
        try:
            came = self._connection.recv(_CHUNK)
        except BlockingIOError:
            return b""
        self.ended = not came
        return came

    def untaken(self) -> int:
        """Bytes that the other side has not acknowledged yet."""
        return _not_acknowledged(self._connection)

    def wait(self, seconds: float, *, to_push: bool) -> None:
        """Until there is something to do."""
        events = (selectors.EVENT_WRITE if to_push else 0) | (0 if self.ended else selectors.EVENT_READ)
        _wait_for(self._connection, events, seconds)

    def end(self) -> bool:
        """Most printers close when they are told that nothing more comes."""
        self._connection.shutdown(socket.SHUT_WR)
        return True

    def close(self, *, discard: bool) -> None:
        """With ``discard`` by a reset."""
        if discard:
            with contextlib.suppress(OSError):  # some systems take no option for a connection that is broken already
                self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._connection.close()


def _connected(family: socket.AddressFamily, address: tuple[str, int], until: float, stop: Stop) -> socket.socket:
    """An open, non-blocking connection; raise OSError or Stopped unless it stands in time."""
    # A name may stand for addresses of a family that this system does not have: that is one address less.
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        # A query of three bytes behind a label must not wait for the label's acknowledgement.
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        failed = connection.connect_ex(address)
        if failed not in _UNDER_WAY:
            raise OSError(failed, "connect")
        while True:
            stop.check()
            if _wait_for(connection, selectors.EVENT_WRITE, LOOK_AT_STOP_S):
                failed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if failed:
                    raise OSError(failed, "connect")
                return connection
            if time.monotonic() > until:
                raise TimeoutError("connect")
    except (OSError, Stopped):
        connection.close()
        raise


def _wait_for(connection: socket.socket, events: int, seconds: float) -> int:
    if not events:
        time.sleep(seconds)
        return 0
    with selectors.DefaultSelector() as selector:
        selector.register(connection, events)
        return sum(ready for _, ready in selector.select(seconds))


if sys.platform == "linux":
    import fcntl
    import termios

    def _not_acknowledged(connection: socket.socket) -> int:
        answer = fcntl.ioctl(connection, termios.TIOCOUTQ, struct.pack("i", 0))
        return int(struct.unpack("i", answer)[0])
else:

    def _not_acknowledged(connection: socket.socket) -> int:  # noqa: ARG001 - not every system tells
        """Unknown here, so what the kernel took counts as taken."""
        return 0
