"""What a service that is away means to a line that has codes in its pool: for the health tile."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import OnPoolAlone, PoolUnreadable
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_fetch import FetchParts
from gizqr_station.workflows.codes_seen import carries
from gizqr_station.workflows.retry import retry_after_s

log = logging.getLogger(__name__)

IDLE_SHARE = 20
"""Counting takes at most this part of the time: seconds, where an order or a pool has a million devices."""


@dataclass(slots=True)
class _Counted:
    """What was found last, and until when it is taken as it is."""

    codes: int | None = None
    until: float = float("-inf")


@dataclass(frozen=True, slots=True)
class CodeHealth:
    """The pool behind the service."""

    allowance: Allowance
    parts: FetchParts
    broken: PoolUnreadable | None = None
    """Why the pool could not be opened."""
    now: Callable[[], float] = time.monotonic
    """Seconds on a clock that never jumps."""
    _counted: _Counted = field(default_factory=_Counted)

    def seen(self, away: Failure | None, stop: Stop) -> PrinterStatus:
        """What is wrong with the service is a warning, no more, where the pool has all that the line still needs.

        A pool that cannot be used is a warning while the service answers.
        """
        if self.broken is not None:
            return PrinterStatus(away, None if away is not None else self.broken)
        if away is None:
            return PrinterStatus()
        try:
            codes = self._carries(stop)
        except Failure as unread:
            log.warning("the pool was not asked: %s", unread)
            return PrinterStatus(away)
        if codes is None:
            return PrinterStatus(away)
        # What passes by itself needs nobody while the pool lasts; a pause has its seconds, and a refused key its words.
        passes = retry_after_s(away) is not None and not isinstance(away, ServiceThrottles)
        return PrinterStatus(warning=OnPoolAlone(self.parts.service, codes) if passes else away)

    def _carries(self, stop: Stop) -> int | None:
        began = self.now()
        if began >= self._counted.until:
            self._counted.codes = carries(self.allowance, self.parts, stop)
            ended = self.now()
            self._counted.until = ended + IDLE_SHARE * (ended - began)
        return self._counted.codes
