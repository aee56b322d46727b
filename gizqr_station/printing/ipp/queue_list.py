"""Which queues a CUPS has, for whoever looks for printers."""

import os
from dataclasses import dataclass

from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.client import CallFailed, CallStopped, IppClient, Limits
from gizqr_station.printing.ipp.messages import Attributes, Operation, Said, Tag
from gizqr_station.printing.ipp.queue_state import ASKED, QueueState
from gizqr_station.printing.ipp.server import Server, local_cups, user_name
from gizqr_station.printing.ipp.service import NOT_FOUND

_LIMITS = Limits(connect_s=1.0, stall_s=2.0, total_s=3.0)


@dataclass(frozen=True, slots=True)
class FoundQueue:
    """One queue, as its server describes it."""

    address: PrinterAddress
    info: str
    """What a person called it; often only its name."""
    make: str
    """Make and model, by its driver; ``Local Raw Printer`` where it has none."""
    device: str
    """Where it sends to, such as ``socket://192.0.2.7:9100`` or ``usb://Zebra/…``."""
    raw: bool
    said: str
    """Its state, in the server's words."""


def list_queues(stop: Stop, server: Server | None = None) -> tuple[FoundQueue, ...]:
    """Of this machine's CUPS, or of another one's; raises SpoolerSilent or Stopped. Within three seconds."""
    asked = server or local_cups(os.environ)
    said = (
        Said("requesting-user-name", Tag.NAME, user_name()),
        Said("requested-attributes", Tag.KEYWORD, ASKED),
    )
    try:
        answer = IppClient(asked).ask(Operation.CUPS_GET_PRINTERS, "/", said, _LIMITS, stop)
    except CallStopped as stopped:
        raise Stopped from stopped
    except CallFailed as failed:
        raise SpoolerSilent(asked.shown) from failed
    if answer.status == NOT_FOUND:  # how CUPS says that it has none
        return ()
    if not answer.ok:
        raise SpoolerSilent(asked.shown)
    return tuple(_found(asked, told) for told in answer.printers if told.text("printer-name"))


def _found(server: Server, told: Attributes) -> FoundQueue:
    name = told.text("printer-name")
    local = bool(server.socket) or server.host in {"localhost", "127.0.0.1", "::1"}
    state = QueueState(name, told)
    return FoundQueue(
        PrinterAddress(Connection.CUPS, "" if local else server.host, 0 if local else server.port, name),
        told.text("printer-info") or name,
        state.make,
        told.text("device-uri"),
        state.calls_itself_raw,
        state.said,
    )
