"""The codes page as a person uses it: fetch ahead, carry files about, judge a code, prove it."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit, QProgressBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.app_reading import AppBinds
from gizqr_station.domain.binding_proof import BindingProof, BoundDevice, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import ServiceThrottles, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.pool_failures import CodesOfOtherProduct, NothingToFetch, PoolUnreadable, ZipIncomplete
from gizqr_station.domain.pooled_codes import CodeZip, FetchState, PoolAdded
from gizqr_station.domain.proof_failures import BindsAnotherDevice, DeviceNeverOnline, StillBound
from gizqr_station.gui.codes_page import CodesPage
from gizqr_station.gui.codes_state import CodesState, Section
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.row_list import ListRow, RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, BUTTON_HEIGHT, Tone
from gizqr_station.workflows.code_happenings import (
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.happenings import (
    AtSlot,
    Happening,
    HealthSeen,
    LineStopped,
    Part,
    ScanBackDue,
    UnitDone,
    WaitingForDevice,
)
from gizqr_station.workflows.list_ports import ListFile
from tests.fake_bench import NOW
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, HeardCodes, a_bench
from tests.gui.samples import CONTENT, JOB
from tests.gui.test_codes_state import DONE, FETCH, JUDGED, OLDER, PAUSED, POOL, READING
from tests.gui.typed_keys import ESCAPE, Typist

ROOT = Path(__file__).parents[2]
OF_SANDBOX = CodeZip("key", POOL.service, CodeSource.SANDBOX, "", "7.zip", "0" * 64, NOW)
FOLDER = CodesFolderSeen(
    "/codes", (ListFile("/codes/7.zip", "7.zip", NOW, 1_384_000), ListFile("/codes/a.PNG", "a.PNG", NOW, 18_000))
)
LINK = "https://x.example/?product_key=key&did=Pkc7eFF2TkGa&passcode=QWERTYUIOP"
PARTS = (("product_key", "key"), ("did", "Pkc7eFF2TkGa"), ("passcode", "QWERTYUIOP"))
LINKED = replace(READING, content=LINK, binds=AppBinds.BY_LINK, link=PARTS)
BINDS = BindingProof(CONTENT, JOB.identity, ProofVerdict.BINDS, BoundDevice("key", "did", "00911f500047", online=True))


@pytest.fixture
def codes(bench: Bench) -> HeardCodes:
    return bench.codes


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.open_page(Page.CODES)
    page = bench.window.codes
    for field in page.findChildren(QLineEdit):
        field.clear()
    return bench.window


@pytest.fixture
def page(window: MainWindow, codes: HeardCodes) -> CodesPage:
    hear(window, WaitingForDevice(), POOL, FOLDER)
    codes.calls.clear()
    return window.codes


@pytest.fixture
def judging(page: CodesPage) -> CodesPage:
    choose(page, Section.JUDGE)
    return page


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)
    QCoreApplication.processEvents()


def tell(page: CodesPage, *happenings: Happening) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    hear(window, *happenings)


def row(rows: RowList, key: str) -> ListRow:
    return next(each for each in rows.rows if each.words is not None and each.words.key == key)


def choose(page: CodesPage, section: Section) -> None:
    click(row(page._sections, section.value))


def click(widget: QWidget) -> None:
    QCoreApplication.processEvents()
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def drop(page: CodesPage, *urls: QUrl) -> bool:
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


def seen_words(widget: QWidget) -> str:
    """Everything that is to be read in a widget, and all that is said aloud or in tips."""
    found = [widget.accessibleName()]
    for label in widget.findChildren(QLabel):
        if label.isVisible():
            found += [label.text(), label.toolTip()]
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible():
            found += [button.text(), button.toolTip(), button.accessibleName()]
    for field in widget.findChildren(QLineEdit):
        if field.isVisible():
            found += [field.text(), field.toolTip(), field.accessibleName()]
    return "\n".join(found)


# the page


def test_the_page_is_opened_with_its_key_and_says_that_the_station_opens(window: MainWindow) -> None:
    window.open_page(Page.STATION)
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    page = window.codes
    assert (window.shown, page._notice.isVisible(), page._notice.text()) == (
        Page.CODES, True, "The station is opening.",
    )  # fmt: skip
    hear(window, LineStopped())
    assert "its own page says why" in page._notice.text()


def test_the_desk_is_told_whether_anybody_looks_and_for_the_folder(window: MainWindow, codes: HeardCodes) -> None:
    assert (codes.visible, codes.calls) == ([True], [("look_in", "")])
    window.open_page(Page.STATION)
    assert codes.visible == [True, False]


def test_the_tab_counts_what_is_missing(page: CodesPage) -> None:
    assert page.title == "Codes (37)"
    tell(page, replace(POOL, missing=0, gaps=()))
    assert page.title == "Codes"


# the pool


def test_the_pool_is_told_at_a_glance(page: CodesPage) -> None:
    said = seen_words(page._summary)
    for words in ("963", "devices without a code: 37 of 1,000", "may still register: 1,037 of 2,000"):
        assert words in said
    assert "http://qrcode.example:1800" in said
    assert page._summary._open.isVisible()
    assert page._summary._open.words == "not encrypted"


def test_what_is_encrypted_has_no_mark(page: CodesPage) -> None:
    tell(page, replace(POOL, service="https://qrcode.example", encrypted=True))
    assert not page._summary._open.isVisible()


def test_gaps_and_zips_are_listed_and_what_is_beyond_is_counted(page: CodesPage) -> None:
    tell(page, replace(POOL, missing=1005))
    gaps = page._fetch._gaps
    model = gaps.model()
    cells = [[model.data(model.index(line, column)) for column in range(2)] for line in range(gaps.rowCount())]
    assert cells == [["00:91:1F:50:00:00 … 50:03:E7", "1,000"], ["and more gaps after these", "5"]]


def test_the_missing_codes_are_fetched_with_one_press_that_counts_once(page: CodesPage, codes: HeardCodes) -> None:
    begin = page._fetch._begin
    assert begin.text() == "Fetch the 37 missing codes"
    click(begin)
    assert not begin.isEnabled()
    page._want("")
    assert codes.calls == [("fetch", "")]


def test_where_nothing_is_missing_there_is_nothing_to_press(page: CodesPage) -> None:
    tell(page, replace(POOL, missing=0, gaps=()))
    assert (page._fetch._begin.text(), page._fetch._begin.isEnabled()) == ("Nothing is missing", False)
    tell(page, replace(POOL, order="", wanted=0, missing=0, gaps=()))
    assert not page._fetch._begin.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_fetches_and_space_does(page: CodesPage, codes: HeardCodes, key: Qt.Key) -> None:
    page._fetch._begin.setFocus()
    QTest.keyClick(page.window(), key)
    assert codes.calls == []
    QTest.keyClick(page._fetch._begin, Qt.Key.Key_Space)
    assert codes.calls == [("fetch", "")]


def test_a_range_is_typed(page: CodesPage, codes: HeardCodes) -> None:
    page._fetch._ranges.setText(" 00911F600000 x 10 ")
    click(page._fetch._take_ranges)
    assert codes.calls == [("fetch", "00911F600000 x 10")]


def test_nothing_typed_fetches_nothing(page: CodesPage, codes: HeardCodes) -> None:
    click(page._fetch._take_ranges)
    assert codes.calls == []


def test_why_nothing_is_fetched_stands_there_with_what_to_do(page: CodesPage) -> None:
    page._fetch._ranges.setText("x")
    click(page._fetch._take_ranges)
    tell(page, CodesDone(CodesWork.FETCH, failure=NothingToFetch("WO-1187")))
    assert "There is nothing to fetch for WO-1187." in page._fetch._said.accessibleName()
    assert page._fetch._take_ranges.isEnabled()


def test_a_running_fetch_says_how_far_it_is_and_nothing_else_may_begin(page: CodesPage) -> None:
    tell(page, FetchSeen(FETCH, 963, "00911f5003c3..00911f5003e7"))
    view = page._fetch.view
    assert (view._done.text(), view._bar.value(), view._bar.maximum()) == ("963 of 1,000", 963, 1000)
    assert "00911f5003c3..00911f5003e7" in view._said.accessibleName()
    assert not page._fetch._begin.isVisible()
    assert not page._fetch._take_ranges.isVisible()
    state = row(page._sections, "fetch").words
    assert state is not None
    assert state.state == "fetching · 963 of 1,000"


def test_it_is_paused_once_and_goes_on_once(page: CodesPage, codes: HeardCodes) -> None:
    tell(page, FetchSeen(FETCH, 10))
    view = page._fetch.view
    click(view._pause)
    assert (view._pause.text(), view._pause.isEnabled()) == ("Pausing", False)
    tell(page, FetchSeen(PAUSED, 10))
    assert view._said.accessibleName().startswith("Paused.")
    click(view._go_on)
    assert not view._go_on.isEnabled()
    page._go_on(3)
    assert codes.calls == [("pause",), ("go_on", 3)]


def test_cancelling_wants_two_presses_on_the_same_fetch(page: CodesPage, codes: HeardCodes) -> None:
    tell(page, replace(POOL, fetches=(PAUSED, OLDER)))
    click(page._fetch.view._cancel)
    click(row(page._others, "2"))
    click(page._fetch.view._cancel)
    assert codes.calls == []
    click(page._fetch.view._cancel)
    assert codes.calls == [("cancel", 2)]
    tell(page, FetchSeen(replace(OLDER, state=FetchState.CANCELLED), 0))
    assert page._fetch.view._said.accessibleName().startswith("Cancelled.")


def test_a_pause_of_the_service_runs_down_by_itself(page: CodesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    at = 500.0
    monkeypatch.setattr(page._waits, "_now", lambda: at)
    tell(page, FetchSeen(FETCH, 10, "a..b", 42.0, ServiceThrottles("x", 42.0)))
    said = page._fetch.view._said
    assert said.accessibleName().startswith("It goes on by itself in 42 s.")
    at += 17.5
    page._waits.tick()
    assert said.accessibleName().startswith("It goes on by itself in 25 s.")
    at += 30
    page._waits.tick()
    assert not said.accessibleName().startswith("It goes on by itself")
    tell(page, FetchSeen(FETCH, 20, "a..b"))
    assert page.state.waits_s == 0


def test_a_pause_is_over_when_the_fetch_is_paused(page: CodesPage) -> None:
    tell(page, FetchSeen(FETCH, 10, "a..b", 42.0), FetchSeen(PAUSED, 10))
    assert (page.state.waits_s, page._waits.left_s) == (0, 0)


def test_why_a_fetch_is_paused_is_said_and_that_it_waits_for_a_person(page: CodesPage) -> None:
    tell(page, FetchSeen(PAUSED, 10, failure=ServiceUnreachable("qrcode.example:1800")))
    said = page._fetch.view._said.accessibleName()
    assert "qrcode.example:1800" in said
    assert "waits for “Go on”" in said


def test_a_fetch_that_is_done_says_so(page: CodesPage) -> None:
    tell(page, FetchSeen(DONE, 1000))
    assert "Done. The line needs no network" in page._fetch.view._said.accessibleName()
    tell(page, FetchSeen(DONE, 995))
    assert "Devices that got none: 5." in page._fetch.view._said.accessibleName()


def test_a_fetch_of_another_program_says_so_and_has_no_keys_here(page: CodesPage, codes: HeardCodes) -> None:
    tell(page, replace(POOL, fetches=(FETCH,), elsewhere=frozenset({FETCH.number})))
    view = page._fetch.view
    assert "Another program fetches these codes." in seen_words(view)
    assert not any(button.isVisible() for button in (view._pause, view._go_on, view._cancel))
    click(page._fetch._begin)
    assert codes.calls[-1:] == [("fetch", "")]


def test_looking_for_what_is_missing_tells_how_far_it_is_and_can_be_stopped(page: CodesPage, codes: HeardCodes) -> None:
    tell(page, POOL)
    click(page._fetch._begin)
    tell(page, CodesProgress(CodesWork.FETCH, "", 20_000, 2_000_000))
    assert "Looking for what is missing: 20,000 of 2,000,000" in seen_words(page._fetch)
    click(page._fetch._enough)
    assert codes.calls[-1:] == [("pause",)]
    assert not page._fetch._enough.isEnabled()
    tell(page, CodesDone(CodesWork.FETCH))
    assert not page._fetch._enough.isVisible()
    assert page._fetch._begin.isEnabled()


def test_a_sandboxs_codes_are_marked_and_nothing_about_them_is_green(page: CodesPage) -> None:
    zips = ((OF_SANDBOX, 1000),)
    tell(page, FetchSeen(DONE, 1000), replace(POOL, missing=0, gaps=(), fetches=(DONE,), zips=zips))
    summary, view = page._summary, page._fetch.view
    assert summary._sandbox.words == "Codes of a sandbox: 1,000. Their labels will carry TEST."
    assert summary._order._drawn == (Tone.CALM, "Order WO-1187: every device has its code (1,000).")
    assert "Their labels will carry TEST." in view._said.accessibleName()
    assert page._fetch._zips_title.text() == "Where the codes came from (a sandbox's: TEST)"
    page._take_file("/codes/7.zip")
    tell(page, CodesDone(CodesWork.IMPORT, "/codes/7.zip", PoolAdded(0, 5)))
    assert "Their labels will carry TEST." in page._files.filed._said.accessibleName()
    tell(page, replace(POOL, zips=((replace(OF_SANDBOX, source=CodeSource.SERVICE), 1000),)))
    assert not summary._sandbox.isVisible()
    assert "TEST" not in seen_words(page)


def test_done_and_why_not_never_stand_there_together(page: CodesPage) -> None:
    tell(page, FetchSeen(DONE, 1000))
    page._fetch._ranges.setText("x")
    click(page._fetch._take_ranges)
    tell(page, CodesDone(CodesWork.FETCH, failure=NothingToFetch("WO-1187")))
    assert (page._fetch._said.isVisible(), page._fetch.view.isVisible()) == (True, False)


def test_why_not_goes_when_another_fetch_is_looked_at(page: CodesPage) -> None:
    tell(page, replace(POOL, fetches=(PAUSED, OLDER)), CodesDone(CodesWork.FETCH, failure=NothingToFetch("WO-1187")))
    click(row(page._others, "2"))
    assert not page._fetch._said.isVisible()


def test_a_key_that_was_pressed_hands_its_focus_to_nothing_that_can_be_pressed(page: CodesPage) -> None:
    tell(page, replace(POOL, gaps=(), missing=0))
    assert page._fetch._gaps.focusPolicy() == Qt.FocusPolicy.NoFocus
    tell(page, POOL)
    page._fetch._begin.setFocus()
    QTest.keyClick(page._fetch._begin, Qt.Key.Key_Space)
    assert page.window().focusWidget() is page
    tell(page, FetchSeen(FETCH, 0))
    assert page.window().focusWidget() is page


def test_without_an_order_no_word_speaks_of_one(page: CodesPage) -> None:
    assert page._fetch._ranges_field._label.text() == "Or the codes of a range, or a few"
    tell(page, replace(POOL, order="", wanted=0, missing=0, gaps=()))
    assert page._fetch._ranges_field._label.text() == "The codes of a range, or a few"
    line = row(page._sections, "fetch").words
    assert line is not None
    assert line.state == "codes of a range"


def test_a_fetch_that_waits_says_its_number_its_size_and_that_it_can_be_looked_at(page: CodesPage) -> None:
    tell(page, replace(POOL, fetches=(PAUSED, OLDER)))
    shown, other = row(page._others, "3").words, row(page._others, "2").words
    assert shown is not None
    assert other is not None
    assert (other.title, other.state) == ("Fetch 2 · paused", "old · Devices: 1,000")
    assert (shown.chip, other.chip) == ("", "show")
    assert page._fetch.view._done.text() == "Devices: 1,000"


def test_a_pool_that_cannot_be_read_says_so(page: CodesPage) -> None:
    tell(page, CodesDone(CodesWork.LOOK, failure=PoolUnreadable("pool.sqlite", "malformed")))
    assert "pool.sqlite cannot be read" in page._fetch._said.accessibleName()


def test_where_codes_are_made_here_codes_are_only_judged(page: CodesPage) -> None:
    tell(page, replace(POOL, service="", missing=0, gaps=()))
    assert page._judge.isVisible()
    assert not row(page._sections, "fetch").isEnabled()
    assert "made here" in seen_words(page._summary)


# files


def test_a_zip_is_imported_and_what_came_of_it_is_counted(page: CodesPage, codes: HeardCodes) -> None:
    choose(page, Section.FILES)
    click(row(page._files._files, "/codes/7.zip"))
    assert codes.calls == [("import_file", "/codes/7.zip")]
    tell(page, CodesProgress(CodesWork.IMPORT, "/codes/7.zip", 320, 1000))
    filed = page._files.filed
    assert (filed._how_far.text(), filed._name.text()) == ("320 of 1,000", "7.zip")
    page._take_file("/codes/8.zip")
    assert len(codes.calls) == 1, "one at a time"
    tell(page, CodesDone(CodesWork.IMPORT, "/codes/7.zip", PoolAdded(963, 30, (JOB.identity,))))
    assert [number.accessibleName() for number, _ in filed._counts] == [
        "new: 963", "were there already: 30", "kept their other code: 1", "gave no code: 0",
    ]  # fmt: skip
    assert JOB.identity.readable in filed._said.accessibleName()


def test_hundreds_of_steps_of_an_import_are_drawn_a_few_times_and_the_last_one_is_seen(
    qtbot: QtBot, page: CodesPage
) -> None:
    page._take_file("/codes/7.zip")
    drawn: list[int] = []
    page.drawn.connect(lambda: drawn.append(1))
    for done in range(1, 401):
        page.hear(CodesProgress(CodesWork.IMPORT, "/codes/7.zip", done, 400))
    assert len(drawn) < 100
    qtbot.waitUntil(lambda: page._files.filed._how_far.text() == "400 of 400")


def test_bad_pictures_are_named_and_counted(page: CodesPage) -> None:
    page._take_file("/codes/7.zip")
    bad = ZipIncomplete("7.zip", 5, "00911f5003e9.png")
    tell(page, CodesDone(CodesWork.IMPORT, "/codes/7.zip", PoolAdded(995), failure=bad))
    filed = page._files.filed
    assert filed._counts[3][0].accessibleName() == "gave no code: 5"
    assert "00911f5003e9.png" in filed._said.accessibleName()


def test_a_refused_file_shows_no_counts(page: CodesPage) -> None:
    page._take_file("/codes/7.zip")
    tell(page, CodesDone(CodesWork.IMPORT, "7.zip", PoolAdded(), failure=CodesOfOtherProduct("7.zip", "other")))
    filed = page._files.filed
    assert not filed._counts[0][0].isVisible()
    assert "7.zip has codes of product other" in filed._said.accessibleName()


def test_a_stopped_import_never_says_that_the_file_is_in_the_pool(page: CodesPage, codes: HeardCodes) -> None:
    for added, words in ((PoolAdded(), "nothing was taken"), (PoolAdded(12), "What was taken by then stays")):
        page._take_file("/codes/7.zip")
        click(page._files.filed._stop)
        tell(page, CodesDone(CodesWork.IMPORT, "/codes/7.zip", added))
        assert words in page._files.filed._said.accessibleName()
    assert codes.calls.count(("stop_file_work",)) == 2


def test_the_pool_is_exported_and_only_what_was_written_is_counted(page: CodesPage, codes: HeardCodes) -> None:
    choose(page, Section.FILES)
    click(page._files._write)
    assert codes.calls == [], "nowhere to write it to"
    page._files._target.setText('"/usb/pool.gizqr"')
    click(page._files._write)
    assert codes.calls == [("export", "/usb/pool.gizqr")]
    tell(page, CodesDone(CodesWork.EXPORT, "/usb/pool.gizqr", written=963))
    assert "Codes written into pool.gizqr: 963." in page._files.filed._said.accessibleName()


@pytest.mark.parametrize("typed", ["/codes/7.zip", '"/codes/7.zip"', "file:///codes/7.zip"])
def test_a_path_is_typed(page: CodesPage, codes: HeardCodes, typed: str) -> None:
    choose(page, Section.FILES)
    page._files._path.setText(typed)
    QTest.keyClick(page._files._path, Qt.Key.Key_Return)
    assert codes.calls == [("import_file", "/codes/7.zip")]


def test_what_is_dropped_is_imported_or_judged(page: CodesPage, codes: HeardCodes) -> None:
    assert drop(page, QUrl.fromLocalFile("/codes/7.zip"))
    assert drop(page, QUrl.fromLocalFile("/codes/label.png"))
    assert codes.calls == [("import_file", "/codes/7.zip"), ("judge_picture", "/codes/label.png")]
    assert not drop(page, QUrl("https://x.example/7.zip"))


def test_a_folder_is_looked_at_again(page: CodesPage, codes: HeardCodes) -> None:
    choose(page, Section.FILES)
    click(page._files._again)
    assert codes.calls == [("look_in", "/codes")]
    tell(page, CodesFolderSeen("/gone", (), PoolUnreadable("/gone", "no such folder")))
    assert "no such folder" in page._files._nothing.text()


# judging


def test_a_picture_is_judged(judging: CodesPage, codes: HeardCodes) -> None:
    assert len(judging._judge._pictures.rows) == 1, "the zip is no picture"
    click(row(judging._judge._pictures, "/codes/a.PNG"))
    assert codes.calls == [("judge_picture", "/codes/a.PNG")]
    tell(judging, replace(JUDGED, source="a.PNG"))
    said = seen_words(judging._judge.judged)
    for words in ("if the Gizwits service issued it", "a.PNG", CONTENT, JOB.draft.label_serial, JOB.identity.readable):
        assert words in said
    assert not judging._judge._typed.isVisible()
    click(judging._judge._back)
    assert judging._judge._pictures.isVisible()
    assert judging._judge._typed.isVisible()


def test_a_text_is_judged_and_does_not_stay_in_the_field(judging: CodesPage, codes: HeardCodes) -> None:
    judging._judge._typed.setText(f" {LINK} ")
    QTest.keyClick(judging._judge._typed, Qt.Key.Key_Return)
    assert (codes.calls, judging._judge._typed.text()) == ([("judge_text", LINK)], "")


def test_a_passcode_is_nowhere_to_be_read(judging: CodesPage) -> None:
    tell(judging, CodeJudged("", LINKED))
    said = seen_words(judging)
    assert "Pkc7eFF2TkGa" in said
    assert "QWERTYUIOP" not in said


def test_a_sandboxs_code_is_said_to_bind_nothing(judging: CodesPage) -> None:
    card = judging._judge.judged
    tell(judging, replace(JUDGED, job=None, of_sandbox=True))
    assert card._said.accessibleName().startswith("TEST: a sandbox issued this code.")
    assert "from the sandbox · TEST" in seen_words(card)
    draft = replace(JOB.draft, code_source=CodeSource.SANDBOX, test=True)
    tell(judging, replace(JUDGED, job=replace(JOB, draft=draft)))
    assert card._said.accessibleName().startswith("TEST: a sandbox issued this code.")


def test_a_label_that_carries_test_is_said_to(judging: CodesPage) -> None:
    card = judging._judge.judged
    tell(judging, replace(JUDGED, job=replace(JOB, draft=replace(JOB.draft, test=True))))
    assert "Its label carries TEST" in card._said.accessibleName()
    tell(judging, JUDGED)
    assert "TEST" not in card._said.accessibleName()


def test_a_code_that_records_and_pool_know_differently_is_not_to_be_used(judging: CodesPage) -> None:
    tell(judging, replace(JUDGED, in_pool_for="00:91:1F:50:00:99"))
    assert "different devices" in judging._judge.judged._said.accessibleName()


def test_records_that_could_not_be_asked_are_not_said_to_know_nothing(judging: CodesPage) -> None:
    tell(judging, CodeJudged("", READING, failure=PoolUnreadable("pool.sqlite", "malformed")))
    said = seen_words(judging._judge.judged)
    assert said.count("not known: The pool pool.sqlite cannot be read") >= 2
    assert "no label says this" not in said


def test_a_picture_without_a_code_says_why(judging: CodesPage) -> None:
    tell(judging, CodeJudged("a.PNG", None, failure=PoolUnreadable("a.PNG", "no code")))
    assert "no code" in judging._judge.judged._said.accessibleName()
    assert not judging._judge.judged._prove.isVisible()


# the next scan


def test_the_next_scan_is_judged_and_the_line_does_not_see_it(judging: CodesPage, bench: Bench) -> None:
    click(judging._judge._next)
    assert judging._judge._next.property("armed") is True
    assert bench.window._strip.accessibleName().startswith("Judge. The next scan is judged")
    Typist(bench.window).scan("00911f500047")
    assert (bench.codes.calls, bench.line.calls) == ([("judge_text", "00911f500047")], [])
    Typist(bench.window).scan("00911f500048", pause_ms=5000)
    assert bench.line.calls in ([], ["00911f500048"])
    assert judging._judge._next.property("armed") is False
    assert bench.window._strip.accessibleName().startswith("Ready.")


def test_a_scan_that_nobody_wants_judged_is_the_lines(judging: CodesPage, bench: Bench) -> None:
    Typist(bench.window).scan("00911f500047")
    assert (bench.codes.calls, bench.line.calls) == ([], ["00911f500047"])


@pytest.mark.parametrize("how", ["escape", "press", "page", "section"])
def test_it_is_given_back_to_the_line(judging: CodesPage, bench: Bench, how: str) -> None:
    click(judging._judge._next)
    match how:
        case "escape":
            judging._judge._next.setFocus()
            Typist(bench.window).type([ESCAPE], 8)
            QTest.qWait(0)
            QTest.keyClick(bench.window, Qt.Key.Key_Escape)
        case "press":
            click(judging._judge._next)
        case "page":
            bench.window.open_page(Page.STATION)
        case _:
            choose(judging, Section.FETCH)
    assert not bench.window._turns.judged.armed
    Typist(bench.window).scan("00911f500047", pause_ms=5000)
    assert (bench.codes.calls, bench.line.calls) == ([], ["00911f500047"])


def test_a_label_that_is_out_keeps_every_scan_for_the_line(judging: CodesPage, bench: Bench) -> None:
    tell(judging, AtSlot(1, ScanBackDue(JOB)))
    click(judging._judge._next)
    assert "The label of slot 1 waits for its scan" in judging._judge._said.accessibleName()
    Typist(bench.window).scan("00911f500047")
    assert (bench.codes.calls, bench.line.calls) == ([], ["00911f500047"])
    tell(judging, AtSlot(1, UnitDone(JOB)), AtSlot(1, WaitingForDevice()))
    assert not judging._judge._said.isVisible()


def test_a_label_that_comes_out_takes_the_armed_scan_back(judging: CodesPage, bench: Bench) -> None:
    click(judging._judge._next)
    tell(judging, AtSlot(1, ScanBackDue(JOB)))
    assert judging._judge._next.property("armed") is False
    Typist(bench.window).scan("00911f500047")
    assert (bench.codes.calls, bench.line.calls) == ([], ["00911f500047"])


def test_a_scanner_on_a_port_is_said_to_go_to_the_line(judging: CodesPage) -> None:
    tell(judging, HealthSeen(Part.SCANNER, None, "COM7", NOW))
    click(judging._judge._next)
    assert "A scanner on a port of its own still goes to the line." in judging._judge._said.accessibleName()


# the proof


def test_a_code_is_proved_once_and_its_steps_are_seen(judging: CodesPage, codes: HeardCodes) -> None:
    tell(judging, JUDGED)
    view = judging._judge.judged
    assert view._device.text() == JOB.identity.readable
    click(view._prove)
    judging._prove("again")
    assert codes.calls == [("prove", CONTENT, JOB.identity.readable)]
    tell(judging, ProofGoesOn(ProofStep.BIND))
    marks = view._proof._marks
    assert [bool(mark.accessibleName()) for mark, _ in marks.values()] == [True, True, True, False, False]
    click(view._stop)
    assert codes.calls[-1] == ("stop_proof",)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_proves(judging: CodesPage, codes: HeardCodes, key: Qt.Key) -> None:
    tell(judging, JUDGED)
    judging._judge.judged._prove.setFocus()
    QTest.keyClick(judging.window(), key)
    assert codes.calls == []


def test_who_turns_to_another_code_stops_the_proof(judging: CodesPage, codes: HeardCodes) -> None:
    tell(judging, JUDGED)
    click(judging._judge.judged._prove)
    judging._judge.text.emit("another")
    assert codes.calls[1:] == [("stop_proof",), ("judge_text", "another")]


WRONG = BindsAnotherDevice("00:91:1F:50:00:47", "00:91:1F:50:00:48")


@pytest.mark.parametrize(
    ("proof", "word", "line"),
    [
        (BINDS, "Binds", "The cloud named 00:91:1F:50:00:47, this very device."),
        (replace(BINDS, expected=None), "Binds", "The cloud named 00:91:1F:50:00:47. Compare it with the device."),
        (replace(BINDS, sandbox=True), "Sandbox: Binds", "The cloud named 00:91:1F:50:00:47, this very device."),
        (replace(BINDS, verdict=ProofVerdict.OTHER_DEVICE, failure=WRONG), "Other device", "The code binds"),
        (replace(BINDS, verdict=ProofVerdict.DOES_NOT_BIND), "Does not bind", ""),
        (
            replace(BINDS, verdict=ProofVerdict.NOT_KNOWN, device=None, failure=DeviceNeverOnline("x")),
            "Not known",
            "The cloud does not know x yet.",
        ),
    ],
)
def test_the_verdict_is_one_word(judging: CodesPage, proof: BindingProof, word: str, line: str) -> None:
    tell(judging, JUDGED)
    click(judging._judge.judged._prove)
    tell(judging, ProofSeen(proof))
    words = judging._judge.judged._proof._verdict.words
    assert words is not None
    assert (words.word, words.line.startswith(line)) == (word, True)


def test_a_sandboxs_yes_is_not_green(judging: CodesPage) -> None:
    colours = []
    for proof in (BINDS, replace(BINDS, sandbox=True)):
        tell(judging, JUDGED, ProofSeen(proof))
        words = judging._judge.judged._proof._verdict.words
        assert words is not None
        colours.append(words.tone.value)
    assert colours == ["good", "calm"]


def test_a_device_that_is_still_bound_is_said(judging: CodesPage) -> None:
    tell(judging, JUDGED, ProofSeen(replace(BINDS, left_bound=StillBound("x", "the cloud was away"))))
    assert "x is still bound" in judging._judge.judged._proof._left_bound.accessibleName()


def test_a_proof_that_is_not_set_up_says_what_to_do(judging: CodesPage) -> None:
    tell(judging, JUDGED)
    click(judging._judge.judged._prove)
    tell(judging, CodesDone(CodesWork.PROVE, failure=DeviceNeverOnline("x")))
    assert "let it join Wi-Fi once" in judging._judge.judged._proof._why.accessibleName()
    assert judging._judge.judged._prove.isEnabled()


# looks


def load_stories() -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location("code_stories", ROOT / "packaging" / "code_stories.py")
    assert spec is not None
    assert spec.loader is not None
    stories = importlib.util.module_from_spec(spec)
    sys.modules["code_stories"] = stories
    spec.loader.exec_module(stories)
    return stories


STORIES = load_stories()
SIZES = [(1366, 768), (1024, 768)]


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with a_bench(request.param) as bench:
        yield bench


def at_size(spoken: Bench, size: tuple[int, int]) -> MainWindow:
    window = spoken.window
    window._turns.judged.disarm()
    window.codes.show_state(CodesState())
    window.open_page(Page.CODES)
    window.resize(*size)
    return window


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("story", STORIES.CODES)
def test_the_page_fits_and_nothing_of_it_is_cut(qtbot: QtBot, spoken: Bench, story: str, size: tuple[int, int]) -> None:
    window = at_size(spoken, size)
    STORIES.show(window, story, JOB)
    qtbot.waitUntil(lambda: (cut(window), (window.width(), window.height())) == ([], size))
    least = window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 740) == (True, True), least


def test_every_control_has_a_name_and_nothing_pops_up(judging: CodesPage) -> None:
    tell(judging, FetchSeen(PAUSED, 10), JUDGED)
    for section in Section:
        choose(judging, section)
        for kind in (QAbstractButton, QLineEdit, QProgressBar, QTableView):
            for control in judging.findChildren(kind):
                inside = isinstance(control.parent(), QTableView)
                assert not control.isVisible() or control.accessibleName() or inside, control
    assert not judging.findChildren(QComboBox)
    assert not judging.findChildren(QDialog)
    fetch = judging._fetch
    for button in (fetch._begin, fetch.view._pause, fetch.view._go_on, judging._judge._next):
        assert button.minimumHeight() >= BUTTON_HEIGHT
    assert judging._files.filed._stop.minimumHeight() >= ACTION_HEIGHT


def test_the_page_is_reached_with_the_tab_key(page: CodesPage) -> None:
    tell(page, FetchSeen(PAUSED, 10))
    page._sections.rows[0].setFocus()
    seen = set()
    for _ in range(40):
        focused = page.window().focusWidget()
        if focused is not None:
            seen.add(focused)
        QTest.keyClick(page.window(), Qt.Key.Key_Tab)
    fetch = page._fetch
    assert {*page._sections.rows, fetch._begin, fetch._ranges, fetch._take_ranges, fetch.view._go_on} <= seen


def test_the_same_state_is_said_in_the_other_language(page: CodesPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window._switch_language()
    assert page._fetch._begin.text() == "获取缺少的 37 个码"
    assert page.title == "二维码 (37)"
