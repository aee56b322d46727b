"""Whatever labels go through, each planned unit is in exactly one place, and no more are begun than were planned."""

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gizqr_station.domain.failures import OrderFailure
from gizqr_station.domain.job import ENDED, MOVES, STATE_AFTER, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.order_failures import FirstArticleDue, OrderNotOpen
from gizqr_station.domain.work_order import OrderState
from tests.contracts.ledger_samples import PRODUCT_KEY, mac, opened
from tests.contracts.order_book_contract import LEAD, NUMBER, PROFILE, QA
from tests.order_bench import ledger_in

UNITS = 5
PLACES = st.integers(0, UNITS - 1)


class Ordered(RuleBasedStateMachine):
    """An order of three units, five devices, and a ledger that the model does not share a line with."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.ledger = ledger_in(Path(self.folder.name))
        self.ledger.plan_order(NUMBER, PROFILE, who=LEAD)
        self.state = OrderState.PLANNED
        self.jobs: dict[int, PrintJob] = {}
        self.released_with: int | None = None

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()

    # what the model says

    def of_unit(self, unit: int) -> list[PrintJob]:
        return [job for job in self.jobs.values() if job.identity == mac(unit)]

    def place(self, unit: int) -> str:
        jobs = self.of_unit(unit)
        live = [job for job in jobs if job.state not in ENDED]
        if live:
            (job,) = live
            over = {PrintOutcome.ACCEPTED, PrintOutcome.CONFIRMED}
            let_go = not job.draft.scan_back_due and job.outcome in over
            if job.state is JobState.VERIFIED or (let_go and job.state in {JobState.SENT, JobState.PRINTED}):
                return "verified"
            return "unknown"
        return "voided" if any(job.state is JobState.VOIDED for job in jobs) else "none"

    def count(self, place: str) -> int:
        return sum(self.place(unit) == place for unit in range(UNITS))

    # what happens

    @rule(unit=PLACES, due=st.booleans())
    def label(self, unit: int, due: bool) -> None:
        live = self.place(unit) in {"verified", "unknown"}
        used = UNITS - self.count("none")
        try:
            job = opened(self.ledger, identity=mac(unit), work_order=NUMBER, scan_back_due=due)
        except AlreadyLabelled:
            assert live
        except OrderNotOpen:
            assert self.state not in {OrderState.SIGNED, OrderState.RELEASED}
        except FirstArticleDue:
            assert self.state is OrderState.SIGNED
            assert self.count("verified") + self.count("unknown") >= 1
        except OrderComplete:
            assert used == PROFILE.quantity
            assert self.place(unit) == "none"
        else:
            assert self.state in {OrderState.SIGNED, OrderState.RELEASED}
            self.jobs[job.id] = job

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        movable = [job for job in self.jobs.values() if MOVES[job.state]]
        if not movable:
            return
        job = data.draw(st.sampled_from(movable))
        onward = data.draw(st.sampled_from(sorted(MOVES[job.state], key=lambda state: state.value)))
        self.jobs[job.id] = self.ledger.move(job, onward, who="li.wei")

    @rule(data=st.data(), outcome=st.sampled_from(PrintOutcome))
    def answer(self, data: st.DataObject, outcome: PrintOutcome) -> None:
        sent = [job for job in self.jobs.values() if job.state is JobState.SENT]
        if not sent:
            return
        job = data.draw(st.sampled_from(sent))
        self.jobs[job.id] = self.ledger.move(job, STATE_AFTER[outcome], who="li.wei", outcome=outcome)

    @rule()
    def sign(self) -> None:
        with contextlib.suppress(OrderFailure):
            self.state = self.ledger.move_order(NUMBER, OrderState.SIGNED, who=LEAD).state

    @rule()
    def release(self) -> None:
        article = self.ledger.first_article_of(NUMBER)
        with contextlib.suppress(OrderFailure):
            number, scanned = (0, "") if article is None else (article.id, article.draft.content)
            self.state = self.ledger.move_order(
                NUMBER, OrderState.RELEASED, who=QA, first_article=number, scanned=scanned
            ).state
            assert self.jobs[number].state is JobState.VERIFIED

    @rule()
    def close(self) -> None:
        settled = self.count("unknown") == 0
        try:
            self.state = self.ledger.move_order(NUMBER, OrderState.CLOSED, who=QA).state
        except OrderFailure:
            assert self.state is not OrderState.RELEASED or not settled
        else:
            assert settled

    @rule()
    def restart(self) -> None:
        self.ledger.close()
        self.ledger = ledger_in(Path(self.folder.name))
        for job in self.ledger.settle_interrupted("station"):
            self.jobs[job.id] = job

    @invariant()
    def balanced(self) -> None:
        stands = self.ledger.order_balance(NUMBER)
        assert stands.planned == stands.verified + stands.voided + stands.unknown + stands.remaining
        assert 0 <= stands.remaining <= PROFILE.quantity
        assert stands.verified == self.count("verified")
        assert stands.voided == self.count("voided")
        assert stands.unknown == self.count("unknown")
        if self.state is OrderState.SIGNED:
            assert stands.verified + stands.unknown <= 1
        live = self.ledger.labels_of_order(PRODUCT_KEY, NUMBER)
        assert live == stands.verified + stands.unknown


def _run(examples: int, steps: int) -> None:
    shape = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=examples < 100,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Ordered, settings=shape)


def test_planned_is_always_verified_voided_unknown_and_remaining() -> None:
    _run(8, 25)


@pytest.mark.slow
def test_planned_is_always_verified_voided_unknown_and_remaining_whatever_happens() -> None:
    _run(1_000, 50)
