"""How long one user of the pool waits for a program that has it locked, and when it asks again after that."""

import threading
import time
from collections.abc import Callable

from gizqr_station.domain.pool_failures import PoolBusy


class PoolWaits:
    """The waits of one user of the pool, who may be several lanes.

    ``wait_s`` bounds each call. Whoever has waited in vain leaves the pool alone for ``rest_s``: until then every
    call ends at once. Who may read may still have to wait for writing, so that each rests by itself. ``now``: seconds
    on a clock that never jumps.
    """

    def __init__(self, wait_s: float, rest_s: float = 0.0, *, now: Callable[[], float] = time.monotonic) -> None:
        self.wait_s = wait_s
        self._rest_s = rest_s
        self._now = now
        self._lock = threading.Lock()
        self._rests_until = {True: float("-inf"), False: float("-inf")}

    def begin(self, file: str, *, writing: bool) -> float:
        """When the wait that begins now is over, on the clock of ``is_over``; PoolBusy while the pool is left alone."""
        now = self._now()
        with self._lock:
            if now < self._rests_until[writing]:
                raise PoolBusy(file)
        return now + self.wait_s

    def is_over(self, ends: float) -> bool:
        """Whether a wait has lasted long enough."""
        return self._now() >= ends

    def in_vain(self, file: str, *, writing: bool) -> PoolBusy:
        """The rest begins; the failure to raise."""
        with self._lock:
            self._rests_until[writing] = self._now() + self._rest_s
        return PoolBusy(file)
