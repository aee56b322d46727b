"""Qt's view of real CUPS queues, from a process of its own: libcups and Qt remember which server they first met."""

import os
import subprocess
import sys
from collections.abc import Mapping

from tests.printing.ipp.private_cups import PrivateCups

_PRINT = """
import sys
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Language, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.system_printer import QtDesktop, SystemPrinter, list_system_printers

image = LabelImage(320, 240, 203, (b"\\xf0" * 40,) * 240)
for queue in sys.argv[1:]:
    printer = SystemPrinter(PrinterConfig("office", PrinterAddress.parse("system:" + queue), Language.PDF, 203))
    looked, printed = printer.status(Stop()).failure, printer.print_label("42", image, Stop())
    assert str(looked) == str(printed.failure), (looked, printed)
    try:
        opened = QtDesktop("office").open(queue).printerName()
    except Failure as failure:
        opened = type(failure).__name__
    print(queue, printed.outcome.value, type(looked).__name__, opened)
print(*(found.address for found in list_system_printers()))
"""


def said(environment: Mapping[str, str], *queues: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", _PRINT, *queues],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_page_goes_to_its_own_queue_under_its_own_name_and_to_no_other(own_cups: PrivateCups) -> None:
    """Nobody listens at the address, so what CUPS took it keeps, and it can be counted."""
    nobody = "socket://127.0.0.1:9"
    raw, driver = own_cups.queue(nobody), own_cups.queue(nobody, model="drv:///sample.drv/zebra.ppd")
    # With a default printer Qt would quietly print there what was meant for a queue that is gone.
    own_cups.run("lpadmin", "-d", driver)
    assert said(own_cups.environment, raw, driver, "gone") == [
        f"{raw} refused QueueIsRaw {raw}",
        f"{driver} accepted NoneType {driver}",
        "gone refused QueueUnknown QueueUnknown",
        f"system:{driver}",
    ]
    jobs = own_cups.attributes(driver, "not-completed")
    assert jobs.count("job-name (nameWithoutLanguage) = 42") == 1
    assert "media (keyword) = Custom.40x30mm" in jobs
    assert own_cups.jobs(raw) == []
    own_cups.run("cupsdisable", driver)
    assert said(own_cups.environment, driver)[0] == f"{driver} refused QueueStopped {driver}"
    own_cups.end()
    assert said(own_cups.environment, driver) == [f"{driver} refused QueueUnknown QueueUnknown", ""]
