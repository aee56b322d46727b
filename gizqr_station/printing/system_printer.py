"""A printer of the desktop, through Qt: one page a label, at true millimetres, its dots as one picture of single bits.

For office paper and for PDF, not for label languages. Qt hands the page to the spooler and does not tell what became
of it, so ACCEPTED is the best that is ever known, and the queue is looked at before and after.

Qt paints on a QPrinter from any thread, but wants an application object, which belongs to the main thread: the window
has one; a command without a window has to ask here first on its main thread, if only for the status.
"""

import threading
from typing import TYPE_CHECKING, Protocol

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import HEAD_PITCH, MM_PER_INCH, LabelImage
from gizqr_station.domain.print_queue_failures import QueueIsRaw, QueueStopped, QueueUnknown
from gizqr_station.domain.printer import FoundPrinter, Language, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_failures import PrintAborted, PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, LabelTooLarge, PrinterLibraryMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.languages.placing import Placed, place
from gizqr_station.workflows.ports import PrintReport

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinter

RAW_MODEL = "Local Raw Printer"
"""What CUPS calls a queue without a driver (read from CUPS 2.4.2 through Qt)."""
_WHOLE_POINTS_MM = 0.2
"""Qt rounds pages to whole points, 0.35 mm: no template has anything so near its edge."""
_BROKEN = {"Error", "Aborted"}
"""Of QPrinter.PrinterState, by name: Qt is loaded only when it is used."""
_qt_printing = threading.Lock()
"""Qt says nothing of two threads asking for printers at once."""
_kept: "list[QGuiApplication]" = []
"""The application object of a command without a window: it must live as long as the program."""


class Desktop(Protocol):
    """The part of Qt's print support that is used."""

    def look(self, queue: str) -> Failure | None:
        """None when a page can be handed to this queue; else QueueUnknown, QueueIsRaw or QueueStopped."""
        ...

    def open(self, queue: str) -> "QPrinter":
        """What one page is painted on; raises QueueUnknown."""
        ...


