"""Whoever stands behind the window and only listens, and a window in front of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.devices_state import DevicesState
from gizqr_station.gui.lists_state import ListsState
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.orders_state import OrdersState
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.people_state import PeopleState
from gizqr_station.gui.printers_state import PrintersState
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.scanner_keys import TYPING_SCANNER, ScannerKeys
from gizqr_station.gui.sign_in_state import SignInState
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.window_controls import WindowControls
from tests.gui.heard_desks import HeardOrders, HeardPeople, HeardRecords

ONE_SLOT = (SlotConfig(1, "", PortName.parse("/dev/ttyUSB0")),)


class HeardLine:
    """What the window asked of the line."""

    def __init__(self) -> None:
        self.calls: list[object] = []
        self.scanned_at: list[float | None] = []

    def scanned(self, text: str, at: float | None = None) -> None:
        self.calls.append(text)
        self.scanned_at.append(at)

    def no_usable_label(self, job: int) -> None:
        self.calls.append(job)

    def try_again(self, slot: int) -> None:
        self.calls.append(("again", slot))

    def new_roll(self, kind: SupplyKind) -> None:
        self.calls.append(kind)


class HeardDesk:
    """What the printers page asked of the desk, but for ``shown``, which is kept apart."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.visible: list[bool] = []

    def look_for_printers(self) -> None:
        self.calls.append(("look_for_printers",))

    def look_at(self, name: str) -> None:
        self.calls.append(("look_at", name))

    def save(self, config: PrinterConfig, was: str) -> None:
        self.calls.append(("save", config, was))

    def remove(self, name: str) -> None:
        self.calls.append(("remove", name))

    def use_for_line(self, name: str) -> None:
        self.calls.append(("use_for_line", name))

    def test_label(self, name: str) -> None:
        self.calls.append(("test_label", name))

    def calibrate(self, name: str) -> None:
        self.calls.append(("calibrate", name))

    def new_roll(self, name: str, kind: SupplyKind, full: int, warn_below: int) -> None:
        self.calls.append(("new_roll", name, kind, full, warn_below))

    def hold(self, job: int) -> None:
        self.calls.append(("hold", job))

    def release(self, job: int) -> None:
        self.calls.append(("release", job))

    def cancel(self, job: int) -> None:
        self.calls.append(("cancel", job))

    def move(self, job: int, printer: str) -> None:
        self.calls.append(("move", job, printer))

    def shown(self, visible: bool) -> None:
        self.visible.append(visible)


class HeardDevices:
    """What the devices page asked of its desk, but for ``shown``, which is kept apart."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.visible: list[bool] = []

    def shown(self, visible: bool) -> None:
        self.visible.append(visible)

    def try_reader(self, port: str, reader: str, baud: int) -> None:
        self.calls.append(("try_reader", port, reader, baud))

    def stop_trial(self) -> None:
        self.calls.append(("stop_trial",))

    def keep_log(self) -> None:
        self.calls.append(("keep_log",))

    def save_slots(self, slots: tuple[SlotConfig, ...]) -> None:
        self.calls.append(("save_slots", slots))


class HeardLists:
    """What the lists page asked of its desk; ``shown`` and the numbers of the requests are kept apart."""

    def __init__(self) -> None:
        self.requests: list[int] = []
        self.calls: list[tuple[object, ...]] = []
        self.visible: list[bool] = []

    def shown(self, visible: bool) -> None:
        self.visible.append(visible)

    def look_in(self, folder: str) -> None:
        self.calls.append(("look_in", folder))

    def check_file(self, path: str, request: int) -> None:
        self.calls.append(("check_file", path))
        self.requests.append(request)

    def check_text(self, text: str, name: str, request: int) -> None:
        self.calls.append(("check_text", text, name))
        self.requests.append(request)

    def stop_checking(self) -> None:
        self.calls.append(("stop_checking",))

    def begin(self, printer: str, request: int) -> None:
        self.calls.append(("begin", printer))
        self.requests.append(request)

    def go_on(self, number: int, printer: str = "") -> None:
        self.calls.append(("go_on", number, printer))

    def pause(self) -> None:
        self.calls.append(("pause",))

    def cancel(self, number: int) -> None:
        self.calls.append(("cancel", number))


class HeardCodes:
    """What the codes page asked of its desk, but for ``shown``, which is kept apart."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.visible: list[bool] = []

    def shown(self, visible: bool) -> None:
        self.visible.append(visible)

    def look(self) -> None:
        self.calls.append(("look",))

    def fetch(self, ranges_text: str = "") -> None:
        self.calls.append(("fetch", ranges_text))

    def pause(self) -> None:
        self.calls.append(("pause",))

    def go_on(self, number: int) -> None:
        self.calls.append(("go_on", number))

    def cancel(self, number: int) -> None:
        self.calls.append(("cancel", number))

    def look_in(self, folder: str) -> None:
        self.calls.append(("look_in", folder))

    def import_file(self, path: str) -> None:
        self.calls.append(("import_file", path))

    def export(self, path: str) -> None:
        self.calls.append(("export", path))

    def stop_file_work(self) -> None:
        self.calls.append(("stop_file_work",))

    def judge_text(self, content: str) -> None:
        self.calls.append(("judge_text", content))

    def judge_picture(self, path: str) -> None:
        self.calls.append(("judge_picture", path))

    def prove(self, content: str, identity_text: str = "") -> None:
        self.calls.append(("prove", content, identity_text))

    def stop_proof(self) -> None:
        self.calls.append(("stop_proof",))


