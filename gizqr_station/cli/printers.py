"""``printers list | status | test | use``: what is set up, how it is, and whether a label comes out."""

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.outcomes import outcome_line
from gizqr_station.cli.person import duty_of
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.people import Permission
from gizqr_station.domain.printer import FoundPrinter, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import Supply
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for

if TYPE_CHECKING:
    from gizqr_station.ledger.store import SqlLedger
    from gizqr_station.settings.model import Settings


def list_printers(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """What is set up, and with ``--find`` what else could be."""
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    line = settings.line_printer().name
    configs = [printer.config() for printer in settings.printers]
    document: dict[str, object] = {"line_printer": line, "printers": [_document(config) for config in configs]}
    lines = [f"{'*' if config.name == line else ' '} {_line(config)}" for config in configs]
    if arguments.find:
        found = _found(settings, answer)
        known = {str(config.address) for config in configs}
        document["found"] = [{**_found_document(one), "set_up": str(one.address) in known} for one in found]
        lines += ["", "Found:" if found else "Nothing was found.", *(f"  {_found_line(one)}" for one in found)]
    answer.give(document, lines)
    return 0


def status(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Each printer in words; exit 1 if one that was asked for is not ready."""
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    wanted = [_config(settings, arguments.name)] if arguments.name else [one.config() for one in settings.printers]
    looked = [(config, _status(folder, settings, config), _supplies(folder, config)) for config in wanted]
    document = [
        {"name": config.name, "address": str(config.address), **_status_document(seen, left, answer)}
        for config, seen, left in looked
    ]
    lines = [line for config, seen, left in looked for line in _status_lines(config, seen, left, answer.language)]
    answer.give({"printers": document}, lines)
    return 0 if all(seen.ready for _, seen, _ in looked) else 1


def test(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Print a test label and say what is known of it."""
    from gizqr_station import assembly
    from gizqr_station.settings.store import load
    from gizqr_station.workflows.printer_trials import print_trial
    from gizqr_station.workflows.trial_label import harmless_content

    settings = load(folder.settings_file)
    config = _config(settings, arguments.name)
    trials = assembly.trial_labels(folder, settings, arguments.template)
    printer = assembly.label_printer(folder, settings, config.name)
    with _held(folder), contextlib.closing(_any_ledger(folder, settings)) as ledger, stop_at_interrupt() as stop:
        who = duty_of(arguments, folder, settings, ledger).require(Permission.LABEL)
        report = print_trial(printer, config, trials, ledger, assembly.SystemClock(), stop, who=who)
    document = {
        "printer": config.name,
        "outcome": report.outcome.value,
        "bytes": report.bytes_sent,
        "content": harmless_content(config.name),
    }
    return answer.conclude(document, [outcome_line(report.outcome, config.name)], report.failure)


def use(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Let the line print there; a station that runs sees it at its next label."""
    from gizqr_station.assembly import has_ledger
    from gizqr_station.settings.printer_shelf import SettingsPrinterShelf
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    config = _config(settings, arguments.name)
    if has_ledger(folder):
        with contextlib.closing(_any_ledger(folder, settings)) as ledger:
            duty_of(arguments, folder, settings, ledger).require(Permission.CHANGE_SETTINGS, config.name)
    shelf = SettingsPrinterShelf(folder.settings_file)
    shelf.keep(shelf.printers(), config.name)
    answer.give({"line_printer": config.name}, [f"The line prints on {config.name}."])
    return 0


def _config(settings: "Settings", name: str) -> PrinterConfig:
    for printer in settings.printers:
        if printer.name == name:
            return printer.config()
    raise PrinterUnknown(name, ", ".join(printer.name for printer in settings.printers))


def _found(settings: "Settings", answer: Answer) -> list[FoundPrinter]:
    from gizqr_station import assembly

    answer.say("Looking for printers …")
    found: list[FoundPrinter] = []
    with stop_at_interrupt() as stop:
        assembly.printer_finder(settings).find(found.append, stop)
    return sorted(found, key=lambda one: str(one.address))


def _status(folder: DataFolder, settings: "Settings", config: PrinterConfig) -> PrinterStatus:
    from gizqr_station import assembly

    try:
        return assembly.label_printer(folder, settings, config.name).status(Stop())
    except Failure as failure:
        return PrinterStatus(failure)


def _supplies(folder: DataFolder, config: PrinterConfig) -> tuple[Supply, ...]:
    """What is counted; nothing where there is no ledger yet."""
    from gizqr_station.assembly import existing_ledger, has_ledger

    if not has_ledger(folder):
        return ()
    with contextlib.closing(existing_ledger(folder)) as ledger:
        return ledger.supplies(config.name)


@contextlib.contextmanager
def _held(folder: DataFolder) -> Iterator[None]:
    """Nobody else prints from this folder meanwhile; raises StationAlreadyRunning."""
    from gizqr_station.assembly import hold

    lock = hold(folder)
    try:
        yield
    finally:
        lock.release()


def _any_ledger(folder: DataFolder, settings: "Settings") -> "SqlLedger":
    """The one that is there, of whichever kind; a station that is being set up has none yet."""
    from gizqr_station import assembly

    if assembly.has_ledger(folder):
        return assembly.existing_ledger(folder)
    return assembly.begun_ledger(folder, settings.station.name)


def _document(config: PrinterConfig) -> dict[str, object]:
    return {
        "name": config.name,
        "address": str(config.address),
        "language": config.language.value,
        "dpi": config.dpi,
        "model": config.model,
        "media_mm": [config.media.width_mm, config.media.height_mm],
    }


def _line(config: PrinterConfig) -> str:
    model = f" {config.model}" if config.model else ""
    return f"{config.name}  {config.address}  {config.language.value}{model}  {config.dpi} dpi"


def _found_document(found: FoundPrinter) -> dict[str, object]:
    return {
        "address": str(found.address),
        "says": found.says,
        "language": found.language.value if found.language else None,
        "dpi": found.dpi,
        "model": found.model,
    }


def _found_line(found: FoundPrinter) -> str:
    likely = f"  probably {found.language.value}" if found.language else ""
    return f"{found.address}  {found.says}{likely}{f'  {found.dpi} dpi' if found.dpi else ''}"


def _status_document(seen: PrinterStatus, left: tuple[Supply, ...], answer: Answer) -> dict[str, object]:
    return {
        "ready": seen.ready,
        "told": seen.told,
        "failure": answer.error_document(seen.failure),
        "warning": answer.error_document(seen.warning),
        "said": seen.said,
        "supplies": {supply.kind.value: supply.left for supply in left},
    }


def _status_lines(config: PrinterConfig, seen: PrinterStatus, left: tuple[Supply, ...], language: str) -> list[str]:
    if seen.failure is not None:
        state = words_for(seen.failure, language).line
    else:
        state = "ready, says the printer" if seen.told else "can be reached; it says nothing of labels and ribbon"
    lines = [f"{config.name}: {state}"]
    if seen.warning is not None:
        lines.append(f"    {words_for(seen.warning, language).line}")
    return lines + [f"    {supply.kind.value}: {supply.left} of {supply.full} left, by count" for supply in left]
