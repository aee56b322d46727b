"""Passes what is pressed and scanned on to the station once it is open; scans wait for it, for a while."""

import logging
import time
from collections import deque
from collections.abc import Callable

from gizqr_station.domain.scan_failures import StillOpening
from gizqr_station.domain.scan_text import escaped, in_short, printable
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.workflows.happenings import ScanRefused, Tell

log = logging.getLogger(__name__)

MOST_EARLY_SCANS = 100
EARLY_FOR_S = 10.0
"""A device that was scanned longer ago may be another one by now."""


class LineBehind:
    """The line, or nobody yet. What is scanned before there is one is for it, unless that was long ago."""

    def __init__(self, tell: Tell, now: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._now = now
        self._target: LineControls | None = None
        self._closed = False
        self._early: deque[tuple[float, str]] = deque()

    def open(self, target: LineControls) -> None:
        """From now on there is one; it hears what was scanned meanwhile."""
        self._target = target
        early, self._early = self._early, deque()
        for at, text in early:
            if self._now() - at <= EARLY_FOR_S:
                target.scanned(text, at)
            else:
                self._too_early(text)

    def close(self) -> None:
        """From now on there is none, and there will be none: no scan waits any longer."""
        self._target = None
        self._closed = True
        early, self._early = self._early, deque()
        for _, text in early:
            self._too_early(text)

    def scanned(self, text: str, at: float | None = None) -> None:
        """A scanner typed this, now or ``at``."""
        if self._target is not None:
            self._target.scanned(text, at)
            return
        log.info("scanned while no station is open: %s", escaped(text))
        if self._closed:
            self._too_early(text)
            return
        self._early.append((self._now() if at is None else at, text))
        if len(self._early) > MOST_EARLY_SCANS:
            self._too_early(self._early.popleft()[1])

    def no_usable_label(self, job: int) -> None:
        """No usable label came out of this job."""
        if self._target is not None:
            self._target.no_usable_label(job)

    def try_again(self, slot: int) -> None:
        """Try the refused unit of this slot again."""
        if self._target is not None:
            self._target.try_again(slot)

    def new_roll(self, kind: SupplyKind) -> None:
        """A roll or ribbon was changed."""
        if self._target is not None:
            self._target.new_roll(kind)

    def _too_early(self, text: str) -> None:
        self._tell(ScanRefused(StillOpening(in_short(printable(text)))))
