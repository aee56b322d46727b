"""A place on the bench into which one device at a time is put."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.serial_ports import PortName

MOST_SLOTS = 8


class LeavesBy(Enum):
    """How a slot knows that its device has left."""

    PORT = "port"
    """The adapter is on the device or its cable: the port disappears."""
    SILENCE = "silence"
    """The adapter is built into the jig and stays: nobody answers any more, or somebody else does."""


@dataclass(frozen=True, slots=True)
class SlotConfig:
    """One slot as a person sets it up. Slots are known by their number, 1 to 8."""

    number: int
    name: str
    """On the lamp, beside the number; may be empty."""
    port: PortName | None
    """None: a place without a port, whose devices only a scanner reads."""
    reader: str = "gagent"
    """Name of a reader profile, or ``auto``."""
    baud: int = 0
    """0: as the profile says."""
    answer_s: float = 5.0
    leaves_by: LeavesBy = LeavesBy.PORT

    @property
    def label(self) -> str:
        """``2`` or ``2 left jig``."""
        return f"{self.number} {self.name}".strip()
