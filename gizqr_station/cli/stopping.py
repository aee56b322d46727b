"""Ctrl+C while a label is on its way: it is asked to stop, so that what is known of it is still written down."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from gizqr_station.domain.stop import Stop


@contextlib.contextmanager
def stop_at_interrupt() -> Iterator[Stop]:
    """A Stop that Ctrl+C sets, in the place of the exception that would tear a record off in the middle."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
