"""Whatever QA, a line, a lying printer and a crash do to one another: the record stays right."""

import contextlib
import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gizqr_station.domain.corrections import ReprintReason, ReprintRules, reason_in
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import ENDED, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.people import Badge, Role
from gizqr_station.domain.printer_failures import CoverOpen, PrinterConnectionLost
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.corrections import CorrectionParts, Corrections
from gizqr_station.workflows.label_scan import idle_scan
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.provision import Bench, provision
from gizqr_station.workflows.serial_codes import CodesSeen
from tests.fake_bench import MAC, OTHER_MAC, FakeBench, content_of, reading_of
from tests.fake_duty import FakeDuty
from tests.fakes import SteppingClock

UNITS = (MAC, OTHER_MAC)
OUTCOMES = {
    PrintOutcome.ACCEPTED: None,
    PrintOutcome.CONFIRMED: None,
    PrintOutcome.UNKNOWN: PrinterConnectionLost("fake printer", 10, 100),
    PrintOutcome.REFUSED: CoverOpen("fake printer"),
}
LIMIT = 1


@functools.cache
def empty_ledger() -> bytes:
    """Made once: bringing a new one through all migrations takes longer than an example."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        open_ledger(path, kind="production", station="bench-1", clock=SteppingClock()).close()
        return path.read_bytes()


class Killed(BaseException):
    """The program ends here, whatever it was doing."""


class Corrected(RuleBasedStateMachine):
    """Two devices, one ledger on disk, a desk and a line; the program may be killed before or behind the printer."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        (Path(self.folder.name) / "ledger.sqlite").write_bytes(empty_ledger())
        self.fakes = FakeBench(duty=FakeDuty(), small_codes=True)
        self.duty = FakeDuty()
        self.approved: set[str] = set()
        self.came_out: dict[int, LabelImage] = {}
        self._open()

    def _open(self) -> None:
        path = Path(self.folder.name) / "ledger.sqlite"
        clock = SteppingClock(datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
        self.ledger: SqlLedger = open_ledger(path, kind="production", station="bench-1", clock=clock)
        self.bench: Bench = replace(self.fakes.bench(), ledger=self.ledger, duty=self.duty, codes_seen=CodesSeen())
        parts = CorrectionParts(self.bench, ReprintRules(LIMIT), lambda _: self.fakes.printer, lambda _: False)
        self.desk = Corrections(parts, lambda _: None)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    def _printer_does(self, outcome: PrintOutcome, killed: str) -> None:
        def before(job: str) -> None:
            if killed == "before":
                raise Killed
            if outcome is not PrintOutcome.REFUSED:
                image = self.ledger.image(int(job))
                assert image is not None
                self.came_out[int(job)] = image
            if killed == "behind":
                raise Killed

        self.fakes.printer.before = before
        self.fakes.printer.reports = [PrintReport(outcome, 10, OUTCOMES[outcome])]

    def _restart(self) -> None:
        self.ledger.close()
        self._open()
        self.ledger.settle_interrupted("bench-1")

    outcomes = st.sampled_from(list(PrintOutcome))
    kills = st.sampled_from(["", "", "", "before", "behind"])
    units = st.sampled_from(UNITS)
    people = st.sampled_from(["Li Wei", "Zhang Min", "Wang Fang"])
    reasons = st.sampled_from(list(ReprintReason))

    @rule(unit=units, outcome=outcomes, killed=kills)
    def label_at_the_line(self, unit: MacAddress, outcome: PrintOutcome, killed: str) -> None:
        self._printer_does(outcome, killed)
        try:
            provision(
                self.bench,
                reading_of(unit),
                Stop(),
                lambda _: None,
                still_there=lambda: None,
                scan_back_due=True,
            )
        except Failure:
            pass
        except Killed:
            self._restart()

    @rule(
        pick=st.integers(0, 30), reason=reasons, who=people, second=st.none() | people, outcome=outcomes, killed=kills
    )
    def reprint(
        self, pick: int, reason: ReprintReason, who: str, second: str | None, outcome: PrintOutcome, killed: str
    ) -> None:
        every = list(self.ledger.all_jobs())
        if not every:
            return
        self.duty.name = who
        self._printer_does(outcome, killed)
        try:
            self.desk.reprint(
                every[pick % len(every)].id, reason, "as seen", None if second is None else Badge(second), Stop()
            )
        except Failure:
            pass
        except Killed:
            self._restart()
        self.desk.give_up_waiting()

    @rule(pick=st.integers(0, 30), who=people)
    def void(self, pick: int, who: str) -> None:
        self._correct(pick, who, lambda job: self.desk.void(job.id, ReprintReason.LOST))

    @rule(pick=st.integers(0, 30), who=people)
    def say_that_none_came_out(self, pick: int, who: str) -> None:
        self._correct(pick, who, lambda job: self.desk.no_usable_label(job.id))

    def _correct(self, pick: int, who: str, step: Callable[[PrintJob], PrintJob]) -> None:
        every = list(self.ledger.all_jobs())
        self.duty.name = who
        if every:
            with contextlib.suppress(Failure):
                step(every[pick % len(every)])

    @rule(pick=st.integers(0, 30), small=st.booleans(), at_desk=st.booleans())
    def scan_what_came_out(self, pick: int, small: bool, at_desk: bool) -> None:
        """A label that is really there, old or new; first labels have no small code."""
        if not self.came_out:
            return
        number = sorted(self.came_out)[pick % len(self.came_out)]
        job = self.ledger.job(number)
        if small and job.draft.revision == 0:
            return
        text = job.draft.label_serial if small else job.draft.content
        before = {each.id: each.state for each in self.ledger.all_jobs()}
        if at_desk:
            with contextlib.suppress(Failure):
                self.desk.scanned(text)
        else:
            idle_scan(self.bench, text, lambda _: None)
        changed = [each for each in self.ledger.all_jobs() if before[each.id] is not each.state]
        assert len(changed) <= 1
        for each in changed:
            assert each.state is JobState.VERIFIED
            assert each.identity == job.identity
            if small:
                assert each.id == number, "a small code verifies the label that carries it"

    @rule()
    def restart(self) -> None:
        self._restart()

    @invariant()
    def one_live_label_a_device_at_most(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for unit in UNITS:
            live = [job for job in self._of(unit) if job.state not in ENDED]
            assert len(live) <= 1

    @invariant()
    def what_came_out_is_verified_voided_or_still_to_be_found(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for number in self.came_out:
            job = self.ledger.job(number)
            assert job.state is not JobState.FAILED
            assert job.state in {JobState.VERIFIED, JobState.VOIDED} or job.open

    @invariant()
    def every_replacement_is_marked_says_why_and_is_allowed(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for unit in UNITS:
            ordered = self._of(unit)
            voided = 0
            for job in ordered:
                draft = job.draft
                assert draft.revision == voided
                assert (draft.content, job.mark) == (content_of(unit), f"R{voided}" if voided else "")
                if voided:
                    assert reason_in(draft.reason) is not None
                    replaced = self.ledger.with_serial(draft.replaces)
                    assert replaced is not None
                    assert replaced.state is JobState.VOIDED
                else:
                    assert (draft.replaces, draft.reason) == ("", "")
                assert not draft.allowed_by or draft.allowed_by != draft.operator
                assert not draft.allowed_by or self.duty.roles[draft.allowed_by] is not Role.OPERATOR
                voided += job.state is JobState.VOIDED

    def _of(self, unit: MacAddress) -> list[PrintJob]:
        return [job for job in self.ledger.all_jobs() if job.identity == unit]


_HEALTHY = list(HealthCheck)
TestCorrected = Corrected.TestCase
TestCorrected.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=_HEALTHY
)


@pytest.mark.slow
def test_the_record_stays_right_for_much_longer() -> None:
    many = settings(max_examples=1000, stateful_step_count=50, deadline=None, suppress_health_check=_HEALTHY)
    run_state_machine_as_test(Corrected, settings=many)
