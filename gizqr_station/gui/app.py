"""Opens the window first and the station after it, and shuts both down in the opposite order."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.codes_behind import CodesBehind
from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.courier import Courier
from gizqr_station.gui.device_controls import DeviceControls
from gizqr_station.gui.devices_behind import DevicesBehind
from gizqr_station.gui.garbage import GarbageCollection
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.list_controls import ListControls
from gizqr_station.gui.lists_behind import ListsBehind
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.passing_on import LineBehind
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.printers_behind import PrintersBehind
from gizqr_station.gui.scanner_keys import TYPING_SCANNER, ScannerKeys
from gizqr_station.gui.tokens import BODY_TEXT
from gizqr_station.places import resources
from gizqr_station.workflows.happenings import FaultSeen, Happening, LineStopped, Tell, UnitRefused
from gizqr_station.workflows.lanes import ThreadLane

log = logging.getLogger(__name__)


class RunningStation(Protocol):
    """A station that is open, as the window sees it."""

    @property
    def controls(self) -> LineControls:
        """Where scans and keys go."""
        ...

    @property
    def desk(self) -> PrinterControls:
        """Where the printers page asks."""
        ...

    @property
    def devices(self) -> DeviceControls:
        """Where the devices page asks."""
        ...

    @property
    def lists(self) -> ListControls:
        """Where the lists page asks."""
        ...

    @property
    def codes(self) -> CodeControls:
        """Where the codes page asks."""
        ...

    def shut_down(self) -> None:
        """Refuse work, stop, close every part; returns when all is closed."""
        ...


OpenStation = Callable[[Tell], RunningStation]
"""Opens the parts and starts the line, telling what happens; raises a Failure that keeps it from opening."""


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """What the window says before the station is open."""

    station: str
    operator: str
    product: str
    demo: bool
    slots: tuple[SlotConfig, ...]
    """As the station runs them; at least one."""
    language: str
    scanner: ScannerKeys = TYPING_SCANNER


class StationApplication(QObject):
    """The window, its courier, and the station behind them."""

    opened = Signal(object)
    not_opened = Signal()

    def __init__(self, facts: WindowFacts, open_station: OpenStation) -> None:
        super().__init__()
        self._line = LineBehind(self._tell)
        self._desk = PrintersBehind()
        self._devices = DevicesBehind()
        self._lists = ListsBehind()
        self._codes = CodesBehind()
        self.window = MainWindow(
            self._line,
            self._desk,
            self._devices,
            self._lists,
            self._codes,
            station=facts.station,
            operator=facts.operator,
            product=facts.product,
            demo=facts.demo,
            slots=facts.slots,
            language=facts.language,
            scanner=facts.scanner,
        )
        self.courier = Courier(self.window.hear, self)
        self._garbage = GarbageCollection(self)
        self._open_station = open_station
        self._opening = ThreadLane("opening")
        self._opened: Future[RunningStation | None] | None = None
        self.opened.connect(self._take_station)
        self.not_opened.connect(self._take_none)
        self.window.closing.connect(self.shut_down)

    def start(self) -> None:
        """Show the window at once, then open the station beside it."""
        self.window.show()
        self._opened = self._opening.submit(self._open)

    def _open(self) -> RunningStation | None:
        try:
            station = self._open_station(self.courier.tell)
        except Failure as failure:
            log.warning("the station did not open: %s", failure)
            self.courier.tell(UnitRefused(failure, None))
            self.courier.tell(LineStopped())
        except Exception as fault:
            log.exception("the station did not open")
            self.courier.tell(UnitRefused(ProgramFault(type(fault).__name__), None))
            self.courier.tell(LineStopped())
        else:
            self.opened.emit(station)
            return station
        self.not_opened.emit()
        return None

    def _tell(self, happening: Happening) -> None:
        self.courier.tell(happening)

    @Slot(object)
    def _take_station(self, station: RunningStation) -> None:
        self._line.open(station.controls)
        self._desk.open(station.desk)
        self._devices.open(station.devices)
        self._lists.open(station.lists)
        self._codes.open(station.codes)

    @Slot()
    def _take_none(self) -> None:
        self._line.close()

    @Slot()
    def shut_down(self) -> None:
        """Assembly backwards. Safe to call twice."""
        self._line.close()
        self._desk.close()
        self._devices.close()
        self._lists.close()
        self._codes.close()
        opened, self._opened = self._opened, None
        if opened is None:
            return
        # Whoever closes the window sees it go at once; what is open behind it may take a moment to end.
        self.window.hide()
        station = opened.result()
        self._opening.close()
        if station is not None:
            station.shut_down()
        self.courier.close()
        self._garbage.end()


def run(facts: WindowFacts, open_station: OpenStation) -> int:
    """Run the window until it is closed; the exit code for the shell."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("gizqr-station")
    load_fonts(application)
    station = StationApplication(facts, open_station)
    _catch_what_nobody_caught(station.courier.tell)
    # Python looks at Ctrl+C only between its own instructions, so the loop must come by now and then.
    signal.signal(signal.SIGINT, lambda *_: station.window.close())
    signal.signal(signal.SIGTERM, lambda *_: station.window.close())
    heartbeat = QTimer()
    heartbeat.start(200)
    heartbeat.timeout.connect(station.window.isVisible)
    station.start()
    return application.exec()


def load_fonts(application: QApplication) -> None:
    """The shipped font, so that screen and labels look alike and Chinese is legible on a fresh machine."""
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont("Noto Sans SC")
    font.setPixelSize(BODY_TEXT)
    application.setFont(font)


def has_display() -> bool:
    """Without one Qt aborts the process instead of raising, so this is asked first."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _catch_what_nobody_caught(tell: Tell) -> None:
    """The last resort: written to the log, said on the page once, and window and line live on."""
    said: set[str] = set()

    def from_anywhere(kind: type[BaseException], fault: BaseException, at: TracebackType | None) -> None:
        log.critical("a fault that nobody caught", exc_info=(kind, fault, at))
        # A fault in drawing would otherwise be drawn, and fail, for ever.
        if kind.__name__ not in said:
            said.add(kind.__name__)
            tell(FaultSeen(ProgramFault(kind.__name__)))

    sys.excepthook = from_anywhere
    threading.excepthook = lambda args: from_anywhere(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
