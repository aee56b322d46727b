"""A desktop printer gets one page of true size, dot by dot, and is believed no further than Qt can see."""

import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import HEAD_PITCH, LabelFields, LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable, QueueIsRaw, QueueStopped, QueueUnknown
from gizqr_station.domain.printer import Language, Media, PrinterConfig, Tuning
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_failures import PrintAborted, PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, LabelTooLarge, PrinterLibraryMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.read_back import QR_ONLY
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.printing.system_printer import QtDesktop, SystemPrinter, list_system_printers

CONTENT = "2efc9e621c2b4a0b8f3d0a1b2c3d4e5f" + "A" * 72
CONFIG = PrinterConfig("office", PrinterAddress.parse("system:Office"), Language.PDF, 203)
MM_PER_POINT = 25.4 / 72
WHOLE_POINT_MM = MM_PER_POINT / 2 + 0.01

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class PdfDesktop:
    """One printer, whose pages are files; ``looks`` is what is seen of it, look by look."""

    file: Path
    looks: list[Failure | None] = field(default_factory=lambda: [None])
    opened: list[QPrinter] = field(default_factory=list)

    def look(self, queue: str) -> Failure | None:
        assert queue == "Office"
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    def open(self, queue: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.file))
        self.opened.append(printer)
        return printer


@pytest.fixture
def desktop(tmp_path: Path) -> PdfDesktop:
    return PdfDesktop(tmp_path / "page.pdf")


def label(template: str, dpi: int) -> LabelImage:
    fields = LabelFields(CONTENT, "00:91:1F:50:00:47", "Smart Plug", "L-000123", "TEST")
    return LabelPainter(TemplateShelf()).paint(template, dpi, fields)


def page(file: Path, dots_a_mm: float) -> tuple[tuple[float, float], Image.Image]:
    """Size in millimetres, and the page as another program draws it."""
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1
        width, height = document[0].get_size()
        picture = document[0].render(scale=dots_a_mm * MM_PER_POINT).to_pil().convert("L")
    return (width * MM_PER_POINT, height * MM_PER_POINT), picture


@pytest.mark.parametrize(
    ("template", "width_mm", "height_mm", "dpi"),
    [("40x30", 40, 30, 203), ("25x25", 25, 25, 203), ("60x40", 60, 40, 300), ("25x25", 25, 25, 600)],
)
def test_a_page_has_the_label_s_true_size_and_its_very_dots(
    desktop: PdfDesktop, template: str, width_mm: float, height_mm: float, dpi: int
) -> None:
    image = label(template, dpi)
    config = replace(CONFIG, dpi=dpi)
    report = SystemPrinter(config, desktop).print_label("42", image, Stop())
    assert (report.outcome, report.failure) == (PrintOutcome.ACCEPTED, None)
    # Four pixels a dot: rounding the page to whole points moves nothing by more than a part of a dot.
    pitch = HEAD_PITCH[dpi]
    (wide, high), picture = page(desktop.file, 4 * pitch)
    assert (wide, high) == pytest.approx((width_mm, height_mm), abs=WHOLE_POINT_MM)
    (code,) = zxingcpp.read_barcodes(picture, formats=QR_ONLY)
    assert code.text == CONTENT
    grey = picture.tobytes()
    wrong = sum(
        (grey[(4 * y + 2) * picture.width + 4 * x + 2] < 128) != bool(image.rows[y][x // 8] >> (7 - x % 8) & 1)
        for y in range(0, image.height - 4, 7)
        for x in range(image.width - 4)
    )
    assert wrong == 0


def test_the_dots_are_kept_as_single_bits_and_not_as_a_grey_photograph(desktop: PdfDesktop) -> None:
    image = label("40x30", 203)
    SystemPrinter(CONFIG, desktop).print_label("42", image, Stop())
    said = desktop.file.read_bytes()
    assert b"/Width 320" in said
    assert b"/Height 240" in said
    assert b"/BitsPerComponent 1" in said
    assert b"DCTDecode" not in said
    assert b"/Interpolate true" not in said


def test_the_modules_of_the_code_are_as_wide_as_they_were_drawn(desktop: PdfDesktop) -> None:
    SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), Stop())
    _, picture = page(desktop.file, 100.0)
    (code,) = zxingcpp.read_barcodes(picture, formats=QR_ONLY)
    across_mm = (code.position.top_right.x - code.position.top_left.x) / 100.0
    assert across_mm / 41 == pytest.approx(0.5, rel=0.01), "41 modules of 4 dots, 8 dots a millimetre"


def test_office_paper_keeps_its_own_size_with_the_label_where_it_was_moved_to(desktop: PdfDesktop) -> None:
    paper = replace(CONFIG, media=Media(210, 297), tuning=Tuning(offset_x_mm=20.0, offset_y_mm=15.0))
    black = LabelImage(80, 40, 203, (b"\xff" * 10,) * 40)
    assert SystemPrinter(paper, desktop).print_label("42", black, Stop()).outcome is PrintOutcome.ACCEPTED
    (wide, high), picture = page(desktop.file, 20.0)
    assert (wide, high) == pytest.approx((210, 297), abs=WHOLE_POINT_MM)
    assert desktop.opened[0].pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    box = picture.point([255] * 128 + [0] * 128).getbbox()
    assert box is not None
    assert [side / 20 for side in box] == pytest.approx([20.0, 15.0, 30.0, 20.0], abs=0.15)


