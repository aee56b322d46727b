"""The serial ports of this machine, as the operating system lists them."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from serial.tools import list_ports

from gizqr_station.domain.serial_ports import PortName, SerialPort

log = logging.getLogger(__name__)

FRESH_S = 0.2
"""How long a list is believed: looks come from every slot, and a list takes milliseconds where there are many ports."""
STALE_S = 2.0
"""How long the last list is kept when the system fails to give one, as it does in the moment an adapter is pulled."""
_NO_LIST = (OSError, TypeError, ValueError, AttributeError)
"""pyserial's Linux back end raises TypeError when the files of an adapter vanish under it, Windows' OSError."""
_UNKNOWN = "n/a"
"""What pyserial says where it knows nothing."""
_LONGEST = 120


class Listed(Protocol):
    """One port as pyserial lists it; everything but its name may be missing."""

    @property
    def device(self) -> str: ...  # noqa: D102 - as pyserial calls them
    @property
    def serial_number(self) -> str | None: ...  # noqa: D102
    @property
    def location(self) -> str | None: ...  # noqa: D102
    @property
    def vid(self) -> int | None: ...  # noqa: D102
    @property
    def pid(self) -> int | None: ...  # noqa: D102
    @property
    def description(self) -> str | None: ...  # noqa: D102


class MachinePorts:
    """A PortList. Only lists: no port is opened, and nothing is sent.

    ``include_links`` is left out on purpose: on Windows it touches every port, and the Bluetooth ones answer after
    seconds (pyserial #450, #451, #614).
    """

    def __init__(
        self,
        listing: Callable[[], Iterable[Listed]] | None = None,
        *,
        fresh_s: float = FRESH_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._listing: Callable[[], Iterable[Listed]] = listing or list_ports.comports
        self._fresh_s = fresh_s
        self._now = now
        self._turn = threading.Lock()
        self._ports: tuple[SerialPort, ...] = ()
        self._looked_at: float | None = None
        self._listed_at = 0.0
        self._complained = False

    def ports(self) -> tuple[SerialPort, ...]:
        """All that are plugged in now, by name; none where the system gives no list."""
        with self._turn:
            now = self._now()
            if self._looked_at is None or now - self._looked_at >= self._fresh_s:
                self._look(now)
                self._looked_at = self._now()
            return self._ports

    def _look(self, now: float) -> None:
        try:
            found = {port.device: port for port in map(serial_port, self._listing())}
        except _NO_LIST as fault:
            if not self._complained:
                log.warning("the system's list of serial ports failed: %r", fault)
            self._complained = True
            if now - self._listed_at >= STALE_S:
                self._ports = ()
            return
        self._complained = False
        self._listed_at = now
        self._ports = tuple(sorted(found.values(), key=lambda port: _by_number(port.device)))


def serial_port(listed: Listed) -> SerialPort:
    """What is known of a port, without what only says that nothing is known."""
    return SerialPort(
        device=listed.device,
        usb_serial=_serial_number(listed.serial_number),
        hub=_place(listed.location),
        vendor_id=listed.vid,
        product_id=listed.pid,
        description=_clean(listed.description),
    )


def _serial_number(told: str | None) -> str:
    """Nothing for what Windows makes up where an adapter has none: it holds a & and changes with the plug."""
    text = _clean(told)
    return "" if "&" in text else text


def _place(told: str | None) -> str:
    """Nothing for what is no position in a tree of hubs, for nobody could name the port by it."""
    text = _clean(told)
    try:
        return PortName.parse(f"hub:{text}").text
    except ValueError:
        return ""


def _clean(text: str | None) -> str:
    """Printable, on one line and not too long, whatever an adapter's memory says."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    return "" if words == _UNKNOWN else words[:_LONGEST]


def _by_number(device: str) -> tuple[str, int, str]:
    """COM3 before COM10."""
    name = device.rstrip("0123456789")
    number = device[len(name) :]
    return name, int(number) if number else -1, device
