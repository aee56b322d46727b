"""Until when a service wants to be left alone: what it wished for, and growing pauses when it only says "too much"."""

import random
import threading
import time
from collections.abc import Callable

UNSAID_S = 1.0
"""The first pause when the service gives no number; each one after it in a row is twice as long."""
LONGEST_UNSAID_S = 30.0


class QuietTime:
    """Kept for one service by its client; any thread may ask and tell."""

    def __init__(self, now: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random) -> None:
        self._now = now
        self._chance = chance
        self._lock = threading.Lock()
        self._until = 0.0
        self._unsaid = 0

    @property
    def left_s(self) -> float:
        """Seconds until the service may be asked again; 0 when it may."""
        with self._lock:
            return max(self._until - self._now(), 0.0)

    def asked_for(self, seconds: float | None) -> float:
        """The service asked for a pause, or for one without a number; returns how long it is from now.

        A pause without a number is up to a quarter longer than its step, so that stations that were sent away
        together do not come back together. A longer pause that is already under way stays.
        """
        with self._lock:
            if seconds is None:
                step_s = min(UNSAID_S * 2.0 ** min(self._unsaid, 16), LONGEST_UNSAID_S)
                seconds = step_s * (1 + self._chance() / 4)
                self._unsaid += 1
            now = self._now()
            self._until = max(self._until, now + seconds)
            return self._until - now

    def answered(self) -> None:
        """The service answered as usual again."""
        with self._lock:
            self._unsaid = 0
