"""Brother raster byte by byte, and what the tables say of models and media."""

from dataclasses import replace

import pytest

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Language, Media, PrinterConfig, Sensing, Tuning
from gizqr_station.domain.printer_setup_failures import FormatRefused, LabelTooLarge
from gizqr_station.printing.languages.brother import BrotherEncoder
from gizqr_station.printing.languages.brother_models import MODELS, BrotherModel, model_called
from tests.printing.languages.encoder_contract import noise
from tests.printing.languages.samples import tiny
from tests.printing.languages.speakers import ADDRESS, ENDLESS_62, image_in
from tests.printing.readers.brother_reader import Head, read_brother


def _config(model: str, dpi: int, width_mm: float, height_mm: float = 0, **more: object) -> PrinterConfig:
    sensing = Sensing.GAP if height_mm else Sensing.CONTINUOUS
    media = Media(width_mm, height_mm, sensing)
    return replace(PrinterConfig("bench 4", ADDRESS, Language.BROTHER, dpi, model, media), **more)  # type: ignore[arg-type]


def _label(model: str, dpi: int, width_mm: float, height_mm: float = 0) -> bytes:
    return BrotherEncoder(_config(model, dpi, width_mm, height_mm)).label(tiny(dpi), "17")


def test_a_tiny_label_on_endless_labels_is_these_bytes() -> None:
    # Pin 29 prints at the right edge of 12 mm, so the label's left column is under pin 29 + 106 - 1.
    assert _label("QL-700", 300, 12) == (
        bytes(200)
        + b"\x1b@"
        + b"\x1biz\xc6\x0a\x0c\x00\x02\x00\x00\x00\x00\x00"
        + b"\x1biM\x40\x1biA\x01\x1biK\x08\x1bid\x23\x00"
        + b"g\x00\x5a" + bytes(16) + b"\x0e" + bytes(73)
        + b"g\x00\x5a" + bytes(15) + b"\x02" + bytes(74)
        + b"\x1a"
    )  # fmt: skip


def test_a_tiny_label_on_a_packing_printer_is_these_bytes() -> None:
    assert _label("QL-820NWB", 300, 12) == (
        bytes(400)
        + b"\x1b@\x1bia\x01"
        + b"\x1biz\xc6\x0a\x0c\x00\x02\x00\x00\x00\x00\x00"
        + b"\x1biM\x40\x1biA\x01\x1biK\x08\x1bid\x23\x00M\x02"
        + b"g\x00\x06" + b"\xf1\x00\x00\x0e\xb8\x00"
        + b"g\x00\x06" + b"\xf2\x00\x00\x02\xb7\x00"
        + b"\x1a"
    )  # fmt: skip


def test_a_tiny_label_on_tape_is_these_bytes() -> None:
    assert _label("PT-P750W", 180, 24) == (
        bytes(100)
        + b"\x1b@\x1bia\x01"
        + b"\x1biz\x84\x00\x18\x00\x02\x00\x00\x00\x00\x00"
        + b"\x1biM\x40\x1biA\x01\x1biK\x08\x1bid\x0e\x00M\x02"
        + b"G\x04\x00" + b"\xf2\x00\x00\x07"
        + b"G\x05\x00" + b"\xf3\x00\x01\x01\x00"
        + b"\x1a"
    )  # fmt: skip


def test_a_die_cut_label_has_all_its_rows_and_no_margin() -> None:
    # The example of the reference: 29 x 90 mm are 3DFh rows.
    stream = _label("QL-570", 300, 29, 90)
    assert b"\x1biz\xce\x0b\x1d\x5a\xdf\x03\x00\x00\x00\x00" in stream
    assert b"\x1bid\x00\x00g" in stream
    job = read_brother(stream, Head(720, 6, 306))
    assert job.read.height == 991
    assert (job.kind, job.width_mm, job.length_mm, job.margin_dots) == (0x0B, 29, 90, 0)


def test_an_empty_row_is_one_byte_where_rows_are_packed() -> None:
    blank = LabelImage(9, 2, 180, (b"\x00\x00",) * 2)
    stream = BrotherEncoder(_config("PT-P750W", 180, 24)).label(blank, "17")
    assert stream.endswith(b"M\x02ZZ\x1a")


def test_a_row_that_packing_makes_longer_goes_whole() -> None:
    # Every run of two between single bytes costs one more byte.
    row = bytes([1, 2, 2] * 5 + [1])
    image = LabelImage(128, 1, 180, (row,))
    stream = BrotherEncoder(_config("PT-P750W", 180, 24)).label(image, "17")
    assert b"G\x11\x00\x0f" in stream
    assert image_in(read_brother(stream, Head(128, 0, 128, tape=True)).read, 128, 1, 180) == image


