"""The devices page as a person uses it: clicks and keys in, calls to the desk out, and everything said in place."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gizqr_station.domain.device_failures import OnlyNoise, PortInUseHere, ProfileUnreadable
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.reader_profile import AtTalk, ReaderProfile
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.gui.devices_page import DevicesPage
from gizqr_station.gui.devices_state import MOST_LINES, Pane
from gizqr_station.gui.form_field import Mark
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.row_list import ListRow, RowList
from gizqr_station.gui.tokens import ACTION_HEIGHT, FOCUS
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKept,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireHeard,
    WireLogKept,
)
from gizqr_station.workflows.happenings import AtSlot, Happening, LineStopped, WaitingForDevice
from tests.fake_bench import MAC, NOW, reading_of
from tests.fake_device_desk import CP2102, FT232, GAGENT, SLOT
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, HeardDevices, a_bench

ROOT = Path(__file__).parents[2]
AT = ReaderProfile("at-cgsn", {"en": "NB-IoT and 4G modules", "zh_CN": "NB-IoT"}, AtTalk(()))
OWN = ReaderProfile("my-lamp", {"en": "Lamp of line 3"}, AtTalk(()), own=True)
NEW = SerialPort("/dev/ttyACM0", "7F02A1", "1-1.4", 0x303A, 0x1001, "USB JTAG")
PLAIN = SerialPort("/dev/ttyS0")
SECOND = SlotConfig(2, "", PortName.parse("hub:1-1.2"), "at-cgsn")
OPENED: list[Happening] = [
    SlotsKnown((SLOT,), (SLOT, SECOND)),
    ReadersKnown((AT, GAGENT, OWN)),
    PortsSeen((FT232, CP2102, PLAIN)),
]


@pytest.fixture
def devices(bench: Bench) -> HeardDevices:
    return bench.devices


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.devices._try.wire.clear()
    bench.window.devices._try.wire._drawn = 0
    bench.window.open_page(Page.DEVICES)
    return bench.window


@pytest.fixture
def page(window: MainWindow) -> DevicesPage:
    hear(window, *OPENED)
    return window.devices


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)
    QCoreApplication.processEvents()


def tell(page: DevicesPage, *happenings: Happening) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    hear(window, *happenings)


def row(rows: RowList, key: str) -> ListRow:
    return next(each for each in rows.rows if each.words is not None and each.words.key == key)


def click(widget: QWidget) -> None:
    QCoreApplication.processEvents()
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def wire(data: bytes, *, sent: bool = False) -> WireHeard:
    return WireHeard((WireBytes(NOW, sent, data),))


def said(page: DevicesPage) -> str:
    return page._try._result.accessibleName()


# the page


def test_before_the_station_is_open_the_page_says_so(window: MainWindow) -> None:
    assert (window.devices._notice.isVisible(), window.devices._notice.text()) == (True, "The station is opening.")
    hear(window, LineStopped())
    assert "its own page says why" in window.devices._notice.text()


def test_the_desk_is_told_whether_anybody_looks(window: MainWindow, devices: HeardDevices) -> None:
    assert devices.visible == [True]
    window.open_page(Page.STATION)
    assert devices.visible == [True, False]


def test_the_page_is_opened_with_its_key(window: MainWindow) -> None:
    window.open_page(Page.STATION)
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.shown is Page.DEVICES


def test_what_happened_while_nobody_looked_is_seen_at_once(page: DevicesPage, window: MainWindow) -> None:
    window.open_page(Page.STATION)
    hear(window, PortsSeen((FT232,)), TrialBegun("usb:A50285BI", "auto"), wire(b"boot"))
    window.open_page(Page.DEVICES)
    QCoreApplication.processEvents()
    assert [each.words.key for each in page._ports.rows if each.words] == ["/dev/ttyUSB0"]
    assert page._try.wire.toPlainText().endswith("boot")


# ports and slots


def test_each_port_says_by_what_it_is_known_and_whose_it_is(page: DevicesPage) -> None:
    assert [each.accessibleName() for each in page._ports.rows] == [
        "ttyUSB0. Slot 1. by serial number A50285BI. FT232R · 0403:6001",
        "ttyUSB1. Slot 2. by place 1-1.2. CP2102 · 10c4:ea60",
        "ttyS0. only by path, may change",
    ]


def test_a_port_that_comes_is_marked_as_new(page: DevicesPage) -> None:
    tell(page, PortsSeen((FT232, CP2102, NEW, PLAIN)))
    assert row(page._ports, "/dev/ttyACM0").accessibleName().startswith("ttyACM0. new.")
    click(row(page._ports, "/dev/ttyACM0"))
    assert "new" not in row(page._ports, "/dev/ttyACM0").accessibleName()
    assert page._try._title.text() == "ttyACM0"


def test_without_ports_the_page_says_what_to_do(window: MainWindow) -> None:
    hear(window, SlotsKnown((SLOT,)), PortsSeen(()))
    page = window.devices
    assert (page._no_ports.isVisible(), page._try._go.isEnabled()) == (True, False)
    assert "Plug an adapter in" in page._try._name.text()


def test_each_slot_says_how_it_is_and_one_of_the_next_start_that_it_waits_for_that(page: DevicesPage) -> None:
    tell(page, AtSlot(1, WaitingForDevice()))
    assert [each.accessibleName() for each in page._slots.rows] == [
        "Slot 1 jig. Ready · usb:A50285BI. Gizwits module",
        "Slot 2. from the next start on · hub:1-1.2. NB-IoT and 4G modules",
    ]
    assert page._said.isVisible()
    assert "when the station is opened again" in page._said.accessibleName()


def test_a_slot_without_a_port_says_that_its_devices_are_scanned(window: MainWindow) -> None:
    hear(window, SlotsKnown((SlotConfig(1, "", None),)))
    assert "no port: its devices are scanned" in window.devices._slots.rows[0].accessibleName()
    assert not window.devices._said.isVisible()


# trials


def test_a_reader_is_tried_on_the_chosen_port(page: DevicesPage, devices: HeardDevices) -> None:
    click(row(page._ports, "/dev/ttyS0"))
    click(row(page._try.reader.list, "gagent"))
    page._try.reader.rate.setValue(115200)
    click(page._try._go)
    assert devices.calls == [("try_reader", "/dev/ttyS0", "gagent", 115200)]
    assert page._try._go.text() == "Stop"
    tell(page, TrialBegun("/dev/ttyS0", "gagent"))
    assert said(page).startswith("Listening at ttyS0. Not one byte yet.")
    tell(page, wire(b"boot"))
    assert said(page).startswith("Asking at ttyS0.")
    click(page._try._go)
    assert (devices.calls[-1], page._try._go.isEnabled(), said(page)) == (("stop_trial",), False, "Stopping.")
    tell(page, TrialEnded(None, None))
    assert (said(page), page._try._go.text(), page._try._go.isEnabled()) == (
        "Stopped. Nothing was read.", "Start", True,
    )  # fmt: skip


def test_a_trial_at_a_port_that_is_not_there_yet_asks_for_the_device(page: DevicesPage) -> None:
    click(page._try._go)
    tell(page, TrialBegun("usb:A50285BI", "auto"), PortsSeen((CP2102,)))
    assert said(page) == "Waiting for usb:A50285BI. Plug the device in now."
    assert page._try._name.text() == "not plugged in now, known by serial number A50285BI"


def test_while_a_trial_runs_nothing_of_it_is_changed(page: DevicesPage, devices: HeardDevices) -> None:
    click(page._try._go)
    assert not row(page._ports, "/dev/ttyS0").isEnabled()
    assert not row(page._try.reader.list, "gagent").isEnabled()
    assert not page._try.reader.rate.isEnabled()
    assert not any(button.isEnabled() for button in page._try._uses if button.isVisible())
    assert len(devices.calls) == 1


def test_an_identity_is_shown_large(page: DevicesPage) -> None:
    click(page._try._go)
    tell(page, TrialBegun("usb:A50285BI", "auto"), TrialEnded(replace(reading_of(MAC), reader="gagent"), None))
    assert (page._try._result._identity.isVisible(), page._try._result._identity.text()) == (
        True, "00:91:1F:50:00:47",
    )  # fmt: skip
    assert "asked by: Gizwits module" in said(page)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (OnlyNoise("ttyUSB0", 252, 9600), "Only noise on ttyUSB0: 252 bytes at 9600 baud."),
        (PortInUseHere("ttyUSB0", "1 jig"), "ttyUSB0 is in use by this station: 1 jig."),
    ],
)
def test_a_failure_is_said_with_what_to_do(page: DevicesPage, failure: OnlyNoise | PortInUseHere, words: str) -> None:
    click(page._try._go)
    tell(page, TrialEnded(None, failure))
    assert words in said(page)
    assert failure.code in said(page)
    assert not page._try._result._identity.isVisible()


def test_a_profile_of_the_users_that_is_broken_is_said(page: DevicesPage) -> None:
    tell(page, ReadersKnown((GAGENT,), ProfileUnreadable("lamp.toml", "no table")))
    assert "lamp.toml" in said(page)


def test_readers_have_titles_and_the_users_own_are_marked(page: DevicesPage) -> None:
    assert [each.accessibleName() for each in page._try.reader.list.rows] == [
        "Try all that may fit",
        "NB-IoT and 4G modules",
        "Gizwits module",
        "Lamp of line 3. own",
    ]
    assert page._try.reader.rate.text() == "as the reader says"
    click(row(page._try.reader.list, "gagent"))
    assert page._try.reader.rate.text() == "as the reader says (9600)"


def test_auto_has_no_rate(page: DevicesPage) -> None:
    rate = page._try.reader.rate
    assert not rate.isEnabled()
    click(row(page._try.reader.list, "gagent"))
    rate.setValue(19200)
    assert (rate.isEnabled(), page.state.baud) == (True, 19200)
    click(row(page._try.reader.list, "auto"))
    assert (rate.isEnabled(), rate.value(), page.state.baud) == (False, 0, 0)


# the byte log


def test_bytes_are_shown_with_their_direction(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"), wire(b"AT\r", sent=True), wire(b"OK"))
    lines = page._try.wire.toPlainText().split("\n")
    assert [line[14:] for line in lines] == [
        "→ 41 54 0d                                          AT\\r",
        "← 4f 4b                                             OK",
    ]
    colours = []
    for number in range(2):
        block = page._try.wire.document().findBlockByNumber(number)
        colours.append(block.begin().fragment().charFormat().foreground().color())
    assert colours[0] == QColor(FOCUS)
    assert colours[0] != colours[1]


def test_the_log_follows_its_end_unless_somebody_reads_further_up(page: DevicesPage) -> None:
    def flood(count: int) -> list[Happening]:
        return [wire(bytes([number % 251, 1]) * 8 * 10) for number in range(count)]

    log, bar = page._try.wire, page._try.wire.verticalScrollBar()
    tell(page, TrialBegun("x", "auto"), *flood(30))
    for number in range(40):
        tell(page, WireHeard((WireBytes(NOW, sent=bool(number % 2), data=b"%d" % number),)))
    assert (bar.maximum() > 0, bar.value()) == (True, bar.maximum())
    bar.setValue(3)
    tell(page, wire(b"more"))
    assert bar.value() == 3
    bar.setValue(bar.maximum())
    tell(page, wire(b"end"))
    assert (bar.value(), log.toPlainText().endswith("end")) == (bar.maximum(), True)


def test_the_log_is_bounded(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"))
    for _ in range(MOST_LINES // 400 + 1):
        page.hear(WireHeard(tuple(WireBytes(NOW, sent=bool(number % 2), data=b"x") for number in range(400))))
    assert page._try.wire.document().blockCount() <= MOST_LINES


def test_the_next_trial_begins_with_an_empty_log(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"), wire(b"one"), TrialEnded(None, None))
    click(page._try._go)
    tell(page, TrialBegun("x", "auto"))
    assert page._try.wire.toPlainText() == ""
    tell(page, wire(b"two"))
    assert page._try.wire.toPlainText().endswith("two")


def test_the_log_is_copied(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"), wire(b"one"))
    click(page._try._copy)
    assert QGuiApplication.clipboard().text() == page._try.wire.toPlainText()


def test_the_log_is_saved_and_its_path_is_said(page: DevicesPage, devices: HeardDevices) -> None:
    assert not page._try._keep.isEnabled()
    tell(page, TrialBegun("x", "auto"), wire(b"one"))
    click(page._try._keep)
    assert (devices.calls, page._try._keep.isEnabled()) == ([("keep_log",)], False)
    tell(page, WireLogKept("/logs/1.txt", None, 1048))
    assert page._try._note.text() == "Saved: /logs/1.txt without the first 1048 bytes"
    assert page._try._keep.isEnabled()


def test_a_log_that_was_not_saved_says_why(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"), wire(b"one"), WireLogKept("", FileNotWritten("/logs/1.txt", "disk full")))
    assert "/logs/1.txt" in page._try._note.text()


def test_bytes_that_came_too_quickly_are_counted(page: DevicesPage) -> None:
    tell(page, TrialBegun("x", "auto"), WireHeard((WireBytes(NOW, sent=False, data=b"x"),), 77))
    assert "77 more bytes" in page._try._note.text()


# setting slots up


def test_port_and_reader_are_used_for_a_slot(page: DevicesPage, devices: HeardDevices) -> None:
    click(row(page._ports, "/dev/ttyS0"))
    click(row(page._try.reader.list, "gagent"))
    click(page._try._uses[1])
    wanted = (SLOT, replace(SECOND, port=PortName.parse("/dev/ttyS0"), reader="gagent"))
    assert devices.calls == [("save_slots", wanted)]
    assert not any(button.isEnabled() for button in page._try._uses)
    tell(page, SlotsKept(wanted))
    assert "only by path" in row(page._ports, "/dev/ttyS0").accessibleName()
    assert "Slot 2" in row(page._ports, "/dev/ttyS0").accessibleName()


def test_one_more_slot_is_added(page: DevicesPage, devices: HeardDevices) -> None:
    assert [button.text() for button in page._try._uses if button.isVisible()] == ["1", "2", "3 (new)"]
    click(row(page._ports, "/dev/ttyS0"))
    click(page._try._uses[2])
    (call,) = devices.calls
    third = call[1][2]  # type: ignore[index]
    assert (third.number, str(third.port), third.reader) == (3, "/dev/ttyS0", "auto")


def test_with_eight_slots_there_is_no_ninth(page: DevicesPage) -> None:
    eight = tuple(SlotConfig(number, "", PortName.parse(f"COM{number}")) for number in range(1, 9))
    tell(page, SlotsKnown((SLOT,), eight))
    assert [button.text() for button in page._try._uses if button.isVisible()] == [str(at) for at in range(1, 9)]
    assert not page._further.isVisible()


def test_a_refused_setting_is_said_where_it_was_made(page: DevicesPage) -> None:
    failure = SettingInvalid("settings.toml", "slots[2].port", "is slot 1's")
    tell(page, SlotsKept((SLOT, SLOT), failure))
    assert "slots[2].port" in page._said.accessibleName()
    assert len(page._slots.rows) == 2


def test_a_slots_settings_are_opened_changed_and_saved(page: DevicesPage, devices: HeardDevices) -> None:
    click(row(page._slots, "2"))
    pane = page._slot
    assert (pane._title.text(), pane.port.text(), pane._save.isEnabled()) == ("Slot 2", "hub:1-1.2", False)
    QTest.keyClicks(pane.name, "QA")
    click(pane.leaves.button(LeavesBy.SILENCE))
    assert "built into the jig" in pane._leaves_words.text()
    pane.answer_s.setValue(9)
    click(row(pane.reader.list, "gagent"))
    click(pane._save)
    wanted = replace(SECOND, name="QA", reader="gagent", answer_s=9.0, leaves_by=LeavesBy.SILENCE)
    assert devices.calls == [("save_slots", (SLOT, wanted))]
    assert not pane._save.isEnabled()
    tell(page, SlotsKept((SLOT, wanted)))
    assert (page.state.pane, pane._save.isEnabled(), pane.unchanged) == (Pane.SLOT, False, True)


def test_what_is_typed_stays_while_things_happen(page: DevicesPage) -> None:
    click(row(page._slots, "2"))
    QTest.keyClicks(page._slot.name, "QA")
    tell(page, PortsSeen((FT232,)), SlotsKnown((SLOT,), (SLOT, SECOND)), AtSlot(1, WaitingForDevice()))
    assert page._slot.name.text() == "QA"
    QTest.keyClick(page._slot.name, Qt.Key.Key_Escape)
    assert page.state.pane is Pane.SLOT, "what was typed would be lost"


@pytest.mark.parametrize(
    ("text", "mark", "note"),
    [
        ("hub:nowhere", Mark.WRONG, "usb:A50285BI, hub:1-1.4, /dev/ttyUSB0 or COM7"),
        ("COM7", Mark.NONE, "only by path, may change"),
        ("usb:77", Mark.NONE, "by serial number 77"),
        ("", Mark.NONE, ""),
    ],
)
def test_a_port_that_is_typed_is_judged_at_once(page: DevicesPage, text: str, mark: Mark, note: str) -> None:
    click(row(page._slots, "2"))
    page._slot.port.setText(text)
    field = page._slot._port_field
    assert (field.mark, field.note, page._slot._save.isEnabled()) == (mark, note, mark is Mark.NONE)


def test_a_slot_without_a_port_is_for_scanned_devices(page: DevicesPage, devices: HeardDevices) -> None:
    click(row(page._slots, "2"))
    page._slot.port.clear()
    click(page._slot._save)
    assert devices.calls == [("save_slots", (SLOT, replace(SECOND, port=None)))]


def test_removing_a_slot_wants_two_presses_and_the_last_one_stays(page: DevicesPage, devices: HeardDevices) -> None:
    click(row(page._slots, "1"))
    click(page._slot._remove)
    assert devices.calls == []
    click(page._slot._remove)
    assert devices.calls == [("save_slots", (replace(SECOND, number=1),))]
    assert page.state.pane is Pane.TRY
    tell(page, SlotsKept((replace(SECOND, number=1),)))
    click(row(page._slots, "1"))
    assert not page._slot._remove.isEnabled()


def test_a_first_press_on_remove_is_forgotten_when_another_slot_is_opened(page: DevicesPage) -> None:
    click(row(page._slots, "1"))
    click(page._slot._remove)
    click(row(page._slots, "2"))
    assert not page._slot._remove.armed


def test_esc_goes_back_to_the_ports(page: DevicesPage) -> None:
    click(row(page._slots, "2"))
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page.state.pane is Pane.TRY


# looks


def load_stories() -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location("device_stories", ROOT / "packaging" / "device_stories.py")
    assert spec is not None
    assert spec.loader is not None
    stories = importlib.util.module_from_spec(spec)
    sys.modules["device_stories"] = stories
    spec.loader.exec_module(stories)
    return stories


STORIES = load_stories()
SIZES = [(1366, 768), (1024, 768)]


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with a_bench(request.param) as bench:
        yield bench


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("story", STORIES.device_stories())
def test_the_page_fits_and_nothing_of_it_is_cut(qtbot: QtBot, spoken: Bench, story: str, size: tuple[int, int]) -> None:
    language = spoken.window._language
    spoken.begin_again()
    if language != spoken.window._language:
        spoken.window._switch_language()
    window = spoken.window
    window.resize(*size)
    STORIES.show(window, STORIES.device_stories()[story])
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.waitUntil(lambda: cut(window) == [])
    least = window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 740) == (True, True), least


def test_every_control_has_a_name_and_nothing_pops_up(page: DevicesPage) -> None:
    click(row(page._slots, "2"))
    kinds = (QAbstractButton, QLineEdit, QAbstractSpinBox, QPlainTextEdit)
    for kind in kinds:
        for control in page.findChildren(kind):
            inside = isinstance(control.parent(), QAbstractSpinBox)
            assert inside or control.accessibleName(), control
    assert not page.findChildren(QComboBox)
    assert not page.findChildren(QDialog)
    for button in (page._try._go, page._slot._save, page._slot._remove):
        assert button.minimumHeight() >= ACTION_HEIGHT


def test_the_whole_page_is_reached_with_the_tab_key(page: DevicesPage) -> None:
    page._try._go.setFocus()
    seen = set()
    for _ in range(60):
        focused = page.window().focusWidget()
        if focused is not None:
            seen.add(focused)
        QTest.keyClick(page.window(), Qt.Key.Key_Tab)
    assert {page._try._go, page._try.wire, page._slots.rows[0], page._ports.rows[0]} <= seen
