"""The printers of the settings file, for whoever lists them or changes them while the station runs."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.settings.faults import first_fault
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.store import load, save_printers, with_printers

_PLACE = Path("settings.toml")
"""How refusals name what is in no file."""


def entries(file: Path, printers: Sequence[PrinterConfig]) -> list[PrinterSettings]:
    """As the file has them; raises SettingInvalid for the first that it may not hold."""
    made: list[PrinterSettings] = []
    for at, printer in enumerate(printers):
        try:
            made.append(PrinterSettings.of(printer))
        except ValidationError as fault:
            values = {"printers": [{"name": one.name} for one in printers]}
            raise first_fault(str(file), values, fault, inside=("printers", at)) from fault
    return made


class SettingsPrinterShelf:
    """A PrinterShelf. The file is read each time, for a person may have it open in an editor as well."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def printers(self) -> tuple[PrinterConfig, ...]:
        """All that are set up, in the order of the settings; raises what ``load`` raises."""
        return tuple(printer.config() for printer in load(self._file).printers)

    def line_printer(self) -> str:
        """The name of the one that the line prints on."""
        return load(self._file).line_printer().name

    def keep(self, printers: tuple[PrinterConfig, ...], line_printer: str) -> None:
        """Write them into the file; raises the first fault with its place, and leaves the file as it was."""
        save_printers(self._file, entries(self._file, printers), line_printer)


class MemoryPrinterShelf:
    """A PrinterShelf for settings that stand in no file, such as a demo's: it forgets what it is told at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def printers(self) -> tuple[PrinterConfig, ...]:
        """All that are set up."""
        return tuple(printer.config() for printer in self._settings.printers)

    def line_printer(self) -> str:
        """The name of the one that the line prints on."""
        return self._settings.line_printer().name

    def keep(self, printers: tuple[PrinterConfig, ...], line_printer: str) -> None:
        """Remember them; refuses what the file would refuse, by the same words."""
        self._settings = with_printers(_PLACE, self._settings, entries(_PLACE, printers), line_printer)
