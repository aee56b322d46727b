"""10,000 scans over every page and focus: none lost, none in a field, no button pressed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.scanner_keys import SCAN_PAUSE_MS, ScannerKeys
from gizqr_station.workflows.happenings import DeskDone, FaultSeen, ScanBackDue
from tests.gui.every_happening import EVERY_HAPPENING, OF_A_UNIT
from tests.gui.heard import Bench
from tests.gui.samples import CONTENT, JOB
from tests.gui.typed_keys import ALT, ENTER, ESCAPE, F8, TAB, Key, Typist, chord, letters

SCANS = 10_000
SCANS_A_PLACE = 15
PREFIX = "~"
CODES = (
    "ACCF232BE530",
    "c4:7f:51:03:85:f7",
    "861193040496508;22271M00015061005530",
    "GIZQR:ROLL",
    "]Q1ACCF238497E6",
    "4 4 4 4 4 4",
    "www.hi-flying.com",
)
WILD = (chord("O"), chord("A"), chord("1", ALT), ESCAPE, F8, TAB, Key(Qt.Key.Key_F9), Key(Qt.Key.Key_Delete))
"""What codes make scanners press that were printed to do harm."""


@pytest.fixture(scope="module")
def bench(qapp: QApplication) -> Iterator[Bench]:
    """A window whose scanner types a prefix; the keys are the only thing that is not as it comes."""
    load_fonts(qapp)
    made = Bench(scanner=ScannerKeys(prefix=PREFIX))
    try:
        yield made
    finally:
        made.close()


def fill(window: MainWindow) -> None:
    """All there is to see, and a label that is waited for."""
    for happening in EVERY_HAPPENING:
        if not isinstance(happening, DeskDone | FaultSeen) and happening not in OF_A_UNIT:
            window.hear(happening)
    window.hear(ScanBackDue(JOB))


def in_sight(window: QWidget) -> list[QWidget]:
    """What can have the focus now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible() and widget.isEnabled()
    ]


@dataclass(frozen=True, slots=True)
class Situation:
    """A page, and the button that was pressed on it, if any."""

    page: Page
    button: int | None

    def bring_about(self, bench: Bench) -> bool:
        """False where there is no such button."""
        bench.begin_again()
        fill(bench.window)
        bench.window.open_page(self.page)
        QApplication.processEvents()
        if self.button is not None:
            page = bench.window._page_of[self.page]
            buttons = [widget for widget in in_sight(page) if isinstance(widget, QAbstractButton)]
            if self.button >= len(buttons):
                return False
            buttons[self.button].click()
            QApplication.processEvents()
        return True


def situations(bench: Bench) -> Iterator[Situation]:
    """Every page, and whatever one click on it makes of it. Each is brought about before it is yielded."""
    for page in Page:
        number: int | None = None
        while (shown := Situation(page, number)).bring_about(bench):
            yield shown
            number = 0 if number is None else number + 1


def as_it_looks(window: MainWindow) -> list[object]:
    """All that a key could have changed."""
    looks: list[object] = [window.shown, window._language, window.focusWidget()]
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLineEdit):
            looks.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            looks.append(widget.toPlainText())
        elif isinstance(widget, QAbstractSpinBox):
            looks.append(widget.text())
        elif isinstance(widget, QAbstractSlider):
            looks.append(widget.value())
        elif isinstance(widget, QAbstractButton):
            looks.append((widget.isChecked(), widget.isDown(), widget.isVisible(), widget.isEnabled(), widget.text()))
    return looks


def asked(bench: Bench) -> list[object]:
    """What was asked of anybody but by a scan."""
    return [*bench.desk.calls, *bench.devices.calls]


def one_scan(chance: random.Random, typist: Typist) -> list[str]:
    """A scan as scanners do it, once or twice; what is to arrive, without what a scanner pressed beside it."""
    code = CONTENT if chance.random() < 0.02 else chance.choice(CODES)
    gap_ms = chance.randint(1, 50)
    prefixed = gap_ms > 35 or chance.random() < 0.2
    keys = letters(PREFIX + code if prefixed else code)
    if chance.random() < 0.1:
        place = chance.randrange(prefixed, len(keys))
        keys = [*keys[:place], chance.choice(WILD), *keys[place:]]
    end = () if chance.random() < 0.1 else (ENTER,)
    times = 2 if chance.random() < 0.2 else 1
    for again in range(times):
        longest_pause = 3 * SCAN_PAUSE_MS
        pause_ms = chance.randint(40, longest_pause) if again and end else longest_pause
        typist.type([*keys, *end], gap_ms, pause_ms)
    return [code] * times


