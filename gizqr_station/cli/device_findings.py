"""What ``doctor`` says of devices: rights, programs that grab ports, ports by name, readers, extras. Opens no port."""

import importlib.util
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.findings import Finding, groups_of_this_user
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.serial_ports import SHORTEST_SERIAL, PortName, SerialPort, lasting_name
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

RULES_FILE = "60-gizqr-station.rules"
RULE_FOLDERS = tuple(
    Path(folder) for folder in ("/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d")
)
PROCESSES = Path("/proc")
_GRABBERS = {
    "ModemManager": "sends AT commands into ports that may be modems: install the udev rule, which keeps it away",
    "brltty": "takes CH340 and CP210x adapters for Braille displays: sudo apt-get remove brltty, if nobody needs it",
}
"""Programs of desktops that hold ports, and what to do. The kernel shows the first 15 letters of a name."""
_EXTRAS = {
    "esptool": ("esptool", "the reader esptool, for ESP chips in their bootloader"),
    "cv2": ("camera", "a webcam as a scanner"),
}


def device_findings() -> Iterator[Finding]:
    """What this machine can read with, whatever is set up. All of it is optional: a scanner is enough."""
    if sys.platform == "linux":
        installed = rule_installed(RULE_FOLDERS)
        yield serial_rights(groups_of_this_user(), superuser=os.geteuid() == 0, rule=installed)
        yield udev_rule(shipped_rule(), RULE_FOLDERS)
        yield from grabbers(PROCESSES, rule=installed)
    from gizqr_station.assembly import machine_ports

    yield from port_findings(machine_ports().ports())
    yield from extras()


def serial_rights(groups: Collection[str], *, superuser: bool, rule: bool) -> Finding:
    """Whether this user may open serial ports at all."""
    if superuser:
        return Finding("serial rights", good=True, says="all: this is the superuser", needed=False)
    if "dialout" in groups:
        return Finding("serial rights", good=True, says="by the group dialout", needed=False)
    if rule:
        says = "by the udev rule, for USB adapters, while logged in at this computer; others need the group dialout"
        return Finding("serial rights", good=True, says=says, needed=False)
    says = 'not in the group dialout: sudo usermod -aG dialout "$USER", then log in again; or install the udev rule'
    return Finding("serial rights", good=False, says=says, needed=False)


def rule_installed(folders: Sequence[Path]) -> bool:
    """Whether udev knows a rule of ours, of whichever version."""
    return any((folder / RULES_FILE).is_file() for folder in folders)


def shipped_rule() -> Path:
    """In a checkout; an installed package has none beside it."""
    return Path(__file__).parent.parent.parent / "packaging" / "udev" / RULES_FILE


def udev_rule(shipped: Path, folders: Sequence[Path]) -> Finding:
    """Whether the rule is there, and the same as the one that this version brings."""
    install = (
        f"sudo install -m 644 {shipped} /etc/udev/rules.d/ && sudo udevadm control --reload"
        " && sudo udevadm trigger --subsystem-match=tty"
    )
    if not shipped.is_file():
        install = f"take {RULES_FILE} from the program's packaging/udev and follow its first lines"
    found = next((folder / RULES_FILE for folder in folders if (folder / RULES_FILE).is_file()), None)
    if found is None:
        says = f"not installed, only needed for users who are not in dialout and against ModemManager: {install}"
        return Finding("udev rule", good=False, says=says, needed=False)
    try:
        older = shipped.is_file() and found.read_bytes() != shipped.read_bytes()
    except OSError as fault:
        return Finding("udev rule", good=False, says=f"{found}: {fault.strerror}", needed=False)
    return Finding("udev rule", not older, f"{found} is of another version: {install}" if older else str(found), False)


def grabbers(processes: Path, *, rule: bool) -> Iterator[Finding]:
    """Programs that run here and open serial ports on their own."""
    running = set()
    for entry in processes.glob("[0-9]*/comm"):
        try:
            running.add(entry.read_text(encoding="utf-8", errors="replace").strip())
        except OSError:
            continue  # it ended meanwhile
    for name, says in _GRABBERS.items():
        if name in running:
            kept_off = rule and name == "ModemManager"
            known = "runs; the udev rule keeps it off the adapters of the makers that it names" if kept_off else says
            yield Finding(name, kept_off, known, needed=False)


def port_findings(ports: Sequence[SerialPort]) -> Iterator[Finding]:
    """Each port with its lasting name, and serial numbers that are none."""
    if not ports:
        yield Finding("serial ports", good=False, says="none is plugged in", needed=False)
    for port in ports:
        name = lasting_name(port, ports)
        says = "  ".join(word for word in (port.usb_id, port.description) if word)
        lasts = f"{name}" if name.lasts else "no name that lasts: it may be called otherwise the next time"
        allowed = os.name != "posix" or os.access(port.device, os.R_OK | os.W_OK)
        right = "" if allowed else "; this user may not open it (see serial rights)"
        yield Finding(f"port {port.device}", allowed, f"{lasts}  {says}".rstrip() + right, needed=False)
    serials = [port.usb_serial.casefold() for port in ports if port.usb_serial]
    for serial in sorted({each for each in serials if serials.count(each) > 1 or len(each) < SHORTEST_SERIAL}):
        devices = ", ".join(port.device for port in ports if port.usb_serial.casefold() == serial)
        says = f"tells nothing apart ({devices}): name these by their place, hub:…"
        yield Finding(f"serial number {serial}", good=False, says=says, needed=False)


def extras() -> Iterator[Finding]:
    """What is installed of what need not be."""
    for module, (extra, use) in _EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        command = f"python3 packaging/station.py setup --with {extra}"
        says = f"installed, for {use}" if there else f"not installed, only needed for {use}: {command}"
        yield Finding(f"extra {extra}", there, says, needed=False)


def reader_findings(folder: DataFolder, language: str) -> Iterator[Finding]:
    """The ways of asking, and each file of the user's that cannot be used."""
    from gizqr_station.assembly import profile_shelf

    shelf = profile_shelf(folder)
    try:
        known = shelf.profiles()
    except Failure as failure:
        yield Finding("readers", good=False, says=words_for(failure, language).line)
        return
    own = sum(profile.own for profile in known)
    yield Finding("readers", good=True, says=f"{len(known)}, {own} of them your own, in {folder.readers}", needed=False)
    for fault in shelf.faults():
        yield Finding(f"reader {Path(fault.file).name}", good=False, says=words_for(fault, language).line, needed=False)


def slot_findings(folder: DataFolder, settings: "Settings", language: str) -> Iterator[Finding]:
    """Whether each slot's reader can be made, its port is there and may be opened; a scanner's too."""
    from gizqr_station import assembly

    ports, clock = assembly.machine_ports(), assembly.SystemClock()
    maker = assembly.reader_maker(settings, assembly.profile_shelf(folder), ports, clock)
    for slot in settings.slot_configs():
        keeps_shut = False
        try:
            seen = maker(slot, None).health(Stop())
        except Failure as failure:
            seen, keeps_shut = failure, True
        where = "scanned devices only" if slot.port is None else f"{slot.port}, reader {slot.reader}"
        says = f"{where}: {'ready' if seen is None else words_for(seen, language).line}"
        yield Finding(f"slot {slot.label}", seen is None, says, needed=keeps_shut)
    if settings.scanner.port:
        told = assembly.port_failure(PortName.parse(settings.scanner.port), ports)
        says = "ready" if told is None else words_for(told, language).line
        yield Finding("scanner", told is None, f"{settings.scanner.port}: {says}", needed=False)
