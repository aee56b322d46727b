"""``doctor``: what this machine has and lacks, in plain words. Changes nothing."""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station import __version__
from gizqr_station.cli.answer import Answer
from gizqr_station.cli.device_findings import device_findings, reader_findings, slot_findings
from gizqr_station.cli.findings import Finding
from gizqr_station.cli.ledger_findings import shared_ledger_findings
from gizqr_station.cli.pool_findings import pool_findings
from gizqr_station.cli.printer_findings import printers, printing_findings
from gizqr_station.cli.product_findings import product_findings
from gizqr_station.cli.service_findings import service_findings
from gizqr_station.domain.failures import Failure, LedgerFailure, SettingsFailure
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder, resources
from gizqr_station.wording import words_for
from gizqr_station.workflows.ports import CodeProvider

if TYPE_CHECKING:
    from gizqr_station.assembly.orders import Labelled
    from gizqr_station.settings.model import Settings

LIBRARIES = (
    "PySide6_Essentials",
    "qrcode",
    "pillow",
    "zxing-cpp",
    "httpx",
    "pyserial",
    "pyipp",
    "zeroconf",
    *(("pywin32",) if sys.platform == "win32" else ()),
    "sqlalchemy",
    "psycopg",
    "alembic",
)
SERVICE_LIBRARIES = ("fastapi", "fastapi-offline", "uvicorn", "cryptography")


def doctor(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Exit 1 when something is missing that the station cannot work without."""
    del arguments
    findings = [
        *_machine(),
        *_libraries(),
        *_screen(),
        *device_findings(),
        *reader_findings(folder, answer.language),
        *printing_findings(),
        *_station(folder, answer.language),
    ]
    lines = [f"{_sign(finding)}  {finding.subject}: {finding.says}" for finding in findings]
    sick = [finding.subject for finding in findings if finding.needed and not finding.good]
    lines.append(_last_line(sick, [finding.subject for finding in findings if not finding.needed and not finding.good]))
    document = [
        {"subject": found.subject, "good": found.good, "needed": found.needed, "says": found.says} for found in findings
    ]
    answer.give({"healthy": not sick, "findings": document}, lines)
    return 1 if sick else 0


def _last_line(sick: list[str], noted: list[str]) -> str:
    if sick:
        return f"Missing or wrong: {', '.join(sick)}"
    if noted:
        return f"The station can open. Read the notes above: {', '.join(noted)}"
    return "All that the station needs is here."


def _sign(finding: Finding) -> str:
    return "ok  " if finding.good else "FAIL" if finding.needed else "note"


def _machine() -> Iterator[Finding]:
    yield Finding("station", good=True, says=__version__)
    yield Finding("system", good=True, says=platform.platform())
    yield Finding("Python", sys.version_info >= (3, 11), f"{platform.python_version()} (3.11 or newer is needed)")
    yield Finding("SQLite", good=True, says=f"{sqlite3.sqlite_version}, used with a rollback journal and full sync")


def _libraries() -> Iterator[Finding]:
    for names, needed, purpose in ((LIBRARIES, True, ""), (SERVICE_LIBRARIES, False, " (for the sandbox service)")):
        for name in names:
            try:
                yield Finding(name, good=True, says=importlib.metadata.version(name), needed=needed)
            except importlib.metadata.PackageNotFoundError:
                yield Finding(name, good=False, says=f"not installed{purpose}", needed=needed)
    for name in ("fonts", "templates", "failures", "icons", "readers"):
        there = (resources() / name).is_dir()
        yield Finding(f"resources/{name}", there, "there" if there else "missing: install the program again")


def _screen() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    says = shown or "none: the window cannot open here, the command line can be used"
    yield Finding("screen", good=bool(shown), says=says, needed=False)


def _station(folder: DataFolder, language: str) -> Iterator[Finding]:
    from gizqr_station.settings.store import load

    yield _writable(folder.root)
    try:
        settings = load(folder.settings_file)
    except Failure as failure:
        yield Finding("settings", good=False, says=words_for(failure, language).line)
        return
    if not folder.settings_file.exists():
        says = f"not made yet: start gizqr-station once, then fill in {folder.settings_file}"
        yield Finding("settings", good=False, says=says, needed=False)
        return
    yield Finding("settings", good=True, says=str(folder.settings_file))

    from gizqr_station import assembly

    clock = assembly.SystemClock()
    labelled, lacking = _labelled(folder, settings)
    settings = labelled.settings
    # Each raises what would keep the station from opening, or from working.
    looks: dict[str, Callable[[], object]] = {
        "product": lambda: assembly.product_from(settings, folder),
        "work order": lambda: _allowance(folder, labelled, lacking),
        "codes": lambda: _reach(assembly.code_provider(folder, settings, clock)),
        "ledger": lambda: _read_ledger(folder),
    }
    for subject, look in looks.items():
        seen = _raised_by(look)
        ready = f"ready: {labelled.number}" if subject == "work order" and labelled.number else "ready"
        says = ready if seen is None else words_for(seen, language).line
        # A service that is away passes by itself; a setting does not.
        needed = subject != "codes" or isinstance(seen, SettingsFailure)
        yield Finding(subject, seen is None, says, needed)
    yield from shared_ledger_findings(folder, settings, language)
    yield from service_findings(folder, settings)
    yield from pool_findings(folder, settings, language)
    yield from product_findings(folder, labelled, language)
    yield from slot_findings(folder, settings, language)
    yield from printers(folder, settings, language)


def _labelled(folder: DataFolder, settings: "Settings") -> "tuple[Labelled, Failure | None]":
    """The order in hand as a station opens it, and what keeps it shut; a fault of the ledger is told as such."""
    from gizqr_station.assembly.orders import Labelled, labelled_in

    try:
        return labelled_in(folder, settings), None
    except LedgerFailure:
        return Labelled(settings, None), None
    except Failure as lacking:
        return Labelled(settings, None), lacking


def _allowance(folder: DataFolder, labelled: "Labelled", lacking: Failure | None) -> None:
    if lacking is not None:
        raise lacking
    labelled.allowance(folder)


def _raised_by(look: Callable[[], object]) -> Failure | None:
    try:
        look()
    except Failure as failure:
        return failure
    return None


def _reach(codes: CodeProvider) -> None:
    failure = codes.reachable(Stop())
    if failure is not None:
        raise failure


def _writable(root: Path) -> Finding:
    nearest = root
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    return Finding("data folder", nearest.is_dir() and os.access(nearest, os.W_OK), str(root))


def _read_ledger(folder: DataFolder) -> None:
    """One that was not begun yet is no failure."""
    from gizqr_station.assembly import existing_ledger, has_ledger

    if not has_ledger(folder):
        return
    ledger = existing_ledger(folder)
    try:
        ledger.open_jobs()
    finally:
        ledger.close()
