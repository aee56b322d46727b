"""Queues of CUPS, told from its own list of them."""

import pytest

from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding import cups
from gizqr_station.printing.ipp.queue_list import FoundQueue


def queue(name: str, info: str, make: str, device: str, *, raw: bool) -> FoundQueue:
    return FoundQueue(PrinterAddress.parse(f"cups:{name}"), info, make, device, raw, "idle")


def test_a_raw_queue_is_guessed_by_where_it_leads_and_one_with_a_driver_takes_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = "Local Raw Printer"
    queues = (
        queue("zebra", "zebra", raw, "usb://Zebra%20Technologies/ZTC%20ZD421-300dpi%20ZPL?serial=D1", raw=True),
        queue("ql", "Door", raw, "usb://Brother/QL-820NWB", raw=True),
        queue("dark", "dark", raw, "socket://192.0.2.7:9100", raw=True),
        queue("zppd", "Zebra by driver", "Zebra ZPL Label Printer", "socket://192.0.2.7:9100", raw=False),
    )
    monkeypatch.setattr(cups, "list_queues", lambda _: queues)
    heard: list[FoundPrinter] = []
    cups.cups_queues(heard.append, Stop())
    assert [(str(one.address), one.says, one.language, one.dpi, one.model) for one in heard] == [
        ("cups:zebra", "zebra (raw queue)", Language.ZPL, 300, ""),
        ("cups:ql", "Door (raw queue)", Language.BROTHER, 300, "QL-820NWB"),
        ("cups:dark", "dark (raw queue)", None, None, ""),
        ("cups:zppd", "Zebra by driver (Zebra ZPL Label Printer)", Language.PDF, None, ""),
    ]


def test_a_machine_without_cups_has_no_queues_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_: Stop) -> tuple[FoundQueue, ...]:
        raise SpoolerSilent("localhost:631")

    monkeypatch.setattr(cups, "list_queues", silent)
    cups.cups_queues(lambda one: pytest.fail(f"{one} was found"), Stop())
