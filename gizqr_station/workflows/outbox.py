"""Hands each result over once, however long its taker is away: tried for days, in order, the number unsent always told.

A folder gets each result exactly once: it is made ready beside the folder, that is written down, and only then it is
moved in, so that after a kill one look tells whether it was. An address on the web gets it at least once, with the same
idempotency key each time: what happened to a request whose answer was lost only its owner can know.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.hand_over_failures import ResultRefused
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.result import DeliveryTries, Result
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from gizqr_station.workflows.outbox_ports import OutboxStore, Taker
from gizqr_station.workflows.ports import Clock

log = logging.getLogger(__name__)

IDLE_S = 1.0
"""Between looks at a record in which nothing new stands."""
AT_ONCE = 100
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0
NEVER_TAKEN = frozenset({400, 404, 405, 409, 410, 413, 415, 422})
"""Answers about this very result: another try says the same. 401 and 403 are about the key, and pass when it is set."""
REFUSED_TRIES = 5
"""So often a result is offered that is answered so, then it waits for a person and the others go on."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a result is tried."""

    give_up_after: timedelta = timedelta(days=14)


def pause_s(tries: int) -> float:
    """After so many failed tries: 2 s, doubled each time, five minutes at the most."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries - 1, 20)) if tries else 0.0


class _Overtaken(Exception):
    """Another station of the ledger handed it over, or is about to."""


class Outbox:
    """One destination's; runs on a lane of its own."""

    def __init__(
        self, store: OutboxStore, taker: Taker, clock: Clock, tell: Tell, patience: Patience | None = None
    ) -> None:
        self._store = store
        self._taker = taker
        self._clock = clock
        self._tell = tell
        self._patience = patience or Patience()
        self._said: OutboxSeen | None = None

    def run(self, stop: Stop) -> None:
        """Until stopped. Raises nothing: a ledger that cannot be read now is read later."""
        try:
            while True:
                stop.sleep(self._round(stop))
        except Stopped:
            return

    def _round(self, stop: Stop) -> float:
        try:
            return self.once(stop)
        except Failure as failure:
            log.warning("the outbox %s: %s", self._taker.destination.value, failure)
            self._say(failure)
            return FIRST_PAUSE_S
        except Stopped:
            raise
        except Exception as fault:
            # Results must not wait for ever because one look at them failed by a fault of the program.
            log.exception("a fault of the program at the outbox %s", self._taker.destination.value)
            self._say(ProgramFault(type(fault).__name__))
            return LONGEST_PAUSE_S

    def once(self, stop: Stop) -> float:
        """Hand over what is there; seconds until the next look."""
        try:
            return self._hand_over_all(stop)
        except _Overtaken:
            return IDLE_S

    def _hand_over_all(self, stop: Stop) -> float:
        destination = self._taker.destination
        standing = self._store.outbox_standing(destination)
        if not standing.free:
            self._say(None)
            return IDLE_S
        if standing.staged and (left := self._store.result(standing.staged)) is not None:
            # The program ended between handing it over and writing that down, or it was not taken.
            if self._taker.delivered_already(left):
                self._store.result_delivered(destination, left.sequence)
            standing = self._store.outbox_standing(destination)
        failed = {tried.sequence: tried for tried in self._store.failed_tries(destination)}
        for tried in failed.values():
            again = None if tried.given_up or tried.sequence > standing.upto else self._store.result(tried.sequence)
            if again is not None and (failure := self._hand_over(again, tried, stop)) is not None:
                self._say(failure)
                return pause_s(tried.tries + 1)
        while results := self._store.results_after(standing.upto, AT_ONCE):
            for result in results:
                stop.check()
                earlier = failed.get(result.sequence)
                failure = self._hand_over(result, earlier, stop)
                if failure is not None:
                    self._say(failure)
                    return pause_s((earlier.tries if earlier else 0) + 1)
            standing = self._store.outbox_standing(destination)
        self._say(None)
        return IDLE_S

    def _hand_over(self, result: Result, tried: DeliveryTries | None, stop: Stop) -> Failure | None:
        """None when it was taken, or given up; else why the others have to wait as well."""
        try:
            self._taker.stage(result)
            if not self._store.stage_result(self._taker.destination, result.sequence):
                raise _Overtaken
            self._taker.deliver(result, stop)
        except Failure as failure:
            return self._not_taken(result, tried, failure)
        self._store.result_delivered(self._taker.destination, result.sequence)
        return None

    def _not_taken(self, result: Result, tried: DeliveryTries | None, failure: Failure) -> Failure | None:
        now = self._clock.now()
        give_up = self._too_long(tried, now) or (_never(failure) and (tried.tries if tried else 0) + 1 >= REFUSED_TRIES)
        self._store.result_failed(
            self._taker.destination, result.sequence, at=now, reason=str(failure), give_up=give_up
        )
        log.warning("result %s not taken: %s%s", result.key, failure, "; given up" if give_up else "")
        return None if give_up else failure

    def _too_long(self, tried: DeliveryTries | None, now: datetime) -> bool:
        return tried is not None and now - tried.first_at > self._patience.give_up_after

    def _say(self, failure: Failure | None) -> None:
        try:
            unsent, oldest = self._store.unsent(self._taker.destination)
            given_up = sum(tried.given_up for tried in self._store.failed_tries(self._taker.destination))
        except Failure as unread:
            log.warning("the outbox was not counted: %s", unread)
            return
        seen = OutboxSeen(unsent, oldest, failure, given_up, self._taker.destination)
        if self._said is None or repr(seen) != repr(self._said):
            self._said = seen
            self._tell(seen)


def _never(failure: Failure) -> bool:
    return isinstance(failure, ResultRefused) and failure.status in NEVER_TAKEN
