"""What stands behind the window's pages while the station opens, is open, and is closed."""

from gizqr_station.gui.codes_behind import CodesBehind
from gizqr_station.gui.devices_behind import DevicesBehind
from gizqr_station.gui.lists_behind import ListsBehind
from gizqr_station.gui.orders_behind import OrdersBehind
from gizqr_station.gui.passing_on import LineBehind
from gizqr_station.gui.people_behind import PeopleBehind
from gizqr_station.gui.printers_behind import PrintersBehind
from gizqr_station.gui.records_behind import RecordsBehind
from gizqr_station.gui.running_station import RunningStation
from gizqr_station.gui.window_controls import WindowControls
from gizqr_station.workflows.happenings import Tell


class WindowBehind:
    """One part a page; ``open`` and ``close`` may follow each other as often as an order is changed over."""

    def __init__(self, tell: Tell) -> None:
        self._line = LineBehind(tell)
        self._printers = PrintersBehind()
        self._devices = DevicesBehind()
        self._lists = ListsBehind()
        self._codes = CodesBehind()
        self._records = RecordsBehind()
        self._orders = OrdersBehind()
        self._people = PeopleBehind()

    @property
    def controls(self) -> WindowControls:
        """What the pages ask."""
        return WindowControls(
            self._line,
            self._printers,
            self._devices,
            self._lists,
            self._codes,
            self._records,
            self._orders,
            self._people,
        )

    def open(self, station: RunningStation) -> None:
        """From now on there is one."""
        self._line.open(station.controls)
        self._printers.open(station.desk)
        self._devices.open(station.devices)
        self._lists.open(station.lists)
        self._codes.open(station.codes)
        self._records.open(station.records)
        self._orders.open(station.orders)
        self._people.open(station.people)

    def close_line(self) -> None:
        """No scan waits for a station any longer."""
        self._line.close()

    def close(self) -> None:
        """From now on there is none."""
        self._line.close()
        for desk in (
            self._printers,
            self._devices,
            self._lists,
            self._codes,
            self._records,
            self._orders,
            self._people,
        ):
            desk.close()
