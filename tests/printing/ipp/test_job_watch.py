"""Waiting for a job whose server fails to answer now and then."""

import pytest

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.client import CallFailed, CallSlow, Limits, NotReached
from gizqr_station.printing.ipp.job_watch import Ending, Why, cancelled, watch
from gizqr_station.printing.ipp.server import Server
from gizqr_station.printing.ipp.service import IppService, Job, JobSeen, JobState

_JOB = Job(7, "17", "urn:uuid:1")
_PENDING = JobSeen(_JOB, JobState.PENDING, began=False)
_AT_WORK = JobSeen(_JOB, JobState.PROCESSING, began=True, began_at=5)
_DONE = JobSeen(_JOB, JobState.COMPLETED, began=True, began_at=5)
_CANCELLED = JobSeen(_JOB, JobState.CANCELED, began=False)


class _Scripted(IppService):
    """Answers one thing after the other, the last one for ever."""

    def __init__(self, *answers: JobSeen | CallFailed | None) -> None:
        super().__init__(Server("localhost"), "/printers/q")
        self._answers = list(answers)
        self.cancels = 0

    def job(self, job: Job, limits: Limits, stop: Stop) -> JobSeen | None:
        told = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(told, CallFailed):
            raise told
        return told

    def cancel(self, job: Job, limits: Limits, stop: Stop) -> None:
        self.cancels += 1


def watched(*answers: JobSeen | CallFailed | None, spooled: bool = True, within_s: float = 0.5) -> Ending:
    return watch(_Scripted(*answers), _PENDING, within_s, lambda _: False, Stop(), spooled=spooled)


def test_a_spooler_that_was_away_in_the_middle_may_have_sent_the_label_twice() -> None:
    assert watched(_AT_WORK, NotReached("refused", 0), _DONE).why is Why.SENT_TWICE
    assert watched(_AT_WORK, NotReached("refused", 0), _DONE, spooled=False).why is Why.ENDED


def test_a_spooler_that_was_only_slow_has_not() -> None:
    assert watched(_AT_WORK, CallSlow("slow", 9), _DONE).why is Why.ENDED


@pytest.mark.parametrize("missed", [NotReached("refused", 0), CallSlow("slow", 9)])
def test_a_job_of_which_a_look_was_missed_may_have_begun(missed: CallFailed) -> None:
    assert watched(_PENDING, _CANCELLED).never_began
    assert not watched(_PENDING, missed, _CANCELLED).never_began


@pytest.mark.parametrize("began", [True, None])
def test_a_job_that_does_not_say_that_it_never_began_may_have(began: bool | None) -> None:
    assert not watched(_PENDING, JobSeen(_JOB, JobState.CANCELED, began=began)).never_began


def test_a_server_that_stays_away_is_lost_and_still_asked_to_cancel() -> None:
    service = _Scripted(_AT_WORK, NotReached("refused", 0))
    assert watch(service, _PENDING, 0.3, lambda _: False, Stop(), spooled=True).why is Why.LOST
    assert service.cancels == 1


class _BackForTheCancel(_Scripted):
    """Away until it is asked to cancel; by then it has done the job, perhaps for the second time."""

    def cancel(self, job: Job, limits: Limits, stop: Stop) -> None:
        super().cancel(job, limits, stop)
        self._answers = [_DONE]


def test_a_spooler_that_comes_back_for_the_cancel_may_have_sent_the_label_twice() -> None:
    service = _BackForTheCancel(_AT_WORK, NotReached("refused", 0))
    ending = watch(service, _PENDING, 0.3, lambda _: False, Stop(), spooled=True)
    assert (ending.why, ending.may_live_on, ending.answers) == (Why.SENT_TWICE, False, True)


def test_a_job_that_nobody_knows_is_not_cancelled() -> None:
    service = _Scripted(None)
    assert watch(service, _PENDING, 0.3, lambda _: False, Stop(), spooled=True).why is Why.FORGOTTEN
    assert service.cancels == 0


def test_a_job_left_behind_is_over_only_when_its_server_says_so() -> None:
    limits = Limits(1, 1, 1)
    assert not cancelled(_Scripted(NotReached("refused", 0)), _JOB, limits, Stop())
    assert not cancelled(_Scripted(_AT_WORK), _JOB, limits, Stop())
    assert cancelled(_Scripted(_AT_WORK, _CANCELLED), _JOB, limits, Stop())
    assert cancelled(_Scripted(None), _JOB, limits, Stop())
