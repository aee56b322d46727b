"""A reader's wait that runs on its own lane, while the line listens to everything else."""

import itertools
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import TracebackType
from typing import Generic, TypeVar

from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.inbox import Inbox, Message, WaitEnded
from gizqr_station.workflows.lanes import Lane

R = TypeVar("R")


class SideWait(Generic[R]):
    """Starts on entering, and is stopped and waited for on leaving; its end is a message in the inbox."""

    _tickets = itertools.count(1)
    """Of all lines: a ticket that came up twice in one inbox would end a wait that has only begun."""

    def __init__(self, work: Callable[[Stop], R], lane: Lane, inbox: Inbox) -> None:
        self._ticket = next(SideWait._tickets)
        self._work = work
        self._lane = lane
        self._inbox = inbox
        self._own_stop = Stop()
        self._future: Future[R]

    def __enter__(self) -> "SideWait[R]":
        """Begin to wait."""
        ended = WaitEnded(self._ticket)
        self._future = self._lane.submit(self._work, self._own_stop)
        self._future.add_done_callback(lambda _: self._inbox.put(ended))
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Stop it; a reader looks at its Stop several times a second, so this ends."""
        self.stop()

    def ended(self, message: Message | None) -> bool:
        """Whether this message says that this wait is over."""
        return message == WaitEnded(self._ticket)

    def stop(self) -> None:
        """End it now."""
        self._own_stop.set()
        wait([self._future])

    def result(self) -> R:
        """What it came to; raises what it raised."""
        return self._future.result()
