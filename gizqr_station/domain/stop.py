"""The flag that every blocking call looks at."""

import threading


class Stopped(Exception):
    """A wait ended because the station was told to stop."""


class Stop:
    """Set once, from any thread; whoever waits finds out at once."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    def set(self) -> None:
        """Ask everything that looks at this flag to end."""
        self._flag.set()

    @property
    def asked(self) -> bool:
        """Whether somebody asked."""
        return self._flag.is_set()

    def check(self) -> None:
        """Raise Stopped if somebody asked."""
        if self._flag.is_set():
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Wait so long, or raise Stopped as soon as somebody asks."""
        if self._flag.wait(seconds):
            raise Stopped
