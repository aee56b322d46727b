"""The printers of the settings, made when they are wanted, and the search for more."""

from functools import partial

from gizqr_station.assembly.readers import devices_in_use, machine_ports
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.printing.answered_before import AnsweredBefore
from gizqr_station.printing.devices import Devices
from gizqr_station.printing.joining import printer_for
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_shelf import MemoryPrinterShelf, SettingsPrinterShelf
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.ports import Printer, PrinterFinder, PrinterShelf
from gizqr_station.workflows.printer_pool import PrinterPool


def printer_shelf(folder: DataFolder, settings: Settings, *, demo: bool = False) -> PrinterShelf:
    """The settings file's printers; those of a demo, and of settings that stand in no file, are kept in memory."""
    if demo or not folder.settings_file.exists():
        return MemoryPrinterShelf(settings)
    return SettingsPrinterShelf(folder.settings_file)


def printer_pool(folder: DataFolder, shelf: PrinterShelf) -> PrinterPool:
    """All printers of the shelf; ``close`` it when nobody prints any more."""
    return PrinterPool(shelf, partial(printer_for, devices=_devices(folder)), ThreadLane)


def label_printer(folder: DataFolder, settings: Settings, name: str = "") -> Printer:
    """One printer alone: this one, or else the line's. Raises PrinterUnknown and what keeps it from being made."""
    if not name:
        return printer_for(settings.line_printer().config(), _devices(folder))
    for printer in settings.printers:
        if printer.name == name:
            return printer_for(printer.config(), _devices(folder))
    raise PrinterUnknown(name, ", ".join(printer.name for printer in settings.printers))


def _devices(folder: DataFolder) -> Devices:
    """A program's own, with what the folder's programs before it were answered."""
    return Devices(AnsweredBefore(folder.answered_file))


def printer_finder(settings: Settings) -> PrinterFinder:
    """Looks wherever printers can be; the ports of devices and scanners are left alone."""
    # Imported here: what listens to the network takes a while to load, and printing never needs it.
    from gizqr_station.printing.finding.cups import cups_queues
    from gizqr_station.printing.finding.desktop import desktop_printers
    from gizqr_station.printing.finding.finder import Finder
    from gizqr_station.printing.finding.network import network_printers
    from gizqr_station.printing.finding.serial_ports import serial_ports
    from gizqr_station.printing.finding.source import Found, Source
    from gizqr_station.printing.finding.usb import usb_printers
    from gizqr_station.printing.finding.windows import windows_queues

    def other_ports(found: Found, stop: Stop) -> None:
        serial_ports(found, stop, but_not=devices_in_use(settings, machine_ports()))

    return Finder(
        [
            Source("CUPS", cups_queues),
            Source("USB", usb_printers),
            Source("serial ports", other_ports),
            Source("network", network_printers),
            Source("Windows", windows_queues),
            Source("desktop", desktop_printers),
        ]
    )
