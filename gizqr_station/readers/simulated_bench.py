"""A port into which simulated devices are plugged: the part of their programs that knows pseudo-terminals.

Commands come as lines of JSON over stdin: ``{"do": "plug", …}``, ``{"do": "swap", …}`` (another device behind the same
adapter), ``{"do": "unplug"}``; what else stands in them is for whoever makes the device. Events go out the same way:
``plugged`` (path), ``swapped``, ``unplugged``, ``refused`` (why), and what the device tells. End of stdin unplugs and
ends it, so it cannot outlive whoever started it.
"""

import argparse
import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from gizqr_station.readers.simulated_wire import heard_at_another_rate

_TICK_S = 0.01
_UNOPENED_BAUD = 38400
_TCGETS2, _TERMIOS2_BYTES = 0x802C542A, 44
"""From Linux' asm-generic/ioctls.h and termbits.h; the rate that is sent at stands last."""


class Unplugged(Exception):
    """The device was pulled out in the middle of a sentence."""


class Device(Protocol):
    """What is plugged in. Both may raise Unplugged."""

    def tick(self) -> None:
        """Say what is due; called a hundred times a second."""
        ...

    def hear(self, data: bytes) -> None:
        """Take what the host sent."""
        ...


class Wire:
    """A device's end of the terminal, at its own rate: a host at another one hears, and is heard, wrongly.

    ``baud`` 0 is any rate. It cuts itself after so many bytes that were sent to a host that has spoken, or, for
    devices that nobody speaks to, to one that has opened the port (at another rate than terminals begin with).
    """

    def __init__(
        self, master: int, *, baud: int = 0, cut_after_bytes: int | None = None, cut_unasked: bool = False
    ) -> None:
        self._master = master
        self._baud = baud
        self._cut_after_bytes = cut_after_bytes
        self._cut_unasked = cut_unasked
        self._sent = 0
        self._spoken = False

    def hear(self, data: bytes) -> bytes:
        """What the device makes of bytes that the host sent."""
        self._spoken = True
        return self._resampled(data, said_by_host=True)

    def write(self, data: bytes) -> None:
        """Send; what nobody reads is lost, as on a real wire. Raises Unplugged behind the last byte."""
        if self._cut_unasked and not self._spoken:
            self._spoken, self._sent = _host_baud(self._master) != _UNOPENED_BAUD, 0
        limit = self._cut_after_bytes if self._spoken else None
        if limit is not None:
            data = data[: limit - self._sent]
        self._sent += len(data)
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, self._resampled(data, said_by_host=False))
        if limit is not None and self._sent >= limit:
            raise Unplugged

    def _resampled(self, data: bytes, *, said_by_host: bool) -> bytes:
        host = _host_baud(self._master) if self._baud else 0
        if host == self._baud:
            return data
        return heard_at_another_rate(data, *((host, self._baud) if said_by_host else (self._baud, host)))


Maker = Callable[[dict[str, Any], int], Device]
"""A device from what stood in the command, and the terminal's number that it writes to."""


class Bench:
    """The port of one bench: plugs, swaps and unplugs on command, and keeps the link while something is there."""

    def __init__(self, link: Path, make: Maker) -> None:
        self._link = link
        self._make = make
        self._device: Device | None = None
        self._master = self._slave = -1

    def run(self) -> None:
        """Serve until stdin ends."""
        commands = b""
        try:
            while True:
                inputs = [0] if self._device is None else [0, self._master]
                ready, _, _ = select.select(inputs, [], [], _TICK_S)
                if 0 in ready:
                    data = os.read(0, 65536)
                    if not data:
                        return
                    *lines, commands = (commands + data).split(b"\n")
                    for line in lines:
                        self._obey(json.loads(line))
                self._serve(self._master in ready)
        finally:
            self._unplug()

    def _serve(self, something_came: bool) -> None:
        if self._device is None:
            return
        try:
            if something_came:
                self._device.hear(_read(self._master))
            self._device.tick()
        except Unplugged:
            self._unplug()

    def _obey(self, command: dict[str, Any]) -> None:
        match command.pop("do", None):
            case "plug" if self._device is None:
                self._plug(command)
            case "swap" if self._device is not None:
                self._device = self._make(command, self._master)
                tell("swapped")
            case "unplug" if self._device is not None:
                self._unplug()
            case what:
                tell("refused", why=f"{what!r} now")

    def _plug(self, what: dict[str, Any]) -> None:
        import tty  # not on Windows, where this module is imported but not run

        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._device = self._make(what, self._master)
        path = os.ttyname(self._slave)
        fresh = self._link.with_name(self._link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(path)
        fresh.replace(self._link)
        tell("plugged", path=path)

    def _unplug(self) -> None:
        if self._device is None:
            return
        self._device = None
        self._link.unlink(missing_ok=True)
        os.close(self._slave)
        os.close(self._master)
        tell("unplugged")


def tell(event: str, **details: object) -> None:
    """Say what happened, to whoever started this program."""
    with contextlib.suppress(BrokenPipeError):  # whoever listened is gone; stdin will say so
        os.write(1, (json.dumps({"event": event, **details}) + "\n").encode())


def serve(about: str, make: Maker) -> None:
    """The whole program: serve one port until stdin ends."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--link", type=Path, required=True, help="a link to the terminal, while it is there")
    link = parser.parse_args().link
    # Ctrl-C reaches the whole group; whoever started this ends it by closing stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Bench(link, make).run()


def _host_baud(master: int) -> int:
    """The rate that the host has set its end to. Linux alone tells rates that are no old standard."""
    import fcntl  # not on Windows

    settings = fcntl.ioctl(master, _TCGETS2, bytes(_TERMIOS2_BYTES))
    return int.from_bytes(settings[-4:], sys.byteorder)


def _read(master: int) -> bytes:
    try:
        return os.read(master, 4096)
    except BlockingIOError:  # what came was for the device that stood here before
        return b""
