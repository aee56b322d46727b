"""Serial ports, behind each of which may be a printer. Nobody asks: a byte could print, or move a machine."""

import os
from collections.abc import Collection

from serial.tools.list_ports import comports

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.guesses import clean, found_printer, guess, title
from gizqr_station.printing.finding.source import Found


def serial_ports(found: Found, stop: Stop, *, but_not: Collection[str] = ()) -> None:
    """Every port but those that something else uses, such as the device that is labelled."""
    taken = {os.path.realpath(port) for port in but_not if port}
    for port in sorted(comports(), key=lambda port: str(port.device)):
        stop.check()
        if os.path.realpath(port.device) in taken:
            continue
        maker, product = port.manufacturer or "", port.product or ""
        says = title(maker, product) or clean(port.description or "")
        printer = found_printer(f"serial:{port.device}?baud=9600", _with_port(says, port.device), guess(maker, product))
        if printer is not None:
            found(printer)


def _with_port(says: str, device: str) -> str:
    # pyserial writes "n/a" where it knows nothing.
    return device if says in {"", "n/a"} else f"{says} ({device})"
