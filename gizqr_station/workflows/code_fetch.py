"""Fetches the codes of an order or of ranges ahead: cut after cut, paused, cancelled, let go on, nothing twice.

A kill at any moment loses nothing and costs at most one more task: codes are in the pool before their task counts as
settled, and a task that is not settled is looked for before another one is created (``code_ports.RangeCodes``). A fetch
keeps exactly what was missing when it began, so that its cuts are the same whenever it goes on.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gizqr_station.domain.code_failures import (
    AnswerTooLarge,
    CodeMalformed,
    CodeNotUnique,
    PictureUnreadable,
    ZipRefused,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.pool_failures import (
    DecryptDiffers,
    DecryptUnclear,
    FetchUnderWay,
    FetchUnknown,
    NothingToFetch,
)
from gizqr_station.domain.pooled_codes import BadMember, CodeFetch, FetchState, ZipCodes
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.code_cuts import cuts_of, handfuls, merged, unfetched, united
from gizqr_station.workflows.code_doubts import incomplete, is_anothers, worst_of
from gizqr_station.workflows.code_happenings import FetchSeen
from gizqr_station.workflows.code_patience import Seldom, patience_s
from gizqr_station.workflows.code_ports import CodePool, RangeCodes
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.list_ports import LiveLabels

log = logging.getLogger(__name__)

PAUSED = "paused"
"""Why a fetch is paused that was told to."""
COUNTED_AT_ONCE = 20_000
"""Identities: so often whoever begins a fetch hears how far it is, and looks at Stop."""
_SECOND = 1.0
T = TypeVar("T")
_OF_ONE_CUT = (
    AnswerTooLarge,
    CodeMalformed,
    CodeNotUnique,
    DecryptDiffers,
    DecryptUnclear,
    PictureUnreadable,
    ZipRefused,
)
"""What is wrong with one task's codes says nothing of the others: they are fetched, and this is told at the end."""

HoldFetching = Callable[[], contextlib.AbstractContextManager[None]]
"""Only one program fetches into a pool at a time: enters, or raises FetchUnderWay."""


@dataclass(frozen=True, slots=True)
class FetchParts:
    """What a fetch works with."""

    product_key: str
    pool: CodePool
    ranges: RangeCodes
    ledger: LiveLabels | None
    """Who has a label already; None where none was ever recorded."""
    hold: HoldFetching

    @property
    def service(self) -> str:
        """Base address."""
        return self.ranges.service

    def left_of(self, ranges: Iterable[IdentityRange], stop: Stop) -> tuple[IdentityRange, ...]:
        """What of these has neither code nor label."""
        return unfetched(self.pool, self.ledger, self.product_key, self.service, ranges, stop)


def begin_fetch(
    parts: FetchParts,
    name: str,
    ranges: Iterable[IdentityRange],
    stop: Stop,
    counted: Callable[[int, int], None] = lambda _done, _total: None,
) -> CodeFetch:
    """Keep the wish for whatever of these ranges is missing; NothingToFetch where nothing is.

    For whoever holds the fetching. ``counted`` hears of how many it is known by now, and of how many there are.
    """
    wanted = united(ranges)
    total, done = _count(wanted), 0
    found: list[IdentityRange] = []
    for some in handfuls(cuts_of(wanted, COUNTED_AT_ONCE), COUNTED_AT_ONCE):
        found += parts.left_of(some, stop)
        done += _count(some)
        counted(done, total)
    missing = tuple(merged(found))
    if not missing:
        raise NothingToFetch(name)
    return parts.pool.begin_fetch(name, parts.product_key, parts.service, missing)


def own_fetch(parts: FetchParts, number: int) -> CodeFetch:
    """The fetch of this number; FetchUnknown for one of another product or service too."""
    fetch = parts.pool.fetch(number)
    if (fetch.product_key, fetch.service) != (parts.product_key, parts.service):
        raise FetchUnknown(number)
    return fetch


def cancel_fetch(parts: FetchParts, number: int) -> CodeFetch:
    """Give up one that does not run; what it brought so far stays. Raises FetchUnknown and FetchUnderWay."""
    if own_fetch(parts, number).state is not FetchState.RUNNING:
        return parts.pool.move_fetch(number, FetchState.CANCELLED)
    with parts.hold():  # nobody runs it then: a dead program left it so
        return parts.pool.move_fetch(number, FetchState.CANCELLED)


