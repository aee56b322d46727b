"""What is told of slots, ports and trials of readers."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import ReaderProfile
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.workflows.device_ports import WireBytes


@dataclass(frozen=True, slots=True)
class SlotsKnown:
    """The slots that this station runs."""

    slots: tuple[SlotConfig, ...]
    kept: tuple[SlotConfig, ...] = ()
    """As they stand in the settings, which count from the next start on; empty where they could not be read."""


@dataclass(frozen=True, slots=True)
class PortsSeen:
    """The ports that are plugged in now; told when they change, and when somebody begins to look."""

    ports: tuple[SerialPort, ...]


@dataclass(frozen=True, slots=True)
class ReadersKnown:
    """The ways of asking that may be tried."""

    profiles: tuple[ReaderProfile, ...]
    failure: Failure | None = None
    """A profile of the user's that cannot be used; the others can."""


@dataclass(frozen=True, slots=True)
class WireHeard:
    """Bytes of a trial, several at a time."""

    wire: tuple[WireBytes, ...]
    missed: int = 0
    """Bytes after these that came too quickly to be shown; they are kept for the file."""


@dataclass(frozen=True, slots=True)
class TrialBegun:
    """A reader is being tried."""

    port: str
    reader: str


@dataclass(frozen=True, slots=True)
class TrialEnded:
    """What a trial came to; both None when a person stopped it."""

    reading: DeviceReading | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class WireLogKept:
    """The bytes of the last trial are in a file, or why they are not."""

    path: str
    failure: Failure | None = None
    dropped: int = 0
    """Bytes before those in the file, of which there were too many."""


@dataclass(frozen=True, slots=True)
class SlotsKept:
    """The slots were written into the settings, or why they were not; they count from the next start on."""

    slots: tuple[SlotConfig, ...]
    failure: Failure | None = None


DeviceHappening = SlotsKnown | PortsSeen | ReadersKnown | WireHeard | TrialBegun | TrialEnded | WireLogKept | SlotsKept
