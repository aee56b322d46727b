"""A list handed over on a real station's lists page: judged, printed after one yes, paused, and each label once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.identity_list import Verdict
from gizqr_station.gui.lists_page import ListsPage
from gizqr_station.gui.lists_state import Pane
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.station_state import Band
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.settings.model import Settings
from tests.end_to_end.line import Surroundings, surroundings
from tests.end_to_end.window import WindowOnLine
from tests.fake_bench import WAIT_S

GOOD = [f"00911f5000{number:02x}" for number in range(0x10, 0x22)]
LABELLED = "00911f500047"


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    with surroundings(tmp_path) as around:
        yield around


@pytest.fixture
def opened(qtbot: QtBot, around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[WindowOnLine]]:
    """The windows that were opened here, one after the other; the last one is open."""
    for module in ("verdict_pane", "confirm_button"):
        monkeypatch.setattr(f"gizqr_station.gui.{module}.CONFIRM_NOT_BEFORE_MS", 0)
    lines = [WindowOnLine(qtbot, around, settings(around))]
    try:
        lines[0].wait_for(Band.WAITING)
        yield lines
    finally:
        lines[-1].close()


def settings(around: Surroundings) -> Settings:
    return around.settings(scheme="template", content="https://x.example/{mac}", ouis=["00911f"], quota=0)


def click(widget: QWidget) -> None:
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def dropped(page: ListsPage, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, *rest))
    QApplication.sendEvent(page, QDropEvent(QPoint(300, 300), Qt.DropAction.CopyAction, *rest))


def lists_page(line: WindowOnLine) -> ListsPage:
    line.window.open_page(Page.LISTS)
    page = line.window.lists
    line.wait(lambda: page.state.opened)
    return page


def label_one_on_the_line(line: WindowOnLine) -> None:
    line.plug(LABELLED)
    line.wait_for(Band.SCAN_BACK)
    line.scan(line.around.scanned_from_paper(1))
    line.wait_for(Band.VERIFIED)
    line.around.device.unplug()
    line.wait_for(Band.WAITING)


def test_a_list_with_faults_is_printed_after_one_yes_and_every_label_comes_out_once(
    qtbot: QtBot, opened: list[WindowOnLine], around: Surroundings, tmp_path: Path
) -> None:
    line, printer = opened[0], around.printer
    label_one_on_the_line(line)
    file = tmp_path / "order 1187.csv"
    rows = [*GOOD, "9.11E+11", "00911F5000", GOOD[3].upper(), LABELLED, "ACCF23A7412C"]
    file.write_text("mac\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page = lists_page(line)

    dropped(page, file)
    line.wait(lambda: page.state.pane is Pane.VERDICT)
    assert page.state.counts == {
        Verdict.GOOD: 18, Verdict.BAD: 2, Verdict.REPEATED: 1, Verdict.LABELLED: 1, Verdict.NOT_ALLOWED: 1,
    }  # fmt: skip
    assert len(printer.printed) == 1, "nothing comes out before the yes"

    click(page._verdict._yes)
    line.wait(lambda: page.state.pane is Pane.BATCH and len(printer.printed) >= 4)
    click(page._batch._pause)
    line.wait(lambda: page.state.batch is not None and page.state.batch.state is BatchState.PAUSED)
    paused = page.state.batch
    assert paused is not None
    assert 0 < paused.left < 18

    line.close()
    opened.append(WindowOnLine(qtbot, around, settings(around)))
    line = opened[1]
    line.wait_for(Band.WAITING)
    assert len(printer.printed) == 1 + 18 - paused.left, "nothing goes on by itself"
    page = lists_page(line)
    line.wait(lambda: any(row.isVisible() for row in page._batches.rows))
    click(page._batches.rows[0])
    click(page._batch._go_on)
    line.wait(lambda: page.state.batch is not None and page.state.batch.state is BatchState.DONE)

    assert page.state.batch is not None
    assert page.state.batch.counts[ItemState.SENT] == 18
    assert printer.wait_for(19, WAIT_S)
    texts = Counter(decode_picture(label.png) for label in printer.printed)
    assert texts == Counter(f"https://x.example/{mac}" for mac in (LABELLED, *GOOD))


def test_the_line_goes_on_while_a_list_is_printed(opened: list[WindowOnLine], around: Surroundings) -> None:
    line, printer = opened[0], around.printer
    page = lists_page(line)
    page._check_text("\n".join(GOOD), "clipboard")
    line.wait(lambda: page.state.may_begin)
    click(page._verdict._yes)
    line.wait(lambda: page.state.running is not None)
    line.plug(LABELLED)
    line.wait_for(Band.SCAN_BACK)
    line.scan(f"https://x.example/{LABELLED}")
    line.wait_for(Band.VERIFIED)
    line.wait(lambda: page.state.batch is not None and page.state.batch.state is BatchState.DONE)
    assert printer.wait_for(19, WAIT_S)
    texts = Counter(decode_picture(label.png) for label in printer.printed)
    assert texts == Counter(f"https://x.example/{mac}" for mac in (LABELLED, *GOOD))
