"""``demo``: a whole simulated line, in a window or without."""

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.log import configure_log
from gizqr_station.places import DataFolder

if TYPE_CHECKING:
    from gizqr_station.gui.running_station import RunningStation
    from gizqr_station.workflows.happenings import Tell


def demo(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """In ``--out``, else in the data folder if one was named, else in a new folder that is told."""
    if arguments.out is not None:
        folder = DataFolder(arguments.out.absolute())
    elif arguments.data_dir is None:
        folder = DataFolder(Path(tempfile.mkdtemp(prefix="gizqr-demo-")))
    configure_log(folder)
    if arguments.headless:
        return _headless(arguments, folder, answer)
    return _in_window(arguments, folder, answer)


def _headless(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gizqr_station.demo.headless import run_headless

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("units verified", total=arguments.units)
        result = run_headless(
            folder,
            arguments.units,
            arguments.seed,
            answer.language,
            lambda number: progress.update(bar, completed=number),
            arguments.slots,
        )
    document = {
        "units": arguments.units,
        "verified": result.done.verified,
        "unknown": result.unknown,
        "failed": result.failed,
        "settled": result.done.settled,
        "refused": result.done.refused,
        "verified_in_ledger": result.verified,
        "seconds": round(result.seconds, 3),
        "units_per_second": round(result.done.verified / result.seconds, 2) if result.seconds else None,
        "out": str(folder.root),
    }
    lines = [
        f"{result.done.verified} of {arguments.units} units verified in {result.seconds:.1f} s;"
        f" unknown {result.unknown}, failed {result.failed}.",
        f"Labels, ledger and log: {folder.root}",
    ]
    answer.give(document, lines)
    return 0 if result.done.verified == arguments.units and result.unknown == 0 else 1


def _in_window(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    from gizqr_station.demo.newcomers import BADGES, LEAD, OPERATOR, QA
    from gizqr_station.domain.line_failures import NoScreen
    from gizqr_station.domain.scan_rules import ScanRules
    from gizqr_station.domain.serial_ports import PortKind, PortName
    from gizqr_station.domain.slot import SlotConfig
    from gizqr_station.gui.app import WindowFacts, has_display, run

    if not has_display():
        raise NoScreen

    def opening(tell: "Tell") -> "RunningStation":
        # Imported on the opening lane: it takes longer than the window needs to appear.
        from gizqr_station.demo.line_for_window import DemoStation

        return DemoStation(folder, arguments.seed, answer.language, tell, arguments.slots)

    answer.say(f"Labels, ledger and log of this demo: {folder.root}")
    people = ", ".join(f"{each.name} ({each.role.value}) {each.pin}" for each in (OPERATOR, QA, LEAD))
    answer.say(f"People of this demo and their PINs: {people}. {OPERATOR.name} is on duty.")
    slots = tuple(
        SlotConfig(number, "", PortName(PortKind.PATH, "simulated")) for number in range(1, arguments.slots + 1)
    )
    facts = WindowFacts(
        "demo",
        "demo",
        "Smart Plug Mini",
        demo=True,
        slots=slots,
        language=answer.language,
        scan_rules=ScanRules(badge=re.compile(BADGES)),
    )
    return run(facts, opening)
