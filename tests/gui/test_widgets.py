"""The parts of the page: what they show, and what they keep to."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from pytestqt.qtbot import QtBot

from gizqr_station.domain.device_failures import PortDenied, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.printer_failures import MediaOut, RollLow
from gizqr_station.gui.band_words import band_words
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.health_tiles import HealthTile
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.label_preview import LabelPreview, to_qimage, whole_scale
from gizqr_station.gui.number_fields import Millimetres, WholeNumber
from gizqr_station.gui.station_state import Band, StationState
from gizqr_station.gui.tokens import (
    CARD,
    CHOSEN_OPTION,
    CHOSEN_ROW,
    CONFIRM_NOT_BEFORE_MS,
    FOCUS,
    LINE,
    PAGE,
    QUIET_TEXT,
    TONES,
    WARNING_MARK,
    Tone,
)
from gizqr_station.places import resources
from gizqr_station.workflows.happenings import HealthSeen, Part
from tests.fake_bench import NOW
from tests.gui.samples import IMAGE, JOB


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [value / 255 for value in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("paint", [*TONES.values(), PAGE, CARD, CHOSEN_ROW, CHOSEN_OPTION], ids=str)
def test_every_text_is_legible_on_its_ground(paint: object) -> None:
    assert contrast(paint.ground, paint.text) >= 6  # type: ignore[attr-defined]


@pytest.mark.parametrize("ground", [PAGE.ground, CARD.ground])
def test_quiet_text_and_focus_stand_out_enough(ground: str) -> None:
    assert contrast(ground, QUIET_TEXT) >= 4.5
    assert contrast(ground, FOCUS) >= 3
    assert contrast(ground, WARNING_MARK) >= 4.5


@pytest.mark.parametrize("band", Band)
def test_a_band_is_understood_without_its_colour(band: Band) -> None:
    words = band_words(StationState(band), scanner_only=False)
    assert words.word
    assert words.line
    assert not icon_pixmap(words.icon, "#000000", 24).isNull()


def test_no_two_bands_share_icon_and_word() -> None:
    shown = [band_words(StationState(band), scanner_only=False) for band in Band]
    assert len({words.word for words in shown}) == len(Band)
    assert len({(words.icon, words.tone) for words in shown if words.tone.value in {"stop", "act"}}) == 5


@pytest.mark.parametrize("file", sorted((resources() / "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_an_icon_is_drawn_in_the_colour_it_is_asked_for(file: object) -> None:
    name = file.stem  # type: ignore[attr-defined]
    drawn = icon_pixmap(name, "#A83A00", 48).toImage()
    solid = {
        drawn.pixelColor(x, y).name() for x in range(48) for y in range(48) if drawn.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#a83a00"}


@pytest.mark.parametrize(
    ("size", "room", "scale"),
    [
        ((320, 240), (320, 240), 1),
        ((320, 240), (959, 800), 2),
        ((320, 240), (319, 240), 1 / 2),
        ((1417, 945), (480, 400), 1 / 3),
    ],
)
def test_dots_are_scaled_by_whole_numbers(size: tuple[int, int], room: tuple[int, int], scale: float) -> None:
    assert whole_scale(*size, *room) == scale


def test_the_preview_shows_the_very_dots(qtbot: QtBot) -> None:
    preview = LabelPreview()
    qtbot.addWidget(preview)
    preview.resize(QSize(480, 320))
    preview.show_image(IMAGE)
    scale = int(preview.scale)
    assert scale == 29
    shown = preview.grab().toImage()
    left, top = (480 - 16 * scale) // 2, (320 - 9 * scale) // 2
    for y, row in enumerate(IMAGE.rows):
        for x in range(IMAGE.width):
            black = bool(row[x // 8] >> (7 - x % 8) & 1)
            for corner in (1, scale - 2):
                pixel = shown.pixelColor(left + x * scale + corner, top + y * scale + corner)
                assert pixel.name() == ("#000000" if black else "#ffffff")


def test_the_dots_survive_the_way_into_qt() -> None:
    dots = to_qimage(IMAGE)
    assert (dots.width(), dots.height(), dots.format()) == (16, 9, QImage.Format.Format_Mono)
    packed = b"".join(bytes(memoryview(dots.constScanLine(y)))[:2] for y in range(9))  # type: ignore[arg-type]
    assert packed == IMAGE.packed


def test_what_cannot_be_taken_back_wants_two_presses(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    button = ConfirmButton()
    qtbot.addWidget(button)
    button.set_words("No label", "Really")
    confirmed: list[bool] = []
    button.confirmed.connect(lambda: confirmed.append(True))
    button.click()
    assert (button.text(), confirmed) == ("Really", [])
    button.click()
    assert confirmed == [], "a bounce is no second press"
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    button.click()
    assert (button.text(), confirmed) == ("No label", [True])
    assert CONFIRM_NOT_BEFORE_MS > 100


def test_every_text_is_translated_and_nothing_is_left_over() -> None:
    tree = ET.parse(resources() / "i18n" / "gizqr_zh_CN.ts").getroot()
    messages = [message for context in tree for message in context.findall("message")]
    assert len(messages) > 60
    for message in messages:
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        source, text = message.findtext("source") or "", translation.text or ""
        assert text
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", text))


@pytest.mark.parametrize(
    ("failure", "edge", "says"),
    [
        (None, LINE, "ready: ttyUSB0"),
        (PortMissing("/dev/ttyUSB0"), LINE, "no device at ttyUSB0"),
        (PortDenied("/dev/ttyUSB0"), TONES[Tone.STOP].ground, "This user may not open"),
    ],
)
def test_a_tile_is_quiet_until_something_is_really_wrong(
    qtbot: QtBot, failure: Failure | None, edge: str, says: str
) -> None:
    tile = HealthTile(Part.DEVICE_PORT)
    qtbot.addWidget(tile)
    tile.show_health(HealthSeen(Part.DEVICE_PORT, failure, "ttyUSB0", NOW), "en")
    assert says in tile.accessibleName()
    assert f"border-left: 4px solid {edge}" in tile.styleSheet()


@pytest.mark.parametrize(
    ("seen", "edge", "says"),
    [
        (HealthSeen(Part.PRINTER, None, "zebra", NOW, told=True), LINE, "Printer: ready: zebra"),
        (HealthSeen(Part.PRINTER, None, "zebra", NOW), LINE, "Printer: ready: zebra, does not report its state"),
        (
            HealthSeen(Part.PRINTER, None, "zebra", NOW, RollLow("zebra", 20)),
            TONES[Tone.ATTENTION].ground,
            "Printer: zebra: roll ends soon",
        ),
        (
            HealthSeen(Part.PRINTER, MediaOut("zebra"), "zebra", NOW, RollLow("zebra", 20)),
            TONES[Tone.STOP].ground,
            "Printer: zebra: no labels",
        ),
    ],
)
def test_the_printers_tile_says_no_more_than_is_known(qtbot: QtBot, seen: HealthSeen, edge: str, says: str) -> None:
    tile = HealthTile(Part.PRINTER)
    qtbot.addWidget(tile)
    tile.show_health(seen, "en")
    assert tile.accessibleName() == says
    assert f"border-left: 4px solid {edge}" in tile.styleSheet()


def test_a_wheel_that_turns_by_changes_no_number(qtbot: QtBot) -> None:
    for field in (WholeNumber(0, 100), Millimetres(0, 100)):
        qtbot.addWidget(field)
        field.setValue(50)
        field.setFocus()
        turn = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(field, turn)
        assert field.value() == 50


def test_millimetres_show_as_many_digits_as_there_are_and_a_point_everywhere(qtbot: QtBot) -> None:
    field = Millimetres(-20, 1000)
    qtbot.addWidget(field)
    shown = []
    for value in (40.0, 25.4, -1.25, 0.0):
        field.setValue(value)
        shown.append(field.text())
    assert shown == ["40", "25.4", "-1.25", "0"]


@pytest.mark.parametrize(("state", "word"), [(JobState.SENT, "Sent"), (JobState.PRINTED, "Printed")])
def test_a_label_that_is_not_scanned_back_is_called_what_is_known_of_it(state: JobState, word: str) -> None:
    words = band_words(StationState(Band.HANDED_OVER, job=replace(JOB, state=state)), scanner_only=False)
    assert (words.word, words.line.endswith("not scanned back, so not verified.")) == (word, True)
