"""A stop that also comes by itself at a moment, for what must be quick whatever its own time limits are."""

import time

from gizqr_station.domain.stop import Stop, Stopped


class StopAt(Stop):
    """Asked when the other stop is, or when the monotonic clock has reached the moment."""

    def __init__(self, stop: Stop, at: float) -> None:
        super().__init__()
        self._stop, self._at = stop, at

    def set(self) -> None:
        """The other one is not set by it."""
        self._at = 0.0

    @property
    def asked(self) -> bool:
        """Whether either has come."""
        return self._stop.asked or time.monotonic() >= self._at

    def check(self) -> None:
        """Raise Stopped if either has come."""
        if self.asked:
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Wait so long, or raise Stopped as soon as either comes."""
        left_s = self._at - time.monotonic()
        self._stop.sleep(max(0.0, min(seconds, left_s)))
        if left_s < seconds:
            raise Stopped
