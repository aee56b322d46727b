"""Queues of this machine's CUPS: raw ones for label languages, those with a driver for documents."""

import logging
from urllib.parse import unquote

from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.guesses import Guess, clean, guess
from gizqr_station.printing.finding.source import Found
from gizqr_station.printing.ipp.queue_list import FoundQueue, list_queues

log = logging.getLogger(__name__)


def cups_queues(found: Found, stop: Stop) -> None:
    """None where no CUPS answers, as on most stations."""
    try:
        queues = list_queues(stop)
    except SpoolerSilent as silent:
        log.info("no CUPS here: %s", silent)
        return
    for queue in queues:
        found(_printer(queue))


def _printer(queue: FoundQueue) -> FoundPrinter:
    # Where the queue leads says what hangs there: usb://Zebra%20Technologies/ZTC%20ZD421-203dpi%20ZPL?serial=…
    seen = guess(queue.info, queue.make, unquote(queue.device.partition("?")[0]).replace("/", " "))
    if not queue.raw:
        # A driver turns pages into whatever the printer speaks; what it speaks is not ours to send.
        seen = Guess(Language.PDF, seen.dpi)
    kind = "raw queue" if queue.raw else queue.make
    return FoundPrinter(
        queue.address,
        clean(f"{queue.info} ({kind})" if kind else queue.info),
        seen.language,
        seen.dpi,
        model=seen.model,
    )
