"""What the records page is to show after each happening, without any window."""

from dataclasses import replace

import pytest

from gizqr_station.domain.corrections import ReprintReason, ReprintStanding
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people import ALLOWED, Permission, Person, Role
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.gui import records_state
from gizqr_station.gui.records_state import Pane, RecordsState, Section, after
from gizqr_station.workflows.happenings import AtSlot, JobChanged, LineStopped
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)
from tests.gui.samples import IMAGE, JOB

BROKEN = ProgramFault("x")
QUERY = RecordQuery("4a")


def job(number: int, state: JobState = JobState.VERIFIED, mac: str = "00911f500047", revision: int = 0) -> PrintJob:
    draft = replace(JOB.draft, label_serial=f"L-{number:06d}", identity=MacAddress(mac), revision=revision)
    return replace(JOB, id=number, draft=draft, state=state)


def unit(this: PrintJob, *others: PrintJob, made: int = 0, second: bool = False, scanned: bool = False) -> UnitSeen:
    jobs = tuple(sorted((this, *others), key=lambda each: -each.id))
    return UnitSeen(this, jobs, (), IMAGE, ReprintStanding(made, 2, second), scanned)


def on_duty(role: Role) -> OnDuty:
    return OnDuty(Person(1, "Li Wei", role), "Li Wei", allowed=ALLOWED[role])


def filled(state: RecordsState, **more: object) -> RecordsState:
    return replace(state, reason=ReprintReason.DAMAGED, **more)  # type: ignore[arg-type]


SCANNED = after(RecordsState(), unit(job(7), scanned=True))


def test_only_the_answer_to_what_was_asked_last_is_shown() -> None:
    state = records_state.searching(records_state.searching(RecordsState(), RecordQuery("4")), QUERY)
    state = after(state, RecordsFound(RecordQuery("4"), RecordPage((job(1),), None)))
    assert (state.jobs, state.answered, state.opened) == ((), False, True)
    state = after(state, RecordsFound(QUERY, RecordPage((job(2),), 2, (job(1, JobState.UNKNOWN),))))
    assert (state.jobs, state.answered, state.onward) == ((job(2),), True, 2)
    assert state.unknown == (job(1, JobState.UNKNOWN),)


def test_a_next_page_joins_the_one_before_and_nothing_stands_twice() -> None:
    state = after(RecordsState(query=QUERY), RecordsFound(QUERY, RecordPage((job(9), job(8)), 8)))
    state = after(replace(state, asked_more=True), RecordsFound(QUERY, RecordPage((job(8), job(7)), None), more=True))
    assert ([each.id for each in state.jobs], state.onward, state.asked_more) == ([9, 8, 7], None, False)


def test_pages_that_come_by_themselves_join_too_but_none_without_a_first_one() -> None:
    early = after(RecordsState(query=QUERY), RecordsFound(QUERY, RecordPage((job(8),), None), more=True))
    assert early.jobs == ()
    state = after(early, RecordsFound(QUERY, RecordPage((job(9),), 9)))
    state = after(state, RecordsFound(QUERY, RecordPage((job(8),), None), more=True))
    assert [each.id for each in state.jobs] == [9, 8]


def test_a_label_in_sight_that_moves_on_is_told_at_once_and_a_settled_one_leaves_the_top() -> None:
    page = RecordPage((job(9, JobState.SENT),), None, (job(3, JobState.UNKNOWN),))
    state = after(RecordsState(), RecordsFound(RecordQuery(), page))
    state = after(state, AtSlot(1, JobChanged(job(9))))
    state = after(state, JobChanged(job(3, JobState.VOIDED)))
    assert [(each.id, each.state) for each in state.jobs] == [(3, JobState.VOIDED), (9, JobState.VERIFIED)]
    assert state.unknown == ()


def test_a_search_that_fails_opens_the_page_and_says_why() -> None:
    state = after(RecordsState(), RecordDone(RecordWork.SEARCH, failure=BROKEN))
    assert (state.opened, state.failure) == (True, BROKEN)
    assert after(state, RecordsFound(RecordQuery(), RecordPage((), None))).failure is None


