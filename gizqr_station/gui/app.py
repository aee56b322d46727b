"""Opens the window first and the station after it, and shuts both down in the opposite order."""

import logging
import os
import signal
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.work_order import WorkOrder
from gizqr_station.gui.courier import Courier
from gizqr_station.gui.garbage import GarbageCollection
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.running_station import OpenStation, RunningStation
from gizqr_station.gui.scanner_keys import TYPING_SCANNER, ScannerKeys
from gizqr_station.gui.tokens import BODY_TEXT
from gizqr_station.gui.window_behind import WindowBehind
from gizqr_station.places import resources
from gizqr_station.workflows.happenings import FaultSeen, Happening, LineStopped, Tell, UnitRefused
from gizqr_station.workflows.lanes import ThreadLane

log = logging.getLogger(__name__)


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
    scan_rules: ScanRules = PLAIN
    """How badges look, for the reprint desk: it leaves them to the line."""


class StationApplication(QObject):
    """The window, its courier, and the station behind them; after a changeover another one."""

    opened = Signal(object)
    not_opened = Signal()
    ended = Signal()
    """The station before is closed, and has told all that it had to."""

    def __init__(self, facts: WindowFacts, open_station: OpenStation) -> None:
        super().__init__()
        self._behind = WindowBehind(self._tell)
        self.window = MainWindow(
            self._behind.controls,
            station=facts.station,
            operator=facts.operator,
            product=facts.product,
            demo=facts.demo,
            slots=facts.slots,
            language=facts.language,
            scanner=facts.scanner,
        )
        self.window.records.scans.rules = facts.scan_rules
        self.courier = Courier(self._hear, self)
        self._product = facts.product
        self._changing = False
        self._garbage = GarbageCollection(self)
        self._open_station = open_station
        self._opening = ThreadLane("opening")
        self._opened: Future[RunningStation | None] | None = None
        self.opened.connect(self._take_station)
        self.not_opened.connect(self._take_none)
        self.ended.connect(self._take_end)
        self.window.changeover.connect(self._change_over)
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

    def _hear(self, happening: Happening) -> None:
        # What the station before tells while it ends, above all that its line has, is not so of the next one.
        if not self._changing:
            self.window.hear(happening)

    @Slot(object)
    def _change_over(self, order: WorkOrder | None) -> None:
        """Close the station and open it anew, with what the order says or, without one, the settings."""
        opened = self._opened
        if opened is None:
            return
        self._changing = True
        self._behind.close()
        self.window.begin_again(self._product if order is None else order.profile.product_name)
        self._opened = self._opening.submit(self._reopen, opened)

    def _reopen(self, opened: Future[RunningStation | None]) -> RunningStation | None:
        station = opened.result()
        try:
            if station is not None:
                station.shut_down()
        except Exception as fault:
            # Half a station is not opened on top of: the window says so, and stays.
            log.exception("the station did not close for a changeover")
            self.ended.emit()
            self.courier.tell(UnitRefused(ProgramFault(type(fault).__name__), None))
            self.courier.tell(LineStopped())
            return None
        self.ended.emit()
        return self._open()

    @Slot()
    def _take_end(self) -> None:
        self._changing = False

    @Slot(object)
    def _take_station(self, station: RunningStation) -> None:
        self._behind.open(station)

    @Slot()
    def _take_none(self) -> None:
        self._behind.close_line()

    @Slot()
    def shut_down(self) -> None:
        """Assembly backwards. Safe to call twice."""
        self._behind.close()
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
