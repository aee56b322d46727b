"""CUPS reads our PWG raster, writes a label language of its own, and our reader reads that: both sides are proved."""

import io
import itertools
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.printing.languages.pwg_raster import PwgEncoder
from tests.labels.samples import MAC_FIELDS, SHIPPED, painted
from tests.printing.ipp.programs import cannot
from tests.printing.languages.encoder_contract import noise
from tests.printing.languages.speakers import ADDRESS, image_in
from tests.printing.readers.cups_filters import MISSING, drivers_made, filtered
from tests.printing.readers.epl2_reader import read_epl2


@pytest.fixture(autouse=True, scope="module")
def _installed() -> None:
    if MISSING:
        cannot(f"not installed on this machine: {', '.join(MISSING)}")


@pytest.fixture(scope="module")
def drivers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drivers_made(tmp_path_factory.mktemp("drivers"))


def _raster(image: LabelImage, folder: Path) -> Path:
    path = folder / "label.pwg"
    path.write_bytes(PwgEncoder(PrinterConfig("bench 4", ADDRESS, Language.PWG, image.dpi)).label(image, "17"))
    return path


LABELS = [*itertools.product(SHIPPED, (203, 300)), ("noise", 203)]


def _image(name: str, dpi: int) -> LabelImage:
    return noise(97, 61, dpi) if name == "noise" else painted(name, dpi, MAC_FIELDS)


@pytest.mark.parametrize(("name", "dpi"), LABELS)
def test_cups_turns_our_raster_into_epl2_with_the_very_dots(name: str, dpi: int, drivers: Path, tmp_path: Path) -> None:
    image = _image(name, dpi)
    epl2 = filtered("rastertolabel", _raster(image, tmp_path), drivers / "zebraep2.ppd")
    read = read_epl2(epl2.replace(b"\nq", b"\nQ%d,24\nq" % image.height))
    assert read.copies == 1
    assert image_in(read, image.width, image.height, image.dpi) == image


@pytest.mark.parametrize(("inches_a_second", "told"), [(2, b"S2"), (3, b"S3"), (4, b"S4"), (6, b"S6")])
def test_cups_counts_the_speed_of_epl2_as_we_do(
    inches_a_second: int, told: bytes, drivers: Path, tmp_path: Path
) -> None:
    raster = _raster(noise(16, 2, 203), tmp_path)
    options = f"zePrintRate={inches_a_second}"
    assert b"\n" + told + b"\n" in filtered("rastertolabel", raster, drivers / "zebraep2.ppd", options)


@pytest.mark.parametrize(("name", "dpi"), LABELS)
def test_cups_turns_our_raster_into_a_pdf_of_the_very_dots(name: str, dpi: int, tmp_path: Path) -> None:
    image = _image(name, dpi)
    with pypdfium2.PdfDocument(io.BytesIO(filtered("rastertopdf", _raster(image, tmp_path)))) as document:
        (page,) = document
        (picture,) = page.get_objects()
        assert picture.get_px_size() == (image.width, image.height)
        grey = picture.get_bitmap().to_pil().convert("L")
        page.close()
    bits = "".join("1" if value < 128 else "0" for value in grey.tobytes())
    for at, row in enumerate(image.rows):
        assert bits[at * image.width : (at + 1) * image.width] == "".join(f"{byte:08b}" for byte in row)[: image.width]