def test_the_job_carries_the_ledger_s_number_and_is_printed_once(desktop: PdfDesktop) -> None:
    SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), Stop())
    assert (desktop.opened[0].docName(), desktop.opened[0].copyCount()) == ("42", 1)


@pytest.mark.parametrize(
    "failure", [QueueUnknown("Office"), QueueIsRaw("Office", "pdf"), QueueStopped("Office", "Error")]
)
def test_a_queue_that_cannot_take_a_page_is_handed_none(desktop: PdfDesktop, failure: Failure) -> None:
    desktop.looks = [failure]
    printer = SystemPrinter(CONFIG, desktop)
    report = printer.print_label("42", label("40x30", 203), Stop())
    assert (report.outcome, report.failure, desktop.opened) == (PrintOutcome.REFUSED, failure, [])
    seen = printer.status(Stop())
    assert (seen.failure, seen.told) == (failure, False)


@pytest.mark.parametrize("failure", [QueueUnknown("Office"), QueueStopped("Office", "Error")])
def test_a_queue_that_is_gone_right_after_leaves_it_unknown(desktop: PdfDesktop, failure: Failure) -> None:
    desktop.looks = [None, failure]
    report = SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), Stop())
    assert (report.outcome, report.failure) == (PrintOutcome.UNKNOWN, failure)


def test_a_page_that_qt_gave_up_is_unknown(desktop: PdfDesktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinter, "printerState", lambda _printer: QPrinter.PrinterState.Aborted)
    report = SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.UNKNOWN, PrintAborted)


def test_a_page_that_cannot_be_begun_is_refused(tmp_path: Path) -> None:
    nowhere = PdfDesktop(tmp_path / "missing" / "page.pdf")
    report = SystemPrinter(CONFIG, nowhere).print_label("42", label("40x30", 203), Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, PrinterUnreachable)


def test_a_driver_that_makes_the_page_smaller_than_the_label_is_handed_nothing(
    desktop: PdfDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = QPrinter.setPageSize
    small = QPageSize(QSizeF(30, 30), QPageSize.Unit.Millimeter, "small", QPageSize.SizeMatchPolicy.ExactMatch)
    monkeypatch.setattr(QPrinter, "setPageSize", lambda printer, _size: real(printer, small))
    report = SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), Stop())
    assert (report.outcome, type(report.failure)) == (PrintOutcome.REFUSED, LabelTooLarge)
    assert not desktop.file.exists()


def test_what_does_not_suit_is_refused_before_qt_is_asked(desktop: PdfDesktop) -> None:
    printer = SystemPrinter(replace(CONFIG, media=Media(20, 20)), desktop)
    reports = [printer.print_label("42", label("40x30", dpi), Stop()) for dpi in (203, 300)]
    assert [type(report.failure) for report in reports] == [LabelTooLarge, PrinterUnsuitable]
    assert desktop.opened == []


def test_after_a_stop_nothing_is_printed(desktop: PdfDesktop) -> None:
    stop = Stop()
    stop.set()
    report = SystemPrinter(CONFIG, desktop).print_label("42", label("40x30", 203), stop)
    assert (report.outcome, type(report.failure), desktop.opened) == (PrintOutcome.REFUSED, PrinterUnreachable, [])


def test_office_paper_is_not_measured(desktop: PdfDesktop) -> None:
    printer = SystemPrinter(CONFIG, desktop)
    assert (printer.name, printer.dpi, printer.status(Stop()).ready) == ("office", 203, True)
    with pytest.raises(CannotCalibrate):
        printer.calibrate(Stop())


def test_a_printer_that_the_desktop_does_not_know_is_unknown(qapp: QApplication) -> None:
    assert isinstance(QtDesktop("office").look("no such printer anywhere"), QueueUnknown)
    with pytest.raises(QueueUnknown):
        QtDesktop("office").open("no such printer anywhere")
    assert all(found.address.path != "no such printer anywhere" for found in list_system_printers())


_ON = """
import threading
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.system_printer import SystemPrinter, list_system_printers

def look():
    printer = SystemPrinter(PrinterConfig("o", PrinterAddress.parse("system:nowhere"), Language.PDF))
    printed = printer.print_label("1", LabelImage(8, 1, 203, (b"\\0",)), Stop()).failure
    looked = printer.status(Stop()).failure
    assert type(printed) is type(looked), printed
    print(type(looked).__name__, getattr(looked, "library", ""))

def aside():
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

print(list_system_printers())
"""


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ("aside()", ["()", "PrinterLibraryMissing Qt application"]),
        ("look()", ["()", "QueueUnknown"]),
        ("look()\naside()", ["()", "QueueUnknown", "QueueUnknown"]),
    ],
    ids=["on another thread", "on the main thread", "first on the main thread"],
)
def test_without_an_application_qt_is_started_on_the_main_thread_or_not_at_all(calls: str, said: list[str]) -> None:
    """Qt would end the whole program otherwise."""
    ended = subprocess.run([sys.executable, "-c", _ON + calls], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, [line.strip() for line in ended.stdout.splitlines()]) == (0, said), ended.stderr


def test_a_machine_without_qt_s_print_support_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    with pytest.raises(PrinterLibraryMissing) as missing:
        SystemPrinter(CONFIG)
    assert missing.value.library.startswith("Qt")
