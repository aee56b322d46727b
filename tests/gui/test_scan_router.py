"""Scans go to one place whatever has the focus, and typing is left alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.scan_text import LONGEST_SCAN
from gizqr_station.gui.scan_router import ScanRouter
from gizqr_station.gui.scanner_keys import (
    GAP_MS,
    PREFIX_PAUSE_MS,
    SCAN_PAUSE_MS,
    SHORTEST_SCAN,
    SILENCE_MS,
    ScannerKeys,
    elapsed_ms,
)
from tests.gui.typed_keys import ALT, CONTROL, ENTER, ESCAPE, F8, TAB, Key, Typist, chord, letters

CODE = "ACCF232BE530"
PREFIXED = ScannerKeys(prefix="~")


class Window(QWidget):
    """A field and a button, either of which may have the focus."""

    def __init__(self, keys: ScannerKeys) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("press me")
        self.button.setDefault(True)
        self.pressed: list[bool] = []
        self.entered: list[str] = []
        self.scans: list[str] = []
        self.heard: list[int] = []
        self.button.clicked.connect(lambda: self.pressed.append(True))
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.router = ScanRouter(self, keys)
        self.router.scanned.connect(self.scans.append)
        self.typist = Typist(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """What no field wanted."""
        self.heard.append(event.key())


@pytest.fixture
def keys() -> ScannerKeys:
    return ScannerKeys()


@pytest.fixture
def window(qtbot: QtBot, keys: ScannerKeys) -> Iterator[Window]:
    shown = Window(keys)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.field.setFocus()
    qtbot.waitUntil(lambda: shown.focusWidget() is shown.field)
    shown.router.watch(shown.windowHandle())
    yield shown
    shown.router.close()


@pytest.fixture
def typist(window: Window) -> Typist:
    return window.typist


def nothing_but_scans(window: Window, *scans: str) -> bool:
    outside = (window.field.text(), window.entered, window.pressed, window.heard)
    return (window.scans, *outside) == ([*scans], "", [], [], [])


@pytest.mark.parametrize("gap_ms", [0, 1, 8, 16, GAP_MS])
@pytest.mark.parametrize("end", [ENTER, Key(Qt.Key.Key_Enter, "\r")])
def test_a_scan_is_taken_at_once_and_never_lands_in_a_field(
    window: Window, typist: Typist, gap_ms: int, end: Key
) -> None:
    typist.scan(CODE, gap_ms, (end,))
    assert nothing_but_scans(window, CODE)


def test_a_scan_never_presses_the_button_that_has_the_focus(window: Window, typist: Typist) -> None:
    window.button.setFocus()
    typist.scan("4 4 4 4 4 4")
    assert nothing_but_scans(window, "4 4 4 4 4 4")


@pytest.mark.parametrize("end", [(), (TAB,)])
def test_a_scanner_that_sends_no_enter_is_heard_after_a_silence(
    window: Window, typist: Typist, qtbot: QtBot, end: tuple[Key, ...]
) -> None:
    typist.scan(CODE, end=end)
    assert window.scans == []
    qtbot.waitUntil(lambda: nothing_but_scans(window, CODE))


@pytest.mark.parametrize("keys", [ScannerKeys(suffix="tab")])
def test_where_tab_is_the_suffix_it_ends_a_scan(window: Window, typist: Typist) -> None:
    typist.scan(CODE, end=(TAB,))
    assert nothing_but_scans(window, CODE)


def test_a_tab_within_a_scan_is_part_of_it(window: Window, typist: Typist) -> None:
    typist.type([*letters(CODE), TAB, *letters("861193040496508"), ENTER], 8)
    assert nothing_but_scans(window, f"{CODE}\t861193040496508")


@pytest.mark.parametrize("late_ms", [GAP_MS + 1, SILENCE_MS, SCAN_PAUSE_MS])
def test_an_enter_that_comes_late_still_ends_the_scan(window: Window, typist: Typist, late_ms: int) -> None:
    typist.scan(CODE, end=())
    typist.type([ENTER], 0, late_ms)
    assert nothing_but_scans(window, CODE)


def test_a_second_enter_behind_a_scan_presses_nothing(window: Window, typist: Typist, qtbot: QtBot) -> None:
    typist.scan(CODE, end=(ENTER, ENTER))
    typist.scan(CODE[::-1])
    typist.type([ENTER], 0, SILENCE_MS)
    qtbot.wait(2 * SILENCE_MS)
    assert nothing_but_scans(window, CODE, CODE[::-1])


class Ear(QObject):
    """Counts presses and releases that reach a widget."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pressed: list[int] = []
        self.released: list[int] = []

    def eventFilter(self, _receiver: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.pressed.append(event.key())
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease:
            self.released.append(event.key())
        return False


@pytest.fixture
def ear(window: Window) -> Ear:
    made = Ear(window)
    window.field.installEventFilter(made)
    return made


def test_not_even_the_release_of_a_scanned_key_gets_through(typist: Typist, ear: Ear) -> None:
    typist.scan(CODE)
    for at, key in enumerate(letters("ABCDEF")):
        typist.press_only(key, 5000 + at)
    typist.press_only(ENTER, 5006)
    for key in (ENTER, *letters("ABCDEF")):
        typist.release_only(key, 5300)
    assert (ear.pressed, ear.released) == ([], [])


def test_typed_keys_are_released_as_often_as_they_are_pressed(typist: Typist, ear: Ear, qtbot: QtBot) -> None:
    """However the hands overlap: the next key is down before the last one is up."""
    for number, key in enumerate(letters("half")):
        typist.press_only(key, 1000 + 60 * number)
        if number:
            typist.release_only(letters("half")[number - 1], 1020 + 60 * number)
    typist.release_only(letters("f")[0], 1300)
    typed = [ord(letter) for letter in "HALF"]
    qtbot.waitUntil(lambda: (ear.pressed, ear.released) == (typed, typed))


def test_a_key_that_is_held_down_is_released_when_it_is(typist: Typist, ear: Ear, qtbot: QtBot) -> None:
    typist.press_only(letters("a")[0], 1000)
    qtbot.waitUntil(lambda: ear.pressed == [ord("A")])
    assert ear.released == []
    typist.release_only(letters("a")[0], 1600)
    assert ear.released == [ord("A")]


@pytest.mark.parametrize("pause_ms", [GAP_MS + 1, SCAN_PAUSE_MS])
@pytest.mark.parametrize("place", range(SHORTEST_SCAN, len(CODE)))
def test_a_scan_that_pauses_is_not_cut_into_two(window: Window, typist: Typist, place: int, pause_ms: int) -> None:
    """Half of a long code may look like a device."""
    typist.scan(CODE[:place], end=())
    typist.scan(CODE[place:], pause_ms=pause_ms)
    assert nothing_but_scans(window, CODE)


@pytest.mark.parametrize("gap_ms", [GAP_MS + 1, 40, 46, 60, 150])
def test_typing_reaches_the_field_untouched(window: Window, typist: Typist, qtbot: QtBot, gap_ms: int) -> None:
    typist.type([*letters("lamp 12"), ENTER], gap_ms)
    qtbot.waitUntil(lambda: window.entered == ["lamp 12"])
    assert (window.scans, window.field.text()) == ([], "lamp 12")


def test_a_few_fast_keys_are_no_scan_and_their_enter_presses_nothing(
    window: Window, typist: Typist, qtbot: QtBot
) -> None:
    few = "x" * (SHORTEST_SCAN - 2)
    typist.scan(few, 5)
    qtbot.waitUntil(lambda: window.field.text() == few)
    assert (window.scans, window.entered, window.pressed, window.heard) == ([], [], [], [])


def test_a_scan_right_behind_typing_is_told_apart(window: Window, typist: Typist) -> None:
    typist.type(letters("ab"), GAP_MS + 20)
    typist.scan(CODE, pause_ms=GAP_MS + 20)
    assert (window.scans, window.field.text()) == ([CODE], "ab")


@pytest.mark.parametrize("pause_ms", [0, 8, 20, 1000])
def test_two_scans_in_a_row_are_two(window: Window, typist: Typist, pause_ms: int) -> None:
    typist.scan(CODE)
    typist.scan(CODE[::-1], pause_ms=pause_ms)
    assert nothing_but_scans(window, CODE, CODE[::-1])


def test_a_short_rest_behind_a_scan_is_no_typing(window: Window, typist: Typist) -> None:
    """A code of several lines comes as several scans, the last of them perhaps of two letters."""
    typist.scan(CODE)
    typist.scan("IJ", pause_ms=8)
    assert nothing_but_scans(window, CODE, "IJ")


def test_a_short_first_line_of_a_code_is_no_typing_either(window: Window, typist: Typist) -> None:
    typist.type([*letters("AB"), ENTER, *letters("CDEFGH"), ENTER], 8)
    assert nothing_but_scans(window, "AB\rCDEFGH")


@pytest.mark.parametrize("pressed", [ESCAPE, F8, TAB, chord("O"), chord("J"), chord("M", ALT), Key(Qt.Key.Key_Delete)])
@pytest.mark.parametrize("place", [0, 1, 6, 12])
def test_what_a_code_makes_a_scanner_press_never_reaches_anything(
    window: Window, typist: Typist, ear: Ear, pressed: Key, place: int
) -> None:
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_F8), window)
    shortcut.activated.connect(lambda: window.pressed.append(True))
    keys = letters(CODE)
    typist.type([*keys[:place], pressed, *keys[place:], ENTER], 8)
    assert nothing_but_scans(window, *window.scans)
    assert "".join(letter for letter in window.scans[0] if letter.isprintable()) == CODE
    assert ear.pressed == []