class Bench:
    """A shown window, the line and the desk behind it. Making one takes a while, so a module's tests share it."""

    def __init__(
        self,
        language: str = "en",
        slots: tuple[SlotConfig, ...] = ONE_SLOT,
        scanner: ScannerKeys = TYPING_SCANNER,
    ) -> None:
        self.line, self.desk, self.devices, self.lists = HeardLine(), HeardDesk(), HeardDevices(), HeardLists()
        self.codes = HeardCodes()
        self.records, self.orders, self.people = HeardRecords(), HeardOrders(), HeardPeople()
        controls = WindowControls(
            self.line, self.desk, self.devices, self.lists, self.codes, self.records, self.orders, self.people
        )
        self.window = MainWindow(
            controls, station="bench-1", operator="Li Wei", product="Lamp", demo=False, slots=slots, language=language,
            scanner=scanner,
        )  # fmt: skip
        self.window.show()
        assert QTest.qWaitForWindowExposed(self.window)

    def begin_again(self) -> None:
        """As a window that was just opened."""
        window = self.window
        if window._language != "en":
            window._switch_language()
        for button in window.findChildren(ConfirmButton):
            button.disarm()
        window.printers._card._supplies.leave()
        window.printers.show_state(PrintersState())
        window.page.show_state(SlotsState(window.page.state.slots))
        window.devices.show_state(DevicesState(SlotsState(window.page.state.slots)))
        window.lists.show_state(ListsState())
        window._turns.judged.disarm()
        window._turns.judged._taken = ""
        window.codes.show_state(CodesState())
        window.records.show_state(RecordsState())
        window.records.alarms._keep(())
        window._turns.badge.disarm()
        window._turns.badge._next._taken = ""
        window._duty = None
        window.header.forget()
        window.sign_in.state = SignInState()
        window.orders.show_state(OrdersState())
        window.people.show_state(PeopleState())
        window._reword()
        window.open_page(Page.STATION)
        window._router.forget()
        window.resize(1366, 768)
        QCoreApplication.processEvents()
        self.line.calls.clear()
        self.desk.calls.clear()
        self.desk.visible.clear()
        self.devices.calls.clear()
        self.devices.visible.clear()
        self.lists.calls.clear()
        self.lists.requests.clear()
        self.lists.visible.clear()
        self.codes.calls.clear()
        self.codes.visible.clear()
        for heard in (self.records, self.orders, self.people):
            heard.forget()

    def close(self) -> None:
        """What Qt made dies here, on its own thread, and not when Python gets round to it."""
        window = self.__dict__.pop("window")
        window._translation.speak("en")
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del window
        gc.collect()


@contextmanager
def a_bench(language: str = "en", slots: tuple[SlotConfig, ...] = ONE_SLOT) -> Iterator[Bench]:
    """For one test or for a module's."""
    bench = Bench(language, slots)
    try:
        yield bench
    finally:
        bench.close()
