"""What ``doctor`` says of printing: rights, devices, print servers, each printer that is set up. Prints nothing."""

import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.findings import Finding, groups_of_this_user
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

USB_DEVICES = Path("/dev/usb")
_RIGHTS = {"lp": "USB printers", "dialout": "serial printers", "lpadmin": "changing CUPS queues"}
"""Groups of Debian and Ubuntu, and what they are good for."""


def printing_findings(devices: Path = USB_DEVICES) -> Iterator[Finding]:
    """What this machine can print with, whatever is set up. All of it is optional: one printer is enough."""
    yield from usb_devices(devices)
    if sys.platform == "linux":
        yield rights(groups_of_this_user(), superuser=os.geteuid() == 0)
    yield _cups()


def usb_devices(devices: Path) -> Iterator[Finding]:
    """Each device of the kernel's printer driver, and whether this user may open it."""
    for device in sorted(devices.glob("lp*")):
        allowed = os.access(device, os.R_OK | os.W_OK)
        says = "there" if allowed else "this user may not open it: add the user to the group lp and log in again"
        yield Finding(f"USB printer {device}", allowed, says, needed=False)


def rights(groups: Collection[str], *, superuser: bool) -> Finding:
    """Which groups a user is in; the superuser needs none."""
    if superuser:
        return Finding("printing rights", good=True, says="all: this is the superuser", needed=False)
    missing = [f"{group} ({use})" for group, use in _RIGHTS.items() if group not in groups]
    says = f"not in the groups {', '.join(missing)}: needed for these alone" if missing else "lp, dialout, lpadmin"
    return Finding("printing rights", not missing, says, needed=False)


def printers(folder: DataFolder, settings: "Settings", language: str) -> Iterator[Finding]:
    """How each one is that is set up."""
    from gizqr_station.assembly import label_printer

    line = settings.line_printer().name
    for printer in settings.printers:
        try:
            seen = label_printer(folder, settings, printer.name).status(Stop())
        except Failure as failure:
            seen = PrinterStatus(failure)
        subject = f"printer {printer.name}{' (the line)' if printer.name == line else ''}"
        yield Finding(subject, seen.ready, f"{printer.address}: {_state(seen, language)}", needed=False)


def _state(seen: PrinterStatus, language: str) -> str:
    if seen.failure is not None:
        return words_for(seen.failure, language).line
    state = "ready, says the printer" if seen.told else "can be reached; it says nothing of labels and ribbon"
    return state if seen.warning is None else f"{state}. {words_for(seen.warning, language).line}"


def _cups() -> Finding:
    from gizqr_station.domain.print_queue_failures import SpoolerSilent
    from gizqr_station.printing.ipp.queue_list import list_queues

    try:
        queues = list_queues(Stop())
    except SpoolerSilent as silent:
        says = f"none answers at {silent.server}: only needed for its queues"
        return Finding("CUPS", good=False, says=says, needed=False)
    raw = sum(queue.raw for queue in queues)
    return Finding("CUPS", good=True, says=f"{len(queues)} queues, {raw} of them raw", needed=False)