@pytest.mark.parametrize("pressed", [ESCAPE, F8, chord("O"), Key(Qt.Key.Key_Return, "\r")])
def test_a_shortcut_within_a_few_fast_keys_is_dropped(
    window: Window, typist: Typist, qtbot: QtBot, pressed: Key
) -> None:
    typist.type([letters("a")[0], pressed, letters("b")[0], ENTER], 8)
    qtbot.waitUntil(lambda: window.field.text() == "ab")
    assert (window.scans, window.entered, window.pressed, window.heard) == ([], [], [], [])


@pytest.mark.parametrize("pressed", [F8, ESCAPE, Key(Qt.Key.Key_2, "2", CONTROL)])
def test_a_key_that_a_person_presses_acts(window: Window, typist: Typist, qtbot: QtBot, pressed: Key) -> None:
    typist.type([pressed], 0)
    qtbot.waitUntil(lambda: window.heard == [pressed.key])


def test_a_space_presses_the_button_once(window: Window, typist: Typist, qtbot: QtBot) -> None:
    window.button.setFocus()
    typist.type(letters(" "), 0)
    qtbot.waitUntil(lambda: window.pressed == [True])


def test_a_letter_that_is_held_down_is_no_scan(window: Window, typist: Typist) -> None:
    for number in range(20):
        typist.press_only(letters("a")[0], 1000 + 30 * number, again=number > 0)
    assert (window.scans, window.field.text()) == ([], "a" * 20)


