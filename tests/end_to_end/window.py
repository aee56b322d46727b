"""The real window on a real line, and the operator's keys."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gizqr_station import assembly
from gizqr_station.gui.app import StationApplication, WindowFacts
from gizqr_station.gui.running_station import RunningStation
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.station_state import Band, StationState
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import Tell
from tests.end_to_end.line import Surroundings

WAIT_MS = 15_000
A_KEY_MS = 8


class WindowOnLine:
    """Opens the station's window on these surroundings; ``close`` shuts all of it down."""

    def __init__(self, qtbot: QtBot, around: Surroundings, settings: Settings) -> None:
        self.around = around
        self._qtbot = qtbot
        self._clock = 1000
        self.bands: list[Band] = []

        def opening(tell: Tell) -> RunningStation:
            return assembly.open_station(around.folder, settings, tell, demo=False)

        slots = tuple(slot.config(number) for number, slot in enumerate(settings.slots, start=1))
        facts = WindowFacts("bench-1", "Li Wei", "Smart Plug", demo=False, slots=slots, language="en")
        self.application = StationApplication(facts, opening)
        self.window = self.application.window
        show_state = self.window.page.show_state

        def remembered(state: SlotsState) -> None:
            self.bands.append(state.seen.band)
            show_state(state)

        self.window.page.show_state = remembered  # type: ignore[method-assign]
        self.application.start()
        qtbot.waitExposed(self.window)

    @property
    def state(self) -> StationState:
        """What the page shows."""
        return self.window.page.state.seen

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window live until this holds."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def wait_for(self, band: Band) -> None:
        """Until the band says so."""
        self._qtbot.waitUntil(lambda: self.state.band is band, timeout=WAIT_MS)

    def wait_for_failure(self, code: str) -> None:
        """Until a failure with this code is on the page, as a reason or as a remark."""
        self.wait(lambda: code in {getattr(said, "code", "") for said in (self.state.failure, self.state.remark)})

    def plug(self, identity: str, **how: object) -> None:
        """Plug a device in."""
        self.around.device.plug(Plugged(identity, **how))  # type: ignore[arg-type]

    def scan(self, text: str) -> None:
        """A scanner types this into the window, wherever the focus is."""
        handle = self.window.windowHandle()
        self._clock += 1000
        for letter in [*text, "\r"]:
            self._clock += A_KEY_MS
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self._clock)
                QCoreApplication.sendEvent(handle, event)

    def press(self, key: Qt.Key) -> None:
        """A person presses a key; the application must be the active one for shortcuts to be looked up."""
        self.window.activateWindow()
        QTest.keyClick(self.window, key)

    def said(self) -> str:
        """What the message panel says aloud."""
        return self.window.page._message.accessibleName()

    def close(self) -> None:
        """As the user closes it. What Qt made dies here, on its own thread, and not when Python gets round to it."""
        self.window.close()
        del self.window.page.show_state
        for made in (self.window, self.application):
            made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
