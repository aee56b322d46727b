"""The test label: it shows the edges, fits what is loaded, and its code means nothing to anybody."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.codes import ContentKind
from gizqr_station.domain.label import HEAD_PITCH, LabelFields, LabelImage, LabelTemplate
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.printer import Media, PrinterConfig, Sensing, Tuning
from gizqr_station.domain.printer_setup_failures import LabelTooLarge
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.workflows.trial_label import TrialLabels, draw_trial, harmless_content
from tests.fake_bench import FakePainter, FakeReadBack
from tests.fake_desk import TEMPLATES, config_of

SHELF = TemplateShelf()
LOADED, AS_IT_IS = Media(40, 30), Tuning()


class NotingPainter(FakePainter):
    """Remembers which template was asked for."""

    template = ""

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        self.template = template
        return super().paint(template, dpi, fields)


def chosen_for(config: PrinterConfig, line_template: str = "25x25") -> tuple[str, LabelFields]:
    painter = NotingPainter()
    draw_trial(TrialLabels(painter, FakeReadBack(), lambda: TEMPLATES, line_template), config)
    return painter.template, painter.painted[-1]


@pytest.mark.parametrize(
    ("media", "rotated", "template"),
    [
        (Media(40, 30), False, "40x30"),
        (Media(39.999, 30), False, "40x30"),
        (Media(100, 150), False, "60x40"),
        (Media(39, 30), False, "25x25"),
        (Media(30, 40), True, "40x30"),
        (Media(30, 40), False, "25x25"),
        (Media(62, 0, Sensing.CONTINUOUS), False, "60x40"),
        (Media(0, 30), False, "40x30"),
    ],
)
def test_the_largest_template_that_fits_what_is_loaded_is_taken(media: Media, rotated: bool, template: str) -> None:
    assert chosen_for(config_of("a", media=media, tuning=Tuning(rotated=rotated)))[0] == template


def test_where_nobody_said_what_is_loaded_it_is_what_the_line_prints() -> None:
    assert chosen_for(config_of("a", media=Media()), "40x30")[0] == "40x30"
    assert chosen_for(config_of("a", media=Media()), "my own")[0] == "25x25", "the smallest, when in doubt"


def test_media_that_is_smaller_than_every_template_is_refused_before_anything_is_drawn() -> None:
    with pytest.raises(LabelTooLarge) as large:
        chosen_for(config_of("a", media=Media(20, 10)))
    assert (large.value.label, large.value.room) == ("25 x 25 mm", "20 x 10 mm")


def test_it_says_test_and_which_printer_resolution_and_media_it_is_for() -> None:
    _, fields = chosen_for(config_of("bench 1", "h", media=Media(50, 30), dpi=300))
    assert (fields.mark, fields.product_name, fields.label_serial) == ("TEST", "bench 1", "300 dpi")
    assert (fields.identity, fields.content) == ("50 x 30 mm", "GIZQR-TEST bench-1")


@pytest.mark.parametrize(
    "name",
    [
        "zebra",
        "00911f500047",
        "00:91:1F:50:00:47",
        "861193040496508",
        "x?product_key=1&did=2&passcode=3",
        "product_key=1&did=2&passcode=3",
        "type=share&code=1",
        "GIZQR:ROLL",
        "标签打印机",
        "a;b",
        "\x1d \t",
        "标" * 60,
    ],
)
def test_no_name_makes_a_code_that_could_be_taken_for_something(name: str) -> None:
    require_harmless(harmless_content(name))


@given(st.text(max_size=60))
def test_no_name_at_all_makes_one(name: str) -> None:
    require_harmless(harmless_content(name))


def require_harmless(content: str) -> None:
    scan = sort_scan(content)
    assert content.startswith("GIZQR-TEST")
    assert (scan.what, scan.kind, scan.text) == (ScanKind.CONTENT, ContentKind.OTHER, content)
    assert len(content.encode()) <= 43


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("media", [Media(40, 30), Media(25, 25), Media(60, 40), Media(80, 50), Media()])
def test_every_media_and_head_gives_a_label_that_reads_back_and_shows_its_edges(media: Media, dpi: int) -> None:
    trials = TrialLabels(LabelPainter(SHELF), ZxingReadBack(), shipped, "40x30")
    image = draw_trial(trials, config_of("标签打印机 " * 10, "h", media=media, dpi=dpi))
    pitch = HEAD_PITCH[dpi]
    wide, high = media.width_mm or 40.0, media.height_mm or 30.0
    assert (image.width / pitch, image.height / pitch) == pytest.approx((wide, high), abs=1 / pitch)
    assert edges(image) == (True, True, True, True)


def test_a_frame_is_moved_inwards_by_the_offset_so_that_none_of_it_is_lost() -> None:
    plain = draw(tuning=Tuning())
    moved = draw(tuning=Tuning(offset_x_mm=1.0, offset_y_mm=-2.0))
    assert edges(plain) == (True, True, True, True)
    # A label that goes 1 mm right and 2 mm up keeps 8 dots free at its right and 16 at its top.
    assert ink(moved, lambda x, _: x >= moved.width - 8) == 0
    assert ink(moved, lambda _, y: y < 16) == 0
    assert ink(moved, lambda x, y: x == moved.width - 9 and y >= 16) == moved.height - 16
    assert ink(moved, lambda x, y: y == 16 and x < moved.width - 8) == moved.width - 8


def test_a_turned_label_keeps_free_what_the_turn_and_the_offset_take() -> None:
    # Turned clockwise, the label's right side lies below: moved down on the media is to the right on the label.
    moved = draw(media=Media(30, 40), tuning=Tuning(offset_y_mm=1.0, rotated=True))
    assert (moved.width, moved.height) == (320, 240)
    assert ink(moved, lambda x, _: x >= moved.width - 8) == 0
    assert ink(moved, lambda x, _: x == moved.width - 9) == moved.height


def test_a_frame_that_came_upon_the_code_is_left_away() -> None:
    class PickyReadBack(FakeReadBack):
        """Reads nothing that has a frame."""

        def require_content(self, image: LabelImage, content: str) -> None:
            if edges(image)[0]:
                raise ReadBackDiffers(content, "")

    trials = TrialLabels(FakePainter(), PickyReadBack(), lambda: TEMPLATES, "40x30")
    assert draw_trial(trials, config_of("a")).width == 8


def test_a_label_that_does_not_read_back_is_not_printed() -> None:
    trials = TrialLabels(FakePainter(), FakeReadBack(ReadBackDiffers("a", "b")), lambda: TEMPLATES, "40x30")
    with pytest.raises(ReadBackDiffers):
        draw_trial(trials, config_of("a"))


def test_nobody_gets_a_metre_of_continuous_media() -> None:
    assert draw(media=Media(62, 5000)).height == 200 * 8


def draw(media: Media = LOADED, tuning: Tuning = AS_IT_IS) -> LabelImage:
    """Without ink of its own, at 203 dpi."""

    class BlankPainter(FakePainter):
        def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
            return LabelImage(8, 8, dpi, (b"\x00",) * 8)

    trials = TrialLabels(BlankPainter(), FakeReadBack(), lambda: TEMPLATES, "40x30")
    return draw_trial(trials, config_of("a", media=media, tuning=tuning))


def shipped() -> list[LabelTemplate]:
    return [SHELF.load(name) for name in SHELF.names()]


def edges(image: LabelImage) -> tuple[bool, bool, bool, bool]:
    """Whether the first and last row and column are black from end to end."""
    rows = [int.from_bytes(row) >> (8 * image.stride - image.width) for row in image.rows]
    whole = (1 << image.width) - 1
    return (
        rows[0] == whole,
        rows[-1] == whole,
        all(row >> (image.width - 1) for row in rows),
        all(row & 1 for row in rows),
    )


def ink(image: LabelImage, where: Callable[[int, int], bool]) -> int:
    """Black dots at these places."""
    return sum(
        image.rows[y][x // 8] >> (7 - x % 8) & 1 for y in range(image.height) for x in range(image.width) if where(x, y)
    )