def test_a_key_on_which_the_scanner_was_unplugged_is_not_typed_for_ever(window: Window, typist: Typist) -> None:
    typist.scan(CODE, end=())
    typist.press_only(letters("0")[0], typist.clock + 8)
    window.router._end()
    for number in range(20):
        typist.press_only(letters("0")[0], typist.clock + 500 + 30 * number, again=True)
    assert nothing_but_scans(window, f"{CODE}0")


def test_a_key_whose_release_was_lost_in_a_scan_can_be_leaned_on_again(
    window: Window, typist: Typist, qtbot: QtBot
) -> None:
    typist.scan(CODE[:-1], end=())
    typist.press_only(letters("0")[0], typist.clock + 8)
    window.router._end()
    typist.press_only(letters("0")[0], typist.clock + 5000)
    for number in range(3):
        typist.press_only(letters("0")[0], typist.clock + 5500 + 30 * number, again=True)
    assert (window.scans, window.field.text()) == ([CODE], "0000")


def test_a_shortcut_that_qt_would_fire_before_the_key_arrives_is_not_fired_within_a_scan(
    window: Window, qtbot: QtBot
) -> None:
    """Qt's own way of a key, from the window system on: its time stamps are a millisecond apart."""
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_F8), window)
    shortcut.activated.connect(lambda: window.pressed.append(True))
    handle = window.windowHandle()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_C, Qt.Key.Key_F, Qt.Key.Key_F8, Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(handle, key)
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert nothing_but_scans(window, "accf23")
    window.router.forget()
    QTest.keyClick(handle, Qt.Key.Key_F8)
    assert window.pressed == [True], "pressed by a person it acts"


