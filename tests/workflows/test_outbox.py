"""Results leave in order, each once, however often the taker or the program goes away."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.hand_over_failures import ResultRefused, WatchedFolderAway
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.result import Destination, Result, Standing
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.outbox import FIRST_PAUSE_S, IDLE_S, LONGEST_PAUSE_S, REFUSED_TRIES, Outbox, pause_s
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from tests.fake_outbox import AT, FakeOutboxStore, FakeTaker, a_result

AWAY = WatchedFolderAway("/mes/in", "ENOENT")


@dataclass
class SetClock:
    """Says what it is told."""

    at: datetime = AT

    def now(self) -> datetime:
        return self.at


@dataclass
class Desk:
    """An outbox with everything around it."""

    store: FakeOutboxStore = field(default_factory=lambda: FakeOutboxStore([a_result(n) for n in (3, 4, 9)]))
    taker: FakeTaker = field(default_factory=FakeTaker)
    clock: SetClock = field(default_factory=SetClock)
    told: list[Happening] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)

    def once(self) -> float:
        return Outbox(self.store, self.taker, self.clock, self.told.append).once(self.stop)

    @property
    def seen(self) -> OutboxSeen:
        last = self.told[-1]
        assert isinstance(last, OutboxSeen)
        return last


def keys(*numbers: int) -> list[str]:
    return [a_result(number).key for number in numbers]


def refused(status: int) -> Failure:
    return ResultRefused("https://mes.example/in", status)


def test_each_result_is_handed_over_once_and_in_order() -> None:
    desk = Desk()
    assert [desk.once(), desk.once()] == [IDLE_S, IDLE_S]
    assert desk.taker.taken == keys(3, 4, 9)
    assert desk.seen == OutboxSeen(0, None)


def test_a_taker_that_is_away_gets_all_of_them_when_it_is_back() -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda _: AWAY))
    assert desk.once() == FIRST_PAUSE_S
    assert (desk.taker.taken, desk.seen) == ([], OutboxSeen(3, AT, AWAY))
    desk.taker.refuses = lambda _: None
    desk.once()
    assert desk.taker.taken == keys(3, 4, 9)
    assert desk.store.tries == {}


def test_the_pauses_grow_and_end_at_five_minutes() -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda _: AWAY))
    assert [desk.once() for _ in range(10)] == [2, 4, 8, 16, 32, 64, 128, 256, LONGEST_PAUSE_S, LONGEST_PAUSE_S]
    assert pause_s(10_000) == LONGEST_PAUSE_S


def test_one_that_was_tried_for_longer_than_the_patience_waits_for_a_person_and_the_others_go_on() -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda result: AWAY if result.sequence == 3 else None))
    desk.once()
    desk.clock.at = AT + timedelta(days=13, hours=23)
    desk.once()
    assert desk.taker.taken == []
    desk.clock.at = AT + timedelta(days=14, seconds=1)
    assert desk.once() == IDLE_S
    assert desk.taker.taken == keys(4, 9)
    assert desk.seen == OutboxSeen(1, AT, None, given_up=1)


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_one_whose_content_is_refused_does_not_hold_up_the_others_for_ever(status: int) -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda result: refused(status) if result.sequence == 4 else None))
    for _ in range(REFUSED_TRIES - 1):
        assert desk.once() > 0
    assert desk.taker.taken == keys(3)
    desk.once()
    assert desk.taker.taken == keys(3, 9)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_an_answer_that_is_not_about_the_result_is_never_given_up_early(status: int) -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda _: refused(status)))
    for _ in range(3 * REFUSED_TRIES):
        desk.once()
    assert (desk.taker.taken, desk.seen.unsent, desk.seen.given_up) == ([], 3, 0)


def test_what_was_given_up_is_handed_over_when_a_person_wants_it_tried_again() -> None:
    desk = Desk(taker=FakeTaker(refuses=lambda result: refused(422) if result.sequence == 3 else None))
    for _ in range(REFUSED_TRIES):
        desk.once()
    desk.taker.refuses = lambda _: None
    desk.once()
    assert desk.taker.taken == keys(4, 9)
    assert desk.store.retry_given_up(Destination.FOLDER, who="lead") == 1
    desk.once()
    assert desk.taker.taken == keys(4, 9, 3)
    assert desk.store.standing.upto == 9


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("step", ["stage", "stage_result", "before the move", "after the move", "result_delivered"])
def test_a_program_that_ends_at_any_step_neither_loses_nor_doubles_a_result(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    stage, deliver, staged, delivered = (
        desk.taker.stage, desk.taker.deliver, desk.store.stage_result, desk.store.result_delivered,
    )  # fmt: skip

    def dies(at: str) -> tuple[()]:
        if at == step:
            raise Killed
        return ()

    def staging(result: Result) -> None:
        stage(result)
        dies("stage")

    def delivering(result: Result, stop: Stop) -> None:
        dies("before the move")
        deliver(result, stop)
        dies("after the move")

    with monkeypatch.context() as patched:
        patched.setattr(desk.taker, "stage", staging)
        patched.setattr(desk.taker, "deliver", delivering)
        patched.setattr(desk.store, "stage_result", lambda *args: staged(*args) and dies("stage_result") == ())
        patched.setattr(desk.store, "result_delivered", lambda *args: [delivered(*args), *dies("result_delivered")])
        with pytest.raises(Killed):
            desk.once()
    desk.once()
    assert desk.taker.taken == keys(3, 4, 9)


def test_a_ledger_that_cannot_be_read_now_is_read_later() -> None:
    desk = Desk()
    desk.store.failing = LedgerBusy("ledger")
    pauses: list[float] = []

    class Counted(Stop):
        def sleep(self, seconds: float) -> None:
            pauses.append(seconds)
            desk.store.failing = None
            if len(pauses) == 2:
                raise Stopped

    Outbox(desk.store, desk.taker, desk.clock, desk.told.append).run(Counted())
    assert (pauses, desk.taker.taken) == ([FIRST_PAUSE_S, IDLE_S], keys(3, 4, 9))


def test_what_another_station_is_handing_over_is_left_to_it() -> None:
    desk = Desk()
    desk.store.standing = Standing(0, 3, free=False)
    assert desk.once() == IDLE_S
    desk.store.standing, desk.store.overtaken = Standing(0, 0), True
    assert desk.once() == IDLE_S
    assert (desk.taker.taken, desk.store.tries) == ([], {})


def test_a_fault_of_the_program_does_not_end_it() -> None:
    desk, pauses = Desk(), list[float]()

    def faulty(_result: Result) -> None:
        raise KeyError("seal")

    class Counted(Stop):
        def sleep(self, seconds: float) -> None:
            pauses.append(seconds)
            desk.taker.refuses = lambda _: None
            if len(pauses) == 2:
                raise Stopped

    desk.taker.refuses = faulty
    Outbox(desk.store, desk.taker, desk.clock, desk.told.append).run(Counted())
    assert (pauses, desk.taker.taken) == ([LONGEST_PAUSE_S, IDLE_S], keys(3, 4, 9))


def test_nothing_more_is_handed_over_once_it_is_to_stop() -> None:
    desk = Desk()
    desk.taker.refuses = lambda _: desk.stop.set()
    with pytest.raises(Stopped):
        desk.once()
    assert desk.taker.taken == keys(3)


def test_what_has_not_changed_is_not_told_again() -> None:
    desk = Desk()
    outbox = Outbox(desk.store, desk.taker, desk.clock, desk.told.append)
    for _ in range(3):
        outbox.once(desk.stop)
    assert desk.told == [OutboxSeen(0, None)]
    assert datetime(2026, 1, 1, tzinfo=UTC) < AT
