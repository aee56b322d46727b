"""The records page, and the station's while an old label turned up, at both sizes and in both languages."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from gizqr_station.domain.label import LabelImage
from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.tokens import BUTTON_HEIGHT
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, a_bench

ROOT = Path(__file__).parents[2]


def load_stories() -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location("record_stories", ROOT / "packaging" / "record_stories.py")
    assert spec is not None
    assert spec.loader is not None
    stories = importlib.util.module_from_spec(spec)
    sys.modules["record_stories"] = stories
    spec.loader.exec_module(stories)
    return stories


STORIES = load_stories()
SIZES = [(1366, 768), (1024, 768)]
LOOKED_AT = (*STORIES.RECORDS_PICTURED, "badge-read", "wrong-scan", "held", "written")
WIDE = ("found", "second", "serial-too", "settle", "alarm-maybe", "station-alarm-maybe")
"""Looked at on the larger screen too; what fits on the smaller one mostly does."""


def label(_identity: str, _serial: str) -> LabelImage:
    image: LabelImage = STORIES.BLANK
    return image


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Bench]:
    load_fonts(qapp)
    with a_bench(request.param) as bench:
        yield bench


def at_size(spoken: Bench, size: tuple[int, int]) -> MainWindow:
    language = spoken.window._language
    spoken.begin_again()
    if language != spoken.window._language:
        spoken.window._switch_language()
    spoken.window.records._search._clear()
    # The size is that of this page: the one that is seen before it may need more.
    spoken.window.open_page(Page.RECORDS)
    spoken.window.resize(*size)
    return spoken.window


@pytest.mark.parametrize(
    ("story", "size"), [*((story, SIZES[1]) for story in LOOKED_AT), *((story, SIZES[0]) for story in WIDE)]
)
def test_the_page_fits_and_nothing_of_it_is_cut(qtbot: QtBot, spoken: Bench, story: str, size: tuple[int, int]) -> None:
    window = at_size(spoken, size)
    STORIES.show(window, story, label)
    qtbot.waitUntil(lambda: cut(window) == [])
    assert (window.width(), window.height()) == size
    least = window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 740) == (True, True), least
    for kind in (QAbstractButton, QLineEdit, QTableView):
        for control in window.records.findChildren(kind):
            assert not control.isVisible() or control.accessibleName(), control
    for key in (window.records._unit.form.reprint_key, window.records._unit.form.void_key):
        assert not key.isVisible() or key.visibleRegion().boundingRect().height() >= BUTTON_HEIGHT


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_device_serial_state_or_time_is_cut_in_the_tables(spoken: Bench, size: tuple[int, int]) -> None:
    window = at_size(spoken, size)
    STORIES.show(window, "found", label)
    QApplication.processEvents()
    found = window.records.findChildren(QTableView)
    shown = [table for table in found if table.isVisible() and table.model().rowCount()]
    assert len(shown) == 2
    for table in shown:
        for column in (0, 1, 2, 6):
            assert table.sizeHintForColumn(column) <= table.columnWidth(column)


def test_everything_at_the_reprint_desk_is_reached_with_the_tab_key(qtbot: QtBot, spoken: Bench) -> None:
    window = at_size(spoken, SIZES[0])
    STORIES.show(window, "second", label)
    qtbot.waitUntil(lambda: cut(window) == [])
    unit = window.records._unit
    unit.form.second.name.setText("Zhao Min")
    unit.form.second.pin.setText("123456")
    unit.form.filled.emit()
    unit.back.setFocus()
    seen = set()
    for _ in range(60):
        seen.add(window.focusWidget())
        window.focusNextChild()
    form = unit.form
    wanted = {form.remark, form.second.name, form.second.pin, form.reprint_key, form.void_key, unit.back}
    assert wanted <= seen
    assert {form.reasons.button(value) for value in form.reasons._buttons} <= seen