@pytest.mark.parametrize("length", [1000, LONGEST_SCAN])
def test_a_long_code_is_one_scan(window: Window, typist: Typist, length: int) -> None:
    text = (CODE * 400)[:length]
    typist.scan(text, 7)
    assert nothing_but_scans(window, text)


def test_a_flood_of_keys_is_bounded_and_known_as_one(window: Window, typist: Typist) -> None:
    typist.scan("a" * (LONGEST_SCAN + 500), 1)
    assert [len(text) for text in window.scans] == [LONGEST_SCAN + 1]
    assert nothing_but_scans(window, *window.scans)


@pytest.mark.parametrize("gap_ms", [40, 50, 100, 150])
def test_what_was_typed_is_in_the_field_before_a_button_is_pressed(window: Window, typist: Typist, gap_ms: int) -> None:
    seen: list[str] = []
    window.button.clicked.connect(lambda: seen.append(window.field.text()))
    typist.type(letters("Half"), gap_ms)
    typist.click(window.button, GAP_MS + 1)
    assert (seen, window.scans) == (["Half"], [])


@pytest.mark.parametrize("place", range(1, len(CODE)))
def test_a_click_in_the_middle_of_a_scan_neither_cuts_it_nor_lets_any_of_it_out(
    window: Window, typist: Typist, place: int
) -> None:
    typist.scan(CODE[:place], end=())
    typist.click(window.button, 3)
    typist.scan(CODE[place:], pause_ms=8)
    assert (window.scans, window.field.text(), window.pressed) == ([CODE], "", [True])


def test_what_was_typed_is_in_the_field_before_the_window_loses_the_keys(window: Window, typist: Typist) -> None:
    typist.type(letters("Half"), 50)
    QCoreApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.FocusAboutToChange))
    assert window.field.text() == "Half"


def test_a_scan_over_a_dialog_is_a_scan_and_the_dialog_stays_open(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    field, default = QLineEdit(dialog), QPushButton("OK", dialog)
    default.setDefault(True)
    default.clicked.connect(dialog.accept)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: bool(dialog.windowHandle().property("scans_are_routed")))
    Typist(dialog).scan(CODE)
    assert (window.scans, field.text(), dialog.isVisible()) == ([CODE], "", True)
    dialog.close()


def test_a_scan_that_begins_in_one_window_and_ends_in_another_is_one(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: bool(dialog.windowHandle().property("scans_are_routed")))
    window.typist.scan(CODE[:5], end=())
    rest = Typist(dialog)
    rest.clock = window.typist.clock
    rest.scan(CODE[5:], pause_ms=8)
    assert nothing_but_scans(window, CODE)
    dialog.close()


