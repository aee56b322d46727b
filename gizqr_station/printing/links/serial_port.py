"""A printer on a serial port.

Eight data bits, no parity, one stop bit, and whichever flow control the cable has: RTS/CTS where the printer's CTS
line is up when the port is opened, else XON/XOFF. That is looked after here and not by the system, which would
swallow both bytes: a TSPL printer that is paused with its head open answers with just that byte.
"""

import contextlib
import errno
import os
import select
import time

import serial

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_setup_failures import PrinterPortDenied, PrinterPortMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import NotConnected
from gizqr_station.printing.links.wired import WiredLink

try:
    from termios import error as _TermiosError  # noqa: N812 - a name for both branches
except ImportError:  # Windows

    class _TermiosError(Exception):  # type: ignore[no-redef]
        """Never raised there."""


_CHUNKS_A_SECOND = 40
"""So little waits on this side that a printer which asks for a pause is not overrun by it."""
_SMALLEST_CHUNK, _LARGEST_CHUNK = 32, 2048
_BITS_A_BYTE = 10
_READ = 4096
_TURN_S = 0.005
_XON, _XOFF = 0x11, 0x13
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK})
_POSIX = os.name == "posix"


class SerialConnector:
    """Opens one port, for this program alone."""

    def __init__(self, printer: str, port: str, baud: int) -> None:
        """``printer`` is its name, for failures; a port is a device path, a COM name or a pyserial URL."""
        self._printer, self._port, self._baud = printer, port, baud

    def open(self, stop: Stop) -> WiredLink:
        """Raises NotConnected or Stopped."""
        stop.check()
        try:
            handle = serial.serial_for_url(self._port, self._baud, do_not_open=True, timeout=0, write_timeout=0)
            if _POSIX and "://" not in self._port:
                handle.exclusive = True
            handle.open()
        except (OSError, ValueError, _TermiosError) as refused:
            raise NotConnected(self._why(refused)) from refused
        return WiredLink(SerialWire(handle, self._baud))

    def _why(self, refused: BaseException) -> Failure:
        """Anything unknown counts as not there (yet), for a port that appears passes through odd states."""
        # On Windows pyserial keeps the cause only in its text.
        if getattr(refused, "errno", None) in _DENIED or "PermissionError" in str(refused):
            return PrinterPortDenied(self._printer, self._port)
        return PrinterPortMissing(self._printer, self._port)


class SerialWire:
    """A Wire over an open port, which it closes."""

    hears = True
    ended = False

    def __init__(self, handle: serial.Serial, baud: int) -> None:
        self._handle = handle
        self._chunk = min(max(baud // _BITS_A_BYTE // _CHUNKS_A_SECOND, _SMALLEST_CHUNK), _LARGEST_CHUNK)
        self.delivering = False
        self.paused = False
        """The printer asked to be sent nothing for now."""
        self._lines = _hardware_handshake(handle)

    def push(self, data: bytes) -> int:
        """A few bytes at a time, once most before have left, and none while the printer has asked for a pause."""
        if self.paused or self.untaken() > self._chunk // 2 or not self._writable():
            return 0
        with _as_os_error():
            return int(self._handle.write(data[: self._chunk]) or 0)

    def pull(self) -> bytes:
        """What came, without the printer's calls for a pause."""
        with _as_os_error():
            # Reading at least one byte is what finds out that the port is gone.
            came = bytes(self._handle.read(min(max(self._handle.in_waiting, 1), _READ)))
        if came and (self.delivering or self.paused) and not self._lines and set(came) <= {_XON, _XOFF}:
            # Alone, and while there was something to hold back: else it is what the printer says.
            self.paused = came[-1] == _XOFF
            return self.pull()
        return came

    def untaken(self) -> int:
        """What the system still holds; what an adapter's own few bytes hold, nobody tells."""
        with _as_os_error():
            return int(self._handle.out_waiting)

    def wait(self, seconds: float, *, to_push: bool) -> None:
        """In short turns, for a port does not tell when its last byte has left."""
        turn_s = min(seconds, _TURN_S)
        if not _POSIX:
            time.sleep(turn_s)
            return
        pushes = to_push and not self.paused and self.untaken() <= self._chunk // 2
        wanted = [self._handle] if pushes else []
        with _as_os_error():
            select.select([self._handle], wanted, [], turn_s)

    def end(self) -> bool:
        """There is no such word."""
        return False

    def close(self, *, discard: bool) -> None:
        """With ``discard`` what the system still holds is dropped; otherwise closing would wait for it to leave."""
        with contextlib.suppress(OSError, _TermiosError):
            if discard:
                self._handle.reset_output_buffer()
        with contextlib.suppress(OSError, _TermiosError):
            self._handle.close()

    def _writable(self) -> bool:
        """Asked first, because pyserial turns in circles on a port that takes nothing."""
        if not _POSIX:
            return True
        with _as_os_error():
            return bool(select.select([], [self._handle], [], 0)[1])


class _as_os_error(contextlib.AbstractContextManager[None]):  # noqa: N801 - reads like contextlib's own
    """A port that is gone raises termios.error too, which is no OSError, and one that was closed TypeError."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _TermiosError | TypeError | ValueError):
            raise OSError(errno.EIO, "port") from error


def _hardware_handshake(handle: serial.Serial) -> bool:
    """Whether RTS/CTS is in use now. In a cable of three wires CTS is never up: it would be waited for in vain."""
    try:
        if not handle.cts:
            return False
        handle.rtscts = True
    except (OSError, ValueError, _TermiosError):
        return False  # a port without such lines
    return True
