"""Somebody takes over: by name and PIN on any screen, without ever being in the line's way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from gizqr_station.domain.people import NameAndPin
from gizqr_station.domain.people_failures import BadgeUnknown, NobodySignedIn, TriesExhausted, WrongPin
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.pin_pad import key_side
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.happenings import (
    DeviceRead,
    LabelDrawn,
    ScanBackDue,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.people_happenings import PeopleDone, PeopleSeen, PeopleWork
from tests.fake_bench import MAC, reading_of
from tests.gui.heard import Bench
from tests.gui.people_samples import FIRST_LEAD, LEAD, NOBODY, OPERATOR, PEOPLE, QA, on_duty
from tests.gui.samples import IMAGE, JOB


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.hear(WaitingForDevice())
    bench.window.hear(NOBODY)
    bench.window.hear(PeopleSeen(PEOPLE))
    return bench.window


def click(window: MainWindow, text: str) -> None:
    QTest.mouseClick(window.sign_in.fields.pad.key(text), Qt.MouseButton.LeftButton)


def test_while_nobody_is_on_duty_the_station_asks_for_a_badge(window: MainWindow) -> None:
    words = window.page._band.words
    assert words is not None
    assert (words.tone, words.word) == (Tone.ACT, "Scan badge")
    assert window.header.duty._name.text() == "Sign in"


def test_a_label_that_waits_for_its_scan_comes_before_a_badge(window: MainWindow) -> None:
    for happening in (DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), ScanBackDue(JOB)):
        window.hear(happening)
    assert window.page._band.accessibleName().startswith("Scan label.")
    window.hear(UnitDone(JOB))
    assert window.page._band.accessibleName().startswith("Scan badge.")


def test_a_unit_that_waits_for_somebody_says_so_in_blue(window: MainWindow) -> None:
    window.hear(UnitRefused(NobodySignedIn(), reading_of(MAC), None, 5.0))
    assert window.page._band.accessibleName().startswith("Scan badge.")
    assert window.page._said(window.page.state.seen)[1] is Tone.ACT


def test_whoever_is_on_duty_stands_in_the_header_with_their_role(window: MainWindow) -> None:
    window.hear(on_duty(OPERATOR))
    duty = window.header.duty
    assert (duty._name.text(), duty._line.text()) == ("Li Wei", "Operator · bench-1")
    window.hear(on_duty(OPERATOR, locked=True))
    assert (duty._name.text(), duty._line.text()) == ("Li Wei", "locked · bench-1")
    assert window.page._band.accessibleName().startswith("Scan badge. Li Wei is away.")


def test_f2_and_the_header_lead_to_where_one_signs_in_and_back(window: MainWindow) -> None:
    window.open_page(Page.LISTS)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert (window.sign_in.isVisible(), window.shown) == (True, Page.LISTS)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert (window.sign_in.isVisible(), window.lists.isVisible()) == (False, True)
    QTest.mouseClick(window.header.duty, Qt.MouseButton.LeftButton)
    assert window.sign_in.isVisible()


def test_the_line_is_seen_above_while_somebody_signs_in(window: MainWindow) -> None:
    window.open_sign_in()
    assert window._strip.isVisible()
    window.hear(DeviceRead(reading_of(MAC)))
    window.hear(ScanBackDue(JOB))
    assert window._strip.accessibleName().startswith("Scan label.")


def test_a_scan_is_the_lines_while_somebody_signs_in(window: MainWindow, bench: Bench) -> None:
    window.open_sign_in()
    window._scanned("BADGE:0042")
    assert bench.line.calls == ["BADGE:0042"], "the line knows badges, and signs in by them on any page"


def test_a_name_is_chosen_and_a_pin_typed_with_fingers_alone(window: MainWindow, bench: Bench) -> None:
    window.open_sign_in()
    rows = {row.words.title: row for row in window.sign_in.fields.names.rows if row.words is not None}
    QTest.mouseClick(rows["Marta"], Qt.MouseButton.LeftButton)
    for digit in "83529C135790":
        click(window, digit)
    click(window, "⌫")
    click(window, "1")
    QTest.mouseClick(window.sign_in.fields.go, Qt.MouseButton.LeftButton)
    assert bench.people.calls == [("sign_in", NameAndPin("Marta", "135791"))]


def test_a_name_and_a_pin_are_typed_on_a_keyboard(window: MainWindow, bench: Bench) -> None:
    window.open_sign_in()
    fields = window.sign_in.fields
    fields.name.setText("Marta")
    QTest.keyClick(fields.name, Qt.Key.Key_Return)
    assert window.focusWidget() is fields.pin
    fields.pin.setText("835291")
    QTest.keyClick(fields.pin, Qt.Key.Key_Return)
    assert bench.people.calls == [("sign_in", NameAndPin("Marta", "835291"))]


def test_a_pin_is_masked_takes_digits_alone_and_is_gone_when_it_was_used(window: MainWindow) -> None:
    window.open_sign_in()
    fields = window.sign_in.fields
    assert fields.pin.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(fields.pin, "12ab34")
    assert fields.pin.text() == "1234"
    fields.name.setText("Marta")
    fields.go.click()
    assert fields.pin.text() == ""
    fields.pin.undo()
    assert fields.pin.text() == "", "nothing of it can be brought back"


@pytest.mark.parametrize("leaving", ["another page", "another person"])
def test_a_pin_that_was_not_used_is_gone_with_whoever_typed_it(window: MainWindow, leaving: str) -> None:
    window.open_sign_in()
    window.sign_in.fields.pin.setText("835291")
    if leaving == "another page":
        window.open_page(Page.PRINTERS)
    else:
        window.sign_in.fields._picked("Li Wei")
    assert window.sign_in.fields.pin.text() == ""


def test_whoever_got_in_is_led_back_to_the_page_before(window: MainWindow) -> None:
    window.open_page(Page.LISTS)
    window.open_sign_in()
    window.hear(on_duty(LEAD))
    assert (window.sign_in.isVisible(), window.lists.isVisible()) == (False, True)


def test_a_lock_leads_nobody_anywhere(window: MainWindow) -> None:
    window.hear(on_duty(LEAD))
    window.open_sign_in()
    window.hear(on_duty(LEAD, locked=True))
    assert window.sign_in.isVisible()
    assert window.sign_in.fields.go.text() == "Unlock"


def test_a_wrong_pin_is_said_in_place_and_the_name_stays(window: MainWindow) -> None:
    window.open_sign_in()
    window.sign_in._sign_in(NameAndPin("Marta", "000000"))
    window.sign_in.fields.name.setText("Marta")
    window.hear(PeopleDone(PeopleWork.SIGN_IN, failure=WrongPin()))
    assert window.sign_in._said.said is not None
    assert window.sign_in._said.said.what == "Name and PIN do not fit."
    assert (window.sign_in.fields.name.text(), window.focusWidget()) == ("Marta", window.sign_in.fields.pin)


@pytest.mark.parametrize("how", ["failure", "person"])
def test_the_delay_after_wrong_pins_is_counted_down_and_nothing_is_asked_in_it(
    window: MainWindow, bench: Bench, how: str
) -> None:
    window.open_sign_in()
    locked = replace(QA, locked_until=datetime.now(UTC) + timedelta(seconds=46.5))
    done = PeopleDone(PeopleWork.SIGN_IN, None, TriesExhausted(47))
    window.hear(done if how == "failure" else PeopleDone(PeopleWork.SIGN_IN, locked, WrongPin()))
    said = window.sign_in._said.said
    assert said is not None
    assert said.do == "The next PIN is looked at in 47 s."
    assert not window.sign_in.fields.go.isEnabled()
    window.sign_in._sign_in(NameAndPin("Marta", "835291"))
    assert bench.people.calls == []
    window.sign_in._waits.stop()
    window.sign_in._count_down()
    window.sign_in.fields.name.setText("Marta")
    window.sign_in.fields.pin.setText("835291")
    window.sign_in.fields.go.click()
    assert bench.people.calls == [("sign_in", NameAndPin("Marta", "835291"))]


def test_a_badge_that_nobody_has_is_answered_where_it_was_scanned(window: MainWindow) -> None:
    window.hear(PeopleDone(PeopleWork.SIGN_IN, failure=BadgeUnknown()))
    assert "Nobody here has this badge." in window.page._message.accessibleName()
    window.hear(on_duty(OPERATOR))
    assert window.page._message.accessibleName() == "No message"


def test_a_badge_that_nobody_has_changes_nothing_of_an_awaited_label(window: MainWindow) -> None:
    for happening in (DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), ScanBackDue(JOB)):
        window.hear(happening)
    window.hear(PeopleDone(PeopleWork.SIGN_IN, failure=BadgeUnknown()))
    assert window.page._band.accessibleName().startswith("Scan label.")


def test_what_was_said_of_one_try_is_gone_when_somebody_comes_back(window: MainWindow) -> None:
    window.open_sign_in()
    window.hear(PeopleDone(PeopleWork.SIGN_IN, failure=WrongPin()))
    window.open_page(Page.STATION)
    window.open_sign_in()
    assert window.sign_in.state.failure is None


def test_one_may_go_away_for_a_moment_or_for_good(window: MainWindow, bench: Bench) -> None:
    window.open_sign_in()
    assert not window.sign_in._lock.isVisible(), "nobody is there to be locked"
    window.hear(on_duty(OPERATOR))
    window.open_sign_in()
    window.sign_in._sign_out.click()
    window.sign_in._lock.click()
    assert bench.people.calls == [("sign_out",), ("lock",)]


def test_a_persons_language_is_the_windows_while_they_work(window: MainWindow) -> None:
    window.hear(on_duty(QA))
    assert window.header.tabs._tabs[Page.PEOPLE].text() == "人员"
    assert window.header.duty._line.text() == "质检 · bench-1"
    window.hear(on_duty(OPERATOR))
    assert window.header.tabs._tabs[Page.PEOPLE].text() == "People", "who chose none takes the station's"


def test_a_language_that_was_chosen_by_hand_stays_until_somebody_else_comes(window: MainWindow) -> None:
    window.hear(on_duty(QA))
    window.header.switch.click()
    window.hear(on_duty(QA, locked=True))
    window.hear(on_duty(QA))
    assert window.header.tabs._tabs[Page.PEOPLE].text() == "People"


def test_where_nobody_is_known_the_header_leads_to_the_first_lead(window: MainWindow) -> None:
    window.hear(FIRST_LEAD)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert (window.shown, window.sign_in.isVisible()) == (Page.PEOPLE, False)


def test_people_that_have_left_or_have_no_pin_are_not_offered(window: MainWindow) -> None:
    window.hear(PeopleSeen((replace(LEAD, active=False), replace(OPERATOR, has_pin=False), QA)))
    window.open_sign_in()
    assert [row.words.title for row in window.sign_in.fields.names.rows if row.words] == ["Chen"]


def test_the_desk_hears_that_somebody_looks_at_people(window: MainWindow, bench: Bench) -> None:
    window.open_sign_in()
    window.open_page(Page.STATION)
    assert bench.people.visible == [True, False]


@pytest.mark.parametrize(("dots_an_inch", "side"), [(0, 80), (100.45, 80), (141.2, 111), (149.2, 112), (300, 112)])
def test_a_key_is_twenty_millimetres_on_screens_of_a_station(dots_an_inch: float, side: int) -> None:
    assert key_side(dots_an_inch) == side
