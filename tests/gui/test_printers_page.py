"""The printers page as a person uses it: clicks and keys in, calls to the desk out, and everything said in place."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import QueueIsRaw, QueueNotRaw
from gizqr_station.domain.printer import FoundPrinter, Language, Media, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import MediaOut, PrinterStalled, PrinterUnreachable, RollLow
from gizqr_station.domain.printer_setup_failures import FormatRefused, LanguageUnanswered, MediaDiffers
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.gui.form_field import Mark
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.printer_draft import Field
from gizqr_station.gui.printers_page import PrintersPage
from gizqr_station.gui.printers_state import Pane, PrintersState
from gizqr_station.gui.tokens import ACTION_HEIGHT
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    DeviceRead,
    Happening,
    LineStopped,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    SearchEnded,
)
from tests.fake_bench import MAC, reading_of
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, HeardDesk, a_bench
from tests.gui.samples import CLONE, JOB, OFFICE, PRINTERS, ZEBRA, waiting

ROOT = Path(__file__).parents[2]
KNOWN = PrintersKnown(PRINTERS, "zebra")
SUPPLIES = (Supply("zebra", SupplyKind.LABELS, 1240, 2000, 100), Supply("zebra", SupplyKind.RIBBON, 88, 3000, 100))


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.open_page(Page.PRINTERS)
    return bench.window


@pytest.fixture
def page(window: MainWindow) -> PrintersPage:
    window.hear(KNOWN)
    window.hear(QueueSeen(()))
    return window.printers


def hear(page: PrintersPage, *happenings: Happening) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    for happening in happenings:
        window.hear(happening)


def click(widget: QWidget) -> None:
    # A row that has just come is shown with the next events.
    QCoreApplication.processEvents()
    assert widget.isVisible(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_into(line: QLineEdit, text: str) -> None:
    line.selectAll()
    QTest.keyClicks(line, text)


def row(page: PrintersPage, name: str) -> QWidget:
    return next(each for each in page._list.rows if each.words is not None and each.words.key == name)


def test_before_the_station_is_open_the_page_says_so(window: MainWindow) -> None:
    assert window.printers._notice.isVisible()
    assert window.printers._notice.text() == "The station is opening."
    window.hear(LineStopped())
    assert "its own page says why" in window.printers._notice.text()


def test_the_desk_is_told_whether_anybody_looks(window: MainWindow, desk: HeardDesk) -> None:
    assert desk.visible == [True]
    window.open_page(Page.STATION)
    assert desk.visible == [True, False]


def test_without_printers_the_page_says_what_to_do(window: MainWindow) -> None:
    hear(window.printers, PrintersKnown((), ""), QueueSeen(()))
    assert window.printers._nobody.isVisible()
    assert "Add the first one" in window.printers._nobody.text()
    assert "No label waits" in window.printers._queue._nothing.text()
    assert window.printers._add.isEnabled()


def test_each_printer_says_what_is_known_of_it(page: PrintersPage) -> None:
    hear(
        page,
        PrinterLooked("zebra", PrinterStatus(warning=RollLow("zebra", 60), told=True), SUPPLIES),
        PrinterLooked("clone", PrinterStatus()),
        PrinterLooked("office", PrinterStatus(MediaOut("office"), told=True)),
    )
    assert row(page, "zebra").accessibleName() == (
        "zebra. Line. roll ends soon. ZPL 203 dpi · 1240 labels, 88 ribbon. tcp://192.0.2.17:9100"
    )
    assert "connected, reports no state" in row(page, "clone").accessibleName()
    assert "no labels" in row(page, "office").accessibleName()
    icons = [each.words.icon for each in page._list.rows if each.words is not None]
    assert icons == ["attention", "printer", "stop"], "told apart without colour"


def test_a_printer_that_is_pressed_is_shown_and_looked_at(page: PrintersPage, desk: HeardDesk) -> None:
    assert page._card._title.text() == "zebra"
    assert page._card._chip.isVisible()
    click(row(page, "clone"))
    assert (page._card._title.text(), page._card._chip.isVisible()) == ("clone", False)
    assert desk.calls == [("look_at", "clone")]
    hear(page, PrinterLooked("clone", PrinterStatus(MediaOut("clone"))))
    said = page._card._status.accessibleName()
    assert said.startswith("clone has no labels. Load labels and close the cover;")


def test_a_printer_that_tells_nothing_is_not_called_ready(page: PrintersPage) -> None:
    hear(page, PrinterLooked("zebra", PrinterStatus(told=True, said="~HS fine")))
    assert page._card._status.accessibleName() == "Ready: the printer says so. It answered: ~HS fine"
    hear(page, PrinterLooked("zebra", PrinterStatus()))
    assert "Ready" not in page._card._status.accessibleName()
    assert "does not report its state" in page._card._status.accessibleName()


@pytest.mark.parametrize(
    ("button", "work", "call"),
    [("_test", DeskWork.TEST_LABEL, "test_label"), ("_calibrate", DeskWork.CALIBRATE, "calibrate")],
)
def test_what_feeds_labels_is_asked_once_until_it_is_answered(
    page: PrintersPage, desk: HeardDesk, button: str, work: DeskWork, call: str
) -> None:
    pressed = getattr(page._card, button)
    click(pressed)
    click(pressed)
    assert desk.calls == [(call, "zebra")]
    assert not pressed.isEnabled()
    assert page._card._answer.isVisible()
    hear(page, DeskDone(work, "zebra", None, PrintOutcome.ACCEPTED))
    assert pressed.isEnabled()


@pytest.mark.parametrize(
    ("outcome", "failure", "says"),
    [
        (PrintOutcome.CONFIRMED, None, "The printer reports the test label out."),
        (PrintOutcome.ACCEPTED, None, "The test label was taken. Look whether it comes out."),
        (PrintOutcome.UNKNOWN, PrinterStalled("zebra", 10, 20, 1.0), "The printer zebra stopped after 10 of 20 bytes."),
        (PrintOutcome.REFUSED, MediaOut("zebra"), "zebra has no labels."),
    ],
)
def test_a_test_label_says_what_became_of_it_and_no_more(
    page: PrintersPage, outcome: PrintOutcome, failure: Failure | None, says: str
) -> None:
    hear(page, DeskDone(DeskWork.TEST_LABEL, "zebra", failure, outcome))
    assert page._card._answer.accessibleName().startswith(says)


def test_the_lines_printer_cannot_be_removed_and_another_one_wants_two_presses(
    page: PrintersPage, desk: HeardDesk
) -> None:
    assert not page._card._remove.isEnabled()
    assert not page._card._use.isEnabled()
    click(row(page, "clone"))
    desk.calls.clear()
    click(page._card._remove)
    assert (page._card._remove.text(), desk.calls) == ("Press again: remove", [])
    click(page._card._remove)
    assert desk.calls == [("remove", "clone")]


def test_a_first_press_of_remove_is_forgotten_with_another_printer(page: PrintersPage, desk: HeardDesk) -> None:
    click(row(page, "clone"))
    click(page._card._remove)
    click(row(page, "office"))
    assert not page._card._remove.armed
    click(page._card._remove)
    assert ("remove", "office") not in desk.calls


def test_another_printer_is_used_for_the_line(page: PrintersPage, desk: HeardDesk) -> None:
    click(row(page, "clone"))
    click(page._card._use)
    assert desk.calls[-1] == ("use_for_line", "clone")
    hear(page, PrintersKnown(PRINTERS, "clone"), DeskDone(DeskWork.SAVE, "clone"))
    assert (page._card._chip.isVisible(), page._card._answer.accessibleName()) == (True, "Saved.")


def test_a_new_roll_begins_with_the_figures_of_the_last_one(page: PrintersPage, desk: HeardDesk) -> None:
    hear(page, PrinterLooked("zebra", PrinterStatus(told=True), SUPPLIES))
    panel = page._card._supplies
    click(panel._changes[SupplyKind.RIBBON])
    assert (panel._full.value(), panel._warn.value()) == (3000, 100)
    panel._full.setValue(2500)
    click(panel._do)
    assert desk.calls == [("new_roll", "zebra", SupplyKind.RIBBON, 2500, 100)]


def test_a_new_roll_can_be_taken_back_before_it_is_said(page: PrintersPage, desk: HeardDesk) -> None:
    panel = page._card._supplies
    click(panel._changes[SupplyKind.LABELS])
    click(panel._back)
    assert (panel._changes[SupplyKind.LABELS].isVisible(), desk.calls) == (True, [])


@pytest.mark.parametrize(
    ("failure", "field"),
    [
        (LanguageUnanswered("zebra", "ZPL"), Field.LANGUAGE),
        (QueueNotRaw("zebra", "driver"), Field.LANGUAGE),
        (QueueIsRaw("zebra", "PDF"), Field.LANGUAGE),
        (FormatRefused("zebra", "PNG", "PWG"), Field.LANGUAGE),
        (MediaDiffers("zebra", "40 x 30 mm", "50 x 30 mm"), Field.WIDTH),
    ],
    ids=lambda part: type(part).__name__,
)
def test_the_first_wrong_choice_is_explained_and_the_field_to_change_stands_out(
    page: PrintersPage, failure: Failure, field: Field
) -> None:
    hear(page, PrinterLooked("zebra", PrinterStatus(failure)))
    assert {each for each, shown in page._card._facts.items() if shown.mark is Mark.LOOK} == {field}
    click(page._card._edit)
    fields = page._editor.fields.fields
    assert {each for each, shown in fields.items() if shown.mark is Mark.LOOK} == {field}
    assert page._editor._because.isVisible()
    focused = page.window().focusWidget()
    assert focused is not None
    assert fields[field].editor is focused or fields[field].editor.isAncestorOf(focused)


def test_a_wrong_address_is_said_at_its_field_and_cannot_be_saved(page: PrintersPage, desk: HeardDesk) -> None:
    click(page._card._edit)
    editor = page._editor
    type_into(editor.fields.address, "tcp:/192.0.2.9")
    shown = editor.fields.fields[Field.ADDRESS]
    assert (shown.mark, shown.note) == (Mark.WRONG, "The name or number of a host is missing or wrong.")
    assert shown.editor.accessibleDescription() == shown.note
    click(editor._save)
    assert desk.calls == []
    type_into(editor.fields.address, "tcp://192.0.2.9:9100")
    assert (shown.mark, shown.note) == (Mark.NONE, "network")
    click(editor._save)
    assert desk.calls == [("save", PrinterConfig("zebra", PrinterAddress.parse("tcp://192.0.2.9:9100"),
                                                 Language.ZPL, 203, media=Media(40, 30)), "zebra")]  # fmt: skip


def test_every_field_is_saved_as_it_stands(page: PrintersPage, desk: HeardDesk) -> None:
    click(page._card._edit)
    fields = page._editor.fields
    type_into(fields.name, "zebra left")
    click(fields.language.button(Language.EPL2))
    click(fields.dpi.button(300))
    fields.width_mm.setValue(50.8)
    fields.offset_x.setValue(-1.5)
    fields.darkness.setValue(12)
    click(fields.rotated)
    click(page._editor._save)
    (call,) = desk.calls
    config = call[1]
    assert isinstance(config, PrinterConfig)
    assert (call[0], call[2]) == ("save", "zebra")
    assert (config.name, config.language, config.dpi, config.media.width_mm) == ("zebra left", Language.EPL2, 300, 50.8)
    assert (config.tuning.offset_x_mm, config.tuning.darkness, config.tuning.speed) == (-1.5, 12, None)
    assert (config.tuning.rotated, config.patience) == (True, ZEBRA.patience)


def test_only_languages_that_can_be_sent_there_are_offered(page: PrintersPage) -> None:
    click(page._card._edit)
    fields = page._editor.fields
    offered = {each for each in Language if fields.language.button(each).isVisible()}
    assert offered == {Language.ZPL, Language.TSPL, Language.EPL2, Language.ESCPOS, Language.BROTHER}
    click(fields.language.button(Language.TSPL))
    type_into(fields.address, "ipp://printer.example")
    offered = {each for each in Language if fields.language.button(each).isVisible()}
    assert (offered, fields.language.value) == ({Language.PWG, Language.PNG, Language.PDF}, Language.PWG)
    type_into(fields.address, "tcp://printer.example")
    assert fields.language.value is Language.TSPL, "what was chosen comes back with an address that allows it"


def test_a_printer_has_the_field_of_its_own_language(page: PrintersPage) -> None:
    click(page._card._edit)
    fields = page._editor.fields
    assert (fields.graphic.isVisible(), fields.model.isVisible()) == (True, False)
    click(fields.language.button(Language.BROTHER))
    assert (fields.graphic.isVisible(), fields.model.isVisible()) == (False, True)
    assert not page._editor._save.isEnabled()
    type_into(fields.model, "QL-820NWB")
    assert page._editor._save.isEnabled()


def test_nothing_typed_is_lost_by_a_press_beside_it(page: PrintersPage, desk: HeardDesk) -> None:
    click(page._card._edit)
    type_into(page._editor.fields.name, "half a na")
    click(row(page, "clone"))
    click(page._add)
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    hear(page, PrintersKnown(PRINTERS, "zebra"), PrinterLooked("zebra", PrinterStatus(told=True)), QueueSeen(()))
    assert (page.state.pane, page._editor.fields.name.text(), desk.calls) == (Pane.EDIT, "half a na", [])


def test_escape_leaves_fields_that_were_not_touched(page: PrintersPage) -> None:
    click(page._card._edit)
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page.state.pane is Pane.LOOK


@pytest.mark.parametrize(
    ("name", "under_way", "says"),
    [
        ("zebra", True, "a unit is on its way: changes count from the next label on."),
        ("zebra", False, "The line prints here: changes count from the next label on."),
        ("clone", True, ""),
    ],
)
def test_a_change_that_hits_the_line_says_from_when_on(
    page: PrintersPage, name: str, under_way: bool, says: str
) -> None:
    if under_way:
        hear(page, DeviceRead(reading_of(MAC)))
    click(row(page, name))
    click(page._card._edit)
    assert page._editor._note.text().endswith(says)
    assert bool(page._editor._note.text()) is bool(says)


def test_while_it_is_saved_nothing_can_be_changed_and_then_the_printer_is_shown(page: PrintersPage) -> None:
    click(page._card._edit)
    type_into(page._editor.fields.name, "zebra left")
    click(page._editor._save)
    assert not page._editor.fields.isEnabled()
    renamed = (PrinterConfig("zebra left", ZEBRA.address, ZEBRA.language, 203, media=ZEBRA.media), CLONE, OFFICE)
    hear(page, PrintersKnown(renamed, "zebra left"), DeskDone(DeskWork.SAVE, "zebra left"))
    assert (page.state.pane, page._card._title.text()) == (Pane.LOOK, "zebra left")
    assert page._card._answer.accessibleName() == "Saved."


def test_a_found_printer_is_set_up_with_two_presses(page: PrintersPage, desk: HeardDesk) -> None:
    found = FoundPrinter(PrinterAddress.parse("usb:/dev/usb/lp3"), "TSC TE210", Language.TSPL, 203)
    click(page._add)
    assert desk.calls == [("look_for_printers",)]
    hear(page, PrinterFound(FoundPrinter(ZEBRA.address, "ZD421", Language.ZPL, 203)), PrinterFound(found))
    known, new = page._found._rows.rows
    assert (known.isEnabled(), new.isEnabled()) == (False, True)
    assert "is set up as zebra" in known.accessibleName()
    assert new.accessibleName() == "TSC TE210. USB  ·  TSPL  ·  203 dpi. usb:/dev/usb/lp3"
    click(new)
    click(page._editor._save)
    assert desk.calls[1:] == [("save", PrinterConfig("TSC TE210", found.address, Language.TSPL, 203), "")]


def test_a_search_that_finds_nothing_says_so_and_can_be_repeated(page: PrintersPage, desk: HeardDesk) -> None:
    click(page._add)
    assert not page._found._again.isEnabled()
    hear(page, SearchEnded())
    assert "Nothing was found" in page._found._nothing.text()
    click(page._found._again)
    assert desk.calls == [("look_for_printers",)] * 2


def test_a_typed_address_is_explained_until_it_is_one(page: PrintersPage) -> None:
    click(page._add)
    address = page._found._address
    QTest.keyClicks(address, "192.0.2.40")
    marks = [page._found._address_field.mark]
    click(page._found._take)
    marks.append(page._found._address_field.mark)
    type_into(address, "tcp://192.0.2.40")
    marks.append(page._found._address_field.mark)
    assert marks == [Mark.NONE, Mark.WRONG, Mark.NONE], "nobody is told off in mid word"
    QTest.keyClick(address, Qt.Key.Key_Return)
    assert (page.state.pane, page._editor.fields.name.text()) == (Pane.EDIT, "192.0.2.40")


def test_back_leads_from_what_was_found_to_the_printers(page: PrintersPage) -> None:
    click(page._add)
    click(page._found._back)
    assert (page.state.pane, page._queue.isVisible()) == (Pane.LOOK, True)


def test_the_page_is_walked_with_the_keyboard_alone(page: PrintersPage, desk: HeardDesk) -> None:
    window = page.window()
    page.setFocus()
    reached = set()
    for _ in range(60):
        focused = window.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {"Station", "Printers", "Add a printer", "Test label", "Calibrate", "New roll"} <= reached
    page._card._test.setFocus()
    QTest.keyClick(page._card._test, Qt.Key.Key_Space)
    assert desk.calls == [("test_label", "zebra")]


STORIES = ["opening", "empty", "ready", "roll-low", "new-roll", "fault", "wrong-choice", "test-label", "found",
           "nothing-found", "queue", "worst", "editing-worst", "editing", "editing-marked",
           "editing-wrong"]  # fmt: skip


@pytest.fixture(scope="module")
def stories() -> Iterator[ModuleType]:
    """What leads to each picture of the page, as the script that takes them has it."""
    spec = importlib.util.spec_from_file_location("printer_stories", ROOT / "packaging" / "printer_stories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["printer_stories"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["printer_stories"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_every_state_fits_the_screen_and_nothing_is_cut(
    qtbot: QtBot, stories: ModuleType, size: tuple[int, int], language: str
) -> None:
    told = stories.printer_stories(JOB)
    assert list(told) == STORIES
    with a_bench(language) as bench:
        window = bench.window
        window.resize(*size)
        for name, story in told.items():
            window.printers.show_state(PrintersState())
            stories.show(window, story)
            qtbot.waitUntil(lambda: cut(window) == [])
            assert (window.width(), window.height()) == size, name
            least = window.minimumSizeHint()
            assert (least.width() <= 1024, least.height() <= 740) == (True, True), (name, least)


@pytest.mark.parametrize("story", ["ready", "new-roll", "found", "queue", "editing"])
def test_every_control_has_a_name_and_a_size_for_fingers(qtbot: QtBot, stories: ModuleType, story: str) -> None:
    with a_bench() as bench:
        window = bench.window
        stories.show(window, stories.printer_stories(JOB)[story])
        controls = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
        for control in controls:
            if control.isVisible() and not isinstance(control.parent(), QAbstractSpinBox):
                assert control.accessibleName(), control
        card, queue, editor = window.printers._card, window.printers._queue, window.printers._editor
        main = [card._test, card._calibrate, card._look, card._edit, card._use, card._remove, window.printers._add,
                queue._release, queue._hold, queue._move, queue._cancel, editor._save, editor._discard]  # fmt: skip
        assert all(button.height() >= ACTION_HEIGHT for button in main if button.isVisible())
        # A list that pops up is a window of its own, and takes a scanner's keys.
        assert not window.findChildren(QDialog)
        assert not window.findChildren(QComboBox)


def test_the_language_is_changed_in_mid_edit_and_nothing_typed_is_lost(window: MainWindow, page: PrintersPage) -> None:
    click(page._card._edit)
    type_into(page._editor.fields.name, "half a na")
    window._switch_language()
    assert (page._editor._save.text(), page._editor.fields.name.text()) == ("保存", "half a na")
    assert page._editor.fields.fields[Field.ADDRESS].note == "网络"


def test_a_job_that_waits_is_no_reason_to_draw_nothing_else(page: PrintersPage) -> None:
    hear(page, QueueSeen((waiting(1, reason="by hand"),)), PrinterLooked("zebra", PrinterStatus(told=True)))
    assert page._card._status.accessibleName().startswith("Ready")


def test_a_failure_that_the_printer_says_itself_is_said_once(page: PrintersPage) -> None:
    gone = PrinterUnreachable("zebra", "192.0.2.17:9100")
    hear(page, PrinterLooked("zebra", PrinterStatus(gone)), DeskDone(DeskWork.TEST_LABEL, "zebra", gone))
    assert not page._card._answer.isVisible()
    hear(page, DeskDone(DeskWork.TEST_LABEL, "zebra", MediaOut("zebra"), PrintOutcome.REFUSED))
    assert page._card._answer.isVisible()


def test_with_everything_wrong_at_once_all_can_be_scrolled_to(stories: ModuleType) -> None:
    with a_bench() as bench:
        bench.window.resize(1024, 768)
        stories.show(bench.window, stories.printer_stories(JOB)["worst"])
        QCoreApplication.processEvents()
        card, queue = bench.window.printers._card, bench.window.printers._queue
        for part in (card._status, card._answer, card._supplies._changes[SupplyKind.RIBBON]):
            card._scroll.ensureWidgetVisible(part, 0, 0)
            assert part.visibleRegion().boundingRect().height() == part.height()
        assert card._remove.visibleRegion().boundingRect().height() == card._remove.height()
        assert queue._table.viewport().height() >= 60


def test_a_roll_that_has_ended_is_not_called_ready(page: PrintersPage) -> None:
    ended = Supply("zebra", SupplyKind.LABELS, 0, 2000, 100)
    hear(page, PrinterLooked("zebra", PrinterStatus(told=True), (ended,)))
    assert "ready" not in row(page, "zebra").accessibleName()
    assert "roll in zebra has ended" in page._card._status.accessibleName()
    hear(page, PrinterLooked("zebra", PrinterStatus(told=True), (replace(ended, left=60),)))
    assert "ends soon" in row(page, "zebra").accessibleName()


def test_the_focus_stays_on_the_button_that_was_pressed(page: PrintersPage) -> None:
    page._card._test.setFocus()
    QTest.keyClick(page._card._test, Qt.Key.Key_Space)
    assert page.window().focusWidget() is page, "not on its neighbour, which would be pressed next"
    hear(page, DeskDone(DeskWork.TEST_LABEL, "zebra", None, PrintOutcome.CONFIRMED))
    assert page.window().focusWidget() is page._card._test


def test_after_a_new_roll_the_focus_is_where_it_began(page: PrintersPage) -> None:
    panel = page._card._supplies
    change = panel._changes[SupplyKind.LABELS]
    change.setFocus()
    QTest.keyClick(change, Qt.Key.Key_Space)
    QTest.keyClick(panel._do, Qt.Key.Key_Space)
    hear(page, DeskDone(DeskWork.NEW_ROLL, "zebra"))
    assert page.window().focusWidget() is change


def test_after_saving_the_focus_is_on_the_printer(page: PrintersPage) -> None:
    click(page._card._edit)
    type_into(page._editor.fields.name, "zebra left")
    page._editor._save.setFocus()
    QTest.keyClick(page._editor._save, Qt.Key.Key_Space)
    renamed = (replace(ZEBRA, name="zebra left"), CLONE, OFFICE)
    hear(page, PrintersKnown(renamed, "zebra left"), DeskDone(DeskWork.SAVE, "zebra left"))
    assert page.window().focusWidget() is row(page, "zebra left")


def test_arrows_stay_among_the_printers_to_move_to_and_escape_leaves_them(page: PrintersPage) -> None:
    hear(page, PrintersKnown((*PRINTERS, replace(CLONE, name="second")), "zebra"), QueueSeen((waiting(1, reason="x"),)))
    queue = page._queue
    click(queue._move)
    rows = queue._printers.rows
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Up, 0)):
        QTest.keyClick(page.window().focusWidget(), key)
        assert page.window().focusWidget() is rows[at]
    QTest.keyClick(rows[0], Qt.Key.Key_Escape)
    assert (queue._table.isVisible(), page.window().focusWidget()) == (True, queue._move)


def test_escape_takes_a_first_press_back(page: PrintersPage) -> None:
    hear(page, QueueSeen((waiting(1, reason="x"),)))
    cancel = page._queue._cancel
    click(cancel)
    assert cancel.armed
    QTest.keyClick(cancel, Qt.Key.Key_Escape)
    assert not cancel.armed


def test_what_came_of_a_press_is_scrolled_into_view(qtbot: QtBot, stories: ModuleType) -> None:
    with a_bench() as bench:
        bench.window.resize(1024, 768)
        stories.show(bench.window, stories.printer_stories(JOB)["worst"])
        answer = bench.window.printers._card._answer
        qtbot.waitUntil(lambda: answer.visibleRegion().boundingRect().height() == answer.height() > 0)
