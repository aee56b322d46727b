"""One serial port, held by this program alone: bytes in, bytes out, and what its errors mean."""

import contextlib
import errno
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import serial

from gizqr_station.domain.device_failures import (
    DeviceUnplugged,
    PortAmbiguous,
    PortBusy,
    PortDenied,
    PortMissing,
    RateRefused,
)
from gizqr_station.domain.reader_profile import Signal
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.port_at import PortAt, device_number, is_device_path
from gizqr_station.workflows.device_ports import Tap, WireBytes

try:
    from termios import error as _TermiosError  # noqa: N812 - a name for both branches
except ImportError:  # Windows

    class _TermiosError(Exception):  # type: ignore[no-redef]
        """Never raised there."""


# A SerialException is an OSError, also that of a handle that was closed; flushing a port that is gone raises
# termios.error, which is none.
_BROKEN = (OSError, _TermiosError)
_NO_SUCH_RATE = (ValueError, NotImplementedError)
"""pyserial's words for a rate that is no old standard and that the driver does not take, or that a dead port has."""

RECEIVE_S = 0.05
"""How long one receive waits: short, because between two of them the callers look at Stop."""
_SEND_S = 0.2
_CHUNK = 4096
_SURE_S = 0.6
"""A list of ports may be so old: what a lasting name means is sure only when it still means it so much later."""

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_BUSY = frozenset({errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK})


class SerialLine:
    """An open port. Receive and send from one thread; close from any."""

    def __init__(self, port: PortAt, device: str, handle: serial.Serial, tap: Tap | None = None) -> None:
        self._at = port
        self._device = device
        self._handle = handle
        self._tap = tap
        # Asked of the handle, for the path may lead elsewhere by now.
        self._number = os.fstat(handle.fileno()).st_rdev if is_device_path(device) else None
        self._sure_at = time.monotonic() + _SURE_S
        self._ended = False
        # pyserial stumbles over a close from another thread in the middle of a read, so they take turns.
        self._turn = threading.Lock()
        self.bytes_received = 0
        """Since it was opened."""

    @property
    def port(self) -> str:
        """The port's name, for failures."""
        return self._at.label

    @property
    def baud(self) -> int:
        """The rate it is at."""
        return int(self._handle.baudrate)

    @property
    def ended(self) -> bool:
        """Whether somebody closed it for good."""
        return self._ended

    def receive(self) -> bytes:
        """Return what came, at most 4 KiB, waiting up to 0.05 s for it; raise DeviceUnplugged when the port is gone."""
        with self._turn:
            self._require_same_device()
            try:
                first = self._handle.read(1)
                if not first:
                    return b""
                came = bytes(first + self._handle.read(min(self._handle.in_waiting, _CHUNK - 1)))
            except _BROKEN as gone:
                raise DeviceUnplugged(self.port) from gone
        self.bytes_received += len(came)
        self._heard(came, sent=False)
        return came

    def send(self, data: bytes) -> None:
        """Send within 0.2 s or not at all: who does not listen is asked again. Raises DeviceUnplugged."""
        with self._turn:
            try:
                self._handle.write(data)
            except serial.SerialTimeoutException:
                return
            except _BROKEN as gone:
                raise DeviceUnplugged(self.port) from gone
        self._heard(data, sent=True)

    def at_rate(self, baud: int) -> None:
        """Go on at another rate, without closing: control lines stay as they are. Raises DeviceUnplugged, RateRefused.

        After a refusal the old rate is set again. What came at the old rate and was not taken yet is dropped.
        """
        with self._turn:
            if baud == self.baud:
                return
            old = self.baud
            try:
                self._handle.baudrate = baud
                self._handle.reset_input_buffer()
            except _BROKEN as gone:
                raise DeviceUnplugged(self.port) from gone
            except _NO_SUCH_RATE as refused:
                self._require_same_device()
                with contextlib.suppress(*_BROKEN, *_NO_SUCH_RATE):
                    self._handle.baudrate = old
                raise RateRefused(self.port, baud) from refused

    def discard(self) -> None:
        """Drop what came and was not taken yet; raise DeviceUnplugged when the port is gone."""
        with self._turn:
            self._require_same_device()
            try:
                self._handle.reset_input_buffer()
            except _BROKEN as gone:
                raise DeviceUnplugged(self.port) from gone

    def pulse(self, signal: Signal, held_s: float, stop: Stop) -> None:
        """Pull the control line that a device's reset hangs on, and let it go; raises DeviceUnplugged, Stopped.

        Both lines are let go afterwards, also when it was stopped in between. A port without such lines, a
        pseudo-terminal, is left as it is.
        """
        if signal is Signal.NONE:
            return
        try:
            self._set(dtr=signal is Signal.DTR, rts=signal is Signal.RTS)
            stop.sleep(held_s)
        finally:
            self._set(dtr=False, rts=False)

    @contextlib.contextmanager
    def lent(self) -> Iterator[str]:
        """Give the port to another program for a while: yields what it has to open, and takes it back afterwards.

        Raises DeviceUnplugged when it cannot be had back, or when the line was closed for good meanwhile.
        """
        with self._turn:
            self._require_same_device()
            self._handle.close()
        try:
            yield self._device
        finally:
            self._take_back()

    def require_meant(self, stop: Stop) -> None:
        """Raise DeviceUnplugged or PortAmbiguous unless this is sure to be the device that a lasting name means.

        Adapters that are plugged in together may swap their paths, and lists of ports may be a moment old. So this
        waits until the line has been open for 0.6 s. For a path there is nothing to find out.
        """
        if not self._at.name.lasts:
            return
        stop.sleep(max(0.0, self._sure_at - time.monotonic()))
        if self._at.device(anew=True) != self._device:
            raise DeviceUnplugged(self.port)

    def close(self) -> None:
        """Let the port go; never fails, may be repeated."""
        with self._turn:
            self._ended = True
            self._handle.close()

    def _require_same_device(self) -> None:
        try:
            meant = self._at.device()
        except PortAmbiguous:
            meant = self._device  # another adapter of the same name came; this one is still held
        if meant != self._device or device_number(self._device) != self._number:
            raise DeviceUnplugged(self.port)

    def _take_back(self) -> None:
        with self._turn:
            if self._ended:
                raise DeviceUnplugged(self.port)
            try:
                self._handle.open()
                self._number = os.fstat(self._handle.fileno()).st_rdev if is_device_path(self._device) else None
            except (*_BROKEN, *_NO_SUCH_RATE) as refused:
                raise DeviceUnplugged(self.port) from refused
            self._sure_at = time.monotonic() + _SURE_S
            self._require_same_device()

    def _set(self, *, dtr: bool, rts: bool) -> None:
        with self._turn:
            try:
                self._handle.dtr = dtr
                self._handle.rts = rts
            except OSError as refused:
                if refused.errno not in (errno.ENOTTY, errno.EINVAL):
                    raise DeviceUnplugged(self.port) from refused
            except _TermiosError as gone:
                raise DeviceUnplugged(self.port) from gone

    def _heard(self, data: bytes, *, sent: bool) -> None:
        if self._tap is not None:
            self._tap(WireBytes(datetime.now(UTC), sent, data))