def test_a_scan_opens_what_can_be_done_and_a_look_opens_the_history() -> None:
    assert (SCANNED.pane, SCANNED.section) == (Pane.UNIT, Section.CORRECT)
    looked = after(records_state.looking_at(RecordsState(), 7), unit(job(7)))
    assert (looked.pane, looked.section) == (Pane.UNIT, Section.HISTORY)


def test_an_answer_to_a_look_that_somebody_left_is_not_shown() -> None:
    state = records_state.back(records_state.looking_at(RecordsState(), 7))
    assert after(state, unit(job(7))).pane is Pane.FOUND
    assert after(records_state.looking_at(state, 8), unit(job(7, mac="00911f500048"))).unit is None


def test_another_device_begins_with_nothing_filled_in() -> None:
    state = filled(SCANNED, remark="torn", badge_read=True)
    other = after(state, unit(job(8, mac="00911f500048"), scanned=True))
    assert (other.reason, other.remark, other.badge_read) == (None, "", False)


def test_the_same_label_told_again_keeps_what_is_filled_in_but_not_in_another_state() -> None:
    state = filled(SCANNED)
    assert after(state, unit(job(7))).reason is ReprintReason.DAMAGED
    assert after(state, unit(job(7, JobState.VOIDED))).reason is None


def test_a_reprint_wants_a_reason_and_other_wants_words() -> None:
    assert not SCANNED.may_reprint
    assert filled(SCANNED).may_reprint
    other = replace(SCANNED, reason=ReprintReason.OTHER)
    assert (other.may_reprint, other.may_void) == (False, False)
    assert not replace(other, remark="  ").may_reprint
    assert replace(other, remark="torn").may_reprint


def test_where_a_second_person_is_due_their_badge_or_name_and_pin_is_wanted() -> None:
    state = filled(after(RecordsState(), unit(job(7), made=2, second=True, scanned=True)))
    assert (state.badge_awaited, state.may_reprint, state.may_void) == (True, False, True)
    assert replace(state, badge_read=True).may_reprint
    assert replace(state, name_and_pin=True).may_reprint


@pytest.mark.parametrize("state", [JobState.SENT, JobState.PRINTED])
def test_a_label_that_nobody_has_scanned_yet_is_settled_first(state: JobState) -> None:
    seen = filled(after(RecordsState(), unit(job(7, state), scanned=True)))
    assert (seen.may_reprint, seen.may_void, seen.may_settle) == (False, False, True)
    handed_over = replace(job(7, state), draft=replace(job(7).draft, scan_back_due=False))
    seen = filled(after(RecordsState(), unit(handed_over, scanned=True)))
    assert (seen.may_reprint, seen.may_void, seen.may_settle) == (True, True, False)


@pytest.mark.parametrize("state", [JobState.VOIDED, JobState.FAILED, JobState.INTENDED, JobState.UNKNOWN])
def test_only_a_label_that_is_somewhere_is_replaced_or_voided(state: JobState) -> None:
    seen = filled(after(RecordsState(), unit(job(7, state), job(8), scanned=True)))
    assert (seen.may_reprint, seen.may_void, seen.badge_awaited) == (False, False, False)
    assert seen.may_settle is (state is JobState.UNKNOWN)


def test_a_device_whose_last_label_was_taken_back_can_have_another_one() -> None:
    seen = filled(after(RecordsState(), unit(job(7, JobState.VOIDED), job(6, JobState.VOIDED), scanned=True)))
    assert (seen.may_reprint, seen.may_void) == (True, False)
    older = filled(after(RecordsState(), unit(job(6, JobState.VOIDED), scanned=True)))
    assert not replace(older, unit=replace(unit(job(6, JobState.VOIDED)), jobs=(job(7), job(6)))).may_reprint


