"""Where scans arrive, from whatever scanner: codes of one pull are sorted together, and repeats count once."""

import logging
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people_failures import TwoBadges
from gizqr_station.domain.scan_bursts import Piece, sorted_burst
from gizqr_station.domain.scan_failures import BadgeNotUsed
from gizqr_station.domain.scan_rules import ScanRules
from gizqr_station.domain.scan_text import escaped
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import ScanRefused, Tell

log = logging.getLogger(__name__)

_LOOK_AT_STOP_S = 0.1
_LARGEST_BURST = 100


@dataclass(frozen=True, slots=True)
class _Arrived:
    text: str
    at: float
    """When it was scanned."""
    came: float
    """When it came here: later, if it had to wait for the station."""


class ScanIntake:
    """``scanned`` from any thread; ``run`` on a lane of its own, which calls ``deliver`` and ``tell``.

    Each text is given on, or refused aloud, or written to the log with why it counts for nothing. ``deliver`` gets
    it as it was scanned and must return at once.
    """

    def __init__(
        self,
        rules: ScanRules,
        deliver: Callable[[str], None],
        tell: Tell,
        now: Callable[[], float] = time.monotonic,
        *,
        badge: Callable[[str], None] | None = None,
    ) -> None:
        """``badge`` gets what a person's badge says, past the lines, and must return at once; None: nobody signs in."""
        self._rules = rules
        self._deliver = deliver
        self._tell = tell
        self._now = now
        self._badge = badge
        self._arrived: queue.Queue[_Arrived] = queue.Queue()
        self._begun: _Arrived | None = None
        self._appeared: dict[str, float] = {}

    def scanned(self, text: str, at: float | None = None) -> None:
        """A scanner read this, now or ``at`` (monotonic, s). Never waits."""
        whole_letters = text.encode("utf-8", "ignore").decode("utf-8")
        now = self._now()
        self._arrived.put_nowait(_Arrived(whole_letters, now if at is None else at, now))

    def run(self, stop: Stop) -> None:
        """Sort burst after burst until stopped."""
        try:
            while True:
                burst = self._burst(stop)
                try:
                    self._sort(burst)
                except Exception as fault:
                    # Without this lane no scan would ever be heard again.
                    log.exception("a scan was not sorted")
                    self._tell(ScanRefused(ProgramFault(type(fault).__name__)))
        except Stopped:
            if left := self._arrived.qsize():
                log.info("%d scans came too late to be looked at", left)

    def _burst(self, stop: Stop) -> list[_Arrived]:
        """What was read in one pull: it has ended when nothing has come for so long."""
        begun, self._begun = self._begun, None
        while begun is None:
            stop.check()
            begun = self._next(_LOOK_AT_STOP_S)
        burst = [begun]
        while len(burst) < _LARGEST_BURST:
            stop.check()
            left_s = burst[-1].came + self._rules.burst_s - self._now()
            arrived = self._next(min(left_s, _LOOK_AT_STOP_S))
            if arrived is None:
                if left_s <= 0:
                    break
            elif abs(arrived.at - burst[-1].at) <= self._rules.burst_s:
                burst.append(arrived)
            else:
                self._begun = arrived
                break
        return burst

    def _next(self, within_s: float) -> _Arrived | None:
        """What came meanwhile counts even when there is no time left to wait."""
        try:
            if within_s <= 0:
                return self._arrived.get_nowait()
            return self._arrived.get(timeout=within_s)
        except queue.Empty:
            return None

    def _sort(self, burst: list[_Arrived]) -> None:
        at = burst[-1].at
        burst_sorted = sorted_burst([arrived.text for arrived in burst], self._rules)
        for piece in burst_sorted.beside:
            log.info("scan beside others, not used: %s", escaped(piece.text))
        if (contradiction := burst_sorted.contradiction) is not None:
            # Not remembered: whoever scans one of the two again means it.
            for piece in burst_sorted.contradicting:
                log.warning("scan that names more than one device, not used: %s", escaped(piece.text))
            self._tell(ScanRefused(contradiction))
        for piece, failure in burst_sorted.refused:
            if not self._repeated(piece, at):
                self._refuse(piece, failure)
        for piece in burst_sorted.given_on:
            if not self._repeated(piece, at):
                log.info("scan: %s", escaped(piece.text))
                self._deliver(piece.text)
        self._take_badges(burst_sorted.badges, at)

    def _take_badges(self, badges: Sequence[Piece], at: float) -> None:
        """What they say goes to nobody but whoever looks them up: no log, no line, no window."""
        new = [piece for piece in badges if not self._repeated(piece, at)]
        if not new:
            return
        log.info("a badge was scanned" if len(new) == 1 else "badges of several people were scanned")
        if self._badge is None:
            self._tell(ScanRefused(BadgeNotUsed()))
        elif len(new) > 1:
            self._tell(ScanRefused(TwoBadges()))
        else:
            self._badge(new[0].scan.text)

    def _refuse(self, piece: Piece, failure: Failure) -> None:
        log.warning("scan refused with %s: %s", failure.code, escaped(piece.text))
        self._tell(ScanRefused(failure))

    def _repeated(self, piece: Piece, at: float) -> bool:
        """Whether the same text came so shortly before; each appearance puts the end of its time off."""
        repeat_s = self._rules.repeat_s
        self._appeared = {text: when for text, when in self._appeared.items() if at - when < repeat_s}
        before = self._appeared.get(piece.scan.text)
        # What had to wait for the station may come behind what was scanned after it.
        repeated = before is not None and abs(at - before) < repeat_s
        self._appeared[piece.scan.text] = at if before is None else max(at, before)
        if repeated:
            log.debug("the same scan again: %s", "a badge" if piece.scan.badge else escaped(piece.text))
        return repeated