@pytest.mark.parametrize("name", ["QL-800", "QL-1100", "PT-P750W", "PT-P900W"])
def test_every_media_is_printed_where_it_lies(name: str) -> None:
    model = model_called(name)
    assert model is not None
    assert {(media.width_mm, media.length_mm) for media in model.media} == set(FIRST_PINS[model.head_pins])
    for media in model.media:
        first, over_media = FIRST_PINS[model.head_pins][media.width_mm, media.length_mm]
        head = Head(model.head_pins, first, over_media, tape=model.name.startswith("PT"))
        config = _config(model.name, model.dpi, media.width_mm, media.length_mm)
        image = noise(over_media, 20, model.dpi)
        job = read_brother(BrotherEncoder(config).label(image, "17"), head)
        assert job.read.copies == 1
        assert job.read.height == (ROWS[media.width_mm, media.length_mm] if media.length_mm else 20)
        assert image_in(job.read, over_media, 20, model.dpi) == image
        assert job.length_mm == (153 if media.length_mm == 152 else media.length_mm)
        assert job.width_mm == (4 if media.width_mm == 3.5 else media.width_mm)


def test_printers_with_the_same_head_take_the_same_media() -> None:
    assert {model.head_pins for model in MODELS} == set(FIRST_PINS)
    for pins in FIRST_PINS:
        assert len({(model.media, model.dpi) for model in MODELS if model.head_pins == pins}) == 1


# First pin over what can be printed and how many, and rows of die-cut labels, once more by hand.
DK: dict[tuple[float, float], tuple[int, int]] = {
    (12, 0): (29, 106), (29, 0): (6, 306), (38, 0): (12, 413), (50, 0): (12, 554), (54, 0): (0, 590),
    (62, 0): (12, 696), (17, 54): (0, 165), (17, 87): (0, 165), (23, 23): (42, 202), (29, 42): (6, 306),
    (29, 90): (6, 306), (38, 90): (12, 413), (39, 48): (6, 425), (52, 29): (0, 578), (62, 29): (12, 696),
    (62, 100): (12, 696), (12, 12): (113, 94), (24, 24): (42, 236), (58, 58): (51, 618),
}  # fmt: skip
WIDE: dict[tuple[float, float], tuple[int, int]] = {(102, 0): (12, 1164), (102, 51): (12, 1164), (102, 152): (12, 1164)}
FIRST_PINS: dict[int, dict[tuple[float, float], tuple[int, int]]] = {
    720: DK,
    1296: {size: (first + 44, pins) for size, (first, pins) in {**DK, **WIDE}.items()},
    128: {
        (3.5, 0): (52, 24), (6, 0): (48, 32), (9, 0): (39, 50), (12, 0): (29, 70), (18, 0): (8, 112), (24, 0): (0, 128),
    },
    560: {
        (3.5, 0): (264, 48), (6, 0): (256, 64), (9, 0): (235, 106), (12, 0): (213, 150), (18, 0): (171, 234),
        (24, 0): (128, 320), (36, 0): (61, 454),
    },
}  # fmt: skip
ROWS: dict[tuple[float, float], int] = {
    (17, 54): 566, (17, 87): 956, (23, 23): 202, (29, 42): 425, (29, 90): 991, (38, 90): 991, (39, 48): 495,
    (52, 29): 271, (62, 29): 271, (62, 100): 1109, (102, 51): 526, (102, 152): 1660, (12, 12): 94, (24, 24): 236,
    (58, 58): 618,
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_no_media_is_wider_than_its_head_nor_than_itself(model: BrotherModel) -> None:
    assert len({(media.width_mm, media.length_mm) for media in model.media}) == len(model.media)
    for media in model.media:
        assert media.right_pins + media.pins <= model.head_pins
        assert media.pins <= media.width_mm * model.dpi / 25.4
        assert media.rows <= media.length_mm * model.dpi / 25.4
        assert bool(media.rows) == bool(media.length_mm)


@pytest.mark.parametrize(
    ("model", "commands"),
    [
        ("QL-500", ("ESC @", "ESC i z", "ESC i d")),
        ("QL-570", ("ESC @", "ESC i z", "ESC i M", "ESC i A", "ESC i K", "ESC i d")),
        ("QL-700", ("ESC @", "ESC i z", "ESC i M", "ESC i A", "ESC i K", "ESC i d")),
        ("QL-800", ("ESC @", "ESC i a", "ESC i z", "ESC i M", "ESC i A", "ESC i K", "ESC i d")),
        ("QL-810W", ("ESC @", "ESC i a", "ESC i z", "ESC i M", "ESC i A", "ESC i K", "ESC i d", "M")),
        ("QL-1100", ("ESC @", "ESC i a", "ESC i z", "ESC i M", "ESC i A", "ESC i K", "ESC i d", "M")),
    ],
)
def test_a_model_is_only_sent_what_it_knows(model: str, commands: tuple[str, ...]) -> None:
    pins = 1296 if model == "QL-1100" else 720
    first = 56 if model == "QL-1100" else 12
    assert read_brother(_label(model, 300, 62), Head(pins, first, 696)).commands == commands


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("QL-820NWB", "QL-820NWB"),
        ("ql 820nwbc", "QL-820NWB"),
        ("Brother QL-1110NWBc", "QL-1110NWB"),
        ("PT-P750W", "PT-P750W"),
        ("ptp700", "PT-P700"),
        ("QL-9999", None),
        ("QL", None),
        ("", None),
    ],
)
def test_a_model_is_known_in_any_notation(asked: str, name: str | None) -> None:
    model = model_called(asked)
    assert (model.name if model else None) == name


