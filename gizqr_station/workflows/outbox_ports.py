"""Where results wait, and who takes them in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from gizqr_station.domain.result import DeliveryTries, Destination, Result, Standing
from gizqr_station.domain.stop import Stop


class OutboxStore(Protocol):
    """The record itself is the outbox: a destination only remembers how far it is. Of all stations of the ledger."""

    def outbox_standing(self, destination: Destination) -> Standing:
        """How far it is; begins here and now for a destination that was not there before."""
        ...

    def results_after(self, sequence: int, limit: int) -> Sequence[Result]:
        """The next ones, in the order in which they became known."""
        ...

    def result(self, sequence: int) -> Result | None:
        """Of one entry; None if it is about none."""
        ...

    def stage_result(self, destination: Destination, sequence: int) -> bool:
        """From now on it may have been handed over; False where another station is at it, or was faster."""
        ...

    def result_delivered(self, destination: Destination, sequence: int) -> None:
        """It was; what is known of its failed tries goes."""
        ...

    def result_failed(
        self, destination: Destination, sequence: int, *, at: datetime, reason: str, give_up: bool
    ) -> DeliveryTries:
        """A try failed. ``give_up``: later ones go on, this one waits for a person."""
        ...

    def failed_tries(self, destination: Destination) -> Sequence[DeliveryTries]:
        """Of all results that were not taken so far, in their order."""
        ...

    def retry_given_up(self, destination: Destination, *, who: str) -> int:
        """A person wants those tried again; how many."""
        ...

    def unsent(self, destination: Destination) -> tuple[int, datetime | None]:
        """How many results are not handed over, and when the oldest became known."""
        ...


class Taker(Protocol):
    """A watched folder, or an address on the web."""

    @property
    def destination(self) -> Destination:
        """Which of the two."""
        ...

    def stage(self, result: Result) -> None:
        """Make it ready, durable; nobody sees it yet. Staging it again is the same."""
        ...

    def deliver(self, result: Result, stop: Stop) -> None:
        """Hand over what was staged. Raises why it was not taken; HandOverFailure and CodeFailure leaves, Stopped."""
        ...

    def delivered_already(self, result: Result) -> bool:
        """Of one that was staged before the program ended: whether it was handed over then."""
        ...