class SystemPrinter:
    """A Printer."""

    def __init__(self, config: PrinterConfig, desktop: Desktop | None = None) -> None:
        """Raises PrinterLibraryMissing where Qt's print support cannot be loaded."""
        self._config = config
        self._desktop = desktop or QtDesktop(config.name)

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._config.name

    @property
    def dpi(self) -> int:
        """That labels are drawn for; the printer's own resolution is the driver's business."""
        return self._config.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one page. What breaks is in the report; only a job name that is none raises ValueError."""
        if stop.asked:
            return PrintReport(PrintOutcome.REFUSED, 0, self._unreachable())
        with _qt_printing:
            try:
                placed = place(self._config, image, job_name)
                _require_application(self._config.name)
                failure = self._desktop.look(self._config.address.path)
                if failure is not None:
                    raise failure
                printer = self._desktop.open(self._config.address.path)
                page_for(printer, self._config, placed, job_name)
            except Failure as refused:
                return PrintReport(PrintOutcome.REFUSED, 0, refused)
            return self._painted(printer, placed)

    def status(self, stop: Stop) -> PrinterStatus:
        """What the spooler says of the queue: idle or stopped, not why."""
        stop.check()
        with _qt_printing:
            try:
                _require_application(self._config.name)
                return PrinterStatus(self._desktop.look(self._config.address.path))
            except Failure as failure:
                return PrinterStatus(failure)

    def calibrate(self, stop: Stop) -> None:
        """Office paper is not measured."""
        del stop
        raise CannotCalibrate(self._config.name, self._config.language.value)

    def _painted(self, printer: "QPrinter", placed: Placed) -> PrintReport:
        if not paint_page(printer, placed):
            return PrintReport(PrintOutcome.REFUSED, 0, self._unreachable())
        handed = len(placed.image.packed)
        state = printer.printerState()
        failure = self._desktop.look(self._config.address.path)
        if state.name in _BROKEN:
            failure = PrintAborted(self._config.name, state.name)
        # Qt does not say whether the spooler took the page: a queue that is gone or stopped right after may not have.
        outcome = PrintOutcome.ACCEPTED if failure is None else PrintOutcome.UNKNOWN
        return PrintReport(outcome, handed, failure)

    def _unreachable(self) -> PrinterUnreachable:
        return PrinterUnreachable(self._config.name, str(self._config.address))


class QtDesktop:
    """A Desktop: the printers that the desktop's own dialogues show."""

    def __init__(self, printer: str) -> None:
        """``printer`` is for words; raises PrinterLibraryMissing."""
        try:
            import PySide6.QtPrintSupport  # noqa: F401 - only whether it loads; on Linux it needs libcups and libGL
        except ImportError as missing:
            raise PrinterLibraryMissing(printer, f"Qt: {missing}") from missing

    def look(self, queue: str) -> Failure | None:
        """By Qt's own list, which is empty while the spooler does not run."""
        from PySide6.QtPrintSupport import QPrinterInfo

        info = QPrinterInfo.printerInfo(queue)
        if info.isNull():
            return QueueUnknown(queue)
        if info.makeAndModel() == RAW_MODEL:
            return QueueIsRaw(queue, Language.PDF.value)
        if info.state().name in _BROKEN:
            return QueueStopped(queue, info.state().name)
        return None

    def open(self, queue: str) -> "QPrinter":
        """In the printer's best resolution; raises QueueUnknown."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        printer = QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution)
        native = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
        if not native or printer.printerName() != queue:
            # For a queue that it does not find Qt takes another printer, or writes a PDF file, and says nothing.
            raise QueueUnknown(queue)
        return printer


def page_for(printer: "QPrinter", config: PrinterConfig, placed: Placed, job_name: str) -> None:
    """Set one page up: what is loaded, or else the label's own size; raises LabelTooLarge where it came out smaller."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtPrintSupport import QPrinter

    pitch = HEAD_PITCH[placed.image.dpi]
    media, millimetres = config.media, QPageSize.Unit.Millimeter
    page_mm = QSizeF(placed.page_width / pitch, placed.page_height / pitch)
    if media.width_mm and media.height_mm:
        # Drivers want the sizes that they know by name: 210 x 297 is A4.
        loaded = QSizeF(media.width_mm, media.height_mm)
        size = QPageSize(loaded, millimetres, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    else:
        size = QPageSize(page_mm, millimetres, "label", QPageSize.SizeMatchPolicy.ExactMatch)
    printer.setDocName(job_name)
    printer.setCopyCount(1)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    printer.setPageSize(size)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    room = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    ends = (placed.x + placed.image.width) / pitch, (placed.y + placed.image.height) / pitch
    if ends[0] > room.width() + _WHOLE_POINTS_MM or ends[1] > room.height() + _WHOLE_POINTS_MM:
        label = f"{ends[0]:.1f} x {ends[1]:.1f} mm"
        raise LabelTooLarge(config.name, label, f"{room.width():.1f} x {room.height():.1f} mm")


def paint_page(printer: "QPrinter", placed: Placed) -> bool:
    """Paint the dots where they belong; False when nothing could be begun, and then nothing was sent."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    image = placed.image
    # 0 = black, 1 = white, in this order: only then Qt's PDF keeps single bits. Otherwise it makes a grey JPEG of them.
    inverted = bytes(byte ^ 0xFF for byte in image.packed)
    picture = QImage(inverted, image.width, image.height, image.stride, QImage.Format.Format_Mono)
    picture.setColorTable([0xFF000000, 0xFFFFFFFF])
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        across, down = (
            per_inch / MM_PER_INCH / HEAD_PITCH[image.dpi]
            for per_inch in (printer.logicalDpiX(), printer.logicalDpiY())
        )
        room = QRectF(placed.x * across, placed.y * down, image.width * across, image.height * down)
        painter.drawImage(room, picture)
    finally:
        painter.end()
    return True


def list_system_printers() -> tuple[FoundPrinter, ...]:
    """Those that a page can be printed on; none without an application object or a spooler."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinterInfo

    if QGuiApplication.instance() is None:
        return ()
    with _qt_printing:
        printers = [info for info in QPrinterInfo.availablePrinters() if info.makeAndModel() != RAW_MODEL]
    return tuple(
        FoundPrinter(
            PrinterAddress(Connection.SYSTEM, path=info.printerName()),
            info.makeAndModel() or info.description() or info.printerName(),
            Language.PDF,
        )
        for info in printers
    )


def _require_application(printer: str) -> None:
    """Without an application object Qt would end the whole program with a message instead of raising anything.

    A command that has no window gets one without a screen, for Qt wants it made on the main thread.
    """
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QGuiApplication

    running = QCoreApplication.instance()
    if running is None and threading.current_thread() is threading.main_thread():
        _kept.append(QGuiApplication(["gizqr-station", "-platform", "offscreen"]))
    elif not isinstance(running, QGuiApplication):
        raise PrinterLibraryMissing(printer, "Qt application")
