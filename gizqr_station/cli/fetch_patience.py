"""How long a command waits for a service from which nothing comes, before it pauses its fetch by itself."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.stop import Stop

if TYPE_CHECKING:
    from gizqr_station.workflows.happenings import Happening


class Patience:
    """Hears how a fetch goes, and stops it when it has waited too long without one code more."""

    def __init__(self, patience_s: float, stop: Stop, now: Callable[[], float] = time.monotonic) -> None:
        """``patience_s``: 0 without end; ``now``: seconds on a clock that never jumps."""
        self._patience_s = patience_s
        self._stop = stop
        self._now = now
        self._since: float | None = None
        """When it began to wait."""
        self._cut = ""
        self._done = 0
        self.ended: Failure | None = None
        """What was waited for too long."""

    def hear(self, happening: "Happening") -> None:
        """At every step, so that a wait is heard of each second."""
        from gizqr_station.workflows.code_happenings import FetchSeen

        if not isinstance(happening, FetchSeen) or not self._patience_s:
            return
        if happening.cut != self._cut or happening.done > self._done:
            self._cut, self._done = happening.cut, max(self._done, happening.done)
            self._since = None
        if not happening.waits_s:
            return
        if self._since is None:
            self._since = self._now()
        elif self._now() - self._since >= self._patience_s and not self._stop.asked:
            self.ended = happening.failure
            self._stop.set()
