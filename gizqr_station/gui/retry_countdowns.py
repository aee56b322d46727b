"""How long until each slot's refused unit is tried again by itself, where that is long enough to be counted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.gui.countdown import Countdown
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeviceRead,
    DeviceSeen,
    Happening,
    LineStopped,
    SettlementDue,
    UnitRefused,
    WaitingForDevice,
)

LEAST_COUNTED_S = 10.0
"""A shorter pause is over before anybody has read a number: numbers that come and go only make a page restless."""
_GOES_ON = WaitingForDevice | DeviceSeen | DeviceRead | SettlementDue | LineStopped


class RetryCountdowns(QObject):
    """``changed`` each second that any of them runs."""

    changed = Signal()

    def __init__(self, now: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._by_slot: dict[int, Countdown] = {}

    def left_s(self, slot: int) -> int:
        """Whole seconds; 0 where nothing is counted."""
        return self._by_slot[slot].left_s if slot in self._by_slot else 0

    def hear(self, happening: Happening) -> None:
        """A unit is refused for a while, or goes on."""
        if not isinstance(happening, AtSlot):
            return
        inner, slot = happening.happening, happening.slot
        if isinstance(inner, UnitRefused):
            seconds = inner.retry_in_s or 0.0
            asked_for = isinstance(inner.failure, ServiceThrottles)
            self._start(slot, seconds if asked_for or seconds >= LEAST_COUNTED_S else 0.0)
        elif isinstance(inner, _GOES_ON):
            self._start(slot, 0.0)

    def _start(self, slot: int, seconds: float) -> None:
        if slot not in self._by_slot:
            if seconds <= 0:
                return
            self._by_slot[slot] = Countdown(self._now, self)
            self._by_slot[slot].changed.connect(self.changed)
        self._by_slot[slot].start(seconds)
