"""The orders page: how each order stands, and only what whoever is on duty may do with it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gizqr_station.domain.job import JobState
from gizqr_station.domain.order_failures import OrderShort
from gizqr_station.domain.people import Badge, NameAndPin
from gizqr_station.domain.work_order import OrderBalance, OrderState
from gizqr_station.gui.balance_bar import parts_of
from gizqr_station.gui.order_pane import OrderPane
from gizqr_station.gui.orders_page import OrdersPage
from gizqr_station.gui.orders_state import Pane
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.happenings import DeviceRead, LabelDrawn, LabelKnown, ScanBackDue, WaitingForDevice
from gizqr_station.workflows.order_happenings import OrderDone, OrdersSeen, OrderStanding, OrderWork, ShiftSeen
from gizqr_station.workflows.people_happenings import PeopleSeen
from tests.fake_bench import MAC, reading_of
from tests.gui.heard import Bench
from tests.gui.order_samples import ARTICLE, ORDER, PLANNED, SEEN, SHIFT, SIGNED, TOTALS
from tests.gui.people_samples import LEAD, NOBODY, OPERATOR, PEOPLE, QA, on_duty
from tests.gui.samples import IMAGE, JOB

NO_DOUBT = ShiftSeen(SHIFT, TOTALS)
DOUBT = ShiftSeen(SHIFT, TOTALS, (replace(JOB, id=12, state=JobState.UNKNOWN),))


@pytest.fixture
def page(bench: Bench) -> OrdersPage:
    for happening in (WaitingForDevice(), on_duty(LEAD), PeopleSeen(PEOPLE)):
        bench.window.hear(happening)
    bench.window.open_page(Page.ORDERS)
    for seen in (NO_DOUBT, SEEN):
        bench.window.hear(seen)
    bench.orders.forget()
    return bench.window.orders


def visible_keys(pane: OrderPane) -> list[str]:
    return [key.text() for key in pane._keys if key.isVisible()]


def test_the_page_opens_on_the_order_in_hand(page: OrdersPage) -> None:
    assert (page.state.pane, page.state.chosen) == (Pane.ORDER, "WO-7")
    rows = [(row.words.title, row.words.chip) for row in page._rows.rows if row.words]
    assert rows == [("Shift", ""), ("WO-9", ""), ("WO-8", ""), ("WO-7", "in hand"), ("WO-6", "")]


def test_the_five_numbers_are_said_in_words_and_add_up(page: OrdersPage) -> None:
    balance = page._order._balance
    assert [number.text() for number in balance._numbers] == ["5,000", "4,201", "12", "3", "784"]
    assert [word.text() for word in balance._words] == ["planned", "verified", "voided", "unknown", "remaining"]
    assert balance.accessibleName() == "planned 5,000, verified 4,201, voided 12, unknown 3, remaining 784"


def test_one_unknown_unit_among_thousands_is_seen_in_the_bar() -> None:
    verified, voided, unknown, remaining = parts_of(OrderBalance(100_000, 99_998, 0, 1), 600)
    assert (voided, unknown > 3, remaining > 3) == (0, True, True)
    assert verified + unknown + remaining == pytest.approx(600)
    assert parts_of(OrderBalance(0, 0, 0, 0), 600) == (0, 0, 0, 0)


KEYS = [
    (LEAD, "WO-9", ["Sign", "Cancel it"]),
    (LEAD, "WO-8", ["Work on it", "Release", "Report"]),
    (LEAD, "WO-7", ["Work on no order", "Close", "Report"]),
    (LEAD, "WO-6", ["Report"]),
    (QA, "WO-9", []),
    (QA, "WO-7", ["Work on no order", "Close", "Report"]),
    (OPERATOR, "WO-9", []),
    (OPERATOR, "WO-8", ["Work on it", "QA releases it"]),
    (OPERATOR, "WO-7", ["Work on no order"]),
]


@pytest.mark.parametrize(("person", "number", "keys"), KEYS, ids=lambda part: getattr(part, "name", str(part)))
def test_only_what_would_not_be_refused_is_there(
    page: OrdersPage, bench: Bench, person: object, number: str, keys: list[str]
) -> None:
    assert person in PEOPLE
    bench.window.hear(on_duty(replace(next(each for each in PEOPLE if each == person), language="")))
    page._look_at(f"o{number}")
    assert visible_keys(page._order) == keys


def test_while_nobody_is_on_duty_nothing_may_be_done_with_an_order(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(NOBODY)
    for number in ("WO-9", "WO-7", "WO-6"):
        page._look_at(f"o{number}")
        assert visible_keys(page._order) == []


def test_a_changeover_says_what_will_be_another_before_it_is_done(page: OrdersPage, bench: Bench) -> None:
    page._look_at("oWO-8")
    assert page._order._changes.text() == (
        "Changeover: product Lamp → Plug · template 40x30 → 25x25 · printer zebra stays"
    )
    page._order._take.click()
    assert bench.orders.calls == []
    page._order._take.click()
    assert bench.orders.calls == [("take", "WO-8")]


def test_an_order_is_given_back_by_two_presses(page: OrdersPage, bench: Bench) -> None:
    page._order._give_back.click()
    page._order._give_back.click()
    assert bench.orders.calls == [("take", "")]


def test_an_armed_key_is_never_pressed_for_another_order(page: OrdersPage, bench: Bench) -> None:
    page._order._close.click()
    page._look_at("oWO-8")
    page._look_at("oWO-7")
    page._order._close.click()
    assert bench.orders.calls == []


FIRST = ARTICLE.draft.content


def test_qa_on_duty_releases_with_one_press_and_the_scan_of_the_label(page: OrdersPage, bench: Bench) -> None:
    page._look_at("oWO-8")
    assert page._order._article.text().startswith("First label L-000007: 00:91:1F:50:00:47, made by Li Wei at ")
    page._order._release.click()
    assert (page.state.pane, bench.orders.calls) == (Pane.RELEASE, [])
    assert not page._release.fields.pin.isVisible()
    bench.window._scanned(FIRST)
    assert (bench.line.calls, bench.orders.calls) == ([], [("release", "WO-8", None, FIRST)])


@pytest.mark.parametrize("text", ["L-000007", "00911F500047", FIRST + "x", "BADGE:0003"])
def test_what_is_not_the_first_labels_own_code_releases_nothing_and_is_not_kept(
    page: OrdersPage, bench: Bench, qtbot: QtBot, text: str
) -> None:
    page._look_at("oWO-8")
    page._order._release.click()
    bench.window._scanned(text)
    assert (bench.line.calls, bench.orders.calls, page.state.scanned) == ([], [], "")
    assert page._release._said._what.text() == "That was not the QR code of this label. Scan it once more."
    qtbot.waitUntil(lambda: page._badge_scan.left_s > 0)
    bench.window._scanned(FIRST)
    assert bench.orders.calls == [("release", "WO-8", None, FIRST)]


def test_no_pin_releases_before_the_label_is_scanned(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    assert not page._release.fields.go.isEnabled()
    page._release_by(NameAndPin("Chen", "835291"))
    assert bench.orders.calls == []


def test_a_label_that_is_read_twice_is_no_badge(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    for text in (FIRST, FIRST, "BADGE:0003"):
        bench.window._scanned(text)
    assert bench.orders.calls == [("release", "WO-8", Badge("BADGE:0003"), FIRST)]


def test_a_scan_of_the_first_label_is_for_the_order_that_is_looked_at(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    bench.window._scanned(FIRST)
    page._release.left.emit()
    page._order._release.click()
    assert not page.state.article_scanned
    page._release_by(Badge("BADGE:0003"))
    assert bench.orders.calls == []


@pytest.mark.parametrize("by_content", [True, False])
def test_a_scanner_on_a_port_reads_the_first_label_through_the_line(
    page: OrdersPage, bench: Bench, by_content: bool
) -> None:
    page._look_at("oWO-8")
    page._order._release.click()
    bench.window.hear(LabelKnown(replace(ARTICLE, id=ARTICLE.id + 1), by_content=True))
    bench.window.hear(LabelKnown(ARTICLE, by_content=by_content))
    assert bench.orders.calls == ([("release", "WO-8", None, FIRST)] if by_content else [])


def test_where_an_operator_is_on_duty_qa_shows_who_they_are(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    assert (page.state.pane, bench.orders.calls) == (Pane.RELEASE, [])
    bench.window._scanned(FIRST)
    fields = page._release.fields
    assert [row.words.title for row in fields.names.rows if row.words] == ["Chen", "Marta"]
    fields._picked("Chen")
    fields.pin.setText("835291")
    fields.go.click()
    assert bench.orders.calls == [("release", "WO-8", NameAndPin("Chen", "835291"), FIRST)]
    assert fields.pin.text() == ""


def test_whoever_made_the_first_label_never_releases_it_alone(page: OrdersPage, bench: Bench) -> None:
    own = replace(ARTICLE, draft=replace(ARTICLE.draft, operator="Marta"))
    bench.window.hear(replace(SEEN, orders=(OrderStanding(SIGNED, OrderBalance(800, 1, 0, 0), own),)))
    page._look_at("oWO-8")
    page._order._release.click()
    assert (page.state.pane, bench.orders.calls) == (Pane.RELEASE, [])
    assert [row.words.title for row in page._release.fields.names.rows if row.words] == ["Chen"]


def test_qa_releases_with_a_badge_that_the_line_does_not_see(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    bench.window._scanned(FIRST)
    bench.window._scanned("BADGE:0003")
    assert (bench.line.calls, bench.orders.calls) == ([], [("release", "WO-8", Badge("BADGE:0003"), FIRST)])


def test_a_label_at_the_line_has_its_scan_before_any_badge(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    for happening in (DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), ScanBackDue(JOB)):
        bench.window.hear(happening)
    page._order._release.click()
    bench.window._scanned("BADGE:0003")
    assert (bench.line.calls, bench.orders.calls) == (["BADGE:0003"], [])


def test_a_badge_after_somebody_else_came_is_the_lines(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("oWO-8")
    page._order._release.click()
    bench.window.hear(on_duty(LEAD))
    bench.window._scanned("BADGE:0003")
    assert (bench.line.calls, bench.orders.calls) == (["BADGE:0003"], [])


def test_the_tab_says_how_many_first_labels_wait_for_qa(page: OrdersPage, bench: Bench) -> None:
    assert bench.window.header.tabs._tabs[Page.ORDERS].text() == "Orders (1)"


def test_an_order_is_planned_with_what_the_station_labels_now(page: OrdersPage, bench: Bench) -> None:
    page._new.click()
    plan = page._plan
    assert plan._profile.text() == "Lamp · template 40x30 · printer zebra"
    assert not plan.go.isEnabled()
    plan.number.setText(" WO-10 ")
    plan.quantity.setValue(1200)
    plan.ranges.setText("00911f500000 x 1200")
    plan.go.click()
    assert bench.orders.calls == [("plan", "WO-10", 1200, "00911f500000 x 1200", "")]
    bench.window.hear(OrderDone(OrderWork.PLAN, "WO-10"))
    bench.window.hear(OrdersSeen((OrderStanding(replace(PLANNED, number="WO-10"), OrderBalance(1200, 0, 0, 0)),), ""))
    assert (page.state.pane, page.state.chosen) == (Pane.ORDER, "WO-10")


def test_a_list_that_is_dropped_is_that_of_a_new_order(page: OrdersPage, bench: Bench) -> None:
    page._take_file("D:/orders/WO-11.xlsx")
    page._plan.number.setText("WO-11")
    page._plan.go.click()
    assert bench.orders.calls == [("plan", "WO-11", 1, "", "D:/orders/WO-11.xlsx")]


def test_an_order_is_signed_closed_with_a_remark_and_reported(page: OrdersPage, bench: Bench) -> None:
    page._look_at("oWO-9")
    page._order._sign.click()
    bench.window.hear(OrderDone(OrderWork.SIGN, "WO-9"))
    page._look_at("oWO-7")
    page._order.remark.setText("the customer wants no more")
    page._order._close.click()
    page._order._close.click()
    bench.window.hear(OrderDone(OrderWork.CLOSE, "WO-7", failure=OrderShort("WO-7", 799, 5000)))
    page._order._report.click()
    assert bench.orders.calls == [
        ("sign", "WO-9"),
        ("close_order", "WO-7", "the customer wants no more"),
        ("report", "WO-7"),
    ]


def test_a_plan_is_cancelled_with_a_remark_alone(page: OrdersPage, bench: Bench) -> None:
    page._look_at("oWO-9")
    assert not page._order._cancel.isEnabled()
    page._order.remark.setText("wrong product")
    page._order._cancel.click()
    page._order._cancel.click()
    assert bench.orders.calls == [("cancel", "WO-9", "wrong product")]


def test_a_remark_on_one_order_is_never_anothers(page: OrdersPage) -> None:
    page._order.remark.setText("the customer wants no more")
    page._look_at("oWO-9")
    assert page._order.remark.text() == ""


def test_where_a_report_stands_is_said(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(OrderDone(OrderWork.REPORT, "WO-7", ("/reports/WO-7.pdf", "/reports/WO-7.csv")))
    said = page._order._said.said
    assert said is not None
    assert (said.what, said.do) == ("The report of WO-7 is written:", "/reports/WO-7.pdf\n/reports/WO-7.csv")


def test_ended_orders_are_seen_on_request(page: OrdersPage, bench: Bench) -> None:
    page._ended.click()
    page._ended.click()
    assert bench.orders.calls == [("look", True), ("look", False)]


def test_a_shift_with_labels_in_doubt_is_not_closed_and_leads_to_them(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(DOUBT)
    page._look_at("shift")
    assert not page._shift._close.isEnabled()
    assert page._shift._doubt_title.text().startswith("Labels in doubt: 1.")
    QTest.mouseClick(page._shift._doubts.rows[0], Qt.MouseButton.LeftButton)
    assert (bench.window.shown, ("look", 12) in bench.records.calls) == (Page.RECORDS, True)


def test_a_shift_is_closed_with_a_note_for_the_next(page: OrdersPage, bench: Bench) -> None:
    page._look_at("shift")
    assert [number.text() for number in page._shift._numbers] == ["120", "110", "0", "5", "2", "3"]
    assert page._shift._reprints.text() == "Labels replaced: Damaged 4"
    page._shift.note.setText("roll changed at 14:00")
    page._shift._close.click()
    page._shift._close.click()
    assert bench.orders.calls == [("close_shift", "roll changed at 14:00")]
    bench.window.hear(OrderDone(OrderWork.CLOSE_SHIFT, "", ("/reports/shift-17.pdf",)))
    bench.window.hear(ShiftSeen(None, None))
    assert page._shift.note.text() == ""
    page._shift._open.click()
    assert bench.orders.calls[1:] == [("open_shift",)]


def test_an_operator_opens_a_shift_and_closes_none(page: OrdersPage, bench: Bench) -> None:
    bench.window.hear(on_duty(OPERATOR))
    page._look_at("shift")
    assert not page._shift._close.isVisible()
    bench.window.hear(ShiftSeen(None, None))
    assert page._shift._open.isVisible()


def test_what_is_asked_once_is_not_asked_again_before_the_answer(page: OrdersPage) -> None:
    page._look_at("oWO-9")
    page._order._sign.click()
    assert not page._order._sign.isEnabled()


@pytest.mark.parametrize("state", OrderState)
def test_every_state_has_words(page: OrdersPage, bench: Bench, state: OrderState) -> None:
    bench.window.hear(replace(SEEN, orders=(OrderStanding(replace(ORDER, state=state), OrderBalance(10, 0, 0, 0)),)))
    assert page._order._state.text()
