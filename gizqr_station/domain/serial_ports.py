"""Serial ports as they are seen, and names for them that outlast being plugged in again.

A COM number or ttyUSB index is given out anew at each plugging. What stays is the USB serial number of the adapter,
and the position in the tree of hubs, ``1-1.4``, in which Linux and Windows agree.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.device_failures import PortAmbiguous


@dataclass(frozen=True, slots=True)
class SerialPort:
    """One port as the operating system lists it."""

    device: str
    """What is opened: ``/dev/ttyUSB0``, ``COM7``."""
    usb_serial: str = ""
    hub: str = ""
    """``1-1.4`` with the interface of an adapter that has several: ``1-1.4:1.0``. Empty for what is not USB."""
    vendor_id: int | None = None
    product_id: int | None = None
    description: str = ""

    @property
    def usb_id(self) -> str:
        """``10c4:ea60``, or nothing."""
        if self.vendor_id is None or self.product_id is None:
            return ""
        return f"{self.vendor_id:04x}:{self.product_id:04x}"


class PortKind(Enum):
    """What a name goes by."""

    PATH = "path"
    USB_SERIAL = "usb"
    HUB = "hub"


SHORTEST_SERIAL = 5
_COM = re.compile(r"(\\\\\.\\)?COM[0-9]+", re.IGNORECASE | re.ASCII)
_HUB = re.compile(r"[0-9]+-[0-9]+(\.[0-9]+)*(:[0-9x]+\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PortName:
    """``/dev/ttyUSB0``, ``COM7``, a pyserial URL; or ``usb:SERIAL``, or ``hub:1-1.4``, which last."""

    kind: PortKind
    text: str
    """Without the prefix."""

    @classmethod
    def parse(cls, text: str) -> "PortName":
        """Raise ValueError for a lasting name without anything behind its colon, or with no hub position."""
        text = text.strip()
        for kind in (PortKind.USB_SERIAL, PortKind.HUB):
            prefix = f"{kind.value}:"
            if not text.lower().startswith(prefix):
                continue
            rest = text[len(prefix) :].strip()
            if not rest or (kind is PortKind.HUB and not _HUB.fullmatch(rest)):
                raise ValueError(f"{text} names no {kind.value} port: usb:A50285BI, hub:1-1.4")
            return cls(kind, rest)
        return cls(PortKind.PATH, text)

    def __str__(self) -> str:
        """As in the settings."""
        return self.text if self.kind is PortKind.PATH else f"{self.kind.value}:{self.text}"

    @property
    def lasts(self) -> bool:
        """Whether it means the same plug after everything was plugged in anew."""
        return self.kind is not PortKind.PATH

    def overlaps(self, other: "PortName") -> bool:
        """Whether both certainly mean one port, such as an adapter and one of its interfaces.

        Names of different kinds may mean one port, too; that shows only when the ports are seen.
        """
        if self.kind is not other.kind:
            return False
        if self.kind is PortKind.HUB:
            mine, _, my_interface = self.text.partition(":")
            its, _, its_interface = other.text.partition(":")
            return mine == its and (my_interface == its_interface or not (my_interface and its_interface))
        if self.kind is PortKind.USB_SERIAL or _COM.fullmatch(self.text):
            return self.text.casefold() == other.text.casefold()
        return self.text == other.text

    def among(self, ports: Sequence[SerialPort]) -> SerialPort | None:
        """The port that this lasting name means now; None where it is not plugged in, or for a path.

        Raises PortAmbiguous when several are meant: cheap adapters share one serial number.
        """
        meant = self.all_among(ports)
        if len(meant) > 1:
            raise PortAmbiguous(str(self), ", ".join(port.device for port in meant))
        return meant[0] if meant else None

    def all_among(self, ports: Sequence[SerialPort]) -> tuple[SerialPort, ...]:
        """Every port that this lasting name could mean now; none for a path."""
        return tuple(port for port in ports if self._means(port))

    def _means(self, port: SerialPort) -> bool:
        if self.kind is PortKind.USB_SERIAL:
            return port.usb_serial.casefold() == self.text.casefold()
        # Without an interface the whole adapter is meant, which is ambiguous only when it has several.
        return self.kind is PortKind.HUB and self.text in (port.hub, port.hub.partition(":")[0])


def lasting_name(port: SerialPort, ports: Sequence[SerialPort]) -> PortName:
    """The best name for one of these: its serial number if no other has it, else its place, else its path.

    A serial number that is hardly one, such as the 0001 of many new adapters, counts as none: the next adapter of the
    kind would be taken for this one while this one is out.
    """
    serials = [each.usb_serial.casefold() for each in ports]
    if len(port.usb_serial) >= SHORTEST_SERIAL and serials.count(port.usb_serial.casefold()) == 1:
        return PortName(PortKind.USB_SERIAL, port.usb_serial)
    if port.hub and [each.hub for each in ports].count(port.hub) == 1:
        place = port.hub.partition(":")[0]
        shared = [each.hub.partition(":")[0] for each in ports].count(place) > 1
        return PortName(PortKind.HUB, port.hub if shared else place)
    return PortName(PortKind.PATH, port.device)
