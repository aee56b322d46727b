"""What reaches a line from outside while it waits: scans, key presses, the ends of its own waits."""

import queue
from dataclasses import dataclass

from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind

_LOOK_AT_STOP_S = 0.1


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner typed this."""

    text: str


@dataclass(frozen=True, slots=True)
class NoUsableLabel:
    """A person looked: no usable label came out of this job."""

    job: int


@dataclass(frozen=True, slots=True)
class TryAgain:
    """A person wants the refused unit tried again."""


@dataclass(frozen=True, slots=True)
class NewRoll:
    """A person has put a new roll or ribbon into the line's printer."""

    kind: SupplyKind
    counted: bool = False
    """Somebody has written it down already; this line only needs to know."""


@dataclass(frozen=True, slots=True)
class OpenJobs:
    """A label that the line did not print, of the queue perhaps, has become one that somebody must find."""


@dataclass(frozen=True, slots=True)
class DutyChanged:
    """Somebody else is on duty, or nobody any more: what was refused for want of a person may go on."""


@dataclass(frozen=True, slots=True)
class TurnMoved:
    """Another slot has its label settled; whose turn it is now is asked of the turn itself."""


@dataclass(frozen=True, slots=True)
class WaitEnded:
    """A wait that ran on another lane has ended."""

    ticket: int


Message = Scanned | NoUsableLabel | OpenJobs | TryAgain | NewRoll | DutyChanged | TurnMoved | WaitEnded


class Inbox:
    """Messages in order of arrival; put from any thread, taken by the line alone."""

    def __init__(self) -> None:
        self._messages: queue.Queue[Message] = queue.Queue()

    def put(self, message: Message) -> None:
        """Never waits."""
        self._messages.put_nowait(message)

    def take(self, stop: Stop, within_s: float | None = None) -> Message | None:
        """The next message; None when none came in time. Raises Stopped."""
        left = within_s
        while True:
            stop.check()
            wait = _LOOK_AT_STOP_S if left is None else min(left, _LOOK_AT_STOP_S)
            try:
                return self._messages.get(timeout=max(wait, 0.001))
            except queue.Empty:
                if left is not None:
                    left -= wait
                    if left <= 0:
                        return None
