"""Everything that the window's pages ask, in one value."""

from dataclasses import dataclass

from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.device_controls import DeviceControls
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.list_controls import ListControls
from gizqr_station.gui.order_controls import OrderControls
from gizqr_station.gui.people_controls import PeopleControls
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.records_controls import RecordControls


@dataclass(frozen=True, slots=True)
class WindowControls:
    """One for each page; the header asks people's too."""

    line: LineControls
    printers: PrinterControls
    devices: DeviceControls
    lists: ListControls
    codes: CodeControls
    records: RecordControls
    orders: OrderControls
    people: PeopleControls
