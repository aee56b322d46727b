"""Changes to the list of printers, each refused for the reason that a person is told."""

from gizqr_station.domain.printer import SPOKEN_OVER, PrinterConfig
from gizqr_station.domain.printer_setup_failures import (
    LanguageUnsuited,
    PrinterAddressTaken,
    PrinterNameTaken,
    PrinterNeeded,
    PrinterUnknown,
)
from gizqr_station.workflows.ports import Ledger

Printers = tuple[PrinterConfig, ...]


def saved(printers: Printers, config: PrinterConfig, was: str) -> Printers:
    """The list with this printer in place of the one that was called ``was``, or at its end where ``was`` is empty.

    Raises LanguageUnsuited, PrinterNameTaken, PrinterAddressTaken, PrinterUnknown.
    """
    _require_spoken(config)
    names = [printer.name for printer in printers]
    if was and was not in names:
        raise PrinterUnknown(was, ", ".join(names))
    if config.name != was and config.name in names:
        raise PrinterNameTaken(config.name)
    for other in printers:
        if other.name != was and other.address.device == config.address.device:
            raise PrinterAddressTaken(config.name, other.name, str(config.address))
    if not was:
        return (*printers, config)
    return tuple(config if printer.name == was else printer for printer in printers)


def removed(printers: Printers, name: str, line_printer: str) -> Printers:
    """The list without this printer; raises PrinterUnknown, and PrinterNeeded for the line's own or the last one."""
    left = tuple(printer for printer in printers if printer.name != name)
    if len(left) == len(printers):
        raise PrinterUnknown(name, ", ".join(printer.name for printer in printers))
    if name == line_printer or not left:
        raise PrinterNeeded(name)
    return left


def forget_in_ledger(ledger: Ledger, name: str, *, who: str) -> None:
    """Nobody counts for a printer that is gone, lest another one of that name begins with its empty roll."""
    for supply in ledger.supplies(name):
        ledger.load_supply(name, supply.kind, 0, 0, who=who)


def _require_spoken(config: PrinterConfig) -> None:
    takes = SPOKEN_OVER[config.address.connection]
    if config.language not in takes:
        words = ", ".join(sorted(language.value for language in takes))
        raise LanguageUnsuited(config.name, config.language.value, config.address.connection.value, words)
