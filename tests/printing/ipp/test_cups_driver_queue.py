"""A queue with a driver, CUPS's own for ZPL: documents go in, and never a label's commands."""

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import QueueNotRaw
from gizqr_station.domain.printer import Language, Patience, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.printer_setup_failures import FormatRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.fitness import FORMATS
from gizqr_station.printing.ipp.ipp_printer import IppPrinter
from tests.printing.ipp.bench_printer import BenchPrinter
from tests.printing.ipp.private_cups import PrivateCups
from tests.printing.ipp.samples import label, queue

_DRIVER = "drv:///sample.drv/zebra.ppd"
_PATIENCE = Patience(connect_s=2.0, stall_s=2.0, total_s=10.0, confirm_s=10.0)


def test_documents_go_through_the_driver_and_label_languages_are_refused(
    cups: PrivateCups, bench: BenchPrinter
) -> None:
    name = cups.queue(bench.device, _DRIVER)
    for language in (Language.ZPL, Language.TSPL):
        refused = queue(name, language).print_label("201", label(), Stop())
        assert refused.outcome is PrintOutcome.REFUSED
        assert isinstance(refused.failure, QueueNotRaw)
        assert refused.failure.driver == "Zebra ZPL Label Printer"
        assert isinstance(queue(name, language).status(Stop()).failure, QueueNotRaw)
    assert cups.jobs(name, "all") == []
    assert queue(name, Language.PNG, _PATIENCE).print_label("202", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    (came,) = bench.whole
    assert b"^XA" in came
    address = PrinterAddress.parse(f"ipp://127.0.0.1:{cups.port}/printers/{name}")
    direct = IppPrinter(PrinterConfig("bench", address, Language.PNG, patience=_PATIENCE))
    assert direct.print_label("203", label(), Stop()).outcome is PrintOutcome.ACCEPTED


def test_a_format_without_a_way_to_the_driver_is_refused(
    cups: PrivateCups, bench: BenchPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, Language.PDF, "application/x-nobody-knows")
    report = queue(cups.queue(bench.device, _DRIVER), Language.PDF, _PATIENCE).print_label("204", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, FormatRefused)
