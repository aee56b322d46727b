"""A station that is open, as the window sees it."""

from collections.abc import Callable
from typing import Protocol

from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.device_controls import DeviceControls
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.list_controls import ListControls
from gizqr_station.gui.order_controls import OrderControls
from gizqr_station.gui.people_controls import PeopleControls
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.records_controls import RecordControls
from gizqr_station.workflows.happenings import Tell


class RunningStation(Protocol):
    """What each page asks, and the one call that ends all of it."""

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

    @property
    def records(self) -> RecordControls:
        """Where the records page asks."""
        ...

    @property
    def orders(self) -> OrderControls:
        """Where the orders page asks."""
        ...

    @property
    def people(self) -> PeopleControls:
        """Where the people page and the header ask."""
        ...

    def shut_down(self) -> None:
        """Refuse work, stop, close every part; returns when all is closed."""
        ...


OpenStation = Callable[[Tell], RunningStation]
"""Opens the parts and starts the line, telling what happens; raises a Failure that keeps it from opening."""
