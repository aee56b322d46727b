"""A port by its name in the settings, wherever it is plugged in at the moment."""

import os
import stat
import threading
import time
from pathlib import Path

from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.workflows.device_ports import PortList

_FRESH_S = 0.2
"""How long a list of ports is believed: looks come twenty times a second, and a list takes some milliseconds."""


class PortAt:
    """What a port's name means now. May be asked from any thread."""

    def __init__(self, name: PortName, ports: PortList) -> None:
        self.name = name
        self._ports = ports
        self._turn = threading.Lock()
        self._found: str | None = None
        self._looked_at: float | None = None

    @classmethod
    def of(cls, text: str, ports: PortList | None = None) -> "PortAt":
        """From its text; raise ValueError as PortName.parse does. Without a list only paths and URLs are found."""
        return cls(PortName.parse(text), _NoPorts() if ports is None else ports)

    @property
    def label(self) -> str:
        """For people: as in the settings."""
        return str(self.name)

    def device(self, *, anew: bool = False) -> str | None:
        """What is to be opened now, or None when it is not plugged in; raise PortAmbiguous.

        A path or URL means itself. ``anew`` looks again although the last list is a fifth of a second old at most.
        """
        if not self.name.lasts and (is_url(self.name.text) or is_device_path(self.name.text)):
            return self.name.text if is_url(self.name.text) or device_number(self.name.text) is not None else None
        with self._turn:
            now = time.monotonic()
            if anew or self._looked_at is None or now - self._looked_at >= _FRESH_S:
                self._found = None  # stays so when the look raises
                self._looked_at = None
                self._found = self._listed()
                self._looked_at = now
            found = self._found
        if found is not None and is_device_path(found) and device_number(found) is None:
            return None
        return found

    def _listed(self) -> str | None:
        ports = self._ports.ports()
        if self.name.lasts:
            port = self.name.among(ports)
            return None if port is None else port.device
        return next((port.device for port in ports if port.device.upper() == self.name.text.upper()), None)


class _NoPorts:
    """For ports that are known by their path."""

    def ports(self) -> tuple[SerialPort, ...]:
        """None."""
        return ()


def is_url(device: str) -> bool:
    """Whether it is one of pyserial's URLs, such as ``loop://``, which count as always there."""
    return "://" in device


def is_device_path(device: str) -> bool:
    """Whether it is a file of a Unix, which can be looked at without opening it."""
    return os.name == "posix" and not is_url(device)


def device_number(device: str) -> int | None:
    """The number of the device behind a path, which tells when a link was turned to another; None without one."""
    if not is_device_path(device):
        return None
    try:
        found = Path(device).stat()
    except OSError:
        return None
    return found.st_rdev if stat.S_ISCHR(found.st_mode) else None
