"""One serial port, held by this program alone: bytes in, bytes out, and what its errors mean."""

import errno
import os
import stat
import threading
from pathlib import Path

import serial
from serial.tools import list_ports

from gizqr_station.domain.device_failures import DeviceUnplugged, PortBusy, PortDenied, PortMissing

try:
    from termios import error as _TermiosError  # noqa: N812 - a name for both branches
except ImportError:  # Windows

    class _TermiosError(Exception):  # type: ignore[no-redef]
        """Never raised there."""


# A SerialException is an OSError, also that of a handle that was closed; flushing a port that is gone raises
# termios.error, which is none.
_BROKEN = (OSError, _TermiosError)

_RECEIVE_S = 0.05
"""How long one receive waits: short, because between two of them the callers look at Stop."""
_SEND_S = 0.2
_CHUNK = 4096

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_BUSY = frozenset({errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK})


class SerialLine:
    """An open port. Receive and send from one thread; close from any."""

    def __init__(self, port: str, handle: serial.Serial) -> None:
        self._port = port
        self._handle = handle
        # Asked of the handle, for the path may lead elsewhere by now.
        self._device = os.fstat(handle.fileno()).st_rdev if _is_device_path(port) else None
        # pyserial stumbles over a close from another thread in the middle of a read, so they take turns.
        self._turn = threading.Lock()

    def receive(self) -> bytes:
        """Return what came, at most 4 KiB, waiting up to 0.05 s for it; raise DeviceUnplugged when the port is gone."""
        with self._turn:
            if device_number(self._port) != self._device:
                raise DeviceUnplugged(self._port)
            try:
                first = self._handle.read(1)
                if not first:
                    return b""
                more = self._handle.read(min(self._handle.in_waiting, _CHUNK - 1))
            except _BROKEN as gone:
                raise DeviceUnplugged(self._port) from gone
            return first + more

    def send(self, data: bytes) -> None:
        """Send within 0.2 s or not at all: who does not listen is asked again. Raises DeviceUnplugged."""
        with self._turn:
            try:
                self._handle.write(data)
            except serial.SerialTimeoutException:
                return
            except _BROKEN as gone:
                raise DeviceUnplugged(self._port) from gone

    def close(self) -> None:
        """Let the port go; never fails, may be repeated."""
        with self._turn:
            self._handle.close()


def open_line(port: str, baud: int) -> SerialLine:
    """Open a port (a device path, a COM name, or a pyserial URL) at 8N1; raise PortMissing, PortBusy, PortDenied."""
    if not is_present(port):
        raise PortMissing(port)
    try:
        handle = serial.serial_for_url(port, baud, do_not_open=True, timeout=_RECEIVE_S, write_timeout=_SEND_S)
        if _is_device_path(port):
            handle.exclusive = True
        handle.open()
        return SerialLine(port, handle)
    except _BROKEN as refused:
        raise _why_not_open(refused, port) from refused


def require_usable_name(port: str, baud: int) -> None:
    """Raise ValueError for a URL of an unknown kind or a rate that cannot be; opens nothing."""
    serial.serial_for_url(port, baud, do_not_open=True)


def is_present(port: str) -> bool:
    """Whether there is something to open now. A URL counts as always there."""
    if _is_url(port):
        return True
    if _is_device_path(port):
        return device_number(port) is not None
    return any(found.device.upper() == port.upper() for found in list_ports.comports())


def is_allowed(port: str) -> bool:
    """Whether this user may read and write it, as far as can be told without opening it."""
    return not _is_device_path(port) or os.access(port, os.R_OK | os.W_OK)


def device_number(port: str) -> int | None:
    """The number of the device behind a path, which tells when a link was turned to another; None without one."""
    if not _is_device_path(port):
        return None
    try:
        found = Path(port).stat()
    except OSError:
        return None
    return found.st_rdev if stat.S_ISCHR(found.st_mode) else None


def _is_url(port: str) -> bool:
    return "://" in port


def _is_device_path(port: str) -> bool:
    return os.name == "posix" and not _is_url(port)


def _why_not_open(refused: BaseException, port: str) -> PortMissing | PortBusy | PortDenied:
    """Name the cause; anything unknown counts as not there (yet), for a port that appears passes through odd states."""
    number = getattr(refused, "errno", None)
    if number in _BUSY:
        return PortBusy(port)
    if number in _DENIED:
        return PortDenied(port)
    # On Windows pyserial keeps the cause only in its text, and "access denied" means that somebody else has it open.
    if "PermissionError" in str(refused):
        return PortBusy(port)
    return PortMissing(port)
