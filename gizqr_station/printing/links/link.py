"""A connection to a printer, as the printer drivers see it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop


class NotConnected(Exception):
    """No connection came about; not one byte of a label was sent."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class LinkLost(Exception):
    """The connection broke while the printer was being asked."""


class End(Enum):
    """How a delivery ended."""

    TAKEN = "taken"
    """Every byte was taken, and the other side did not break off afterwards."""
    LOST = "lost"
    STALLED = "stalled"
    """Not a byte was taken for too long."""
    OVERDUE = "overdue"
    """Bytes were taken, but too slowly."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of bytes that were to go out."""

    end: End
    sent: int
    """Bytes that may have reached the other side."""
    taken: int
    """Bytes that the other side is known to have taken; the same as ``sent`` where the system does not tell."""


class Link(Protocol):
    """Open, both ways. Used by one thread. After ``deliver`` ended in anything but TAKEN it is of no more use."""

    def deliver(self, data: bytes, patience: Patience, stop: Stop) -> Delivery:
        """Send everything. Never raises; after anything but TAKEN no byte trickles out later."""
        ...

    def ask(self, query: bytes, complete: Callable[[bytes], bool], within_s: float, stop: Stop) -> bytes:
        """Send a query (or only listen, where it is empty) and read until the answer is complete or time is up.

        What came is returned as it is, empty for silence. Raises LinkLost or Stopped.
        """
        ...

    def finish(self, settle_s: float, stop: Stop) -> End:
        """Nothing more will be sent: TAKEN unless the other side breaks off within this time. Closes."""
        ...

    def close(self) -> None:
        """At once; safe to call twice."""
        ...


class Connector(Protocol):
    """Opens links to one printer."""

    def open(self, stop: Stop) -> Link:
        """Raises NotConnected or Stopped."""
        ...
