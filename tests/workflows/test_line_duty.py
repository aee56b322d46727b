"""The line asks who is on duty: it waits for somebody, ends what is under way, and goes on by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gizqr_station.domain.code_failures import KeyRefused
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import Badge
from gizqr_station.domain.people_failures import FirstLeadDue, NobodySignedIn, StationLocked
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows import retry
from gizqr_station.workflows.happenings import ScanBackDue, ScanRefused, UnitDone, UnitRefused, WaitingForDevice
from gizqr_station.workflows.inbox import DutyChanged
from gizqr_station.workflows.lanes import InlineLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.provision import provision
from gizqr_station.workflows.shared_bench import SharedBench
from gizqr_station.workflows.slots import SlotLines
from tests.fake_bench import MAC, NOW, OTHER_MAC, FakeBench, content_of, reading_of
from tests.fake_people import BADGES, FakeGate
from tests.workflows.test_line import RunningLine, running


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate().people()


@contextmanager
def line_of(gate: FakeGate) -> Iterator[RunningLine]:
    with running(FakeBench(duty=gate.duty)) as line:
        gate.duty.listen(lambda _: line.line.duty_changed())
        yield line


def sign_in(gate: FakeGate, name: str = "Li Wei") -> None:
    gate.duty.sign_in(Badge(BADGES[name]))


def test_nothing_is_asked_or_written_before_somebody_is_on_duty(gate: FakeGate) -> None:
    fakes = FakeBench(duty=gate.duty)
    with pytest.raises(NobodySignedIn):
        provision(
            fakes.bench(), reading_of(MAC), Stop(), fakes.told.append, still_there=lambda: None, scan_back_due=True
        )
    assert (fakes.codes.asked, fakes.painter.painted, list(fakes.ledger.all_jobs()), fakes.told) == ([], [], [], [])


def test_a_unit_waits_until_somebody_signs_in_and_goes_on_by_itself(gate: FakeGate) -> None:
    with line_of(gate) as line:
        line.fakes.reader.plug(MAC)
        refused = line.wait(UnitRefused)
        assert isinstance(refused.failure, NobodySignedIn)
        assert refused.retry_in_s is not None
        sign_in(gate)
        assert line.wait(ScanBackDue).job.draft.operator == "Li Wei"
        line.line.scanned(content_of(MAC))
        assert line.wait(UnitDone).job.state is JobState.VERIFIED


def test_somebody_who_signed_in_at_another_station_is_found_without_being_told(
    gate: FakeGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, NobodySignedIn, 0.02)
    with running(FakeBench(duty=gate.duty)) as line:
        line.fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        sign_in(gate)
        line.wait(ScanBackDue)


@pytest.mark.parametrize("failure", [NobodySignedIn(), StationLocked("Li Wei"), FirstLeadDue()])
def test_what_signing_in_ends_passes_by_itself(failure: Failure) -> None:
    assert retry.retry_after_s(failure) == 2.0


def test_a_unit_under_way_is_finished_when_the_station_locks_and_the_next_one_waits(gate: FakeGate) -> None:
    sign_in(gate)
    with line_of(gate) as line:
        line.fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        gate.duty.lock()
        line.line.scanned(content_of(MAC))
        assert line.wait(UnitDone).job.state is JobState.VERIFIED
        line.fakes.reader.unplug()
        line.wait(WaitingForDevice)
        line.fakes.reader.plug(OTHER_MAC)
        assert isinstance(line.wait(UnitRefused).failure, StationLocked)
        sign_in(gate)
        assert line.wait(ScanBackDue).job.identity == OTHER_MAC


def test_a_label_stays_of_whoever_began_it_when_another_takes_over(gate: FakeGate) -> None:
    sign_in(gate)
    fakes = FakeBench(duty=gate.duty)

    def taken_over() -> None:
        sign_in(gate, "Zhao Lei")

    made = provision(
        fakes.bench(), reading_of(MAC), Stop(), fakes.told.append, still_there=taken_over, scan_back_due=True
    )
    assert made.job.draft.operator == "Li Wei"
    assert {entry.who for entry in fakes.ledger.history(made.job.id)} == {"Li Wei"}


def test_whoever_signs_out_in_mid_unit_is_not_named_for_what_comes_after(gate: FakeGate) -> None:
    sign_in(gate)
    with line_of(gate) as line:
        line.fakes.reader.plug(MAC)
        job = line.wait(ScanBackDue).job
        gate.duty.sign_out()
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        assert line.fakes.ledger.history(job.id)[-1].who == "(nobody)"


@pytest.mark.parametrize("away", ["lock", "sign_out"])
def test_nobody_voids_a_label_at_a_station_that_was_left(gate: FakeGate, away: str) -> None:
    sign_in(gate)
    with line_of(gate) as line:
        line.fakes.reader.plug(MAC)
        job = line.wait(ScanBackDue).job
        getattr(gate.duty, away)()
        line.line.no_usable_label(job.id)
        refused = line.wait(ScanRefused).failure
        assert isinstance(refused, StationLocked | NobodySignedIn)
        assert line.fakes.ledger.job(job.id).state is JobState.SENT
        sign_in(gate)
        line.line.no_usable_label(job.id)
        line.wait(ScanBackDue)
        assert line.fakes.ledger.job(job.id).state is JobState.VOIDED


def test_a_new_roll_is_counted_by_somebody_or_not_at_all(gate: FakeGate) -> None:
    with line_of(gate) as line:
        line.fakes.ledger.load_supply("fake printer", SupplyKind.LABELS, 100, 10, who="before")
        line.line.new_roll(SupplyKind.LABELS)
        assert isinstance(line.wait(ScanRefused).failure, NobodySignedIn)


def test_a_scan_and_a_finished_unit_put_the_idle_lock_off(gate: FakeGate) -> None:
    sign_in(gate)
    fakes = FakeBench(duty=gate.duty)
    line = Line(fakes.bench(), fakes.reader, InlineLane(), fakes.told.append, lambda: NOW)
    lines = SlotLines([line], SharedBench(), fakes.bench(), InlineLane(), fakes.told.append)
    gate.time.passes(599)
    lines.scanned("anything")
    gate.time.passes(599)
    gate.duty.look()
    assert not gate.duty.now.locked


def test_every_slot_hears_that_somebody_signed_in() -> None:
    fakes = FakeBench()
    shared = SharedBench([1, 2])
    lines = [
        Line(fakes.bench(), fakes.reader, InlineLane(), fakes.told.append, lambda: NOW, slot=slot, shared=shared)
        for slot in (1, 2)
    ]
    SlotLines(lines, shared, fakes.bench(), InlineLane(), fakes.told.append).duty_changed()
    assert [line._inbox.take(Stop(), 0.0) for line in lines] == [DutyChanged(), DutyChanged()]


def test_signing_in_ends_no_other_refusal(gate: FakeGate) -> None:
    sign_in(gate)
    with line_of(gate) as line:
        line.fakes.codes.failures = [KeyRefused("service", 401), KeyRefused("service", 401)]
        line.fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        sign_in(gate, "Zhao Lei")
        line.line.scanned("GIZQR:UNKNOWN")
        line.wait(ScanRefused)
        assert len(line.fakes.codes.asked) == 1
