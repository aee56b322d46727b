"""How long a fetch leaves a service or a pool alone that cannot be used just now, and how seldom it tells of itself."""

import time
from collections.abc import Callable

from gizqr_station.domain.code_failures import CertificateRefused, ServiceThrottles
from gizqr_station.domain.failures import Failure
from gizqr_station.workflows.retry import retry_after_s

LONGEST_BACK_OFF_S = 60.0
TOLD_EVERY_S = 0.1
"""A picture takes milliseconds, and each telling makes a window draw."""


def patience_s(failure: Failure, tries: int) -> float | None:
    """How long to leave the service alone after so many tries (from 0); None where only a person can change something.

    Never less than the service itself asked for.
    """
    if isinstance(failure, CertificateRefused):  # a line waits for the new one; who fetches sits here and can act
        return None
    pause_s = retry_after_s(failure)
    if isinstance(failure, ServiceThrottles):
        return max(pause_s or 0.0, failure.seconds)
    if pause_s is None:
        return None
    return max(pause_s, min(pause_s * 2.0 ** min(tries, 16), LONGEST_BACK_OFF_S))


class Seldom:
    """Says whether it is time to tell something again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """``now``: seconds on a clock that never jumps."""
        self._now = now
        self._told_at = float("-inf")

    def due(self, *, at_once: bool = False) -> bool:
        """Whether TOLD_EVERY_S are over since it last was, or whoever asks will not wait."""
        if not at_once and self._now() - self._told_at < TOLD_EVERY_S:
            return False
        self._told_at = self._now()
        return True
