"""What is told about results that have to be handed over."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.result import Destination


@dataclass(frozen=True, slots=True)
class OutboxSeen:
    """How many results are not handed over yet; always shown where an outbox is set up."""

    unsent: int
    oldest: datetime | None
    failure: Failure | None = None
    """Why the last try failed."""
    given_up: int = 0
    """Of them, how many wait for a person."""
    destination: Destination = Destination.FOLDER
    """Each has a number of its own."""
