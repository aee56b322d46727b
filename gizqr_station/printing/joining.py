"""The one place where a printer's settings become a driver: language, connection and dialogue joined.

What a connection needs is imported only for those who have such a printer.
"""

from collections.abc import Callable

from gizqr_station.domain.printer import SPOKEN_OVER, Language, PrinterConfig
from gizqr_station.domain.printer_address import Connection
from gizqr_station.domain.printer_setup_failures import LanguageUnsuited, PrinterLibraryMissing
from gizqr_station.printing.devices import Devices
from gizqr_station.printing.dialogues.brother import BrotherDialogue
from gizqr_station.printing.dialogues.dialogue import Dialogue
from gizqr_station.printing.dialogues.escpos import EscPosDialogue
from gizqr_station.printing.dialogues.tspl import TsplDialogue
from gizqr_station.printing.dialogues.zpl import ZplDialogue
from gizqr_station.printing.direct_printer import DirectPrinter
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.links.link import Connector
from gizqr_station.printing.links.tcp import TcpConnector
from gizqr_station.workflows.ports import Printer

_DIALOGUES: dict[Language, Callable[[], Dialogue]] = {
    Language.ZPL: ZplDialogue,
    Language.TSPL: TsplDialogue,
    Language.ESCPOS: EscPosDialogue,
    Language.BROTHER: BrotherDialogue,
}
"""EPL2 has a question for errors, ``^ee``, but no list of its answers was at hand."""


def printer_for(config: PrinterConfig, devices: Devices | None = None) -> Printer:
    """A driver of its own for each call; ``devices`` is what outlives it, and begins with this call when left out.

    Raises LanguageUnsuited, PrinterLibraryMissing.
    """
    connection = config.address.connection
    takes = SPOKEN_OVER[connection]
    if config.language not in takes:
        words = ", ".join(sorted(language.value for language in takes))
        raise LanguageUnsuited(config.name, config.language.value, connection.value, words)
    try:
        return _joined(config, devices or Devices())
    except ImportError as missing:
        raise PrinterLibraryMissing(config.name, missing.name or str(missing)) from missing


def _joined(config: PrinterConfig, devices: Devices) -> Printer:
    match config.address.connection:
        case Connection.TCP | Connection.SERIAL | Connection.USB:
            device = devices.of(config, _DIALOGUES.get(config.language))
            return DirectPrinter(config, _connector(config), encoder_for(config), device.dialogue, device=device)
        case Connection.IPP:
            from gizqr_station.printing.ipp.ipp_printer import IppPrinter

            return IppPrinter(config)
        case Connection.CUPS:
            from gizqr_station.printing.ipp.cups_queue import CupsQueue

            return CupsQueue(config)
        case Connection.WINDOWS:
            from gizqr_station.printing.windows_spooler import WindowsQueue

            return WindowsQueue(config)
        case Connection.SYSTEM:
            from gizqr_station.printing.system_printer import SystemPrinter

            return SystemPrinter(config)
        case Connection.FILE:
            from gizqr_station.printing.label_folder import LabelFolder

            return LabelFolder(config)


def _connector(config: PrinterConfig) -> Connector:
    """For the connections that are ours from end to end."""
    address = config.address
    match address.connection:
        case Connection.SERIAL:
            from gizqr_station.printing.links.serial_port import SerialConnector

            return SerialConnector(config.name, address.path, address.baud)
        case Connection.USB:
            from gizqr_station.printing.links.usb_device import UsbConnector

            return UsbConnector(config.name, address.path)
        case _:
            return TcpConnector(config.name, address.host, address.port, connect_s=config.patience.connect_s)