def open_line(port: PortAt, baud: int, tap: Tap | None = None) -> SerialLine:
    """Open a port at 8N1; raise PortMissing, PortBusy, PortDenied, PortAmbiguous, RateRefused.

    ``tap`` hears every byte that goes in or out.
    """
    device = port.device()
    if device is None:
        raise PortMissing(port.label)
    try:
        handle = serial.serial_for_url(device, baud, do_not_open=True, timeout=RECEIVE_S, write_timeout=_SEND_S)
        if is_device_path(device):
            handle.exclusive = True
        handle.open()
        line = SerialLine(port, device, handle, tap)
    except _BROKEN as refused:
        raise _why_not_open(refused, port.label) from refused
    except _NO_SUCH_RATE as refused:
        raise (PortMissing(port.label) if port.device() is None else RateRefused(port.label, baud)) from refused
    if port.name.lasts and port.device(anew=True) != device:
        line.close()
        raise PortMissing(port.label)
    return line


def require_usable_name(port: PortAt, baud: int) -> None:
    """Raise ValueError for a URL of an unknown kind or a rate that cannot be; opens nothing."""
    serial.serial_for_url(port.name.text, baud, do_not_open=True)


def is_allowed(device: str) -> bool:
    """Whether this user may read and write it, as far as can be told without opening it."""
    return not is_device_path(device) or os.access(device, os.R_OK | os.W_OK)


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