def test_what_is_on_its_way_is_not_asked_for_twice() -> None:
    state = records_state.correcting(filled(SCANNED, badge_read=True), RecordWork.REPRINT)
    assert (state.may_reprint, state.may_void, state.badge_read) == (False, False, False)
    refused = after(state, RecordDone(RecordWork.REPRINT, failure=BROKEN))
    assert (refused.may_reprint, refused.done) == (True, RecordDone(RecordWork.REPRINT, failure=BROKEN))


def test_a_reprinted_label_is_awaited_until_it_is_scanned() -> None:
    state = records_state.correcting(filled(SCANNED), RecordWork.REPRINT)
    new, void = job(8, JobState.SENT, revision=1), job(7, JobState.VOIDED)
    state = after(state, LabelAwaited(new, void))
    for happening in (RecordDone(RecordWork.REPRINT, new), unit(new, void, made=1)):
        state = after(state, happening)
    assert (state.awaited, state.reason, state.section) == (LabelAwaited(new, void), None, Section.CORRECT)
    assert not filled(state).may_reprint
    wrong = after(state, RecordDone(RecordWork.VERIFY, new, failure=BROKEN))
    assert wrong.awaited is not None
    verified = after(state, RecordDone(RecordWork.VERIFY, job(8, revision=1)))
    assert (verified.awaited, verified.done) == (None, RecordDone(RecordWork.VERIFY, job(8, revision=1)))


def test_a_reprint_that_went_wrong_is_not_awaited_but_settled() -> None:
    new = job(8, JobState.SENT, revision=1)
    state = after(
        after(filled(SCANNED), LabelAwaited(new, job(7))), RecordDone(RecordWork.REPRINT, new, failure=BROKEN)
    )
    state = after(state, unit(job(8, JobState.UNKNOWN, revision=1), job(7, JobState.VOIDED)))
    assert (state.awaited, state.unsettled, state.may_settle) == (None, True, True)


def test_whoever_takes_over_begins_with_nothing_filled_in() -> None:
    state = after(filled(SCANNED, remark="x", badge_read=True, name_and_pin=True), on_duty(Role.QA))
    assert (state.reason, state.remark, state.badge_read, state.name_and_pin) == (None, "", False, False)


def test_leaving_the_device_or_the_form_forgets_what_was_filled_in() -> None:
    state = filled(SCANNED, badge_read=True)
    for left in (records_state.back(state), records_state.showing(state, Section.HISTORY)):
        assert (left.reason, left.badge_read) == (None, False)


def test_what_the_person_on_duty_may_not_do_is_not_offered() -> None:
    state = filled(after(SCANNED, on_duty(Role.OPERATOR)))
    assert (state.may_reprint, state.may_void, state.allowed(Permission.EXPORT)) == (True, False, False)
    nobody = filled(after(SCANNED, OnDuty(None, "")))
    assert (nobody.may_reprint, nobody.may_void) == (False, False)


def test_a_voided_label_leads_to_the_one_that_counts() -> None:
    seen = after(RecordsState(), unit(job(7, JobState.VOIDED), job(8, revision=1), scanned=True))
    assert seen.live == job(8, revision=1)
    assert SCANNED.live is None


def test_a_file_that_is_written_is_told_apart_from_corrections() -> None:
    state = records_state.filing(SCANNED, RecordWork.EXPORT)
    state = after(after(state, RecordProgress(RecordWork.EXPORT, 500)), RecordProgress(RecordWork.EVIDENCE, 9))
    assert (state.filing, state.progress) == (RecordWork.EXPORT, 500)
    done = after(state, RecordDone(RecordWork.EXPORT, file="/x.csv", rows=700))
    assert (done.filing, done.filed, done.done) == (None, RecordDone(RecordWork.EXPORT, file="/x.csv", rows=700), None)


def test_a_line_that_ends_leaves_nothing_filled_in() -> None:
    state = after(filled(SCANNED), LineStopped())
    assert (state.ended, state.reason) == (True, None)