class FetchRun:
    """One fetch on its way, from the moment it begins or goes on until it is done, paused or cancelled."""

    def __init__(self, parts: FetchParts, tell: Tell, *, now: Callable[[], float] = time.monotonic) -> None:
        """``now``: seconds on a clock that never jumps."""
        self._parts = parts
        self._tell = tell
        self._now = now

    def run(self, number: int, stop: Stop, cancelled: Callable[[], bool] = lambda: False) -> FetchSeen:
        """Fetch what is left of it, for whoever holds the fetching; how it stands then, and why it is paused.

        Tells FetchSeen at every step. What passes by itself is waited for as long as nobody asks to stop; with
        ``cancelled`` true at the stop it is given up for good. Raises FetchUnknown, FetchUnderWay for one that has
        ended, and what keeps the pool from being read.
        """
        fetch = own_fetch(self._parts, number)
        if fetch.state is not FetchState.RUNNING:
            fetch = self._parts.pool.move_fetch(number, FetchState.RUNNING)
        steps = _Steps(self._parts, self._tell, self._now, fetch, stop)
        try:
            failure = steps.walk()
        except Stopped:
            return self._ended(steps, FetchState.CANCELLED if cancelled() else FetchState.PAUSED, None)
        except Failure as final:
            if stop.asked:
                return self._ended(steps, FetchState.CANCELLED if cancelled() else FetchState.PAUSED, None)
            return self._ended(steps, FetchState.PAUSED, final)
        except Exception as fault:
            self._ended(steps, FetchState.PAUSED, ProgramFault(type(fault).__name__))
            raise
        return self._ended(steps, FetchState.DONE if failure is None else FetchState.PAUSED, failure)

    def _ended(self, steps: "_Steps", state: FetchState, failure: Failure | None) -> FetchSeen:
        reason = ""
        if state is FetchState.PAUSED:
            reason = PAUSED if failure is None else failure.code
        if failure is not None:
            log.warning("fetch %d is paused: %s", steps.fetch.number, failure)
        number = steps.fetch.number
        try:
            # A fetch that is to end is not kept waiting by a pool that is busy; else that passes.
            fetch = steps.patiently("", lambda: self._parts.pool.move_fetch(number, state, reason))
        except (Failure, Stopped) as unwritten:
            # The pool still says RUNNING, and nobody runs it: whoever holds the fetching next pauses it there too.
            log.warning("the end of fetch %d is not written: %s", number, unwritten)
            failure = failure or (unwritten if isinstance(unwritten, Failure) else None)
            reason = PAUSED if failure is None else failure.code
            fetch = replace(steps.fetch, state=FetchState.PAUSED, reason=reason)
        log.info("fetch %d is %s, %d of %d", fetch.number, fetch.state.value, steps.done, fetch.total)
        seen = FetchSeen(fetch, steps.done, failure=failure)
        self._tell(seen)
        return seen


