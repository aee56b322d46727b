"""Waits for one job to end, with an end of its own; gives the job up when that comes, and says what is known."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.client import CallFailed, CallStopped, Limits, NotReached
from gizqr_station.printing.ipp.service import IppService, Job, JobSeen, JobState, Refused

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.005, 0.2
_A_LOOK = Limits(connect_s=1.0, stall_s=2.0, total_s=2.0)
_AWAY_S = 5.0
"""A print server that is started anew answers within a second or two."""
_GIVING_UP_S = 1.5
_GIVING_UP_WHEN_STOPPED_S = 0.4


class Why(Enum):
    """How the waiting came to its end."""

    ENDED = "ended"
    """The job did."""
    HOPELESS = "hopeless"
    """It would not go on by itself."""
    OVERDUE = "overdue"
    STOPPED = "stopped"
    LOST = "lost"
    """The server answered no more."""
    FORGOTTEN = "forgotten"
    """The server knows no such job any more, or its number is another's."""
    SENT_TWICE = "sent twice"
    """The server has sent it anew, or was away in the middle of it and may have."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a job when nobody waits for it any more."""

    why: Why
    seen: JobSeen
    """As it stood last."""
    before: JobSeen
    """As it stood last before it was given up, or had ended."""
    never_began: bool
    """Surely: it was never seen at work, its server never failed to answer, and now it is over and says so itself."""
    waited_s: float
    answers: bool = True
    """Whether the server did when it was asked last."""

    @property
    def may_live_on(self) -> bool:
        """Whether the job may still be there, and print when nobody waits for it any more."""
        return self.why is not Why.FORGOTTEN and not _is_over(self.seen)


def watch(
    service: IppService,
    first: JobSeen,
    within_s: float,
    hopeless: Callable[[JobSeen], bool],
    stop: Stop,
    *,
    spooled: bool = False,
) -> Ending:
    """Until the job has ended, is hopeless, or time is up; what has not ended by then is cancelled. Never raises.

    A spooler sends a document anew after an error or a restart of its own, from the first byte: that is told apart.
    """
    watching = _Watching(service, first, spooled=spooled)
    started = time.monotonic()
    why = watching.wait(started + within_s, hopeless, stop)
    waited_s = time.monotonic() - started
    before = watching.seen
    if why not in {Why.ENDED, Why.FORGOTTEN} and not _is_over(before):
        watching.give_up(_GIVING_UP_WHEN_STOPPED_S if why is Why.STOPPED else _GIVING_UP_S)
    if why is Why.LOST and watching.may_have_sent_twice and _is_over(watching.seen):
        why = Why.SENT_TWICE  # it came back just in time to say that the job is over
    return Ending(why, watching.seen, before, watching.never_began, waited_s, watching.answers)


def cancelled(service: IppService, job: Job, limits: Limits, stop: Stop) -> bool:
    """Whether a job that was left behind is surely over now; cancels it where it is not. Never raises."""
    try:
        for _ in range(2):
            seen = service.job(job, limits, stop)
            if seen is None or seen.state is None or seen.state.ended:
                return True
            service.cancel(job, limits, stop)
    except (CallFailed, Refused):
        return False
    return False


def find_job(service: IppService, name: str, since: int | None, limits: Limits, stop: Stop) -> JobSeen | None:
    """Our newest job of this name not older than ``since`` on the printer's clock; raises CallFailed, Refused."""
    for which in ("not-completed", "completed"):
        ours = [
            seen
            for seen in service.jobs(which, limits, stop)
            if seen.job.name == name
            and seen.user == service.who
            and seen.job.id
            and since is not None
            and seen.created is not None
            and seen.created >= since
        ]
        if ours:
            return max(ours, key=lambda seen: seen.job.id)
    return None


class _Watching:
    """What was seen of one job so far."""

    def __init__(self, service: IppService, first: JobSeen, *, spooled: bool) -> None:
        self._service, self._spooled = service, spooled
        self._began_at: int | None = None
        self._sent_twice = False
        self._job: Job = first.job
        self.seen = first
        self._was_at_work = False
        self._missed_a_look = False
        self._server_was_away = False
        self.answers = True
        self._note(first)

    @property
    def never_began(self) -> bool:
        over = self.seen.state in {JobState.CANCELED, JobState.ABORTED}
        return over and self.seen.began is False and not self._was_at_work and not self._missed_a_look

    @property
    def may_have_sent_twice(self) -> bool:
        return self._spooled and (self._sent_twice or self._server_was_away)

    def wait(self, until: float, hopeless: Callable[[JobSeen], bool], stop: Stop) -> Why:
        pause_s = _FIRST_PAUSE_S
        answered = time.monotonic()
        while True:
            away = False
            try:
                seen = self._service.job(self._job, _A_LOOK, stop)
                self.answers = True
                if seen is None or seen.state is None:
                    return Why.FORGOTTEN
                self._note(seen)
                answered = time.monotonic()
                if self.may_have_sent_twice:
                    return Why.SENT_TWICE
                if seen.state.ended:
                    return Why.ENDED
                if hopeless(seen):
                    return Why.HOPELESS
            except CallStopped:
                return Why.STOPPED
            except (CallFailed, Refused) as trouble:
                away = self._missed_a_look = True
                self.answers = isinstance(trouble, Refused)
                self._server_was_away = self._server_was_away or isinstance(trouble, NotReached)
            now = time.monotonic()
            if now >= until or (away and now - answered > _AWAY_S):
                return Why.LOST if away else Why.OVERDUE
            try:
                stop.sleep(max(0.0, min(pause_s, until - time.monotonic())))
            except Stopped:
                return Why.STOPPED
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 1.5)

    def give_up(self, within_s: float) -> None:
        """Cancel, and look how it ended; for as long as a person who asked to stop may well wait."""
        until = time.monotonic() + within_s
        own = Stop()
        try:
            self._service.cancel(self._job, _limits(until), own)
            self.answers = True
        except Refused:
            self.answers = True  # mostly because it has just ended: the look below tells
        except CallFailed:
            self._missed_a_look, self.answers = True, False
            return
        while time.monotonic() < until:
            try:
                seen = self._service.job(self._job, _limits(until), own)
            except (CallFailed, Refused) as trouble:
                self.answers = isinstance(trouble, Refused)
                return
            if seen is None or seen.state is None:
                return
            self._note(seen)
            if seen.state.ended:
                return
            own.sleep(0.02)

    def _note(self, seen: JobSeen) -> None:
        self.seen = seen
        if self._began_at is None:
            self._began_at = seen.began_at
        # The socket backend counts an impression each time it is connected, and CUPS adds them up.
        anew = seen.began_at not in {None, self._began_at} or (seen.impressions or 0) > 1
        self._sent_twice = self._sent_twice or anew
        self._was_at_work = self._was_at_work or seen.state in {JobState.PROCESSING, JobState.STOPPED}


def _is_over(seen: JobSeen) -> bool:
    return seen.state is not None and seen.state.ended


def _limits(until: float) -> Limits:
    left = max(0.1, until - time.monotonic())
    return Limits(left, left, left)
