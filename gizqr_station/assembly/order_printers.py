"""The printers of a station whose order names the line's: the settings keep saying which one is its own."""

from gizqr_station.assembly.orders import Labelled
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.workflows.ports import PrinterShelf


class OrderPrinters:
    """A PrinterShelf. While the order is in hand its printer is the line's, unless a person chooses another one."""

    def __init__(self, inner: PrinterShelf, wanted: str) -> None:
        self._inner = inner
        self._wanted = wanted

    def printers(self) -> tuple[PrinterConfig, ...]:
        """All that are set up; raises what the settings raise."""
        return self._inner.printers()

    def line_printer(self) -> str:
        """The order's, where it is set up here, else the station's own."""
        names = [printer.name for printer in self._inner.printers()]
        return self._wanted if self._wanted in names else self._inner.line_printer()

    def keep(self, printers: tuple[PrinterConfig, ...], line_printer: str) -> None:
        """The list goes into the settings, the line's choice holds until the next changeover."""
        own = self._inner.line_printer()
        names = {printer.name for printer in printers}
        self._inner.keep(printers, own if own in names else line_printer)
        self._wanted = line_printer


def line_shelf(shelf: PrinterShelf, labelled: Labelled) -> PrinterShelf:
    """The station's printers; with an order in hand its printer is the line's."""
    return shelf if labelled.order is None else OrderPrinters(shelf, labelled.order.profile.printer)
