"""The people page: what may be changed is there to be pressed, and no PIN or badge outlives its question."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from gizqr_station.domain.people import Role
from gizqr_station.domain.people_failures import LastLead
from gizqr_station.gui.duty_notice import DutyNotice
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.people_page import PeoplePage
from gizqr_station.gui.people_state import Pane
from gizqr_station.workflows.happenings import DeviceRead, LabelDrawn, ScanBackDue, WaitingForDevice
from gizqr_station.workflows.people_happenings import PeopleDone, PeopleSeen, PeopleWork
from tests.fake_bench import MAC, reading_of
from tests.gui.heard import Bench
from tests.gui.people_samples import FIRST_LEAD, LEAD, OPERATOR, PEOPLE, QA, REQUIRED, on_duty
from tests.gui.samples import IMAGE, JOB

PIN = "835291"


@pytest.fixture
def page(bench: Bench) -> PeoplePage:
    bench.window.hear(WaitingForDevice())
    bench.window.hear(on_duty(LEAD))
    bench.window.open_page(Page.PEOPLE)
    bench.window.hear(PeopleSeen(PEOPLE))
    bench.people.forget()
    return bench.window.people


def type_pin(page: PeoplePage, new: str = PIN, again: str = PIN, old: str = "") -> None:
    pins = page._person.pins
    for field, text in ((pins.old, old), (pins.new, new), (pins.again, again)):
        field.setText(text)


def notice_of(window: MainWindow) -> DutyNotice:
    return window._notice


def test_a_station_that_knows_nobody_says_so_and_leads_to_the_first_lead(bench: Bench) -> None:
    window = bench.window
    window.hear(FIRST_LEAD)
    assert notice_of(window).isVisible()
    assert window.page._band.accessibleName().startswith("Opening"), "the line goes on as the settings say"
    QTest.mouseClick(notice_of(window)._go, Qt.MouseButton.LeftButton)
    assert (window.shown, notice_of(window).isVisible()) == (Page.PEOPLE, False)
    assert window.people.state.pane is Pane.FIRST_LEAD


def test_where_people_are_required_the_notice_says_that_the_line_waits(bench: Bench) -> None:
    bench.window.hear(REQUIRED)
    assert notice_of(bench.window).accessibleName() == "No label is made before the first lead is: it takes a minute."
    bench.window.hear(FIRST_LEAD)
    assert notice_of(bench.window).accessibleName().startswith("This station knows no people yet")


def test_the_first_lead_needs_a_name_and_a_pin_that_was_typed_twice_alike(bench: Bench) -> None:
    bench.window.hear(FIRST_LEAD)
    bench.window.open_page(Page.PEOPLE)
    pane = bench.window.people._first_lead
    ready = []
    for name, new, again in (
        ("", PIN, PIN),
        ("Marta", "83529", "83529"),
        ("Marta", PIN, "835292"),
        ("Marta", PIN, PIN),
    ):
        pane.name.setText(name)
        pane.pin.new.setText(new)
        pane.pin.again.setText(again)
        ready.append(pane.go.isEnabled())
    assert ready == [False, False, False, True]
    pane.badge.take("BADGE:0001")
    QTest.mouseClick(pane.go, Qt.MouseButton.LeftButton)
    assert bench.people.calls == [("make_first_lead", "Marta", PIN, "BADGE:0001")]
    assert (pane.pin.new.text(), pane.pin.again.text(), pane.badge.text.text()) == ("", "", "")


def test_a_badge_alone_makes_no_first_lead(bench: Bench) -> None:
    bench.window.hear(FIRST_LEAD)
    bench.window.open_page(Page.PEOPLE)
    pane = bench.window.people._first_lead
    pane.name.setText("Marta")
    pane.badge.take("BADGE:0001")
    assert not pane.go.isEnabled()


def test_a_lead_adds_somebody_with_a_badge_that_is_scanned(page: PeoplePage, bench: Bench) -> None:
    page._add.click()
    pane = page._new
    pane.name.setText("Anna")
    pane.role.button(Role.QA).click()
    pane.badge.wanted.emit()
    assert bench.window._strip.accessibleName().startswith("Badge. The next scan is taken as a badge")
    bench.window._scanned("BADGE:0042")
    assert bench.line.calls == [], "the line never sees it"
    assert pane.badge.text.echoMode() is QLineEdit.EchoMode.Password
    pane.go.click()
    assert bench.people.calls == [("add", "Anna", Role.QA, "", "BADGE:0042")]
    bench.window.hear(PeopleDone(PeopleWork.ADD, replace(OPERATOR, id=9, name="Anna", role=Role.QA)))
    assert (page.state.pane, page.state.chosen, pane.name.text()) == (Pane.PERSON, 9, "")


def test_no_scan_is_taken_as_a_badge_while_a_label_waits_for_its_own(page: PeoplePage, bench: Bench) -> None:
    page._add.click()
    page._new.badge.wanted.emit()
    for happening in (DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), ScanBackDue(JOB)):
        bench.window.hear(happening)
    bench.window._scanned("BADGE:0042")
    assert bench.line.calls == ["BADGE:0042"]
    assert page._new.badge.text.text() == ""
    assert page._new.badge._scan.text() == "Scan the label first"


@pytest.mark.parametrize("leaving", ["page", "pane", "person"])
def test_whoever_turns_away_wants_no_badge_taken(page: PeoplePage, bench: Bench, leaving: str) -> None:
    page._add.click()
    page._new.badge.wanted.emit()
    if leaving == "page":
        bench.window.open_page(Page.STATION)
    elif leaving == "pane":
        page._new._back.click()
    else:
        bench.window.hear(on_duty(OPERATOR))
    bench.window._scanned("BADGE:0042")
    assert bench.line.calls == ["BADGE:0042"]


def test_who_may_not_manage_people_sees_nothing_to_change_of_others(page: PeoplePage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at(str(QA.id))
    pane = page._person
    for part in (pane._role_field, pane.pins, pane._badge_field, pane._language_field, pane._leaves, page._add):
        assert not part.isVisible()
    page._look_at(str(OPERATOR.id))
    assert (pane.pins.isVisible(), pane._role_field.isVisible(), pane._leaves.isVisible()) == (True, False, False)


def test_a_lead_who_went_away_changes_nobody(page: PeoplePage, bench: Bench) -> None:
    bench.window.hear(on_duty(LEAD, locked=True))
    page._look_at(str(QA.id))
    assert not page._person._leaves.isVisible()
    assert not page._add.isVisible()


def test_everybody_changes_their_own_pin_with_the_old_one(page: PeoplePage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    type_pin(page)
    assert not page._person._set_pin.isEnabled(), "the old one is asked for"
    type_pin(page, old="111222")
    page._person._set_pin.click()
    assert bench.people.calls == [("set_pin", OPERATOR.id, PIN, "111222")]
    assert page._person.pins.empty
    assert page._person.pins.old.text() == ""


def test_a_lead_sets_anothers_pin_without_the_old_one(page: PeoplePage, bench: Bench) -> None:
    page._look_at(str(QA.id))
    assert not page._person.pins._fields[page._person.pins.old].isVisible()
    type_pin(page)
    page._person._set_pin.click()
    assert bench.people.calls == [("set_pin", QA.id, PIN, "")]


def test_a_pin_that_was_typed_for_one_is_never_set_for_another(page: PeoplePage, bench: Bench) -> None:
    page._look_at(str(QA.id))
    type_pin(page)
    page._look_at(str(OPERATOR.id))
    assert page._person.pins.empty
    assert not page._person._set_pin.isEnabled()


@pytest.mark.parametrize("leaving", ["another page", "another person"])
def test_what_was_typed_and_not_used_is_gone(page: PeoplePage, bench: Bench, leaving: str) -> None:
    page._look_at(str(QA.id))
    type_pin(page)
    page._person.badges.take("BADGE:0042")
    if leaving == "another page":
        bench.window.open_page(Page.STATION)
    else:
        bench.window.hear(on_duty(replace(LEAD, id=8, name="Ola")))
    assert page._person.pins.empty
    assert not page._person.badges.filled


def test_a_role_is_changed_by_two_presses_and_not_by_one(page: PeoplePage, bench: Bench) -> None:
    page._look_at(str(QA.id))
    assert not page._person._set_role.isEnabled()
    page._person.roles.button(Role.LEAD).click()
    assert bench.people.calls == []
    page._person._set_role.click()
    assert bench.people.calls == [("change", QA.id, Role.LEAD, None, None)]


def test_somebody_leaves_after_a_second_press_and_may_come_back(page: PeoplePage, bench: Bench) -> None:
    page._look_at(str(QA.id))
    page._person._leaves.click()
    assert bench.people.calls == []
    page._person._leaves.click()
    bench.window.hear(PeopleDone(PeopleWork.CHANGE, replace(QA, active=False)))
    bench.window.hear(PeopleSeen((replace(QA, active=False), OPERATOR, LEAD)))
    assert not page._person._leaves.isVisible()
    page._person._returns.click()
    assert bench.people.calls == [("change", QA.id, None, False, None), ("change", QA.id, None, True, None)]


def test_whoever_is_locked_out_is_unlocked_by_a_lead(page: PeoplePage, bench: Bench) -> None:
    bench.window.hear(PeopleSeen((replace(QA, locked_out=True, failures=20), LEAD)))
    page._look_at(str(QA.id))
    words = page._people.rows[0].words
    assert words is not None
    assert (words.icon, words.state) == ("lock", "locked: a lead has to unlock them")
    page._person._unlock.click()
    assert bench.people.calls == [("unlock", QA.id)]


def test_a_badge_is_set_and_taken_away(page: PeoplePage, bench: Bench) -> None:
    page._look_at(str(OPERATOR.id))
    page._person.badges.take("BADGE:0077")
    page._person._set_badge.click()
    bench.window.hear(PeopleDone(PeopleWork.BADGE, OPERATOR))
    page._person._no_badge.click()
    page._person._no_badge.click()
    assert bench.people.calls == [("set_badge", OPERATOR.id, "BADGE:0077"), ("set_badge", OPERATOR.id, "")]


def test_a_language_is_chosen_for_a_person(page: PeoplePage, bench: Bench) -> None:
    page._person.languages.button("zh_CN").click()
    assert bench.people.calls == [("change", LEAD.id, None, None, "zh_CN")]


def test_a_refusal_is_said_in_place(page: PeoplePage, bench: Bench) -> None:
    page._change_active(active=False)
    bench.window.hear(PeopleDone(PeopleWork.CHANGE, LEAD, LastLead("Marta")))
    said = page._person._said.said
    assert said is not None
    assert said.what == "Marta is the only lead."


def test_no_secret_is_in_what_the_page_keeps(page: PeoplePage) -> None:
    type_pin(page)
    page._person.badges.take("BADGE:0042")
    assert PIN not in repr(page.state)
    assert "BADGE" not in repr(page.state)