def test_an_unknown_model_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(FormatRefused) as refused:
        _label("QL-9999", 300, 62)
    assert refused.value.document == "QL-9999"
    assert "QL-820NWB" in refused.value.takes


@pytest.mark.parametrize(
    ("width_mm", "height_mm", "words"), [(60, 0, "60 mm"), (62, 50, "62 x 50 mm"), (102, 0, "102 mm"), (0, 0, "0 mm")]
)
def test_media_that_no_table_has_is_refused_with_those_that_are_known(
    width_mm: float, height_mm: float, words: str
) -> None:
    with pytest.raises(FormatRefused) as refused:
        _label("QL-700", 300, width_mm, height_mm)
    assert refused.value.document == f"QL-700 {words}"
    assert "62 mm, 17 x 54 mm" in refused.value.takes


def test_a_model_of_another_resolution_than_the_settings_say_is_refused() -> None:
    with pytest.raises(PrinterUnsuitable) as refused:
        _label("PT-P900W", 300, 36)
    assert (refused.value.drawn_dpi, refused.value.printer_dpi) == (300, 360)


@pytest.mark.parametrize(("width", "height"), [(733, 100), (697, 344), (800, 10), (10, 344)])
def test_black_that_the_head_cannot_reach_is_refused(width: int, height: int) -> None:
    encoder = BrotherEncoder(_config("QL-700", 300, 62, 29))
    with pytest.raises(LabelTooLarge) as refused:
        encoder.label(noise(width, height, 300), "17")
    assert refused.value.room == "58.9 x 22.9 mm"


def test_a_label_as_large_as_the_media_is_cut_to_what_the_head_reaches() -> None:
    # 62 x 29 mm are 732 x 343 dots, of which the head reaches 696 x 271.
    image = noise(732, 343, 300, margin=36)
    encoder = BrotherEncoder(_config("QL-700", 300, 62, 29))
    read = read_brother(encoder.label(image, "17"), Head(720, 12, 696)).read
    inside = image_in(read, 732 - 72, 343 - 72, 300, 18, 0)
    assert inside.rows == tuple(_cut(row, 36, 660) for row in image.rows[36:-36])


def _cut(row: bytes, first: int, width: int) -> bytes:
    text = "".join(f"{byte:08b}" for byte in row)[first : first + width]
    return int(text.ljust((width + 7) // 8 * 8, "0"), 2).to_bytes((width + 7) // 8, "big")


def test_a_wide_label_fits_narrow_media_when_it_is_turned() -> None:
    image = noise(590, 295, 300)
    narrow = _config("QL-700", 300, 29)
    with pytest.raises(LabelTooLarge):
        BrotherEncoder(narrow).label(image, "17")
    turned = replace(narrow, tuning=Tuning(rotated=True))
    assert read_brother(BrotherEncoder(turned).label(image, "17"), Head(720, 6, 306)).read.height == 590


def test_density_and_speed_are_not_this_languages() -> None:
    config = replace(_config("QL-700", 300, 62), media=ENDLESS_62)
    assert BrotherEncoder(config).setup() == b""
    assert BrotherEncoder(config).calibration() is None
