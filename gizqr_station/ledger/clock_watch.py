"""Whether the clock of an entry can be believed: it is marked where it jumped, and nothing is ordered by it."""

from typing import Protocol, runtime_checkable

from gizqr_station.domain.audit import ClockMark
from gizqr_station.ledger.rows import micros
from gizqr_station.workflows.ports import Clock

TOLERANCE_US = 2_000_000
"""Microseconds that a clock may be set by without a mark; time servers set it by less, a little at a time."""


@runtime_checkable
class SteadyClock(Clock, Protocol):
    """A clock that also knows how much time went by, whatever the time of day is set to."""

    def elapsed_s(self) -> float:
        """Seconds since some moment; never goes back, also counts while the computer sleeps where the system can."""
        ...


class ClockWatch:
    """Compares the time of day with the entry before, and with the time that went by since this program's last one.

    Used within writing transactions only, which come one at a time.
    """

    def __init__(self, clock: Clock) -> None:
        """A clock that is no SteadyClock is only compared with the entry before."""
        self._clock = clock if isinstance(clock, SteadyClock) else None
        self._ahead_us: int | None = None

    def mark(self, at_us: int, before_us: int | None) -> ClockMark:
        """Of an entry at ``at_us`` behind one at ``before_us``, both in microseconds since 1970."""
        leapt_us = self._leapt_us()
        if (before_us is not None and before_us - at_us > TOLERANCE_US) or leapt_us < -TOLERANCE_US:
            return ClockMark.BACK
        return ClockMark.AHEAD if leapt_us > TOLERANCE_US else ClockMark.STEADY

    def _leapt_us(self) -> int:
        """How much further the time of day went than time did since this was asked last."""
        if self._clock is None:
            return 0
        ahead_us = micros(self._clock.now()) - round(self._clock.elapsed_s() * 1_000_000)
        was_us, self._ahead_us = self._ahead_us, ahead_us
        return 0 if was_us is None else ahead_us - was_us
