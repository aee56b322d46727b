"""What holds for every Encoder; a new language passes this unchanged."""

import random
from dataclasses import replace

import pytest

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Language, Media, Sensing
from gizqr_station.domain.printer_setup_failures import LabelTooLarge
from gizqr_station.printing.languages.choice import encoder_for
from tests.printing.languages.speakers import Speaker, image_in

PITCH = {180: 180 / 25.4, 203: 8.0, 300: 300 / 25.4, 360: 360 / 25.4, 600: 600 / 25.4}
HAVE_SETTINGS = {Language.ZPL, Language.TSPL, Language.EPL2}


def noise(width: int, height: int, dpi: int, margin: int = 0) -> LabelImage:
    """Dots without any order, black in all four corners inside a white margin."""
    dice = random.Random(f"{width} {height} {margin}")
    inner = width - 2 * margin
    stride = (width + 7) // 8
    rows = []
    for y in range(height):
        black = 0
        if margin <= y < height - margin:
            black = dice.getrandbits(inner)
            if y in {margin, height - margin - 1}:
                black |= 1 | 1 << (inner - 1)
        rows.append((black << (margin + 8 * stride - width)).to_bytes(stride, "big"))
    return LabelImage(width, height, dpi, tuple(rows))


class EncoderContract:
    """Run over every speaker."""

    def test_one_label_exactly_and_its_very_dots(self, speaker: Speaker) -> None:
        image = noise(97, 61, speaker.config.dpi)
        encoder = speaker.encoder
        read = speaker.read(encoder.setup() + encoder.label(image, "17"))
        assert read.copies == 1
        assert image_in(read, 97, 61, speaker.config.dpi) == image

    def test_the_set_up_alone_prints_nothing(self, speaker: Speaker) -> None:
        for tuned in (speaker, speaker.tuned(darkness=20, speed=4)):
            setup = tuned.encoder.setup()
            assert setup.isascii()
            assert tuned.read(setup).copies == 0

    def test_the_same_dots_give_the_same_bytes(self, speaker: Speaker) -> None:
        image = noise(40, 24, speaker.config.dpi)
        again = replace(speaker, config=replace(speaker.config)).encoder
        assert speaker.encoder == again
        assert speaker.encoder.label(image, "17") == again.label(noise(40, 24, speaker.config.dpi), "17")
        assert speaker.encoder.setup() == again.setup()

    def test_darkness_and_speed_change_the_set_up_and_not_the_label(self, speaker: Speaker) -> None:
        image = noise(40, 24, speaker.config.dpi)
        dark = speaker.tuned(darkness=30, speed=6).encoder
        assert dark.label(image, "17") == speaker.encoder.label(image, "17")
        assert (dark.setup() != speaker.encoder.setup()) == (speaker.config.language in HAVE_SETTINGS)

    def test_settings_beyond_a_printers_range_are_brought_into_it(self, speaker: Speaker) -> None:
        for darkness, speed in ((0, 0), (30, 18), (99, 99)):
            speaker.read(speaker.tuned(darkness=darkness, speed=speed).encoder.setup())

    def test_measuring_the_media_draws_nothing(self, speaker: Speaker) -> None:
        command = speaker.encoder.calibration()
        assert command is None or (command.isascii() and command.endswith(b"\n") and len(command) < 20)
        endless = speaker.with_media(Media(62, 0, Sensing.CONTINUOUS))
        assert endless.encoder.calibration() is None

    @pytest.mark.parametrize(
        "name", ["", "17^XZ", "17~JA", "17\n", "17\r\nPRINT 9", "a b", "a_b", "é", "１７", "x" * 41]
    )
    def test_a_job_name_that_could_be_more_is_refused(self, speaker: Speaker, name: str) -> None:
        with pytest.raises(ValueError, match="job name"):
            speaker.encoder.label(noise(8, 8, speaker.config.dpi), name)

    @pytest.mark.parametrize(("name", "job"), [("17", 17), ("copy", 0), ("L-000123", 0)])
    def test_dots_of_another_resolution_are_refused(self, speaker: Speaker, name: str, job: int) -> None:
        other = 300 if speaker.config.dpi != 300 else 203
        with pytest.raises(PrinterUnsuitable) as refused:
            speaker.encoder.label(noise(8, 8, other), name)
        failure = refused.value
        assert (failure.job, failure.printer) == (job, "bench 4")
        assert (failure.drawn_dpi, failure.printer_dpi) == (other, speaker.config.dpi)

    def test_a_label_larger_than_the_media_is_refused(self, speaker: Speaker) -> None:
        dpi = speaker.config.dpi
        if speaker.config.language is Language.BROTHER:
            # Its media come from a table, none of them wider than this.
            with pytest.raises(LabelTooLarge):
                speaker.encoder.label(noise(1300, 8, dpi), "17")
            return
        media = Media(10, 8)
        width, height = round(10 * PITCH[dpi]), round(8 * PITCH[dpi])
        loaded = speaker.with_media(media)
        loaded.encoder.label(noise(width, height, dpi), "17")
        # White at all edges: it is refused for its size, not for lost dots.
        for image in (noise(width + 2, height, dpi, 2), noise(width, height + 2, dpi, 2)):
            with pytest.raises(LabelTooLarge) as refused:
                loaded.encoder.label(image, "17")
            assert refused.value.printer == "bench 4"
            assert "10.0 x 8.0 mm" in refused.value.room

    def test_endless_media_takes_a_label_of_any_length(self, speaker: Speaker) -> None:
        image = noise(20, 900, speaker.config.dpi)
        endless = speaker
        if speaker.config.language is not Language.BROTHER:
            endless = speaker.with_media(Media(10, 8, Sensing.CONTINUOUS))
        read = endless.read(endless.encoder.label(image, "17"))
        assert read.copies == 1
        assert read.height == 900
        assert image_in(read, 20, 900, speaker.config.dpi) == image

    def test_a_label_smaller_than_the_media_stands_in_its_upper_left_corner(self, speaker: Speaker) -> None:
        image = noise(33, 17, speaker.config.dpi)
        if speaker.config.language is not Language.BROTHER:
            speaker = speaker.with_media(Media(20, 15))
        read = speaker.read(speaker.encoder.label(image, "17"))
        assert image_in(read, 33, 17, speaker.config.dpi) == image

    @pytest.mark.parametrize(("x_mm", "y_mm"), [(2.0, 0.0), (0.0, 1.5), (2.0, 1.5), (-1.0, 0.0), (0.0, -1.0), (-1, 2)])
    def test_an_offset_moves_every_dot(self, speaker: Speaker, x_mm: float, y_mm: float) -> None:
        dpi = speaker.config.dpi
        margin = round(2 * PITCH[dpi])
        side = 2 * margin + 25
        image = noise(side, side, dpi, margin)
        moved = speaker.tuned(offset_x_mm=x_mm, offset_y_mm=y_mm)
        read = moved.read(moved.encoder.label(image, "17"))
        x, y = margin + round(x_mm * PITCH[dpi]), margin + round(y_mm * PITCH[dpi])
        bare = speaker.read(speaker.encoder.label(image, "17"))
        assert image_in(read, 25, 25, dpi, x, y) == image_in(bare, 25, 25, dpi, margin, margin)

    @pytest.mark.parametrize(("x_mm", "y_mm"), [(-1.0, 0.0), (0.0, -1.0), (-60.0, 0.0), (0.0, -60.0)])
    def test_an_offset_that_loses_black_is_refused(self, speaker: Speaker, x_mm: float, y_mm: float) -> None:
        moved = speaker.tuned(offset_x_mm=x_mm, offset_y_mm=y_mm)
        with pytest.raises(LabelTooLarge) as refused:
            moved.encoder.label(noise(60, 60, speaker.config.dpi), "17")
        assert f"{x_mm:+.1f}, {y_mm:+.1f} mm"[:2] in refused.value.label

    @pytest.mark.parametrize(("x_mm", "y_mm"), [(1.0, 0.0), (0.0, 1.0), (200.0, 0.0), (0.0, 200.0)])
    def test_black_moved_beyond_the_far_edges_is_refused(self, speaker: Speaker, x_mm: float, y_mm: float) -> None:
        dpi = speaker.config.dpi
        if speaker.config.language is Language.BROTHER:
            x_mm, y_mm = 200.0, 0.0
        media = speaker.config.media if x_mm == 200 else Media(10, 8)
        moved = speaker.with_media(media).tuned(offset_x_mm=x_mm, offset_y_mm=y_mm)
        with pytest.raises(LabelTooLarge) as refused:
            moved.encoder.label(noise(round(10 * PITCH[dpi]), round(8 * PITCH[dpi]), dpi), "17")
        assert "mm)" in refused.value.label

    def test_endless_media_goes_on_for_as_long_as_a_label_is_moved_down(self, speaker: Speaker) -> None:
        dpi = speaker.config.dpi
        endless = speaker
        if speaker.config.language is not Language.BROTHER:
            endless = speaker.with_media(Media(0, 0, Sensing.CONTINUOUS))
        down = round(2 * PITCH[dpi])
        moved = endless.tuned(offset_y_mm=2.0)
        read = moved.read(moved.encoder.label(noise(40, 30, dpi), "17"))
        assert read.height == 30 + down
        assert image_in(read, 40, 30, dpi, 0, down) == noise(40, 30, dpi)

    def test_a_quarter_turn_is_clockwise(self, speaker: Speaker) -> None:
        dpi = speaker.config.dpi
        image = LabelImage(11, 3, dpi, (b"\x80\x00", b"\xff\xe0", b"\x00\x20"))
        turned = speaker.tuned(rotated=True)
        read = turned.read(turned.encoder.label(image, "17"))
        # What was the upper row is now the right column, from above to below.
        rows = (b"\x60", *[b"\x40"] * 9, b"\xc0")
        assert image_in(read, 3, 11, dpi) == LabelImage(3, 11, dpi, rows)

    def test_the_encoder_is_that_of_the_language(self, speaker: Speaker) -> None:
        assert encoder_for(speaker.config) == speaker.encoder
        assert type(speaker.encoder).__name__.removesuffix("Encoder").lower() == speaker.config.language.value
