"""The lists page as a person uses it: a list handed over, every line seen, one yes, and the batch behind it."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QProgressBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_failures import WrongLength
from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict
from gizqr_station.domain.list_failures import BatchUnderWay, ColumnUnclear, ListUnreadable
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.domain.worst_first import worst_first
from gizqr_station.gui.list_table import ListModel
from gizqr_station.gui.lists_page import ListsPage
from gizqr_station.gui.lists_state import Pane
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.row_list import ListRow, RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, BUTTON_HEIGHT
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchRefused,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.happenings import Happening, LineStopped, PrintersKnown
from gizqr_station.workflows.list_ports import ListFile
from tests.fake_bench import NOW
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, HeardLists, a_bench
from tests.gui.samples import PRINTERS, ZEBRA
from tests.gui.typed_keys import Typist

ROOT = Path(__file__).parents[2]
FOLDER = ListFolderSeen("/lists", (ListFile("/lists/plug.csv", "plug.csv", NOW, 120),))
GOOD = tuple(
    ListLine(number, f"00911f5000{number:02x}", Verdict.GOOD, MacAddress(f"00911f5000{number:02x}"))
    for number in range(1, 4)
)
BAD = ListLine(4, "00911f5000", Verdict.BAD, failure=WrongLength("00911f5000", 10))
TWICE = ListLine(5, "00911f500001", Verdict.REPEATED, GOOD[0].identity, first=1)
CHECKED = CheckedList("plug.csv", (*GOOD, BAD, TWICE))
BATCH = Batch(
    7, "plug.csv", "key", "WO-1", "zebra", "Li Wei", NOW, BatchState.RUNNING,
    {ItemState.SENT: 4, ItemState.WAITING: 5, ItemState.QUEUED: 1, ItemState.SKIPPED: 2},
)  # fmt: skip
PAUSED = replace(BATCH, state=BatchState.PAUSED)
EARLIER = replace(PAUSED, number=4, name="old.csv")
OPENED: list[Happening] = [PrintersKnown(PRINTERS, "zebra"), BatchesSeen((EARLIER,)), FOLDER]


@pytest.fixture
def lists(bench: Bench) -> HeardLists:
    return bench.lists


@pytest.fixture
def window(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr("gizqr_station.gui.verdict_pane.CONFIRM_NOT_BEFORE_MS", 0)
    pane = bench.window.lists._choose
    pane._range.clear()
    pane._path.clear()
    bench.window.open_page(Page.LISTS)
    return bench.window


@pytest.fixture
def page(window: MainWindow) -> ListsPage:
    hear(window, *OPENED)
    return window.lists


@pytest.fixture
def judged(page: ListsPage, lists: HeardLists) -> ListsPage:
    page._take_file("/lists/plug.csv")
    tell(page, answer(page))
    lists.calls.clear()
    return page


@pytest.fixture
def running(judged: ListsPage, lists: HeardLists) -> ListsPage:
    click(judged._verdict._yes)
    tell(judged, BatchSeen(BATCH, None, 3.0))
    lists.calls.clear()
    return judged


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)
    QCoreApplication.processEvents()


def tell(page: ListsPage, *happenings: Happening) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    hear(window, *happenings)


def answer(page: ListsPage, checked: CheckedList = CHECKED) -> ListChecked:
    return ListChecked(checked, None, worst_first(checked), page.state.request)


def row(rows: RowList, key: str) -> ListRow:
    return next(each for each in rows.rows if each.words is not None and each.words.key == key)


def click(widget: QWidget) -> None:
    QCoreApplication.processEvents()
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def copied(text: str = "", *urls: str) -> None:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl.fromLocalFile(url) for url in urls])
    else:
        data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def drop(page: ListsPage, *urls: QUrl) -> bool:
    """Whether the page takes what is dragged over it; if so it is dropped."""
    data = QMimeData()
    data.setUrls(list(urls))
    at, buttons, keys = QPoint(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    over.ignore()
    QCoreApplication.sendEvent(page, over)
    if over.isAccepted():
        QCoreApplication.sendEvent(page, QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    return over.isAccepted()


def shown_lines(page: ListsPage) -> list[tuple[str, str, str]]:
    model = page._verdict._table.lines
    cells = [[model.data(model.index(line, column)) for column in range(3)] for line in range(model.rowCount())]
    return [(one, text, verdict) for one, text, verdict in cells]


def said(page: ListsPage) -> str:
    return page._batch._said.accessibleName()


# the page


def test_before_the_station_is_open_the_page_says_so_and_takes_no_list(window: MainWindow, lists: HeardLists) -> None:
    page = window.lists
    assert (page._notice.isVisible(), page._notice.text()) == (True, "The station is opening.")
    lists.calls.clear()
    copied("00911f500047")
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not drop(page, QUrl.fromLocalFile("/lists/plug.csv"))
    assert lists.calls == []
    hear(window, LineStopped())
    assert "its own page says why" in page._notice.text()


def test_the_desk_is_told_whether_anybody_looks_and_for_the_folder(window: MainWindow, lists: HeardLists) -> None:
    assert (lists.visible, lists.calls) == ([True], [("look_in", "")])
    window.open_page(Page.STATION)
    assert lists.visible == [True, False]


def test_the_page_is_opened_with_its_key(window: MainWindow) -> None:
    window.open_page(Page.STATION)
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.shown is Page.LISTS


def test_a_newcomer_is_told_what_to_do_in_one_line(window: MainWindow) -> None:
    hear(window, PrintersKnown(PRINTERS, "zebra"), BatchesSeen(()), ListFolderSeen("/lists", ()))
    page = window.lists
    assert page._choose._how.text().startswith("Drop a file here, pick one below, paste, or type a range.")
    assert (page._none.isVisible(), page._choose._nothing.isVisible()) == (True, True)


# handing a list over


def test_a_file_that_is_dropped_is_looked_through(page: ListsPage, lists: HeardLists) -> None:
    assert drop(page, QUrl.fromLocalFile("/lists/plug.csv"))
    assert lists.calls[-1] == ("check_file", "/lists/plug.csv")
    assert page.state.pane is Pane.CHECKING


@pytest.mark.parametrize(
    "urls", [("https://x.example/a.csv",), ("file:///a.csv", "file:///b.csv"), ()], ids=["address", "two", "none"]
)
def test_what_is_not_one_file_is_not_taken(page: ListsPage, lists: HeardLists, urls: tuple[str, ...]) -> None:
    lists.calls.clear()
    assert not drop(page, *(QUrl(url) for url in urls))
    assert lists.calls == []


def test_a_file_of_the_folder_is_picked(page: ListsPage, lists: HeardLists) -> None:
    click(row(page._choose._files, "/lists/plug.csv"))
    assert lists.calls[-1] == ("check_file", "/lists/plug.csv")
    tell(page, ListChecking("plug.csv", 2000))
    assert page._checking._how_far.text() == "Looking through it. Lines so far: 2000"


def test_rows_are_pasted_with_the_key_and_with_the_button(page: ListsPage, lists: HeardLists) -> None:
    copied("00911f500047\n00911f500048\n")
    click(page._choose._paste)
    assert lists.calls.pop() == ("check_text", "00911f500047\n00911f500048\n", "clipboard")
    page._start_anew()
    QTest.keyClick(page.window(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert lists.calls.pop() == ("check_text", "00911f500047\n00911f500048\n", "clipboard")


def test_many_lines_pasted_into_a_field_are_a_list_and_none_of_them_is_lost(page: ListsPage, lists: HeardLists) -> None:
    text = "\n".join(f"00911f{number:06x}" for number in range(4000))
    copied(text)
    page._choose._range.setFocus()
    QTest.keyClick(page._choose._range, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert lists.calls[-1] == ("check_text", text, "clipboard")


def test_one_line_is_pasted_into_the_field_that_has_the_focus(page: ListsPage, lists: HeardLists) -> None:
    lists.calls.clear()
    copied("00911F500000..00911F5003E7")
    QTest.keyClick(page._choose._range, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (page._choose._range.text(), lists.calls) == ("00911F500000..00911F5003E7", [])


def test_a_file_that_was_copied_is_pasted(page: ListsPage, lists: HeardLists) -> None:
    copied("", "/lists/plug.csv")
    click(page._choose._paste)
    assert lists.calls[-1] == ("check_file", "/lists/plug.csv")


def test_a_range_is_typed(page: ListsPage, lists: HeardLists) -> None:
    page._choose._range.setText(" 00911F500000 x 1000 ")
    click(page._choose._take_range)
    assert lists.calls[-1] == ("check_text", "00911F500000 x 1000", "00911F500000 x 1000")


@pytest.mark.parametrize("typed", ["/lists/plug.csv", '"/lists/plug.csv"', "file:///lists/plug.csv"])
def test_a_path_is_typed(page: ListsPage, lists: HeardLists, typed: str) -> None:
    page._choose._path.setText(typed)
    QTest.keyClick(page._choose._path, Qt.Key.Key_Return)
    assert lists.calls[-1] == ("check_file", "/lists/plug.csv")


def test_nothing_typed_is_no_list(page: ListsPage, lists: HeardLists) -> None:
    lists.calls.clear()
    click(page._choose._take_range)
    click(page._choose._take_path)
    assert (lists.calls, page.state.pane) == ([], Pane.CHOOSE)


def test_a_folder_is_looked_at_again_and_says_when_it_cannot_be(page: ListsPage, lists: HeardLists) -> None:
    click(page._choose._again)
    assert lists.calls[-1] == ("look_in", "/lists")
    tell(page, ListFolderSeen("/lists", (), ListUnreadable("/lists", "Permission denied")))
    assert "Permission denied" in page._choose._nothing.text()


def test_looking_through_is_stopped_with_the_button_and_with_esc(page: ListsPage, lists: HeardLists) -> None:
    page._take_file("/lists/plug.csv")
    click(page._checking._stop)
    assert (lists.calls.pop(), page.state.pane) == (("stop_checking",), Pane.CHOOSE)
    page._take_file("/lists/plug.csv")
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert (lists.calls.pop(), page.state.pane) == (("stop_checking",), Pane.CHOOSE)


def test_a_list_that_cannot_be_used_says_why(page: ListsPage) -> None:
    page._take_file("/lists/plug.csv")
    tell(page, ListChecked(None, ColumnUnclear("plug.csv", "WLAN, BT"), request=page.state.request))
    assert page._choose._said.isVisible()
    assert "WLAN, BT" in page._choose._said.accessibleName()


# the verdict


def test_every_line_says_what_becomes_of_it_the_worst_first(judged: ListsPage) -> None:
    assert shown_lines(judged) == [
        ("4", "00911f5000", "“00911f5000” has 10 digits."),
        ("5", "00:91:1F:50:00:01", "Stands in line 1 already."),
        ("1", "00:91:1F:50:00:01", "Will be printed"),
        ("2", "00:91:1F:50:00:02", "Will be printed"),
        ("3", "00:91:1F:50:00:03", "Will be printed"),
    ]
    counts = {verdict: button.accessibleName() for verdict, button in judged._verdict._counts.items()}
    assert (counts[Verdict.GOOD], counts[Verdict.LABELLED]) == ("Will be printed: 3", "Has a label: 0")
    assert not judged._verdict._counts[Verdict.LABELLED].isEnabled()


def test_reasons_are_said_in_the_other_language_too(judged: ListsPage) -> None:
    window = judged.window()
    assert isinstance(window, MainWindow)
    window._switch_language()
    assert shown_lines(judged)[0][2] == "“00911f5000”有 10 位。"


def test_one_verdict_is_shown_alone(judged: ListsPage) -> None:
    click(judged._verdict._counts[Verdict.REPEATED])
    assert [number for number, _, _ in shown_lines(judged)] == ["5"]
    assert judged._verdict._counts[Verdict.REPEATED].isChecked()
    click(judged._verdict._counts[Verdict.REPEATED])
    assert len(shown_lines(judged)) == 5


def test_a_hundred_thousand_lines_make_no_widgets_and_only_those_in_sight_are_worded(
    page: ListsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page._take_file("/lists/plug.csv")
    tell(page, answer(page))
    before = len(page.findChildren(QWidget))
    lines = tuple(ListLine(number, "x", Verdict.BAD, failure=BAD.failure) for number in range(1, 100_001))
    asked: set[int] = set()
    word = ListModel._cell

    def counted(model: ListModel, line: ListLine, column: int) -> str:
        asked.add(line.number)
        return word(model, line, column)

    monkeypatch.setattr(ListModel, "_cell", counted)
    page._take_file("/lists/long.csv")
    tell(page, answer(page, CheckedList("long.csv", lines)))
    assert page._verdict._table.lines.rowCount() == 100_000
    assert len(page.findChildren(QWidget)) == before
    page._verdict._table.scrollToBottom()
    QCoreApplication.processEvents()
    assert 100_000 in asked
    assert len(asked) < 200


def test_the_list_is_left_for_another_one(judged: ListsPage, lists: HeardLists) -> None:
    click(judged._verdict._back)
    assert (lists.calls, judged.state.pane) == ([("stop_checking",)], Pane.CHOOSE)


def test_a_list_waits_while_a_batch_is_looked_at(judged: ListsPage, lists: HeardLists) -> None:
    click(row(judged._batches, "4"))
    assert (judged.state.pane, judged._new.text()) == (Pane.BATCH, "Back to the list")
    click(judged._new)
    assert (judged.state.pane, lists.calls, len(shown_lines(judged))) == (Pane.VERDICT, [], 5)


# the one yes


def test_the_yes_names_number_and_printer_and_counts_once(judged: ListsPage, lists: HeardLists) -> None:
    yes = judged._verdict._yes
    assert yes.text() == "Print 3 labels on zebra"
    click(yes)
    assert not yes.isEnabled()
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    judged._begin()
    assert (lists.calls, lists.requests[-1]) == ([("begin", "zebra")], judged.state.request)


def test_one_label_is_said_as_one(page: ListsPage) -> None:
    page._take_file("/x")
    tell(page, answer(page, CheckedList("x", GOOD[:1])))
    assert page._verdict._yes.text() == "Print one label on zebra"


def test_without_a_good_line_there_is_no_yes(page: ListsPage) -> None:
    page._take_file("/x")
    tell(page, answer(page, CheckedList("x", (BAD,))))
    assert (page._verdict._yes.text(), page._verdict._yes.isEnabled()) == ("Nothing to print", False)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_says_yes_and_space_does(judged: ListsPage, lists: HeardLists, key: Qt.Key) -> None:
    yes = judged._verdict._yes
    yes.setFocus()
    QTest.keyClick(judged.window(), key)
    QTest.keyClick(yes, key)
    assert lists.calls == []
    QTest.keyClick(yes, Qt.Key.Key_Space)
    assert lists.calls == [("begin", "zebra")]


def test_a_scan_never_says_yes_whatever_has_the_focus(judged: ListsPage, bench: Bench) -> None:
    judged._verdict._yes.setFocus()
    Typist(bench.window).scan("00911f500047")
    assert (bench.lists.calls, bench.line.calls) == ([], ["00911f500047"])


def test_a_slow_scan_never_says_yes_either(judged: ListsPage, lists: HeardLists, bench: Bench) -> None:
    judged._verdict._yes.setFocus()
    Typist(bench.window).scan("0091", gap_ms=150)
    QCoreApplication.processEvents()
    assert lists.calls == []


def test_a_second_press_of_a_double_click_is_no_yes(
    page: ListsPage, lists: HeardLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gizqr_station.gui.verdict_pane.CONFIRM_NOT_BEFORE_MS", 60_000)
    page._take_file("/x")
    tell(page, answer(page))
    lists.calls.clear()
    click(page._verdict._yes)
    assert lists.calls == []


def test_a_list_of_as_many_labels_has_to_be_read_as_well(
    judged: ListsPage, lists: HeardLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gizqr_station.gui.verdict_pane.CONFIRM_NOT_BEFORE_MS", 60_000)
    since = judged._verdict._shown_since
    judged._take_file("/other")
    since.invalidate()
    tell(judged, answer(judged, CheckedList("other.csv", GOOD)))
    assert since.isValid()


def test_the_focus_never_comes_to_the_yes_by_itself(page: ListsPage) -> None:
    page._choose._path.setFocus()
    page._choose._path.setText("/x")
    QTest.keyClick(page._choose._path, Qt.Key.Key_Return)
    tell(page, answer(page))
    assert page.window().focusWidget() is page


def test_the_printer_is_chosen_where_there_are_several(judged: ListsPage, lists: HeardLists) -> None:
    buttons = judged._verdict._printers.buttons
    assert [button.text() for button in buttons] == ["zebra", "clone", "office"]
    click(buttons[1])
    assert [button.isChecked() for button in buttons] == [False, True, False]
    assert judged._verdict._yes.text() == "Print 3 labels on clone"
    click(judged._verdict._yes)
    assert lists.calls == [("begin", "clone")]


def test_one_printer_is_no_choice(judged: ListsPage) -> None:
    tell(judged, PrintersKnown((ZEBRA,), "zebra"))
    assert not judged._verdict._printers.isVisible()


def test_a_refused_yes_says_why_and_may_be_said_again(judged: ListsPage) -> None:
    click(judged._verdict._yes)
    tell(judged, BatchRefused(BatchUnderWay(4)))
    assert judged._verdict._said.isVisible()
    assert (judged._verdict._yes.isEnabled(), judged.state.pane) == (True, Pane.VERDICT)


def test_while_a_batch_prints_the_yes_says_so(running: ListsPage) -> None:
    click(running._new)
    running._take_file("/x")
    tell(running, answer(running))
    yes = running._verdict._yes
    assert (yes.text(), yes.isEnabled()) == ("Batch 7 is printing: wait, or pause it", False)


# a batch


def test_a_running_batch_says_how_far_it_is_and_how_long_it_takes(running: ListsPage) -> None:
    pane = running._batch
    assert (running.state.pane, pane._done.text()) == (Pane.BATCH, "6 of 12")
    assert pane._pace.text() == "3 labels a minute   minutes left: about 2"
    assert (pane._bar.value(), pane._bar.maximum()) == (6, 12)
    numbers = {state: number.text() for state, (number, _) in pane._counts.items()}
    assert numbers == {ItemState.SENT: "4", ItemState.WAITING: "6", ItemState.SKIPPED: "2", ItemState.REFUSED: "0"}
    assert running.title == "Lists (6)"


def test_it_is_paused_once_and_goes_on_once(running: ListsPage, lists: HeardLists) -> None:
    pane = running._batch
    click(pane._pause)
    assert (pane._pause.text(), pane._pause.isEnabled()) == ("Pausing after this label", False)
    tell(running, BatchSeen(PAUSED))
    assert said(running).startswith("Paused.")
    click(pane._go_on)
    assert not pane._go_on.isEnabled()
    running._go_on(7)
    assert lists.calls == [("pause",), ("go_on", 7, "")]
    tell(running, BatchSeen(BATCH))
    assert (pane._pause.isVisible(), pane._go_on.isVisible()) == (True, False)


def test_enter_lets_no_batch_go_on(running: ListsPage, lists: HeardLists) -> None:
    tell(running, BatchSeen(PAUSED))
    running._batch._go_on.setFocus()
    QTest.keyClick(running.window(), Qt.Key.Key_Return)
    assert lists.calls == []


def test_why_it_paused_is_said_with_what_to_do(running: ListsPage) -> None:
    tell(running, BatchSeen(replace(PAUSED, reason="E-PRN-04"), MediaOut("zebra")))
    assert "zebra" in said(running)
    assert "This batch waits for “Go on”." in said(running)


def test_an_earlier_batch_goes_on_after_a_restart_and_says_its_reason(page: ListsPage, lists: HeardLists) -> None:
    tell(page, BatchesSeen((replace(EARLIER, reason=MediaOut.code),)))
    click(row(page._batches, "4"))
    assert f"Reason: {MediaOut.code}." in said(page)
    click(page._batch._go_on)
    assert lists.calls[-1] == ("go_on", 4, "")


def test_a_batch_whose_printer_is_gone_goes_on_with_another_one(page: ListsPage, lists: HeardLists) -> None:
    tell(page, BatchesSeen((replace(EARLIER, printer="sold"),)))
    click(row(page._batches, "4"))
    assert page._batch._go_on.text() == "Go on with zebra"
    click(page._batch._printers.buttons[1])
    assert page._batch._go_on.text() == "Go on with clone"
    click(page._batch._go_on)
    assert lists.calls[-1] == ("go_on", 4, "clone")


def test_a_batch_goes_on_with_its_own_printer_and_no_other_is_offered(page: ListsPage) -> None:
    click(row(page._batches, "4"))
    assert (page._batch._go_on.text(), page._batch._printers.isVisible()) == ("Go on", False)


def test_while_another_one_prints_none_goes_on(running: ListsPage) -> None:
    click(row(running._batches, "4"))
    assert not running._batch._go_on.isEnabled()


def test_cancelling_wants_two_presses_on_the_same_batch(running: ListsPage, lists: HeardLists) -> None:
    tell(running, BatchSeen(PAUSED))
    click(running._batch._cancel)
    click(row(running._batches, "4"))
    click(running._batch._cancel)
    assert lists.calls == []
    click(running._batch._cancel)
    assert lists.calls == [("cancel", 4)]
    tell(running, BatchSeen(replace(EARLIER, state=BatchState.CANCELLED)))
    assert said(running).startswith("Cancelled.")
    assert not running._batch._cancel.isVisible()


def test_a_batch_that_is_done_says_what_got_no_label(running: ListsPage) -> None:
    done = replace(BATCH, state=BatchState.DONE, counts={ItemState.SENT: 11, ItemState.REFUSED: 1})
    tell(running, BatchSeen(done))
    assert said(running).startswith("Done.")
    assert "Some devices got no label" in said(running)
    assert running.title == "Lists"


def test_what_happened_while_nobody_looked_is_seen_at_once(running: ListsPage) -> None:
    window = running.window()
    assert isinstance(window, MainWindow)
    window.open_page(Page.STATION)
    hear(window, BatchSeen(replace(BATCH, counts={ItemState.SENT: 11, ItemState.WAITING: 1})))
    window.open_page(Page.LISTS)
    assert running._batch._done.text() == "11 of 12"


# looks


def load_stories() -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location("list_stories", ROOT / "packaging" / "list_stories.py")
    assert spec is not None
    assert spec.loader is not None
    stories = importlib.util.module_from_spec(spec)
    sys.modules["list_stories"] = stories
    spec.loader.exec_module(stories)
    return stories


STORIES = load_stories()
SIZES = [(1366, 768), (1024, 768)]


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with a_bench(request.param) as bench:
        yield bench


def at_size(spoken: Bench, size: tuple[int, int]) -> MainWindow:
    language = spoken.window._language
    spoken.begin_again()
    if language != spoken.window._language:
        spoken.window._switch_language()
    # The size is that of this page: the one that is seen before it may need more.
    spoken.window.open_page(Page.LISTS)
    spoken.window.resize(*size)
    return spoken.window


def fits(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    qtbot.waitUntil(lambda: (cut(window), (window.width(), window.height())) == ([], size))
    least = window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 740) == (True, True), least


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("story", STORIES.LISTS)
def test_the_page_fits_and_nothing_of_it_is_cut(qtbot: QtBot, spoken: Bench, story: str, size: tuple[int, int]) -> None:
    window = at_size(spoken, size)
    STORIES.show(window, story)
    fits(qtbot, window, size)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_seven_printers_with_long_names_fit_too(qtbot: QtBot, spoken: Bench, size: tuple[int, int]) -> None:
    window = at_size(spoken, size)
    STORIES.show(window, "verdict")
    names = [f"label printer at the far end of line {number} beside the window"[:60] for number in range(7)]
    hear(window, PrintersKnown(tuple(replace(ZEBRA, name=name) for name in names), names[6]))
    fits(qtbot, window, size)
    pane = window.lists._verdict
    assert names[6] in pane._yes.accessibleName()
    assert (len(pane._printers.buttons), pane._printers.buttons[6].isVisible()) == (7, True)
    click(row(window.lists._batches, "4"))
    assert names[6] in window.lists._batch._go_on.accessibleName()
    fits(qtbot, window, size)


def test_every_control_has_a_name_and_nothing_pops_up(judged: ListsPage) -> None:
    for story in (Pane.VERDICT, Pane.BATCH, Pane.CHECKING, Pane.CHOOSE):
        if story is Pane.BATCH:
            click(row(judged._batches, "4"))
        elif story is Pane.CHECKING:
            judged._take_file("/x")
        elif story is Pane.CHOOSE:
            judged._start_anew()
        for kind in (QAbstractButton, QLineEdit, QProgressBar, QTableView):
            for control in judged.findChildren(kind):
                assert not control.isVisible() or control.accessibleName() or control.parent() is judged._verdict._table
    assert not judged.findChildren(QComboBox)
    assert not judged.findChildren(QDialog)
    assert judged._verdict._yes.minimumHeight() >= BUTTON_HEIGHT
    assert judged._choose._paste.minimumHeight() >= ACTION_HEIGHT


def test_the_whole_page_is_reached_with_the_tab_key(judged: ListsPage) -> None:
    judged._new.setFocus()
    seen = set()
    for _ in range(40):
        focused = judged.window().focusWidget()
        if focused is not None:
            seen.add(focused)
        QTest.keyClick(judged.window(), Qt.Key.Key_Tab)
    pane = judged._verdict
    assert {judged._new, pane._yes, pane._back, pane._table, *pane._printers.buttons} <= seen
