"""USB printers as the Linux kernel's usblp offers them, with what each one says of itself. Nothing is opened."""

from pathlib import Path

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.guesses import device_id, found_printer, guess, title
from gizqr_station.printing.finding.source import Found

DEVICES = Path("/dev/usb")
CLASSES = Path("/sys/class/usbmisc")


def usb_printers(found: Found, stop: Stop, *, devices: Path = DEVICES, classes: Path = CLASSES) -> None:
    """Every ``/dev/usb/lp*``; without a folder of that name there is none."""
    for device in sorted(devices.glob("lp*")):
        stop.check()
        told = device_id(_identification(classes / device.name / "device" / "ieee1284_id"))
        maker, model, described = told.get("MFG", ""), told.get("MDL", ""), told.get("DES", "")
        seen = guess(maker, model, described, commands=told.get("CMD", ""))
        says = title(maker, model) or described or device.name
        printer = found_printer(f"usb:{device}", says, seen)
        if printer is not None:
            found(printer)


def _identification(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