def test_ten_thousand_scans_over_every_page_and_focus_are_all_heard_and_nothing_else_happens(bench: Bench) -> None:
    chance = random.Random(20261122)
    typist = Typist(bench.window, asking=False)
    presses: list[str] = []

    def press(name: str) -> Callable[[], None]:
        return lambda: presses.append(name)

    for button in bench.window.findChildren(QAbstractButton):
        button.clicked.connect(press(button.text()))
    made, looked_at = 0, set[Page]()
    while made < SCANS:
        for situation in situations(bench):
            looked_at.add(situation.page)
            looks, focused = as_it_looks(bench.window), bench.window.focusWidget()
            for calls in (bench.line.calls, bench.desk.calls, bench.devices.calls, presses):
                calls.clear()
            for widget in in_sight(bench.window):
                widget.setFocus()
                has_focus = bench.window.focusWidget()
                bench.line.calls.clear()
                expected = [code for _ in range(SCANS_A_PLACE) for code in one_scan(chance, typist)]
                bench.window._router._end()
                made += len(expected)
                heard = ["".join(filter(str.isprintable, str(text))) for text in bench.line.calls]
                assert heard == expected, (situation, widget)
                assert bench.window.focusWidget() is has_focus, (situation, widget)
            assert (presses, asked(bench)) == ([], []), situation
            if focused is not None:
                focused.setFocus()
            assert as_it_looks(bench.window) == looks, situation
    assert looked_at == set(Page)


CONTROLS = [chr(code) for code in (*range(0x20), 0x7F)]
CHARACTERS = st.one_of(st.sampled_from(CONTROLS), st.characters(exclude_categories=["Cs"]))


def key_for(letter: str) -> Key:
    """Control characters are typed with Control, the rest as it is."""
    if ord(letter) < 0x20 and letter not in "\r\t\x1b":
        return Key(ord(letter) + 64, letter, Qt.KeyboardModifier.ControlModifier)
    special = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\x1b": Qt.Key.Key_Escape, "\x7f": Qt.Key.Key_Delete}
    return Key(special.get(letter, ord(letter) if ord(letter) < 0x110000 else 0), letter)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(Page),
    codes=st.lists(
        st.lists(
            # Qt takes U+FEFF for a byte order mark and leaves it out of a key's text by itself.
            st.one_of(st.sampled_from(CONTROLS), st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")),
            min_size=6,
            max_size=30,
        ),
        min_size=1,
        max_size=3,
    ),
    place=st.integers(0, 200),
)
def test_whatever_characters_a_code_has_no_shortcut_is_fired(
    bench: Bench, page: Page, codes: list[list[str]], place: int
) -> None:
    assume(all(code[0] != PREFIX for code in codes))
    if bench.window.shown is not page or bench.window.page.state.seen.job is None:
        Situation(page, None).bring_about(bench)
    widgets = in_sight(bench.window)
    widgets[place % len(widgets)].setFocus()
    bench.line.calls.clear()
    bench.desk.calls.clear()
    bench.devices.calls.clear()
    looks = as_it_looks(bench.window)
    typist = Typist(bench.window)
    bench.window._router.forget()
    for code in codes:
        typist.type([*map(key_for, code), ENTER], 8)
    bench.window._router._end()
    heard = "".join(text for text in bench.line.calls if isinstance(text, str))
    sent = "".join("".join(code) for code in codes)
    ends = str.maketrans("", "", "\r\n\t")
    assert heard.translate(ends) == sent.translate(ends)
    assert not [call for call in bench.line.calls if not isinstance(call, str)]
    assert asked(bench) == []
    assert as_it_looks(bench.window) == looks


def test_neither_qts_own_shortcuts_nor_input_methods_come_before_the_router(bench: Bench) -> None:
    """Qt fires a QShortcut, and presses the button whose text has an ampersand, before any filter sees the key.

    A field may have its input method while it has the focus; nothing else has one, and the station page has no field.
    """
    for situation in situations(bench):
        assert bench.window.findChildren(QShortcut) == []
        for button in bench.window.findChildren(QAbstractButton):
            assert button.shortcut().isEmpty(), button.text()
        for widget in [bench.window, *in_sight(bench.window)]:
            widget.setFocus()
            asks_for_one = bool(widget.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))
            if asks_for_one or widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
                assert isinstance(widget, QLineEdit | QAbstractSpinBox | QPlainTextEdit | QTextEdit), widget
                assert situation.page is not Page.STATION


def test_typing_still_reaches_a_field_of_that_window(bench: Bench) -> None:
    Situation(Page.PRINTERS, None).bring_about(bench)
    bench.window.printers._edit()
    name = bench.window.printers._editor.fields.name
    name.setFocus()
    name.clear()
    Typist(bench.window).type(letters("zebra 2"), 90)
    bench.window._router._end()
    assert (name.text(), bench.line.calls) == ("zebra 2", [])
    QTest.keyClick(name, Qt.Key.Key_Escape)
