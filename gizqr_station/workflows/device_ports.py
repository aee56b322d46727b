"""What is needed of the world of serial ports: which there are, how they are read, where slots are kept."""

from collections.abc import Callable
from typing import Protocol

from gizqr_station.domain.device_failures import ProfileUnreadable
from gizqr_station.domain.reader_profile import ReaderProfile
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.wire_text import WireBytes as WireBytes
from gizqr_station.workflows.ports import Reader

Tap = Callable[[WireBytes], None]
"""Hears everything that goes over a port; called on the reader's thread, must return at once."""


class ClosableReader(Reader, Protocol):
    """A reader that holds a port."""

    def close(self) -> None:
        """Let it go; a read that is under way in another thread ends."""
        ...


class PortList(Protocol):
    """The serial ports of this machine."""

    def ports(self) -> tuple[SerialPort, ...]:
        """All that are plugged in now, by name. Takes some milliseconds, may be asked from any thread."""
        ...


class ReaderShelf(Protocol):
    """The ways of asking that are known."""

    def profiles(self) -> tuple[ReaderProfile, ...]:
        """Shipped ones and the user's own, which win by name; raises ProfileUnreadable for a shipped one."""
        ...

    def faults(self) -> tuple[ProfileUnreadable, ...]:
        """What is wrong with files of the user's; the others can be used."""
        ...


ReaderMaker = Callable[[SlotConfig, Tap | None], ClosableReader]
"""A reader for a slot, whose wire is listened to where somebody wants that; raises ReaderUnknown, ProfileUnreadable."""


class SlotShelf(Protocol):
    """Where the slots of the settings are kept."""

    def slots(self) -> tuple[SlotConfig, ...]:
        """All that are set up, by number."""
        ...

    def keep(self, slots: tuple[SlotConfig, ...]) -> None:
        """Write them into the settings; nothing else in there changes. They count from the next start on."""
        ...


class WireLogs(Protocol):
    """Where what went over a wire is kept as a file for people."""

    def keep(self, port: str, reader: str, wire: tuple[WireBytes, ...]) -> str:
        """Write it readably and return the file's path; raises FileNotWritten."""
        ...