def test_what_was_typed_into_a_window_that_is_gone_does_no_harm(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    window.router.watch(dialog.windowHandle())
    Typist(dialog).type(letters("a"), 0)
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.router._end()
    assert window.scans == []


# A programmed prefix: the sure way, whatever the timing.


@pytest.mark.parametrize("keys", [PREFIXED, ScannerKeys(prefix="\x02"), ScannerKeys(prefix="]>#", suffix="none")])
@pytest.mark.parametrize("gap_ms", [1, GAP_MS, 50, PREFIX_PAUSE_MS])
@pytest.mark.parametrize("code", [CODE, "4"])
def test_what_begins_with_the_prefix_is_a_scan_however_slow_and_short(
    window: Window, typist: Typist, qtbot: QtBot, keys: ScannerKeys, gap_ms: int, code: str
) -> None:
    prefix = [chord("B")] if keys.prefix == "\x02" else letters(keys.prefix)
    end = [] if keys.suffix == "none" else [ENTER]
    typist.type([*prefix, *letters(code), *end], gap_ms)
    qtbot.waitUntil(lambda: nothing_but_scans(window, code))


@pytest.mark.parametrize("keys", [PREFIXED])
def test_a_fast_scan_without_the_prefix_is_still_a_scan(window: Window, typist: Typist) -> None:
    typist.scan(CODE)
    assert nothing_but_scans(window, CODE)


@pytest.mark.parametrize("keys", [PREFIXED])
def test_the_prefix_alone_is_typing(window: Window, typist: Typist, qtbot: QtBot) -> None:
    typist.type(letters("a~b"), PREFIX_PAUSE_MS + 1)
    qtbot.waitUntil(lambda: window.field.text() == "a~b")
    assert window.scans == []


@pytest.mark.parametrize("keys", [ScannerKeys(prefix="~~")])
def test_half_a_prefix_is_typing(window: Window, typist: Typist, qtbot: QtBot) -> None:
    typist.type(letters("~a"), 60)
    qtbot.waitUntil(lambda: window.field.text() == "~a")
    assert window.scans == []


@pytest.mark.parametrize("keys", [PREFIXED])
def test_the_prefix_inside_a_scan_is_part_of_it(window: Window, typist: Typist) -> None:
    typist.scan("ACCF~232BE530")
    typist.scan("~~12")
    assert nothing_but_scans(window, "ACCF~232BE530", "~12")


@pytest.mark.parametrize("keys", [ScannerKeys(gap_ms=10)])
def test_the_gap_is_a_setting(window: Window, typist: Typist, qtbot: QtBot) -> None:
    typist.scan(CODE, 10)
    typist.type(letters("abcdefgh"), 11)
    qtbot.waitUntil(lambda: window.field.text() == "abcdefgh")
    assert window.scans == [CODE]


# The window may be busy while keys arrive: their own time stamps tell what they were.


def test_a_scan_whose_keys_wait_while_the_window_is_busy_is_one_scan(
    window: Window, typist: Typist, qtbot: QtBot
) -> None:
    typist.scan(CODE[:4], end=())
    QTest.qSleep(300)
    window.router._tick()
    assert (window.scans, window.field.text()) == ([], ""), "the rest may be on its way"
    typist.scan(CODE[4:], pause_ms=8)
    assert nothing_but_scans(window, CODE)


def test_a_silence_counts_only_while_the_window_is_alive(
    window: Window, typist: Typist, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.scan(CODE, end=())
    with monkeypatch.context() as impatient:
        impatient.setattr("gizqr_station.gui.scan_router._LATE_TICK_MS", 5)
        for _ in range(20):
            QThread.msleep(10)
            window.router._tick()
    assert window.scans == []
    qtbot.waitUntil(lambda: window.scans == [CODE])


def test_typing_that_waits_while_the_window_is_busy_is_typing(window: Window, typist: Typist, qtbot: QtBot) -> None:
    """All of it arrives at once, but each key says when it was pressed."""
    typist.type(letters("typed meanwhile"), 120)
    qtbot.waitUntil(lambda: window.field.text() == "typed meanwhile")
    assert window.scans == []


def test_a_scan_over_the_end_of_the_window_systems_clock_is_one_scan(window: Window, typist: Typist) -> None:
    typist.clock = (1 << 32) - 1050
    for number, key in enumerate([*letters(CODE), ENTER]):
        typist.send(key, ((1 << 32) - 50 + 8 * number) % (1 << 32))
    assert nothing_but_scans(window, CODE)
    assert elapsed_ms((1 << 32) - 1, 4) == 5


def test_a_person_may_press_control_in_the_middle_of_typing(window: Window, typist: Typist, qtbot: QtBot) -> None:
    typist.type([*letters("ab"), Key(Qt.Key.Key_Control, "", CONTROL), chord("A"), *letters("c")], 120)
    qtbot.waitUntil(lambda: window.field.text() == "c")
    assert window.scans == []
