"""A USB printer by its device, such as /dev/usb/lp0: raw bytes, without a driver.

The device's manners are those of Linux's usblp (drivers/usb/class/usblp.c): it lets in one program at a time; opened
without waiting, it takes one block and is writable again when the printer has it; a block that the printer does not
have when the device is closed is dropped. Read there, not tried on a printer.
"""

import contextlib
import errno
import os
import select
import stat
import time
from pathlib import Path

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_setup_failures import PrinterLibraryMissing, PrinterPortDenied, PrinterPortMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import NotConnected
from gizqr_station.printing.links.wired import WiredLink

_CHUNK = 4096
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})
_NOTHING_YET = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR})
_SAYS_NOTHING = frozenset({errno.EINVAL, errno.EBADF})
"""What reading a device gives that only listens: a printer without a channel back."""
_NO_PAPER = errno.ENOSPC
_SOFT_RESET = 0x5007
"""usblp's LPIOC_SOFT_RESET, ``_IOC(_IOC_NONE, 'P', 7, 0)``: the printer empties its buffers (USB printer class 1.1)."""
_PAUSE_S = 0.005


class UsbConnector:
    """Opens one printer device."""

    def __init__(self, printer: str, path: str) -> None:
        """``printer`` is its name, for failures."""
        self._printer, self._path = printer, path

    def open(self, stop: Stop) -> WiredLink:
        """Raises NotConnected or Stopped. Opening takes no time: the device is there and free, or not."""
        stop.check()
        if not hasattr(select, "poll"):
            raise NotConnected(PrinterLibraryMissing(self._printer, "/dev/usb/lp"))
        try:
            handle, hears = _opened(self._path)
        except OSError as refused:
            raise NotConnected(self._why(refused)) from refused
        return WiredLink(UsbWire(handle, hears=hears))

    def _why(self, refused: OSError) -> Failure:
        """Anything unknown counts as not there (yet), for a device that appears passes through odd states."""
        if refused.errno in _DENIED:
            return PrinterPortDenied(self._printer, self._path)
        return PrinterPortMissing(self._printer, self._path)


class UsbWire:
    """A Wire over an open device, which it closes."""

    ended = False

    def __init__(self, handle: int, *, hears: bool) -> None:
        self._handle = handle
        self.delivering = False
        self._hears = hears
        self._under_way = 0
        self._ready_for_nothing = False

    @property
    def hears(self) -> bool:
        """Found out by listening: a device may be opened for reading and have no channel back."""
        return self._hears

    def push(self, data: bytes) -> int:
        """One block at a time, when the printer has the one before."""
        if not self._writable():
            return 0
        try:
            pushed = os.write(self._handle, data[:_CHUNK])
        except OSError as failed:
            if failed.errno in _NOTHING_YET or failed.errno == _NO_PAPER:
                return 0
            raise
        self._under_way = pushed
        return pushed

    def pull(self) -> bytes:
        """What came; raises OSError when the device is gone."""
        # The device stays writable when it is gone; writing nothing is what tells.
        if not self._under_way:
            os.write(self._handle, b"")
        if not self._hears:
            return b""
        try:
            came = os.read(self._handle, _CHUNK)
        except OSError as failed:
            if failed.errno in _NOTHING_YET:
                return b""
            if failed.errno in _SAYS_NOTHING:
                self._hears = False
                return b""
            raise
        self._ready_for_nothing = not came
        return came

    def untaken(self) -> int:
        """The last block, until the device is writable again."""
        if self._under_way and self._writable():
            self._under_way = 0
            os.write(self._handle, b"")
        return self._under_way

    def wait(self, seconds: float, *, to_push: bool) -> None:
        """Until there is something to do."""
        watch = select.poll()
        events = (select.POLLOUT if to_push or self._under_way else 0) | (select.POLLIN if self._hears else 0)
        watch.register(self._handle, events)
        if self._ready_for_nothing:
            # Some devices are always ready to say nothing.
            time.sleep(min(seconds, _PAUSE_S))
        watch.poll(seconds * 1000)

    def end(self) -> bool:
        """There is no such word."""
        return False

    def close(self, *, discard: bool) -> None:
        """With ``discard`` the printer is told to forget what it has of a label."""
        if discard:
            _soft_reset(self._handle)
        with contextlib.suppress(OSError):
            os.close(self._handle)

    def _writable(self) -> bool:
        """Raises OSError when the device has hung up."""
        watch = select.poll()
        watch.register(self._handle, select.POLLOUT)
        for _, event in watch.poll(0):
            if event & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                raise OSError(errno.ENODEV, "device")
            return bool(event & select.POLLOUT)
        return False


def _opened(path: str) -> tuple[int, bool]:
    """The device, and whether it may be read. Raises OSError."""
    mode = Path(path).stat().st_mode
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        # A file of that name, left by a copy to a printer that was not there, would swallow every label.
        raise FileNotFoundError(errno.ENOENT, "device", path)
    flags = os.O_NONBLOCK | os.O_NOCTTY
    try:
        return os.open(path, os.O_RDWR | flags), True
    except PermissionError:
        return os.open(path, os.O_WRONLY | flags), False


def _soft_reset(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        return
    with contextlib.suppress(OSError):
        fcntl.ioctl(handle, _SOFT_RESET)