@dataclass(slots=True)
class _Steps:
    """The cuts of one fetch, one after the other."""

    parts: FetchParts
    tell: Tell
    now: Callable[[], float]
    fetch: CodeFetch
    stop: Stop
    done: int = 0
    """Of ``fetch.total``."""
    _bad: BadMember | None = None
    """The first one of the newest zip that had any, or the first that has another device's code."""
    _file: str = ""
    """That zip."""
    _refused: Failure | None = None
    """Why the newest cut of which nothing could be taken was refused."""
    _seldom: Seldom = field(init=False)

    def __post_init__(self) -> None:
        self._seldom = Seldom(self.now)

    def walk(self) -> Failure | None:
        """All of them; ``incomplete`` where some gave no code, asked for twice, or why a whole cut was refused."""
        heeds = self.stop if self.fetch.total > COUNTED_AT_ONCE else Stop()  # a moment, for the right number at the end
        left = self.patiently("", lambda: self.parts.left_of(self.fetch.ranges, heeds))
        self.done = self.fetch.total - _count(left)
        self._say("")
        without = 0
        for cut in cuts_of(self.fetch.ranges):
            self.stop.check()
            try:
                without += self._cut(cut)
            except _OF_ONE_CUT as refused:
                log.warning("nothing of %s was taken: %s", cut, refused)
                self._refused = refused
        if without and (self._refused is None or is_anothers(self._bad)):
            return incomplete(self._file, without, self._bad)
        return self._refused

    def _cut(self, cut: IdentityRange) -> int:
        """How many are missing in the end. A task of the whole cut that is on its way is taken as it was asked."""
        pool, key, service = self.parts.pool, self.parts.product_key, self.parts.service
        left = self._left_of(cut)
        on_its_way = self.patiently(str(cut), lambda: pool.asked_before(key, service, str(cut))) is not None
        if not left:
            if on_its_way:  # killed between the two writes
                self._settled(cut)
            return 0
        for part in (cut,) if on_its_way else left:
            self._asked(part)
        for part in self._left_of(cut):
            # Its picture was bad: a task of its own may bring a good one.
            self._asked(part)
        return _count(self._left_of(cut))

    def _left_of(self, cut: IdentityRange) -> tuple[IdentityRange, ...]:
        return self.patiently(str(cut), lambda: self.parts.left_of((cut,), self.stop))

    def _settled(self, part: IdentityRange) -> None:
        parts, task = self.parts, str(part)
        self.patiently(task, lambda: parts.pool.settled(parts.product_key, parts.service, task))

    def _asked(self, part: IdentityRange) -> None:
        """Its codes in the pool, however long the service is away; raises what only a person can change."""
        self.stop.check()
        self._say(str(part), at_once=True)
        before = _count(self._left_of(part))
        codes = self.patiently(str(part), lambda: self._codes_of(part, before))
        # What was decoded is not asked for again where only the pool is busy.
        added = self.patiently(str(part), lambda: self.parts.pool.add(codes, self.stop))
        left = self.patiently(str(part), lambda: self.parts.left_of((part,), Stop()))  # told right to whoever stops now
        self.done = min(self.fetch.total, self.done + before - _count(left))
        # Only now: whoever is killed between the two finds the task again, and its codes in the pool already.
        self._settled(part)
        bad = worst_of((*codes.bad, *added.refused), self._bad)
        if bad is not self._bad:
            self._bad, self._file = bad, codes.zip.file
        self._say(str(part), at_once=True)

    def _codes_of(self, part: IdentityRange, before: int) -> ZipCodes:
        def opened(count: int) -> None:
            self._say(str(part), min(count, before))

        return self.parts.ranges.codes_of(self.parts.product_key, part, self.stop, opened)

    def patiently(self, task: str, work: Callable[[], T]) -> T:
        """What it gives once nothing keeps it that passes by itself; raises the rest, and Stopped instead of a wait."""
        tries = 0
        while True:
            try:
                return work()
            except Failure as failure:
                pause_s = patience_s(failure, tries)
                if pause_s is None or self.stop.asked:
                    raise
                log.warning("fetch %d waits: %s", self.fetch.number, failure)
                self._wait(task, failure, pause_s)
                self._say(task, at_once=True)
                tries += 1

    def _wait(self, task: str, failure: Failure, pause_s: float) -> None:
        """Until the pause is over, told every second."""
        ends = self.now() + pause_s
        while (left_s := ends - self.now()) > 0:
            self.tell(FetchSeen(self.fetch, self.done, task, left_s, failure))
            self.stop.sleep(min(left_s, _SECOND))

    def _say(self, cut: str, opened: int = 0, *, at_once: bool = False) -> None:
        if self._seldom.due(at_once=at_once):
            self.tell(FetchSeen(self.fetch, min(self.fetch.total, self.done + opened), cut))


def _count(ranges: Iterable[IdentityRange]) -> int:
    return sum(len(each) for each in ranges)


def running_among(fetches: Iterable[CodeFetch]) -> FetchUnderWay:
    """The refusal that names the fetch that runs."""
    return FetchUnderWay(next((fetch.number for fetch in fetches if fetch.state is FetchState.RUNNING), 0))
