"""What the page shows follows from what happened, and from nothing else."""

from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.identity_failures import EmptyMac
from gizqr_station.domain.job import JobState
from gizqr_station.domain.line_failures import ProgramFault, ScanNotUnderstood, WrongLabel
from gizqr_station.domain.printer_failures import PrinterConnectionLost
from gizqr_station.gui.station_state import Band, StationState, Step, after
from gizqr_station.workflows.happenings import (
    CodeFetched,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import MAC, NOW, OTHER_MAC, reading_of
from tests.gui.samples import CODE, IMAGE, JOB

READING = reading_of(MAC)
WORKING: list[Happening] = [
    WaitingForDevice(),
    DeviceRead(READING),
    CodeFetched(CODE),
    LabelDrawn(IMAGE),
    JobChanged(JOB),
]


def state_after(*happenings: Happening) -> StationState:
    state = StationState()
    for happening in happenings:
        state = after(state, happening)
    return state


def test_a_unit_goes_through_its_steps() -> None:
    steps = []
    state = StationState()
    for happening in [*WORKING, ScanBackDue(JOB)]:
        state = after(state, happening)
        steps.append(state.step)
    assert steps == [Step.READ, Step.CODE, Step.LABEL, Step.PRINT, Step.PRINT, Step.SCAN]
    assert (state.band, state.image, state.job) == (Band.SCAN_BACK, IMAGE, JOB)


def test_only_a_verified_job_is_shown_as_verified() -> None:
    verified = replace(JOB, state=JobState.VERIFIED)
    assert state_after(*WORKING, UnitDone(verified)).band is Band.VERIFIED
    sent = state_after(*WORKING, UnitDone(JOB))
    assert (sent.band, sent.step) == (Band.HANDED_OVER, Step.SCAN)


def test_a_wrong_label_stops_the_page_until_the_right_one_is_scanned() -> None:
    wrong = state_after(*WORKING, ScanBackDue(JOB), ScanRefused(WrongLabel("this", "that")))
    assert wrong.band is Band.WRONG_LABEL
    assert wrong.label_awaited
    assert after(wrong, UnitDone(replace(JOB, state=JobState.VERIFIED))).band is Band.VERIFIED


def test_a_scan_that_means_nothing_leaves_the_band_alone() -> None:
    state = state_after(*WORKING, ScanBackDue(JOB), ScanRefused(ScanNotUnderstood("x")))
    assert state.band is Band.SCAN_BACK
    assert isinstance(state.remark, ScanNotUnderstood)


def test_an_unknown_label_is_asked_for_with_its_reason_and_its_picture() -> None:
    lost = PrinterConnectionLost("p", 1, 2)
    state = state_after(WaitingForDevice(), SettlementDue(JOB, lost, IMAGE))
    assert (state.band, state.failure, state.image, state.job) == (Band.SETTLE, lost, IMAGE, JOB)


@pytest.mark.parametrize(("retry_s", "band"), [(None, Band.REFUSED), (5.0, Band.RETRYING)])
def test_a_refusal_is_red_only_when_the_station_cannot_go_on_by_itself(retry_s: float | None, band: Band) -> None:
    state = state_after(*WORKING, UnitRefused(ServiceUnreachable("qr"), READING, None, retry_s))
    assert (state.band, state.can_retry, state.reading) == (band, True, READING)


def test_the_last_refusal_stays_to_be_read_until_the_next_unit() -> None:
    refused = EmptyMac("000000000000")
    state = state_after(*WORKING, UnitRefused(refused, None), WaitingForDevice())
    assert (state.band, state.failure) == (Band.WAITING, refused)
    assert after(state, DeviceRead(READING)).failure is None


def test_nothing_of_one_unit_is_left_on_the_next() -> None:
    done = state_after(*WORKING, UnitDone(replace(JOB, state=JobState.VERIFIED)), WaitingForDevice())
    fresh = after(done, DeviceRead(READING))
    assert (fresh.job, fresh.image, fresh.remark, fresh.known) == (None, None, None, None)


def test_another_jobs_move_does_not_change_the_unit_on_the_page() -> None:
    other = replace(JOB, id=JOB.id + 1, draft=replace(JOB.draft, identity=OTHER_MAC))
    assert state_after(*WORKING, JobChanged(other)).job == JOB


def test_an_older_jobs_end_does_not_take_the_page_from_the_unit_on_it() -> None:
    older = replace(JOB, id=JOB.id - 1, draft=replace(JOB.draft, identity=OTHER_MAC))
    state = state_after(WaitingForDevice(), DeviceRead(READING), JobChanged(older))
    assert state.job is None
    assert after(state, JobChanged(JOB)).job == JOB


def test_a_fault_of_the_program_is_said_beside_the_unit_which_goes_on() -> None:
    state = state_after(*WORKING, ScanBackDue(JOB), FaultSeen(ProgramFault("ValueError")))
    assert (state.band, state.job) == (Band.SCAN_BACK, JOB)
    assert isinstance(state.remark, ProgramFault)


def test_a_device_that_is_being_read_takes_the_last_unit_off_the_page_but_not_the_last_refusal() -> None:
    refused = EmptyMac("000000000000")
    state = state_after(*WORKING, UnitRefused(refused, None), WaitingForDevice(), DeviceSeen())
    assert (state.band, state.step, state.job, state.image, state.failure) == (
        Band.WORKING, Step.READ, None, None, refused,
    )  # fmt: skip


def test_counters_and_health_are_kept_beside_the_unit() -> None:
    seen = HealthSeen(Part.PRINTER, None, "zebra", NOW)
    tally = Tally(3, 0, 0, 0, ())
    state = state_after(seen, tally, *WORKING)
    assert (state.health, state.tally) == ({Part.PRINTER: seen}, tally)


def test_a_looked_up_label_is_shown() -> None:
    assert state_after(WaitingForDevice(), LabelKnown(JOB)).known == JOB


def test_a_stopped_line_says_so() -> None:
    assert state_after(*WORKING, LineStopped()).band is Band.STOPPED
