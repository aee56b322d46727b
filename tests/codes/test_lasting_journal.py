"""A line's tasks are remembered with the pool and without it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gizqr_station.codes import lasting_journal
from gizqr_station.codes.lasting_journal import LastingJournal
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import PoolBusy, PoolNotWritten, PoolUnreadable
from gizqr_station.domain.pooled_codes import AskedTask
from tests.fake_bench import PRODUCT
from tests.fake_codes import SERVICE
from tests.fake_pool import FakePool

TASK = AskedTask(PRODUCT.key, SERVICE, "00911f500047..00911f500047", frozenset())
WHERE = (TASK.product_key, TASK.service, TASK.task)


def test_the_pool_remembers_over_restarts() -> None:
    pool = FakePool()
    LastingJournal(pool).asked(TASK)
    assert LastingJournal(pool).asked_before(*WHERE) == TASK
    LastingJournal(pool).settled(*WHERE)
    assert LastingJournal(pool).asked_before(*WHERE) is None


@pytest.mark.parametrize(
    "failure",
    [PoolUnreadable("codes.sqlite", "damaged"), PoolNotWritten("codes.sqlite", "full"), PoolBusy("codes.sqlite")],
)
def test_without_the_pool_the_program_remembers_by_itself(failure: Failure) -> None:
    pool = FakePool()
    pool.unreadable = failure
    journal = LastingJournal(pool)
    journal.asked(TASK)
    assert journal.asked_before(*WHERE) == TASK
    journal.settled(*WHERE)
    assert journal.asked_before(*WHERE) is None


def test_a_pool_that_gets_sick_in_between_makes_no_task_forgotten() -> None:
    pool = FakePool()
    journal = LastingJournal(pool)
    journal.asked(TASK)
    pool.unreadable = PoolUnreadable("codes.sqlite", "damaged")
    assert journal.asked_before(*WHERE) == TASK


def test_what_a_sick_pool_did_not_take_is_newer_than_what_it_has() -> None:
    pool = FakePool()
    journal = LastingJournal(pool)
    journal.asked(TASK)
    pool.unreadable = PoolNotWritten("codes.sqlite", "full")
    accepted = replace(TASK, accepted_at=datetime(2026, 11, 22, tzinfo=UTC))
    journal.asked(accepted)
    pool.unreadable = None
    assert journal.asked_before(*WHERE) == accepted


def test_what_was_settled_in_the_pool_itself_is_not_looked_for_again() -> None:
    pool = FakePool()
    journal = LastingJournal(pool)
    journal.asked(TASK)
    pool.settled(*WHERE)
    assert journal.asked_before(*WHERE) is None


def test_what_a_sick_pool_still_has_does_not_come_back() -> None:
    pool = FakePool()
    journal = LastingJournal(pool)
    journal.asked(TASK)
    pool.failing = PoolNotWritten("codes.sqlite", "full")
    journal.settled(*WHERE)
    assert pool.asked_before(*WHERE) == TASK
    assert journal.asked_before(*WHERE) is None
    pool.failing = None
    journal.asked(TASK)
    assert journal.asked_before(*WHERE) == TASK


def test_only_so_many_tasks_are_remembered_without_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting_journal, "_KEPT_AT_MOST", 2)
    pool = FakePool()
    pool.unreadable = PoolUnreadable("codes.sqlite", "damaged")
    journal = LastingJournal(pool)
    for number in "123":
        journal.asked(replace(TASK, task=number))
    kept = [journal.asked_before(TASK.product_key, TASK.service, number) is not None for number in "123"]
    assert kept == [False, True, True]
