"""No command: opens the station's window."""

import argparse
import functools
import re
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.line_failures import NoScreen
from gizqr_station.domain.scan_rules import ScanRules
from gizqr_station.places import DataFolder
from gizqr_station.workflows.happenings import Tell

if TYPE_CHECKING:
    from gizqr_station.assembly.changeovers import Changeovers


def open_station(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """The window on the settings of the data folder; on the first start they are written, to be filled in."""
    del arguments, answer
    from gizqr_station.gui.app import WindowFacts, has_display, run
    from gizqr_station.gui.running_station import RunningStation
    from gizqr_station.gui.scanner_keys import ScannerKeys
    from gizqr_station.settings.model import Settings
    from gizqr_station.settings.store import load, write_commented

    if not has_display():
        raise NoScreen
    if not folder.settings_file.exists():
        write_commented(folder.settings_file, Settings())
    settings = load(folder.settings_file)

    @functools.cache
    def changeovers() -> "Changeovers":
        # Imported on the opening lane: it takes longer than the window needs to appear.
        from gizqr_station.assembly.changeovers import Changeovers

        return Changeovers(folder, settings)

    def opening(tell: Tell) -> RunningStation:
        return changeovers().open(tell)

    facts = WindowFacts(
        station=settings.station.name,
        operator=settings.station.operator,
        product=settings.product.name,
        demo=False,
        slots=tuple(slot.config(number) for number, slot in enumerate(settings.slots, start=1)),
        language=settings.station.language,
        scanner=ScannerKeys(settings.scanner.gap_ms, settings.scanner.prefix, settings.scanner.suffix),
        scan_rules=ScanRules(badge=re.compile(settings.scanner.badge) if settings.scanner.badge else None),
    )
    return run(facts, opening)
