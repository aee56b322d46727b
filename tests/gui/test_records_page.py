"""The records page as a person uses it: a search, a device, and the reprint desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.corrections import ReprintReason, ReprintStanding
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people import ALLOWED, Badge, NameAndPin, Person, Role
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.records_page import RecordsPage
from gizqr_station.gui.records_state import Pane, Section
from gizqr_station.workflows.happenings import Happening, ScanBackDue, UnitDone, WaitingForDevice
from gizqr_station.workflows.people_happenings import OnDuty
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    OldLabelScanned,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)
from tests.gui.heard import Bench, HeardLine
from tests.gui.heard_desks import HeardRecords
from tests.gui.samples import IMAGE, JOB
from tests.gui.typed_keys import Typist

BROKEN = ProgramFault("x")
ALL = RecordQuery()


def job(number: int, state: JobState = JobState.VERIFIED, revision: int = 0) -> PrintJob:
    draft = replace(JOB.draft, label_serial=f"L-{number:06d}", revision=revision, scan_back_due=True)
    return replace(JOB, id=number, draft=draft, state=state)


LIVE, VOID, NEW = job(7), job(7, JobState.VOIDED), job(8, JobState.SENT, revision=1)
UNKNOWN = job(3, JobState.UNKNOWN)


def unit(this: PrintJob = LIVE, *others: PrintJob, made: int = 0, scanned: bool = True) -> UnitSeen:
    jobs = tuple(sorted((this, *others), key=lambda each: -each.id))
    return UnitSeen(this, jobs, (), IMAGE, ReprintStanding(made, 2, needs_second=made >= 2), scanned)


def on_duty(role: Role) -> OnDuty:
    return OnDuty(Person(1, "Li Wei", role), "Li Wei", allowed=ALLOWED[role])


@pytest.fixture
def records(bench: Bench) -> HeardRecords:
    return bench.records


@pytest.fixture
def page(bench: Bench, records: HeardRecords) -> RecordsPage:
    page = bench.window.records
    page._search._clear()
    page._search._rest.stop()
    page._unit.form.second.forget()
    for file in (page._found.file, page._unit.file):
        file.path.clear()
    bench.window.open_page(Page.RECORDS)
    tell(page, WaitingForDevice(), on_duty(Role.QA), RecordsFound(ALL, RecordPage((LIVE, job(6)), 6, (UNKNOWN,))))
    records.calls.clear()
    return page


@pytest.fixture
def desk(page: RecordsPage) -> RecordsPage:
    """Somebody scanned a label."""
    tell(page, unit())
    return page


def tell(page: RecordsPage, *happenings: Happening) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    for happening in happenings:
        window.hear(happening)
    QCoreApplication.processEvents()


def click(widget: QWidget) -> None:
    QCoreApplication.processEvents()
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def scan(page: RecordsPage, text: str) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window._scanned(text)


def choose(page: RecordsPage, reason: ReprintReason) -> None:
    click(page._unit.form.reasons.button(reason))


# search


def test_who_types_is_answered_once_they_rest_and_not_letter_by_letter(
    qtbot: QtBot, page: RecordsPage, records: HeardRecords
) -> None:
    page._search.text.setFocus()
    QTest.keyClicks(page._search.text, "91:1f")
    assert records.calls == []
    qtbot.waitUntil(lambda: bool(records.calls))
    assert records.calls == [("search", RecordQuery("91:1f"))]
    assert (page.state.answered, page._found._count.text()) == (False, "Looking …")


def test_every_part_of_a_search_is_asked_for(page: RecordsPage, records: HeardRecords) -> None:
    search = page._search
    search.order.setText("WO-1")
    search.operator.setText("Li")
    search.since.edit.setText("2026-11-01")
    search.until.edit.setText("2026/11/30")
    click(search.states.button(JobState.UNKNOWN))
    click(search.states.button("contested"))
    query = RecordQuery(
        "", "WO-1", "Li", frozenset({JobState.UNKNOWN}), date(2026, 11, 1), date(2026, 11, 30), contested=True
    )
    assert records.calls[-1] == ("search", query)
    click(search.clear)
    assert records.calls[-1] == ("search", ALL)
    assert search.query == ALL


@pytest.mark.parametrize("typed", ["2026-13-01", "yesterday", "26-11-01", "2026-11", "２０２６-11-01"])
def test_a_day_that_is_none_is_said_to_be_wrong_and_counts_as_none(page: RecordsPage, typed: str) -> None:
    page._search.since.edit.setText(typed)
    page._search.since.edit.textEdited.emit(typed)
    assert page._search.since.wrong
    assert page._search.query.since is None
    assert page._search._days.words == "Days are written 2026-12-31."


def test_days_the_wrong_way_round_are_said_to_be(page: RecordsPage) -> None:
    page._search.since.edit.setText("2026-12-02")
    page._search.until.edit.setFocus()
    QTest.keyClicks(page._search.until.edit, "2026-12-01")
    assert page._search._days.words == "The first day comes after the last one."


def test_what_nobody_can_account_for_stands_on_top_and_is_counted_on_the_tab(page: RecordsPage) -> None:
    found = page._found
    assert found.unknown.records.jobs == (UNKNOWN,)
    assert found.jobs.records.jobs == (LIVE, job(6))
    assert found.unknown.mapTo(found, found.unknown.rect().topLeft()).y() < found.jobs.pos().y()
    assert found._unknown_title.words.startswith("Nobody knows whether these came out: 1.")
    assert (page.title, found._count.text()) == ("Records (1)", "3 of more")


def test_more_loads_the_next_page_once(page: RecordsPage, records: HeardRecords) -> None:
    click(page._found.next)
    assert not page._found.next.isEnabled()
    page._want_more()
    assert records.calls == [("more", ALL, 6)]
    tell(page, RecordsFound(ALL, RecordPage((job(5),), None), more=True))
    assert [each.id for each in page._found.jobs.records.jobs] == [7, 6, 5]
    assert (page._found.next.isVisible(), page._found._count.text()) == (False, "Found: 4")


def test_a_row_says_device_label_state_and_when(page: RecordsPage) -> None:
    model = page._found.jobs.records
    cells = [model.data(model.index(0, column)) for column in range(7)]
    assert cells[:6] == ["00:91:1F:50:00:47", "L-000007", "verified", "", "Li Wei", "bench-1"]
    assert model.data(model.index(0, 2), Qt.ItemDataRole.DecorationRole) is not None


def test_keys_lead_from_the_search_through_the_labels_into_one(page: RecordsPage, records: HeardRecords) -> None:
    page._search.text.setFocus()
    QTest.keyClick(page._search.text, Qt.Key.Key_Down)
    assert page._found.unknown.hasFocus()
    QTest.keyClick(page._found.unknown, Qt.Key.Key_Return)
    page._found.jobs.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_A, Qt.Key.Key_Down):
        QTest.keyClick(page._found.jobs, key)
    assert records.calls == [("look", 3)]
    QTest.keyClick(page._found.jobs, Qt.Key.Key_Return)
    assert records.calls[-1] == ("look", 6)


def test_esc_leads_back_to_what_was_found(page: RecordsPage) -> None:
    page._look_at(7)
    tell(page, unit(scanned=False))
    assert page._unit.isVisible()
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page._found.isVisible()


def test_a_search_that_fails_says_why(page: RecordsPage) -> None:
    tell(page, RecordDone(RecordWork.SEARCH, failure=BROKEN))
    assert page._found._said.isVisible()


# whose scans


def test_while_it_is_looked_at_scans_go_to_the_desk_and_the_strip_says_so(
    page: RecordsPage, records: HeardRecords, line: HeardLine
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window._strip.words is not None
    assert "Scans open records on this page" in window._strip.words.line
    scan(page, "00911f500047")
    assert (records.calls, line.calls) == ([("scanned", "00911f500047")], [])
    window.open_page(Page.STATION)
    scan(page, "00911f500047")
    assert line.calls == ["00911f500047"]


def test_a_typing_scanner_reaches_the_desk_whatever_has_the_focus(
    page: RecordsPage, records: HeardRecords, line: HeardLine
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    for field in (page._search.text, page._found.next, page._found.jobs):
        field.setFocus()
        records.calls.clear()
        Typist(window).scan("00911f500047")
        QCoreApplication.processEvents()
        assert records.calls == [("scanned", "00911f500047")]
    assert line.calls == []
    assert page._search.text.text() == ""


def test_a_label_that_waits_at_the_line_has_the_scans_and_the_page_says_so(
    page: RecordsPage, records: HeardRecords, line: HeardLine
) -> None:
    tell(page, ScanBackDue(NEW))
    scan(page, "content")
    assert (records.calls, line.calls) == ([], ["content"])
    assert page._scan_line.words.startswith("The label of slot 1 waits for its scan")
    tell(page, UnitDone(job(8, revision=1)))
    scan(page, "00911f500047")
    assert records.calls == [("scanned", "00911f500047")]


# reprint


def test_a_reprint_takes_three_actions_besides_reason_and_badge(page: RecordsPage, records: HeardRecords) -> None:
    actions: list[Callable[[], None]] = [
        lambda: scan(page, "the old label"),
        lambda: click(page._unit.form.reprint_key),
        lambda: scan(page, "the new label"),
    ]
    answers: dict[int, list[Happening]] = {
        0: [unit(made=2)],
        1: [LabelAwaited(NEW, VOID), RecordDone(RecordWork.REPRINT, NEW), unit(NEW, VOID, made=3, scanned=False)],
        2: [RecordDone(RecordWork.VERIFY, job(8, revision=1)), unit(job(8, revision=1), VOID, made=3)],
    }
    for number, act in enumerate(actions):
        act()
        tell(page, *answers[number])
        if number == 0:
            choose(page, ReprintReason.LOST)
            scan(page, "B-0042")
            tell(page)
    assert records.calls == [
        ("scanned", "the old label"),
        ("reprint", 7, ReprintReason.LOST, "", Badge("B-0042")),
        ("scanned", "the new label"),
    ]
    assert page.state.awaited is None
    assert "Verified: R1\u00a0·\u00a0L-000008" in page._said.accessibleName()
    assert len(actions) <= 3


def test_no_reason_is_chosen_for_anybody_and_without_one_nothing_is_printed(desk: RecordsPage) -> None:
    form = desk._unit.form
    assert form.reasons.values == frozenset()
    assert (form.reprint_key.isEnabled(), form.void_key.isEnabled()) == (False, False)
    choose(desk, ReprintReason.DAMAGED)
    assert (form.reprint_key.isEnabled(), form.void_key.isEnabled()) == (True, True)
    choose(desk, ReprintReason.OTHER)
    assert form.reasons.values == {ReprintReason.OTHER}
    assert not form.reprint_key.isEnabled()
    form.remark.setFocus()
    QTest.keyClicks(form.remark, "torn")
    assert form.reprint_key.isEnabled()


def test_enter_presses_nothing(desk: RecordsPage, records: HeardRecords) -> None:
    choose(desk, ReprintReason.DAMAGED)
    form = desk._unit.form
    for button in (form.reprint_key, form.void_key, form.void_key, desk._unit.back):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(desk.window(), Qt.Key.Key_Return)
    assert records.calls == []
    assert desk.state.pane is Pane.UNIT


def test_a_second_persons_name_and_pin_go_with_the_reprint_and_stay_nowhere(
    desk: RecordsPage, records: HeardRecords
) -> None:
    tell(desk, unit(made=2))
    form = desk._unit.form
    choose(desk, ReprintReason.UNREADABLE)
    assert not form.reprint_key.isEnabled()
    form.second.name.setFocus()
    QTest.keyClicks(form.second.name, "Zhao Min")
    form.second.pin.setFocus()
    QTest.keyClicks(form.second.pin, "12345")
    assert not form.reprint_key.isEnabled()
    QTest.keyClicks(form.second.pin, "6")
    assert "123456" not in form.second.pin.displayText()
    click(form.reprint_key)
    assert records.calls == [("reprint", 7, ReprintReason.UNREADABLE, "", NameAndPin("Zhao Min", "123456"))]
    assert (form.second.pin.text(), form.second.name.text()) == ("", "")
    assert "123456" not in repr(desk.state)
    tell(desk, RecordDone(RecordWork.REPRINT, failure=BROKEN))
    assert (desk.state.reason, form.reprint_key.isEnabled()) == (ReprintReason.UNREADABLE, False)


def test_whoever_looks_elsewhere_leaves_no_pin_and_no_badge_behind(desk: RecordsPage) -> None:
    window = desk.window()
    assert isinstance(window, MainWindow)
    leavings: list[Callable[[], object]] = [
        lambda: window.open_page(Page.STATION),
        lambda: desk._choose_section(Section.HISTORY),
        lambda: QTest.keyClick(window, Qt.Key.Key_Escape),
        lambda: tell(desk, on_duty(Role.LEAD)),
        lambda: tell(desk, unit(job(9), made=2)),
    ]
    for leave in leavings:
        window.open_page(Page.RECORDS)
        tell(desk, unit(made=2))
        second = desk._unit.form.second
        second.name.setText("Zhao Min")
        second.pin.setText("123456")
        second.read_badge("B-0042")
        leave()
        QCoreApplication.processEvents()
        assert (second.pin.text(), second.badge_read) == ("", False)
        assert (desk.state.badge_read, desk.state.name_and_pin) == (False, False)


def test_a_badge_counts_only_for_the_reprint_that_waits_for_one(
    desk: RecordsPage, records: HeardRecords, line: HeardLine
) -> None:
    scan(desk, "B-0042")
    assert records.calls == [("scanned", "B-0042")]
    assert not desk.state.badge_read
    tell(desk, unit(made=2))
    scan(desk, "B-0042")
    assert desk._unit.form.second.badge_read
    assert len(records.calls) == 1
    assert line.calls == []


def test_the_new_label_is_asked_for_with_its_small_code_where_the_old_one_says_the_same(desk: RecordsPage) -> None:
    choose(desk, ReprintReason.DAMAGED)
    click(desk._unit.form.reprint_key)
    tell(desk, LabelAwaited(NEW, VOID, serial_too=True), RecordDone(RecordWork.REPRINT, NEW), unit(NEW, VOID, made=1))
    awaited = desk._unit.awaited
    assert awaited.isVisible()
    assert "R1\u00a0·\u00a0L-000008" in awaited.band.accessibleName()
    assert "small code" in awaited._steps.text()
    assert desk._unit.labels.preview._image is IMAGE
    tell(desk, LabelAwaited(NEW, VOID))
    assert "small code" not in awaited._steps.text()


def test_giving_up_leaves_the_new_label_open_and_it_is_settled_later(desk: RecordsPage, records: HeardRecords) -> None:
    tell(desk, LabelAwaited(NEW, VOID), unit(NEW, VOID, made=1))
    click(desk._unit.awaited.later)
    assert records.calls == [("give_up_waiting",)]
    assert desk._unit.settle.isVisible()


def test_what_is_asked_for_is_not_asked_for_twice(desk: RecordsPage, records: HeardRecords) -> None:
    choose(desk, ReprintReason.DAMAGED)
    form = desk._unit.form
    click(form.reprint_key)
    form.reprint_key.click()
    desk._reprint()
    desk._void()
    assert len(records.calls) == 1


def test_voiding_wants_a_reason_and_two_presses(desk: RecordsPage, records: HeardRecords) -> None:
    choose(desk, ReprintReason.WRONG_PLACE)
    click(desk._unit.form.void_key)
    assert records.calls == []
    click(desk._unit.form.void_key)
    assert records.calls == [("void", 7, ReprintReason.WRONG_PLACE, "")]
    tell(desk, RecordDone(RecordWork.VOID, VOID), unit(VOID, scanned=False))
    assert "L-000007 is voided" in desk._said.accessibleName()
    assert not desk._unit.form.void_key.isVisible()


def test_no_usable_label_wants_two_presses_on_the_same_label(page: RecordsPage, records: HeardRecords) -> None:
    tell(page, unit(UNKNOWN))
    click(page._unit.settle.none)
    tell(page, unit(job(4, JobState.UNKNOWN)))
    click(page._unit.settle.none)
    assert records.calls == []
    click(page._unit.settle.none)
    assert records.calls == [("no_usable_label", 4)]


def test_a_press_that_armed_voiding_is_forgotten_with_the_label(desk: RecordsPage, records: HeardRecords) -> None:
    choose(desk, ReprintReason.LOST)
    click(desk._unit.form.void_key)
    tell(desk, unit(job(9)))
    choose(desk, ReprintReason.LOST)
    click(desk._unit.form.void_key)
    assert records.calls == []


def test_an_operator_sees_no_key_that_would_be_refused(desk: RecordsPage) -> None:
    tell(desk, on_duty(Role.OPERATOR))
    form = desk._unit.form
    assert (form.reprint_key.isVisible(), form.void_key.isVisible()) == (True, False)
    assert not desk._unit.sections.button(Section.EVIDENCE).isVisible()
    desk._back()
    assert not desk._found.file.isVisible()
    tell(desk, OnDuty(None, ""), unit())
    assert not form.reprint_key.isVisible()


def test_a_voided_label_shows_the_one_that_counts(page: RecordsPage, records: HeardRecords) -> None:
    tell(page, unit(VOID, job(8, revision=1)))
    click(page._unit.settle.show_live)
    assert records.calls == [("look", 8)]


# alarms


def test_an_alarm_is_on_the_stations_page_and_here_until_somebody_acts(
    page: RecordsPage, records: HeardRecords
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    tell(page, OldLabelScanned(VOID, job(8, revision=1), certain=True))
    assert page._alarm.isVisible()
    window.open_page(Page.STATION)
    tell(page, WaitingForDevice(), unit())
    assert window.page._band.words is not None
    assert window.page._band.words.word == "Old label"
    assert "R1\u00a0·\u00a0L-000008" in window.page._band.words.line
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert window.page._band.words.word == "Ready"
    assert records.calls == [("old_label_destroyed", 7)]
    window.open_page(Page.RECORDS)
    assert not page._alarm.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert len(records.calls) == 1


def test_an_alarm_is_seen_on_every_other_page_too(page: RecordsPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.open_page(Page.PRINTERS)
    tell(page, OldLabelScanned(VOID, None, certain=True))
    assert window._strip.words is not None
    assert window._strip.words.word == "Old label"


def test_the_small_code_of_the_good_label_ends_an_uncertain_alarm(page: RecordsPage) -> None:
    live = job(8, revision=1)
    tell(page, OldLabelScanned(VOID, live, certain=False), unit(live, VOID))
    assert page._alarm.isVisible()
    scan(page, live.draft.content)
    assert page._alarm.isVisible()
    scan(page, "L-000008")
    assert not page._alarm.isVisible()


# files


def test_an_export_says_how_far_it_is_can_be_stopped_and_says_where_it_is(
    page: RecordsPage, records: HeardRecords
) -> None:
    file = page._found.file
    file.path.setText(' "/tmp/labels.xlsx" ')
    click(file.go)
    tell(page, RecordProgress(RecordWork.EXPORT, 12500))
    assert file._how_far.text() == "12,500 rows"
    click(file.stop)
    assert not file.stop.isEnabled()
    assert records.calls == [("export", ALL, "/tmp/labels.xlsx"), ("stop_file_work",)]
    tell(page, RecordDone(RecordWork.EXPORT))
    assert file._said.accessibleName() == "Stopped: no file was written."
    click(file.go)
    tell(page, RecordDone(RecordWork.EXPORT, file="/tmp/labels.xlsx", rows=4))
    assert "labels.xlsx" in file._said.accessibleName()


def test_the_evidence_of_a_device_is_written_where_somebody_says(desk: RecordsPage, records: HeardRecords) -> None:
    click(desk._unit.sections.button(Section.EVIDENCE))
    desk._unit.file.path.setText("/tmp/evidence.json")
    click(desk._unit.file.go)
    assert records.calls == [("evidence", 7, "/tmp/evidence.json")]
    tell(desk, RecordDone(RecordWork.EVIDENCE, LIVE, file="/tmp/evidence.json"))
    assert "evidence.json" in desk._unit.file._said.accessibleName()


def test_nothing_pops_up(desk: RecordsPage) -> None:
    assert not desk.findChildren(QComboBox)
    assert not desk.findChildren(QDialog)
